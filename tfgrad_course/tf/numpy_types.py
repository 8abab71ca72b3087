"""Dtypes as NumPy chooses them: defaults of numbers, promotion of several arguments."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf

# Whether numbers without a dtype become float32.
_PREFER_32 = [False]
_SMALLER = {"float64": "float32", "complex128": "complex64"}


def prefer_float32(value: bool) -> None:
    """Whether numbers without a dtype become float32."""
    _PREFER_32[0] = value


def default_float(dtype: Any) -> Any:
    """The dtype asked for; for Python's `float` and None the default."""
    if dtype in (float, None):
        return tf.float32 if _PREFER_32[0] else tf.float64
    return tf.int64 if dtype is int else tf.bool if dtype is bool else tf.as_dtype(dtype)


def array(val: Any, dtype: Any = None, copy: bool = True, ndmin: int = 0) -> Any:
    """A tensor with NumPy's default dtypes."""
    if tf.is_tensor(val):
        made = tf.convert_to_tensor(val)
    elif isinstance(val, (list, tuple)) and _holds_tensor(val):
        made = tf.stack(promoted(tuple(val), "."))
    else:
        found = np.asarray(val)
        small = _PREFER_32[0] and not hasattr(val, "dtype")
        made = tf.constant(
            found.astype(_SMALLER[found.dtype.name]) if small and found.dtype.name in _SMALLER else found
        )
    if dtype is not None:
        made = tf.cast(made, default_float(dtype))
    while len(made.shape) < ndmin:
        made = made[tf.newaxis]
    return made


def _holds_tensor(value: Any) -> bool:
    return any(tf.is_tensor(v) or (isinstance(v, (list, tuple)) and _holds_tensor(v)) for v in value)


def result_type(*arrays_and_dtypes: Any) -> Any:
    """The dtype NumPy would compute in; a lone Python number follows the arrays beside it."""
    kinds = [_kind(x) for x in arrays_and_dtypes]
    found = np.result_type(*kinds)
    if _PREFER_32[0] and all(isinstance(k, (int, float, complex, bool)) for k in kinds):
        found = np.dtype(_SMALLER.get(found.name, found.name))
    return tf.as_dtype(found)


def _kind(x: Any) -> Any:
    if isinstance(x, (bool, int, float, complex)) and not hasattr(x, "dtype"):
        return x
    if isinstance(x, (type, np.dtype)) or type(x).__name__ == "DType":
        return tf.as_dtype(x).as_numpy_dtype
    return array(x).dtype.as_numpy_dtype


def promoted(values: tuple[Any, ...], kind: str) -> list[Any]:
    """Tensors of one dtype: `.` the common one, `f` a floating one, `b` bool, `s` as sums are kept."""
    if kind == "b":
        return [tf.cast(array(v), tf.bool) for v in values]
    found = np.dtype(result_type(*values).as_numpy_dtype)
    if kind == "f" and not np.issubdtype(found, np.inexact) and found.name != "bfloat16":
        found = np.dtype(np.float32 if _PREFER_32[0] else np.float64)
    if kind == "s" and found.kind in "bi" and found.itemsize < 8 and not _PREFER_32[0]:
        found = np.dtype(np.int64)
    return [tf.cast(array(v), tf.as_dtype(found)) for v in values]


def plain(function: Any, *args: Any, **kwargs: Any) -> Any:
    """What NumPy's own function gives, as tensors."""
    return _tensors(function(*map(_array, args), **{key: _array(value) for key, value in kwargs.items()}))


def _array(value: Any) -> Any:
    if tf.is_tensor(value):
        return value.numpy()
    if isinstance(value, (list, tuple)):
        return type(value)(_array(item) for item in value)
    return value


def _tensors(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(_tensors(item) for item in value)
    if isinstance(value, (bool, np.ndarray, np.generic)):
        return tf.constant(value)
    return value
