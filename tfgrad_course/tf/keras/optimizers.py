"""Optimisers of Keras 3: the same update rules, defaults and refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras import schedules
from tfgrad_course.tf.keras.adaptive import Adadelta, Adam, Adamax, AdamW, Ftrl, Lion, Nadam
from tfgrad_course.tf.keras.scaling import LossScaleOptimizer
from tfgrad_course.tf.keras.serializing import deserialize, serialize
from tfgrad_course.tf.keras.stepping import _NAMES, Optimizer, dense, squared

__all__ = ["_NAMES", "LossScaleOptimizer", "deserialize", "schedules", "serialize"]


class SGD(Optimizer):
    """Gradient descent, with momentum (and Nesterov's look-ahead) when asked for."""

    def __init__(
        self, learning_rate: Any = 0.01, momentum: float = 0.0, nesterov: bool = False, **options: Any
    ) -> None:
        super().__init__(learning_rate, **options)
        if not isinstance(momentum, (int, float)) or not 0 <= momentum <= 1:
            raise ValueError("`momentum` must be a float between [0, 1].")
        self.momentum, self.nesterov = momentum, nesterov
        self.slots = ("momentum",) if momentum else ()

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        gradient = dense(gradient)
        if not self.momentum:
            variable.assign_sub(gradient * learning_rate)
            return
        slot = self.slot("momentum", variable)
        slot.assign(slot * self.momentum - gradient * learning_rate)
        step = slot * self.momentum - gradient * learning_rate if self.nesterov else slot.read_value()
        variable.assign_add(step)


class RMSprop(Optimizer):
    """Steps scaled by a running mean of the squared gradient."""

    def __init__(
        self,
        learning_rate: Any = 0.001,
        rho: float = 0.9,
        momentum: float = 0.0,
        epsilon: float = 1e-7,
        centered: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(learning_rate, **options)
        self.rho, self.momentum, self.epsilon, self.centered = rho, momentum, epsilon, centered
        self.slots = ("velocity", *(("momentum",) if momentum else ()), *(("average",) if centered else ()))

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        squares, gradient = squared(gradient), dense(gradient)
        v = self.slot("velocity", variable)
        v.assign(self.rho * v + (1 - self.rho) * squares)
        denominator = v + self.epsilon
        if self.centered:
            mean = self.slot("average", variable)
            mean.assign(self.rho * mean + (1 - self.rho) * gradient)
            denominator = v - tf.square(mean) + self.epsilon
        step = learning_rate * gradient / tf.sqrt(denominator)
        if self.momentum:
            m = self.slot("momentum", variable)
            m.assign(self.momentum * m + step)
            step = m.read_value()
        variable.assign_sub(step)


class Adagrad(Optimizer):
    """Steps scaled by the sum of all squared gradients."""

    slots = ("accumulator",)

    def __init__(
        self,
        learning_rate: Any = 0.001,
        initial_accumulator_value: float = 0.1,
        epsilon: float = 1e-7,
        **options: Any,
    ) -> None:
        super().__init__(learning_rate, **options)
        self.initial, self.epsilon = initial_accumulator_value, epsilon

    def make_slot(self, slot: str, variable: Any) -> Any:
        start = tf.fill(variable.shape, tf.cast(self.initial, variable.dtype))
        return self._state(start.numpy(), slot, variable)

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        squares, gradient = squared(gradient), dense(gradient)
        accumulator = self.slot("accumulator", variable)
        accumulator.assign_add(squares)
        variable.assign_sub(learning_rate * gradient / tf.sqrt(accumulator + self.epsilon))


NAMED: dict[str, Callable[..., Optimizer]] = {
    "sgd": SGD,
    "adam": Adam,
    "adamw": AdamW,
    "nadam": Nadam,
    "adamax": Adamax,
    "rmsprop": RMSprop,
    "adagrad": Adagrad,
    "adadelta": Adadelta,
    "lion": Lion,
    "ftrl": Ftrl,
}


def get(identifier: Any) -> Any:
    """The optimiser for a name, a class or an object."""
    if isinstance(identifier, dict):
        return deserialize(identifier)
    if isinstance(identifier, str):
        if identifier.lower() not in NAMED:
            raise ValueError(f"Could not interpret optimizer identifier: {identifier}")
        return NAMED[identifier.lower()]()
    return identifier() if isinstance(identifier, type) else identifier
