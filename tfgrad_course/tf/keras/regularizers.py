"""Penalties on weights."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras.configured import Configured
from tfgrad_course.tf.keras.serializing import deserialize, serialize

__all__ = ["deserialize", "serialize"]


class Regularizer(Configured):
    """A function of a weight tensor that gives a scalar."""

    def __call__(self, x: Any) -> Any:
        """The penalty."""
        return 0.0


class L1L2(Regularizer):
    """l1 times the sum of |x| plus l2 times the sum of x squared."""

    def __init__(self, l1: float = 0.0, l2: float = 0.0) -> None:
        self.l1, self.l2 = l1 or 0.0, l2 or 0.0

    def __call__(self, x: Any) -> Any:
        penalty = tf.constant(0.0, dtype=x.dtype)
        if self.l1:
            penalty = penalty + self.l1 * tf.reduce_sum(tf.abs(x))
        if self.l2:
            penalty = penalty + self.l2 * tf.reduce_sum(tf.square(x))
        return penalty


class L1(L1L2):
    """l1 times the sum of |x|."""

    def __init__(self, l1: float = 0.01) -> None:
        super().__init__(l1=l1)


class L2(L1L2):
    """l2 times the sum of x squared."""

    def __init__(self, l2: float = 0.01) -> None:
        super().__init__(l2=l2)


l1, l2, l1_l2 = L1, L2, L1L2


def get(identifier: Any) -> Any:
    """The regularizer for a name or a function."""
    if isinstance(identifier, dict):
        return deserialize(identifier)
    if isinstance(identifier, str):
        return {"l1": L1, "l2": L2, "L1": L1, "L2": L2, "l1_l2": L1L2}[identifier]()
    return identifier
