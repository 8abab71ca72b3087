"""Linear operators: matrices known by their structure, that multiply, solve and give determinants like any other."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import PUBLIC, composite
from tfgrad_course.tf._operator import LinearOperator
from tfgrad_course.tf.ops import (  # noqa: F401  (they publish their classes)
    operators_of_entries,
    operators_of_operators,
    operators_of_rules,
)

PUBLIC["linalg.LinearOperator"] = LinearOperator
CgState = namedtuple("CgState", ["i", "x", "r", "p", "gamma"])


@composite("linalg.experimental.conjugate_gradient")
def conjugate_gradient(
    operator: Any, rhs: Any, preconditioner: Any = None, x: Any = None, tol: float = 1e-5, max_iter: int = 20,
    name: str = "conjugate_gradient",
) -> Any:  # fmt: skip
    """The solution for a positive definite operator, step by step (Saad 2003, algorithm 9.1)."""
    if not (operator.is_self_adjoint and operator.is_positive_definite):
        raise ValueError("Expected a self-adjoint, positive definite operator.")
    rhs = convert(rhs)
    dot = lambda a, b: (
        tf.reduce_sum(tf.math.conj(a) * b, -1) if a.dtype.is_complex else tf.reduce_sum(a * b, -1)
    )
    smooth = (lambda r: r) if preconditioner is None else preconditioner.matvec
    x = tf.zeros_like(rhs) if x is None else convert(x)
    r = rhs - operator.matvec(x)
    p = smooth(r)
    gamma, i = dot(r, p), 0
    limit = tol * tf.norm(rhs, axis=-1)
    while i < max_iter and bool(tf.reduce_any(tf.norm(r, axis=-1) > limit)):
        z = operator.matvec(p)
        step = gamma / dot(p, z)
        x, r = x + step[..., None] * p, r - step[..., None] * z
        q = smooth(r)
        grown = dot(r, q)
        p, gamma, i = q + (grown / gamma)[..., None] * p, grown, i + 1
    return CgState(tf.constant(i), x, r, p, gamma)
