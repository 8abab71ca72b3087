"""Exponentials and logarithms."""

from __future__ import annotations

import numpy as np

from tfgrad_course.tf._declare import elementwise, pointwise
from tfgrad_course.tf._dtypes import COMPLEX, FLOATS

exp = elementwise(
    "exp", np.exp, lambda F, z, x: z,
    dtypes=FLOATS + COMPLEX, op="Exp", names="exp math.exp", sample=[0.3, -2.0], doc="e to the power of x.",
)  # fmt: skip

expm1 = elementwise(
    "expm1", np.expm1, lambda F, z, x: F.exp(x),
    dtypes=FLOATS + COMPLEX, op="Expm1", names="math.expm1", sample=[0.3, -2.0], doc="e to the power of x, less one.",
)  # fmt: skip

log = pointwise(
    "log", np.log, lambda F, g, z, x: g * F.reciprocal(x),
    complex_vjps=(lambda F, g, z, x: g * F.reciprocal(F.conj(x)),),
    dtypes=FLOATS + COMPLEX, op="Log", names="math.log", sample=[0.3, 2.0], doc="The natural logarithm.",
)  # fmt: skip

log1p = elementwise(
    "log1p", np.log1p, lambda F, z, x: F.reciprocal(1 + x),
    dtypes=FLOATS + COMPLEX, op="Log1p", names="math.log1p", sample=[0.3, 2.0], doc="The natural logarithm of 1 + x.",
)  # fmt: skip
