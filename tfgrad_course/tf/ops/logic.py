"""Logic on booleans, bits of integers, and the operators & | ^ ~ which mean one or the other."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from tfgrad_course.tf._convert import convert, operand
from tfgrad_course.tf._declare import composite, constant, install
from tfgrad_course.tf._dtypes import INTEGERS, bool_
from tfgrad_course.tf._variable import TENSORS

logical_and = constant(
    "logical_and", np.logical_and, 2, dtypes=(bool_,), op="LogicalAnd", doc="x and y.",
)  # fmt: skip
logical_or = constant("logical_or", np.logical_or, 2, dtypes=(bool_,), op="LogicalOr", doc="x or y.")


def _truth(x: Any) -> Any:
    """Whatever is no tensor has to be a boolean."""
    return x if isinstance(x, TENSORS) or hasattr(x, "_paired") else convert(x, bool_)


@composite("logical_and math.logical_and")
def logical_and_(x: Any, y: Any, name: Any = None) -> Any:
    """x and y."""
    return logical_and(_truth(x), _truth(y))


@composite("logical_or math.logical_or")
def logical_or_(x: Any, y: Any, name: Any = None) -> Any:
    """x or y."""
    return logical_or(_truth(x), _truth(y))


logical_not = constant(
    "logical_not", np.logical_not, dtypes=(bool_,), op="LogicalNot", doc="not x.",
)  # fmt: skip


@composite("logical_not math.logical_not")
def logical_not_(x: Any, name: Any = None) -> Any:
    """not x."""
    if hasattr(x, "_mapped"):
        return x._mapped(logical_not_)
    return logical_not(x if isinstance(x, TENSORS) else convert(x, bool_))


bitwise_and = constant(
    "bitwise_and", operator.and_, 2, dtypes=INTEGERS, op="BitwiseAnd", names="bitwise.bitwise_and",
    doc="The bits set in both.",
)  # fmt: skip
bitwise_or = constant(
    "bitwise_or", operator.or_, 2, dtypes=INTEGERS, op="BitwiseOr", names="bitwise.bitwise_or",
    doc="The bits set in either.",
)  # fmt: skip
bitwise_xor = constant(
    "bitwise_xor", operator.xor, 2, dtypes=INTEGERS, op="BitwiseXor", names="bitwise.bitwise_xor",
    doc="The bits set in one only.",
)  # fmt: skip
invert = constant(
    "invert", operator.invert, dtypes=INTEGERS, op="Invert", names="bitwise.invert", doc="All bits flipped."
)


def _shifting(shift: Any) -> Any:
    """As TensorFlow has it: by at least nothing and at most all bits but one."""

    def kernel(x: Any, y: Any) -> Any:
        if x.dtype != y.dtype:
            return shift(x, y)
        return shift(x, np.clip(y, 0, x.dtype.type(x.dtype.itemsize * 8 - 1)))

    return kernel


left_shift = constant(
    "left_shift", _shifting(operator.lshift), 2, dtypes=INTEGERS, op="LeftShift", names="bitwise.left_shift",
    doc="x with its bits moved up by y.",
)  # fmt: skip
right_shift = constant(
    "right_shift", _shifting(operator.rshift), 2, dtypes=INTEGERS, op="RightShift", names="bitwise.right_shift",
    doc="x with its bits moved down by y.",
)  # fmt: skip


@composite("math.logical_xor")
def logical_xor(x: Any, y: Any, name: str = "LogicalXor") -> Any:
    """Either x or y, not both."""
    return logical_and(logical_or_(x, y), logical_not(logical_and_(x, y)))


def _by_kind(logical: Any, bitwise: Any) -> Any:
    def forward(x: Any, y: Any) -> Any:
        try:
            return (logical if x.dtype is bool_ else bitwise)(x, y)
        except (TypeError, ValueError):
            # TensorFlow looks for the mirrored operator of `|` where types have one, and their instances have not.
            if logical is logical_or and not hasattr(y, "__ror__"):
                raise AttributeError(f"'{type(y).__name__}' object has no attribute '__ror__'") from None
            raise

    def reflected(y: Any, x: Any) -> Any:
        return forward(operand(x, y), y)

    return forward, reflected


install("and", *_by_kind(logical_and, bitwise_and))
install("or", *_by_kind(logical_or, bitwise_or))
install("xor", *_by_kind(logical_xor, bitwise_xor))
install("invert", lambda x: (logical_not if x.dtype is bool_ else invert)(x))
