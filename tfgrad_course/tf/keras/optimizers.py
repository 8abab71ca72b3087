"""Optimisers of Keras 3: the same update rules, defaults and refusals."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras import schedules
from tfgrad_course.tf.keras.configured import Configured, settings
from tfgrad_course.tf.keras.serializing import deserialize, serialize
from tfgrad_course.tf.keras.variables import Variable, auto_name

__all__ = ["deserialize", "serialize"]
_NAMES: dict[str, int] = {}


class Optimizer(Configured):
    """Pairs of gradient and variable in, updated variables out; slots are made on first use."""

    slots: tuple[str, ...] = ()

    def __init__(
        self,
        learning_rate: Any,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        use_ema: bool = False,
        ema_momentum: float = 0.99,
        ema_overwrite_frequency: int | None = None,
        loss_scale_factor: float | None = None,
        gradient_accumulation_steps: int | None = None,
        name: str | None = None,
        **unknown: Any,
    ) -> None:
        if unknown:
            raise ValueError(f"Argument(s) not recognized: {unknown}")
        self.name = name or auto_name(type(self).__name__, _NAMES)
        self.built = False
        self.weight_decay = weight_decay
        self.clipnorm, self.clipvalue, self.global_clipnorm = clipnorm, clipvalue, global_clipnorm
        self._schedule = learning_rate if isinstance(learning_rate, schedules.LearningRateSchedule) else None
        self._rate = Variable(float(0.0 if self._schedule else learning_rate), dtype="float32", trainable=False, name="learning_rate",
                              path=f"{self._prefix()}/learning_rate")  # fmt: skip
        self._iterations = Variable(0, dtype="int64", trainable=False, name="iteration",
                                    path=f"{self._prefix()}/iteration")  # fmt: skip
        self._known: list[Any] = []
        self._slots: dict[tuple[int, str], Any] = {}

    @property
    def iterations(self) -> Any:
        """How often gradients were applied."""
        return self._iterations

    @property
    def learning_rate(self) -> Any:
        """The rate now, from the schedule when there is one."""
        if self._schedule is not None:
            return self._schedule(self._iterations.read_value())
        return self._rate

    @learning_rate.setter
    def learning_rate(self, value: Any) -> None:
        if isinstance(value, schedules.LearningRateSchedule):
            self._schedule = value
        else:
            self._rate.assign(float(value))

    @property
    def variables(self) -> list[Any]:
        """Iteration, rate and all slots."""
        return [self._iterations, self._rate, *self._slots.values()]

    def build(self, variables: Iterable[Any]) -> None:
        """Make the slots for these variables."""
        self._known = list(variables)
        for variable in self._known:
            if not isinstance(variable, tf.Variable):
                raise AttributeError(f"{_type_name(variable)!r} object has no attribute '_unique_id'")
            for slot in self.slots:
                self._slots[id(variable), slot] = self.make_slot(slot, variable)
        self.built = True

    def make_slot(self, slot: str, variable: Any) -> Any:
        """A state variable of the same shape, all 0."""
        return self._state(tf.zeros_like(variable).numpy(), slot, variable)

    def _state(self, start: Any, slot: str, variable: Any) -> Any:
        name = f"{getattr(variable, 'path', variable.name).replace('/', '_').replace(':', '_')}_{slot}"
        return Variable(
            start, dtype=variable.dtype, trainable=False, name=name, path=f"{self._prefix()}/{name}"
        )

    def _prefix(self) -> str:
        return self.name

    def slot(self, name: str, variable: Any) -> Any:
        """The state variable of a model's variable."""
        return self._slots[id(variable), name]

    def apply_gradients(self, grads_and_vars: Iterable[tuple[Any, Any]], name: Any = None, **_: Any) -> Any:
        """Update each variable by its gradient; pairs are (gradient, variable)."""
        gradients, variables = zip(*grads_and_vars, strict=False)
        self.apply(gradients, variables)
        return self._iterations

    def apply(self, grads: Sequence[Any], trainable_variables: Sequence[Any] | None = None) -> None:
        """Update the variables (those it was built with when none are given)."""
        if len(grads) == 0:
            return
        variables = list(trainable_variables) if trainable_variables is not None else self._known
        if not self.built:
            self.build(variables)
        for variable in variables:
            if not isinstance(variable, tf.Variable):
                raise AttributeError(f"{_type_name(variable)!r} object has no attribute '_unique_id'")
            if not any(variable is known for known in self._known):
                raise ValueError(
                    f"Unknown variable: {variable}. This optimizer can only be called for the variables it was "
                    "originally built with. When working with a new set of variables, you should recreate a "
                    "new optimizer instance."
                )
        pairs = self._filtered(list(grads), variables)
        if self.weight_decay is not None:
            for _, variable in pairs:
                rate = tf.cast(self._rate_now(), variable.dtype)
                variable.assign_sub(variable * self.weight_decay * rate)
        self.begin()
        for gradient, variable in pairs:
            self.update_step(gradient, variable, tf.cast(self._rate_now(), variable.dtype))
        self._iterations.assign_add(1)
        for variable in variables:
            if getattr(variable, "constraint", None) is not None:
                variable.assign(variable.constraint(variable))

    def begin(self) -> None:
        """What is computed once a step."""

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        """The update rule; subclasses define it."""
        raise NotImplementedError

    def _rate_now(self) -> Any:
        rate = self.learning_rate
        return rate.read_value() if isinstance(rate, tf.Variable) else rate

    def _filtered(self, gradients: list[Any], variables: list[Any]) -> list[tuple[Any, Any]]:
        kept = [(_dense(g), v) for g, v in zip(gradients, variables, strict=False) if g is not None]
        if not kept:
            raise ValueError("No gradients provided for any variable.")
        return list(zip(self._clipped([g for g, _ in kept]), [v for _, v in kept], strict=True))

    def _clipped(self, gradients: list[Any]) -> list[Any]:
        if self.clipnorm:
            return [tf.clip_by_norm(g, self.clipnorm) for g in gradients]
        if self.global_clipnorm:
            return list(tf.clip_by_global_norm(gradients, self.global_clipnorm)[0])
        if self.clipvalue:
            return [tf.clip_by_value(g, -self.clipvalue, self.clipvalue) for g in gradients]
        return gradients

    def step_number(self, dtype: Any) -> Any:
        """This step's number, from 1, as a float."""
        return tf.cast(self._iterations.read_value() + 1, dtype)

    def get_config(self) -> dict[str, Any]:
        """Name, rate and the other settings."""
        rate = serialize(self._schedule) if self._schedule is not None else float(self._rate)
        return settings(self) | {"learning_rate": rate}


def _type_name(value: Any) -> str:
    kind = type(value)
    return f"{kind.__module__}.{kind.__qualname__}" if tf.is_tensor(value) else kind.__name__


def _dense(gradient: Any) -> Any:
    return tf.convert_to_tensor(gradient)


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
        if not self.momentum:
            variable.assign_sub(gradient * learning_rate)
            return
        slot = self.slot("momentum", variable)
        slot.assign(slot * self.momentum - gradient * learning_rate)
        step = slot * self.momentum - gradient * learning_rate if self.nesterov else slot.read_value()
        variable.assign_add(step)


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
        step = self.step_number(variable.dtype)
        alpha = learning_rate * tf.sqrt(1 - self.beta_2**step) / (1 - self.beta_1**step)
        m, v = self.slot("momentum", variable), self.slot("velocity", variable)
        m.assign_add((gradient - m) * (1 - self.beta_1))
        v.assign_add((tf.square(gradient) - v) * (1 - self.beta_2))
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
        self._product = 1.0

    def begin(self) -> None:
        step = int(self._iterations.numpy()) + 1
        self._now = self.beta_1 * (1.0 - 0.5 * math.pow(0.96, step))
        self._next = self.beta_1 * (1.0 - 0.5 * math.pow(0.96, step + 1))
        self._product *= self._now

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        step = self.step_number(variable.dtype)
        m, v = self.slot("momentum", variable), self.slot("velocity", variable)
        m.assign_add((gradient - m) * (1 - self.beta_1))
        v.assign_add((tf.square(gradient) - v) * (1 - self.beta_2))
        m_hat = self._next * m / (1 - self._product * self._next) + (1 - self._now) * gradient / (
            1 - self._product
        )
        v_hat = v / (1 - self.beta_2**step)
        variable.assign_sub(m_hat * learning_rate / (tf.sqrt(v_hat) + self.epsilon))


class Adamax(Adam):
    """Adam with the infinity norm."""

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        step = self.step_number(variable.dtype)
        m, u = self.slot("momentum", variable), self.slot("velocity", variable)
        m.assign_add((gradient - m) * (1 - self.beta_1))
        u.assign(tf.maximum(self.beta_2 * u, tf.abs(gradient)))
        variable.assign_sub(learning_rate * m / ((1 - self.beta_1**step) * (u + self.epsilon)))


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
        v = self.slot("velocity", variable)
        v.assign(self.rho * v + (1 - self.rho) * tf.square(gradient))
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
        accumulator = self.slot("accumulator", variable)
        accumulator.assign_add(tf.square(gradient))
        variable.assign_sub(learning_rate * gradient / tf.sqrt(accumulator + self.epsilon))


class Adadelta(Optimizer):
    """Steps scaled by running means of squared gradients and squared steps."""

    slots = ("gradient", "step")

    def __init__(
        self, learning_rate: Any = 0.001, rho: float = 0.95, epsilon: float = 1e-7, **options: Any
    ) -> None:
        super().__init__(learning_rate, **options)
        self.rho, self.epsilon = rho, epsilon

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        g, s = self.slot("gradient", variable), self.slot("step", variable)
        g.assign(self.rho * g + (1 - self.rho) * tf.square(gradient))
        step = -tf.sqrt(s + self.epsilon) * gradient / tf.sqrt(g + self.epsilon)
        s.assign(self.rho * s + (1 - self.rho) * tf.square(step))
        variable.assign_add(learning_rate * step)


NAMED: dict[str, Callable[..., Optimizer]] = {
    "sgd": SGD,
    "adam": Adam,
    "adamw": AdamW,
    "nadam": Nadam,
    "adamax": Adamax,
    "rmsprop": RMSprop,
    "adagrad": Adagrad,
    "adadelta": Adadelta,
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
