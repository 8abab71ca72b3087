"""Convolutions and pooling over images with channels last: three bilinear operations that are one another's gradients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf._convert import convert, operand
from tfgrad_course.tf._declare import composite, rule, traced
from tfgrad_course.tf._dtypes import FLOATS, bfloat16, float32, int32
from tfgrad_course.tf._errors import invalid, kernel_text
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._variable import Variable

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
    if any(have < span for have, span in zip(x.shape[1:-1], spans, strict=True)):
        # No window fits: none along that axis.
        outs = [
            max((have - span) // s + 1, 0)
            for have, span, s in zip(x.shape[1:-1], spans, strides, strict=True)
        ]
        return np.zeros((x.shape[0], *outs, *sizes, x.shape[-1]), x.dtype)
    view = np.lib.stride_tricks.sliding_window_view(x, spans, axis=tuple(range(1, 1 + n)))
    cut = (slice(None), *(slice(None, None, s) for s in strides), slice(None))
    key = (*cut, *(slice(None, None, d) for d in dilations))
    view = view[key]
    return np.moveaxis(view, 1 + n, -1)


def _wide(x: Any) -> Any:
    """Sums of numbers of 16 bits are kept in 32."""
    return x.astype(np.float32) if x.dtype.itemsize == 2 else x


def _convolve(x: Any, w: Any, strides: Sizes, pads: Pairs, dilations: Sizes) -> Any:
    n = len(strides)
    windows = _windows(_wide(x), w.shape[:n], strides, pads, dilations)
    made = np.tensordot(windows, _wide(w), axes=(range(1 + n, 2 + 2 * n), range(n + 1)))
    return made.astype(x.dtype, copy=False)


def _filter_gradient(x: Any, g: Any, sizes: Sizes, strides: Sizes, pads: Pairs, dilations: Sizes) -> Any:
    n = len(strides)
    windows = _windows(_wide(x), sizes, strides, pads, dilations)
    made = np.tensordot(windows, _wide(g), axes=(range(n + 1), range(n + 1)))
    return made.astype(x.dtype, copy=False)


def _input_gradient(g: Any, w: Any, sizes: Sizes, strides: Sizes, pads: Pairs, dilations: Sizes) -> Any:
    n = len(strides)
    padded = tuple(s + a + b for s, (a, b) in zip(sizes, pads, strict=True))
    kind, g, w = g.dtype, _wide(g), _wide(w)
    out = np.zeros((g.shape[0], *padded, w.shape[n]), g.dtype)
    for offset in np.ndindex(*w.shape[:n]) if g.size else ():
        cut = tuple(
            slice(o * d, o * d + (m - 1) * s + 1, s)
            for o, d, s, m in zip(offset, dilations, strides, g.shape[1 : n + 1], strict=True)
        )
        key = (slice(None), *cut)
        out[key] += np.tensordot(g, w[offset], axes=(n + 1, 1))
    inside = (slice(None), *(slice(a, a + s) for s, (a, _) in zip(sizes, pads, strict=True)))
    return out[inside].astype(kind, copy=False)


convolve = rule(
    "convolve", _convolve,
    lambda F, g, z, x, w, s, p, d: F.convolve_input(g, w, tuple(F.shape(x)[1:-1]), s, p, d),
    lambda F, g, z, x, w, s, p, d: F.convolve_filter(x, g, tuple(F.shape(w)[:-2]), s, p, d),
    dtypes=(*FLOATS, int32), op="Conv2D", attrs=True, batched=False, doc="Correlation of images with filters.",
)  # fmt: skip

convolve_input = rule(
    "convolve_input", _input_gradient,
    lambda F, g, z, y, w, n, s, p, d: F.convolve(g, w, s, p, d),
    lambda F, g, z, y, w, n, s, p, d: F.convolve_filter(g, y, tuple(F.shape(w)[:-2]), s, p, d),
    dtypes=(*FLOATS, int32), op="Conv2DBackpropInput", attrs=True, batched=False, doc="The gradient of convolve in its images.",
)  # fmt: skip

convolve_filter = rule(
    "convolve_filter", _filter_gradient,
    lambda F, g, z, x, y, n, s, p, d: F.convolve_input(y, g, tuple(F.shape(x)[1:-1]), s, p, d),
    lambda F, g, z, x, y, n, s, p, d: F.convolve(x, g, s, p, d),
    dtypes=FLOATS, op="Conv2DBackpropFilter", attrs=True, batched=False, doc="The gradient of convolve in its filters.",
)  # fmt: skip


def _refuse_dilated(F: Any, g: Any, z: Any, x: Any) -> Any:
    words = "Current CPU implementations do not yet support dilation rates larger than 1."
    raise invalid("Conv2DBackpropInput", words)


dilated = rule(
    "dilated", lambda z: z, _refuse_dilated, dtypes=(*FLOATS, int32), op="Conv2D",
    doc="A dilated convolution whose gradients TensorFlow has no kernel for.",
)  # fmt: skip


def _listed(values: Any) -> str:
    return "[" + ",".join(map(str, values)) + "]"


def _per_axis(value: Any, n: int, name: str = "strides", first: bool = False) -> Sizes:
    """Strides, dilations or window sizes as one number an axis of the image."""
    if value is None:
        return (1,) * n
    if hasattr(value, "numpy"):
        value = value._numpy().tolist()
    if isinstance(value, str):
        raise TypeError(f"Expected int for argument '{name}' not {value!r}.")
    values = [int(v) for v in value] if isinstance(value, Sequence | np.ndarray) else [int(value)]
    if len(values) == 1:
        return tuple(values * n)
    if len(values) not in (n, n + 2):
        raise ValueError(
            f"{name} should be of length 1, {n} or {n + 2}. Received: {name}={value} of length {len(values)}"
        )
    if len(values) == n:
        return tuple(values)
    outer = values[:2] if first else [values[0], values[-1]]
    if outer != [1, 1]:
        kind = errors.InvalidArgumentError if name == "dilations" else errors.UnimplementedError
        text = f"Current implementation does not yet support {name} in the batch and depth dimensions."
        raise kind(None, None, text)
    return tuple(values[2:] if first else values[1:-1])


def _padding(
    padding: Any, sizes: Sizes, kernel: Sizes, strides: Sizes, dilations: Sizes, op: str, first: bool
) -> Pairs:
    if not isinstance(padding, str):
        return _explicit(padding, len(sizes), first, op)
    if padding not in ("SAME", "VALID"):
        allowed = '"SAME", "VALID"' + ("" if op in _NOT_EXPLICIT else ', "EXPLICIT"')
        raise errors.refused(
            op, f"Value for attr 'padding' of \"{padding}\" is not in the list of allowed values: {allowed}"
        )
    if padding == "VALID":
        for n, k, s, d in zip(sizes, kernel, strides, dilations, strict=True):
            span = (k - 1) * d + 1
            if n - span + s <= -s:
                raise invalid(
                    op, f"Computed output size would be negative: {-((span - s - n) // s)} [input_size: {n}, "
                    f"effective_filter_size: {span}, stride: {s}]",
                )  # fmt: skip
        return ((0, 0),) * len(sizes)
    totals = [
        max((-(-n // s) - 1) * s + (k - 1) * d + 1 - n, 0)
        for n, k, s, d in zip(sizes, kernel, strides, dilations, strict=True)
    ]
    return tuple((t // 2, t - t // 2) for t in totals)


_NOT_EXPLICIT = ("Conv3D", "AvgPool", "AvgPool3D", "MaxPool3D", "MaxPoolWithArgmax", "Conv3DBackpropInputV2")


def _explicit(padding: Any, n: int, first: bool, op: str) -> Pairs:
    """Margins given one by one, for the two-dimensional operations that take them."""
    if op in _NOT_EXPLICIT or not isinstance(padding, Sequence | np.ndarray):
        raise TypeError(f"Expected string for argument 'padding' not {padding}.")
    if len(padding) != n + 2:
        size = len(padding)
        raise ValueError(
            f"When padding is a list, it must be of size {n + 2}. Received: padding={padding} of size {size}"
        )
    for i, pair in enumerate(padding):
        if not isinstance(pair, list | tuple | np.ndarray) or len(pair) != 2:
            raise ValueError(
                "When `padding` is a list, each element of `padding` must be a list/tuple of size 2. Received: "
                f"padding={padding} with element at index {i} of "
                + (f"size {len(pair)}" if hasattr(pair, "__len__") else f"type {type(pair)}")
            )
    pairs = [tuple(int(v) for v in pair) for pair in padding]
    inside = pairs[2:] if first else pairs[1:-1]
    if min(min(pair) for pair in inside) < 0:
        raise invalid(op, "All elements of explicit_paddings must be nonnegative")
    return tuple(inside)  # type: ignore[arg-type,return-value]


_FORMATS = {1: ("NWC", "NCW"), 2: ("NHWC", "NCHW"), 3: ("NDHWC", "NCDHW")}


def _channels_first(data_format: Any, op: str, n: int = 0) -> bool:
    """Whether the channels come before the axes of the image."""
    if data_format is None:
        return False
    known = [name for i, names in _FORMATS.items() for name in names if n in (0, i) or (n == 1 and i == 2)]
    if data_format not in known:
        allowed = ", ".join(f'"{name}"' for name in _FORMATS[max(n, 2)])
        allowed += ', "NCHW_VECT_C"' if op == "MaxPool" else ""
        raise errors.refused(
            op,
            f"Value for attr 'data_format' of \"{data_format}\" is not in the list of allowed values: {allowed}",
        )
    return str(data_format).startswith("NC")


# What is said of channels first by kernels that oneDNN has no version of.
_LAST_ONLY = {
    "Conv2D": "The Conv2D op currently only supports the NHWC tensor format on the CPU. The op was given the format: NCHW",
    "Conv3D": "CPU implementation of Conv3D currently only supports the NHWC tensor format.",
    "Conv2DBackpropInput": "Conv2DCustomBackpropInputOp only supports NHWC.",
    "Conv3DBackpropInput": "Conv3DBackpropInputOpV2 only supports NDHWC on the CPU.",
    "DepthwiseConv2dNative": "Depthwise convolution on CPU is only supported for NHWC format",
    "MaxPool": "Default MaxPoolingOp only supports NHWC on device type CPU",
    "AvgPool": "Default AvgPoolingOp only supports NHWC on device type CPU",
}


def _in_format(op: str, kind: Any, first: bool, plain: bool = False) -> None:
    """Refuse channels first where TensorFlow has but its plain kernel."""
    if not first or op not in _LAST_ONLY or (kind in (float32, bfloat16) and not plain):
        return
    if op in ("Conv2D", "DepthwiseConv2dNative"):
        raise errors.UnimplementedError(None, None, kernel_text(op, _LAST_ONLY[op]))
    raise invalid(op, _LAST_ONLY[op])


def _channels_last(x: Any, first: bool) -> Any:
    return tf.transpose(x, [0, *range(2, x.shape.rank), 1]) if first else x


def _back(x: Any, first: bool) -> Any:
    return tf.transpose(x, [0, x.shape.rank - 1, *range(1, x.shape.rank - 1)]) if first else x


def _conv(
    x: Any, filters: Any, strides: Any, padding: Any, dilations: Any, n: int, data_format: Any = None,
    direct: bool = False,
) -> Any:  # fmt: skip
    op = f"Conv{max(n, 2)}D"
    x = operand(x, filters)
    filters = operand(filters, x)
    if filters.dtype is not x.dtype:
        mkl = n < 3 and x.dtype is float32
        raise errors.mismatch("_MklNativeConv2D" if mkl else op, 1, x.dtype.kernel, filters.dtype.kernel)
    if x.shape.rank > n + 2:
        lead = x.shape.as_list()[: -n - 1]
        flat = tf.reshape(x, [int(np.prod(lead)), *x.shape.as_list()[-n - 1 :]])
        found = _conv(flat, filters, strides, padding, dilations, n, data_format, direct)
        return tf.reshape(found, [*lead, *found.shape.as_list()[1:]])
    for word, t in (("input", x), ("filter", filters)):
        if t.shape.rank != n + 2:
            text = f"{word} must be {n + 2}-dimensional: {_listed(t.shape)}"
            # oneDNN's kernel and Eigen's have words of their own.
            raise invalid(op, text if word == "filter" and x.dtype is float32 else f"convolution {text}")
    first = _channels_first(data_format, op, n)
    if n == 3 and x.dtype not in FLOATS:
        raise errors.not_allowed(op, x.dtype.kernel, ["half", "bfloat16", "float", "double"])
    _in_format(op, x.dtype, first)
    strides, dilations = _per_axis(strides, n, "strides", first), _per_axis(dilations, n, "dilations", first)
    x = _channels_last(x, first)
    _checked(x, filters, strides, dilations, n, op)
    kernel, sizes = tuple(filters.shape.as_list()[:n]), tuple(x.shape.as_list()[1:-1])
    pads = _padding(padding, sizes, kernel, strides, dilations, op, first)
    plain = x.dtype not in (float32, bfloat16) or not isinstance(padding, str)
    refused = direct and max(dilations) > 1 and plain
    if refused and n == 3:
        raise invalid(op, "CPU implementation of Conv3D currently only supports dilated rates of 1.")
    groups = x.shape[-1] // filters.shape[n]
    split = lambda t: tf.split(t, groups, -1) if groups > 1 else [t]
    parts = zip(split(x), split(filters), strict=True)
    made = [traced.convolve(a, b, strides, pads, dilations) for a, b in parts]
    found = tf.concat(made, -1) if groups > 1 else made[0]
    return _back(dilated(found) if refused else found, first)


def _checked(x: Any, filters: Any, strides: Sizes, dilations: Sizes, n: int, op: str) -> None:
    if min(strides) <= 0:
        raise invalid(op, f"Stride must be > 0, but got {min(strides)}")
    if min(dilations) <= 0:
        raise invalid(op, "Dilated rates should be larger than 0.")
    if 0 in filters.shape.as_list():
        raise invalid(op, "filter must not have zero elements (i.e. all dimensions must be non-zero)")
    depth, wanted = x.shape[-1], filters.shape[n]
    if depth % wanted:
        raise invalid(op, f"input depth must be evenly divisible by filter depth: {depth} vs {wanted}")
    if filters.shape[-1] % (depth // wanted):
        raise invalid(
            op,
            f"output depth must be evenly divisible by number of groups: {filters.shape[-1]} vs {depth // wanted}",
        )


@composite("nn.conv1d")
def conv1d(
    input: Any, filters: Any, stride: Any, padding: Any, data_format: Any = "NWC", dilations: Any = None,
    name: Any = None,
) -> Any:  # fmt: skip
    """Convolution along one axis."""
    _per_axis(stride, 1, "stride", _channels_first(data_format, "Conv2D", 1))
    if not isinstance(padding, str):
        raise TypeError(f"Expected string for argument 'padding' not {padding}.")
    return _conv(input, filters, stride, padding, dilations, 1, data_format, True)


@composite("nn.conv2d")
def conv2d(
    input: Any, filters: Any, strides: Any, padding: Any, data_format: Any = "NHWC", dilations: Any = None,
    name: Any = None,
) -> Any:  # fmt: skip
    """Convolution over height and width."""
    return _conv(input, filters, strides, padding, dilations, 2, data_format, True)


@composite("nn.conv3d")
def conv3d(
    input: Any, filters: Any, strides: Any, padding: Any, data_format: Any = "NDHWC", dilations: Any = None,
    name: Any = None,
) -> Any:  # fmt: skip
    """Convolution over depth, height and width."""
    if not isinstance(strides, list | tuple):
        raise TypeError(f"Expected list for 'strides' argument to 'conv3d' Op, not {strides!r}.")
    if len(strides) < 5:
        raise errors.refused(
            "Conv3D", f"Length for attr 'strides' of {len(strides)} must be at least minimum 5"
        )
    return _conv(input, filters, strides, padding, dilations, 3, data_format, True)


@composite("nn.convolution")
def convolution(
    input: Any, filters: Any, strides: Any = None, padding: Any = "VALID", data_format: Any = None,
    dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """Convolution over as many axes as the input has between batch and channels."""
    n = convert(filters).shape.rank - 2
    if n not in (1, 2, 3):
        raise ValueError(f"`num_spatial_dims` must be 1, 2, or 3. Received: num_spatial_dims={n}.")
    if not isinstance(padding, str):
        raise TypeError(f"Expected string for argument 'padding' not {padding}.")
    rates, steps = _per_axis(dilations, n, "dilations"), _per_axis(strides, n)
    if min(rates) < 1:
        raise ValueError(
            f"all values of `dilation_rate` must be positive. Received: dilation_rate=[{' '.join(map(str, rates))}]"
        )
    if max(rates) > 1 and max(steps) > 1:
        raise ValueError(
            "`strides > 1` not supported in conjunction with `dilation_rate > 1`. Received: "
            f"strides={list(steps)} and dilation_rate={list(rates)}"
        )
    return _conv(input, filters, strides, padding, dilations, n, data_format)


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
    op = "DepthwiseConv2dNative"
    x = operand(input, filter)
    filters = operand(filter, x)
    if not isinstance(strides, list | tuple):
        raise TypeError(
            f"Expected list for 'strides' argument to 'depthwise_conv2d_native' Op, not {strides!r}."
        )
    if x.dtype not in FLOATS:
        raise errors.not_allowed(op, x.dtype.kernel, ["half", "bfloat16", "float", "double"])
    if len(strides) not in (4, 5):
        raise invalid(op, "Sliding window strides field must specify 4 or 5 dimensions")
    for word, t in (("input", x), ("filter", filters)):
        if t.shape.rank != 4:
            raise invalid(op, f"{word} must be 4-dimensional{_listed(t.shape)}")
    if max(_per_axis(dilations, 2, "dilations")) > 1 and max(_per_axis(strides, 2)) > 1:
        raise errors.UnimplementedError(
            None,
            None,
            "tfgrad's NumPy stand-in has no depthwise convolution with strides and dilations both above 1",
        )
    height, width, depth, multiplier = filters.shape.as_list()
    first = _channels_first(data_format, op)
    _in_format(op, x.dtype, first)
    channels = x.shape[1 if first else -1]
    if depth != channels:
        raise invalid(op, f"input and filter must have the same depth: {channels} vs {depth}")
    grouped = tf.reshape(filters, [height, width, 1, depth * multiplier])
    return _conv(x, grouped, strides, padding, dilations, 2, data_format)


@composite("nn.separable_conv2d")
def separable_conv2d(
    input: Any, depthwise_filter: Any, pointwise_filter: Any, strides: Any, padding: Any, data_format: Any = None,
    dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """Depthwise convolution, then a mixing of channels."""
    mixing = convert(pointwise_filter)
    for i in (0, 1):
        if mixing.shape[i] != 1:
            raise ValueError(f"Dimensions {mixing.shape[i]} and 1 are not compatible")
    between = depthwise_conv2d(input, depthwise_filter, strides, padding, data_format, dilations)
    return _conv(between, mixing, 1, "VALID", None, 2, data_format)


def _transpose(
    x: Any,
    filters: Any,
    output_shape: Any,
    strides: Any,
    padding: Any,
    dilations: Any,
    n: int,
    data_format: Any = None,
    direct: bool = True,
) -> Any:
    op = f"Conv{max(n, 2)}DBackpropInput"
    x = operand(x, filters)
    filters = operand(filters, x)
    first = _channels_first(data_format, op, n)
    if n == 3 and x.dtype not in FLOATS:
        raise errors.not_allowed(op, x.dtype.kernel, ["half", "bfloat16", "float", "double"])
    _in_format(op, x.dtype, first)
    output_shape = convert(output_shape)
    shape = [int(v) for v in output_shape._numpy()]
    if len(shape) not in (n, n + 2):
        raise invalid(
            op, f"{op} requires input_sizes to contain {n + 2} values or {n} values, but got: {len(shape)}"
        )
    sizes = tuple((shape[2:] if first else shape[1:-1]) if len(shape) == n + 2 else shape)
    strides, dilations = _per_axis(strides, n, "strides", first), _per_axis(dilations, n, "dilations", first)
    if direct and max(dilations) > 1 and x.dtype not in (float32, bfloat16):
        words = "implementation does" if n == 3 else "implementations do"
        raise invalid(op, f"Current CPU {words} not yet support dilation rates larger than 1.")
    x = _channels_last(x, first)
    kernel = tuple(filters.shape.as_list()[:n])
    pads = _padding(padding, sizes, kernel, strides, dilations, op, first)
    depth = shape[1 if first else -1] if len(shape) == n + 2 else filters.shape[-2]
    if depth != filters.shape[-2]:
        words = f"input depth must be evenly divisible by filter depth: {depth} vs {filters.shape[-2]}"
        raise invalid(op, words)
    if filters.shape[-1] != x.shape[-1]:
        raise invalid(
            op, f"input depth must be evenly divisible by filter depth: {x.shape[-1]} vs {filters.shape[-1]}"
        )
    told = "Conv3DBackpropInputOp" if n == 3 else "Conv2DCustomBackpropInput"
    for axis, (size, k, s, d, (a, b), have) in enumerate(
        zip(sizes, kernel, strides, dilations, pads, x.shape.as_list()[1:-1], strict=True)
    ):
        expected = (size + a + b - (k - 1) * d - 1) // s + 1
        if expected != have:
            raise invalid(
                op, f"{told}: Size of out_backprop doesn't match computed: actual = {have}, computed = "
                f"{expected} spatial_dim: {axis + 1 + (n == 1)} input: {size} filter: {k} output: {have} stride: {s} dilation: {d}",
            )  # fmt: skip
    return _back(traced.convolve_input(x, filters, sizes, strides, pads, dilations), first)


@composite("nn.conv1d_transpose")
def conv1d_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", data_format: Any = "NWC",
    dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """The gradient of conv1d as an operation of its own."""
    return _transpose(input, filters, output_shape, strides, padding, dilations, 1, data_format)


@composite("nn.conv2d_transpose")
def conv2d_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", data_format: Any = "NHWC",
    dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """The gradient of conv2d as an operation of its own."""
    return _transpose(input, filters, output_shape, strides, padding, dilations, 2, data_format)


@composite("nn.conv3d_transpose")
def conv3d_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", data_format: Any = "NDHWC",
    dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """The gradient of conv3d as an operation of its own."""
    return _transpose(input, filters, output_shape, strides, padding, dilations, 3, data_format)


@composite("nn.conv_transpose")
def conv_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", data_format: Any = None,
    dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """The gradient of a convolution over any number of axes."""
    count = len(output_shape) if isinstance(output_shape, list | tuple) else convert(output_shape).shape[0]
    if count not in (3, 4, 5):
        raise ValueError(
            f"`output_shape` must be of length 3, 4 or 5. Received: output_shape={output_shape} of length {count}."
        )
    return _transpose(
        input, filters, output_shape, strides, padding, dilations, convert(input).shape.rank - 2, data_format
    )


_POOLED = [
    "half",
    "bfloat16",
    "float",
    "double",
    "int32",
    "int64",
    "uint8",
    "int16",
    "int8",
    "uint16",
    "qint8",
]


def _pooled(
    x: Any, ksize: Any, strides: Any, padding: Any, n: int, data_format: Any, op: str
) -> tuple[Any, ...]:
    """The image with channels last, and its windows, strides and margins."""
    x = convert(x)
    allowed = ["half", "bfloat16", "float", "double"] if op.startswith("Avg") else _POOLED
    allowed = allowed[:3] if op == "MaxPool3D" else allowed
    if x.dtype.kernel not in allowed:
        raise errors.not_allowed(op, x.dtype.kernel, allowed)
    if n == 3 and x.dtype not in (float32, bfloat16):
        raise errors.no_kernel(op, x.dtype)
    if x.shape.rank != n + 2:
        raise invalid(
            op, "Input must be 4 or 5-dimensional" if n == 1 else f"tensor_in must be {n + 2}-dimensional"
        )
    first = _channels_first(data_format, op, n) if n > 1 else str(data_format).startswith("NC")
    kernel, steps = _per_axis(ksize, n, "ksize", first), _per_axis(strides, n, "strides", first)
    if min(kernel) <= 0:
        told = ",".join(map(str, (1, *(1,) * (n == 1), *kernel, 1)))
        raise invalid(
            op, f"Sliding window ksize must be positive. The specified or inferred ksize is: {told}"
        )
    if min(steps) <= 0:
        raise invalid(op, f"Stride must be > 0, but got {min(steps)}")
    _in_format(op, x.dtype, first, plain=not isinstance(padding, str))
    x = _channels_last(x, first)
    pads = _padding(padding, tuple(x.shape.as_list()[1:-1]), kernel, steps, (1,) * n, op, first)
    return x, kernel, steps, pads, first


def _max_pool(x: Any, ksize: Any, strides: Any, padding: Any, n: int, data_format: Any = None) -> Any:
    """Largest entries, picked by index: so their gradients go back to the first of equals."""
    op = "MaxPool3D" if n == 3 else "MaxPool"
    # What is no tensor yet takes the operation's default dtype.
    x = x if n == 1 or isinstance(x, EagerTensor | Variable) else tf.cast(convert(x), float32)
    x, kernel, steps, pads, first = _pooled(x, ksize, strides, padding, n, data_format, op)
    windows = _windows(x._numpy().astype(float), kernel, steps, pads, (1,) * n, -np.inf)
    flat = windows.reshape(*windows.shape[: n + 1], int(np.prod(kernel)), windows.shape[-1])
    offset = np.unravel_index(flat.argmax(n + 1), kernel)
    grid = np.indices(offset[0].shape)
    places = [grid[0], *(grid[1 + a] * steps[a] + offset[a] - pads[a][0] for a in range(n)), grid[-1]]
    if n == 3 and x.dtype.is_floating:
        return _back(_all_ties(x, flat, kernel, steps, pads), first)
    return _back(tf.gather_nd(x, np.stack(places, -1).astype(np.int32)), first)


def _all_ties(x: Any, flat: Any, kernel: Sizes, steps: Sizes, pads: Pairs) -> Any:
    """The largest entries of windows in space: there TensorFlow's gradient goes to every entry that is as large."""
    high = flat.max(-2)
    offsets = np.indices(kernel).reshape(3, -1)
    grid = np.indices(flat.shape)
    places = [
        np.clip(grid[1 + a] * steps[a] + offsets[a][grid[4]] - pads[a][0], 0, x.shape[1 + a] - 1)
        for a in range(3)
    ]
    entries = tf.gather_nd(x, np.stack([grid[0], *places, grid[5]], -1).astype(np.int32))
    chosen = tf.where(tf.constant(flat == high[..., None, :]), entries, tf.zeros_like(entries))
    summed = tf.reduce_sum(chosen, axis=-2)
    return summed + tf.stop_gradient(tf.cast(tf.constant(high), x.dtype) - summed)


def _avg_pool(x: Any, ksize: Any, strides: Any, padding: Any, n: int, data_format: Any = None) -> Any:
    """Means over what lies inside the image."""
    op = "AvgPool3D" if n == 3 else "AvgPool"
    x, kernel, steps, pads, first = _pooled(x, ksize, strides, padding, n, data_format, op)
    if x.dtype not in FLOATS:
        raise errors.not_allowed(op, x.dtype.kernel, ["half", "bfloat16", "float", "double"])
    depth, sizes, batch = x.shape[-1], x.shape.as_list()[1:-1], x.shape[0]
    flat = tf.reshape(tf.transpose(x, [0, n + 1, *range(1, n + 1)]), [batch * depth, *sizes, 1])
    ones = np.ones((*kernel, 1, 1), x.dtype.np)
    sums = traced.convolve(flat, convert(ones), steps, pads, (1,) * n)
    counts = _convolve(np.ones((1, *sizes, 1), x.dtype.np), ones, steps, pads, (1,) * n)
    means = sums / convert(counts)
    out = tf.reshape(means, [batch, depth, *means.shape.as_list()[1:-1]])
    return _back(tf.transpose(out, [0, *range(2, n + 2), 1]), first)


def _pools(name: str, pool: Any, n: int) -> None:
    def function(
        input: Any, ksize: Any, strides: Any, padding: Any, data_format: Any = None, name: Any = None
    ) -> Any:
        return pool(input, ksize, strides, padding, n, data_format)

    function.__doc__ = f"{'Largest entry' if pool is _max_pool else 'Mean'} of each window over {n} axes."
    composite(f"nn.{name}{n}d")(function)


for _n in (1, 2, 3):
    _pools("max_pool", _max_pool, _n)
    _pools("avg_pool", _avg_pool, _n)


def _poolable(x: Any) -> None:
    shape = convert(x).shape
    if shape.rank not in (3, 4, 5):
        raise ValueError(
            f"`input.shape.rank` must be 3, 4 or 5. Received: input.shape={shape} of rank {shape.rank}."
        )


@composite("nn.max_pool")
def max_pool(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: Any = None, name: Any = None
) -> Any:
    """Largest entry of each window."""
    _poolable(input)
    n = convert(input).shape.rank - 2
    if n == 3 and not isinstance(padding, str):
        raise ValueError(
            f"Explicit padding is not supported with an input tensor of rank 5. Received: padding={padding}"
        )
    return _max_pool(input, ksize, strides, padding, n, data_format)


@composite("nn.avg_pool")
def avg_pool(
    input: Any, ksize: Any, strides: Any, padding: Any, data_format: Any = None, name: Any = None
) -> Any:
    """Mean of each window."""
    _poolable(input)
    return _avg_pool(input, ksize, strides, padding, convert(input).shape.rank - 2, data_format)


@composite("nn.pool")
def pool(
    input: Any, window_shape: Any, pooling_type: str, strides: Any = None, padding: str = "VALID", data_format: Any = None,
    dilations: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """Pooling of a kind given by name."""
    rates = _per_axis(dilations, convert(input).shape.rank - 2, "dilations")
    if max(rates) > 1:
        return _dilated_pool(input, window_shape, pooling_type, strides, padding, data_format, rates)
    count = convert(input).shape.rank - 2
    if isinstance(window_shape, list | tuple) and len(window_shape) != count:
        raise ValueError(f"Shape {convert(input).shape} must have rank {len(window_shape) + 2}")
    if pooling_type not in ("MAX", "AVG"):
        raise ValueError(f"{count}-D {pooling_type} pooling is not supported.")
    kind = {"MAX": _max_pool, "AVG": _avg_pool}[pooling_type]
    return kind(input, window_shape, strides or 1, padding, convert(input).shape.rank - 2, data_format)


def _dilated_pool(
    x: Any, window: Any, kind: str, strides: Any, padding: Any, data_format: Any, rates: Sizes
) -> Any:
    """Pooling with holes in its windows, as a pooling of each of the lattices the holes leave."""
    if strides is not None and max(_per_axis(strides, len(rates))) > 1:
        raise ValueError(
            "`strides > 1` not supported in conjunction with `dilation_rate > 1`. Received: "
            f"strides={strides} and dilation_rate={list(rates)}"
        )
    if padding != "VALID" or str(data_format).startswith("NC"):
        raise errors.UnimplementedError(
            None,
            None,
            "tfgrad's NumPy stand-in pools with dilations for VALID padding and channels last only",
        )
    x = convert(x)
    size = [n - (k - 1) * d for n, k, d in zip(x.shape[1:-1], window, rates, strict=True)]
    cuts = [
        (slice(None), *(slice(o * d, o * d + n) for o, d, n in zip(offset, rates, size, strict=True)))
        for offset in np.ndindex(*window)
    ]
    parts = [x[cut] for cut in cuts]
    return tf.reduce_max(tf.stack(parts), 0) if kind == "MAX" else tf.add_n(parts) / len(parts)


@composite("nn.atrous_conv2d")
def atrous_conv2d(value: Any, filters: Any, rate: Any, padding: Any, name: Any = None) -> Any:
    """Convolution with holes in its filters."""
    if min(_per_axis(rate, 2, "rate")) < 1:
        raise ValueError(
            f"all values of `dilation_rate` must be positive. Received: dilation_rate=[{rate} {rate}]"
        )
    return _conv(value, filters, 1, padding, rate, 2)


def _blocks(x: Any, block: int, op: str, data_format: str) -> tuple[int, int, int, int]:
    if data_format not in ("NHWC", "NCHW", "NCHW_VECT_C"):
        allowed = '"NHWC", "NCHW", "NCHW_VECT_C"'
        raise errors.refused(
            op,
            f"Value for attr 'data_format' of \"{data_format}\" is not in the list of allowed values: {allowed}",
        )
    if block < 2:
        raise errors.refused(op, f"Value for attr 'block_size' of {block} must be at least minimum 2")
    if data_format != "NHWC":
        raise errors.no_kernel(op, x.dtype, block_size=block, data_format=f'"{data_format}"')
    if x.shape.rank != 4:
        colon = ":" if op == "DepthToSpace" else ""
        raise invalid(op, f"Input rank should be{colon} 4 instead of{colon} {x.shape.rank}")
    batch, height, width, depth = x.shape.as_list()
    if op == "SpaceToDepth" and (height % block or width % block):
        raise invalid(
            op, f"Image width {width} and height {height} should be divisible by block_size: {block}"
        )
    if op == "DepthToSpace" and depth % block**2:
        raise invalid(op, f"Input depth dimension {depth} should be divisible by: {block**2}")
    return batch, height, width, depth


@composite("nn.space_to_depth")
def space_to_depth(input: Any, block_size: int, data_format: str = "NHWC", name: Any = None) -> Any:
    """Blocks of the image moved into channels."""
    x, block_size = convert(input), int(block_size)
    batch, height, width, depth = _blocks(x, block_size, "SpaceToDepth", data_format)
    parts = tf.reshape(x, [batch, height // block_size, block_size, width // block_size, block_size, depth])
    moved = tf.transpose(parts, [0, 1, 3, 2, 4, 5])
    return tf.reshape(moved, [batch, height // block_size, width // block_size, depth * block_size**2])


@composite("nn.depth_to_space")
def depth_to_space(input: Any, block_size: int, data_format: str = "NHWC", name: Any = None) -> Any:
    """Channels moved into blocks of the image."""
    x, block_size = convert(input), int(block_size)
    batch, height, width, depth = _blocks(x, block_size, "DepthToSpace", data_format)
    parts = tf.reshape(x, [batch, height, width, block_size, block_size, depth // block_size**2])
    moved = tf.transpose(parts, [0, 1, 3, 2, 4, 5])
    return tf.reshape(moved, [batch, height * block_size, width * block_size, depth // block_size**2])


@composite("conv")
def conv(
    input: Any, filter: Any, strides: Any, padding: str, explicit_paddings: Any = (), data_format: str = "CHANNELS_LAST",
    dilations: Any = (), batch_dims: int = 1, groups: int = 1, name: Any = None,
) -> Any:  # fmt: skip
    """Convolution over two or three axes after any number of batch axes."""
    op = "Conv"
    x = operand(input, filter)
    filters = operand(filter, x)
    first = data_format == "CHANNELS_FIRST"
    if not first and data_format != "CHANNELS_LAST":
        raise errors.refused(
            op, f'Value for attr \'data_format\' of "{data_format}" is not in the list of allowed values: '
            '"CHANNELS_FIRST", "CHANNELS_LAST"',
        )  # fmt: skip
    n = x.shape.rank - batch_dims - 1
    if n not in (2, 3):
        raise invalid(op, f"The input must have 2 or 3 spatial dimensions but got {n}")
    if len(strides) != n + 2:
        raise invalid(op, f"Sliding window strides field must specify {n + 2} dimensions")
    if groups != 1:
        text = kernel_text(op, "Grouped/Depthwise Convolutions are not supported yet.")
        raise errors.UnimplementedError(None, None, text)
    depth = x.shape[batch_dims if first else -1]
    if depth != filters.shape[-2]:
        raise invalid(op, f"Input depth must be equal to filter depth: {depth} vs {filters.shape[-2]}")
    lead = x.shape.as_list()[:batch_dims]
    flat = tf.reshape(x, [int(np.prod(lead)), *x.shape.as_list()[batch_dims:]])
    margins: Any = padding
    if padding == "EXPLICIT":
        margins = [list(explicit_paddings[i : i + 2]) for i in range(0, len(explicit_paddings), 2)]
    found = _conv(flat, filters, strides, margins, list(dilations) or None, n, _FORMATS[n][first])
    return tf.reshape(found, [*lead, *found.shape.as_list()[1:]])
