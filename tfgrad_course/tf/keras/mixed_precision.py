"""The dtype policy that layers follow: one dtype for all, since nothing is gained here by mixing them."""

from __future__ import annotations

from typing import Any


class Policy:
    """Names the dtypes of weights and of computations."""

    def __init__(self, name: str = "float32") -> None:
        if name not in ("float32", "float64", "float16", "bfloat16"):
            raise NotImplementedError(
                f"The policy {name!r} is part of TensorFlow but not of tfgrad's NumPy stand-in for it: use 'float32', which "
                "is as quick here."
            )
        self.name = self.compute_dtype = self.variable_dtype = name

    def __repr__(self) -> str:
        return f'<DTypePolicy "{self.name}">'


DTypePolicy = Policy
_FLOAT32 = Policy()


def global_policy() -> Policy:
    """What layers follow unless told otherwise."""
    return _FLOAT32


def set_global_policy(policy: Any) -> None:
    """Only float32 is there for all layers; give a layer another dtype by its argument `dtype`."""
    name = policy if isinstance(policy, str) else policy.name
    if name != "float32":
        raise NotImplementedError(
            f"The policy {name!r} for all layers is part of TensorFlow but not of tfgrad's NumPy stand-in for it: give each "
            "layer its dtype, as in Dense(1, dtype='float64')."
        )


dtype_policy, set_dtype_policy = global_policy, set_global_policy
