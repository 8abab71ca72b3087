"""The kernels of tf.raw_ops that no public operation computes from the same inputs, with TensorFlow's own keywords."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert, operand
from tfgrad_course.tf._declare import traced
from tfgrad_course.tf._errors import invalid, mismatch
from tfgrad_course.tf._refusals import listed
from tfgrad_course.tf._tensor import tensor

BroadcastGradientArgs = namedtuple("BroadcastGradientArgs", ["r0", "r1"])
Sparse = namedtuple("Sparse", ["output_indices", "output_values", "output_shape"])
SparseFillEmptyRows = namedtuple(
    "SparseFillEmptyRows", ["output_indices", "output_values", "empty_row_indicator", "reverse_index_map"]
)


# Comparison and division ---------------------------------------------------------------------------------


def _compared(compare: str, otherwise: bool) -> Callable[..., Any]:
    def kernel(x: Any, y: Any, incompatible_shape_error: bool = True) -> Any:
        x, y = convert(x), convert(y)
        try:
            np.broadcast_shapes(x._v.shape, y._v.shape)
        except ValueError:
            if incompatible_shape_error:
                raise invalid(compare, f"Incompatible shapes: {listed(x)} vs. {listed(y)}") from None
            return tensor(np.bool_(otherwise), dt.bool_)
        return (tf.equal if compare == "Equal" else tf.not_equal)(x, y)

    return kernel


def _div(x: Any, y: Any) -> Any:
    x, y = _pair(x, y)
    if x.dtype is not y.dtype:
        raise mismatch("Div", 1, x.dtype.kernel, y.dtype.kernel)
    return tf.truncatediv(x, y) if x.dtype.is_integer else tf.realdiv(x, y)


def _approximate_equal(x: Any, y: Any, tolerance: float = 1e-5) -> Any:
    x, y = convert(x), convert(y)
    if x.shape != y.shape:
        raise invalid(
            "ApproximateEqual",
            "x and y must be of the same shape. x shape: " + listed(x) + ". y shape: " + listed(y),
        )
    return tf.less(tf.abs(x - y), tf.cast(tolerance, x.dtype))


def _select(condition: Any, x: Any, y: Any) -> Any:
    """One condition for all, one for each row, or one for each element: nothing is broadcast else."""
    c, t = convert(condition), convert(x)
    e = convert(y, t.dtype)
    if t.shape != e.shape:
        raise invalid(
            "Select", f"'then' and 'else' must have the same size.  but received: {listed(t)} vs. {listed(e)}"
        )
    if c.shape.rank == 1 and t.shape.rank != 1:
        if not t.shape.rank:
            raise invalid("Select", "'then' must be at least a vector, but saw shape: []")
        if t.shape[0] != c.shape[0]:
            raise invalid(
                "Select", "Number of batches of 'then' must match size of 'cond', but saw: "
                f"{t.shape[0]} vs. {c.shape[0]}"
            )  # fmt: skip
        c = tf.reshape(c, [c.shape[0], *[1] * (t.shape.rank - 1)])
    elif c.shape.rank and c.shape != t.shape:
        raise invalid(
            "Select",
            "Inputs to operation Select of type Select must have the same size and shape.  "
            f"Input 0: {listed(c)} != input 1: {listed(t)}",
        )
    return tf.where(c, t, e)


def _add_strictly(x: Any, y: Any) -> Any:
    x, y = _pair(x, y)
    if x.dtype is not y.dtype:
        raise mismatch("Add", 1, x.dtype.kernel, y.dtype.kernel)
    return tf.add(x, y)


def _pair(x: Any, y: Any) -> tuple[Any, Any]:
    """Two inputs of one dtype; that of the first which is a tensor decides for numbers."""
    x = operand(x, y)
    return x, operand(y, x)


def _mod(x: Any, y: Any) -> Any:
    x, y = _pair(x, y)
    if x.dtype is not y.dtype:
        raise mismatch("Mod", 1, x.dtype.kernel, y.dtype.kernel)
    return tf.truncatemod(x, y)


# Slopes of functions, by their values --------------------------------------------------------------------


def _of_output(slope: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    return lambda y, dy: slope(convert(y), convert(dy))


def _of_features(slope: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    return lambda gradients, features: slope(convert(gradients), convert(features))


def _of_outputs(slope: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    return lambda gradients, outputs: slope(convert(gradients), convert(outputs))


_SELU, _ALPHA = 1.0507009873554804934193349852946, 1.7580993408473768599402175208123


def _leaky(gradients: Any, features: Any, alpha: float = 0.2) -> Any:
    g, x = convert(gradients), convert(features)
    return tf.where(x > 0, g, g * alpha)


# Shapes --------------------------------------------------------------------------------------------------


def listed_in(x: Any) -> str:
    """A vector of sizes as kernels write it: [2,3]."""
    return "[" + ",".join(map(str, x._v.tolist())) + "]"


def _broadcast_args(s0: Any, s1: Any) -> Any:
    a, b = convert(s0), convert(s1)
    try:
        made = np.broadcast_shapes(tuple(a._v.tolist()), tuple(b._v.tolist()))
    except ValueError:
        raise invalid("BroadcastArgs", f"Incompatible shapes: {listed_in(a)} vs. {listed_in(b)}") from None
    return convert(np.array(made, a.dtype.np))


def _broadcast_gradient_args(s0: Any, s1: Any) -> Any:
    """The axes over which the gradients of either side are summed up."""
    a, b = convert(s0), convert(s1)
    sides = [list(a._v), list(b._v)]
    rank = max(map(len, sides))
    wide = [[1] * (rank - len(side)) + side for side in sides]
    lost: list[list[int]] = [[], []]
    for axis, (m, n) in enumerate(zip(*wide, strict=True)):
        if m != n and 1 not in (m, n):
            raise invalid("BroadcastGradientArgs", f"Incompatible shapes: {listed_in(a)} vs. {listed_in(b)}")
        for side, (own, other) in enumerate(((m, n), (n, m))):
            if own == 1 and (other != 1 or len(sides[side]) <= rank - 1 - axis or sides[0] != sides[1]):
                lost[side].append(axis)
    if [int(n) for n in sides[0]] == [int(n) for n in sides[1]]:
        lost = [[], []]
    return BroadcastGradientArgs(*(convert(np.array(axes, a.dtype.np)) for axes in lost))


def _concat_offset(concat_dim: Any, shape: Any) -> list[Any]:
    axis, sizes = int(convert(concat_dim)._v), [convert(one)._v for one in shape]
    found, seen = [], 0
    for one in sizes:
        offset = np.zeros_like(one)
        offset[axis] = seen
        seen += one[axis]
        found.append(convert(offset))
    return found


def _squeeze(input: Any, axis: Any = ()) -> Any:
    return tf.squeeze(input, list(axis) or None)


def _empty(shape: Any, dtype: Any, init: bool = False) -> Any:
    return tf.zeros(shape, dtype)


def _space_to_batch(input: Any, paddings: Any, block_size: int) -> Any:
    return tf.space_to_batch(input, [block_size, block_size], paddings)


# Slices --------------------------------------------------------------------------------------------------


def _strided_slice_grad(
    shape: Any, begin: Any, end: Any, strides: Any, dy: Any, begin_mask: int = 0, end_mask: int = 0,
    ellipsis_mask: int = 0, new_axis_mask: int = 0, shrink_axis_mask: int = 0,
) -> Any:  # fmt: skip
    dy = convert(dy)
    with tf.GradientTape() as tape:
        whole = tf.zeros(shape, dy.dtype)
        tape.watch(whole)
        part = tf.strided_slice(
            whole, begin, end, strides, begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask
        )
    if part.shape != dy.shape:
        raise invalid("StridedSliceGrad", f"shape of dy was {listed(dy)} instead of {listed(part)}")
    return tape.gradient(part, whole, dy)


def _slice_update(
    input: Any, begin: Any, end: Any, strides: Any, value: Any, begin_mask: int = 0, end_mask: int = 0,
    ellipsis_mask: int = 0, new_axis_mask: int = 0, shrink_axis_mask: int = 0,
) -> Any:  # fmt: skip
    """The input with a slice of it replaced; places are found by slicing their numbers."""
    x, given = convert(input), convert(value)
    count = int(np.prod(x.shape.as_list()))
    numbers = tf.reshape(tf.range(count), x.shape)
    part = tf.strided_slice(
        numbers, begin, end, strides, begin_mask, end_mask, ellipsis_mask, new_axis_mask, shrink_axis_mask
    )
    if not part.shape.num_elements():
        return x
    try:
        np.broadcast_to(given._v, part._v.shape)
    except ValueError:
        raise invalid(
            "TensorStridedSliceUpdate",
            f"Cannot broadcast input shape {listed(given)} into final shape {listed(part)}",
        ) from None
    flat = tf.reshape(tf.broadcast_to(given, part.shape), [-1])
    at = tf.reshape(part, [-1, 1])
    return tf.reshape(tf.tensor_scatter_nd_update(tf.reshape(x, [-1]), at, flat), x.shape)


def _inplace(change: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    def kernel(x: Any, i: Any, v: Any) -> Any:
        x, v, rows = convert(x), convert(v), np.atleast_1d(convert(i)._v)
        made = np.array(x._v)
        for row, value in zip(rows, v._v.reshape((len(rows), *made.shape[1:])), strict=True):
            made[row] = change(made[row], value)
        return tensor(made, x.dtype)

    return kernel


def _mirror_pad_grad(input: Any, paddings: Any, mode: str) -> Any:
    g, pads = convert(input), convert(paddings)
    sizes = [n - int(low) - int(high) for n, (low, high) in zip(g.shape, pads._v, strict=True)]
    with tf.GradientTape() as tape:
        x = tf.zeros(sizes, g.dtype)
        tape.watch(x)
        padded = tf.pad(x, pads, mode)
    return tape.gradient(padded, x, g)


# Order ---------------------------------------------------------------------------------------------------


def _nth_element(input: Any, n: Any, reverse: bool = False) -> Any:
    x, at = convert(input), convert(n)
    if at.shape.rank:
        raise invalid("NthElement", f"N must be scalar but has rank {at.shape.rank}")
    if at._v < 0:
        raise invalid("NthElement", f"n must be non-negative but is {int(at._v)}")
    if not x.shape.rank:
        raise invalid("NthElement", "Input must be at least rank 1 but is rank 0")
    if x.shape[-1] <= at._v:
        raise invalid("NthElement", f"Input must have last dimension > n = {int(at._v)} but is {x.shape[-1]}")
    return tf.sort(x, direction="DESCENDING" if reverse else "ASCENDING")[..., int(at._v)]


def _bucketize(input: Any, boundaries: Any) -> Any:
    x = convert(input)
    edges = np.asarray(boundaries, np.float32)
    if (np.diff(edges) < 0).any():
        raise invalid("Bucketize", "Expected sorted boundaries")
    return convert(np.searchsorted(edges, x._v, "right").astype(np.int32))


def _unique_along(x: Any, axis: Any, out_idx: Any) -> tuple[Any, Any, Any]:
    x, along = convert(x), convert(axis)._v
    kind = dt.as_dtype(out_idx)
    at = int(along.reshape(-1)[0]) if along.size else 0
    if not along.size and x.shape.rank > 1:
        raise invalid("UniqueV2", "unique expects a 1D vector.")
    rows = np.moveaxis(x._v, at, 0)
    keys: dict[Any, int] = {}
    index, first, counts = [], [], []
    for number, row in enumerate(rows):
        key = tuple(np.asarray(row).reshape(-1).tolist())
        if key not in keys:
            keys[key] = len(keys)
            first.append(number)
            counts.append(0)
        index.append(keys[key])
        counts[keys[key]] += 1
    values = tf.gather(x, np.array(first, np.int32), axis=at)
    return values, convert(np.array(index, kind.np)), convert(np.array(counts, kind.np))


def _unique_v2(x: Any, axis: Any, out_idx: Any = dt.int32) -> Any:
    from tfgrad_course.tf.ops.sorting import Unique

    return Unique(*_unique_along(x, axis, out_idx)[:2])


def _unique_with_counts_v2(x: Any, axis: Any, out_idx: Any = dt.int32) -> Any:
    from tfgrad_course.tf.ops.sorting import UniqueWithCounts

    return UniqueWithCounts(*_unique_along(x, axis, out_idx))


ListDiff = namedtuple("ListDiff", ["out", "idx"])


def list_diff(x: Any, y: Any, out_idx: Any = dt.int32) -> Any:
    """The entries of a vector that another one lacks, and where they are."""
    x, y = _pair(x, y)
    if x.dtype is not y.dtype:
        raise mismatch("ListDiff", 1, x.dtype.kernel, y.dtype.kernel)
    for word, one in (("x", x), ("y", y)):
        if one.shape.rank != 1:
            raise invalid("ListDiff", f"{word} should be a 1D vector.")
    kind = dt.as_dtype(out_idx)
    places = np.flatnonzero([entry not in set(y._v.tolist()) for entry in x._v.tolist()])
    return ListDiff(tf.gather(x, places), convert(places.astype(kind.np)))


# Counting ------------------------------------------------------------------------------------------------


def _size_of(size: Any, op: str) -> int:
    given = convert(size)
    if given.shape.rank:
        raise invalid(op, f"Shape must be rank 0 but is rank {given.shape.rank}")
    if given._v < 0:
        raise invalid(op, f"size ({int(given._v)}) must be non-negative")
    return int(given._v)


def _bincount(arr: Any, size: Any, weights: Any) -> Any:
    wide = _size_of(size, "Bincount")
    numbers, weights = tf.reshape(arr, [-1]), tf.reshape(weights, [-1])
    plain = not weights.shape.num_elements()
    return tf.math.bincount(
        numbers, None if plain else weights, minlength=wide, maxlength=wide, dtype=weights.dtype
    )


def _dense_bincount(input: Any, size: Any, weights: Any, binary_output: bool = False) -> Any:
    from tfgrad_course.tf.ops.sorting import counted

    return counted(convert(input), convert(weights), _size_of(size, "DenseBincount"), binary_output)


def _population_count(x: Any) -> Any:
    x = convert(x)
    bits = x._v.astype(x._v.dtype.str.replace("i", "u"))
    return convert(np.bitwise_count(bits).astype(np.uint8) if hasattr(np, "bitwise_count") else _ones(bits))


def _ones(bits: Any) -> Any:
    return np.vectorize(lambda n: bin(int(n)).count("1"), otypes=[np.uint8])(bits)


# Segments ------------------------------------------------------------------------------------------------


def _segment_grad(kind: str) -> Callable[..., Any]:
    def kernel(grad: Any, indices: Any, segment_ids: Any, output_dim0: Any) -> Any:
        g, rows = convert(grad), int(convert(output_dim0)._v)
        with tf.GradientTape() as tape:
            data = tf.zeros([rows, *g.shape.as_list()[1:]], g.dtype)
            tape.watch(data)
            made = getattr(tf.sparse, f"segment_{kind}")(data, indices, segment_ids)
        return tf.convert_to_tensor(tape.gradient(made, data, g[: made.shape[0]]))

    return kernel


def _scatter_add(input: Any, indices: Any, updates: Any, bad_indices_policy: str = "") -> Any:
    return tf.tensor_scatter_nd_add(input, indices, updates)


# Decompositions ------------------------------------------------------------------------------------------


def _eigh(input: Any, compute_v: bool = True) -> Any:
    if compute_v:
        return tf.linalg.eigh(input)
    values = tf.linalg.eigvalsh(input)
    return values, tf.zeros([0], values.dtype)


SoftmaxCrossEntropyWithLogits = namedtuple("SoftmaxCrossEntropyWithLogits", ["loss", "backprop"])


def _with_slope(loss: Callable[..., Any], features: Any, labels: Any) -> Any:
    x = convert(features)
    with tf.GradientTape() as tape:
        tape.watch(x)
        made = loss(labels, x)
    return SoftmaxCrossEntropyWithLogits(made, tape.gradient(made, x))


def _softmax_loss(features: Any, labels: Any) -> Any:
    return _with_slope(tf.nn.softmax_cross_entropy_with_logits, features, labels)


def _sparse_softmax_loss(features: Any, labels: Any) -> Any:
    return _with_slope(tf.nn.sparse_softmax_cross_entropy_with_logits, features, labels)


def _eig(input: Any, Tout: Any, compute_v: bool = True) -> Any:
    x = convert(input)
    if compute_v:
        return tf.linalg.eig(x)
    return tf.linalg.eigvals(x), tf.zeros([0], Tout)


# Layouts of images ---------------------------------------------------------------------------------------


def _places(src: str, dst: str) -> list[int]:
    return [src.index(letter) for letter in dst]


def _dim_map(x: Any, src_format: str = "NHWC", dst_format: str = "NCHW") -> Any:
    return tf.gather(
        np.array([dst_format.index(c) for c in src_format], np.int32), tf.math.floormod(x, len(src_format))
    )


def _vec_permute(x: Any, src_format: str = "NHWC", dst_format: str = "NCHW") -> Any:
    x = convert(x)
    if x.shape[0] == len(src_format) - 2:
        src_format = "".join(c for c in src_format if c in "DHW")
        dst_format = "".join(c for c in dst_format if c in "DHW")
    return tf.gather(x, _places(src_format, dst_format))


# Sparse --------------------------------------------------------------------------------------------------


def _sparse(indices: Any, values: Any, shape: Any) -> Any:
    return tf.SparseTensor(indices, values, shape)


def _parts(x: Any) -> Any:
    return Sparse(x.indices, x.values, x.dense_shape)


def _sparse_to_dense(
    sparse_indices: Any,
    output_shape: Any,
    sparse_values: Any,
    default_value: Any,
    validate_indices: bool = True,
) -> Any:
    return tf.compat.v1.sparse_to_dense(
        sparse_indices, output_shape, sparse_values, default_value, validate_indices
    )


def _set_size(set_indices: Any, set_values: Any, set_shape: Any, validate_indices: bool = True) -> Any:
    return tf.sets.size(_sparse(set_indices, set_values, set_shape), validate_indices)


_SETS = {"a-b": lambda a, b: tf.sets.difference(a, b), "b-a": lambda a, b: tf.sets.difference(b, a)} | {
    "intersection": lambda a, b: tf.sets.intersection(a, b), "union": lambda a, b: tf.sets.union(a, b)
}  # fmt: skip
SetOperation = namedtuple("SetOperation", ["result_indices", "result_values", "result_shape"])


def _sets(a: Any, b: Any, operation: str) -> Any:
    if operation.lower() not in _SETS:
        raise invalid("SetOperation", f"Invalid set_operation {operation}.")
    made = _SETS[operation.lower()](a, b)
    return SetOperation(made.indices, made.values, made.dense_shape)


def _dense_to_dense(set1: Any, set2: Any, set_operation: str, validate_indices: bool = True) -> Any:
    return _sets(set1, set2, set_operation)


def _dense_to_sparse(
    set1: Any,
    set2_indices: Any,
    set2_values: Any,
    set2_shape: Any,
    set_operation: str,
    validate_indices: bool = True,
) -> Any:
    return _sets(set1, _sparse(set2_indices, set2_values, set2_shape), set_operation)


def _sparse_to_sparse(
    set1_indices: Any, set1_values: Any, set1_shape: Any, set2_indices: Any, set2_values: Any, set2_shape: Any,
    set_operation: str, validate_indices: bool = True,
) -> Any:  # fmt: skip
    mine = _sparse(set1_indices, set1_values, set1_shape)
    return _sets(mine, _sparse(set2_indices, set2_values, set2_shape), set_operation)


def _sparse_dense(how: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    return lambda sp_indices, sp_values, sp_shape, dense: (
        how(_sparse(sp_indices, sp_values, sp_shape), dense).values
    )


def _beside(a: Any, dense: Any) -> Any:
    """What stands at the places of a sparse tensor."""
    return tf.gather_nd(tf.broadcast_to(dense, a.dense_shape), a.indices)


def _both(how: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    def kernel(
        a_indices: Any, a_values: Any, a_shape: Any, b_indices: Any, b_values: Any, b_shape: Any
    ) -> Any:
        made = how(_sparse(a_indices, a_values, a_shape), _sparse(b_indices, b_values, b_shape))
        return made.indices, made.values

    return kernel


def _add(
    a_indices: Any, a_values: Any, a_shape: Any, b_indices: Any, b_values: Any, b_shape: Any, thresh: Any
) -> Any:
    a, b = _sparse(a_indices, a_values, a_shape), _sparse(b_indices, b_values, b_shape)
    return _parts(tf.sparse.add(a, b, thresh))


def _reduced(how: str) -> Callable[..., Any]:
    def kernel(
        input_indices: Any, input_values: Any, input_shape: Any, reduction_axes: Any, keep_dims: bool = False
    ) -> Any:
        return getattr(tf.sparse, how)(
            _sparse(input_indices, input_values, input_shape), reduction_axes, keep_dims
        )

    return kernel


def _matmul(
    a_indices: Any, a_values: Any, a_shape: Any, b: Any, adjoint_a: bool = False, adjoint_b: bool = False
) -> Any:
    return tf.sparse.sparse_dense_matmul(_sparse(a_indices, a_values, a_shape), b, adjoint_a, adjoint_b)


def _reorder(input_indices: Any, input_values: Any, input_shape: Any) -> Any:
    made = tf.sparse.reorder(_sparse(input_indices, input_values, input_shape))
    return made.indices, made.values


def _reshape(input_indices: Any, input_shape: Any, new_shape: Any) -> Any:
    ones = tf.ones([convert(input_indices).shape[0]])
    made = tf.sparse.reshape(_sparse(input_indices, ones, input_shape), new_shape)
    return made.indices, made.dense_shape


def _sliced(indices: Any, values: Any, shape: Any, start: Any, size: Any) -> Any:
    return _parts(tf.sparse.slice(_sparse(indices, values, shape), start, size))


def _split(split_dim: Any, indices: Any, values: Any, shape: Any, num_split: int) -> Any:
    made = tf.sparse.split(_sparse(indices, values, shape), num_split, int(convert(split_dim)._v))
    return [one.indices for one in made], [one.values for one in made], [one.dense_shape for one in made]


def _concat(indices: Any, values: Any, shapes: Any, concat_dim: int) -> Any:
    return _parts(
        tf.sparse.concat(concat_dim, [_sparse(*one) for one in zip(indices, values, shapes, strict=True)])
    )


def _softmax(sp_indices: Any, sp_values: Any, sp_shape: Any) -> Any:
    return tf.sparse.softmax(_sparse(sp_indices, sp_values, sp_shape)).values


def _dense_add(a_indices: Any, a_values: Any, a_shape: Any, b: Any) -> Any:
    return tf.sparse.add(_sparse(a_indices, a_values, a_shape), b)


def _sparse_bincount(
    indices: Any, values: Any, dense_shape: Any, size: Any, weights: Any, binary_output: bool = False
) -> Any:
    numbers, wide = convert(values), _size_of(size, "SparseBincount")
    whole = convert(dense_shape)._v
    if len(whole) == 1:
        return _dense_bincount(numbers, wide, weights, binary_output)
    rows = np.asarray(convert(indices)._v)[:, 0]
    return _rows_counted(numbers, convert(weights), rows, (int(whole[0]), wide), binary_output)


def _ragged_bincount(splits: Any, values: Any, size: Any, weights: Any, binary_output: bool = False) -> Any:
    numbers, ends = convert(values), convert(splits)._v
    if not len(ends):
        raise invalid("RaggedBincount", "Splits must be non-empty")
    _whole_splits(ends, numbers, "RaggedBincount")
    rows = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
    return _rows_counted(
        numbers, convert(weights), rows, (len(ends) - 1, _size_of(size, "RaggedBincount")), binary_output
    )


SparseCount = namedtuple("SparseCount", ["output_indices", "output_values", "output_dense_shape"])


def _counted(values: Any, weights: Any, binary: bool, minlength: int, maxlength: int) -> Any:
    weights = convert(weights)
    plain = not weights.shape.num_elements()
    made = tf.sparse.bincount(
        values, None if plain else weights, axis=-1, minlength=None if minlength < 0 else minlength,
        maxlength=None if maxlength < 0 else maxlength, binary_output=binary and plain,
    )  # fmt: skip
    found = tf.cast(made.values, weights.dtype)
    return SparseCount(made.indices, tf.ones_like(found) if binary else found, made.dense_shape)


def _dense_count(
    values: Any, weights: Any, binary_output: bool, minlength: int = -1, maxlength: int = -1
) -> Any:
    return _counted(values, weights, binary_output, minlength, maxlength)


def _sparse_count(
    indices: Any,
    values: Any,
    dense_shape: Any,
    weights: Any,
    binary_output: bool,
    minlength: int = -1,
    maxlength: int = -1,
) -> Any:
    return _counted(_sparse(indices, values, dense_shape), weights, binary_output, minlength, maxlength)


def _ragged_count(
    splits: Any, values: Any, weights: Any, binary_output: bool, minlength: int = -1, maxlength: int = -1
) -> Any:
    op, ends, numbers = (
        "RaggedCountSparseOutput",
        convert(splits, dt.int32 if splits == [] else None)._v,
        convert(values),
    )
    if len(ends) < 2:
        raise invalid(op, "Must provide at least 2 elements for the splits argument")
    _whole_splits(ends, numbers, op)
    rows = tf.RaggedTensor.from_row_splits(numbers, convert(splits))
    return _counted(rows, weights, binary_output, minlength, maxlength)


def _whole_splits(ends: Any, numbers: Any, op: str) -> None:
    if ends[0] != 0:
        raise invalid(op, f"Splits must start with 0, not with {int(ends[0])}")
    if ends[-1] != numbers.shape[0]:
        raise invalid(
            op,
            f"Splits must end with the number of values, got {int(ends[-1])} instead of {numbers.shape[0]}",
        )


def _rows_counted(numbers: Any, weights: Any, rows: Any, shape: Any, binary: bool) -> Any:
    made, at = np.zeros(shape, weights._v.dtype), numbers._v
    if np.any(at < 0):
        raise invalid("Bincount", f"Input must be non-negative, found {int(at.min())}")
    inside = at < shape[1]
    each = weights._v if weights._v.size else np.ones(at.shape, made.dtype)
    np.add.at(made, (rows[inside], at[inside]), each[inside])
    return tensor((made > 0).astype(made.dtype) if binary else made, weights.dtype)


def _reduced_sparsely(how: str) -> Callable[..., Any]:
    def kernel(
        input_indices: Any, input_values: Any, input_shape: Any, reduction_axes: Any, keep_dims: bool = False
    ) -> Any:
        x = _sparse(input_indices, input_values, input_shape)
        return _parts(getattr(tf.sparse, how)(x, reduction_axes, keep_dims, True))

    return kernel


def _sparse_matmul(
    a: Any,
    b: Any,
    transpose_a: bool = False,
    transpose_b: bool = False,
    a_is_sparse: bool = False,
    b_is_sparse: bool = False,
) -> Any:
    """Matrices with many zeros, computed as any others."""
    product = tf.matmul(tf.cast(a, dt.float32), tf.cast(b, dt.float32), transpose_a, transpose_b)
    return product


def _to_bool(input: Any) -> Any:
    x = convert(input)
    return tensor(np.bool_(x.shape[0] > 0 if x.shape.rank else bool(x._v)), dt.bool_)


RaggedRange = namedtuple("RaggedRange", ["rt_nested_splits", "rt_dense_values"])


def _ragged_range(starts: Any, limits: Any, deltas: Any, Tsplits: Any = dt.int64) -> Any:
    made = tf.ragged.range(starts, limits, deltas, row_splits_dtype=Tsplits)
    return RaggedRange(made.row_splits, made.flat_values)


def _cholesky_grad(l: Any, grad: Any) -> Any:
    factor = convert(l)
    with tf.GradientTape() as tape:
        whole = tf.matmul(factor, factor, adjoint_b=True)
        tape.watch(whole)
        made = tf.linalg.cholesky(whole)
    return tape.gradient(made, whole, convert(grad))


def _fill_empty_rows(indices: Any, values: Any, dense_shape: Any, default_value: Any) -> Any:
    filled, empty = tf.sparse.fill_empty_rows(_sparse(indices, values, dense_shape), default_value)
    order = [int(np.flatnonzero((filled.indices._v == row).all(1))[0]) for row in convert(indices)._v]
    return SparseFillEmptyRows(filled.indices, filled.values, empty, convert(np.array(order, np.int64)))


def _edit_distance(
    hypothesis_indices: Any, hypothesis_values: Any, hypothesis_shape: Any, truth_indices: Any, truth_values: Any,
    truth_shape: Any, normalize: bool = True,
) -> Any:  # fmt: skip
    mine = _sparse(hypothesis_indices, hypothesis_values, hypothesis_shape)
    return tf.edit_distance(mine, _sparse(truth_indices, truth_values, truth_shape), normalize)


KERNELS: dict[str, Callable[..., Any]] = {
    "Add": _add_strictly,
    "ApproximateEqual": _approximate_equal,
    "Bincount": _bincount,
    "BroadcastArgs": _broadcast_args,
    "BroadcastGradientArgs": _broadcast_gradient_args,
    "Bucketize": _bucketize,
    "CholeskyGrad": _cholesky_grad,
    "ConcatOffset": _concat_offset,
    "DataFormatDimMap": _dim_map,
    "DataFormatVecPermute": _vec_permute,
    "DenseBincount": _dense_bincount,
    "DenseCountSparseOutput": _dense_count,
    "DenseToDenseSetOperation": _dense_to_dense,
    "DenseToSparseSetOperation": _dense_to_sparse,
    "Div": _div,
    "Eig": _eig,
    "EditDistance": _edit_distance,
    "EluGrad": _of_outputs(lambda g, z: tf.where(z < 0, (z + 1) * g, g)),
    "Empty": _empty,
    "Equal": _compared("Equal", False),
    "IgammaGradA": lambda a, x: traced.igamma_slope(a, x),
    "InplaceAdd": _inplace(lambda old, new: old + new),
    "InplaceSub": _inplace(lambda old, new: old - new),
    "InplaceUpdate": _inplace(lambda old, new: new),
    "InvGrad": _of_output(lambda y, dy: -dy * y * y),
    "LeakyReluGrad": _leaky,
    "ListDiff": list_diff,
    "MirrorPadGrad": _mirror_pad_grad,
    "Mod": _mod,
    "NotEqual": _compared("NotEqual", True),
    "NthElement": _nth_element,
    "PopulationCount": _population_count,
    "RaggedBincount": _ragged_bincount,
    "RaggedCountSparseOutput": _ragged_count,
    "RaggedRange": _ragged_range,
    "ReciprocalGrad": _of_output(lambda y, dy: -dy * y * y),
    "Relu6Grad": _of_features(lambda g, x: traced.relu6_grad(g, x)),
    "ReluGrad": _of_features(lambda g, x: traced.relu_grad(g, x)),
    "RsqrtGrad": _of_output(lambda y, dy: -0.5 * dy * y * y * y),
    "ScatterNdNonAliasingAdd": _scatter_add,
    "Select": _select,
    "SelfAdjointEigV2": _eigh,
    "SeluGrad": _of_outputs(lambda g, z: tf.where(z < 0, g * (z + _ALPHA), g * _SELU)),
    "SetSize": _set_size,
    "SigmoidGrad": _of_output(lambda y, dy: dy * y * (1 - y)),
    "SoftplusGrad": _of_features(lambda g, x: g / (tf.exp(-x) + 1)),
    "SoftsignGrad": _of_features(lambda g, x: g / tf.square(1 + tf.abs(x))),
    "SoftmaxCrossEntropyWithLogits": _softmax_loss,
    "SparseSoftmaxCrossEntropyWithLogits": _sparse_softmax_loss,
    "SpaceToBatch": _space_to_batch,
    "SparseAdd": _add,
    "SparseBincount": _sparse_bincount,
    "SparseConcat": _concat,
    "SparseCountSparseOutput": _sparse_count,
    "SparseDenseCwiseAdd": _sparse_dense(
        lambda a, b: tf.SparseTensor(a.indices, a.values + _beside(a, b), a.dense_shape)
    ),
    "SparseDenseCwiseDiv": _sparse_dense(lambda a, b: a / b),
    "SparseDenseCwiseMul": _sparse_dense(lambda a, b: a * b),
    "SparseMatMul": _sparse_matmul,
    "SparseFillEmptyRows": _fill_empty_rows,
    "SparseReduceMax": _reduced("reduce_max"),
    "SparseReduceMaxSparse": _reduced_sparsely("reduce_max"),
    "SparseReduceSum": _reduced("reduce_sum"),
    "SparseReduceSumSparse": _reduced_sparsely("reduce_sum"),
    "SparseReorder": _reorder,
    "SparseReshape": _reshape,
    "SparseSegmentMeanGrad": _segment_grad("mean"),
    "SparseSegmentSqrtNGrad": _segment_grad("sqrt_n"),
    "SparseSegmentSumGrad": _segment_grad("sum"),
    "SparseSlice": _sliced,
    "SparseSoftmax": _softmax,
    "SparseSparseMaximum": _both(lambda a, b: tf.sparse.maximum(a, b)),
    "SparseSparseMinimum": _both(lambda a, b: tf.sparse.minimum(a, b)),
    "SparseSplit": _split,
    "SparseTensorDenseAdd": _dense_add,
    "SparseTensorDenseMatMul": _matmul,
    "SparseToDense": _sparse_to_dense,
    "SparseToSparseSetOperation": _sparse_to_sparse,
    "SqrtGrad": _of_output(lambda y, dy: traced.sqrt_grad(y, dy)),
    "Squeeze": _squeeze,
    "StridedSliceGrad": _strided_slice_grad,
    "TanhGrad": _of_output(lambda y, dy: dy * (1 - y * y)),
    "TensorStridedSliceUpdate": _slice_update,
    "ToBool": _to_bool,
    "UniqueV2": _unique_v2,
    "UniqueWithCountsV2": _unique_with_counts_v2,
}
