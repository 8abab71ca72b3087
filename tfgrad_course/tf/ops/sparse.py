"""tf.sparse: sparse tensors made, rearranged, added, reduced and multiplied; gradients go through their values."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert, operand
from tfgrad_course.tf._declare import PUBLIC, composite
from tfgrad_course.tf._errors import invalid, mismatch, not_allowed
from tfgrad_course.tf._sparse import SparseTensor, SparseTensorSpec, SparseTensorValue, rows_in_order
from tfgrad_course.tf._tensor import tensor
from tfgrad_course.tf.ops.layout import Places, pick

PUBLIC |= {
    "SparseTensor": SparseTensor,
    "sparse.SparseTensor": SparseTensor,
    "SparseTensorSpec": SparseTensorSpec,
}


def _sparse(value: Any) -> SparseTensor:
    if isinstance(value, SparseTensorValue):
        return SparseTensor.from_value(value)
    if not isinstance(value, SparseTensor):
        raise TypeError("Input must be a SparseTensor.")
    return value


def _at(x: SparseTensor) -> np.ndarray:
    return np.asarray(x.indices._v)


def _size(x: SparseTensor) -> list[int]:
    return list(x.dense_shape._v.tolist())


def _made(indices: Any, values: Any, shape: Any) -> SparseTensor:
    rank = len(shape)
    places = np.asarray(indices, np.int64).reshape(len(indices), rank)
    return SparseTensor(places, values, np.asarray(shape, np.int64))


def _take(values: Any, order: Any) -> Any:
    """Entries by number, with a gradient that is dense."""
    return pick(values, Places(np.asarray(order, np.int64).reshape(-1, 1)))


def _told(shape: Any) -> str:
    return "[" + ",".join(map(str, shape)) + "]"


# Dense and back ------------------------------------------------------------------------------------------


@composite("sparse.from_dense")
def from_dense(tensor: Any, name: Any = None) -> SparseTensor:
    """The entries of a tensor that are not zero (or empty)."""
    x = convert(tensor)
    if not x.shape.rank:
        raise invalid("Where", "WhereOp : Unhandled input dimensions: 0")
    places = np.argwhere(x._v != (b"" if x.dtype is dt.string else 0))
    return _made(places, pick(x, Places(places)), x.shape.as_list())


@composite("sparse.to_dense")
def to_dense(
    sp_input: Any, default_value: Any = None, validate_indices: bool = True, name: Any = None
) -> Any:
    """The whole tensor, what is not given being `default_value`."""
    x, op = _sparse(sp_input), "SparseToDense"
    at, shape = _at(x), _size(x)
    for i, row in enumerate(at):
        if (row < 0).any() or (row >= shape).any():
            raise invalid(
                op, f"indices[{i}] = {_told(row)} is out of bounds: need 0 <= index < {_told(shape)}"
            )
        if i and validate_indices:
            _in_order(at, i, op)
    blank = b"" if x.dtype is dt.string else False if x.dtype.is_bool else 0
    rest = convert(blank if default_value is None else default_value, x.dtype)
    whole = tf.fill(shape, rest)
    return tf.tensor_scatter_nd_update(whole, at, x.values) if len(at) else whole


def _in_order(at: Any, i: int, op: str) -> None:
    last, row = tuple(at[i - 1]), tuple(at[i])
    if row == last:
        raise invalid(op, f"indices[{i}] = {_told(row)} is repeated")
    if row < last:
        raise invalid(
            op, f"indices[{i}] = {_told(row)} is out of order. Many sparse ops require sorted indices.\n"
            "    Use `tf.sparse.reorder` to create a correctly ordered copy.",
        )  # fmt: skip


@composite("sparse.eye")
def eye(num_rows: Any, num_columns: Any = None, dtype: Any = dt.float32, name: Any = None) -> SparseTensor:
    """Ones on the diagonal."""
    rows = int(num_rows)
    columns = rows if num_columns is None else int(num_columns)
    at = np.arange(min(rows, columns))
    return _made(np.stack([at, at], 1), tf.ones([len(at)], dtype), [rows, columns])


# Rearranging ---------------------------------------------------------------------------------------------


@composite("sparse.reorder")
def reorder(sp_input: Any, name: Any = None) -> SparseTensor:
    """The entries in the order of their places."""
    x = _sparse(sp_input)
    order = rows_in_order(_at(x))
    return _made(_at(x)[order], _take(x.values, order), _size(x))


@composite("sparse.transpose")
def transpose(sp_input: Any, perm: Any = None, name: Any = None) -> SparseTensor:
    """The axes in another order."""
    x = _sparse(sp_input)
    rank = len(_size(x))
    order = list(range(rank))[::-1] if perm is None else [int(p) for p in convert(perm)._v]
    if len(order) != rank:
        raise ValueError(f"Dimensions {len(order)} and {rank} are not compatible")
    return reorder(_made(_at(x)[:, order], x.values, [_size(x)[p] for p in order]))


@composite("sparse.reshape")
def reshape(sp_input: Any, shape: Any, name: Any = None) -> SparseTensor:
    """The same entries in another shape."""
    x, op = _sparse(sp_input), "SparseReshape"
    have, want = _size(x), [int(n) for n in convert(shape)._v]
    total, free = int(np.prod(have)), [i for i, n in enumerate(want) if n == -1]
    if len(free) > 1:
        raise invalid(op, f"only one output dimension may be -1, not both {free[0]} and {free[1]}")
    if free:
        rest = int(np.prod([n for n in want if n != -1]))
        want[free[0]] = total // rest if rest else 0
        if want[free[0]] * rest != total:
            raise invalid(
                op, f"Input to reshape is a SparseTensor with {total} dense values, but the requested shape requires a "
                f"multiple of {rest}. input_shape={_told(have)} output_shape={_told(want)}",
            )  # fmt: skip
    elif int(np.prod(want)) != total:
        raise invalid(
            op, f"Input to reshape is a tensor with {total} dense values, but the requested shape has "
            f"{int(np.prod(want))}. input_shape={_told(have)} output_shape={_told(want)}",
        )  # fmt: skip
    at = _at(x)
    flat = np.ravel_multi_index(tuple(at.T), have) if len(at) else np.zeros(0, np.int64)
    return _made(np.stack(np.unravel_index(flat, want), 1) if len(at) else [], x.values, want)


@composite("sparse.expand_dims")
def expand_dims(sp_input: Any, axis: Any = None, name: Any = None) -> SparseTensor:
    """One axis of length one more."""
    x = _sparse(sp_input)
    rank = len(_size(x))
    at = -1 if axis is None else int(axis)
    if not -rank - 1 <= at <= rank:
        raise invalid("Slice", f"Expected size[1] in [0, {rank}], but got {at}")
    at = at + rank + 1 if at < 0 else at
    return _made(np.insert(_at(x), at, 0, 1), x.values, [*_size(x)[:at], 1, *_size(x)[at:]])


@composite("sparse.concat")
def concat(axis: int, sp_inputs: Any, expand_nonconcat_dims: bool = False, name: Any = None) -> SparseTensor:
    """Sparse tensors one after the other along an axis."""
    parts, op = [_sparse(x) for x in sp_inputs], "SparseConcat"
    if len(parts) == 1:
        return parts[0]
    sizes = [_size(x) for x in parts]
    rank = len(sizes[0])
    if not -rank <= axis < rank:
        raise invalid(op, f"Concat dimension must be in range [{-rank}, {rank}), got {axis}")
    at = axis % rank
    shape = np.max(sizes, 0).tolist()
    for i, size in enumerate(sizes):
        for d in range(rank):
            if d != at and size[d] != sizes[0][d] and not expand_nonconcat_dims:
                raise invalid(
                    op, f"Input shapes must match: expected {sizes[0][d]} for dimension {d} but got {size[d]} at "
                    f"position {i}",
                )  # fmt: skip
    starts = np.cumsum([0, *(size[at] for size in sizes)])
    moved = []
    for x, start in zip(parts, starts, strict=False):
        index = _at(x).copy()
        index[:, at] += start
        moved.append(index)
    shape[at] = int(starts[-1])
    return reorder(_made(np.concatenate(moved), tf.concat([x.values for x in parts], 0), shape))


@composite("sparse.split")
def split(
    sp_input: Any = None, num_split: Any = None, axis: Any = None, name: Any = None
) -> list[SparseTensor]:
    """Consecutive parts along an axis, the first ones larger if they do not come out even."""
    for word, given in (("sp_input", sp_input), ("num_split", num_split), ("axis", axis)):
        if given is None:
            raise ValueError(f"{word} is required")
    x, count = _sparse(sp_input), int(num_split)
    at = int(axis) % len(_size(x))
    size = _size(x)[at]
    if not 1 <= count <= size:
        raise invalid(
            "SparseSplit",
            f"Input num_split should be between 1 and the splitting dimension size ({size}), got {count}",
        )
    ends = np.cumsum([0, *(size // count + (i < size % count) for i in range(count))])
    made = []
    for low, high in zip(ends, ends[1:], strict=False):  # noqa: RUF007
        start, length = [0] * len(_size(x)), _size(x)
        start[at], length[at] = int(low), int(high - low)
        made.append(slice_(x, start, length))
    return made


@composite("sparse.slice")
def slice_(sp_input: Any, start: Any, size: Any, name: Any = None) -> SparseTensor:
    """The part that begins at `start` and is of a size at most."""
    x = _sparse(sp_input)
    low, many = (np.asarray(convert(v)._v, np.int64) for v in (start, size))
    shape = np.maximum(np.minimum(many, np.array(_size(x)) - low), 0)
    inside = ((_at(x) >= low) & (_at(x) < low + shape)).all(1)
    order = np.flatnonzero(inside)
    return _made(_at(x)[order] - low, _take(x.values, order), shape)


@composite("sparse.retain")
def retain(sp_input: Any, to_retain: Any) -> SparseTensor:
    """The entries that are marked."""
    x, marked = _sparse(sp_input), np.asarray(convert(to_retain)._v)
    if len(marked) != len(_at(x)):
        raise ValueError(f"Dimensions {len(_at(x))} and {len(marked)} are not compatible")
    order = np.flatnonzero(marked)
    return _made(_at(x)[order], _take(x.values, order), _size(x))


@composite("sparse.reset_shape")
def reset_shape(sp_input: Any, new_shape: Any = None) -> SparseTensor:
    """The same entries in a larger shape, or in the smallest that holds them."""
    x = _sparse(sp_input)
    if new_shape is None:
        return _made(_at(x), x.values, _at(x).max(0, initial=-1) + 1)
    want, have = [int(n) for n in convert(new_shape)._v], _size(x)
    if len(want) != len(have):
        raise ValueError(f"Dimensions {len(want)} and {len(have)} are not compatible")
    if any(n < m for n, m in zip(want, have, strict=True)):
        told = [str(np.array(v)) for v in (have, want)]
        raise ValueError(
            f"Requested new_shape should have dimension sizes >= sp_input.shape. Found new_shape ({told[0]}), "
            f"sp_input.shape ({told[1]})."
        )
    return _made(_at(x), x.values, want)


@composite("sparse.fill_empty_rows")
def fill_empty_rows(sp_input: Any, default_value: Any, name: Any = None) -> tuple[SparseTensor, Any]:
    """A first entry for each row that has none, and which rows had none."""
    x = _sparse(sp_input)
    default = convert(default_value, None if hasattr(default_value, "dtype") else x.dtype)
    if default.shape.rank:
        raise invalid("SparseFillEmptyRows", f"default_value must be a scalar, saw: {_told(default.shape)}")
    count = _size(x)[0]
    empty = np.bincount(_at(x)[:, 0], minlength=count)[:count] == 0
    more = np.zeros((int(empty.sum()), len(_size(x))), np.int64)
    more[:, 0] = np.flatnonzero(empty)
    at = np.concatenate([_at(x), more])
    order = np.argsort(at[:, 0], kind="stable")
    values = tf.concat([x.values, tf.fill([len(more)], default)], 0)
    return _made(at[order], _take(values, order), _size(x)), tensor(empty, dt.bool_)


@composite("sparse.mask")
def mask(a: Any, mask_indices: Any, name: Any = None) -> Any:
    """IndexedSlices without the rows whose indices are masked."""
    gone = np.asarray(convert(mask_indices)._v)
    kept = np.flatnonzero(~np.isin(convert(a.indices)._v, gone))
    return tf.IndexedSlices(tf.gather(a.values, kept), tf.gather(a.indices, kept), a.dense_shape)


@composite("sparse.map_values")
def map_values(op: Any, *args: Any, **kwargs: Any) -> SparseTensor:
    """A function of the values, at the same places."""
    given = [v for v in (*args, *kwargs.values()) if isinstance(v, SparseTensor)]
    if not given:
        raise ValueError("No SparseTensor in argument list of map_values")
    first = given[0]
    for one in given[1:]:
        if _at(one).shape != _at(first).shape:
            raise invalid(
                "Equal", f"Incompatible shapes: {_told(_at(first).shape)} vs. {_told(_at(one).shape)}"
            )
        if (_at(one) != _at(first)).any() or _size(one) != _size(first):
            raise invalid("Assert", "All SparseTensors must have the same indices and shape")

    def plain(v: Any) -> Any:
        return v.values if isinstance(v, SparseTensor) else v

    return first.with_values(op(*map(plain, args), **{k: plain(v) for k, v in kwargs.items()}))


# Sums, extremes, products ----------------------------------------------------------------------------------


def _merged(x: SparseTensor, y: SparseTensor, op: str) -> tuple[list[Any], list[int], list[int]]:
    """Places of both (each in order), and for each entry of x and of y its place among them."""
    if x.dtype is not y.dtype:
        raise mismatch(op, 4, x.dtype.kernel, y.dtype.kernel)
    if len(_size(x)) != len(_size(y)):
        raise invalid(
            op, f"Input indices must have the same dimension, got {len(_size(x))} and {len(_size(y))}"
        )
    for d, (n, m) in enumerate(zip(_size(x), _size(y), strict=True)):
        if n != m:
            raise invalid(op, f"Operands' shapes do not match: got {n} and {m} for dimension {d}")
    a, b = [tuple(r) for r in _at(x).tolist()], [tuple(r) for r in _at(y).tolist()]
    places: list[Any] = []
    left, right, i, j = [], [], 0, 0
    while i < len(a) or j < len(b):
        take_a = i < len(a) and (j == len(b) or a[i] <= b[j])
        take_b = j < len(b) and (i == len(a) or b[j] <= a[i])
        if take_a:
            left.append(len(places))
        if take_b:
            right.append(len(places))
        places.append(a[i] if take_a else b[j])
        i, j = i + take_a, j + take_b
    return places, left, right


@composite("sparse.add")
def add(a: Any, b: Any, threshold: Any = 0) -> Any:
    """The sum of sparse tensors (sparse), or of a sparse and a dense one (dense)."""
    if not isinstance(a, SparseTensor) and not isinstance(b, SparseTensor):
        raise TypeError("At least one input should be SparseTensor; do you mean to use tf.add()?")
    if isinstance(a, SparseTensor) and isinstance(b, SparseTensor):
        places, left, right = _merged(a, b, "SparseAdd")
        total = tf.scatter_nd(
            np.array([*left, *right], np.int64)[:, None], tf.concat([a.values, b.values], 0), [len(places)]
        )
        # (what stands in one of them alone is kept, however small)
        alone = np.bincount([*left, *right], minlength=len(places)) < 2
        kept = np.flatnonzero(alone | (np.abs(total._v) >= np.asarray(threshold)))
        return _made(
            np.array(places, np.int64).reshape(-1, len(_size(a)))[kept], _take(total, kept), _size(a)
        )
    sparse, dense = (a, b) if isinstance(a, SparseTensor) else (b, a)
    dense = operand(dense, sparse.values)
    return dense + tf.scatter_nd(sparse.indices, sparse.values, sparse.dense_shape)


def _extreme(a: Any, b: Any, choose: Any, op: str) -> SparseTensor:
    a, b = _sparse(a), _sparse(b)
    places, left, right = _merged(a, b, op)
    sides = [
        tf.scatter_nd(np.array(rows, np.int64)[:, None], x.values, [len(places)])
        for x, rows in ((a, left), (b, right))
    ]
    return _made(places, choose(*sides), _size(a))


@composite("sparse.maximum")
def maximum(sp_a: Any, sp_b: Any, name: Any = None) -> SparseTensor:
    """The larger entries, what is not given being 0."""
    return _extreme(sp_a, sp_b, tf.maximum, "SparseSparseMaximum")


@composite("sparse.minimum")
def minimum(sp_a: Any, sp_b: Any, name: Any = None) -> SparseTensor:
    """The smaller entries, what is not given being 0."""
    return _extreme(sp_a, sp_b, tf.minimum, "SparseSparseMinimum")


def _reduced(x: Any, axis: Any, keepdims: Any, sparse: bool, name: str) -> Any:
    """The entries grouped: their places among the results, and the shape of these."""
    x = _sparse(x)
    rank = len(_size(x))
    given = list(range(rank)) if axis is None else np.asarray(convert(axis)._v).reshape(-1).tolist()
    for a in given:
        if not -rank <= a < rank:
            raise invalid(name, f"Invalid reduction dimension {a}, for input with {rank} dimensions.")
    gone = {a % rank for a in given}
    at, shape = _at(x), _size(x)
    if keepdims:
        at = at.copy()
        at[:, sorted(gone)] = 0
        shape = [1 if i in gone else n for i, n in enumerate(shape)]
    else:
        rest = [i for i in range(rank) if i not in gone]
        at, shape = at[:, rest], [shape[i] for i in rest]
    return x, at, shape


@composite("sparse.reduce_sum")
def reduce_sum(
    sp_input: Any, axis: Any = None, keepdims: Any = None, output_is_sparse: bool = False, name: Any = None
) -> Any:
    """The sum of entries over axes."""
    x, at, shape = _reduced(sp_input, axis, keepdims, output_is_sparse, "SparseReduceSum")
    if output_is_sparse:
        rows, where = np.unique(at, axis=0, return_inverse=True)
        return _made(rows, tf.scatter_nd(where.reshape(-1, 1).astype(np.int64), x.values, [len(rows)]), shape)
    if not shape:
        return tf.reduce_sum(x.values)
    return tf.scatter_nd(at, x.values, np.array(shape, np.int64))


@composite("sparse.reduce_max")
def reduce_max(
    sp_input: Any, axis: Any = None, keepdims: Any = None, output_is_sparse: bool = False, name: Any = None
) -> Any:
    """The largest entry over axes, 0 where there is none; TensorFlow has no gradient for it."""
    x, at, shape = _reduced(sp_input, axis, keepdims, output_is_sparse, "SparseReduceMax")
    rows, where = np.unique(at, axis=0, return_inverse=True)
    best = np.full(len(rows), x.dtype.min, x.dtype.np)
    np.maximum.at(best, where.reshape(-1), np.asarray(x.values._v))
    if output_is_sparse:
        return _made(rows, tensor(best, x.dtype), shape)
    whole = np.zeros(shape, x.dtype.np)
    if len(rows):
        whole[tuple(rows.T)] = best if shape else best[0]
    return tensor(whole if shape else whole[()], x.dtype)


@composite("sparse.softmax")
def softmax(sp_input: Any, name: Any = None) -> SparseTensor:
    """The softmax over the last axis of what is given."""
    x = _sparse(sp_input)
    if len(_size(x)) < 2:
        raise invalid(
            "SparseSoftmax",
            f"Input should have rank >= 2, but received shape: {','.join(map(str, _size(x)))}",
        )
    rows, where = np.unique(_at(x)[:, :-1], axis=0, return_inverse=True)
    group = where.reshape(-1)
    top = np.full(len(rows), -np.inf)
    np.maximum.at(top, group, np.asarray(x.values._v, float))
    powers = tf.exp(x.values - convert(top[group].astype(x.dtype.np)))
    total = tf.scatter_nd(group[:, None].astype(np.int64), powers, [len(rows)])
    return x.with_values(powers / _take(total, group))


@composite("sparse.sparse_dense_matmul")
def sparse_dense_matmul(
    sp_a: Any, b: Any, adjoint_a: bool = False, adjoint_b: bool = False, name: Any = None
) -> Any:
    """The product of a sparse and a dense matrix, in either order."""
    if isinstance(b, SparseTensor) and not isinstance(sp_a, SparseTensor):
        turned = sparse_dense_matmul(b, convert(sp_a), not adjoint_b, not adjoint_a)
        return tf.linalg.adjoint(turned)
    x, op = _sparse(sp_a), "SparseTensorDenseMatMul"
    dense = operand(b, x.values)
    if dense.shape.rank != 2:
        raise invalid(op, "Tensor 'b' is not a matrix")
    if dense.dtype is not x.dtype:
        raise mismatch(op, 3, x.dtype.kernel, dense.dtype.kernel)
    (rows, columns), (n, k) = _at(x).T, _size(x)
    values = x.values
    if adjoint_a:
        rows, columns, n, k, values = columns, rows, k, n, tf.math.conj(values)
    right = tf.linalg.adjoint(dense) if adjoint_b else dense
    if right.shape[0] != k:
        raise invalid(
            op, f"Cannot multiply A and B because inner dimension does not match: {k} vs. {right.shape[0]}.  Did you "
            f"forget a transpose?  Dimensions of A: [{n}, {k}).  Dimensions of B: {_told(dense.shape)}",
        )  # fmt: skip
    parts = values[:, None] * _take(right, columns)
    return tf.scatter_nd(rows[:, None].astype(np.int64), parts, np.array([n, right.shape[1]], np.int64))


@composite("sparse.to_indicator")
def to_indicator(sp_input: Any, vocab_size: Any, name: Any = None) -> Any:
    """Which numbers occur in each row."""
    x, size = _sparse(sp_input), int(vocab_size)
    made = np.zeros([*_size(x)[:-1], size], bool)
    numbers = np.asarray(x.values._v).astype(np.int64)
    inside = (numbers >= 0) & (numbers < size)
    place = (*_at(x)[inside, :-1].T, numbers[inside])
    made[place] = True
    return tensor(made, dt.bool_)


# Groups of chosen rows ---------------------------------------------------------------------------------------


def _segments(data: Any, indices: Any, segment_ids: Any, count: Any, op: str) -> tuple[Any, Any, Any]:
    x = convert(data)
    at, ids = (np.asarray(convert(v)._v).astype(np.int64) for v in (indices, segment_ids))
    if not op.endswith("Sum") and x.dtype not in dt.FLOATS:
        raise not_allowed(op, x.dtype.kernel, ["bfloat16", "half", "float", "double"])
    if len(at) != len(ids):
        raise invalid(op, "segment_ids and indices should have same size.")
    if (np.diff(ids) < 0).any():
        raise invalid(op, "segment ids are not increasing")
    if len(ids) and ids[0] < 0:
        top = int(ids[-1]) + 1 if count is None else int(count)
        raise invalid(
            op, f"Segment id {ids[0]} out of range [0, {top}), possibly because 'segment_ids' input is not sorted."
        )  # fmt: skip
    size = (int(ids[-1]) + 1 if len(ids) else 0) if count is None else int(count)
    if len(ids) and ids[-1] >= size:
        raise invalid(op, "segment ids must be < num_segments")
    for i, place in enumerate(at):
        if not 0 <= place < x.shape[0]:
            raise invalid(op, f"Bad: indices[{i}] == {place} out of range [0, {x.shape[0]})")
    total = tf.scatter_nd(ids[:, None], _take(x, at), np.array([size, *x.shape.as_list()[1:]], np.int64))
    return x, total, np.maximum(np.bincount(ids, minlength=size), 1).reshape([-1] + [1] * (x.shape.rank - 1))


@composite("sparse.segment_sum")
def segment_sum(
    data: Any,
    indices: Any,
    segment_ids: Any,
    num_segments: Any = None,
    name: Any = None,
    sparse_gradient: bool = False,
) -> Any:
    """The sum of the chosen rows of each group."""
    return _segments(data, indices, segment_ids, num_segments, "SparseSegmentSum")[1]


@composite("sparse.segment_mean")
def segment_mean(
    data: Any,
    indices: Any,
    segment_ids: Any,
    num_segments: Any = None,
    name: Any = None,
    sparse_gradient: bool = False,
) -> Any:
    """The mean of the chosen rows of each group; 0 for an empty one."""
    x, total, counts = _segments(data, indices, segment_ids, num_segments, "SparseSegmentMean")
    return total / convert(counts.astype(x.dtype.np))


@composite("sparse.segment_sqrt_n")
def segment_sqrt_n(
    data: Any,
    indices: Any,
    segment_ids: Any,
    num_segments: Any = None,
    name: Any = None,
    sparse_gradient: bool = False,
) -> Any:
    """The sum of the chosen rows of each group, divided by the square root of their number."""
    x, total, counts = _segments(data, indices, segment_ids, num_segments, "SparseSegmentSqrtN")
    return total / convert(np.sqrt(counts).astype(x.dtype.np))


@composite("sparse.bincount")
def bincount(
    values: Any, weights: Any = None, axis: int = 0, minlength: Any = None, maxlength: Any = None,
    binary_output: bool = False, name: Any = None,
) -> SparseTensor:  # fmt: skip
    """How often each whole number occurs, in all or in each row, the zeros left out."""
    if weights is not None and binary_output:
        raise ValueError(
            "Arguments `binary_output` and `weights` are mutually exclusive. Please specify only one."
        )
    if axis not in (0, -1):
        raise ValueError(
            f"Unsupported value for argument axis={axis}. Only 0 and -1 are currently supported."
        )
    numbers, rows, count = _flattened(values)
    kind = dt.int32 if weights is None else convert(_values(weights)).dtype
    each = (
        np.ones(len(numbers), kind.np)
        if weights is None
        else np.asarray(convert(_values(weights))._v).reshape(-1)
    )
    if (numbers < 0).any():
        raise invalid("SparseCountSparseOutput" if hasattr(values, "_grouped") else "DenseCountSparseOutput",
                      "Input values must all be non-negative")  # fmt: skip
    if len(each) != len(numbers):
        raise invalid(
            "DenseCountSparseOutput", "Weights and data must have the same shape. Weight shape: "
            f"{_told(np.shape(_values(weights)))}; data shape: {_told(np.shape(_values(values)))}",
        )  # fmt: skip
    if axis == 0:
        rows, count = np.zeros_like(rows), 1
    size = max(int(numbers.max(initial=-1)) + 1, 0 if minlength is None else int(minlength))
    inside = np.ones(len(numbers), bool)
    if maxlength is not None:
        size, inside = int(maxlength) or size, numbers < int(maxlength)
    places, where = np.unique(np.stack([rows, numbers], 1)[inside], axis=0, return_inverse=True)
    totals = np.zeros(len(places), kind.np)
    np.add.at(totals, where.reshape(-1), each[inside])
    totals = np.ones_like(totals) if binary_output else totals
    flat = axis == 0 or count is None
    shape = [size] if flat else [count, size]
    return _made(places[:, 1:] if flat else places, tensor(totals, kind), shape)


def _values(x: Any) -> Any:
    return x.values if hasattr(x, "_grouped") else x


def _flattened(values: Any) -> tuple[Any, Any, Any]:
    """Numbers, their rows, and how many rows there are (None for a vector)."""
    if hasattr(values, "_grouped"):
        flat, rows, count = values._grouped()
        return np.asarray(flat._v).astype(np.int64), np.asarray(rows), count
    array = np.asarray(convert(values)._v).astype(np.int64)
    if array.ndim < 2:
        return array.reshape(-1), np.zeros(array.size, np.int64), None
    return array.reshape(-1), np.repeat(np.arange(len(array)), array[0].size if len(array) else 0), len(array)
