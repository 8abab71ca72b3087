"""The four operations, powers and their kin; the operators of Python come from these rows."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from tfgrad_course.tf._convert import convert, operand
from tfgrad_course.tf._declare import OPS, composite, constant, elementwise, missing, pointwise, traced
from tfgrad_course.tf._dtypes import (
    COMPLEX,
    FLOATS,
    INTEGERS,
    NUMBERS,
    REALS,
    SIGNED,
    bfloat16,
    bool_,
    float16,
    float32,
    float64,
    int8,
    int16,
    int32,
    int64,
    string,
    uint8,
    uint16,
    uint32,
    uint64,
)
from tfgrad_course.tf._errors import InternalError, NotFoundError, invalid, kernel_text, mismatch
from tfgrad_course.tf._refusals import refuse
from tfgrad_course.tf._tensor import EagerTensor, tensor

PAIRS = [(0.7, 2.0), (-1.5, 0.5), (2.0, -3.0)]
POSITIVE_PAIRS = [(0.7, 2.0), (1.5, -0.5), (2.0, 3.0)]
_NARROW = (int8, int16, uint8, uint16)


def _add_strings(x: Any, y: Any) -> Any:
    if x.dtype is string is y.dtype:
        made = np.asarray(np.add(x._v, y._v), object)
        return tensor(made, string)
    if x.dtype is string:
        raise mismatch("Add", 1, "string", y.dtype.kernel)
    return None


add = pointwise(
    "add", operator.add, lambda F, g, z, x, y: g, lambda F, g, z, x, y: g,
    dtypes=NUMBERS, op="AddV2", operator="add", side="hinted", fallback=_add_strings,
    sample=PAIRS, doc="x + y, element by element.",
)  # fmt: skip


@composite("add math.add", sample=PAIRS)
def add_(x: Any, y: Any, name: Any = None) -> Any:
    """x + y, element by element; y takes after x, not x after y."""
    if type(x) is not EagerTensor and not hasattr(x, "_mapped"):
        x = convert(x)
    return add(x, y)


subtract = pointwise(
    "subtract", operator.sub, lambda F, g, z, x, y: g, lambda F, g, z, x, y: -g,
    dtypes=NUMBERS, op="Sub", names="subtract math.subtract", operator="sub",
    sample=PAIRS, doc="x - y, element by element.",
)  # fmt: skip


def _and_for_bools(x: Any, y: Any) -> Any:
    # `bool * bool` and `float * bool` are TensorFlow's one promotion: the logical and.
    if bool_ in (x.dtype, y.dtype):
        return traced.logical_and(traced.cast(x, bool_), traced.cast(y, bool_))
    return None


multiply = pointwise(
    "multiply", operator.mul, lambda F, g, z, x, y: g * y, lambda F, g, z, x, y: g * x,
    complex_vjps=(lambda F, g, z, x, y: g * F.conj(y), lambda F, g, z, x, y: g * F.conj(x)),
    dtypes=NUMBERS, op="Mul", names="multiply math.multiply", operator="mul", side="bools", operator_fallback=_and_for_bools,
    sample=PAIRS, doc="x * y, element by element.",
)  # fmt: skip


def integers_as_floats(divided: Any, where: str, x: Any, y: Any) -> Any:
    """A quotient of integers: both become floats, the narrow ones float32, the others float64."""
    if x.dtype is not y.dtype:
        raise TypeError(f"`x` and `y` must have the same dtype, got {x.dtype!r} != {y.dtype!r}.")
    if x.dtype not in INTEGERS:
        order = (uint8, int8, uint16, int16, uint32, int32, uint64, int64, *FLOATS, *COMPLEX)
        raise TypeError(
            f"Invalid dtype {x.dtype!r} in {where}. Expected one of {{{', '.join(map(repr, order))}}}."
        )
    wide = float32 if x.dtype in _NARROW else float64
    return divided(traced.cast(x, wide), traced.cast(y, wide))


def _divide_integers(x: Any, y: Any) -> Any:
    return integers_as_floats(divide, "__truediv__", x, y)


divide = pointwise(
    "divide", operator.truediv, lambda F, g, z, x, y: g / y, lambda F, g, z, x, y: g * (-x / y / y),
    complex_vjps=(
        lambda F, g, z, x, y: g / F.conj(y), lambda F, g, z, x, y: g * F.conj(-x / y / y),
    ),
    dtypes=FLOATS + COMPLEX, op="RealDiv", names="divide math.divide truediv math.truediv",
    operator="truediv", side="hinted", fallback=_divide_integers,
    sample=PAIRS, doc="x / y, element by element; integers are divided as floats.",
)  # fmt: skip


@composite("realdiv", sample=PAIRS)
def realdiv(x: Any, y: Any, name: str | None = None) -> Any:
    """x / y for floats and complex numbers."""
    a = operand(x, y)
    b = operand(y, a)
    if a.dtype in INTEGERS and b.dtype is a.dtype:
        raise NotFoundError(
            None, None, f"Could not find device for node: {{{{node RealDiv}}}} = RealDiv[T=DT_{a.dtype.kernel.upper()}]\n"
            "All kernels registered for op RealDiv:\n [Op:RealDiv] name: ",
        )  # fmt: skip
    if a.dtype not in OPS["divide"].dtypes or b.dtype is not a.dtype:
        raise refuse(OPS["divide"], a, b)
    return divide(a, b)


def _floor_div(x: Any, y: Any) -> Any:
    if y.dtype.kind not in "iu":
        return np.floor(x / y)
    if not np.all(y):
        raise invalid("FloorDiv", "Integer division by zero")
    return x // y


floordiv = constant(
    "floordiv", _floor_div, 2, dtypes=REALS, op="FloorDiv", names="math.floordiv", operator="floordiv",
    no_kernel=COMPLEX,
    sample=PAIRS, doc="x / y rounded towards minus infinity.",
)  # fmt: skip


def _floor_mod(x: Any, y: Any) -> Any:
    if y.dtype.kind in "iu" and not np.all(y):
        raise invalid("FloorMod", "Integer division by zero")
    return x % y


floormod = pointwise(
    "floormod", _floor_mod, lambda F, g, z, x, y: g, lambda F, g, z, x, y: -g * F.floor(x / y),
    dtypes=REALS, op="FloorMod", names="math.floormod math.mod", operator="mod",
    sample=[(0.7, 2.0), (-1.3, 0.5), (2.0, -3.5)], doc="The remainder of floordiv; it has the sign of y.",
)  # fmt: skip


def _truncate_div(x: Any, y: Any) -> Any:
    if x.dtype.kind not in "iu":
        return np.trunc(x / y)
    if not np.all(y):
        raise invalid("TruncateDiv", "Integer division by zero")
    return (np.sign(x) * np.sign(y) * (abs(x) // abs(y))).astype(x.dtype)


truncatediv = constant(
    "truncatediv", _truncate_div, 2, dtypes=REALS, no_kernel=COMPLEX, op="TruncateDiv", names="truncatediv",
    doc="x / y rounded towards zero.",
)  # fmt: skip


def _truncate_mod(x: Any, y: Any) -> Any:
    if x.dtype.kind in "iu" and not np.all(y):
        text = "Unexpected error in binary operator (only integer div and mod should have errors)"
        raise InternalError(None, None, kernel_text("TruncateMod", text))
    return np.fmod(x, y)


truncatemod = pointwise(
    "truncatemod", _truncate_mod, missing("TruncateMod"), missing("TruncateMod"),
    dtypes=(int32, int64, float32, float64), no_kernel=(bfloat16, float16), op="TruncateMod", names="truncatemod",
    doc="The remainder of truncatediv; it has the sign of x.",
)  # fmt: skip

negative = pointwise(
    "negative", operator.neg, lambda F, g, z, x: -g,
    dtypes=FLOATS + SIGNED + COMPLEX, op="Neg", names="negative math.negative", operator="neg",
    sample=[0.3, -2.0], doc="-x.",
)  # fmt: skip


def _log_positive(x: Any) -> Any:
    if type(x) is not np.ndarray:
        return np.log(x) if x > 0 or (x.dtype.kind == "c" and x != 0) else x.dtype.type(0)
    mask = x != 0 if x.dtype.kind == "c" else x > 0
    return np.where(mask, np.log(np.where(mask, x, 1)), 0).astype(x.dtype)


log_positive = pointwise(
    "log_positive", _log_positive, lambda F, g, z, x: F.mask(x > 0, g / x),
    complex_vjps=(lambda F, g, z, x: F.mask(x != 0, g / F.conj(x)),), dtypes=FLOATS + COMPLEX, op="Log",
    sample=[0.3, -2.0], doc="log x, and 0 where a power of x has no real slope in its exponent.",
)  # fmt: skip


power = pointwise(
    "power", operator.pow,
    lambda F, g, z, x, y: g * y * x ** (y - 1),
    lambda F, g, z, x, y: g * z * F.log_positive(x),
    complex_vjps=(
        lambda F, g, z, x, y: g * F.conj(y) * F.conj(x) ** (F.conj(y) - 1),
        lambda F, g, z, x, y: g * F.conj(z) * F.log_positive(F.conj(x)),
    ),
    dtypes=FLOATS + SIGNED + COMPLEX, op="Pow", names="pow math.pow", operator="pow",
    sample=POSITIVE_PAIRS, doc="x to the power of y.",
)  # fmt: skip

square = elementwise(
    "square", lambda x: x * x, lambda F, z, x: 2 * x,
    dtypes=NUMBERS, op="Square", names="square math.square", sample=[0.3, -2.0], doc="x * x.",
)  # fmt: skip

sqrt_grad = pointwise(
    "sqrt_grad", lambda y, dy: _sqrt_grad(y, dy),
    lambda F, g, z, y, dy: -F.conj(g / y) * z,
    lambda F, g, z, y, dy: 0.5 * (g / y),
    dtypes=FLOATS + COMPLEX, sample=POSITIVE_PAIRS, doc="The gradient of sqrt: 0.5 dy / y, and 0 wherever dy is 0.",
)  # fmt: skip


def _sqrt_grad(y: Any, dy: Any) -> Any:
    return _zero_stays(0.5 * dy / _conjugate(y), y, dy)


sqrt = pointwise(
    "sqrt", np.sqrt, lambda F, g, z, x: F.sqrt_grad(z, g),
    dtypes=FLOATS + COMPLEX, op="Sqrt", names="sqrt math.sqrt", sample=[0.3, 2.0], doc="The square root.",
)  # fmt: skip


def _zero_stays(d: Any, y: Any, dy: Any) -> Any:
    """`d` in the dtype of `y`, and 0 wherever `dy` is 0: so TensorFlow's kernels have it."""
    if d.dtype is not y.dtype:
        d = d.astype(y.dtype)  # bfloat16 and a Python float make a float32
    if type(d) is np.ndarray:
        return np.where(dy == 0, d.dtype.type(0), d)
    return d if dy else type(d)(0)


rsqrt_grad = pointwise(
    "rsqrt_grad", lambda y, dy: _zero_stays(-0.5 * dy * (y := _conjugate(y)) * y * y, y, dy),
    lambda F, g, z, y, dy: -1.5 * F.conj(g) * dy * F.square(F.conj(y)),
    lambda F, g, z, y, dy: F.rsqrt_grad(F.conj(y), g),
    dtypes=FLOATS + COMPLEX, sample=POSITIVE_PAIRS, doc="The gradient of rsqrt: -0.5 dy y^3, and 0 wherever dy is 0.",
)  # fmt: skip

rsqrt = pointwise(
    "rsqrt", lambda x: 1 / np.sqrt(x), lambda F, g, z, x: F.rsqrt_grad(z, g),
    dtypes=FLOATS + COMPLEX, op="Rsqrt", names="math.rsqrt", sample=[0.3, 2.0], doc="1 / sqrt(x).",
)  # fmt: skip

reciprocal_grad = pointwise(
    "reciprocal_grad", lambda y, dy: _zero_stays(-dy * (y := _conjugate(y)) * y, y, dy),
    lambda F, g, z, y, dy: -2.0 * F.conj(g) * dy * F.conj(y),
    lambda F, g, z, y, dy: F.reciprocal_grad(F.conj(y), g),
    dtypes=FLOATS + COMPLEX, sample=PAIRS, doc="The gradient of reciprocal: -dy y^2, and 0 wherever dy is 0.",
)  # fmt: skip

reciprocal = pointwise(
    "reciprocal", lambda x: 1 / x, lambda F, g, z, x: F.reciprocal_grad(z, g),
    dtypes=FLOATS + COMPLEX, op="Reciprocal", names="math.reciprocal", no_kernel=SIGNED, sample=[0.3, -2.0], doc="1 / x.",
)  # fmt: skip


def _conjugate(y: Any) -> Any:
    return y.conjugate() if y.dtype.kind == "c" else y


def _squared(d: Any) -> Any:
    return d * d.conjugate() if d.dtype.kind == "c" else d * d


squared_difference = pointwise(
    "squared_difference", lambda x, y: _squared(x - y),
    lambda F, g, z, x, y: 2 * g * (x - y), lambda F, g, z, x, y: -(2 * g * (x - y)),
    dtypes=(*FLOATS, int32, int64, *COMPLEX), op="SquaredDifference", names="math.squared_difference", sample=PAIRS, doc="(x - y)^2.",
)  # fmt: skip

maximum = pointwise(
    "maximum", np.maximum, lambda F, g, z, x, y: F.mask(x >= y, g), lambda F, g, z, x, y: F.mask(~(x >= y), g),
    dtypes=REALS, op="Maximum", names="maximum math.maximum", sample=PAIRS,
    doc="The larger of x and y; a tie gives the whole gradient to x.",
)  # fmt: skip

minimum = pointwise(
    "minimum", np.minimum, lambda F, g, z, x, y: F.mask(x <= y, g), lambda F, g, z, x, y: F.mask(~(x <= y), g),
    dtypes=REALS, op="Minimum", names="minimum math.minimum", sample=PAIRS,
    doc="The smaller of x and y; a tie gives the whole gradient to x.",
)  # fmt: skip
