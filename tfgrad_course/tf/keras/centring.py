"""Layers that centre and scale, by the batch or by the sample."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras.layer import Layer


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
