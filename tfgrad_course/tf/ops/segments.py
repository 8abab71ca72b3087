"""Sums, means and extremes over groups of rows, and the partition of rows into groups and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite
from tfgrad_course.tf._tensor import tensor


def _ids(segment_ids: Any, rows: int, ordered: bool) -> Any:
    ids = convert(segment_ids).numpy()
    if ordered:
        if ids.ndim != 1 or len(ids) != rows:
            raise errors.InvalidArgumentError(
                None, None, "segment_ids should be the same size as dimension 0 of input."
            )
        if ids.size and (np.diff(ids) < 0).any():
            raise errors.InvalidArgumentError(None, None, "segment ids are not increasing")
    return ids


def _groups(data: Any, segment_ids: Any, count: Any, ordered: bool) -> tuple[Any, Any, int]:
    data = convert(data)
    ids = _ids(segment_ids, data.shape[0] if data.shape.rank else 0, ordered)
    if count is None:
        size = int(ids.max()) + 1 if ids.size else 0
    else:
        size = int(count.numpy()) if hasattr(count, "numpy") else int(count)
    if not ordered and tuple(data.shape[: ids.ndim]) != ids.shape:
        raise errors.InvalidArgumentError(
            None, None, f"data.shape = {data.shape} does not start with segment_ids.shape = {list(ids.shape)}"
        )
    if not ordered and ids.size and ids.max() >= size:
        raise errors.InvalidArgumentError(
            None, None, f"segment_ids[{int(ids.argmax())}] = {int(ids.max())} is out of range [0, {size})"
        )
    if ids.ndim > 1:
        data = tf.reshape(data, [-1, *data.shape.as_list()[ids.ndim :]])
        ids = ids.reshape(-1)
    if (ids < 0).any():
        kept = np.flatnonzero(ids >= 0)
        data, ids = tf.gather(data, kept), ids[kept]
    return data, ids, size


def _sum(data: Any, ids: Any, size: int) -> Any:
    return tf.scatter_nd(ids[:, None].astype(np.int32), data, [size, *data.shape.as_list()[1:]])


def _counts(ids: Any, size: int, data: Any) -> Any:
    counts = (
        np.bincount(ids, minlength=size).astype(data.dtype.np).reshape((size,) + (1,) * (data.shape.rank - 1))
    )
    return tensor(counts, data.dtype)


def _extreme(data: Any, ids: Any, size: int, largest: bool, empty: Any) -> Any:
    """Ties share the gradient, as reduce_max does."""
    values = data.numpy()
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
        members = np.flatnonzero(ids == group)
        rows.append(tf.reduce_prod(tf.gather(data, members), 0))
    return tf.stack(rows) if rows else tf.gather(data, np.zeros(0, np.int32))


def _limits(dtype: Any) -> tuple[Any, Any]:
    if dtype.is_floating:
        info = np.finfo(np.float32 if dtype.name == "bfloat16" else dtype.np)
        return info.min, info.max
    info_int = np.iinfo(dtype.np)
    return info_int.min, info_int.max


@composite("math.segment_sum", sample=[[[1.0], [2.0]], [0, 0]])
def segment_sum(data: Any, segment_ids: Any, name: Any = None) -> Any:
    """The sum of the rows of each (sorted) group."""
    return _sum(*_groups(data, segment_ids, None, True))


@composite("math.segment_mean")
def segment_mean(data: Any, segment_ids: Any, name: Any = None) -> Any:
    """The mean of the rows of each (sorted) group; 0 for an empty one."""
    rows, ids, size = _groups(data, segment_ids, None, True)
    counts = _counts(ids, size, rows)
    return _sum(rows, ids, size) / tf.maximum(counts, tf.ones_like(counts))


@composite("math.segment_max")
def segment_max(data: Any, segment_ids: Any, name: Any = None) -> Any:
    """The largest entries of each (sorted) group; 0 for an empty one."""
    return _extreme_or_zero(data, segment_ids, True)


@composite("math.segment_min")
def segment_min(data: Any, segment_ids: Any, name: Any = None) -> Any:
    """The smallest entries of each (sorted) group; 0 for an empty one."""
    return _extreme_or_zero(data, segment_ids, False)


def _extreme_or_zero(data: Any, segment_ids: Any, largest: bool) -> Any:
    rows, ids, size = _groups(data, segment_ids, None, True)
    found = _extreme(rows, ids, size, largest, _limits(rows.dtype)[0 if largest else 1])
    empty = (np.bincount(ids, minlength=size) == 0).reshape((-1,) + (1,) * (rows.shape.rank - 1))
    mask = tensor(np.broadcast_to(empty, tuple(found.shape)).copy(), dt.bool_)
    return tf.where(mask, tf.zeros_like(found), found)


@composite("math.segment_prod")
def segment_prod(data: Any, segment_ids: Any, name: Any = None) -> Any:
    """The product of the rows of each (sorted) group; 1 for an empty one."""
    return _product(*_groups(data, segment_ids, None, True))


@composite("math.unsorted_segment_sum")
def unsorted_segment_sum(data: Any, segment_ids: Any, num_segments: Any, name: Any = None) -> Any:
    """The sum of the rows of each group; rows with a negative group are dropped."""
    return _sum(*_groups(data, segment_ids, num_segments, False))


@composite("math.unsorted_segment_mean")
def unsorted_segment_mean(data: Any, segment_ids: Any, num_segments: Any, name: Any = None) -> Any:
    """The mean of the rows of each group."""
    rows, ids, size = _groups(data, segment_ids, num_segments, False)
    counts = _counts(ids, size, rows)
    return _sum(rows, ids, size) / tf.maximum(counts, tf.ones_like(counts))


@composite("math.unsorted_segment_sqrt_n")
def unsorted_segment_sqrt_n(data: Any, segment_ids: Any, num_segments: Any, name: Any = None) -> Any:
    """The sum of the rows of each group, divided by the square root of their number."""
    rows, ids, size = _groups(data, segment_ids, num_segments, False)
    counts = _counts(ids, size, rows)
    return _sum(rows, ids, size) / tf.sqrt(tf.maximum(counts, tf.ones_like(counts)))


@composite("math.unsorted_segment_max")
def unsorted_segment_max(data: Any, segment_ids: Any, num_segments: Any, name: Any = None) -> Any:
    """The largest entries of each group; the lowest number of the dtype for an empty one."""
    rows, ids, size = _groups(data, segment_ids, num_segments, False)
    return _extreme(rows, ids, size, True, _limits(rows.dtype)[0])


@composite("math.unsorted_segment_min")
def unsorted_segment_min(data: Any, segment_ids: Any, num_segments: Any, name: Any = None) -> Any:
    """The smallest entries of each group; the highest number of the dtype for an empty one."""
    rows, ids, size = _groups(data, segment_ids, num_segments, False)
    return _extreme(rows, ids, size, False, _limits(rows.dtype)[1])


@composite("math.unsorted_segment_prod")
def unsorted_segment_prod(data: Any, segment_ids: Any, num_segments: Any, name: Any = None) -> Any:
    """The product of the rows of each group; 1 for an empty one."""
    return _product(*_groups(data, segment_ids, num_segments, False))


@composite("dynamic_partition")
def dynamic_partition(data: Any, partitions: Any, num_partitions: int, name: Any = None) -> list[Any]:
    """Rows sorted into lists by their partition number."""
    data, where = convert(data), convert(partitions).numpy()
    if tuple(data.shape[: where.ndim]) != where.shape:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"data.shape must start with partitions.shape, got data.shape = {data.shape}, partitions.shape = {list(where.shape)}",
        )
    if where.size and (where.min() < 0 or where.max() >= num_partitions):
        raise errors.InvalidArgumentError(
            None,
            None,
            f"partitions{list(np.argwhere((where < 0) | (where >= num_partitions))[0])} is not in [0, {num_partitions})",
        )
    rows = tf.reshape(data, [-1, *data.shape.as_list()[where.ndim :]])
    return [tf.gather(rows, np.flatnonzero(where.reshape(-1) == part)) for part in range(num_partitions)]


@composite("dynamic_stitch")
def dynamic_stitch(indices: Sequence[Any], data: Sequence[Any], name: Any = None) -> Any:
    """Rows put where their indices say; the last one given wins."""
    places = [convert(i).numpy() for i in indices]
    tensors = [convert(d) for d in data]
    inner = tensors[0].shape.as_list()[places[0].ndim :]
    rows = tf.concat([tf.reshape(t, [-1, *inner]) for t in tensors], 0)
    flat = np.concatenate([p.reshape(-1) for p in places]) if places else np.zeros(0, np.int32)
    size = int(flat.max()) + 1 if flat.size else 0
    last = np.full(size, -1)
    last[flat] = np.arange(flat.size)
    filled = np.flatnonzero(last >= 0)
    picked = tf.gather(rows, last[filled])
    return (
        picked
        if len(filled) == size
        else tf.scatter_nd(filled[:, None].astype(np.int32), picked, [size, *inner])
    )
