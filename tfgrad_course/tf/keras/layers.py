"""`keras.layers`: what stands between a model's input and its output."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.keras import activations
from tfgrad_course.tf.keras.images import (
    AveragePooling2D,
    AvgPool2D,
    Conv2D,
    GlobalAveragePooling2D,
    MaxPool2D,
    MaxPooling2D,
)
from tfgrad_course.tf.keras.layer import Layer
from tfgrad_course.tf.keras.merging import Add, Concatenate, Multiply, Subtract, add, concatenate, multiply
from tfgrad_course.tf.keras.symbols import Symbol


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


__all__ = [
    "Activation", "Add", "AveragePooling2D", "AvgPool2D", "BatchNormalization", "Concatenate", "Conv2D", "Dense", "Dropout",
    "Embedding", "Flatten", "GlobalAveragePooling2D", "Input", "InputLayer", "Lambda", "Layer", "LayerNormalization",
    "LeakyReLU", "MaxPool2D", "MaxPooling2D", "Multiply", "ReLU", "Reshape", "Softmax", "Subtract", "add", "concatenate",
    "multiply",
]  # fmt: skip
