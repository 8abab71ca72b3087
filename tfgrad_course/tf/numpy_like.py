"""`tf.experimental.numpy`: the tape's ops under NumPy's names, with NumPy's promotion of dtypes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course import tf

pi, e, inf, nan, newaxis = np.pi, np.e, np.inf, np.nan, None
float32, float64, int32, int64, bool_ = np.float32, np.float64, np.int32, np.int64, np.bool_
ndarray = tf.Tensor

_SAME = (
    "abs exp expm1 log1p sin cos tan sinh cosh tanh sqrt square sign floor ceil maximum minimum add subtract multiply "
    "divide equal not_equal greater greater_equal less less_equal logical_and logical_or logical_not reshape transpose "
    "stack where zeros_like ones_like expand_dims squeeze tile repeat concat broadcast_to einsum matmul tensordot"
)
_RENAMED = {
    "log": "math.log",
    "power": "pow",
    "true_divide": "divide",
    "negative": "negative",
    "absolute": "abs",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "arcsinh": "asinh",
    "arccosh": "acosh",
    "arctanh": "atanh",
    "arctan2": "atan2",
    "ceil": "math.ceil",
    "expm1": "math.expm1",
    "log1p": "math.log1p",
    "reciprocal": "math.reciprocal",
    "sum": "reduce_sum",
    "mean": "reduce_mean",
    "prod": "reduce_prod",
    "max": "reduce_max",
    "amax": "reduce_max",
    "min": "reduce_min",
    "amin": "reduce_min",
    "all": "reduce_all",
    "any": "reduce_any",
    "std": "math.reduce_std",
    "var": "math.reduce_variance",
    "isnan": "math.is_nan",
    "isinf": "math.is_inf",
    "isfinite": "math.is_finite",
    "cumsum": "math.cumsum",
    "cumprod": "math.cumprod",
    "diag_part": "linalg.diag_part",
}
_FLOATING = frozenset(
    [
        "exp",
        "expm1",
        "log",
        "log1p",
        "sin",
        "cos",
        "tan",
        "sinh",
        "cosh",
        "tanh",
        "sqrt",
        "arcsin",
        "arccos",
        "arctan",
        "arcsinh",
        "arccosh",
        "arctanh",
        "arctan2",
        "mean",
        "std",
        "var",
        "true_divide",
        "divide",
        "reciprocal",
    ]
)


def array(val: Any, dtype: Any = None, copy: bool = True, ndmin: int = 0) -> Any:
    """A tensor with NumPy's default dtypes (float64, int64)."""
    if isinstance(val, tf.Tensor | tf.Variable) or hasattr(val, "dtype"):
        made = tf.convert_to_tensor(val)
        return made if dtype is None else tf.cast(made, dtype)
    if isinstance(val, list | tuple) and any(isinstance(v, tf.Tensor | tf.Variable) for v in val):
        return tf.stack([array(v, dtype) for v in val])
    return tf.constant(np.asarray(val, dtype=None if dtype is None else tf.as_dtype(dtype).as_numpy_dtype))


asarray = array


def _promoted(values: tuple[Any, ...], floating: bool) -> list[Any]:
    """Tensors of the dtype NumPy would compute in; plain Python numbers follow the tensors beside them."""
    tensors = [v if isinstance(v, int | float | bool) else array(v) for v in values]
    kinds = [t.dtype.as_numpy_dtype for t in tensors if hasattr(t, "dtype")]
    plain = [t for t in tensors if not hasattr(t, "dtype")]
    kind = np.result_type(*kinds) if kinds else np.result_type(*(np.asarray(p).dtype for p in plain))
    if any(isinstance(p, float) for p in plain) and not np.issubdtype(kind, np.inexact):
        kind = np.dtype(np.float64)
    if floating and not np.issubdtype(kind, np.inexact):
        kind = np.dtype(np.float64)
    dtype = tf.as_dtype(kind)
    return [tf.cast(t, dtype) if hasattr(t, "dtype") else tf.constant(t, dtype) for t in tensors]


def _function(name: str) -> Callable[..., Any]:
    found: Any = tf
    for part in _RENAMED.get(name, name).split("."):
        found = getattr(found, part)
    several = name in (
        "stack",
        "where",
        "reshape",
        "transpose",
        "tile",
        "repeat",
        "broadcast_to",
        "einsum",
        "expand_dims",
    )

    def function(*args: Any, **kwargs: Any) -> Any:
        if several:
            return found(*(array(a) if isinstance(a, np.ndarray) else a for a in args), **kwargs)
        count = 2 if len(args) > 1 and not isinstance(args[1], list | tuple) and name in _BINARY else 1
        return found(*_promoted(args[:count], name in _FLOATING), *args[count:], **kwargs)

    function.__name__ = name
    return function


_BINARY = frozenset(
    [
        "add",
        "subtract",
        "multiply",
        "divide",
        "true_divide",
        "power",
        "maximum",
        "minimum",
        "equal",
        "not_equal",
        "greater",
        "greater_equal",
        "less",
        "less_equal",
        "logical_and",
        "logical_or",
        "arctan2",
        "matmul",
        "tensordot",
    ]
)


def __getattr__(name: str) -> Any:
    if name in _RENAMED or name in _SAME.split():
        return _function(name)
    raise AttributeError(f"module 'tensorflow.experimental.numpy' has no attribute '{name}'")


def dot(a: Any, b: Any) -> Any:
    """Inner product of vectors, else the matrix product."""
    a, b = _promoted((a, b), False)
    if 0 in (len(a.shape), len(b.shape)):
        return a * b
    return tf.tensordot(a, b, [[len(a.shape) - 1], [max(len(b.shape) - 2, 0)]])


def zeros(shape: Any, dtype: Any = float) -> Any:
    """Zeros, float64 by default."""
    return array(np.zeros(shape, tf.as_dtype(dtype).as_numpy_dtype if dtype is not float else float))


def ones(shape: Any, dtype: Any = float) -> Any:
    """Ones, float64 by default."""
    return array(np.ones(shape, tf.as_dtype(dtype).as_numpy_dtype if dtype is not float else float))


def arange(start: Any, stop: Any = None, step: Any = 1, dtype: Any = None) -> Any:
    """Evenly spaced numbers."""
    return array(np.arange(start, stop, step) if stop is not None else np.arange(start), dtype)


def linspace(start: Any, stop: Any, num: int = 50, endpoint: bool = True, dtype: Any = None) -> Any:
    """Numbers evenly spaced over an interval."""
    return array(np.linspace(start, stop, num, endpoint), dtype)


def concatenate(arrays: Any, axis: int = 0) -> Any:
    """Arrays one after another along an axis."""
    return tf.concat(_promoted(tuple(arrays), False), axis)


def experimental_enable_numpy_behavior(prefer_float32: bool = False, **_: Any) -> None:
    """NumPy's promotion for all tensors: not to be had here, so operators stay strict."""
