"""TensorFlow's operations in NumPy, to replay a recorded function at other points: one row an operation.

The recording holds no attributes (axes kept, transposes, masks), so a row may offer several readings; the one that
gives the recorded result is the right one.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

Kernel = Callable[..., Any]


def _whole(x: Any) -> tuple[int, ...]:
    return tuple(int(v) for v in np.asarray(x).ravel())


def _sigmoid(x: Any) -> Any:
    return 0.5 * (1.0 + np.tanh(0.5 * x))


def _softmax(x: Any) -> Any:
    grown = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return grown / grown.sum(axis=-1, keepdims=True)


def _erf(x: Any) -> Any:
    import math

    return np.vectorize(math.erf, otypes=[float])(x)


def _reduced(kernel: Kernel) -> Kernel:
    return lambda x, axes: kernel(x, axis=_whole(axes))


def _same(x: Any, *_: Any) -> Any:
    return x


PLAIN: dict[str, Kernel] = {
    "Add": np.add, "AddV2": np.add, "Sub": np.subtract, "Mul": np.multiply, "RealDiv": np.divide, "Div": np.divide,
    "DivNoNan": lambda x, y: np.where(y == 0, 0.0, x / np.where(y == 0, 1.0, y)),
    "MulNoNan": lambda x, y: np.where(y == 0, 0.0, x * y),
    "FloorDiv": np.floor_divide, "FloorMod": np.mod, "Pow": np.power, "Neg": np.negative, "Square": np.square,
    "SquaredDifference": lambda x, y: (x - y) ** 2, "Reciprocal": np.reciprocal, "Inv": np.reciprocal,
    "Sqrt": np.sqrt, "Rsqrt": lambda x: 1 / np.sqrt(x), "Abs": np.abs, "Sign": np.sign, "Exp": np.exp,
    "Expm1": np.expm1, "Log": np.log, "Log1p": np.log1p, "Sin": np.sin, "Cos": np.cos, "Tan": np.tan,
    "Asin": np.arcsin, "Acos": np.arccos, "Atan": np.arctan, "Atan2": np.arctan2, "Sinh": np.sinh, "Cosh": np.cosh,
    "Tanh": np.tanh, "Asinh": np.arcsinh, "Acosh": np.arccosh, "Atanh": np.arctanh, "Sigmoid": _sigmoid,
    "Softplus": lambda x: np.logaddexp(0.0, x), "Relu": lambda x: np.maximum(x, 0.0), "Softmax": _softmax,
    "LogSoftmax": lambda x: np.log(_softmax(x)), "Erf": _erf, "Erfc": lambda x: 1 - _erf(x), "Round": np.round,
    "Rint": np.rint, "Floor": np.floor, "Ceil": np.ceil, "Maximum": np.maximum, "Minimum": np.minimum,
    "Xlogy": lambda x, y: np.where(x == 0, 0.0, x * np.log(y)), "LogicalNot": np.logical_not,
    "Greater": np.greater, "GreaterEqual": np.greater_equal, "Less": np.less, "LessEqual": np.less_equal,
    "Equal": np.equal, "NotEqual": np.not_equal, "LogicalAnd": np.logical_and, "LogicalOr": np.logical_or,
    "Select": np.where, "SelectV2": np.where, "Identity": _same, "IdentityN": _same, "Cast": _same,
    "StopGradient": _same, "PreventGradient": _same, "Snapshot": _same, "ReadVariableOp": _same, "EnsureShape": _same,
    "AddN": lambda *xs: sum(xs[1:], xs[0]), "L2Loss": lambda x: 0.5 * np.sum(x * x),
    "Sum": _reduced(np.sum), "Mean": _reduced(np.mean), "Prod": _reduced(np.prod), "Max": _reduced(np.max),
    "Min": _reduced(np.min), "EuclideanNorm": lambda x, axes: np.sqrt(np.sum(x * x, axis=_whole(axes))),
    "Cumsum": lambda x, axis: np.cumsum(x, int(axis)), "Cumprod": lambda x, axis: np.cumprod(x, int(axis)),
    "Reshape": _same, "ExpandDims": _same, "Squeeze": _same,  # the recorded shape says the rest
    "Transpose": lambda x, p: np.transpose(x, _whole(p)), "Tile": lambda x, m: np.tile(x, _whole(m)),
    "BroadcastTo": lambda x, shape: np.broadcast_to(x, _whole(shape)), "Fill": lambda d, v: np.full(_whole(d), v),
    "ConcatV2": lambda *xs: np.concatenate(xs[:-1], axis=int(xs[-1])), "ZerosLike": np.zeros_like,
    "OnesLike": np.ones_like, "Range": lambda a, b, s: np.arange(a, b, s),
    "GatherV2": lambda x, i, axis: np.take(x, np.asarray(i, dtype=int), axis=int(axis)),
    "GatherNd": lambda x, i: np.asarray(x)[tuple(np.moveaxis(np.asarray(i, dtype=int), -1, 0))],
    "Slice": lambda x, b, n: np.asarray(x)[tuple(slice(s, None if k < 0 else s + k) for s, k in zip(
        _whole(b), _whole(n), strict=True))],
}  # fmt: skip


def readings(name: str, inputs: Sequence[Any]) -> Iterator[Kernel]:
    """All ways an operation may be meant, the likeliest first; none for an operation that is not known."""
    if name in PLAIN:
        yield PLAIN[name]
    elif name in ("MatMul", "BatchMatMulV2", "BatchMatMul"):
        for left, right in itertools.product((False, True), repeat=2):
            yield lambda x, y, a=left, b=right: np.matmul(_turned(x, a), _turned(y, b))
    elif name == "Pack":
        for axis in range(np.ndim(inputs[0]) + 1):
            yield lambda *xs, axis=axis: np.stack(xs, axis=axis)
    elif name == "StridedSlice":
        yield from _slices(inputs)


def _turned(x: Any, turn: bool) -> Any:
    return np.swapaxes(x, -1, -2) if turn else x


def _slices(inputs: Sequence[Any]) -> Iterator[Kernel]:
    begin, end, strides = (_whole(part) for part in inputs[1:4])
    ways = []
    for b, e, s in zip(begin, end, strides, strict=False):
        ways.append((slice(b, e, s), b, slice(b, None, s), slice(None, e, s), slice(None, None, s), None))
    for picked in itertools.islice(itertools.product(*ways), 300):
        yield lambda x, *_, picked=picked: np.asarray(x)[tuple(picked)]
