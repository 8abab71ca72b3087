"""Activations."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite, elementwise, missing, pointwise, rule, traced
from tfgrad_course.tf._dtypes import (
    COMPLEX,
    FLOATS,
    NUMPYS_OWN,
    bfloat16,
    bool_,
    float16,
    float32,
    float64,
    int8,
    int16,
    int32,
    int64,
    uint8,
    uint16,
    uint32,
    uint64,
)
from tfgrad_course.tf._errors import AbortedError, InvalidArgumentError, invalid, kernel_text, not_allowed
from tfgrad_course.tf.ops.shape import M23

# The dtypes of most activations, in the order TensorFlow lists them, and those of relu.
_HALVES = (float16, bfloat16, float32, float64)
_RELU = (float32, float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32, uint64)
_SAMPLE = [0.3, -2.0, 1.5]
_where: Any = np.where
_max: Any = np.maximum.reduce
_sum: Any = np.add.reduce


def _sigmoid(x: Any) -> Any:
    if x.dtype.kind == "c":
        return 1 / (1 + np.exp(-x))
    # Both branches stay finite: exp is only taken of numbers that are not positive.
    small = np.exp(-abs(x))
    if type(x) is np.ndarray:
        return np.where(x >= 0, 1 / (1 + small), small / (1 + small))
    return 1 / (1 + small) if x >= 0 else small / (1 + small)


sigmoid = elementwise(
    "sigmoid", _sigmoid, lambda F, z, x: z * (1 - z),
    dtypes=FLOATS + COMPLEX, op="Sigmoid", names="sigmoid math.sigmoid nn.sigmoid", sample=_SAMPLE,
    doc="1 / (1 + exp(-x)).",
)  # fmt: skip

softplus = elementwise(
    "softplus", lambda x: np.logaddexp(x, x.dtype.type(0)) if x.dtype.kind == "f" and x.dtype.itemsize > 2
    else np.maximum(x, 0) + np.log1p(np.exp(-abs(x))),
    lambda F, z, x: F.sigmoid(x),
    dtypes=_HALVES, op="Softplus", names="nn.softplus math.softplus", args="features", sample=_SAMPLE,
    doc="log(1 + exp(x)).",
)  # fmt: skip

# Rows of their own, because TensorFlow's second gradients of these are zeros, not None. It multiplies by 0 and 1, too.
relu_grad = pointwise(
    "relu_grad", lambda g, z: g * (z > 0),
    lambda F, g, z, dy, y: F.relu_grad(g, y), lambda F, g, z, dy, y: F.zeros_like(g),
    dtypes=FLOATS, doc="The gradient of relu.",
)  # fmt: skip
relu6_grad = pointwise(
    "relu6_grad", lambda g, z: g * ((z > 0) & (z < 6)),
    lambda F, g, z, dy, y: F.relu6_grad(g, y), lambda F, g, z, dy, y: F.zeros_like(g),
    dtypes=FLOATS, doc="The gradient of relu6.",
)  # fmt: skip
softsign_grad = pointwise(
    "softsign_grad", lambda g, x: g / np.square(1 + abs(x)), missing("SoftsignGrad"), missing("SoftsignGrad"),
    dtypes=FLOATS, doc="The gradient of softsign; TensorFlow has no second one.",
)  # fmt: skip

relu = pointwise(
    "relu", lambda x: np.maximum(x, x.dtype.type(0)), lambda F, g, z, x: F.relu_grad(g, z),
    dtypes=_RELU, op="Relu", names="nn.relu", args="features", sample=_SAMPLE, doc="x where positive, else 0.",
)  # fmt: skip

relu6 = pointwise(
    "relu6", lambda x: np.minimum(np.maximum(x, x.dtype.type(0)), x.dtype.type(6)), lambda F, g, z, x: F.relu6_grad(g, z),
    dtypes=_RELU, op="Relu6", names="nn.relu6", args="features", sample=[0.3, -2.0, 7.0], doc="x kept between 0 and 6.",
)  # fmt: skip

elu = elementwise(
    "elu", lambda x: _where(x < 0, np.expm1(np.minimum(x, 0)), x)[()], lambda F, z, x: F.select(z < 0, z + 1, F.ones_like(z)),
    dtypes=_HALVES, op="Elu", names="nn.elu", args="features", sample=_SAMPLE, doc="x where positive, else exp(x) - 1.",
)  # fmt: skip

_SCALE, _ALPHA = 1.0507009873554804934193349852946, 1.6732632423543772848170429916717
selu = elementwise(
    "selu",
    lambda x: (_SCALE * np.where(x < 0, _ALPHA * np.expm1(np.minimum(x, 0)), x)).astype(x.dtype)[()],
    lambda F, z, x: F.select(z < 0, z + _SCALE * _ALPHA, _SCALE * F.ones_like(z)),
    dtypes=_HALVES, op="Selu", names="nn.selu", args="features", sample=_SAMPLE, doc="The scaled exponential linear unit.",
)  # fmt: skip

softsign = pointwise(
    "softsign", lambda x: x / (1 + abs(x)), lambda F, g, z, x: F.softsign_grad(g, x),
    dtypes=_HALVES, op="Softsign", names="nn.softsign math.softsign", args="features", sample=_SAMPLE, doc="x / (1 + |x|).",
)  # fmt: skip


leaky_slope = pointwise(
    "leaky_relu_grad", lambda g, x, alpha: np.where(x > 0, g, g * g.dtype.type(alpha))[()],
    lambda F, g, z, dy, x, alpha: F.leaky_relu_grad(g, x, alpha), lambda F, g, z, dy, x, alpha: F.zeros_like(g),
    dtypes=FLOATS, attrs=True, doc="The gradient of leaky_relu.",
)  # fmt: skip

leaky_row = pointwise(
    "leaky_relu_row", lambda x, alpha: np.where(x > 0, x, x * x.dtype.type(alpha))[()],
    lambda F, g, z, x, alpha: F.leaky_relu_grad(g, x, alpha),
    dtypes=_HALVES, op="LeakyRelu", attrs=True, sample=[(_SAMPLE, 0.2)], doc="x where positive, else alpha x.",
)  # fmt: skip


@composite("nn.leaky_relu", sample=[((0.3, -2.0),)])
def leaky_relu(features: Any, alpha: Any = 0.2, name: str | None = None) -> Any:
    """x where positive, else alpha x."""
    x = convert(features)
    if x.dtype.is_integer:
        x = traced.cast(x, float32)
    if isinstance(alpha, np.ndarray | np.number):
        alpha = alpha.item()
    if not isinstance(alpha, int | float):
        raise TypeError(f"Expected float for argument 'alpha' not {alpha!r}.")
    if x.dtype not in FLOATS:
        raise not_allowed("LeakyRelu", x.dtype.kernel, ["half", "bfloat16", "float", "double"])
    return leaky_row(x, float(alpha))


@composite("nn.silu nn.swish", sample=[((0.3, -2.0),)])
def silu(features: Any, beta: float = 1.0) -> Any:
    """x sigmoid(beta x)."""
    x = convert(features)
    if x.dtype.is_integer or x.dtype is bool_:
        names = ["bfloat16", "half", "float", "double", "complex64", "complex128"]
        raise not_allowed("Sigmoid", x.dtype.kernel, names)
    return x * sigmoid(beta * x)


@composite("nn.gelu", sample=[((0.3, -2.0),)])
def gelu(features: Any, approximate: bool = False, name: str | None = None) -> Any:
    """x times the probability that a normal number is below x."""
    x = convert(features)
    if not x.dtype.is_floating:
        raise ValueError(
            f"`features.dtype` must be a floating point tensor.Received:features.dtype={x.dtype}"
        )
    # TensorFlow rounds these two constants to single precision on their way.
    if approximate:
        cubed = float(np.float32(0.044715)) * traced.power(x, 3)
        return 0.5 * x * (1.0 + traced.tanh(math.sqrt(2 / math.pi) * (x + cubed)))
    return 0.5 * x * (1.0 + traced.erf(x / float(np.float32(math.sqrt(2.0)))))


@composite("nn.crelu", sample=[((0.3, -2.0),)])
def crelu(features: Any, axis: int = -1, name: str | None = None) -> Any:
    """relu of x and of -x, side by side."""
    x = convert(features)
    return relu(traced.concat([x, -x], axis))


def _softmax(x: Any, axis: int) -> Any:
    if x.dtype.num > NUMPYS_OWN:
        return _softmax(x.astype(np.float32), axis).astype(x.dtype)
    high = np.exp(x - _max(x, axis, x.dtype, None, True)) if x.size else x
    return high / _sum(high, axis, high.dtype, None, True)


softmax_row = rule(
    "softmax", _softmax, lambda F, g, z, x, axis: (g - F.sum(g * z, (axis,), True)) * z,
    dtypes=_HALVES, op="Softmax", attrs=True, sample=[(M23, -1), (M23, -2)], doc="Exponentials that sum to one.",
)  # fmt: skip


def _log_softmax(x: Any, axis: int) -> Any:
    if x.dtype.num > NUMPYS_OWN:
        return _log_softmax(x.astype(np.float32), axis).astype(x.dtype)
    low = x - _max(x, axis, x.dtype, None, True) if x.size else x
    return low - np.log(_sum(np.exp(low), axis, low.dtype, None, True))


log_softmax_row = rule(
    "log_softmax", _log_softmax, lambda F, g, z, x, axis: g - F.sum(g, (axis,), True) * F.exp(z),
    dtypes=_HALVES, op="LogSoftmax", attrs=True, sample=[(M23, -1), (M23, -2)], doc="The logarithm of softmax.",
)  # fmt: skip


def _along(row: Any, op: str, logits: Any, axis: Any) -> Any:
    x = convert(logits)
    if isinstance(axis, float) and axis not in (-1, len(x.shape) - 1):
        raise not_allowed("Transpose", "float", ["int32", "int64"], "Tperm")
    rank, at = len(x.shape), -1 if axis is None else int(axis)
    if not rank and op == "LogSoftmax" and x.dtype in row_dtypes:
        raise invalid(op, "logits must have >= 1 dimension, got []")
    if (not rank or (rank > 5 and x.dtype is float32)) and op == "Softmax" and x.dtype in row_dtypes:
        raise AbortedError(None, None, kernel_text(op, "Input dims must be <= 5 and >=1"))
    if rank and not -rank <= at < rank:
        raise InvalidArgumentError(
            None, None, f"`dim` must be in the range [{-rank}, {rank}) where {rank} is the number of dimensions in the "
            f"input. Received: dim={at}",
        )  # fmt: skip
    return row(x, at % rank - rank if rank else -1)


row_dtypes = frozenset(FLOATS)


@composite("nn.softmax math.softmax", sample=[(M23,)])
def softmax(logits: Any, axis: Any = None, name: str | None = None) -> Any:
    """Exponentials that sum to one along an axis."""
    return _along(softmax_row, "Softmax", logits, axis)


@composite("nn.log_softmax math.log_softmax", sample=[(M23,)])
def log_softmax(logits: Any, axis: Any = None, name: str | None = None) -> Any:
    """The logarithm of softmax."""
    return _along(log_softmax_row, "LogSoftmax", logits, axis)
