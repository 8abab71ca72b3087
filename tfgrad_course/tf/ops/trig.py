"""Trigonometric and hyperbolic functions and their inverses."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf._declare import elementwise, pointwise
from tfgrad_course.tf._dtypes import COMPLEX, FLOATS

_BOTH = FLOATS + COMPLEX
_ANGLES, _INSIDE, _ABOVE = [0.3, -2.0], [0.3, -0.8], [1.3, 3.0]


def _secant_squared(F: Any, z: Any, x: Any) -> Any:
    secant = F.reciprocal(F.cos(x))
    return secant * secant


sin = elementwise(
    "sin", np.sin, lambda F, z, x: F.cos(x),
    dtypes=_BOTH, op="Sin", names="sin math.sin", sample=_ANGLES, doc="Sine of x, in radians.",
)  # fmt: skip
cos = elementwise(
    "cos", np.cos, lambda F, z, x: -F.sin(x),
    dtypes=_BOTH, op="Cos", names="cos math.cos", sample=_ANGLES, doc="Cosine of x, in radians.",
)  # fmt: skip
tan = elementwise(
    "tan", np.tan, _secant_squared,
    dtypes=_BOTH, op="Tan", names="tan math.tan", sample=_ANGLES, doc="Tangent of x, in radians.",
)  # fmt: skip
asin = elementwise(
    "asin", np.arcsin, lambda F, z, x: F.reciprocal(F.sqrt(1 - F.square(x))),
    dtypes=_BOTH, op="Asin", names="asin math.asin", sample=_INSIDE, doc="The angle whose sine is x.",
)  # fmt: skip
acos = elementwise(
    "acos", np.arccos, lambda F, z, x: -F.reciprocal(F.sqrt(1 - F.square(x))),
    dtypes=_BOTH, op="Acos", names="acos math.acos", sample=_INSIDE, doc="The angle whose cosine is x.",
)  # fmt: skip
atan = elementwise(
    "atan", np.arctan, lambda F, z, x: F.reciprocal(1 + F.square(x)),
    dtypes=_BOTH, op="Atan", names="atan math.atan", sample=_ANGLES, doc="The angle whose tangent is x.",
)  # fmt: skip
atan2 = pointwise(
    "atan2", np.arctan2,
    lambda F, g, z, y, x: x * (g / (F.square(x) + F.square(y))),
    lambda F, g, z, y, x: -y * (g / (F.square(x) + F.square(y))),
    dtypes=FLOATS, op="Atan2", names="atan2 math.atan2", args="y x", sample=[(0.3, 2.0), (-1.0, -0.5)],
    doc="The angle of the point (x, y).",
)  # fmt: skip
sinh = elementwise(
    "sinh", np.sinh, lambda F, z, x: F.cosh(x),
    dtypes=_BOTH, op="Sinh", names="sinh math.sinh", sample=_ANGLES, doc="Hyperbolic sine.",
)  # fmt: skip
cosh = elementwise(
    "cosh", np.cosh, lambda F, z, x: F.sinh(x),
    dtypes=_BOTH, op="Cosh", names="cosh math.cosh", sample=_ANGLES, doc="Hyperbolic cosine.",
)  # fmt: skip
tanh = elementwise(
    "tanh", np.tanh, lambda F, z, x: 1 - z * z,
    dtypes=_BOTH, op="Tanh", names="tanh math.tanh nn.tanh", sample=_ANGLES, doc="Hyperbolic tangent.",
)  # fmt: skip
asinh = elementwise(
    "asinh", np.arcsinh, lambda F, z, x: 1 / F.cosh(z),
    dtypes=_BOTH, op="Asinh", names="asinh math.asinh", sample=_ANGLES, doc="Inverse hyperbolic sine.",
)  # fmt: skip
acosh = elementwise(
    "acosh", np.arccosh, lambda F, z, x: 1 / F.sinh(z),
    dtypes=_BOTH, op="Acosh", names="acosh math.acosh", sample=_ABOVE, doc="Inverse hyperbolic cosine.",
)  # fmt: skip
atanh = elementwise(
    "atanh", np.arctanh, lambda F, z, x: F.reciprocal(1 - F.square(x)),
    dtypes=_BOTH, op="Atanh", names="atanh math.atanh", sample=_INSIDE, doc="Inverse hyperbolic tangent.",
)  # fmt: skip
