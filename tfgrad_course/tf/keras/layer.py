"""The layer: weights made on the first call, sub-layers found in attributes, a forward pass of the tape's ops."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.keras import initializers, regularizers
from tfgrad_course.tf.keras.symbols import apply_to_symbols, holds_symbol
from tfgrad_course.tf.keras.variables import Variable, auto_name, inside

_NAMES: dict[str, int] = {}


class Layer(tf.Module):  # type: ignore[misc,name-defined]
    """Weights, sub-layers found in attributes, `build` on the first call, `call` on each."""

    def __init__(
        self, name: str | None = None, trainable: bool = True, dtype: Any = None, **options: Any
    ) -> None:
        given = options.pop("input_shape", None)
        if options.pop("input_dim", None) is not None and given is None:
            given = (options.get("input_dim"),)
        if options:
            raise ValueError(f"Unrecognized keyword arguments passed to {type(self).__name__}: {options}")
        super().__init__(name=None)
        self._label = name or auto_name(type(self).__name__, _NAMES)
        self._trainable = trainable
        self.dtype = tf.as_dtype(dtype or "float32").name
        self.built = False
        self.activity_regularizer = None
        self._own: list[Any] = []
        self._losses: list[Any] = []
        self._given_shape = given

    @property
    def name(self) -> str:
        """The layer's name."""
        return self._label

    @property
    def compute_dtype(self) -> str:
        """The dtype inputs are computed in."""
        return self.dtype

    @property
    def trainable(self) -> bool:
        """Whether its weights count as trainable."""
        return self._trainable

    @trainable.setter
    def trainable(self, value: bool) -> None:
        self._trainable = bool(value)
        for layer in self.sublayers():
            layer.trainable = value

    def add_weight(
        self,
        shape: Any = None,
        initializer: Any = None,
        dtype: Any = None,
        trainable: bool = True,
        name: str | None = None,
        regularizer: Any = None,
        constraint: Any = None,
        **_: Any,
    ) -> Any:
        """A variable of this layer."""
        if isinstance(shape, str):
            shape, name = (), shape
        start = initializers.get(initializer) or initializers.GlorotUniform()
        with inside(self._label):
            made = Variable(
                start,
                shape=() if shape is None else shape,
                dtype=dtype or self.dtype,
                trainable=trainable,
                name=name or "variable",
            )
        made.regularizer = regularizers.get(regularizer)
        made.constraint = constraint
        self._own.append(made)
        return made

    add_variable = add_weight

    def build(self, input_shape: Any = None) -> None:
        """Make the weights for inputs of this shape; subclasses define it."""
        self.built = True

    def call(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        """The forward pass; subclasses define it."""
        raise NotImplementedError(f"Layer {type(self).__name__} does not have a `call()` method implemented.")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Build on first use, then call; symbolic inputs give a symbolic output."""
        if not hasattr(self, "_own"):
            raise RuntimeError(
                f"In layer '{type(self).__name__}', you forgot to call `super().__init__()` as the first statement "
                "in the `__init__()` method. Go add it!"
            )
        if holds_symbol(args):
            return apply_to_symbols(self, args, kwargs)
        args = tuple(_as_tensor(a, self.dtype) for a in args)
        if not self.built:
            with inside(self._label):
                self.build(_shapes(args[0]) if args else None)
                self.built = True
                return self._run(args, kwargs)
        return self._run(args, kwargs)

    def _run(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if "training" in kwargs and "training" not in _parameters(self.call):
            kwargs = {k: v for k, v in kwargs.items() if k != "training"}
        self._losses = []
        return self.call(*args, **kwargs)

    def sublayers(self) -> list[Layer]:
        """Layers found in the attributes, in order of assignment."""
        found: list[Layer] = []
        for key, value in vars(self).items():
            if key not in ("_own", "_losses"):
                _collect(value, found)
        return found

    @property
    def weights(self) -> list[Any]:
        """Trainable weights first, then the others."""
        return self.trainable_weights + self.non_trainable_weights

    variables = weights

    def _all(self) -> list[tuple[Any, bool]]:
        seen: dict[int, tuple[Any, bool]] = {}
        attributes = [v for v in vars(self).values() if isinstance(v, tf.Variable)]
        for variable in [*self._own, *attributes]:
            seen.setdefault(id(variable), (variable, variable.trainable and self._trainable))
        for layer in self.sublayers():
            for variable, trains in layer._all():
                seen.setdefault(id(variable), (variable, trains and self._trainable))
        return list(seen.values())

    @property
    def trainable_weights(self) -> list[Any]:
        """The weights that training changes."""
        return [variable for variable, trains in self._all() if trains]

    @property
    def non_trainable_weights(self) -> list[Any]:
        """The weights that training leaves alone."""
        return [variable for variable, trains in self._all() if not trains]

    trainable_variables = trainable_weights
    non_trainable_variables = non_trainable_weights

    def add_loss(self, loss: Any) -> None:
        """A loss of this call beside the model's own."""
        self._losses.append(loss)

    @property
    def losses(self) -> list[Any]:
        """Losses added in the last call, and the penalties of regularised weights."""
        found = list(self._losses)
        found += [v.regularizer(v.read_value()) for v in self._own if getattr(v, "regularizer", None)]
        for layer in self.sublayers():
            found += layer.losses
        return found

    def get_weights(self) -> list[Any]:
        """All weights as NumPy arrays."""
        return [weight.numpy() for weight in self.weights]

    def set_weights(self, weights: Iterable[Any]) -> None:
        """Assign all weights."""
        weights = list(weights)
        if len(weights) != len(self.weights):
            raise ValueError(
                f"You called `set_weights(weights)` on layer '{self.name}' with a weight list of length "
                f"{len(weights)}, but the layer was expecting {len(self.weights)} weights."
            )
        for variable, value in zip(self.weights, weights, strict=True):
            variable.assign(value)

    def count_params(self) -> int:
        """How many numbers the weights hold."""
        return int(sum(np.prod(tuple(weight.shape)) for weight in self.weights))

    def get_config(self) -> dict[str, Any]:
        """Name and dtype."""
        return {"name": self.name, "trainable": self.trainable, "dtype": self.dtype}

    def __repr__(self) -> str:
        return f"<{type(self).__name__} name={self.name}, built={self.built}>"


def _collect(value: Any, found: list[Layer]) -> None:
    if isinstance(value, Layer):
        if not any(value is layer for layer in found):
            found.append(value)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _collect(item, found)
    elif isinstance(value, dict):
        for item in value.values():
            _collect(item, found)


def _parameters(function: Any) -> Any:
    import inspect

    return inspect.signature(function).parameters


def _as_tensor(value: Any, dtype: str) -> Any:
    if isinstance(value, (list, tuple)) and any(tf.is_tensor(item) for item in value):
        return type(value)(_as_tensor(item, dtype) for item in value)
    if isinstance(value, (np.ndarray, np.generic, list, tuple, float)) or tf.is_tensor(value):
        tensor = tf.convert_to_tensor(value)
        return tf.cast(tensor, dtype) if tensor.dtype.is_floating and tensor.dtype.name != dtype else tensor
    return value


def _shapes(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [item.shape for item in value]
    return value.shape if hasattr(value, "shape") else None
