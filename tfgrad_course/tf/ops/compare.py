"""Comparisons and tests on numbers: no gradient goes through them."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from tfgrad_course.tf._convert import operand
from tfgrad_course.tf._declare import constant, install
from tfgrad_course.tf._dtypes import ANY, FLOATS, REALS, bool_
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf.ops.arithmetic import PAIRS

less = constant(
    "less", operator.lt, 2, dtypes=REALS, op="Less", names="less math.less", operator="lt", result=bool_,
    sample=PAIRS, doc="Whether x < y.",
)  # fmt: skip
less_equal = constant(
    "less_equal", operator.le, 2, dtypes=REALS, op="LessEqual", names="less_equal math.less_equal", operator="le",
    result=bool_, sample=PAIRS, doc="Whether x <= y.",
)  # fmt: skip
greater = constant(
    "greater", operator.gt, 2, dtypes=REALS, op="Greater", names="greater math.greater", operator="gt",
    result=bool_, sample=PAIRS, doc="Whether x > y.",
)  # fmt: skip
greater_equal = constant(
    "greater_equal", operator.ge, 2, dtypes=REALS, op="GreaterEqual", names="greater_equal math.greater_equal",
    operator="ge", result=bool_, sample=PAIRS, doc="Whether x >= y.",
)  # fmt: skip
equal = constant(
    "equal", lambda x, y: np.equal(x, y), 2, dtypes=ANY, op="Equal", names="equal math.equal", result=bool_,
    sample=PAIRS, doc="Whether x equals y.",
)  # fmt: skip
not_equal = constant(
    "not_equal", lambda x, y: np.not_equal(x, y), 2, dtypes=ANY, op="NotEqual", names="not_equal math.not_equal",
    result=bool_, sample=PAIRS, doc="Whether x differs from y.",
)  # fmt: skip
is_nan = constant(
    "is_nan", np.isnan, dtypes=FLOATS, op="IsNan", names="math.is_nan", result=bool_, sample=[0.3, -2.0],
    doc="Whether x is not a number.",
)  # fmt: skip
is_inf = constant(
    "is_inf", np.isinf, dtypes=FLOATS, op="IsInf", names="math.is_inf", result=bool_, sample=[0.3, -2.0],
    doc="Whether x is infinite.",
)  # fmt: skip
is_finite = constant(
    "is_finite", np.isfinite, dtypes=FLOATS, op="IsFinite", names="math.is_finite", result=bool_,
    sample=[0.3, -2.0], doc="Whether x is a number and not infinite.",
)  # fmt: skip


def _equality(row: Any, unequal: bool) -> Any:
    """`==` and `!=`: None and shapes that do not go together are simply different."""

    def compare(x: Any, y: Any) -> Any:
        if y is None and type(x) is EagerTensor:
            return unequal
        if type(y) is not EagerTensor:
            y = operand(y, x)
        if type(x) is not EagerTensor:
            x = operand(x, y)
        if x.dtype is y.dtype and x._v.shape != y._v.shape:
            try:
                np.broadcast_shapes(x._v.shape, y._v.shape)
            except ValueError:
                return tensor(np.bool_(unequal), bool_)
        return row(x, y)

    return compare


install("eq", _equality(equal, False))
install("ne", _equality(not_equal, True))
