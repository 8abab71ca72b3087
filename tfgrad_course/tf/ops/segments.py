"""Sums, means and extremes over groups of rows, and the partition of rows into groups and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf._by_tensors import on_tensors
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite, rule
from tfgrad_course.tf._dtypes import ANY, NUMBERS, REALS
from tfgrad_course.tf._errors import invalid
from tfgrad_course.tf._tensor import tensor
from tfgrad_course.tf.ops.layout import Places, pick


def _told(shape: Any) -> str:
    return "[" + ",".join(map(str, shape)) + "]"


def _data(data: Any, op: str) -> Any:
    x = convert(data)
    real = op.endswith(("Max", "Min"))
    if x.dtype not in NUMBERS or (real and x.dtype.is_complex):
        raise errors.not_allowed(op, x.dtype.kernel, [d.kernel for d in (REALS if real else NUMBERS)])
    return x


def _ids(segment_ids: Any, op: str) -> Any:
    ids = convert(segment_ids)
    if ids.dtype not in (dt.int32, dt.int64):
        raise errors.not_allowed(op, ids.dtype.kernel, ["int32", "int64"], "Tindices")
    return np.asarray(ids._numpy())


def _ordered(data: Any, segment_ids: Any, op: str) -> tuple[Any, Any, int]:
    """Rows and the (sorted) groups they belong to."""
    x, ids = _data(data, op), _ids(segment_ids, op)
    if not x.shape.rank:
        raise invalid(op, "input must be at least rank 1")
    if ids.ndim != 1:
        raise invalid(op, "segment_ids should be a vector.")
    if len(ids) != x.shape[0]:
        raise invalid(op, "segment_ids should be the same size as dimension 0 of input.")
    size = int(ids[-1]) + 1 if ids.size else 0
    if ids.size and ids.min() < 0:
        raise invalid(
            op, f"Segment id {int(ids.min())} out of range [0, {size}), possibly because 'segment_ids' input is not sorted."
        )  # fmt: skip
    if ids.size and (np.diff(ids) < 0).any():
        raise invalid(op, "segment ids are not increasing")
    return x, ids, size


def _unordered(data: Any, segment_ids: Any, count: Any, op: str) -> tuple[Any, Any, int]:
    """Rows and the groups they belong to, without those that belong to none."""
    x, ids, many = _data(data, op), _ids(segment_ids, op), convert(count)
    if many.shape.rank:
        raise invalid(op, f"num_segments should be a scalar, not shape {_told(many.shape)}")
    size = int(many._numpy())
    if size < 0:
        raise invalid(op, f"Input num_segments == {size} must not be negative.")
    shape = x.shape.as_list()
    if tuple(shape[: ids.ndim]) != ids.shape:
        raise invalid(
            op, f"data.shape = {_told(shape)} does not start with segment_ids.shape = {_told(ids.shape)}"
        )
    if ids.size and ids.max() >= size:
        where = np.argwhere(ids >= size)[0].tolist()
        raise invalid(op, f"segment_ids{_told(where)} = {int(ids[tuple(where)])} is out of range [0, {size})")
    if ids.ndim != 1:
        x, ids = tf.reshape(x, [ids.size, *shape[ids.ndim :]]), ids.reshape(-1)
    if (ids < 0).any():
        kept = np.flatnonzero(ids >= 0)
        x, ids = _rows(x, kept), ids[kept]
    return x, ids, size


def _rows(x: Any, index: Any) -> Any:
    """Rows of x, with a gradient that is dense."""
    return pick(x, Places(index[:, None]))


def _divided(sums: Any, counts: Any) -> Any:
    if sums.dtype.is_integer:
        return tf.cast(tf.truediv(sums, counts), sums.dtype)
    return sums / counts


def _sum(data: Any, ids: Any, size: int) -> Any:
    return tf.scatter_nd(ids[:, None].astype(np.int32), data, [size, *data.shape.as_list()[1:]])


def _counts(ids: Any, size: int, data: Any) -> Any:
    counts = (
        np.maximum(np.bincount(ids, minlength=size), 1)
        .astype(data.dtype.np)
        .reshape((size,) + (1,) * (data.shape.rank - 1))
    )
    return tensor(counts, data.dtype)


def _extreme(data: Any, ids: Any, size: int, largest: bool, empty: Any) -> Any:
    """Ties share the gradient, as reduce_max does."""
    values = data._numpy()
    best = np.full((size, *values.shape[1:]), empty, values.dtype)
    (np.maximum if largest else np.minimum).at(best, ids, values)
    hits = values == best[ids]
    share = np.zeros(best.shape, values.dtype)
    np.add.at(share, ids, hits.astype(values.dtype))
    if not data.dtype.is_floating:
        return tensor(best, data.dtype)
    weight = np.divide(hits, share[ids], out=np.zeros(values.shape, values.dtype), where=share[ids] != 0)
    chosen = tf.where(tensor(hits, dt.bool_), data, tf.zeros_like(data))
    summed = _sum(chosen * tensor(weight.astype(values.dtype), data.dtype), ids, size)
    missing = np.broadcast_to(
        (np.bincount(ids, minlength=size) == 0).reshape((-1,) + (1,) * (values.ndim - 1)), best.shape
    )
    return tf.where(
        tensor(missing.copy(), dt.bool_), tensor(np.full(best.shape, empty, values.dtype), data.dtype), summed
    )


def _product(data: Any, ids: Any, size: int) -> Any:
    rows = []
    for group in range(size):
        rows.append(tf.reduce_prod(_rows(data, np.flatnonzero(ids == group)), 0))
    return tf.stack(rows) if rows else _rows(data, np.zeros(0, np.int32))


def _limits(dtype: Any) -> tuple[Any, Any]:
    if dtype.is_floating:
        return dtype.min, dtype.max
    info_int = np.iinfo(dtype.np)
    return info_int.min, info_int.max


@composite("math.segment_sum", sample=[[[1.0], [2.0]], [0, 0]])
def segment_sum(data: Any, segment_ids: Any, name: Any = None) -> Any:
    """The sum of the rows of each (sorted) group."""
    return _sum(*_ordered(data, segment_ids, "SegmentSum"))


@composite("math.segment_mean")
def segment_mean(data: Any, segment_ids: Any, name: Any = None) -> Any:
    """The mean of the rows of each (sorted) group; 0 for an empty one."""
    rows, ids, size = _ordered(data, segment_ids, "SegmentMean")
    return _divided(_sum(rows, ids, size), _counts(ids, size, rows))


@composite("math.segment_max")
def segment_max(data: Any, segment_ids: Any, name: Any = None) -> Any:
    """The largest entries of each (sorted) group; 0 for an empty one."""
    return _extreme_or_zero(data, segment_ids, True)


@composite("math.segment_min")
def segment_min(data: Any, segment_ids: Any, name: Any = None) -> Any:
    """The smallest entries of each (sorted) group; 0 for an empty one."""
    return _extreme_or_zero(data, segment_ids, False)


def _extreme_or_zero(data: Any, segment_ids: Any, largest: bool) -> Any:
    rows, ids, size = _ordered(data, segment_ids, "SegmentMax" if largest else "SegmentMin")
    found = _extreme(rows, ids, size, largest, _limits(rows.dtype)[0 if largest else 1])
    empty = (np.bincount(ids, minlength=size) == 0).reshape((-1,) + (1,) * (rows.shape.rank - 1))
    mask = tensor(np.broadcast_to(empty, tuple(found.shape)).copy(), dt.bool_)
    return tf.where(mask, tf.zeros_like(found), found)


@composite("math.segment_prod")
def segment_prod(data: Any, segment_ids: Any, name: Any = None) -> Any:
    """The product of the rows of each (sorted) group; 1 for an empty one."""
    return _product(*_ordered(data, segment_ids, "SegmentProd"))


@composite("math.unsorted_segment_sum")
def unsorted_segment_sum(data: Any, segment_ids: Any, num_segments: Any, name: Any = None) -> Any:
    """The sum of the rows of each group; rows with a negative group are dropped."""
    return _sum(*_unordered(data, segment_ids, num_segments, "UnsortedSegmentSum"))


@composite("math.unsorted_segment_mean")
def unsorted_segment_mean(data: Any, segment_ids: Any, num_segments: Any, name: Any = None) -> Any:
    """The mean of the rows of each group."""
    rows, ids, size = _unordered(data, segment_ids, num_segments, "UnsortedSegmentSum")
    counts = _counts(ids, size, rows)
    return _sum(rows, ids, size) / tf.maximum(counts, tf.ones_like(counts))


@composite("math.unsorted_segment_sqrt_n")
def unsorted_segment_sqrt_n(data: Any, segment_ids: Any, num_segments: Any, name: Any = None) -> Any:
    """The sum of the rows of each group, divided by the square root of their number."""
    rows, ids, size = _unordered(data, segment_ids, num_segments, "UnsortedSegmentSum")
    counts = _counts(ids, size, rows)
    return _sum(rows, ids, size) / tf.sqrt(tf.maximum(counts, tf.ones_like(counts)))


@composite("math.unsorted_segment_max")
def unsorted_segment_max(data: Any, segment_ids: Any, num_segments: Any, name: Any = None) -> Any:
    """The largest entries of each group; the lowest number of the dtype for an empty one."""
    rows, ids, size = _unordered(data, segment_ids, num_segments, "UnsortedSegmentMax")
    return _extreme(rows, ids, size, True, _limits(rows.dtype)[0])


@composite("math.unsorted_segment_min")
def unsorted_segment_min(data: Any, segment_ids: Any, num_segments: Any, name: Any = None) -> Any:
    """The smallest entries of each group; the highest number of the dtype for an empty one."""
    rows, ids, size = _unordered(data, segment_ids, num_segments, "UnsortedSegmentMin")
    return _extreme(rows, ids, size, False, _limits(rows.dtype)[1])


@composite("math.unsorted_segment_prod")
def unsorted_segment_prod(data: Any, segment_ids: Any, num_segments: Any, name: Any = None) -> Any:
    """The product of the rows of each group; 1 for an empty one."""
    return _product(*_unordered(data, segment_ids, num_segments, "UnsortedSegmentProd"))


@composite("dynamic_partition")
def dynamic_partition(data: Any, partitions: Any, num_partitions: int, name: Any = None) -> list[Any]:
    """Rows sorted into lists by their partition number."""
    op = "DynamicPartition"
    if (
        hasattr(partitions, "_numpy")
        and partitions.dtype is not dt.int32
        and not isinstance(data, list | tuple)
    ):
        raise errors.mismatch(op, 1, "int32", partitions.dtype.kernel)
    data, places = convert(data), convert(partitions, dt.int32)
    if num_partitions < 1:
        raise errors.refused(
            op, f"Value for attr 'num_partitions' of {num_partitions} must be at least minimum 1"
        )
    where = np.asarray(places._numpy())
    if tuple(data.shape[: where.ndim]) != where.shape:
        raise invalid(
            op, f"data.shape must start with partitions.shape, got data.shape = {_told(data.shape)}, partitions.shape = "
            f"{_told(where.shape)}",
        )  # fmt: skip
    wrong = np.argwhere((where < 0) | (where >= num_partitions))
    if len(wrong):
        at = wrong[0].tolist()
        raise invalid(op, f"partitions{_told(at)} = {int(where[tuple(at)])} is not in [0, {num_partitions})")
    rows = tf.reshape(data, [where.size, *data.shape.as_list()[where.ndim :]])
    return [tf.gather(rows, np.flatnonzero(where.reshape(-1) == part)) for part in range(num_partitions)]


@composite("dynamic_stitch")
def dynamic_stitch(indices: Sequence[Any], data: Sequence[Any], name: Any = None) -> Any:
    """Rows put where their indices say; the last one given wins."""
    op = "DynamicStitch"
    if len(data) != len(indices):
        raise ValueError(
            f"List argument 'data' to 'dynamic_stitch' Op with length {len(data)} must match length {len(indices)} of "
            "argument 'indices'."
        )
    if not len(indices):
        raise errors.refused(op, "OpKernel 'DynamicStitch' has constraint on attr 'T' not in NodeDef '[N=0]'")
    places = [np.asarray(convert(i, dt.int32)._numpy()) for i in indices]
    known = next((d.dtype for d in data if hasattr(d, "_numpy")), convert(data[0]).dtype)
    tensors = _stitched(places, [d if hasattr(d, "_numpy") else convert(d, known) for d in data], op)
    inner = tensors[0].shape.as_list()[places[0].ndim :]
    rows = tf.concat([tf.reshape(t, [p.size, *inner]) for t, p in zip(tensors, places, strict=True)], 0)
    flat = np.concatenate([p.reshape(-1) for p in places])
    return stitch(rows, flat)


def _stitch(rows: Any, flat: Any) -> Any:
    """Each row where its index says, the last one winning; zeros where none belongs."""
    size = int(flat.max()) + 1 if flat.size else 0
    made = np.zeros((size, *rows.shape[1:]), rows.dtype)
    if rows.dtype == object:
        made[...] = b""
    made[flat] = rows
    return made


# TensorFlow's gradient reaches also those rows that others have covered.
stitch = rule(
    "stitch", _stitch, on_tensors(lambda g, z, rows, flat: tf.gather(g, flat)), inputs=1, attrs=True, batched=False,
    dtypes=ANY, op="DynamicStitch", doc="Rows put at indices.",
)  # fmt: skip


def _stitched(places: list[Any], tensors: list[Any], op: str) -> list[Any]:
    """The tensors, if they fit their indices and one another."""
    first, place = tensors[0], places[0]
    for i, (t, p) in enumerate(zip(tensors, places, strict=True)):
        if t.dtype is not first.dtype:
            raise errors.mismatch(op, len(places) + i, first.dtype.kernel, t.dtype.kernel)
        if tuple(t.shape[: p.ndim]) != p.shape:
            raise invalid(
                op,
                f"data[{i}].shape = {_told(t.shape)} does not start with indices[{i}].shape = {_told(p.shape)}",
            )
        if t.shape[p.ndim :] != first.shape[place.ndim :]:
            raise invalid(
                op, f"Need data[0].shape[{place.ndim}:] = data[{i}].shape[{p.ndim}:], got data[0].shape = "
                f"{_told(first.shape)}, data[{i}].shape = {_told(t.shape)}, indices[0].shape = {_told(place.shape)}, "
                f"indices[{i}].shape = {_told(p.shape)}",
            )  # fmt: skip
    flat = np.concatenate([p.reshape(-1) for p in places])
    if (flat < 0).any():
        raise invalid(op, f"indices[{int(np.argmax(flat < 0))}] is out of range")
    return tensors
