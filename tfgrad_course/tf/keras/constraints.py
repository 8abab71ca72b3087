"""What weights are put back to after each step of an optimiser."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras.configured import Configured
from tfgrad_course.tf.keras.serializing import deserialize, serialize

__all__ = ["deserialize", "serialize"]


class Constraint(Configured):
    """A function of a weight tensor that gives one that is allowed."""

    def __call__(self, w: Any) -> Any:
        """The allowed weights."""
        return w


class MaxNorm(Constraint):
    """Norms along an axis of at most a value."""

    def __init__(self, max_value: float = 2, axis: Any = 0) -> None:
        self.max_value, self.axis = max_value, axis

    def __call__(self, w: Any) -> Any:
        norms = _norms(w, self.axis)
        return w * (tf.clip_by_value(norms, 0.0, float(self.max_value)) / (norms + 1e-7))


class NonNeg(Constraint):
    """Nothing below 0."""

    def __call__(self, w: Any) -> Any:
        w = tf.convert_to_tensor(w)
        return w * tf.cast(w >= 0.0, w.dtype)


class UnitNorm(Constraint):
    """Norms along an axis of 1."""

    def __init__(self, axis: Any = 0) -> None:
        self.axis = axis

    def __call__(self, w: Any) -> Any:
        return tf.convert_to_tensor(w) / (_norms(w, self.axis) + 1e-7)


class MinMaxNorm(Constraint):
    """Norms along an axis between two values."""

    def __init__(self, min_value: float = 0.0, max_value: float = 1.0, rate: float = 1.0, axis: Any = 0) -> None:  # fmt: skip
        self.min_value, self.max_value, self.rate, self.axis = min_value, max_value, rate, axis

    def __call__(self, w: Any) -> Any:
        norms = _norms(w, self.axis)
        wanted = self.rate * tf.clip_by_value(norms, self.min_value, self.max_value) + (1 - self.rate) * norms
        return tf.convert_to_tensor(w) * (wanted / (norms + 1e-7))


def _norms(w: Any, axis: Any) -> Any:
    return tf.sqrt(tf.reduce_sum(tf.square(w), axis=axis, keepdims=True))


max_norm, non_neg, unit_norm, min_max_norm = MaxNorm, NonNeg, UnitNorm, MinMaxNorm
NAMED: dict[str, Any] = {
    "max_norm": MaxNorm, "non_neg": NonNeg, "unit_norm": UnitNorm, "min_max_norm": MinMaxNorm,
}  # fmt: skip


def get(identifier: Any) -> Any:
    """The constraint for a name, a class or a function."""
    if isinstance(identifier, dict):
        return deserialize(identifier)
    if isinstance(identifier, str):
        found = NAMED.get(identifier) or globals().get(identifier)
        if not isinstance(found, type):
            raise ValueError(f"Could not interpret constraint identifier: {identifier}")
        return found()
    return identifier() if isinstance(identifier, type) else identifier
