"""Pooling that tells where its entries come from, that is fractional or morphological; the depthwise gradients as operations."""

from __future__ import annotations

import itertools
from collections import namedtuple
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf._convert import convert, operand
from tfgrad_course.tf._declare import composite, traced
from tfgrad_course.tf._dtypes import as_dtype
from tfgrad_course.tf._errors import invalid
from tfgrad_course.tf.ops.convolution import _padding, _per_axis, _pooled, _transpose, _windows


def _places(offset: Any, steps: Any, pads: Any, dilations: Any = (1, 1)) -> list[Any]:
    """For each window of a picture: picture number, row, column and channel of the entry at `offset` in it."""
    grid = np.indices(offset[0].shape)
    inside = [grid[1 + a] * steps[a] + offset[a] * dilations[a] - pads[a][0] for a in range(2)]
    return [grid[0], *inside, grid[-1]]


def _picked(x: Any, places: list[Any]) -> Any:
    return tf.gather_nd(x, np.stack(places, -1).astype(np.int32))


MaxPoolWithArgmax = namedtuple("MaxPoolWithArgmax", ["output", "argmax"])


@composite("nn.max_pool_with_argmax")
def max_pool_with_argmax(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: str = "NHWC", output_dtype: Any = dt.int64,
    include_batch_in_index: bool = False, name: Any = None,
) -> Any:  # fmt: skip
    """Largest entry of each window, and its number in the flattened picture."""
    if data_format != "NHWC":
        raise ValueError(
            f"`data_format` values other  than 'NHWC' are not supported. Received: data_format={data_format}"
        )
    op = "MaxPoolWithArgmax"
    if not isinstance(padding, str):
        raise TypeError(f"Expected string for argument 'padding' not {padding}.")
    x, kernel, steps, pads, _ = _pooled(input, ksize, strides, padding, 2, None, op)
    windows = _windows(x._numpy().astype(float), kernel, steps, pads, (1, 1), -np.inf)
    flat = windows.reshape(*windows.shape[:3], kernel[0] * kernel[1], windows.shape[-1])
    places = _places(np.unravel_index(flat.argmax(3), kernel), steps, pads)
    number = (places[1] * x.shape[2] + places[2]) * x.shape[3] + places[3]
    if include_batch_in_index:
        number = number + places[0] * int(np.prod(x.shape[1:]))
    index = as_dtype(output_dtype)
    if index not in (dt.int32, dt.int64):
        raise errors.not_allowed(op, index.kernel, ["int32", "int64"], "Targmax")
    return MaxPoolWithArgmax(_picked(x, places), tf.constant(number.astype(index.np)))


# Fractional pooling ----------------------------------------------------------------------------------

FractionalMaxPool = namedtuple(
    "FractionalMaxPool", ["output", "row_pooling_sequence", "col_pooling_sequence"]
)
FractionalAvgPool = namedtuple(
    "FractionalAvgPool", ["output", "row_pooling_sequence", "col_pooling_sequence"]
)


def _cuts(size: int, ratio: float, pseudo_random: bool, source: np.random.Generator) -> Any:
    """Where the regions along an axis begin and end: steps that differ by at most one, in a random order."""
    count = int(size / ratio)
    if pseudo_random:
        # Graham, "Fractional max-pooling" (2014): the ceilings of an arithmetic progression with a random start.
        alpha = size / count
        start = source.uniform(0, 1)
        ends = np.ceil(alpha * (np.arange(count + 1) + start)) - np.ceil(alpha * start)
        ends[-1] = size
        return ends.astype(np.int64)
    steps = np.full(count, size // count)
    steps[: size % count] += 1
    return np.concatenate([[0], np.cumsum(source.permutation(steps))])


def _fractional(value: Any, ratio: Any, pseudo_random: bool, overlapping: bool, seed: Any, op: str) -> Any:
    x = convert(value)
    if x.shape.rank != 4:
        raise invalid(op, "tensor_in must be 4-dimensional")
    given = _ratios(ratio, op)
    source = np.random.default_rng(seed or None)
    rows, columns = (_cuts(x.shape[i], given[i], pseudo_random, source) for i in (1, 2))
    more = 1 if overlapping else 0
    regions = lambda cuts: [slice(int(a), int(b) + more) for a, b in itertools.pairwise(cuts)]
    reduce = tf.reduce_max if op == "FractionalMaxPool" else tf.reduce_mean
    lines = [
        tf.stack([reduce(x[:, row, column, :], axis=[1, 2]) for column in regions(columns)], 1)
        for row in regions(rows)
    ]
    return tf.stack(lines, 1), tf.constant(rows), tf.constant(columns)


def _ratios(ratio: Any, op: str) -> list[float]:
    """One ratio an axis; fractional_max_pool also takes one number, or one for height and one for width."""
    if op == "FractionalAvgPool":
        if not isinstance(ratio, list | tuple):
            raise TypeError(
                f"Expected list for 'pooling_ratio' argument to 'fractional_avg_pool' Op, not {ratio}."
            )
        if len(ratio) < 4:
            raise errors.refused(
                op, f"Length for attr 'pooling_ratio' of {len(ratio)} must be at least minimum 4"
            )
    given = (
        [float(r) for r in ratio]
        if isinstance(ratio, list | tuple)
        else [1.0, float(ratio), float(ratio), 1.0]
    )
    if any(r < 1 for r in given):
        raise ValueError(f"`pooling_ratio` should be >= 1.0. Received: pooling_ratio={ratio}")
    if given[0] != 1 or given[-1] != 1:
        raise ValueError(
            f"`pooling_ratio` should have first and last elements with value 1.0. Received: pooling_ratio={ratio}"
        )
    return given * 4 if len(given) == 1 else given


@composite("nn.fractional_max_pool")
def fractional_max_pool(
    value: Any, pooling_ratio: Any, pseudo_random: bool = False, overlapping: bool = False, seed: Any = 0,
    name: Any = None,
) -> Any:  # fmt: skip
    """Largest entry of regions whose sizes are on average a fraction."""
    return FractionalMaxPool(
        *_fractional(value, pooling_ratio, pseudo_random, overlapping, seed, "FractionalMaxPool")
    )


@composite("nn.fractional_avg_pool")
def fractional_avg_pool(
    value: Any, pooling_ratio: Any, pseudo_random: bool = False, overlapping: bool = False, seed: Any = 0,
    name: Any = None,
) -> Any:  # fmt: skip
    """Mean of regions whose sizes are on average a fraction."""
    return FractionalAvgPool(
        *_fractional(value, pooling_ratio, pseudo_random, overlapping, seed, "FractionalAvgPool")
    )


# Morphology ------------------------------------------------------------------------------------------


@composite("nn.dilation2d")
def dilation2d(
    input: Any, filters: Any, strides: Any, padding: Any, data_format: str, dilations: Any, name: Any = None
) -> Any:
    """The largest sum of a window's entries and the filter's."""
    op = "Dilation2D"
    if data_format != "NHWC":
        raise ValueError(
            f"`data_format` values other  than 'NHWC' are not supported. Received: {data_format}"
        )
    x = operand(input, filters)
    w = operand(filters, x)
    if padding not in ("SAME", "VALID"):
        raise errors.refused(
            op, f"Value for attr 'padding' of \"{padding}\" is not in the list of allowed values: \"SAME\", \"VALID\""
        )  # fmt: skip
    if x.shape.rank != 4:
        raise invalid(op, f"input must be 4-dimensional: {_told(x)}")
    if w.shape.rank != 3:
        raise invalid(op, f"filter must be 3-dimensional: {_told(w)}")
    if w.shape[-1] != x.shape[-1]:
        raise invalid(op, f"input and filter must have the same depth: {x.shape[-1]} vs {w.shape[-1]}")
    steps, rates = _per_axis(strides, 2), _per_axis(dilations, 2, "dilations")
    kernel = tuple(w.shape.as_list()[:2])
    pads = _padding(padding, tuple(x.shape.as_list()[1:-1]), kernel, steps, rates, op, False)
    sums = _windows(x._numpy().astype(float), kernel, steps, pads, rates, -np.inf) + w._numpy().astype(float)
    flat = sums.reshape(*sums.shape[:3], kernel[0] * kernel[1], sums.shape[-1])
    offset = np.unravel_index(flat.argmax(3), kernel)
    places = _places(offset, steps, pads, rates)
    return _picked(x, places) + _picked(w, [*offset, places[-1]])


def _told(x: Any) -> str:
    return "[" + ",".join(map(str, x.shape)) + "]"


@composite("nn.erosion2d")
def erosion2d(
    value: Any, filters: Any, strides: Any, padding: Any, data_format: str, dilations: Any, name: Any = None
) -> Any:
    """The smallest difference of a window's entries and the filter's, the filter turned by half a turn."""
    w = convert(filters)
    turned = tf.reverse(w, [0, 1]) if w.shape.rank == 3 else w
    return -dilation2d(-convert(value), turned, strides, padding, data_format, dilations)


# Gradients of depthwise and atrous convolutions as operations --------------------------------------------


def _channelwise(g: Any, count: int) -> list[Any]:
    return list(tf.split(g, count, -1))


def _setting(strides: Any, padding: Any, dilations: Any, sizes: Any, kernel: Any, op: str) -> tuple[Any, ...]:
    steps, rates = _per_axis(strides, 2), _per_axis(dilations, 2, "dilations")
    return steps, _padding(padding, sizes, kernel, steps, rates, op, False), rates


@composite("nn.depthwise_conv2d_backprop_input")
def depthwise_conv2d_backprop_input(
    input_sizes: Any, filter: Any, out_backprop: Any, strides: Any, padding: Any, data_format: str = "NHWC",
    dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """The gradient of depthwise_conv2d in its pictures."""
    w = convert(filter)
    g = operand(out_backprop, w)
    shape = [int(n) for n in convert(input_sizes)._numpy()]
    sizes, kernel = tuple(shape[1:3]), tuple(w.shape.as_list()[:2])
    setting = _setting(strides, padding, dilations, sizes, kernel, "DepthwiseConv2dNativeBackpropInput")
    depth = w.shape[2]
    parts = zip(_channelwise(g, depth), tf.split(w, depth, 2), strict=True)
    return tf.concat([traced.convolve_input(a, b, sizes, *setting) for a, b in parts], -1)


@composite("nn.depthwise_conv2d_backprop_filter")
def depthwise_conv2d_backprop_filter(
    input: Any, filter_sizes: Any, out_backprop: Any, strides: Any, padding: Any, data_format: str = "NHWC",
    dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """The gradient of depthwise_conv2d in its filters."""
    x = convert(input)
    g = operand(out_backprop, x)
    shape = [int(n) for n in convert(filter_sizes)._numpy()]
    kernel = tuple(shape[:2])
    op = "DepthwiseConv2dNativeBackpropFilter"
    setting = _setting(strides, padding, dilations, tuple(x.shape.as_list()[1:3]), kernel, op)
    parts = zip(_channelwise(x, shape[2]), _channelwise(g, shape[2]), strict=True)
    return tf.concat([traced.convolve_filter(a, b, kernel, *setting) for a, b in parts], 2)


@composite("nn.atrous_conv2d_transpose")
def atrous_conv2d_transpose(
    value: Any, filters: Any, output_shape: Any, rate: Any, padding: Any, name: Any = None
) -> Any:
    """The gradient of atrous_conv2d as an operation of its own."""
    if int(rate) < 1:
        raise ValueError(f"`rate` cannot be less than one. Received: rate={rate}")
    return _transpose(value, filters, output_shape, 1, padding, int(rate), 2, direct=False)


@composite("nn.with_space_to_batch")
def with_space_to_batch(
    input: Any, dilation_rate: Any, padding: str, op: Any, filter_shape: Any = None, spatial_dims: Any = None,
    data_format: Any = None,
) -> Any:  # fmt: skip
    """What `op(input, number of axes, padding)` makes of every so many entries, as a dilated operation does."""
    x = convert(input)
    rates = [int(rate) for rate in np.ravel(convert(dilation_rate)._numpy())]
    count = len(rates)
    if all(rate == 1 for rate in rates):
        return op(x, count, padding)
    if padding not in ("SAME", "VALID"):
        raise ValueError(f"`padding` must be one of 'SAME' or 'VALID'. Received: padding={padding}")
    if padding == "SAME" and filter_shape is None:
        raise ValueError("`filter_shape` must be specified for `padding='SAME'`. Received: filter_shape=None")
    begin = 2 if str(data_format).startswith("NC") else 1
    axes = list(spatial_dims) if spatial_dims is not None else list(range(begin, begin + count))
    blocks: list[int] = []
    pads: list[list[int]] = []
    crops: list[list[int]] = []
    for axis in range(1, max(axes) + 1):
        at = axes.index(axis) if axis in axes else None
        rate = 1 if at is None else rates[at]
        around = 0 if padding == "VALID" or at is None else (int(filter_shape[at]) - 1) * rate
        start, end = around // 2, around - around // 2
        extra = -(x.shape[axis] + around) % rate
        blocks, pads, crops = [*blocks, rate], [*pads, [start, end + extra]], [*crops, [0, extra]]
    made = op(tf.space_to_batch(x, blocks, pads), count, "VALID")
    return tf.batch_to_space(made, blocks, crops)
