"""`tf.experimental.numpy`: the tape's ops under NumPy's names, with NumPy's promotion of dtypes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import numpy_arranging
from tfgrad_course.tf import numpy_random as random
from tfgrad_course.tf.numpy_arranging import (  # noqa: F401
    argmax,
    argmin,
    argsort,
    atleast_1d,
    atleast_2d,
    broadcast_to,
    concatenate,
    diag,
    diagonal,
    diff,
    expand_dims,
    flip,
    fliplr,
    flipud,
    hstack,
    isscalar,
    meshgrid,
    moveaxis,
    ndim,
    pad,
    ravel,
    repeat,
    reshape,
    roll,
    size,
    sort,
    split,
    squeeze,
    stack,
    swapaxes,
    take,
    take_along_axis,
    tile,
    transpose,
    tril,
    triu,
    vstack,
)  # fmt: skip
from tfgrad_course.tf.numpy_products import cross, dot, einsum, inner, kron, outer, tensordot, trace  # noqa: F401
from tfgrad_course.tf.numpy_types import array, default_float, plain, promoted, result_type

pi, e, inf, newaxis = np.pi, np.e, np.inf, None
float16, float32, float64, bool_ = np.float16, np.float32, np.float64, np.bool_
int8, int16, int32, int64, uint8, uint16, uint32, uint64 = (
    np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64,
)  # fmt: skip
complex64, complex128, float_, int_, string_ = np.complex64, np.complex128, np.float64, np.int64, np.bytes_
bfloat16 = tf.bfloat16
object_, unicode_, complex_, inexact, iinfo, finfo = (
    np.object_,
    np.str_,
    np.complex128,
    np.inexact,
    np.iinfo,
    np.finfo,
)
ndarray = tf.Tensor

# NumPy's name, the tape's name, how many of the first arguments are promoted to one dtype, whether to a floating one.
_TABLE = [
    "",
    "abs abs 1 .",
    "absolute abs 1 .",
    "add add 2 .",
    "arccos acos 1 f",
    "arccosh acosh 1 f",
    "arcsin asin 1 f",
    "arcsinh asinh 1 f",
    "arctan atan 1 f",
    "arctan2 atan2 2 f",
    "arctanh atanh 1 f",
    "ceil math.ceil 1 f",
    "conj math.conj 1 .",
    "conjugate math.conj 1 .",
    "cos cos 1 f",
    "cosh cosh 1 f",
    "divide divide 2 f",
    "equal equal 2 .",
    "exp exp 1 f",
    "expm1 math.expm1 1 f",
    "floor floor 1 f",
    "floor_divide math.floordiv 2 .",
    "greater greater 2 .",
    "greater_equal greater_equal 2 .",
    "isfinite math.is_finite 1 f",
    "isinf math.is_inf 1 f",
    "isnan math.is_nan 1 f",
    "less less 2 .",
    "less_equal less_equal 2 .",
    "log math.log 1 f",
    "log1p math.log1p 1 f",
    "matmul matmul 2 .",
    "maximum maximum 2 .",
    "minimum minimum 2 .",
    "mod math.floormod 2 .",
    "multiply multiply 2 .",
    "negative negative 1 .",
    "nextafter math.nextafter 2 f",
    "not_equal not_equal 2 .",
    "power pow 2 .",
    "reciprocal math.reciprocal 1 .",
    "remainder math.floormod 2 .",
    "rint math.rint 1 f",
    "sign sign 1 .",
    "sin sin 1 f",
    "sinh sinh 1 f",
    "sqrt sqrt 1 f",
    "square square 1 .",
    "subtract subtract 2 .",
    "tan tan 1 f",
    "tanh tanh 1 f",
    "true_divide divide 2 f",
    "all reduce_all 1 b",
    "any reduce_any 1 b",
    "logical_and logical_and 2 b",
    "logical_not logical_not 1 b",
    "logical_or logical_or 2 b",
    "logical_xor math.logical_xor 2 b",
    "amax reduce_max 1 .",
    "amin reduce_min 1 .",
    "max reduce_max 1 .",
    "min reduce_min 1 .",
    "mean reduce_mean 1 f",
    "prod reduce_prod 1 s",
    "std math.reduce_std 1 f",
    "sum reduce_sum 1 s",
    "var math.reduce_variance 1 f",
    "angle math.angle 1 .",
    "real math.real 1 .",
    "imag math.imag 1 .",
    "bitwise_and bitwise.bitwise_and 2 .",
    "bitwise_or bitwise.bitwise_or 2 .",
    "bitwise_xor bitwise.bitwise_xor 2 .",
    "",
]


def _made(name: str, path: str, count: int, kind: str) -> Callable[..., Any]:
    found: Any = tf
    for part in path.split("."):
        found = getattr(found, part)

    def function(*args: Any, **kwargs: Any) -> Any:
        kwargs.pop("out", None)
        dtype, args = kwargs.pop("dtype", None), tuple(args)
        if name in ("std", "var") and (ddof := kwargs.pop("ddof", 0)):
            return plain(getattr(np, name), *args, ddof=ddof, **kwargs)
        given = promoted(args[:count], kind)
        if dtype is not None:
            given = [tf.cast(x, dtype) for x in given]
        return found(*given, *args[count:], **kwargs)

    function.__name__ = name
    function.__doc__ = f"NumPy's {name} of tensors."
    return function


for _line in _TABLE:
    if _line:
        _name, _path, _count, _kind = _line.split()
        globals()[_name] = _made(_name, _path, int(_count), _kind)

asarray = ascontiguousarray = asanyarray = copy = array


def zeros(shape: Any, dtype: Any = float) -> Any:
    """Zeros, of the default float dtype unless told otherwise."""
    return tf.zeros(shape, default_float(dtype))


def ones(shape: Any, dtype: Any = float) -> Any:
    """Ones, of the default float dtype unless told otherwise."""
    return tf.ones(shape, default_float(dtype))


empty = zeros


def zeros_like(a: Any, dtype: Any = None) -> Any:
    """Zeros of the same shape."""
    return tf.zeros_like(array(a), dtype=dtype)


def ones_like(a: Any, dtype: Any = None) -> Any:
    """Ones of the same shape."""
    return tf.ones_like(array(a), dtype=dtype)


empty_like = zeros_like


def full(shape: Any, fill_value: Any, dtype: Any = None) -> Any:
    """One value everywhere."""
    return tf.broadcast_to(array(fill_value, dtype), shape)


def full_like(a: Any, fill_value: Any, dtype: Any = None) -> Any:
    """One value everywhere, in the shape of another."""
    a = array(a)
    return tf.broadcast_to(tf.cast(array(fill_value), dtype or a.dtype), a.shape)


def eye(N: int, M: int | None = None, k: int = 0, dtype: Any = float) -> Any:
    """Ones on a diagonal."""
    return array(np.eye(N, M, k), default_float(dtype))


def identity(n: int, dtype: Any = float) -> Any:
    """The unit matrix."""
    return eye(n, dtype=dtype)


def arange(start: Any, stop: Any = None, step: Any = 1, dtype: Any = None) -> Any:
    """Evenly spaced numbers."""
    return array(np.arange(start) if stop is None else np.arange(start, stop, step), dtype)


def linspace(start: Any, stop: Any, num: int = 50, endpoint: bool = True, retstep: bool = False, dtype: Any = float,
             axis: int = 0) -> Any:  # fmt: skip
    """Numbers evenly spaced over an interval."""
    made, step = np.linspace(np.asarray(start), np.asarray(stop), num, endpoint, retstep=True, axis=axis)
    return (array(made, default_float(dtype)), step) if retstep else array(made, default_float(dtype))


def where(condition: Any, x: Any = None, y: Any = None) -> Any:
    """x or y by a condition; the places where it holds, alone."""
    condition = tf.cast(array(condition), tf.bool)
    if x is None and y is None:
        return nonzero(condition)
    return tf.where(condition, *promoted((x, y), "."))


def nonzero(a: Any) -> Any:
    """The places of all that is not 0, an array for each axis."""
    return [array(part) for part in np.nonzero(np.asarray(a))]


def clip(a: Any, a_min: Any = None, a_max: Any = None) -> Any:
    """Held between two bounds."""
    a = array(a)
    a = a if a_min is None else globals()["maximum"](a, a_min)
    return a if a_max is None else globals()["minimum"](a, a_max)


def cumsum(a: Any, axis: int | None = None, dtype: Any = None) -> Any:
    """Running sums."""
    return _running(tf.cumsum, a, axis, dtype)


def cumprod(a: Any, axis: int | None = None, dtype: Any = None) -> Any:
    """Running products."""
    return _running(tf.math.cumprod, a, axis, dtype)


def _running(function: Any, a: Any, axis: int | None, dtype: Any) -> Any:
    a = array(a, dtype)
    return function(tf.reshape(a, [-1]), 0) if axis is None else function(a, axis)


def average(a: Any, axis: Any = None, weights: Any = None, returned: bool = False) -> Any:
    """The mean, weighed or not."""
    if weights is None:
        return globals()["mean"](a, axis)
    a, weights = promoted((a, weights), "f")
    return tf.reduce_sum(a * weights, axis) / tf.reduce_sum(tf.broadcast_to(weights, a.shape), axis)


vdot = dot


def hypot(x1: Any, x2: Any) -> Any:
    """The length of (x1, x2)."""
    a, b = promoted((x1, x2), "f")
    return tf.sqrt(a * a + b * b)


def log2(x: Any) -> Any:
    """The logarithm to base 2."""
    (x,) = promoted((x,), "f")
    return tf.math.log(x) / tf.math.log(tf.constant(2, x.dtype))


def log10(x: Any) -> Any:
    """The logarithm to base 10."""
    (x,) = promoted((x,), "f")
    return tf.math.log(x) / tf.math.log(tf.constant(10, x.dtype))


def cbrt(x: Any) -> Any:
    """The cube root."""
    (x,) = promoted((x,), "f")
    return tf.sign(x) * tf.abs(x) ** (1.0 / 3.0)


def exp2(x: Any) -> Any:
    """2 to the power of x."""
    (x,) = promoted((x,), "f")
    return tf.constant(2, x.dtype) ** x


def logaddexp(x1: Any, x2: Any) -> Any:
    """log(exp(x1) + exp(x2))."""
    a, b = promoted((x1, x2), "f")
    return tf.maximum(a, b) + tf.math.log1p(tf.exp(-tf.abs(a - b)))


def sinc(x: Any) -> Any:
    """sin(pi x) / (pi x)."""
    (x,) = promoted((x,), "f")
    near = tf.equal(x, 0)
    safe = tf.where(near, tf.ones_like(x), x) * pi
    return tf.where(near, tf.ones_like(x), tf.sin(safe) / safe)


def deg2rad(x: Any) -> Any:
    """Degrees in radians."""
    (x,) = promoted((x,), "f")
    return x * (pi / 180.0)


def rad2deg(x: Any) -> Any:
    """Radians in degrees."""
    (x,) = promoted((x,), "f")
    return x * (180.0 / pi)


def around(a: Any, decimals: int = 0) -> Any:
    """Rounded."""
    a = array(a)
    return tf.round(a) if decimals == 0 else tf.round(a * 10.0**decimals) / 10.0**decimals


round = around


def promote_types(type1: Any, type2: Any) -> Any:
    """The dtype that holds both."""
    return np.promote_types(tf.as_dtype(type1).as_numpy_dtype, tf.as_dtype(type2).as_numpy_dtype)


def experimental_enable_numpy_behavior(
    prefer_float32: bool = False, dtype_conversion_mode: str = "legacy"
) -> None:
    """NumPy's methods, operators and indices for all tensors from now on."""
    from tfgrad_course.tf import numpy_methods

    numpy_methods.enable(prefer_float32)


# What nobody differentiates is computed by NumPy itself.
_PLAIN = frozenset(
    ["allclose", "array_equal", "count_nonzero", "geomspace", "gcd", "heaviside", "isclose", "iscomplex", "iscomplexobj", "isneginf", "isposinf", "isreal", "isrealobj", "lcm", "logspace", "polyval", "signbit", "tri", "vander", "trunc", "fix", "fabs", "nansum", "nanmean", "nanprod", "rot90", "union1d", "broadcast_arrays", "unravel_index", "array_split", "dsplit", "hsplit", "vsplit", "dstack", "append", "compress", "float_power", "diag_indices", "diagflat", "ix_", "indices", "select", "ediff1d", "positive", "isin"]
)  # fmt: skip
_ITSELF = frozenset(["result_type", "can_cast", "issubdtype"])


def __getattr__(name: str) -> Any:
    if name == "shape":  # the functions above have arguments of this name
        return numpy_arranging.shape
    if name in _PLAIN:
        return lambda *args, **kwargs: plain(getattr(np, name), *args, **kwargs)
    from tfgrad_course.tf import _public

    return _public.missing("tensorflow.experimental.numpy", name)


__all__ = ["array", "random", "result_type"]
