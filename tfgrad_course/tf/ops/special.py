"""Functions of mathematical physics: the error function and its kin, and products that are zero where they must be."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tfgrad_course.tf._convert import convert, operand
from tfgrad_course.tf._declare import OPS, composite, elementwise, pointwise, traced
from tfgrad_course.tf._dtypes import COMPLEX, FLOATS
from tfgrad_course.tf._refusals import refuse
from tfgrad_course.tf._slices import IndexedSlices
from tfgrad_course.tf.ops.arithmetic import integers_as_floats

_SAMPLE = [0.3, -1.2]
_TWO_OVER_ROOT_PI = 2 / math.sqrt(math.pi)


def _by_element(function: Any) -> Any:
    """A function of one float as a kernel; NumPy has none of these."""
    each = np.frompyfunc(function, 1, 1)

    def kernel(x: Any) -> Any:
        if type(x) is not np.ndarray:
            return x.dtype.type(function(float(x)))
        return each(x.astype(np.float64)).astype(x.dtype)

    return kernel


erf = elementwise(
    "erf", _by_element(math.erf), lambda F, z, x: _TWO_OVER_ROOT_PI * F.exp(-F.square(x)),
    dtypes=FLOATS, op="Erf", names="math.erf", sample=_SAMPLE, doc="The error function.",
)  # fmt: skip

erfc = elementwise(
    "erfc", _by_element(math.erfc), lambda F, z, x: -_TWO_OVER_ROOT_PI * F.exp(-F.square(x)),
    dtypes=FLOATS, op="Erfc", names="math.erfc", sample=_SAMPLE, doc="1 - erf(x), exact where that is tiny.",
)  # fmt: skip


def _divide_no_nan(x: Any, y: Any) -> Any:
    return np.where(y == 0, x.dtype.type(0), x / np.where(y == 0, y.dtype.type(1), y))[()]


def _divide_no_nan_integers(x: Any, y: Any) -> Any:
    return integers_as_floats(divide_no_nan, "tf.math.divide_no_nan", x, y)


divide_no_nan = pointwise(
    "divide_no_nan", _divide_no_nan,
    lambda F, g, z, x, y: F.divide_no_nan(g, y),
    lambda F, g, z, x, y: g * F.divide_no_nan(F.divide_no_nan(-x, y), y),
    complex_vjps=(
        lambda F, g, z, x, y: F.divide_no_nan(g, F.conj(y)),
        lambda F, g, z, x, y: g * F.conj(F.divide_no_nan(F.divide_no_nan(-x, y), y)),
    ),
    dtypes=FLOATS + COMPLEX, op="DivNoNan", names="math.divide_no_nan", fallback=_divide_no_nan_integers, sample=[(0.7, 2.0), (-1.5, 0.5)],
    doc="x / y, and 0 where y is 0.",
)  # fmt: skip


def _multiply_no_nan(x: Any, y: Any) -> Any:
    return np.where(y == 0, x.dtype.type(0), x * y)[()]


multiply_no_nan = pointwise(
    "multiply_no_nan", _multiply_no_nan,
    lambda F, g, z, x, y: F.multiply_no_nan(g, y), lambda F, g, z, x, y: F.multiply_no_nan(x, g),
    dtypes=FLOATS + COMPLEX, op="MulNoNan", sample=[(0.7, 2.0), (-1.5, 0.5)],
    doc="x y, and 0 where y is 0 whatever x is.",
)  # fmt: skip


@composite("math.multiply_no_nan", sample=[(0.7, 2.0), (-1.5, 0.5)])
def multiply_no_nan_(x: Any, y: Any, name: Any = None) -> Any:
    """x y, and 0 where y is 0 whatever x is; y takes after x."""
    if hasattr(x, "_paired") or hasattr(y, "_paired"):
        return multiply_no_nan(x, y)
    first = convert(x)
    try:
        return multiply_no_nan(first, convert(y, first.dtype))
    except ValueError as problem:
        if hasattr(y, "_numpy") and y.dtype is not first.dtype:
            raise ValueError(f"y: {problem}") from None
        raise


def _xlogy(x: Any, y: Any) -> Any:
    return np.where(x == 0, x.dtype.type(0), x * np.log(np.where(x == 0, y.dtype.type(1), y)))[()]


def _not_zero(F: Any, x: Any) -> Any:
    return F.like(x != 0, x)


xlogy = pointwise(
    "xlogy", _xlogy,
    lambda F, g, z, x, y: g * F.xlogy(_not_zero(F, x), y), lambda F, g, z, x, y: g * F.xdivy(x, y),
    dtypes=FLOATS + COMPLEX, op="Xlogy", names="math.xlogy", sample=[(0.7, 2.0), (-1.5, 0.5)],
    doc="x log(y), and 0 where x is 0.",
)  # fmt: skip


def _xdivy(x: Any, y: Any) -> Any:
    return np.where(x == 0, x.dtype.type(0), x / np.where(x == 0, y.dtype.type(1), y))[()]


xdivy = pointwise(
    "xdivy", _xdivy,
    lambda F, g, z, x, y: g * F.xdivy(_not_zero(F, x), y), lambda F, g, z, x, y: g * F.xdivy(-x, F.square(y)),
    dtypes=FLOATS + COMPLEX, op="Xdivy", names="math.xdivy", sample=[(0.7, 2.0), (-1.5, 0.5)],
    doc="x / y, and 0 where x is 0.",
)  # fmt: skip


def _xlog1py(x: Any, y: Any) -> Any:
    return np.where(x == 0, x.dtype.type(0), x * np.log1p(np.where(x == 0, y.dtype.type(1), y)))[()]


xlog1py = pointwise(
    "xlog1py", _xlog1py,
    lambda F, g, z, x, y: g * F.xlog1py(_not_zero(F, x), y), lambda F, g, z, x, y: g * F.xdivy(x, y + 1),
    dtypes=FLOATS + COMPLEX, op="Xlog1py", names="math.xlog1py", sample=[(0.7, 2.0), (-1.5, 0.5)],
    doc="x log(1 + y), and 0 where x is 0.",
)  # fmt: skip


@composite("math.reciprocal_no_nan", sample=[((0.5, 2.0),)])
def reciprocal_no_nan(x: Any, name: str | None = None) -> Any:
    """1 / x, and 0 where x is 0."""
    x = convert(x)
    if not (x.dtype.is_floating or x.dtype.is_complex):
        one = operand(1, x)
        raise refuse(OPS["divide_no_nan"], one)
    return divide_no_nan(traced.ones_like(x), x)


@composite("math.log_sigmoid", sample=[((0.5, -2.0),)])
def log_sigmoid(x: Any, name: str | None = None) -> Any:
    """The logarithm of the sigmoid, exact where the sigmoid is tiny."""
    return -traced.softplus(-convert(x))


@composite("clip_by_value", sample=[((0.5, 2.0, -1.0), -0.5, 1.0)])
def clip_by_value(t: Any, clip_value_min: Any, clip_value_max: Any, name: str | None = None) -> Any:
    """Values kept between two bounds; the slope is 1 at both of them."""
    if isinstance(t, IndexedSlices):
        return IndexedSlices(
            clip_by_value(t.values, clip_value_min, clip_value_max), t.indices, t.dense_shape
        )
    x = convert(t)
    below = traced.minimum(x, operand(clip_value_max, x))
    x.shape.assert_is_compatible_with(below.shape)
    made = traced.maximum(below, operand(clip_value_min, x))
    x.shape.assert_is_compatible_with(made.shape)
    return made
