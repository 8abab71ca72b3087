"""Order: sort, top_k, unique, searchsorted, histograms. Indices carry no gradient, sorted values do."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf._by_tensors import no_gradient
from tfgrad_course.tf._convert import convert, operand
from tfgrad_course.tf._declare import OPS, composite, rule
from tfgrad_course.tf._dtypes import ANY, REALS, as_dtype
from tfgrad_course.tf._errors import invalid
from tfgrad_course.tf._taping import note
from tfgrad_course.tf._tensor import tensor
from tfgrad_course.tf.ops.layout import Places, pick


def _order(values: Any, axis: Any, direction: str, op: str) -> tuple[Any, Any, int]:
    """The values as a tensor, the indices that sort them, and the axis."""
    if direction not in ("ASCENDING", "DESCENDING"):
        raise ValueError(
            f"Argument `direction` should be one of ASCENDING, DESCENDING. Received: direction={direction}"
        )
    at = convert(axis)
    if at.shape.rank:
        raise ValueError(f"Argument `axis` must be a constant scalar. Received: axis={at}.")
    x, along = convert(values), int(at._numpy())
    if not x.dtype.is_numeric or (x.dtype.is_complex and op):
        raise errors.not_allowed("Neg" if direction == "ASCENDING" else "TopKV2", x.dtype.kernel, _COMPARED)
    if not -x.shape.rank <= along < x.shape.rank:
        seen = along + x.shape.rank if along < 0 else along
        raise invalid("StridedSlice", f"slice index {seen} of dimension 0 out of bounds.")
    array = x._numpy()
    if direction == "ASCENDING":
        return x, np.argsort(array, axis=along, kind="stable"), along
    flipped = np.argsort(np.flip(array, along), axis=along, kind="stable")
    return x, np.flip(array.shape[along] - 1 - flipped, along), along


_COMPARED = [
    "bfloat16",
    "half",
    "float",
    "double",
    "int8",
    "int16",
    "int32",
    "int64",
    "complex64",
    "complex128",
]


def _integer(value: Any) -> int:
    return int(value._numpy()) if hasattr(value, "numpy") else int(value)


@composite("argsort", sample=[[3.0, 1.0, 2.0]])
def argsort(
    values: Any, axis: Any = -1, direction: str = "ASCENDING", stable: bool = False, name: Any = None
) -> Any:
    """The indices that sort along an axis, int32."""
    _, order, _ = _order(values, axis, direction, "ArgSort")
    return tensor(order.astype(np.int32), dt.int32)


@composite("sort", sample=[[3.0, 1.0, 2.0]])
def sort(values: Any, axis: Any = -1, direction: str = "ASCENDING", name: Any = None) -> Any:
    """Values in order along an axis."""
    x, order, along = _order(values, axis, direction, "Sort")
    return _taken(x, order, along % x.shape.rank)


def _taken(values: Any, order: Any, axis: int) -> Any:
    """values[..., order, ...] along an axis, as one gather_nd so that gradients go back to where they came from."""
    grid = list(np.indices(order.shape))
    grid[axis] = order
    return pick(values, Places(np.stack(grid, -1)))


TopKV2 = namedtuple("TopKV2", ["values", "indices"])


def _top(x: Any, count: int, index: Any) -> tuple[Any, Any]:
    # The complement, not the negative: whole numbers have no -(-128).
    key = ~x if x.dtype.kind in "iu" else -x
    order = np.argsort(key, axis=-1, kind="stable")[..., :count]
    return np.take_along_axis(x, order, -1), order.astype(index.np)


top_row = rule(
    "top_row", _top,
    lambda F, g, z, x, count, index: F.scatter_axis(g[0], z[1], -1, F.shape(x), len(F.shape(x)) - 1),
    inputs=1, attrs=True, several=True, dtypes=REALS, result=lambda kinds, count, index: [kinds[0], index],
    op="TopKV2", doc="The largest elements of each row, and where they are.",
)  # fmt: skip


@composite("math.top_k nn.top_k", sample=[[3.0, 1.0, 2.0]])
def top_k(input: Any, k: Any = 1, sorted: bool = True, index_type: Any = dt.int32, name: Any = None) -> Any:
    """The k largest entries of the last axis, and where they are; ties go to the lower index."""
    values, many = convert(input), convert(k)
    if many.shape.rank:
        raise invalid("TopKV2", f"k must be scalar, got shape [{','.join(map(str, many.shape))}]")
    count = int(many._numpy())
    if values.dtype not in REALS:
        raise errors.not_allowed("TopKV2", values.dtype.kernel, [d.kernel for d in REALS])
    if count < 0:
        raise invalid("TopKV2", f"Need k >= 0, got {count}")
    if values.shape.rank < 1:
        raise invalid("TopKV2", "input must be >= 1-D, got shape []")
    if values.shape[-1] < count:
        raise invalid("TopKV2", f"input must have at least k columns. Had {values.shape[-1]}, needed {count}")
    return TopKV2(*top_row(values, count, as_dtype(index_type)))


ApproxTopK = namedtuple("ApproxTopK", ["values", "indices"])


def _approximately(operand: Any, k: Any, dimension: int, largest: bool) -> tuple[Any, Any]:
    """The k most extreme entries along an axis: here exactly those, which is one of the answers allowed."""
    x, rank = convert(operand), convert(operand).shape.rank
    if not -rank <= dimension < rank:
        raise invalid("ApproxTopK", f"Reduction dimension {dimension} out of range for rank {rank}")
    order = [i for i in range(rank) if i != dimension % rank] + [dimension % rank]
    moved = tf.transpose(x, order)
    values, places = top_k(moved if largest else -moved, k)
    back = np.argsort(order).astype(np.int32)
    values = values if largest else -values
    return ApproxTopK(tf.transpose(values, back), tf.transpose(places, back))


@composite("math.approx_max_k nn.approx_max_k", sample=[((3.0, 1.0, 2.0), 2)])
def approx_max_k(
    operand: Any, k: Any, reduction_dimension: int = -1, recall_target: float = 0.95,
    reduction_input_size_override: int = -1, aggregate_to_topk: bool = True, name: Any = None,
) -> tuple[Any, Any]:  # fmt: skip
    """The k largest entries along an axis, and where they are."""
    return _approximately(operand, k, reduction_dimension, True)


@composite("math.approx_min_k nn.approx_min_k", sample=[((3.0, 1.0, 2.0), 2)])
def approx_min_k(
    operand: Any, k: Any, reduction_dimension: int = -1, recall_target: float = 0.95,
    reduction_input_size_override: int = -1, aggregate_to_topk: bool = True, name: Any = None,
) -> tuple[Any, Any]:  # fmt: skip
    """The k smallest entries along an axis, and where they are."""
    return _approximately(operand, k, reduction_dimension, False)


@composite("math.in_top_k nn.in_top_k")
def in_top_k(targets: Any, predictions: Any, k: Any, name: Any = None) -> Any:
    """Whether each target is among the k largest predictions of its row."""
    scores, classes = convert(predictions, dt.float32), convert(targets)
    if convert(k).shape.rank:
        raise invalid("InTopKV2", f"k must be 0-D, got shape [{','.join(map(str, convert(k).shape))}]")
    if scores.shape.rank != 2:
        raise invalid("InTopKV2", "predictions must be 2-dimensional")
    if classes.shape.rank != 1:
        raise invalid("InTopKV2", "targets must be 1-dimensional")
    p, t = scores._numpy(), classes._numpy()
    if len(p) != len(t):
        raise invalid(
            "InTopKV2", f"First dimension of predictions {len(p)} must match length of targets {len(t)}"
        )
    known = (t >= 0) & (t < p.shape[1])
    own = p[np.arange(len(t)), np.where(known, t, 0)]
    better = (p > own[:, None]).sum(-1) < _integer(k)
    return tensor(better & np.isfinite(own) & known & np.isfinite(p).all(-1), dt.bool_)


def _first_seen(array: Any) -> tuple[Any, Any, Any]:
    _, first, inverse, counts = np.unique(
        array, return_index=True, return_inverse=True, return_counts=True, equal_nan=False
    )
    rank = np.argsort(first, kind="stable")
    place = np.empty_like(rank)
    place[rank] = np.arange(len(rank))
    return array[first[rank]], place[inverse.reshape(-1)], counts[rank]


def _unique(x: Any, kind: Any) -> Any:
    values, index, counts = _first_seen(x)
    return values, index.astype(kind.np), counts.astype(kind.np)


unique_row = rule(
    "unique", _unique, no_gradient("Unique"), inputs=1, attrs=True, several=True, batched=False, dtypes=ANY, op="Unique",
    result=lambda kinds, index: [kinds[0], index, index], doc="Distinct values, places, counts.",
)  # fmt: skip


def _vector(x: Any, op: str, index: Any) -> Any:
    x = convert(x)
    if index not in (dt.int32, dt.int64):
        raise errors.not_allowed(op, index.kernel, ["int32", "int64"], "out_idx")
    if x.dtype.is_complex:
        text = f"Could not find device for node: {{{{node {op}}}}} = {op}[T=DT_{x.dtype.kernel.upper()}]"
        raise errors.NotFoundError(None, None, text)
    if x.shape.rank != 1:
        raise invalid(op, "unique expects a 1D vector.")
    return x


Unique = namedtuple("Unique", ["y", "idx"])
UniqueWithCounts = namedtuple("UniqueWithCounts", ["y", "idx", "count"])


@composite("unique", sample=[[3.0, 1.0, 3.0]])
def unique(x: Any, out_idx: Any = dt.int32, name: Any = None) -> Any:
    """The distinct values in order of their first occurrence, and the index of each input among them."""
    index = as_dtype(out_idx)
    return Unique(*unique_row(_vector(x, "Unique", index), index)[:2])


@composite("unique_with_counts", sample=[[3.0, 1.0, 3.0]])
def unique_with_counts(x: Any, out_idx: Any = dt.int32, name: Any = None) -> Any:
    """unique, with how often each value occurs."""
    index = as_dtype(out_idx)
    return UniqueWithCounts(*unique_row(_vector(x, "UniqueWithCounts", index), index))


@composite("searchsorted")
def searchsorted(
    sorted_sequence: Any, values: Any, side: str = "left", out_type: Any = dt.int32, name: Any = None
) -> Any:
    """Where values belong in sorted rows, so that order is kept."""
    rows = convert(sorted_sequence)
    wanted = convert(values)
    op = "UpperBound" if side == "right" else "LowerBound"
    if side not in ("left", "right"):
        raise ValueError(f"Argument `side` must be either 'right' or 'left'. Received: `side` = '{side}'.")
    for x in (rows, wanted):
        if not x.shape.rank:
            raise invalid("StridedSlice", "slice index -1 of dimension 0 out of bounds.")
    if rows.dtype is not wanted.dtype:
        raise errors.mismatch(op, 1, rows.dtype.kernel, wanted.dtype.kernel)
    if rows.dtype not in REALS:
        text = f"Could not find device for node: {{{{node {op}}}}} = {op}[T=DT_{rows.dtype.kernel.upper()}]"
        raise errors.NotFoundError(None, None, text)
    a, v, kind = rows._numpy(), wanted._numpy(), as_dtype(out_type)
    count = int(np.prod(v.shape[:-1]))
    if int(np.prod(a.shape[:-1])) != count:
        raise invalid(op, "Leading dim_size of both tensors must match.")
    flat = zip(a.reshape(count, a.shape[-1]), v.reshape(count, v.shape[-1]), strict=True)
    found = [np.searchsorted(row, one, side) for row, one in flat]  # type: ignore[call-overload]
    return tensor(np.array(found, kind.np).reshape(v.shape), kind)


def _weighed(numbers: Any, weights: Any, size: int, binary: bool) -> Any:
    out = np.zeros((*numbers.shape[:-1], size), weights.dtype)
    keep = numbers < size
    places = np.nonzero(keep)
    given = weights[places] if weights.size else np.ones(1, weights.dtype)
    np.add.at(out, (*places[:-1], numbers[places]), given)
    return (out > 0).astype(out.dtype) if binary else out


rule(
    "dense_bincount", _weighed, None, no_gradient("DenseBincount"), attrs=True, batched=False,
    dtypes=(dt.int32, dt.int64), op="DenseBincount", doc="Counts of whole numbers.",
)  # fmt: skip
bincount_entry = OPS["dense_bincount"]


@composite("math.bincount")
def bincount(
    arr: Any, weights: Any = None, minlength: Any = None, maxlength: Any = None, dtype: Any = dt.int32, name: Any = None,
    axis: Any = None, binary_output: bool = False,
) -> Any:  # fmt: skip
    """How often (or with what total weight) each whole number occurs."""
    rows = None
    if hasattr(arr, "_grouped"):
        arr, rows, lines = arr._grouped()
        weights = weights.values if hasattr(weights, "_grouped") else weights
    numbers = convert(arr)
    weight = None if weights is None else convert(weights)
    if weight is not None and binary_output:
        raise ValueError(
            "Arguments `binary_output` and `weights` are mutually exclusive. Please specify only one."
        )
    numbers = numbers if numbers.dtype.is_integer else tf.cast(numbers, dt.int32)
    axis = 0 if axis is None else axis
    if axis not in (0, -1):
        raise ValueError(
            f"Unsupported value for argument axis={axis}. Only 0 and -1 are currently supported."
        )
    array = np.asarray(numbers._numpy())
    size = int(array.max()) + 1 if array.size else 0
    size = size if minlength is None else max(size, _integer(minlength))
    size = size if maxlength is None else min(size, _integer(maxlength))
    if rows is not None and axis == -1:
        return _by_rows(numbers, weight, rows, (lines, size), bool(binary_output), as_dtype(dtype))
    if axis == 0:
        numbers = tf.reshape(numbers, [-1])
        weight = None if weight is None else tf.reshape(weight, [-1])
    return counted(numbers, weight, size, bool(binary_output), as_dtype(dtype))


def _by_rows(numbers: Any, weight: Any, rows: Any, shape: Any, binary: bool, kind: Any) -> Any:
    """Counts in each row of a ragged or sparse tensor."""
    each = np.ones(numbers.shape, kind.np) if weight is None else np.asarray(weight._numpy())
    made, array = np.zeros(shape, each.dtype), numbers._numpy()
    inside = array < shape[1]
    np.add.at(made, (rows[inside], array[inside]), each[inside])
    made = (made > 0).astype(made.dtype) if binary else made
    return tensor(made, kind if weight is None else weight.dtype)


def counted(numbers: Any, weight: Any, size: int, binary: bool, kind: Any = dt.int32) -> Any:
    """Totals of whole numbers below `size`, as the kernel DenseBincount has them."""
    op, rank = "DenseBincount", numbers.shape.rank
    weight = tf.zeros([0], kind) if weight is None else weight
    if numbers.dtype not in (dt.int32, dt.int64):
        raise errors.not_allowed(op, numbers.dtype.kernel, ["int32", "int64"], "Tidx")
    if weight.dtype not in (dt.int32, dt.int64, dt.float32, dt.float64):
        raise errors.not_allowed(op, weight.dtype.kernel, ["int32", "int64", "float", "double"])
    if rank > 2:
        raise invalid(op, f"Shape must be at most rank 2 but is rank {rank}")
    if size < 0:
        raise invalid(op, f"size ({size}) must be non-negative")
    array, told = numbers._numpy(), ",".join(map(str, weight.shape))
    if weight.shape != numbers.shape and weight.shape.as_list() != [0]:
        raise invalid(
            op, "`weights` must be the same shape as `arr` or a length-0 `Tensor`, in which case it acts as all weights "
            f"equal to 1. Received [{told}]",
        )  # fmt: skip
    if np.any(array < 0):
        raise invalid(op, "Input arr must be non-negative!" if rank < 2 else
                      f"Input 'in' must be non-negative! Negative input value found: {int(array.min())}")  # fmt: skip
    flat = np.atleast_1d(array)
    found = _weighed(flat, np.atleast_1d(weight._numpy()), size, binary)
    made = tensor(found, weight.dtype)
    note(bincount_entry, (numbers, weight), (made,), (), bincount_entry, False)
    return made


@composite("histogram_fixed_width_bins")
def histogram_fixed_width_bins(
    values: Any, value_range: Any, nbins: Any = 100, dtype: Any = dt.int32, name: Any = None
) -> Any:
    """The bin of each value; what lies outside goes to the first or last one."""
    x, ends, bins = convert(values), convert(value_range), convert(nbins, dt.int32)
    tf.debugging.Assert(tf.greater(bins, 0), [f"nbins {bins!s} must > 0"])
    flat = tf.reshape(x, [-1])
    count = tf.cast(bins, x.dtype)
    scaled = tf.truediv(flat - ends[0], ends[1] - ends[0])
    index = tf.floor(count * scaled)
    return tf.reshape(tf.cast(tf.clip_by_value(index, 0, count - 1), dt.int32), x.shape)


@composite("histogram_fixed_width")
def histogram_fixed_width(
    values: Any, value_range: Any, nbins: Any = 100, dtype: Any = dt.int32, name: Any = None
) -> Any:
    """How many values fall into each of equally wide bins."""
    op = "HistogramFixedWidth"
    x = operand(values, value_range)
    ends, bins, kind = operand(value_range, x), _integer(nbins), as_dtype(dtype)
    if kind not in (dt.int32, dt.int64):
        raise errors.not_allowed(op, kind.kernel, ["int32", "int64"], "dtype")
    if x.dtype not in (dt.int32, dt.int64, dt.float32, dt.float64):
        raise errors.not_allowed(op, x.dtype.kernel, ["int32", "int64", "float", "double"])
    if ends.shape.as_list() != [2]:
        raise invalid(op, "value_range should be a vector of 2 elements.")
    low, high = (float(v) for v in ends._numpy())
    if not low < high:
        told = " ".join(str(v) for v in ends._numpy())
        raise invalid(op, f"value_range should satisfy value_range[0] < value_range[1], but got '[{told}]'")
    if bins <= 0:
        raise invalid(op, f"nbins should be a positive number, but got '{bins}'")
    if np.isnan(np.asarray(x._numpy(), float)).any():
        raise invalid(op, "Histogram values must not contain NaN")
    step = (high - low) / bins
    index = np.clip((x._numpy().astype(float) - low) / step, 0, bins - 1).astype(int)
    return tensor(np.bincount(index.reshape(-1), minlength=bins).astype(kind.np), kind)


def _squeezed(labels: Any, predictions: Any) -> tuple[Any, Any]:
    gap = predictions.shape.rank - labels.shape.rank
    if gap == 1 and predictions.shape[-1] == 1:
        predictions = tf.squeeze(predictions, [-1])
    elif gap == -1 and labels.shape[-1] == 1:
        labels = tf.squeeze(labels, [-1])
    return labels, predictions


@composite("math.confusion_matrix")
def confusion_matrix(
    labels: Any,
    predictions: Any,
    num_classes: Any = None,
    weights: Any = None,
    dtype: Any = dt.int32,
    name: Any = None,
) -> Any:
    """How often a class (row) was predicted as another (column)."""
    t, p = (tf.cast(x, dt.int64) for x in _squeezed(convert(labels), convert(predictions)))
    tf.debugging.assert_non_negative(t, message="`labels` contains negative values")
    tf.debugging.assert_non_negative(p, message="`predictions` contains negative values")
    if num_classes is None:
        size = int(tf.maximum(tf.reduce_max(p), tf.reduce_max(t))) + 1
    else:
        size = _integer(num_classes)
        limit = tf.constant(size, dt.int64)
        tf.debugging.assert_less(t, limit, message="`labels` out of bound")
        tf.debugging.assert_less(p, limit, message="`predictions` out of bound")
    if weights is not None:
        given = convert(weights)
        p.shape.assert_is_compatible_with(given.shape)
        given = tf.cast(given, dtype)
    else:
        given = tf.ones_like(p, dtype)
    return tf.scatter_nd(tf.stack([t, p], axis=1), given, tf.constant([size, size], dt.int64))


@composite("math.invert_permutation")
def invert_permutation(x: Any, name: Any = None) -> Any:
    """The permutation that undoes this one."""
    x = convert(x, dt.int32 if isinstance(x, list) and not x else None)
    op, array = "InvertPermutation", x._numpy()
    if x.dtype not in (dt.int32, dt.int64):
        raise errors.not_allowed(op, x.dtype.kernel, ["int32", "int64"])
    if array.ndim != 1:
        raise invalid(op, "invert_permutation expects a 1D vector.")
    out = np.full_like(array, -1)
    for i, d in enumerate(array.tolist()):
        if not 0 <= d < array.size:
            raise invalid(op, f"{d} is not between 0 and {array.size}")
        if out[d] != -1:
            raise invalid(op, f"{d} is duplicated in the input.")
        out[d] = i
    return tensor(out, x.dtype)


def _flat_numbers(x: Any) -> Any:
    x = tf.reshape(x, [-1])
    if not (x.dtype.is_numeric or x.dtype.is_quantized):
        raise TypeError(f"Expected x to be numeric, instead found: {x!s}")
    if x.dtype.is_complex:
        raise errors.not_allowed("Less", x.dtype.kernel, [d.kernel for d in REALS])
    return x._numpy()


@composite("math.is_strictly_increasing")
def is_strictly_increasing(x: Any, name: Any = None) -> Any:
    """Whether each entry is larger than the one before."""
    flat = _flat_numbers(x)
    return tensor(np.bool_((flat[1:] > flat[:-1]).all()), dt.bool_)


@composite("math.is_non_decreasing")
def is_non_decreasing(x: Any, name: Any = None) -> Any:
    """Whether no entry is smaller than the one before."""
    flat = _flat_numbers(x)
    return tensor(np.bool_((flat[1:] >= flat[:-1]).all()), dt.bool_)
