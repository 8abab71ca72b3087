"""Convolutions and pooling over images with channels last: three bilinear operations that are one another's gradients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite, rule, traced
from tfgrad_course.tf._dtypes import FLOATS

Pairs = tuple[tuple[int, int], ...]
Sizes = tuple[int, ...]


def _windows(x: Any, sizes: Sizes, strides: Sizes, pads: Pairs, dilations: Sizes, fill: float = 0.0) -> Any:
    """(batch, out..., kernel..., channels): every window of the padded input, as a view."""
    n = len(sizes)
    x = (
        np.pad(x, ((0, 0), *pads, (0, 0)), constant_values=fill)
        if any(map(any, pads))
        else np.ascontiguousarray(x)
    )
    spans = tuple((k - 1) * d + 1 for k, d in zip(sizes, dilations, strict=True))
    view = np.lib.stride_tricks.sliding_window_view(x, spans, axis=tuple(range(1, 1 + n)))
    cut = (slice(None), *(slice(None, None, s) for s in strides), slice(None))
    view = view[(*cut, *(slice(None, None, d) for d in dilations))]
    return np.moveaxis(view, 1 + n, -1)


def _convolve(x: Any, w: Any, strides: Sizes, pads: Pairs, dilations: Sizes) -> Any:
    n = len(strides)
    windows = _windows(x, w.shape[:n], strides, pads, dilations)
    return np.tensordot(windows, w, axes=(range(1 + n, 2 + 2 * n), range(n + 1))).astype(x.dtype, copy=False)


def _filter_gradient(x: Any, g: Any, sizes: Sizes, strides: Sizes, pads: Pairs, dilations: Sizes) -> Any:
    n = len(strides)
    windows = _windows(x, sizes, strides, pads, dilations)
    return np.tensordot(windows, g, axes=(range(n + 1), range(n + 1))).astype(x.dtype, copy=False)


def _input_gradient(g: Any, w: Any, sizes: Sizes, strides: Sizes, pads: Pairs, dilations: Sizes) -> Any:
    n = len(strides)
    padded = tuple(s + a + b for s, (a, b) in zip(sizes, pads, strict=True))
    out = np.zeros((g.shape[0], *padded, w.shape[n]), g.dtype)
    for offset in np.ndindex(*w.shape[:n]):
        cut = tuple(
            slice(o * d, o * d + (m - 1) * s + 1, s)
            for o, d, s, m in zip(offset, dilations, strides, g.shape[1 : n + 1], strict=True)
        )
        out[(slice(None), *cut)] += np.tensordot(g, w[offset], axes=(n + 1, 1))
    return out[(slice(None), *(slice(a, a + s) for s, (a, _) in zip(sizes, pads, strict=True)))]


convolve = rule(
    "convolve", _convolve,
    lambda F, g, z, x, w, s, p, d: F.convolve_input(g, w, tuple(F.shape(x)[1:-1]), s, p, d),
    lambda F, g, z, x, w, s, p, d: F.convolve_filter(x, g, tuple(F.shape(w)[:-2]), s, p, d),
    dtypes=FLOATS, op="Conv2D", attrs=True, batched=False, doc="Correlation of images with filters.",
)  # fmt: skip

convolve_input = rule(
    "convolve_input", _input_gradient,
    lambda F, g, z, y, w, n, s, p, d: F.convolve(g, w, s, p, d),
    lambda F, g, z, y, w, n, s, p, d: F.convolve_filter(g, y, tuple(F.shape(w)[:-2]), s, p, d),
    dtypes=FLOATS, op="Conv2DBackpropInput", attrs=True, batched=False, doc="The gradient of convolve in its images.",
)  # fmt: skip

convolve_filter = rule(
    "convolve_filter", _filter_gradient,
    lambda F, g, z, x, y, n, s, p, d: F.convolve_input(y, g, tuple(F.shape(x)[1:-1]), s, p, d),
    lambda F, g, z, x, y, n, s, p, d: F.convolve(x, g, s, p, d),
    dtypes=FLOATS, op="Conv2DBackpropFilter", attrs=True, batched=False, doc="The gradient of convolve in its filters.",
)  # fmt: skip


def _per_axis(value: Any, n: int, default: int = 1) -> Sizes:
    """Strides, dilations or window sizes as one number an axis of the image."""
    if value is None:
        return (default,) * n
    if hasattr(value, "numpy"):
        value = value.numpy().tolist()
    values = [int(v) for v in value] if isinstance(value, Sequence | np.ndarray) else [int(value)]
    if len(values) == 1:
        return tuple(values * n)
    return tuple(values[1:-1]) if len(values) == n + 2 else tuple(values)


def _padding(padding: Any, sizes: Sizes, kernel: Sizes, strides: Sizes, dilations: Sizes) -> Pairs:
    if not isinstance(padding, str):
        pairs = [tuple(int(v) for v in pair) for pair in padding]
        return tuple(pairs[1:-1] if len(pairs) == len(sizes) + 2 else pairs)  # type: ignore[arg-type]
    if padding.upper() == "VALID":
        return ((0, 0),) * len(sizes)
    if padding.upper() != "SAME":
        raise ValueError(f"`padding` must be either 'VALID' or 'SAME'. Received: {padding}")
    totals = [
        max((-(-n // s) - 1) * s + (k - 1) * d + 1 - n, 0)
        for n, k, s, d in zip(sizes, kernel, strides, dilations, strict=True)
    ]
    return tuple((t // 2, t - t // 2) for t in totals)


def _last(data_format: Any) -> None:
    if data_format is not None and str(data_format).startswith("NC"):
        raise errors.UnimplementedError(
            None, None, "The Conv2D op currently only supports the NHWC tensor format on the CPU."
        )


def _conv(x: Any, filters: Any, strides: Any, padding: Any, dilations: Any, n: int) -> Any:
    x = convert(x)
    filters = convert(filters, x.dtype)
    if x.shape.rank != n + 2 or filters.shape.rank != n + 2:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"input and filter must be {n + 2}-dimensional, got shapes {x.shape} and {filters.shape}",
        )
    strides, dilations = _per_axis(strides, n), _per_axis(dilations, n)
    kernel, sizes = tuple(filters.shape.as_list()[:n]), tuple(x.shape.as_list()[1:-1])
    pads = _padding(padding, sizes, kernel, strides, dilations)
    depth, wanted = x.shape[-1], filters.shape[n]
    if wanted == 0 or depth % wanted:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"input depth must be evenly divisible by filter depth: {depth} vs {wanted} [Op:Conv2D]",
        )
    if depth == wanted:
        return traced.convolve(x, filters, strides, pads, dilations)
    groups = depth // wanted
    parts = zip(tf.split(x, groups, -1), tf.split(filters, groups, -1), strict=True)
    return tf.concat([traced.convolve(a, b, strides, pads, dilations) for a, b in parts], -1)


@composite("nn.conv1d")
def conv1d(
    input: Any, filters: Any, stride: Any = 1, padding: Any = "VALID", data_format: Any = "NWC", dilations: Any = None,
    name: Any = None,
) -> Any:  # fmt: skip
    """Convolution along one axis."""
    _last(data_format)
    return _conv(input, filters, stride, padding, dilations, 1)


@composite("nn.conv2d")
def conv2d(
    input: Any, filters: Any, strides: Any, padding: Any, data_format: Any = "NHWC", dilations: Any = None,
    name: Any = None,
) -> Any:  # fmt: skip
    """Convolution over height and width."""
    _last(data_format)
    return _conv(input, filters, strides, padding, dilations, 2)


@composite("nn.conv3d")
def conv3d(
    input: Any, filters: Any, strides: Any, padding: Any, data_format: Any = "NDHWC", dilations: Any = None,
    name: Any = None,
) -> Any:  # fmt: skip
    """Convolution over depth, height and width."""
    _last(data_format)
    return _conv(input, filters, strides, padding, dilations, 3)


@composite("nn.convolution")
def convolution(
    input: Any, filters: Any, strides: Any = None, padding: Any = "VALID", data_format: Any = None,
    dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """Convolution over as many axes as the input has between batch and channels."""
    _last(data_format)
    return _conv(input, filters, strides, padding, dilations, convert(input).shape.rank - 2)


@composite("nn.depthwise_conv2d")
def depthwise_conv2d(
    input: Any,
    filter: Any,
    strides: Any,
    padding: Any,
    data_format: Any = None,
    dilations: Any = None,
    name: Any = None,
) -> Any:
    """Each channel convolved with its own filters."""
    _last(data_format)
    x, filters = convert(input), convert(filter)
    height, width, depth, multiplier = filters.shape.as_list()
    grouped = tf.reshape(filters, [height, width, 1, depth * multiplier])
    return _conv(x, grouped, strides, padding, dilations, 2)


@composite("nn.separable_conv2d")
def separable_conv2d(
    input: Any, depthwise_filter: Any, pointwise_filter: Any, strides: Any, padding: Any, data_format: Any = None,
    dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """Depthwise convolution, then a mixing of channels."""
    between = depthwise_conv2d(input, depthwise_filter, strides, padding, data_format, dilations)
    return _conv(between, pointwise_filter, 1, "VALID", None, 2)


def _transpose(
    x: Any, filters: Any, output_shape: Any, strides: Any, padding: Any, dilations: Any, n: int
) -> Any:
    x = convert(x)
    filters = convert(filters, x.dtype)
    shape = [int(v) for v in (output_shape.numpy() if hasattr(output_shape, "numpy") else output_shape)]
    sizes = tuple(shape[1:-1] if len(shape) == n + 2 else shape)
    strides, dilations = _per_axis(strides, n), _per_axis(dilations, n)
    pads = _padding(padding, sizes, tuple(filters.shape.as_list()[:n]), strides, dilations)
    return traced.convolve_input(x, filters, sizes, strides, pads, dilations)


@composite("nn.conv1d_transpose")
def conv1d_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", data_format: Any = "NWC",
    dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """The gradient of conv1d as an operation of its own."""
    return _transpose(input, filters, output_shape, strides, padding, dilations, 1)


@composite("nn.conv2d_transpose")
def conv2d_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", data_format: Any = "NHWC",
    dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """The gradient of conv2d as an operation of its own."""
    return _transpose(input, filters, output_shape, strides, padding, dilations, 2)


@composite("nn.conv3d_transpose")
def conv3d_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", data_format: Any = "NDHWC",
    dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """The gradient of conv3d as an operation of its own."""
    return _transpose(input, filters, output_shape, strides, padding, dilations, 3)


@composite("nn.conv_transpose")
def conv_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", data_format: Any = None,
    dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """The gradient of a convolution over any number of axes."""
    return _transpose(
        input, filters, output_shape, strides, padding, dilations, convert(input).shape.rank - 2
    )


def _max_pool(x: Any, ksize: Any, strides: Any, padding: Any, n: int) -> Any:
    """Largest entries, picked by index: so their gradients go back to the first of equals."""
    x = convert(x)
    kernel, strides = _per_axis(ksize, n), _per_axis(strides, n)
    sizes = tuple(x.shape.as_list()[1:-1])
    ones = (1,) * n
    pads = _padding(padding, sizes, kernel, strides, ones)
    values = x.numpy()
    windows = _windows(values.astype(float), kernel, strides, pads, ones, -np.inf)
    flat = windows.reshape(*windows.shape[: n + 1], -1, windows.shape[-1])
    offset = np.unravel_index(flat.argmax(n + 1), kernel)
    grid = np.indices(offset[0].shape)
    places = [grid[0], *(grid[1 + a] * strides[a] + offset[a] - pads[a][0] for a in range(n)), grid[-1]]
    return tf.gather_nd(x, np.stack(places, -1).astype(np.int32))


def _avg_pool(x: Any, ksize: Any, strides: Any, padding: Any, n: int) -> Any:
    """Means over what lies inside the image."""
    x = convert(x)
    kernel, strides = _per_axis(ksize, n), _per_axis(strides, n)
    sizes = tuple(x.shape.as_list()[1:-1])
    pads = _padding(padding, sizes, kernel, strides, (1,) * n)
    depth = x.shape[-1]
    flat = tf.reshape(tf.transpose(x, [0, n + 1, *range(1, n + 1)]), [-1, *sizes, 1])
    ones = np.ones((*kernel, 1, 1), x.dtype.np)
    sums = traced.convolve(flat, convert(ones), strides, pads, (1,) * n)
    counts = _convolve(np.ones((1, *sizes, 1), x.dtype.np), ones, strides, pads, (1,) * n)
    means = sums / convert(counts)
    out = tf.reshape(means, [-1, depth, *means.shape.as_list()[1:-1]])
    return tf.transpose(out, [0, *range(2, n + 2), 1])


def _pools(name: str, pool: Any, n: int) -> None:
    def function(
        input: Any, ksize: Any, strides: Any, padding: Any, data_format: Any = None, name: Any = None
    ) -> Any:
        _last(data_format)
        return pool(input, ksize, strides, padding, n)

    function.__doc__ = f"{'Largest entry' if pool is _max_pool else 'Mean'} of each window over {n} axes."
    composite(f"nn.{name}{n}d")(function)


for _n in (1, 2, 3):
    _pools("max_pool", _max_pool, _n)
    _pools("avg_pool", _avg_pool, _n)


@composite("nn.max_pool")
def max_pool(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: Any = None, name: Any = None
) -> Any:
    """Largest entry of each window."""
    _last(data_format)
    return _max_pool(input, ksize, strides, padding, convert(input).shape.rank - 2)


@composite("nn.avg_pool")
def avg_pool(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: Any = None, name: Any = None
) -> Any:
    """Mean of each window."""
    _last(data_format)
    return _avg_pool(input, ksize, strides, padding, convert(input).shape.rank - 2)
