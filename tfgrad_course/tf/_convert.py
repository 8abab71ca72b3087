"""Python values to tensors, by TensorFlow's rules: float32 and int32 by default, never a silent change of kind."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf._arrays import NO_BOOLS, as_bytes, cannot, from_array
from tfgrad_course.tf._dtypes import (
    DType,
    as_dtype,
    bool_,
    complex128,
    float32,
    int32,
    int64,
    string,
)
from tfgrad_course.tf._listening import OBSERVERS, TRACING
from tfgrad_course.tf._registry import REGISTERED, converted, registered
from tfgrad_course.tf._sequences import INT_TOO_LARGE, from_sequence
from tfgrad_course.tf._shape import Dimension, TensorShape
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf._variable import TENSORS, Variable

_UNSUPPORTED = "Attempt to convert a value ({!r}) with an unsupported type ({!r}) to a Tensor."
_FLOAT_TOO_LARGE = "Can't convert Python sequence with a value out of range for a double-precision float."
_SCALARS: dict[type, DType] = {
    bool: bool_,
    int: int32,
    float: float32,
    complex: complex128,
    str: string,
    bytes: string,
}


def number(value: int | float, dtype: DType) -> EagerTensor:
    """A Python number as a tensor of a floating dtype; kept, since formulas use few of them."""
    made = dtype.small.get(value)
    if made is None:
        made = tensor(dtype.scalar(value), dtype)
        # 0.0 and -0.0 are one key, nan is never found again.
        if value and value == value and len(dtype.small) < _KEPT:
            dtype.small[value] = made
    return made


_KEPT = 256


def operand(value: Any, other: Any) -> Any:
    """`value` as an input beside `other`: the dtype of `other` if that is a tensor, strictly."""
    kind = type(value)
    if kind is float or kind is int:
        if isinstance(other, TENSORS):
            dtype = other.dtype
            return number(value, dtype) if dtype.is_floating else convert(value, dtype)
        return convert(value)
    if kind is EagerTensor:
        return value
    if isinstance(value, Variable):
        return value._read()
    return convert(value, other.dtype) if isinstance(other, TENSORS) else convert(value)


def hinted(value: Any, other: Any) -> Any:
    """`value` as an input beside `other`, keeping its own dtype where it does not fit (what `+` does)."""
    if isinstance(value, Variable):
        return value._read()
    if isinstance(value, EagerTensor):
        return value
    if isinstance(other, TENSORS):
        kind, dtype = type(value), other.dtype
        if (kind is float or kind is int) and dtype.is_floating:
            return number(value, dtype)
        try:
            return convert(value, dtype)
        except (TypeError, ValueError):
            return convert(value)
    return convert(value)


def convert(value: Any, dtype: DType | None = None) -> Any:
    """A tensor of `value`, of dtype `dtype` if given."""
    kind = type(value)
    if kind is EagerTensor:
        if dtype is not None and value.dtype is not dtype:
            raise ValueError(
                f"Tensor conversion requested dtype {dtype.name} for Tensor with dtype {value.dtype.name}: {value!r}"
            )
        return value
    if isinstance(value, Variable):
        return _from_variable(value, dtype)
    if kind in _SCALARS:
        return _from_scalar(value, dtype, value)
    if isinstance(value, np.ndarray | np.generic):
        return from_array(value, dtype)
    if isinstance(value, list | tuple | range):
        return from_sequence(value, dtype)
    return _from_other(value, dtype)


def named(value: Any, dtype: DType, name: str) -> Any:
    """The same of an argument whose name TensorFlow tells when it is a tensor of another dtype."""
    if type(value) is EagerTensor and value.dtype is not dtype:
        try:
            return convert(value, dtype)
        except ValueError as problem:
            raise ValueError(f"{name}: {problem}") from None
    return convert(value, dtype)


def _from_variable(value: Variable, dtype: DType | None) -> EagerTensor:
    if dtype is not None and value.dtype is not dtype:
        raise ValueError(
            f"Incompatible type conversion requested to type {dtype.name} for `tf.Variable of type "
            f"{value.dtype.name}. (Variable: {value!r})"
        )
    return value._read()


def _from_other(value: Any, dtype: DType | None) -> EagerTensor:
    if isinstance(value, TensorShape):
        if not value.is_fully_defined():
            raise ValueError(f"Cannot convert a partially known TensorShape {value} to a Tensor.")
        if dtype not in (None, int32, int64):
            raise TypeError(
                f"Cannot convert TensorShape {value} to dtype {dtype}. Allowed dtypes are tf.int32 and tf.int64."
            )
        dims = np.array(value.as_list(), np.int64)
        wide = dtype is int64 or (dtype is None and bool((dims >= 2**31).any()))
        return from_array(dims if wide else dims.astype(np.int32), int64 if wide else int32)
    if isinstance(value, Dimension):
        return _from_scalar(int(value), dtype, value)
    if REGISTERED and (own := converted(value, dtype)) is not None:
        return own
    if isinstance(value, bool | int | float | complex | str | bytes):
        plain: Any = next(t for t in (bool, int, float, complex, str, bytes) if isinstance(value, t))
        return _from_scalar(plain(value), dtype, value)
    if hasattr(value, "_paired"):
        raise ValueError("TypeError: object of type 'RaggedTensor' has no len()\n")
    for protocol in ("__tf_tensor__", "_to_tensor"):
        if hasattr(type(value), protocol):
            return getattr(value, protocol)(dtype)
    if isinstance(value, DType) or not hasattr(value, "__array__"):
        raise ValueError(_UNSUPPORTED.format(value, type(value)))
    return from_array(np.asarray(value), dtype)


def _from_scalar(value: Any, dtype: DType | None, shown: Any) -> EagerTensor:
    kind = type(value)
    if kind is str or kind is bytes:
        if dtype not in (None, string):
            raise cannot(shown, dtype)
        return tensor(as_bytes(value), string)
    if dtype is None:
        dtype = _SCALARS[kind]
        if kind is int and not -(2**31) <= value < 2**31:
            dtype = int64
        elif kind is float and abs(value) > 3.4028235677973366e38 and abs(value) != float("inf"):
            raise ValueError(_FLOAT_TOO_LARGE)
    return tensor(_fit(value, kind, dtype, shown), dtype)


def _fit(value: Any, kind: type, dtype: DType, shown: Any) -> Any:
    """The NumPy scalar of `dtype` for a Python number, or the error TensorFlow raises."""
    if dtype is string or (dtype is bool_ and kind is not bool) or (kind is bool and dtype in NO_BOOLS):
        raise cannot(shown, dtype)
    if kind is complex and not dtype.is_complex:
        raise cannot(shown, dtype)
    if kind is float and not (dtype.is_floating or dtype.is_complex):
        raise cannot(shown, dtype)
    if kind is int and not (dtype.is_floating or dtype.is_complex):
        if (dtype is int32 or dtype is int64) and -(2**31) <= value < 2**31:
            return dtype.np(value)
        if not -(2**63) <= value < (2**64 if dtype.name == "uint64" else 2**63):
            raise ValueError(INT_TOO_LARGE)
        return (np.uint64 if value >= 2**63 else np.int64)(value).astype(dtype.np)
    if kind is int and dtype.is_complex and not -(2**63) <= value < 2**63:
        raise ValueError(INT_TOO_LARGE)
    return dtype.np(value)


def constant(value: Any, dtype: Any = None, shape: Any = None, name: str = "Const") -> EagerTensor:
    """Creates a constant tensor from a Python value, an array or a list."""
    wanted = None if dtype is None else as_dtype(dtype)
    if isinstance(value, EagerTensor) and wanted not in (None, value.dtype):
        raise TypeError(
            f"Expected tensor {value._numpy()} with dtype {wanted!r}, but got dtype {value.dtype!r}."
        )
    if isinstance(value, list | tuple) and _holds_tensors(value):
        raise ValueError(_inside(value))
    if REGISTERED and registered(value):
        raise ValueError(_UNSUPPORTED.format(value, type(value)))
    made = convert(value, wanted)
    if shape is not None:
        made = _shaped(made, TensorShape(shape), value)
    if made is not value and (OBSERVERS or TRACING.get() is not None):
        _tell(made, value)
    return made


def _holds_tensors(value: Any) -> bool:
    return any(
        (isinstance(item, TENSORS) and item._v.size > 0)
        or (isinstance(item, list | tuple) and _holds_tensors(item))
        for item in value
    )


def _inside(value: Any) -> str:
    """Why `constant` does not take a sequence that holds tensors: only `convert_to_tensor` packs them."""
    first = value
    while isinstance(first, list | tuple) and first:
        first = first[0]
    if isinstance(first, Variable):
        return "TypeError: object of type 'ResourceVariable' has no len()"
    if isinstance(first, EagerTensor) or isinstance(value[0], list | tuple):
        return "TypeError: Scalar tensor has no `len()`"
    return "Can't convert Python sequence with mixed types to Tensor."


def _shaped(made: EagerTensor, shape: TensorShape, value: Any) -> EagerTensor:
    if not shape.is_fully_defined():
        raise ValueError(_UNSUPPORTED.format(None, type(None)))
    dims = tuple(shape.as_list())
    if made._v.shape == dims:
        return made
    size = shape.num_elements()
    if made._v.size == size:
        return tensor(made._v.reshape(dims) if dims else made._v.reshape(())[()], made.dtype)
    if made._v.size == 1:
        return tensor(np.full(dims, made._v.reshape(())[()], made._v.dtype), made.dtype)
    raise TypeError(
        f"Eager execution of tf.constant with unsupported shape. Tensor {made._v} (converted from {value}) has "
        f"{made._v.size} elements, but got `shape` {shape} with {size} elements)."
    )


def convert_to_tensor(
    value: Any, dtype: Any = None, dtype_hint: Any = None, name: str | None = None
) -> EagerTensor:
    """Converts the given value to a tensor."""
    wanted = None if dtype is None else as_dtype(dtype)
    if isinstance(value, Variable):
        if wanted is not None:
            _from_variable(value, wanted)
        return value._fresh()
    if wanted is None and dtype_hint is not None:
        try:
            made = convert(value, as_dtype(dtype_hint))
        except (TypeError, ValueError):
            made = convert(value)
    else:
        made = convert(value, wanted)
    if OBSERVERS and made is not value:
        _tell(made, value)
    return made


def _tell(made: EagerTensor, value: Any) -> None:
    trace = TRACING.get()
    if hasattr(trace, "named"):
        trace.named(made, "Const")
    for one in OBSERVERS:
        one.constant(made, value)
