"""NumPy arrays to tensors: copied, cast if asked, refused where TensorFlow has no such dtype."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf._dtypes import DType, as_dtype, from_numpy, string
from tfgrad_course.tf._tensor import EagerTensor, tensor

# To these dtypes Python's True is no number; to the others it is 1.
NO_BOOLS = frozenset(
    as_dtype(name) for name in (
        ["bfloat16", "complex64", "int8", "int16", "uint8", "uint16", "uint32", "qint8", "quint8", "qint16", "quint16", "qint32"]
    )
)  # fmt: skip
RANK = {bool: 0, int: 1, float: 2, complex: 3}


def cannot(shown: Any, dtype: DType | None) -> TypeError:
    """The error for a Python value that the dtype cannot hold."""
    return TypeError(f"Cannot convert {shown!r} to EagerTensor of dtype {dtype.kernel if dtype else None}")


def as_bytes(value: str | bytes) -> np.ndarray:
    made = np.empty((), object)
    made[()] = value.encode() if isinstance(value, str) else bytes(value)
    return made


def from_array(value: Any, dtype: DType | None) -> EagerTensor:
    """A tensor of a NumPy array or scalar; the array is copied, as TensorFlow does."""
    found = from_numpy(value.dtype)
    if found is None:
        word = {
            "M": "NPY_DATETIME",
            "m": "NPY_TIMEDELTA",
            "f": "NPY_LONGDOUBLE",
            "c": "NPY_CLONGDOUBLE",
            "V": "NPY_VOID",
        }.get(value.dtype.kind, str(value.dtype))
        raise ValueError(f"Failed to convert a NumPy array to a Tensor (Unsupported numpy type: {word}).")
    if found is string:
        return _from_object_array(np.asarray(value), dtype)
    if dtype is None:
        dtype = found
    elif dtype is string:
        if not value.size:
            raise cannot(value, dtype)
        kind = type(np.ravel(value)[0].item()).__name__
        raise ValueError(f"Failed to convert a NumPy array to a Tensor (Unsupported object type {kind}).")
    return tensor(_astype(value, dtype), dtype)


def scalar(value: Any) -> Any:
    """A value as tensors keep it: a NumPy scalar at rank 0, for texts an array without axes."""
    if type(value) is np.ndarray:
        return value if value.shape or value.dtype == object else value[()]
    return as_bytes(value) if type(value) is bytes else value


def _astype(value: Any, dtype: DType) -> Any:
    made = value.astype(dtype.np) if type(value) is np.ndarray else np.asarray(value).astype(dtype.np)
    return made if made.ndim else made[()]


def _from_object_array(value: np.ndarray, dtype: DType | None) -> EagerTensor:
    flat = value.ravel().tolist()
    if all(isinstance(item, str | bytes) for item in flat):
        if dtype not in (None, string):
            if not flat:
                raise cannot(value, dtype)
            return tensor(_astype(value, dtype), dtype)  # which NumPy mostly refuses
        made = np.empty(value.shape, object)
        made.ravel()[:] = [item.encode() if isinstance(item, str) else item for item in flat]
        return tensor(made, string)
    if dtype is not None and all(type(item) in RANK or isinstance(item, np.generic) for item in flat):
        plain = np.array(flat).reshape(value.shape)
        return from_array(plain, dtype)
    odd = next(item for item in flat if not isinstance(item, str | bytes))
    kind = f"numpy.{type(odd).__name__}" if isinstance(odd, np.generic) else type(odd).__name__
    raise ValueError(f"Failed to convert a NumPy array to a Tensor (Unsupported object type {kind}).")
