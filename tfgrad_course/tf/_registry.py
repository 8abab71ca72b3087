"""Conversions to tensors that programs register for types of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course.tf._tensor import EagerTensor

_NUMBERS = (int, float, np.generic, np.ndarray)
# By priority, then in the order in which they came: type or types, and the function.
REGISTERED: list[tuple[int, Any, Callable[..., Any]]] = []


def register_tensor_conversion_function(
    base_type: Any, conversion_func: Callable[..., Any], priority: int = 100
) -> None:
    """Registers a function for converting objects of `base_type` to tensors."""
    kinds = base_type if isinstance(base_type, tuple) else (base_type,)
    if any(not isinstance(kind, type) for kind in kinds):
        raise TypeError(f"Argument `base_type` must be a type or a tuple of types. Obtained: {base_type}")
    if any(issubclass(kind, _NUMBERS) for kind in kinds):
        raise TypeError("Cannot register conversions for Python numeric types and NumPy scalars and arrays.")
    if not callable(conversion_func):
        raise TypeError(f"Argument `conversion_func` must be callable. Received {conversion_func}.")
    REGISTERED.append((priority, kinds, conversion_func))
    REGISTERED.sort(key=lambda entry: entry[0])


def registered(value: Any) -> bool:
    """Whether there is a function for the type of the value."""
    return any(isinstance(value, kinds) for _, kinds, _ in REGISTERED)


def converted(value: Any, dtype: Any) -> EagerTensor | None:
    """The value as a registered function makes it a tensor, or None."""
    for _, kinds, function in REGISTERED:
        if isinstance(value, kinds):
            made = function(value, dtype=dtype, name=None, as_ref=False)
            if made is NotImplemented:
                continue
            if not isinstance(made, EagerTensor):
                raise RuntimeError(
                    f"Conversion function {function!r} for type {kinds} returned non-Tensor: {made!r}"
                )
            if dtype is not None and made.dtype is not dtype:
                raise RuntimeError(
                    f"Conversion function {function} for type {kinds} returned incompatible dtype: requested = "
                    f"{dtype.name}, actual = {made.dtype.name}"
                )
            return made
    return None
