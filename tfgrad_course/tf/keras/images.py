"""Layers for images and signals with channels last: convolution, its transpose, pooling, resampling."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.keras import activations, initializers, regularizers
from tfgrad_course.tf.keras.layer import Layer


class _Convolution(Layer):
    axes = 2

    def __init__(
        self, filters: int, kernel_size: Any, strides: Any = 1, padding: str = "valid", data_format: Any = None,
        dilation_rate: Any = 1, groups: int = 1, activation: Any = None, use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform", bias_initializer: Any = "zeros", kernel_regularizer: Any = None,
        bias_regularizer: Any = None, activity_regularizer: Any = None, kernel_constraint: Any = None,
        bias_constraint: Any = None, **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(activity_regularizer=activity_regularizer, **options)
        self.filters, self.use_bias, self.padding = filters, use_bias, padding
        self.kernel_size, self.strides, self.dilation_rate = (
            _each(value, self.axes) for value in (kernel_size, strides, dilation_rate)
        )
        self.data_format, self.groups = "channels_last", groups
        self.activation = activations.get(activation)
        self._initializers = (initializers.get(kernel_initializer), initializers.get(bias_initializer))
        self._regularizers = (regularizers.get(kernel_regularizer), regularizers.get(bias_regularizer))
        self._constraints = (kernel_constraint, bias_constraint)
        self.kernel: Any = None
        self.bias: Any = None

    def kernel_shape(self, channels: int) -> tuple[int, ...]:
        """The shape of the weights."""
        return (*self.kernel_size, channels // self.groups, self.filters)

    def build(self, input_shape: Any) -> None:
        """Make the weights."""
        self.kernel = self.add_weight(
            name="kernel", shape=self.kernel_shape(int(input_shape[-1])), initializer=self._initializers[0],
            regularizer=self._regularizers[0], constraint=self._constraints[0],
        )  # fmt: skip
        if self.use_bias:
            self.bias = self.add_weight(
                name="bias", shape=(self.filters,), initializer=self._initializers[1],
                regularizer=self._regularizers[1], constraint=self._constraints[1],
            )  # fmt: skip

    def check_inputs(self, inputs: Any) -> None:
        """As many axes as it works on, with batch and channels."""
        start = f"Input 0 with name 'None' of layer '{self.name}' is incompatible with the layer: expected"
        if len(inputs.shape) != self.axes + 2:
            raise ValueError(
                f"{start} min_ndim={self.axes + 2}, found ndim={len(inputs.shape)}. Full shape received: {tuple(inputs.shape)}"
            )

    def convolve(self, inputs: Any) -> Any:
        """The inputs met by the kernel."""
        padding = "VALID" if self.padding == "causal" else self.padding.upper()
        if self.padding == "causal":
            inputs = tf.pad(inputs, [[0, 0], [(self.kernel_size[0] - 1) * self.dilation_rate[0], 0], [0, 0]])
        return tf.nn.convolution(
            inputs,
            self.kernel,
            strides=list(self.strides),
            padding=padding,
            dilations=list(self.dilation_rate),
        )

    def call(self, inputs: Any) -> Any:
        """Kernel, bias, activation."""
        value = self.convolve(inputs)
        return self.activation(value + self.bias if self.use_bias else value)


class Conv1D(_Convolution):
    """Convolution along one axis."""

    axes = 1


class Conv2D(_Convolution):
    """Convolution over images."""


class Conv3D(_Convolution):
    """Convolution over volumes."""

    axes = 3


class _Transpose(_Convolution):
    def kernel_shape(self, channels: int) -> tuple[int, ...]:
        """The shape of the weights: outputs before inputs."""
        return (*self.kernel_size, self.filters, channels)

    def convolve(self, inputs: Any) -> Any:
        """Each number spread by the kernel."""
        sizes = [int(n) for n in inputs.shape[1:-1]]
        more = [
            0 if self.padding == "same" else max(k - s, 0)
            for k, s in zip(self.kernel_size, self.strides, strict=True)
        ]
        shape = [n * s + m for n, s, m in zip(sizes, self.strides, more, strict=True)]
        return tf.nn.conv_transpose(
            inputs,
            self.kernel,
            [int(inputs.shape[0]), *shape, self.filters],
            list(self.strides),
            self.padding.upper(),
        )


class Conv1DTranspose(_Transpose):
    """The transpose of a convolution along one axis."""

    axes = 1


class Conv2DTranspose(_Transpose):
    """The transpose of a convolution over images."""


class DepthwiseConv2D(_Convolution):
    """Each channel met by kernels of its own."""

    def __init__(
        self,
        kernel_size: Any,
        strides: Any = 1,
        padding: str = "valid",
        depth_multiplier: int = 1,
        **options: Any,
    ):
        options["kernel_initializer"] = options.pop("depthwise_initializer", "glorot_uniform")
        super().__init__(0, kernel_size, strides, padding, **options)
        self.depth_multiplier = depth_multiplier

    def kernel_shape(self, channels: int) -> tuple[int, ...]:
        """The shape of the weights."""
        self.filters = channels * self.depth_multiplier
        return (*self.kernel_size, channels, self.depth_multiplier)

    def convolve(self, inputs: Any) -> Any:
        """Each channel by itself."""
        return tf.nn.depthwise_conv2d(inputs, self.kernel, [1, *self.strides, 1], self.padding.upper())


class _Pooling(Layer):
    kind, axes = "MAX", 2

    def __init__(
        self, pool_size: Any = 2, strides: Any = None, padding: str = "valid", **options: Any
    ) -> None:
        options.pop("data_format", None)
        super().__init__(**options)
        self.pool_size = _each(pool_size, self.axes)
        self.strides = self.pool_size if strides is None else _each(strides, self.axes)
        self.padding = padding

    def call(self, inputs: Any) -> Any:
        """One number of each window."""
        return tf.nn.pool(
            inputs, list(self.pool_size), self.kind, strides=list(self.strides), padding=self.padding.upper()
        )


class MaxPooling1D(_Pooling):
    """The largest value of each window."""

    axes = 1


class MaxPooling2D(_Pooling):
    """The largest value of each window."""


class AveragePooling1D(_Pooling):
    """The mean of each window."""

    kind, axes = "AVG", 1


class AveragePooling2D(_Pooling):
    """The mean of each window."""

    kind = "AVG"


class _Global(Layer):
    mean = True

    def __init__(self, keepdims: bool = False, **options: Any) -> None:
        options.pop("data_format", None)
        super().__init__(**options)
        self.keepdims = keepdims

    def call(self, inputs: Any) -> Any:
        """One number of each channel."""
        axes = list(range(1, len(inputs.shape) - 1))
        return (tf.reduce_mean if self.mean else tf.reduce_max)(inputs, axis=axes, keepdims=self.keepdims)


class GlobalAveragePooling1D(_Global):
    """The mean over the steps."""


class GlobalAveragePooling2D(_Global):
    """The mean over height and width."""


class GlobalMaxPooling1D(_Global):
    """The largest value of all steps."""

    mean = False


class GlobalMaxPooling2D(_Global):
    """The largest value of an image."""

    mean = False


class UpSampling2D(Layer):
    """Each pixel several times."""

    def __init__(
        self, size: Any = 2, data_format: Any = None, interpolation: str = "nearest", **options: Any
    ) -> None:
        super().__init__(**options)
        self.size = _each(size, 2)
        if interpolation != "nearest":
            raise NotImplementedError("tfgrad's shim has only the interpolation 'nearest' of UpSampling2D.")

    def call(self, inputs: Any) -> Any:
        """Rows, then columns."""
        return tf.repeat(tf.repeat(inputs, self.size[0], axis=1), self.size[1], axis=2)


class ZeroPadding2D(Layer):
    """Zeros around an image."""

    def __init__(self, padding: Any = 1, data_format: Any = None, **options: Any) -> None:
        super().__init__(**options)
        self.padding = tuple(_each(side, 2) for side in _each(padding, 2))

    def call(self, inputs: Any) -> Any:
        """Rows and columns of zeros."""
        return tf.pad(inputs, [[0, 0], *(list(side) for side in self.padding), [0, 0]])


def _each(value: Any, axes: int) -> tuple[Any, ...]:
    return (value,) * axes if isinstance(value, (int, np.integer)) else tuple(value)


MaxPool1D, MaxPool2D, AvgPool1D, AvgPool2D = MaxPooling1D, MaxPooling2D, AveragePooling1D, AveragePooling2D
Convolution2D, GlobalAvgPool2D, GlobalMaxPool2D = Conv2D, GlobalAveragePooling2D, GlobalMaxPooling2D
GlobalAvgPool1D, GlobalMaxPool1D, Convolution1D = GlobalAveragePooling1D, GlobalMaxPooling1D, Conv1D
