"""The dtype policy that layers follow: the dtype of their weights, and that in which they compute."""

from __future__ import annotations

from typing import Any


class Policy:
    """Names the dtypes of weights and of computations."""

    def __init__(self, name: str = "float32") -> None:
        if not isinstance(name, str):
            raise TypeError(
                f"'name' must be a string, such as 'mixed_float16'. Received: name={name} (of type {type(name)})"
            )
        mixed = name.startswith("mixed_")
        if name not in _NAMES:
            raise ValueError(
                f"Cannot convert '{name}' to a mixed precision DTypePolicy. Valid policies include 'mixed_float16', "
                "'mixed_bfloat16', and the name of any float dtype such as 'float32'."
            )
        self.name = name
        self.compute_dtype = name.removeprefix("mixed_")
        self.variable_dtype = "float32" if mixed else name

    def get_config(self) -> dict[str, Any]:
        """The name."""
        return {"name": self.name}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Policy) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f'<DTypePolicy "{self.name}">'


_NAMES = ("float32", "float64", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16", "int32", "int64", "int8", "uint8",
          "bool", "string")  # fmt: skip
DTypePolicy = Policy
_GLOBAL = [Policy()]


def global_policy() -> Policy:
    """What layers follow unless told otherwise."""
    return _GLOBAL[0]


def set_global_policy(policy: Any) -> None:
    """What layers made from now on follow unless told otherwise."""
    _GLOBAL[0] = policy if isinstance(policy, Policy) else Policy(policy)


def policy_of(dtype: Any) -> Policy:
    """The policy that a dtype, a name or a configuration stands for."""
    if dtype is None:
        return global_policy()
    if isinstance(dtype, Policy):
        return dtype
    if isinstance(dtype, dict):
        return Policy(dtype["config"]["name"])
    return Policy(dtype if isinstance(dtype, str) else dtype.name)


def __getattr__(name: str) -> Any:
    if name == "LossScaleOptimizer":
        from tfgrad_course.tf.keras.scaling import LossScaleOptimizer

        return LossScaleOptimizer
    raise AttributeError(name)


dtype_policy, set_dtype_policy = global_policy, set_global_policy
