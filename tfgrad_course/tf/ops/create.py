"""Tensors made of nothing but a shape and a few numbers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tfgrad_course.tf._convert import convert, named
from tfgrad_course.tf._declare import composite, constant, traced
from tfgrad_course.tf._dtypes import (
    FLOATS,
    NUMBERS,
    as_dtype,
    bfloat16,
    bool_,
    float16,
    float32,
    float64,
    int8,
    int16,
    int32,
    int64,
    string,
    uint8,
    uint16,
    uint32,
)
from tfgrad_course.tf._errors import NotFoundError, invalid, not_allowed
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf._variable import TENSORS
from tfgrad_course.tf.ops.shape import shape_tuple, whole


def _dims(shape: Any) -> tuple[int, ...]:
    if isinstance(shape, EagerTensor) and shape.dtype.is_floating:
        raise not_allowed("Fill", shape.dtype.kernel, ["int32", "int64"], "index_type")
    dims = shape_tuple(shape)
    if None in dims:
        raise ValueError(f"Cannot convert a partially known TensorShape {shape} to a Tensor.")
    for d in dims:
        if d < 0:
            raise invalid("Fill", f"Dimension {d} must be >= 0")
    return dims


def _full(dims: tuple[int, ...], value: Any, dtype: Any) -> EagerTensor:
    if dtype is string:
        made = np.full(dims, None, object)
        made.ravel()[:] = [value] * made.size
        return tensor(made, string)
    return tensor(np.full(dims, value, dtype.np) if dims else dtype.np(value), dtype)


@composite("zeros")
def zeros(shape: Any, dtype: Any = float32, name: str | None = None, layout: Any = None) -> Any:
    """Zeros (or False, or empty texts) of a shape."""
    wanted = as_dtype(dtype)
    return _full(_dims(shape), b"" if wanted is string else 0, wanted)


@composite("ones")
def ones(shape: Any, dtype: Any = float32, name: str | None = None, layout: Any = None) -> Any:
    """Ones (or True) of a shape."""
    wanted = as_dtype(dtype)
    if wanted is string:
        raise TypeError("Cannot convert 1 to EagerTensor of dtype string")
    return _full(_dims(shape), 1, wanted)


def _like(input: Any, dtype: Any, value: int) -> EagerTensor:
    if hasattr(input, "_paired"):
        return input._mapped(_like, dtype, value)  # type: ignore[no-any-return]
    x = convert(input)
    wanted = x.dtype if dtype is None else as_dtype(dtype)
    if wanted is string and value:
        raise not_allowed("OnesLike", "string", [d.kernel for d in (*NUMBERS, bool_)])
    return _full(x._v.shape, b"" if wanted is string and not value else value, wanted)


@composite("zeros_like")
def zeros_like(input: Any, dtype: Any = None, name: str | None = None, layout: Any = None) -> Any:
    """Zeros of the shape and dtype of another tensor."""
    return _like(input, dtype, 0)


@composite("ones_like")
def ones_like(input: Any, dtype: Any = None, name: str | None = None, layout: Any = None) -> Any:
    """Ones of the shape and dtype of another tensor."""
    return _like(input, dtype, 1)


@composite("fill", sample=[([2, 3], 0.5)])
def fill(dims: Any, value: Any, name: str | None = None, layout: Any = None) -> Any:
    """A shape filled with one value."""
    x, given = convert(value), whole(dims, "Fill", "index_type")
    if x._v.size != 1:
        raise invalid("Fill", f"value must be a scalar. Got shape {list(x._v.shape)}")
    if given.ndim > 1:
        raise invalid(
            "Fill", "dims must represent a vector, got shape " + str(list(given.shape)).replace(" ", "")
        )
    x = traced.reshape_to(x, ()) if x._v.ndim else x
    return traced.spread(x, _dims(dims))


def _no_range(wanted: Any) -> Exception:
    if wanted in (int8, int16):
        text = f"Could not find device for node: {{{{node Range}}}} = Range[Tidx=DT_{wanted.kernel.upper()}]"
        return NotFoundError(None, None, f"{text}\nAll kernels registered for op Range:\n [Op:Range] name: ")
    allowed = ["bfloat16", "half", "float", "double", "int8", "int16", "int32", "int64", "uint16", "uint32"]
    return not_allowed("Range", wanted.kernel, allowed, "Tidx")


@composite("range")
def range_(start: Any, limit: Any = None, delta: Any = 1, dtype: Any = None, name: str = "range") -> Any:
    """Numbers from start up to limit (not included), delta apart."""
    if limit is None:
        start, limit = 0, start
    wanted = None if dtype is None else as_dtype(dtype)
    given = [v if isinstance(v, TENSORS) else convert(v, wanted) for v in (start, limit, delta)]
    order = [int32, int64, float16, bfloat16, float32, float64]
    kinds = [v.dtype for v in given]
    if wanted is None:
        known = [d for d in kinds if d in order]
        wanted = max(known, key=order.index) if known else kinds[0]
    if not wanted.is_numeric or (dtype is None and any(d not in order for d in kinds)):
        raise AssertionError
    if wanted in (int8, int16) or wanted not in (*FLOATS, int32, int64, uint16, uint32):
        raise _no_range(wanted)
    if any(v._v.size != 1 for v in given):
        raise invalid("Range", "start, limit and delta must be scalars")
    first, last, step = (np.reshape(v._v, ()).astype(wanted.np)[()] for v in given)
    if step == 0:
        raise invalid("Range", f"Requires delta != 0: {step}")
    if (step > 0 and first > last) or (step < 0 and first < last):
        sign = ("<=", ">") if step > 0 else (">=", "<")
        raise invalid("Range", f"Requires start {sign[0]} limit when delta {sign[1]} 0: {first}/{last}")
    if wanted.is_integer:
        return tensor(np.arange(int(first), int(last), int(step)).astype(wanted.np), wanted)
    count = math.ceil(abs((float(last) - float(first)) / float(step)))
    return tensor((first + np.arange(count).astype(wanted.np) * step).astype(wanted.np), wanted)


@composite("linspace", sample=[(0.5, 2.0, 4)])
def linspace(start: Any, stop: Any, num: Any, name: str | None = None, axis: int = 0) -> Any:
    """Numbers evenly spaced from start to stop, both included."""
    first = convert(start)
    last = named(stop, first.dtype, "stop")
    if first.dtype.is_integer:
        wide = float32 if first.dtype.size < 4 else float64
        first, last = traced.cast(first, wide), traced.cast(last, wide)
    many = convert(num)
    if not many.dtype.is_integer:
        raise TypeError(
            f"Argument `tensor` (name: num) must be of type integer. Received `tensor` = {num} of dtype: {many.dtype}"
        )
    count = int(np.reshape(many._v, ()))
    if count < 0:
        raise invalid("Range", f"Requires start <= limit when delta > 0: 1/{count}")
    shape = np.broadcast_shapes(first._v.shape, last._v.shape)
    first, last = traced.broadcast_to(first, shape), traced.broadcast_to(last, shape)
    rank = len(shape)
    at = axis if axis >= 0 else rank + 1 + axis
    if not 0 <= at <= rank:
        raise invalid("ExpandDims", f"Tried to expand dim index {axis} for tensor with {rank} dimensions.")
    first, last = traced.expand_dims(first, at), traced.expand_dims(last, at)
    steps = np.arange(1, max(count - 1, 1)).reshape((-1,) + (1,) * (rank - at)).astype(first.dtype.np)
    middle = first + (last - first) / max(count - 1, 1) * tensor(steps, first.dtype)
    made = traced.concat([first, middle, last], at)
    # (of one number or none only the beginning is kept, and the end has a slope of 0)
    return made if count > 1 else made[tuple([slice(None)] * at + [slice(0, count)])]


def _one_hot(indices: Any, on: Any, off: Any, size: int, at: int) -> Any:
    hit = np.expand_dims(indices, at) == np.arange(size).reshape((-1,) + (1,) * (indices.ndim - at))
    return np.where(hit, on, off)


one_hot_row = constant(
    "one_hot_row", _one_hot, 3, attrs=True, dtypes=(uint8, int8, int32, int64), op="OneHot",
    result=lambda kinds, size, at: kinds[1], doc="One value at each index, else another, along a new axis.",
)  # fmt: skip


def _same_kinds(on_value: Any, off_value: Any, wanted: Any) -> None:
    on, off = (None if v is None else convert(v).dtype for v in (on_value, off_value))
    if wanted is not None:
        for word, v, kind in (("on", on_value, on), ("off", off_value, off)):
            fits = kind in (None, wanted) or (type(v) is int and wanted.is_numeric)
            if not fits and not (type(v) is float and wanted.trainable):
                raise TypeError(f"dtype {kind} of {word}_value does not match dtype parameter {wanted}")
    elif on is not None and off is not None and on is not off:
        raise TypeError(f"dtype {on} of on_value does not match dtype {off} of off_value")


@composite("one_hot")
def one_hot(
    indices: Any,
    depth: Any,
    on_value: Any = None,
    off_value: Any = None,
    axis: int | None = None,
    dtype: Any = None,
    name: str | None = None,
) -> Any:
    """A 1 at each index, else zeros, along a new axis."""
    if hasattr(indices, "_mapped"):
        return indices._mapped(one_hot, depth, on_value, off_value, axis, dtype)
    x = convert(indices, int32 if isinstance(indices, list) and not indices else None)
    many = convert(depth)
    if many._v.ndim:
        raise invalid("OneHot", f"depth must be a scalar, but got: {list(many._v.shape)}")
    size = int(many._v)
    if size < 0:
        raise invalid("OneHot", f"depth must be non-negative, got: {size}")
    wanted = as_dtype(dtype) if dtype is not None else None
    _same_kinds(on_value, off_value, wanted)
    if wanted is None:
        given = next((v for v in (on_value, off_value) if v is not None), None)
        wanted = float32 if given is None else convert(given).dtype
    on = convert(1 if on_value is None else on_value, wanted)
    off = convert(0 if off_value is None else off_value, wanted)
    for word, one in (("on", on), ("off", off)):
        if one._v.ndim:
            raise invalid("OneHot", f"{word}_value must be a scalar, but got: {list(one._v.shape)}")
    at = -1 if axis is None else axis
    if not -1 <= at <= x._v.ndim:
        raise invalid("OneHot", f"Expected axis to be -1 or between [0, {x._v.ndim + 1}). But received: {at}")
    at = x._v.ndim if at == -1 else at
    if x.dtype not in (uint8, int8, int32, int64):
        raise not_allowed("OneHot", x.dtype.kernel, ["uint8", "int8", "int32", "int64"], "TI")
    return one_hot_row(x, on, off, size, at)
