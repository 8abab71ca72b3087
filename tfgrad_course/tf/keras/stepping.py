"""What all optimisers share: pairs of gradient and variable in, updated variables out, refusals in Keras' words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras import initializers, schedules
from tfgrad_course.tf.keras.configured import Configured, settings
from tfgrad_course.tf.keras.serializing import serialize
from tfgrad_course.tf.keras.variables import Variable, auto_name

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

    def add_variable_from_reference(
        self, reference_variable: Any, name: str = "", initializer: Any = "zeros"
    ) -> Any:
        """A state variable of the shape of a model's variable, for optimisers of one's own."""
        start = initializers.get(initializer)(reference_variable.shape, dtype=reference_variable.dtype)
        made = self._state(start.numpy(), name, reference_variable)
        self._slots[id(reference_variable), name] = made
        return made

    def add_variable(
        self, shape: Any, initializer: Any = "zeros", dtype: Any = None, name: str | None = None
    ) -> Any:
        """A state variable, for optimisers of one's own."""
        start = initializers.get(initializer)(shape, dtype=dtype or "float32")
        made = Variable(start.numpy(), trainable=False, name=name, path=f"{self._prefix()}/{name}")
        self._slots[id(made), name or ""] = made
        return made

    def _get_variable_index(self, variable: Any) -> int:
        return next(i for i, known in enumerate(self._known) if known is variable)

    def assign(self, variable: Any, value: Any) -> None:
        """Put a value in the place of the present one."""
        variable.assign(value)

    def assign_add(self, variable: Any, value: Any) -> None:
        """Add to a variable."""
        variable.assign_add(value)

    def assign_sub(self, variable: Any, value: Any) -> None:
        """Subtract from a variable."""
        variable.assign_sub(value)

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
        kept = [(_given(g), v) for g, v in zip(gradients, variables, strict=False) if g is not None]
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


def _given(gradient: Any) -> Any:
    return gradient if isinstance(gradient, tf.IndexedSlices) else tf.convert_to_tensor(gradient)


def dense(gradient: Any) -> Any:
    """The gradient as a tensor: slices of one index are added up."""
    return tf.convert_to_tensor(gradient)


def squared(gradient: Any) -> Any:
    """The squares of a gradient as a tensor; those of slices are taken before slices of one index are added up."""
    return _of_slices(tf.square, gradient)


def absolute(gradient: Any) -> Any:
    """The sizes of a gradient as a tensor, likewise."""
    return _of_slices(tf.abs, gradient)


def _of_slices(function: Callable[[Any], Any], gradient: Any) -> Any:
    if not isinstance(gradient, tf.IndexedSlices):
        return function(gradient)
    return dense(tf.IndexedSlices(function(gradient.values), gradient.indices, gradient.dense_shape))
