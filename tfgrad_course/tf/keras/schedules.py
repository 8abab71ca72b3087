"""Learning rates that change with the step number."""

from __future__ import annotations

import math
from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras.configured import Configured
from tfgrad_course.tf.keras.serializing import deserialize, serialize

__all__ = ["deserialize", "serialize"]


class LearningRateSchedule(Configured):
    """A function of the step number."""

    def __call__(self, step: Any) -> Any:
        """The rate at a step; subclasses define it."""
        raise NotImplementedError


class ExponentialDecay(LearningRateSchedule):
    """initial * rate^(step / steps)."""

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: int,
        decay_rate: float,
        staircase: bool = False,
        name: Any = None,
    ) -> None:
        self.initial_learning_rate, self.decay_steps = initial_learning_rate, decay_steps
        self.decay_rate, self.staircase = decay_rate, staircase

    def __call__(self, step: Any) -> Any:
        power = tf.cast(step, "float32") / float(self.decay_steps)
        return self.initial_learning_rate * tf.pow(
            self.decay_rate, tf.floor(power) if self.staircase else power
        )


class InverseTimeDecay(ExponentialDecay):
    """initial / (1 + rate * step / steps)."""

    def __call__(self, step: Any) -> Any:
        share = tf.cast(step, "float32") / float(self.decay_steps)
        share = tf.floor(share) if self.staircase else share
        return self.initial_learning_rate / (1.0 + self.decay_rate * share)


class PiecewiseConstantDecay(LearningRateSchedule):
    """values[i] up to boundaries[i]."""

    def __init__(self, boundaries: Any, values: Any, name: Any = None) -> None:
        if len(boundaries) != len(values) - 1:
            raise ValueError("The length of boundaries should be 1 less than the length of values.")
        self.boundaries, self.values = list(boundaries), list(values)

    def __call__(self, step: Any) -> Any:
        index = sum(int(step) > boundary for boundary in self.boundaries)
        return tf.constant(float(self.values[index]))


class PolynomialDecay(LearningRateSchedule):
    """From initial to end along a power of the remaining share."""

    def __init__(
        self, initial_learning_rate: float, decay_steps: int, end_learning_rate: float = 0.0001, power: float = 1.0,
        cycle: bool = False, name: Any = None,
    ) -> None:  # fmt: skip
        self.initial, self.steps, self.end, self.power = (
            initial_learning_rate,
            decay_steps,
            end_learning_rate,
            power,
        )

    def __call__(self, step: Any) -> Any:
        share = min(float(step), self.steps) / self.steps
        return tf.constant((self.initial - self.end) * (1 - share) ** self.power + self.end)


class CosineDecay(LearningRateSchedule):
    """Half a cosine from initial down to alpha * initial."""

    def __init__(
        self, initial_learning_rate: float, decay_steps: int, alpha: float = 0.0, name: Any = None, **_: Any
    ):
        self.initial, self.steps, self.alpha = initial_learning_rate, decay_steps, alpha

    def __call__(self, step: Any) -> Any:
        share = 0.5 * (1 + math.cos(math.pi * min(float(step), self.steps) / self.steps))
        return tf.constant(self.initial * ((1 - self.alpha) * share + self.alpha))
