"""Adam and its kin: steps scaled for each number by what its gradient has been."""

from __future__ import annotations

import math
from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras.stepping import Optimizer, absolute, dense, squared
from tfgrad_course.tf.keras.variables import Variable


class Adam(Optimizer):
    """Steps scaled by running means of the gradient and its square."""

    slots: tuple[str, ...] = ("momentum", "velocity")

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-7,
        amsgrad: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(learning_rate, **options)
        self.beta_1, self.beta_2, self.epsilon, self.amsgrad = beta_1, beta_2, epsilon, amsgrad
        if amsgrad:
            self.slots = ("momentum", "velocity", "velocity_hat")

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        squares, gradient = squared(gradient), dense(gradient)
        step = self.step_number(variable.dtype)
        alpha = learning_rate * tf.sqrt(1 - self.beta_2**step) / (1 - self.beta_1**step)
        m, v = self.slot("momentum", variable), self.slot("velocity", variable)
        m.assign_add((gradient - m) * (1 - self.beta_1))
        v.assign_add((squares - v) * (1 - self.beta_2))
        top = v.read_value()
        if self.amsgrad:
            hat = self.slot("velocity_hat", variable)
            hat.assign(tf.maximum(hat, v))
            top = hat.read_value()
        variable.assign_sub(m * alpha / (tf.sqrt(top) + self.epsilon))


class AdamW(Adam):
    """Adam with decoupled weight decay."""

    def __init__(
        self, learning_rate: Any = 0.001, weight_decay: float = 0.004, *args: Any, **options: Any
    ) -> None:
        super().__init__(learning_rate, *args, weight_decay=weight_decay, **options)


class Nadam(Adam):
    """Adam with Nesterov momentum."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._u_product = Variable(1.0, dtype="float32", trainable=False)

    def begin(self) -> None:
        step = int(self._iterations.numpy()) + 1
        self._now = self.beta_1 * (1.0 - 0.5 * math.pow(0.96, step))
        self._next = self.beta_1 * (1.0 - 0.5 * math.pow(0.96, step + 1))
        self._product = float(self._u_product.numpy()) * self._now
        self._u_product.assign(self._product)

    @property
    def variables(self) -> list[Any]:
        """Iteration, rate, slots and the product of all momenta."""
        return [*super().variables, self._u_product]

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        squares, gradient = squared(gradient), dense(gradient)
        step = self.step_number(variable.dtype)
        m, v = self.slot("momentum", variable), self.slot("velocity", variable)
        m.assign_add((gradient - m) * (1 - self.beta_1))
        v.assign_add((squares - v) * (1 - self.beta_2))
        m_hat = self._next * m / (1 - self._product * self._next) + (1 - self._now) * gradient / (
            1 - self._product
        )
        v_hat = v / (1 - self.beta_2**step)
        variable.assign_sub(m_hat * learning_rate / (tf.sqrt(v_hat) + self.epsilon))


class Adamax(Adam):
    """Adam with the infinity norm."""

    slots = ("momentum", "norm")

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        sizes, gradient = absolute(gradient), dense(gradient)
        step = self.step_number(variable.dtype)
        m, u = self.slot("momentum", variable), self.slot("norm", variable)
        m.assign_add((gradient - m) * (1 - self.beta_1))
        u.assign(tf.maximum(self.beta_2 * u, sizes))
        variable.assign_sub(learning_rate * m / ((1 - self.beta_1**step) * (u + self.epsilon)))


class Adadelta(Optimizer):
    """Steps scaled by running means of squared gradients and squared steps."""

    slots = ("accumulated_grad", "accumulated_delta_var")

    def __init__(
        self, learning_rate: Any = 0.001, rho: float = 0.95, epsilon: float = 1e-7, **options: Any
    ) -> None:
        super().__init__(learning_rate, **options)
        self.rho, self.epsilon = rho, epsilon

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        squares, gradient = squared(gradient), dense(gradient)
        g, s = self.slot("accumulated_grad", variable), self.slot("accumulated_delta_var", variable)
        g.assign(self.rho * g + (1 - self.rho) * squares)
        scale = tf.sqrt(s + self.epsilon) / tf.sqrt(g + self.epsilon)
        step = -scale * gradient
        s.assign(self.rho * s + (1 - self.rho) * tf.square(scale) * squares)
        variable.assign_add(learning_rate * step)


class Lion(Optimizer):
    """Steps of one size by the sign of a mix of momentum and gradient."""

    slots = ("momentum",)

    def __init__(
        self, learning_rate: Any = 0.001, beta_1: float = 0.9, beta_2: float = 0.99, **options: Any
    ) -> None:  # fmt: skip
        super().__init__(learning_rate, **options)
        self.beta_1, self.beta_2 = beta_1, beta_2

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        gradient = dense(gradient)
        m = self.slot("momentum", variable)
        variable.assign_sub(learning_rate * tf.sign(m * self.beta_1 + gradient * (1.0 - self.beta_1)))
        m.assign(m * self.beta_2 + gradient * (1.0 - self.beta_2))


class Ftrl(Optimizer):
    """Follow the regularised leader."""

    slots = ("accumulator", "linear")

    def __init__(
        self, learning_rate: Any = 0.001, learning_rate_power: float = -0.5, initial_accumulator_value: float = 0.1,
        l1_regularization_strength: float = 0.0, l2_regularization_strength: float = 0.0,
        l2_shrinkage_regularization_strength: float = 0.0, beta: float = 0.0, **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(learning_rate, **options)
        self.power, self.initial, self.beta = learning_rate_power, initial_accumulator_value, beta
        self.l1, self.l2, self.shrinkage = (
            l1_regularization_strength,
            l2_regularization_strength,
            l2_shrinkage_regularization_strength,
        )

    def make_slot(self, slot: str, variable: Any) -> Any:
        start = tf.fill(
            variable.shape, tf.cast(self.initial if slot == "accumulator" else 0.0, variable.dtype)
        )
        return self._state(start.numpy(), slot, variable)

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        squares, gradient = squared(gradient), dense(gradient)
        total, linear = self.slot("accumulator", variable), self.slot("linear", variable)
        shrunk = gradient + 2.0 * self.shrinkage * variable
        new = total + squares
        change = tf.pow(new, -self.power) - tf.pow(total, -self.power)
        linear.assign_add(shrunk - change / learning_rate * variable)
        quadratic = tf.pow(new, -self.power) / learning_rate + 2.0 * (
            self.l2 + self.beta / (2.0 * learning_rate)
        )
        clipped = tf.clip_by_value(linear, -self.l1, self.l1)
        variable.assign((clipped - linear) / quadratic)
        total.assign(new)
