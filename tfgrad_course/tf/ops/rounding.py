"""Absolute value, sign, and rounding, through which TensorFlow lets no gradient."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite, constant, install, pointwise
from tfgrad_course.tf._dtypes import (
    COMPLEX,
    FLOATS,
    SIGNED,
    UNSIGNED,
    bfloat16,
    complex64,
    complex128,
    float16,
    float32,
    float64,
)

_REAL = FLOATS + SIGNED

sign = pointwise(
    "sign", lambda x: _sign(x), lambda F, g, z, x: F.zeros_like(g),
    complex_vjps=(lambda F, g, z, x: 0.5 * (g - z * z * F.conj(g)) * F.divide_no_nan(z, x),),
    dtypes=_REAL + COMPLEX, op="Sign", names="sign math.sign", sample=[0.3, -2.0],
    doc="-1, 0 or 1; for complex numbers x / |x|. Its gradient is 0.",
)  # fmt: skip


def _sign(x: Any) -> Any:
    if x.dtype.kind != "c":
        return np.sign(x)
    size = abs(x)
    return np.where(size == 0, x.dtype.type(0), x / np.where(size == 0, 1, size)).astype(x.dtype)[()]


absolute = pointwise(
    "absolute", abs, lambda F, g, z, x: g * F.sign(x),
    dtypes=_REAL, op="Abs", sample=[0.3, -2.0], doc="The size of a real number; its slope at 0 is 0.",
)  # fmt: skip

complex_absolute = pointwise(
    "complex_absolute", abs, lambda F, g, z, x: F.divide_no_nan(F.like(g, x) * x, F.like(z, x)),
    dtypes=COMPLEX, op="ComplexAbs", result={complex64: float32, complex128: float64},
    doc="The size of a complex number.",
)  # fmt: skip


@composite("abs math.abs", sample=[0.3, -2.0])
def abs_(x: Any, name: str | None = None) -> Any:
    """The absolute value of real or complex numbers."""
    if hasattr(x, "_mapped"):
        return x._mapped(abs_)
    x = convert(x)
    return complex_absolute(x) if x.dtype.is_complex else absolute(x)


install("abs", lambda x: abs_(x))

floor = constant(
    "floor", np.floor, dtypes=FLOATS, op="Floor", names="floor math.floor", sample=[0.3, -2.5],
    doc="The largest whole number not above x.",
)  # fmt: skip
ceil = constant(
    "ceil", np.ceil, dtypes=FLOATS, op="Ceil", names="math.ceil", sample=[0.3, -2.5],
    doc="The smallest whole number not below x.",
)  # fmt: skip
rint = constant(
    "rint", np.rint, dtypes=(float32, float64), no_kernel=(bfloat16, float16), op="Rint", names="math.rint", sample=[0.5, -2.5],
    doc="The nearest whole number, halves to even.",
)  # fmt: skip
round_ = constant(
    "round", lambda x: np.rint(x) if x.dtype.kind not in "iu" else x, dtypes=_REAL + UNSIGNED, no_kernel=COMPLEX, op="Round",
    names="round math.round", sample=[0.5, -2.5], doc="The nearest whole number, halves to even.",
)  # fmt: skip
