"""What AutoGraph demands of variables that conditions and loops on tensors change: set, and alike, everywhere."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf import _nest
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._shape import as_shape
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._variable import Variable

_NUMBERS = (bool, int, float, str, np.ndarray)
_LEGAL = "Tensor, int, float, bool or a list, tuple or dict thereof"


class Undefined:
    """Stands for the value of a name that has not been set."""

    def __init__(self, name: str) -> None:
        self.symbol_name = name

    def read(self) -> Any:
        """Refuse to be read."""
        raise UnboundLocalError(f"'{self.symbol_name}' is used before assignment")

    def __repr__(self) -> str:
        return self.symbol_name


class UndefinedReturnValue:
    """Stands for what a function has not returned yet."""


def condition(value: Any, of: str) -> bool:
    """What a condition says; it must be one truth value."""
    if isinstance(value, bool):
        return value
    made = value if isinstance(value, EagerTensor) else convert(value)
    hint = "to check for None, use `is not None`"
    if made.dtype.name != "bool":
        raise ValueError(
            f"condition of {of} expected to be `tf.bool` scalar, got {made}; to use as boolean Tensor, use `tf.cast`; {hint}"
        )
    if made._v.ndim and made._v.size != 1:
        raise ValueError(f"condition of {of} expected to be `tf.bool` scalar, got {made}; {hint}")
    return bool(made._v.reshape(()) if made._v.ndim else made._v)


# Branches ------------------------------------------------------------------------------------------


def check_defined(values: Any, names: Any, branch: str) -> None:
    """All variables must have values at the end of a branch."""
    for name, value in zip(names, values, strict=False):
        if isinstance(value, Undefined):
            raise ValueError(f"'{name}' must also be initialized in the {branch} branch")
        if isinstance(value, UndefinedReturnValue):
            raise ValueError(f"the {branch} branch must also have a return statement.")


def check_branches(main: Any, other: Any, names: Any) -> None:
    """Both branches must give the same structures and dtypes."""
    for name, a, b in zip(names, main, other, strict=True):
        _same_structure(a, b, f"'{name}' must have the same nested structure in the main and else branches:")
        for x, y in zip(_nest.flatten(a), _nest.flatten(b), strict=True):
            _alike(name, x, y)


def _same_structure(one: Any, other: Any, words: str) -> None:
    try:
        _nest.assert_same_structure(one, other)
    except (ValueError, TypeError) as problem:
        raise TypeError(f"{words}\n\n{problem}") from problem


def _alike(name: str, x: Any, y: Any) -> None:
    for value, branch in ((x, "main"), (y, "else")):
        if value is None:
            raise ValueError(f"'{name}' is None at the end of the {branch} branch.")
    x, y = _tensor(x), _tensor(y)
    if (
        isinstance(x, EagerTensor | Variable)
        and isinstance(y, EagerTensor | Variable)
        and x.dtype is not y.dtype
    ):
        raise TypeError(
            f"'{name}' has dtype {x.dtype.name} in the main branch, but dtype {y.dtype.name} in the else branch"
        )


def _tensor(value: Any) -> Any:
    return convert(value) if isinstance(value, _NUMBERS) else value


# Loops ---------------------------------------------------------------------------------------------


def check_initial(values: Any, names: Any, found: Any, failure: str | None) -> None:
    """All variables of a loop must have values before it."""
    for i, (name, value) in enumerate(zip(names, values, strict=True)):
        after = None if found is None else found[i]
        if isinstance(value, UndefinedReturnValue):
            if after is not None and not isinstance(after, UndefinedReturnValue):
                raise ValueError(
                    f"the return value from a TensorFlow loop may only be a {_LEGAL}; got {type(after)}"
                )
            raise NotImplementedError(
                "a return statement cannot be placed inside this TensorFlow loop; this may happen if a return statement "
                "depends on a static Python condition such as a hyperparameter"
            )
        said = None
        if value is None:
            said = f"'{name}' is not allowed to be None before the loop"
        elif isinstance(value, Undefined):
            said = f"'{name}' must be defined before the loop"
        if said is not None:
            raise ValueError(said if failure is None else f"{said}\n{failure}")


def placeholder(like: Any, original: Any) -> Any:
    """Zeros in the form of what the first round gave."""
    if like is None or isinstance(like, Undefined | UndefinedReturnValue):
        return original
    if isinstance(like, bool | int | float):
        return type(like)(0)
    if isinstance(like, EagerTensor):
        if like.dtype.name == "string":
            return convert(np.full(like._v.shape, b"", dtype=object) if like._v.ndim else b"")
        return convert(np.zeros(like._v.shape, like.dtype.np), like.dtype)
    if isinstance(like, list | tuple | dict):
        return _nest.map_structure(lambda v: placeholder(v, None), like)
    return original


def check_after_a_round(initial: Any, found: Any, names: Any, options: Any) -> None:
    """After one round every variable must be what it was before, but for its values."""
    invariants = options.get("invariants") or [None] * len(names)
    for name, before, after, invariant in zip(names, initial, found, invariants, strict=True):
        _same_structure(
            before, after, f"'{name}' does not have the same nested structure after one iteration."
        )
        for x, y in zip(_nest.flatten(before), _nest.flatten(after), strict=True):
            _kept(name, x, y, invariant)


def _kept(name: str, before: Any, after: Any, invariant: Any) -> None:
    if after is None and before is not None:
        raise ValueError(f"'{name}' is None at the end of the iteration.")
    before, after = _tensor(before), _tensor(after)
    if not isinstance(before, EagerTensor) or not isinstance(after, EagerTensor):
        return
    if before.dtype is not after.dtype:
        raise TypeError(
            f"'{name}' has dtype {before.dtype.name} before the loop, but dtype {after.dtype.name} after one iteration"
        )
    if invariant is None:
        if tuple(before.shape) != tuple(after.shape):
            raise ValueError(
                f"'{name}' has shape {before.shape} before the loop, but shape {after.shape} after one iteration. Use "
                "tf.autograph.experimental.set_loop_options to set shape invariants."
            )
        return
    shape = as_shape(getattr(invariant, "shape", invariant))
    for one, when in ((before, "before the loop"), (after, "after one iteration")):
        if not shape.is_compatible_with(one.shape):
            raise ValueError(
                f"'{name}' has shape {one.shape} {when}, which does not conform with the shape invariant {shape}."
            )
