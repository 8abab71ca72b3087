"""Embeddings of sparse ids: for each row of ids the combined rows of a table."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite
from tfgrad_course.tf._errors import invalid
from tfgrad_course.tf._sparse import SparseTensor

_COMBINERS = ("mean", "sqrtn", "sum")


def _looked_up(params: Any, ids: Any, max_norm: Any, weighted: bool) -> Any:
    """Rows of the table for each of the unique ids, and which of these each id is."""
    numbers = ids._numpy()
    unique, first, which = np.unique(numbers, return_index=True, return_inverse=True)
    parts = params if isinstance(params, list) else [params]
    # Unweighted rows of one table are read in rising order, others as they come: the gradient's slices show it.
    rising = not weighted and max_norm is None and len(parts) == 1
    order = np.arange(len(unique)) if rising else np.argsort(first, kind="stable")
    rank = np.argsort(order, kind="stable")
    total = sum(int(part.shape[0]) for part in map(_shaped, parts)) if parts else 0
    for i, n in enumerate(unique[order]):
        if parts and not 0 <= n < total:
            raise invalid("ResourceGather", f"Bad: indices[{i}] == {n} out of range [0, {total})")
    return tf.nn.embedding_lookup(params, unique[order], max_norm=max_norm), rank[which]


def _shaped(part: Any) -> Any:
    return part if hasattr(part, "shape") else convert(part)


def _combined(rows: Any, weights: Any, segments: Any, combiner: str) -> Any:
    """Weighted sums of the rows of each segment, divided as the combiner wants."""
    lift = [1] * (rows.shape.rank - 1)
    scale = tf.reshape(weights, [-1, *lift])
    summed = tf.math.segment_sum(rows * scale, segments)
    if combiner == "sum":
        return summed
    below = scale if combiner == "mean" else tf.square(scale)
    total = tf.math.segment_sum(below, segments)
    return tf.math.divide_no_nan(summed, total if combiner == "mean" else tf.sqrt(total))


@composite("nn.embedding_lookup_sparse")
def embedding_lookup_sparse(
    params: Any, sp_ids: Any, sp_weights: Any, combiner: Any = None, max_norm: Any = None, name: Any = None,
    allow_fast_lookup: bool = False,
) -> Any:  # fmt: skip
    """For each row of ids the (weighted) sum, mean or root-n-scaled sum of their rows of a table."""
    combiner = "mean" if combiner is None else combiner
    if combiner not in _COMBINERS:
        raise ValueError(f"combiner must be one of 'mean', 'sqrtn' or 'sum', got {combiner}")
    if isinstance(params, list | tuple) and not params:
        raise ValueError("Length of params is currently 0. Need at least one param.")
    if params is None:
        convert(None)
    if not isinstance(sp_ids, SparseTensor):
        raise TypeError(f"sp_ids must be SparseTensor, got {type(sp_ids)}")
    if sp_weights is not None:
        if not isinstance(sp_weights, SparseTensor):
            raise TypeError(f"sp_weights must be either None or SparseTensor,got {type(sp_weights)}")
        for part in ("values", "indices", "dense_shape"):
            getattr(sp_ids, part).shape.assert_is_compatible_with(getattr(sp_weights, part).shape)
    found, which = _looked_up(
        list(params) if isinstance(params, tuple) else params, sp_ids.values, max_norm, sp_weights is not None
    )
    kind = found.dtype
    if kind in (dt.float16, dt.bfloat16):
        found = tf.cast(found, dt.float32)
    rows = tf.gather(found, which)
    weights = (
        tf.ones([len(which)], rows.dtype) if sp_weights is None else tf.cast(sp_weights.values, rows.dtype)
    )
    return tf.cast(_combined(rows, weights, sp_ids.indices[:, 0], combiner), kind)


@composite("nn.safe_embedding_lookup_sparse")
def safe_embedding_lookup_sparse(
    embedding_weights: Any, sparse_ids: Any, sparse_weights: Any = None, combiner: Any = "mean", default_id: Any = None,
    max_norm: Any = None, name: Any = None, allow_fast_lookup: bool = False,
) -> Any:  # fmt: skip
    """embedding_lookup_sparse that passes over ids and weights that are none; rows without any are zero, or the default's."""
    if embedding_weights is None:
        raise ValueError(f"Missing embedding_weights {embedding_weights}.")
    tables = list(embedding_weights) if isinstance(embedding_weights, list | tuple) else [embedding_weights]
    if not tables:
        raise ValueError(f"Missing embedding_weights {embedding_weights}.")
    if sparse_weights is not None:
        tables = [t if t is None else _of_dtype(t, sparse_weights.dtype) for t in tables]
    shape = [int(n) for n in sparse_ids.dense_shape._numpy()]
    flat = [int(np.prod(shape[:-1])), shape[-1]]
    ids = tf.sparse.reshape(sparse_ids, flat)
    weights = None
    if sparse_weights is not None:
        if sparse_weights.values.shape[0] != ids.values.shape[0]:
            have, want = ids.values.shape[0], sparse_weights.values.shape[0]
            raise ValueError(f"Dimensions {have} and {want} are not compatible")
        weights = SparseTensor(ids.indices, sparse_weights.values, ids.dense_shape)
    valid = ids.values._numpy() >= 0
    if weights is not None and combiner != "sum":
        valid = valid & (weights.values._numpy() > 0)
    ids, weights = tf.sparse.retain(ids, valid), None if weights is None else tf.sparse.retain(weights, valid)
    ids, empty = tf.sparse.fill_empty_rows(ids, 0 if default_id is None else default_id)
    if weights is not None:
        weights, _ = tf.sparse.fill_empty_rows(weights, 1.0)
    found = embedding_lookup_sparse(tables, ids, weights, combiner, max_norm)
    if default_id is None:
        lifted = tf.reshape(empty, [-1, *[1] * (found.shape.rank - 1)])
        found = tf.where(lifted, tf.zeros_like(found), found)
    return tf.reshape(found, [*shape[:-1], *found.shape.as_list()[1:]])


def _of_dtype(table: Any, kind: Any) -> Any:
    return (
        table if getattr(table, "dtype", None) is kind and hasattr(table, "assign") else convert(table, kind)
    )
