"""The kernels of tf.raw_ops that networks are made of, and those of their gradients, which are the public operations pulled back."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf._convert import convert

FusedBatchNormV3 = namedtuple(
    "FusedBatchNormV3",
    ["y", "batch_mean", "batch_variance", "reserve_space_1", "reserve_space_2", "reserve_space_3"],
)
_SAME = (1, 1, 1, 1)


def pulled(function: Callable[[Any], Any], x: Any, g: Any) -> Any:
    """The gradient g of what `function` makes of x, pulled back to x."""
    with tf.GradientTape() as tape:
        tape.watch(x)
        made = function(x)
    return tf.convert_to_tensor(tape.gradient(made, x, g))


def _bias_add_grad(out_backprop: Any, data_format: str = "NHWC") -> Any:
    g = convert(out_backprop)
    kept = 1 if data_format.startswith("NC") else g.shape.rank - 1
    return tf.reduce_sum(g, [i for i in range(g.shape.rank) if i != kept])


def conv2d_input(
    input_sizes: Any, filter: Any, out_backprop: Any, strides: Any, padding: Any, use_cudnn_on_gpu: bool = True,
    explicit_paddings: Any = (), data_format: str = "NHWC", dilations: Any = _SAME,
) -> Any:  # fmt: skip
    """The gradient of a convolution for what it was taken of."""
    kernel, pads = convert(filter), _pads(padding, explicit_paddings)
    x = tf.zeros(input_sizes, kernel.dtype)
    forward = lambda one: tf.nn.conv2d(one, kernel, list(strides), pads, data_format, list(dilations))
    return pulled(forward, x, convert(out_backprop))


def conv2d_filter(
    input: Any, filter_sizes: Any, out_backprop: Any, strides: Any, padding: Any, use_cudnn_on_gpu: bool = True,
    explicit_paddings: Any = (), data_format: str = "NHWC", dilations: Any = _SAME,
) -> Any:  # fmt: skip
    """The gradient of a convolution for its filter."""
    x, pads = convert(input), _pads(padding, explicit_paddings)
    kernel = tf.zeros(filter_sizes, x.dtype)
    forward = lambda one: tf.nn.conv2d(x, one, list(strides), pads, data_format, list(dilations))
    return pulled(forward, kernel, convert(out_backprop))


def _pads(padding: Any, explicit: Any) -> Any:
    return (
        [list(explicit[i : i + 2]) for i in range(0, len(explicit), 2)] if padding == "EXPLICIT" else padding
    )


def _conv3d_input(
    input_sizes: Any, filter: Any, out_backprop: Any, strides: Any, padding: Any, data_format: str = "NDHWC",
    dilations: Any = (1, 1, 1, 1, 1),
) -> Any:  # fmt: skip
    kernel = convert(filter)
    forward = lambda one: tf.nn.conv3d(one, kernel, list(strides), padding, data_format, list(dilations))
    return pulled(forward, tf.zeros(input_sizes, kernel.dtype), convert(out_backprop))


def _conv3d_filter(
    input: Any, filter_sizes: Any, out_backprop: Any, strides: Any, padding: Any, data_format: str = "NDHWC",
    dilations: Any = (1, 1, 1, 1, 1),
) -> Any:  # fmt: skip
    x = convert(input)
    forward = lambda one: tf.nn.conv3d(x, one, list(strides), padding, data_format, list(dilations))
    return pulled(forward, tf.zeros(filter_sizes, x.dtype), convert(out_backprop))


def depthwise(
    input: Any, filter: Any, strides: Any, padding: Any, explicit_paddings: Any = (), data_format: str = "NHWC",
    dilations: Any = _SAME,
) -> Any:  # fmt: skip
    """A convolution of each channel by itself."""
    space = slice(2, 4) if data_format == "NCHW" else slice(1, 3)
    pads = _pads(padding, explicit_paddings)
    return tf.nn.depthwise_conv2d(input, filter, list(strides), pads, data_format, list(dilations)[space])


def _max_pool_grad(
    orig_input: Any, orig_output: Any, grad: Any, ksize: Any, strides: Any, padding: Any, explicit_paddings: Any = (),
    data_format: str = "NHWC",
) -> Any:  # fmt: skip
    pads = _pads(padding, explicit_paddings)
    forward = lambda x: tf.nn.max_pool2d(x, list(ksize), list(strides), pads, data_format)
    return pulled(forward, convert(orig_input), convert(grad))


def _avg_pool_grad(
    orig_input_shape: Any, grad: Any, ksize: Any, strides: Any, padding: Any, data_format: str = "NHWC"
) -> Any:
    g = convert(grad)
    forward = lambda x: tf.nn.avg_pool2d(x, list(ksize), list(strides), padding, data_format)
    return pulled(forward, tf.zeros(orig_input_shape, g.dtype), g)


def fused_batch_norm(
    x: Any, scale: Any, offset: Any, mean: Any = None, variance: Any = None, epsilon: float = 0.001,
    data_format: str = "NHWC", is_training: bool = True, exponential_avg_factor: float = 1.0,
) -> tuple[Any, Any, Any]:  # fmt: skip
    """A batch brought to the scale asked for, and its mean and variance (over one entry less)."""
    x, scale, offset = convert(x), convert(scale), convert(offset)
    channels = 1 if data_format.startswith("NC") else x.shape.rank - 1
    axes = [i for i in range(x.shape.rank) if i != channels]
    wide = [x.shape[i] if i == channels else 1 for i in range(x.shape.rank)]
    y = tf.cast(x, scale.dtype)
    if is_training:
        now_mean, now_variance = tf.nn.moments(y, axes)
        count = x.shape.num_elements() // x.shape[channels]
        told = now_variance * (count / max(count - 1, 1))
        if exponential_avg_factor != 1.0:
            old, new = 1.0 - exponential_avg_factor, exponential_avg_factor
            running = (convert(mean) * old + now_mean * new, convert(variance) * old + told * new)
        else:
            running = (now_mean, told)
    else:
        now_mean, now_variance = convert(mean), convert(variance)
        running = (now_mean, now_variance)
    spread = lambda one: tf.reshape(one, wide)
    inverse = tf.math.rsqrt(spread(now_variance) + epsilon) * spread(scale)
    made = (y - spread(now_mean)) * inverse + spread(offset)
    return tf.cast(made, x.dtype), *running


def _fused_batch_norm_v3(
    x: Any, scale: Any, offset: Any, mean: Any, variance: Any, epsilon: float = 0.0001, exponential_avg_factor: float = 1.0,
    data_format: str = "NHWC", is_training: bool = True,
) -> Any:  # fmt: skip
    y, new_mean, new_variance = fused_batch_norm(
        x, scale, offset, mean, variance, epsilon, data_format, is_training, exponential_avg_factor
    )
    return FusedBatchNormV3(y, new_mean, new_variance, new_mean, new_variance, tf.zeros([0]))


KERNELS: dict[str, Callable[..., Any]] = {
    "AvgPoolGrad": _avg_pool_grad,
    "BiasAddGrad": _bias_add_grad,
    "Conv2DBackpropFilter": conv2d_filter,
    "Conv2DBackpropInput": conv2d_input,
    "Conv3DBackpropFilterV2": _conv3d_filter,
    "Conv3DBackpropInputV2": _conv3d_input,
    "DepthwiseConv2dNative": depthwise,
    "FusedBatchNormV3": _fused_batch_norm_v3,
    "MaxPoolGrad": _max_pool_grad,
}
