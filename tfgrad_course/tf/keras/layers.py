"""Layers: weights made on first call, and a forward pass of the tape's ops."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.keras import activations, initializers, regularizers
from tfgrad_course.tf.keras.symbols import Symbol, apply_to_symbols, holds_symbol
from tfgrad_course.tf.keras.variables import Variable, auto_name

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
        made = Variable(
            start,
            shape=() if shape is None else shape,
            dtype=dtype or self.dtype,
            trainable=trainable,
            name=name or "variable",
            path=f"{self._label}/{name or 'variable'}",
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
            self.build(_shapes(args[0]) if args else None)
            self.built = True
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


class InputLayer(Layer):
    """The shape of a model's input."""

    def __init__(
        self, shape: Any = None, batch_size: Any = None, dtype: Any = None, name: Any = None, **more: Any
    ) -> None:
        shape = shape if shape is not None else more.get("input_shape")
        super().__init__(name=name, dtype=dtype)
        self.shape = tuple(shape) if shape is not None else None
        self.built = True

    def call(self, inputs: Any) -> Any:
        return inputs


def Input(shape: Any = None, batch_size: Any = None, dtype: Any = None, name: Any = None, **_: Any) -> Symbol:
    """A symbolic input for models made of layer calls."""
    return Symbol((batch_size, *(shape if shape is not None else ())), dtype or "float32", name=name)


class Dense(Layer):
    """activation(inputs @ kernel + bias)."""

    def __init__(
        self,
        units: int,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.units, self.use_bias = int(units), use_bias
        self.activation = activations.get(activation)
        self._initializers = (kernel_initializer, bias_initializer)
        self._regularizers = (kernel_regularizer, bias_regularizer)
        self._constraints = (kernel_constraint, bias_constraint)
        self.kernel: Any = None
        self.bias: Any = None

    def build(self, input_shape: Any) -> None:
        size = int(input_shape[-1])
        self.kernel = self.add_weight(
            name="kernel",
            shape=(size, self.units),
            initializer=self._initializers[0],
            regularizer=self._regularizers[0],
            constraint=self._constraints[0],
        )
        if self.use_bias:
            self.bias = self.add_weight(
                name="bias",
                shape=(self.units,),
                initializer=self._initializers[1],
                regularizer=self._regularizers[1],
                constraint=self._constraints[1],
            )
        self.built = True

    def call(self, inputs: Any) -> Any:
        if len(inputs.shape) < 2:
            raise ValueError(
                f'Input 0 of layer "{self.name}" is incompatible with the layer: expected min_ndim=2, found '
                f"ndim={len(inputs.shape)}. Full shape received: {tuple(inputs.shape)}"
            )
        size = self.kernel.shape[0]
        if inputs.shape[-1] != size:
            raise ValueError(
                f'Input 0 of layer "{self.name}" is incompatible with the layer: expected axis -1 of input shape to '
                f"have value {size}, but received input with shape {tuple(inputs.shape)}"
            )
        rank = len(inputs.shape)
        value = (
            tf.matmul(inputs, self.kernel)
            if rank == 2
            else tf.tensordot(inputs, self.kernel, [[rank - 1], [0]])
        )
        if self.use_bias:
            value = value + self.bias
        return self.activation(value)


class Flatten(Layer):
    """All axes but the first in one."""

    def call(self, inputs: Any) -> Any:
        size = int(np.prod([int(n) for n in inputs.shape[1:]]))
        return tf.reshape(inputs, [-1, size])


class Reshape(Layer):
    """Another shape for each sample."""

    def __init__(self, target_shape: Any, **options: Any) -> None:
        super().__init__(**options)
        self.target_shape = tuple(target_shape)

    def call(self, inputs: Any) -> Any:
        return tf.reshape(inputs, [inputs.shape[0], *self.target_shape])


class Activation(Layer):
    """An activation function as a layer."""

    def __init__(self, activation: Any, **options: Any) -> None:
        super().__init__(**options)
        self.activation = activations.get(activation)

    def call(self, inputs: Any) -> Any:
        return self.activation(inputs)


class ReLU(Layer):
    """max(x, 0)."""

    def __init__(
        self, max_value: Any = None, negative_slope: float = 0.0, threshold: float = 0.0, **options: Any
    ) -> None:
        super().__init__(**options)
        self._options = (negative_slope, max_value, threshold)

    def call(self, inputs: Any) -> Any:
        return activations.relu(inputs, *self._options)


class LeakyReLU(Layer):
    """x above 0, a small slope below."""

    def __init__(self, negative_slope: float = 0.3, **options: Any) -> None:
        super().__init__(**options)
        self.negative_slope = negative_slope

    def call(self, inputs: Any) -> Any:
        return tf.nn.leaky_relu(inputs, alpha=self.negative_slope)


class Softmax(Layer):
    """Softmax along an axis."""

    def __init__(self, axis: int = -1, **options: Any) -> None:
        super().__init__(**options)
        self.axis = axis

    def call(self, inputs: Any) -> Any:
        return tf.nn.softmax(inputs, axis=self.axis)


class Lambda(Layer):
    """Any function as a layer."""

    def __init__(self, function: Any, output_shape: Any = None, **options: Any) -> None:
        super().__init__(**options)
        self.function = function

    def call(self, inputs: Any) -> Any:
        return self.function(inputs)


class Dropout(Layer):
    """A share of the inputs set to 0 while training."""

    def __init__(self, rate: float, noise_shape: Any = None, seed: Any = None, **options: Any) -> None:
        super().__init__(**options)
        if not 0 <= rate <= 1:
            raise ValueError(
                f"Invalid value received for argument `rate`. Expected a float value between 0 and 1. Received: rate={rate}"
            )
        self.rate, self.seed = rate, seed

    def call(self, inputs: Any, training: bool = False) -> Any:
        if not training or self.rate == 0:
            return inputs
        return tf.nn.dropout(inputs, rate=self.rate, seed=self.seed)


class BatchNormalization(Layer):
    """Inputs centred and scaled by the batch while training, by running means otherwise."""

    def __init__(
        self, axis: int = -1, momentum: float = 0.99, epsilon: float = 1e-3, center: bool = True, scale: bool = True,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(**options)
        self.axis, self.momentum, self.epsilon, self.center, self.scale = (
            axis,
            momentum,
            epsilon,
            center,
            scale,
        )
        self.gamma: Any = None
        self.beta: Any = None

    def build(self, input_shape: Any) -> None:
        shape = (int(input_shape[self.axis]),)
        if self.scale:
            self.gamma = self.add_weight(name="gamma", shape=shape, initializer="ones")
        if self.center:
            self.beta = self.add_weight(name="beta", shape=shape, initializer="zeros")
        self.moving_mean = self.add_weight(
            name="moving_mean", shape=shape, initializer="zeros", trainable=False
        )
        self.moving_variance = self.add_weight(
            name="moving_variance", shape=shape, initializer="ones", trainable=False
        )

    def call(self, inputs: Any, training: bool = False) -> Any:
        rank = len(inputs.shape)
        axis = self.axis % rank
        shape = [1] * rank
        shape[axis] = int(inputs.shape[axis])
        if training and self.trainable:
            mean, variance = tf.nn.moments(inputs, [a for a in range(rank) if a != axis])
            self.moving_mean.assign(self.moving_mean * self.momentum + mean * (1 - self.momentum))
            self.moving_variance.assign(self.moving_variance * self.momentum + variance * (1 - self.momentum))
        else:
            mean, variance = self.moving_mean.read_value(), self.moving_variance.read_value()
        value = (inputs - tf.reshape(mean, shape)) * tf.math.rsqrt(tf.reshape(variance, shape) + self.epsilon)
        if self.scale:
            value = value * tf.reshape(self.gamma, shape)
        return value + tf.reshape(self.beta, shape) if self.center else value


class LayerNormalization(Layer):
    """Each sample centred and scaled along its last axis."""

    def __init__(
        self, axis: int = -1, epsilon: float = 1e-3, center: bool = True, scale: bool = True, **options: Any
    ) -> None:
        super().__init__(**options)
        self.axis, self.epsilon, self.center, self.scale = axis, epsilon, center, scale

    def build(self, input_shape: Any) -> None:
        shape = (int(input_shape[self.axis]),)
        self.gamma = self.add_weight(name="gamma", shape=shape, initializer="ones") if self.scale else None
        self.beta = self.add_weight(name="beta", shape=shape, initializer="zeros") if self.center else None

    def call(self, inputs: Any) -> Any:
        mean, variance = tf.nn.moments(inputs, [self.axis], keepdims=True)
        value = (inputs - mean) * tf.math.rsqrt(variance + self.epsilon)
        value = value * self.gamma if self.scale else value
        return value + self.beta if self.center else value


class Embedding(Layer):
    """A row of weights for each whole number."""

    def __init__(
        self, input_dim: int, output_dim: int, embeddings_initializer: Any = "uniform", **options: Any
    ) -> None:
        super().__init__(**options)
        self.input_dim, self.output_dim = input_dim, output_dim
        self.embeddings = self.add_weight(
            name="embeddings", shape=(input_dim, output_dim), initializer=embeddings_initializer
        )
        self.built = True

    def call(self, inputs: Any) -> Any:
        return tf.gather(self.embeddings, tf.cast(inputs, "int32"))


class Conv2D(Layer):
    """Two-dimensional convolution over images with channels last."""

    def __init__(
        self, filters: int, kernel_size: Any, strides: Any = 1, padding: str = "valid", activation: Any = None,
        use_bias: bool = True, kernel_initializer: Any = "glorot_uniform", bias_initializer: Any = "zeros",
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(**options)
        self.filters, self.use_bias, self.padding = filters, use_bias, padding.upper()
        self.kernel_size = _twice(kernel_size)
        self.strides = _twice(strides)
        self.activation = activations.get(activation)
        self._initializers = (kernel_initializer, bias_initializer)

    def build(self, input_shape: Any) -> None:
        shape = (*self.kernel_size, int(input_shape[-1]), self.filters)
        self.kernel = self.add_weight(name="kernel", shape=shape, initializer=self._initializers[0])
        self.bias = (
            self.add_weight(name="bias", shape=(self.filters,), initializer=self._initializers[1])
            if self.use_bias
            else None
        )

    def call(self, inputs: Any) -> Any:
        value = tf.nn.conv2d(inputs, self.kernel, strides=list(self.strides), padding=self.padding)
        return self.activation(value + self.bias if self.use_bias else value)


class _Pool2D(Layer):
    pool: Any = None

    def __init__(
        self, pool_size: Any = (2, 2), strides: Any = None, padding: str = "valid", **options: Any
    ) -> None:
        super().__init__(**options)
        self.pool_size = _twice(pool_size)
        self.strides = _twice(strides) if strides is not None else self.pool_size
        self.padding = padding.upper()

    def call(self, inputs: Any) -> Any:
        function = tf.nn.max_pool2d if self.pool == "max" else tf.nn.avg_pool2d
        return function(inputs, list(self.pool_size), list(self.strides), self.padding)


class MaxPooling2D(_Pool2D):
    """The largest value of each window."""

    pool = "max"


class AveragePooling2D(_Pool2D):
    """The mean of each window."""

    pool = "mean"


MaxPool2D, AvgPool2D = MaxPooling2D, AveragePooling2D


class GlobalAveragePooling2D(Layer):
    """The mean over height and width."""

    def call(self, inputs: Any) -> Any:
        return tf.reduce_mean(inputs, axis=[1, 2])


def _twice(value: Any) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else tuple(value)


class _Merge(Layer):
    def call(self, inputs: Any) -> Any:
        total = inputs[0]
        for item in inputs[1:]:
            total = self.merge(total, item)
        return total

    def merge(self, x: Any, y: Any) -> Any:
        """Two inputs into one."""
        raise NotImplementedError


class Add(_Merge):
    """Sum of all inputs."""

    def merge(self, x: Any, y: Any) -> Any:
        return x + y


class Subtract(_Merge):
    """First minus second input."""

    def merge(self, x: Any, y: Any) -> Any:
        return x - y


class Multiply(_Merge):
    """Product of all inputs."""

    def merge(self, x: Any, y: Any) -> Any:
        return x * y


class Concatenate(Layer):
    """Inputs side by side."""

    def __init__(self, axis: int = -1, **options: Any) -> None:
        super().__init__(**options)
        self.axis = axis

    def call(self, inputs: Any) -> Any:
        return tf.concat(list(inputs), axis=self.axis)


def concatenate(inputs: Any, axis: int = -1, **options: Any) -> Any:
    """Inputs side by side."""
    return Concatenate(axis=axis, **options)(inputs)


def add(inputs: Any, **options: Any) -> Any:
    """Sum of all inputs."""
    return Add(**options)(inputs)


def multiply(inputs: Any, **options: Any) -> Any:
    """Product of all inputs."""
    return Multiply(**options)(inputs)
