"""Layers for images with channels last: convolution and pooling."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras import activations
from tfgrad_course.tf.keras.layer import Layer


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
