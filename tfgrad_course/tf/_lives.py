"""What rules may call on `F` besides operations: the few helpers that differ between plain, batched and traced lives."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf._declare import batched, raw, traced
from tfgrad_course.tf._dtypes import NUMPYS_OWN
from tfgrad_course.tf._tensor import EagerTensor, tensor

_sum: Any = np.add.reduce


def sum_to(d: Any, shape: tuple[int, ...]) -> Any:
    """Undo broadcasting: sum `d` down to `shape`."""
    kind = d.dtype
    if kind.num > NUMPYS_OWN:
        return sum_to(d.astype(np.float32), shape).astype(kind)
    if not shape:
        return _sum(d, None, kind)
    if d.ndim < len(shape):
        return np.broadcast_to(d, shape)
    extra = d.ndim - len(shape)
    if d.shape[extra:] == shape:
        return _sum(d, 0 if extra == 1 else tuple(range(extra)), kind)
    axes = tuple(range(extra)) + tuple(
        extra + i
        for i, (have, want) in enumerate(zip(d.shape[extra:], shape, strict=True))
        if want == 1 != have
    )
    summed = _sum(d, axes, kind, None, True) if axes else d
    return (
        summed.reshape(shape) if summed.size == np.prod(shape, dtype=int) else np.broadcast_to(summed, shape)
    )


def sum_rows_to(d: Any, shape: tuple[int, ...]) -> Any:
    """The same where `d` has one more leading axis."""
    rows = d.shape[0]
    if d.ndim - 1 < len(shape):
        d = d.reshape((rows,) + (1,) * (len(shape) - d.ndim + 1) + d.shape[1:])
    extra = d.ndim - 1 - len(shape)
    axes = tuple(range(1, 1 + extra)) + tuple(
        1 + extra + i
        for i, (have, want) in enumerate(zip(d.shape[1 + extra :], shape, strict=True))
        if want == 1 != have
    )
    summed = _sum(d, axes, d.dtype, None, True) if axes else d
    full = (rows, *shape)
    return summed.reshape(full) if summed.size == np.prod(full, dtype=int) else np.broadcast_to(summed, full)


def spread(x: Any, shape: tuple[int, ...]) -> Any:
    """Broadcast to `shape`."""
    made = np.empty(shape, x.dtype)
    made[...] = x
    return made if shape or x.dtype == object else made[()]


def spread_rows(g: Any, shape: tuple[int, ...]) -> Any:
    """Broadcast each row of `g` to `shape`."""
    rows = g.shape[0]
    g = g.reshape((rows,) + (1,) * (len(shape) - g.ndim + 1) + g.shape[1:])
    return np.broadcast_to(g, (rows, *shape))


def reshape(x: Any, shape: tuple[int, ...]) -> Any:
    """Reshape; a scalar stays a NumPy scalar."""
    return x.reshape(shape) if shape or x.dtype == object else x.reshape(())[()]


def reshape_rows(g: Any, shape: tuple[int, ...]) -> Any:
    """Reshape each row of `g`."""
    return g.reshape((g.shape[0], *shape))


def _mask(c: Any, g: Any) -> Any:
    if type(c) is np.bool_:
        return g if c else zeros_like(g)
    return np.where(c, g, g.dtype.type(0))


def zeros_like(x: Any) -> Any:
    """Zeros of the shape and dtype of `x`."""
    return np.zeros(x.shape, x.dtype) if x.shape else x.dtype.type(0)


def ones_like(x: Any) -> Any:
    """Ones of the shape and dtype of `x`."""
    return np.ones(x.shape, x.dtype) if x.shape else x.dtype.type(1)


def _conj(x: Any) -> Any:
    return x.conjugate() if x.dtype.kind == "c" else x


def _as(x: Any, like: Any) -> Any:
    return x.astype(like.dtype)


for _life in (raw, batched):
    _life.mask = _mask
    _life.conj = _conj
    _life.shape = np.shape
    _life.zeros_like = zeros_like
    _life.ones_like = ones_like
    _life.like = _as
    _life.value = lambda x: x
    _life.constant = lambda v, like: v.astype(like.dtype)
raw.zero_part = lambda z, g: zeros_like(z)
batched.zero_part = lambda z, g: np.zeros((g.shape[0], *z.shape), z.dtype)
traced.mask = lambda c, g: traced.select(c, g, traced.zeros_like(g))
traced.shape = lambda x: x._v.shape
traced.zeros_like = lambda x: tensor(zeros_like(x._v), x.dtype)
traced.ones_like = lambda x: tensor(ones_like(x._v), x.dtype)
traced.zero_part = lambda z, g: tensor(zeros_like(z._v), z.dtype)
traced.like = lambda x, like: traced.cast(x, like.dtype)
traced.value = lambda x: x._v
traced.constant = lambda v, like: tensor(v.astype(like._v.dtype), like.dtype)


def wrap(value: Any, dtype: Any) -> EagerTensor:
    """A tensor of a gradient; 0-d arrays become scalars."""
    return tensor(value if value.shape or type(value) is not np.ndarray else value[()], dtype)
