"""What sparse tensors are used for in training: to and from dense ones, products, sums, and embeddings of their ids."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import PUBLIC, composite
from tfgrad_course.tf._errors import invalid
from tfgrad_course.tf._sparse import SparseTensor, ordered

PUBLIC["SparseTensor"] = PUBLIC["sparse.SparseTensor"] = SparseTensor


def _sparse(value: Any) -> SparseTensor:
    if not isinstance(value, SparseTensor):
        raise TypeError(f"Input must be a SparseTensor. Received: {value}")
    return value


def _shape_of(sp: SparseTensor) -> list[int]:
    return [int(n) for n in sp.dense_shape._numpy()]


@composite("sparse.from_dense")
def from_dense(tensor: Any, name: Any = None) -> SparseTensor:
    """The entries of a tensor that are not zero."""
    x = convert(tensor)
    places = np.argwhere(x._numpy() != (b"" if x.dtype is dt.string else 0))
    return SparseTensor(places, tf.gather_nd(x, places), np.array(x.shape.as_list(), np.int64))


@composite("sparse.to_dense")
def to_dense(
    sp_input: Any, default_value: Any = None, validate_indices: bool = True, name: Any = None
) -> Any:
    """The whole tensor."""
    sp = _sparse(sp_input)
    shape, places = _shape_of(sp), sp.indices._numpy()
    if validate_indices:
        _checked(places, shape)
    filler = convert(
        ("" if sp.dtype is dt.string else 0) if default_value is None else default_value, sp.dtype
    )
    return tf.tensor_scatter_nd_update(tf.fill(shape, filler), places, sp.values)


def _checked(places: Any, shape: list[int]) -> None:
    """InvalidArgumentError unless the places lie inside, in order and without repetition."""
    for i, place in enumerate(places):
        told = f"indices[{i}] = [{','.join(map(str, place))}]"
        if any(not 0 <= p < n for p, n in zip(place, shape, strict=True)):
            raise invalid(
                "SparseToDense", f"{told} is out of bounds: need 0 <= index < [{','.join(map(str, shape))}]"
            )
        if i and tuple(place) <= tuple(places[i - 1]):
            how = "repeated" if tuple(place) == tuple(places[i - 1]) else "out of order"
            raise invalid("SparseToDense", f"{told} is {how}. Many sparse ops require sorted indices.")


@composite("sparse.reorder")
def reorder(sp_input: Any, name: Any = None) -> SparseTensor:
    """The same entries by row and column."""
    sp = _sparse(sp_input)
    order = ordered(sp)
    return SparseTensor(tf.gather(sp.indices, order), tf.gather(sp.values, order), sp.dense_shape)


@composite("sparse.transpose")
def transpose_sparse(sp_input: Any, perm: Any = None, name: Any = None) -> SparseTensor:
    """Axes in another order."""
    sp = _sparse(sp_input)
    rank = sp.indices.shape[1]
    axes = list(range(rank))[::-1] if perm is None else [int(i) for i in convert(perm)._numpy()]
    turned = SparseTensor(tf.gather(sp.indices, axes, axis=1), sp.values, tf.gather(sp.dense_shape, axes))
    return reorder(turned)


@composite("sparse.reshape")
def reshape_sparse(sp_input: Any, shape: Any, name: Any = None) -> SparseTensor:
    """The same entries in another shape."""
    sp = _sparse(sp_input)
    have, want = _shape_of(sp), [int(n) for n in convert(shape)._numpy()]
    total = int(np.prod(have))
    if -1 in want:
        rest = int(np.prod([n for n in want if n != -1]))
        want = [total // max(rest, 1) if n == -1 else n for n in want]
    if int(np.prod(want)) != total:
        raise invalid(
            "SparseReshape",
            f"Input to reshape is a tensor with {total} dense values, but the requested shape has {int(np.prod(want))}",
        )
    flat = np.ravel_multi_index(tuple(sp.indices._numpy().T), tuple(have))
    places = np.stack(np.unravel_index(flat, tuple(want)), -1)
    return SparseTensor(places, sp.values, np.array(want, np.int64))


@composite("sparse.reduce_sum")
def reduce_sum_sparse(
    sp_input: Any, axis: Any = None, keepdims: Any = None, output_is_sparse: bool = False, name: Any = None
) -> Any:
    """Sums over axes."""
    summed = tf.reduce_sum(to_dense(sp_input, validate_indices=False), axis=axis, keepdims=bool(keepdims))
    return from_dense(summed) if output_is_sparse else summed


@composite("sparse.retain")
def retain(sp_input: Any, to_retain: Any) -> SparseTensor:
    """Some of the entries."""
    sp = _sparse(sp_input)
    places = np.flatnonzero(convert(to_retain)._numpy())
    return SparseTensor(tf.gather(sp.indices, places), tf.gather(sp.values, places), sp.dense_shape)


@composite("sparse.fill_empty_rows")
def fill_empty_rows(sp_input: Any, default_value: Any, name: Any = None) -> tuple[SparseTensor, Any]:
    """An entry for each row that has none, and which rows these were."""
    sp = _sparse(sp_input)
    shape = _shape_of(sp)
    filled = np.zeros(shape[0], bool)
    filled[sp.indices._numpy()[:, 0]] = True
    missing = np.flatnonzero(~filled)
    places = np.zeros((len(missing), len(shape)), np.int64)
    places[:, 0] = missing
    extra = tf.fill([len(missing)], convert(default_value, sp.dtype))
    whole = SparseTensor(tf.concat([sp.indices, places], 0), tf.concat([sp.values, extra], 0), sp.dense_shape)
    return reorder(whole), tf.constant(~filled)


@composite("sparse.sparse_dense_matmul")
def sparse_dense_matmul(
    sp_a: Any, b: Any, adjoint_a: bool = False, adjoint_b: bool = False, name: Any = None
) -> Any:
    """A sparse matrix times a dense one."""
    if isinstance(b, SparseTensor):
        return tf.linalg.adjoint(sparse_dense_matmul(b, sp_a, not adjoint_b, not adjoint_a))
    sp = _sparse(sp_a)
    rows, columns = (0, 1) if not adjoint_a else (1, 0)
    dense = tf.linalg.adjoint(convert(b)) if adjoint_b else convert(b, sp.dtype)
    shape, places = _shape_of(sp), sp.indices._numpy()
    if dense.shape[0] != shape[columns]:
        raise invalid(
            "SparseTensorDenseMatMul",
            f"Cannot multiply A and B because inner dimension does not match: {shape[columns]} vs. {dense.shape[0]}.  Did you "
            "forget a transpose?  Dimensions of A: "
            f"[{shape[0]}, {shape[1]}).  Dimensions of B: [{','.join(map(str, dense.shape))}]",
        )  # fmt: skip
    values = tf.math.conj(sp.values) if adjoint_a and sp.dtype.is_complex else sp.values
    # The identity makes the gradient of the dense factor dense.
    products = tf.expand_dims(values, -1) * tf.gather(tf.identity(dense), places[:, columns])
    return tf.math.unsorted_segment_sum(products, places[:, rows], shape[rows])


# Embeddings of sparse ids ------------------------------------------------------------------------------

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
    shape = _shape_of(sparse_ids)
    flat = [int(np.prod(shape[:-1])), shape[-1]]
    ids = reshape_sparse(sparse_ids, flat)
    weights = None
    if sparse_weights is not None:
        if sparse_weights.values.shape[0] != ids.values.shape[0]:
            have, want = ids.values.shape[0], sparse_weights.values.shape[0]
            raise ValueError(f"Dimensions {have} and {want} are not compatible")
        weights = SparseTensor(ids.indices, sparse_weights.values, ids.dense_shape)
    valid = ids.values._numpy() >= 0
    if weights is not None and combiner != "sum":
        valid = valid & (weights.values._numpy() > 0)
    ids, weights = retain(ids, valid), None if weights is None else retain(weights, valid)
    ids, empty = fill_empty_rows(ids, 0 if default_id is None else default_id)
    if weights is not None:
        weights, _ = fill_empty_rows(weights, 1.0)
    found = embedding_lookup_sparse(tables, ids, weights, combiner, max_norm)
    if default_id is None:
        lifted = tf.reshape(empty, [-1, *[1] * (found.shape.rank - 1)])
        found = tf.where(lifted, tf.zeros_like(found), found)
    return tf.reshape(found, [*shape[:-1], *found.shape.as_list()[1:]])


def _of_dtype(table: Any, kind: Any) -> Any:
    return (
        table if getattr(table, "dtype", None) is kind and hasattr(table, "assign") else convert(table, kind)
    )
