"""Order: sort, top_k, unique, searchsorted, histograms. Indices carry no gradient, sorted values do."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite
from tfgrad_course.tf._dtypes import as_dtype
from tfgrad_course.tf._tensor import tensor


def _order(values: Any, axis: int, direction: str, stable: bool = True) -> Any:
    if direction not in ("ASCENDING", "DESCENDING"):
        raise ValueError(
            f"Argument `direction` should be one of 'ASCENDING' or 'DESCENDING'. Received: direction={direction}"
        )
    if direction == "ASCENDING":
        return np.argsort(values, axis=axis, kind="stable")
    flipped = np.argsort(np.flip(values, axis), axis=axis, kind="stable")
    return np.flip(values.shape[axis] - 1 - flipped, axis)


def _integer(value: Any) -> int:
    return int(value.numpy()) if hasattr(value, "numpy") else int(value)


@composite("argsort", sample=[[3.0, 1.0, 2.0]])
def argsort(
    values: Any, axis: Any = -1, direction: str = "ASCENDING", stable: bool = False, name: Any = None
) -> Any:
    """The indices that sort along an axis, int32."""
    return tensor(_order(convert(values).numpy(), _integer(axis), direction).astype(np.int32), dt.int32)


@composite("sort", sample=[[3.0, 1.0, 2.0]])
def sort(values: Any, axis: Any = -1, direction: str = "ASCENDING", name: Any = None) -> Any:
    """Values in order along an axis."""
    values = convert(values)
    axis = _integer(axis)
    order = _order(values.numpy(), axis, direction)
    return _taken(values, order, axis % max(values.shape.rank, 1))


def _taken(values: Any, order: Any, axis: int) -> Any:
    """values[..., order, ...] along an axis, as one gather_nd so that gradients go back to where they came from."""
    grid = list(np.indices(order.shape))
    grid[axis] = order
    return tf.gather_nd(values, np.stack(grid, -1).astype(np.int32))


class TopKV2(tuple):
    """Values and indices of the largest entries."""

    __slots__ = ()
    values = property(lambda self: self[0])
    indices = property(lambda self: self[1])
    _fields = ("values", "indices")

    def __new__(cls, values: Any, indices: Any) -> TopKV2:
        return tuple.__new__(cls, (values, indices))

    def __repr__(self) -> str:
        return f"TopKV2(values={self[0]!r}, indices={self[1]!r})"


@composite("math.top_k nn.top_k", sample=[[3.0, 1.0, 2.0]])
def top_k(input: Any, k: Any = 1, sorted: bool = True, index_type: Any = dt.int32, name: Any = None) -> Any:
    """The k largest entries of the last axis, and where they are; ties go to the lower index."""
    values = convert(input)
    count = _integer(k)
    if values.shape.rank < 1:
        raise errors.InvalidArgumentError(None, None, "input must be >= 1-D, got shape []")
    if values.shape[-1] < count:
        raise errors.InvalidArgumentError(
            None, None, f"input must have at least k columns. Had {values.shape[-1]}, needed {count}"
        )
    array = values.numpy()
    key = -array.astype(np.float64) if array.dtype.kind == "u" or array.dtype == np.bool_ else -array
    order = np.argsort(key, axis=-1, kind="stable")[..., :count]
    return TopKV2(
        _taken(values, order, values.shape.rank - 1),
        tensor(order.astype(as_dtype(index_type).np), as_dtype(index_type)),
    )


@composite("math.in_top_k nn.in_top_k")
def in_top_k(targets: Any, predictions: Any, k: Any, name: Any = None) -> Any:
    """Whether each target is among the k largest predictions of its row."""
    p, t = convert(predictions).numpy(), convert(targets).numpy()
    own = p[np.arange(len(t)), t]
    return tensor(((p > own[:, None]).sum(-1) < _integer(k)) & np.isfinite(own), dt.bool_)


def _first_seen(array: Any) -> tuple[Any, Any, Any]:
    _, first, inverse, counts = np.unique(array, return_index=True, return_inverse=True, return_counts=True)
    rank = np.argsort(first, kind="stable")
    place = np.empty_like(rank)
    place[rank] = np.arange(len(rank))
    return array[first[rank]], place[inverse.reshape(-1)], counts[rank]


def _vector(x: Any) -> Any:
    x = convert(x)
    if x.shape.rank != 1:
        raise errors.InvalidArgumentError(
            None, None, f"unique expects a 1D vector. [Op:Unique] got shape {x.shape}"
        )
    return x


class Unique(tuple):
    """The distinct values, and for each input which of them it is."""

    __slots__ = ()
    y = property(lambda self: self[0])
    idx = property(lambda self: self[1])
    _fields = ("y", "idx")


class UniqueWithCounts(tuple):
    """The distinct values, which of them each input is, and how often each occurs."""

    __slots__ = ()
    y = property(lambda self: self[0])
    idx = property(lambda self: self[1])
    count = property(lambda self: self[2])
    _fields = ("y", "idx", "count")


@composite("unique", sample=[[3.0, 1.0, 3.0]])
def unique(x: Any, out_idx: Any = dt.int32, name: Any = None) -> Any:
    """The distinct values in order of their first occurrence, and the index of each input among them."""
    x, kind = _vector(x), as_dtype(out_idx)
    values, index, _ = _first_seen(x.numpy())
    return Unique((tensor(values, x.dtype), tensor(index.astype(kind.np), kind)))


@composite("unique_with_counts", sample=[[3.0, 1.0, 3.0]])
def unique_with_counts(x: Any, out_idx: Any = dt.int32, name: Any = None) -> Any:
    """unique, with how often each value occurs."""
    x, kind = _vector(x), as_dtype(out_idx)
    values, index, counts = _first_seen(x.numpy())
    return UniqueWithCounts(
        (tensor(values, x.dtype), tensor(index.astype(kind.np), kind), tensor(counts.astype(kind.np), kind))
    )


@composite("searchsorted")
def searchsorted(
    sorted_sequence: Any, values: Any, side: str = "left", out_type: Any = dt.int32, name: Any = None
) -> Any:
    """Where values belong in sorted rows, so that order is kept."""
    rows, wanted = convert(sorted_sequence), convert(values)
    a, v = rows.numpy(), convert(wanted, rows.dtype).numpy()
    if a.shape[:-1] != v.shape[:-1]:
        raise errors.InvalidArgumentError(None, None, "Leading dim_size of both tensors must match.")
    flat_a, flat_v = a.reshape(-1, a.shape[-1]), v.reshape(-1, v.shape[-1])
    if side not in ("left", "right"):
        raise ValueError(f"Argument `side` must be either 'right' or 'left'. Received: side={side}")
    found = (
        np.stack([np.searchsorted(r, w, side) for r, w in zip(flat_a, flat_v, strict=True)])
        if len(flat_a)
        else flat_v
    )
    kind = as_dtype(out_type)
    return tensor(found.reshape(v.shape).astype(kind.np), kind)


@composite("math.bincount")
def bincount(
    arr: Any, weights: Any = None, minlength: Any = None, maxlength: Any = None, dtype: Any = dt.int32, name: Any = None,
    axis: Any = None, binary_output: bool = False,
) -> Any:  # fmt: skip
    """How often (or with what total weight) each whole number occurs."""
    numbers = convert(arr).numpy()
    weight = None if weights is None else convert(weights)
    if numbers.size and numbers.min() < 0:
        raise errors.InvalidArgumentError(None, None, "Input must be non-negative")
    size = int(numbers.max()) + 1 if numbers.size else 0
    size = max(size, 0 if minlength is None else _integer(minlength))
    size = size if maxlength is None else min(size, _integer(maxlength))
    kind = as_dtype(dtype) if weight is None else weight.dtype
    w = None if weight is None or binary_output else weight.numpy()
    if axis in (None, 0) or numbers.ndim == 1:
        return tensor(
            _counted(numbers.reshape(-1), None if w is None else w.reshape(-1), size, binary_output, kind),
            kind,
        )
    rows = [
        _counted(n, None if w is None else w[i], size, binary_output, kind) for i, n in enumerate(numbers)
    ]
    return tensor(np.stack(rows), kind)


def _counted(numbers: Any, weights: Any, size: int, binary: bool, kind: Any) -> Any:
    keep = numbers < size
    out = np.zeros(size, kind.np)
    np.add.at(out, numbers[keep], kind.np(1) if weights is None else weights[keep])
    return (out > 0).astype(kind.np) if binary else out


@composite("histogram_fixed_width_bins")
def histogram_fixed_width_bins(
    values: Any, value_range: Any, nbins: Any = 100, dtype: Any = dt.int32, name: Any = None
) -> Any:
    """The bin of each value; what lies outside goes to the first or last one."""
    array, kind = convert(values).numpy(), as_dtype(dtype)
    low, high = (float(v) for v in np.asarray(convert(value_range).numpy()))
    bins = _integer(nbins)
    if bins <= 0:
        raise errors.InvalidArgumentError(None, None, f"nbins must be a positive number but got {bins}")
    if not low < high:
        raise errors.InvalidArgumentError(
            None, None, f"value_range should satisfy value_range[0] < value_range[1], but got [{low}, {high}]"
        )
    index = np.floor(bins * (array.astype(float) - low) / (high - low))
    return tensor(np.clip(index, 0, bins - 1).astype(kind.np), kind)


@composite("histogram_fixed_width")
def histogram_fixed_width(
    values: Any, value_range: Any, nbins: Any = 100, dtype: Any = dt.int32, name: Any = None
) -> Any:
    """How many values fall into each of equally wide bins."""
    index = histogram_fixed_width_bins(values, value_range, nbins).numpy().reshape(-1)
    kind = as_dtype(dtype)
    return tensor(np.bincount(index, minlength=_integer(nbins)).astype(kind.np), kind)


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
    t, p = convert(labels).numpy().reshape(-1), convert(predictions).numpy().reshape(-1)
    size = (
        int(max(t.max(initial=-1), p.max(initial=-1))) + 1 if num_classes is None else _integer(num_classes)
    )
    if (t < 0).any() or (p < 0).any():
        raise errors.InvalidArgumentError(None, None, "`labels` contains negative values")
    if (t >= size).any() or (p >= size).any():
        raise errors.InvalidArgumentError(None, None, "`labels` out of bound")
    kind = as_dtype(dtype)
    out = np.zeros((size, size), kind.np)
    np.add.at(out, (t, p), 1 if weights is None else convert(weights).numpy().reshape(-1))
    return tensor(out, kind)


@composite("math.invert_permutation")
def invert_permutation(x: Any, name: Any = None) -> Any:
    """The permutation that undoes this one."""
    x = convert(x)
    array = x.numpy()
    if array.ndim != 1:
        raise errors.InvalidArgumentError(None, None, "invert_permutation expects a 1D vector.")
    if array.size and sorted(array.tolist()) != list(range(array.size)):
        raise errors.InvalidArgumentError(None, None, "invert_permutation: not a permutation of 0, 1, ...")
    out = np.empty_like(array)
    out[array] = np.arange(array.size, dtype=array.dtype)
    return tensor(out, x.dtype)


@composite("math.is_strictly_increasing")
def is_strictly_increasing(x: Any, name: Any = None) -> Any:
    """Whether each entry is larger than the one before."""
    flat = convert(x).numpy().reshape(-1)
    return tensor(np.bool_((flat[1:] > flat[:-1]).all()), dt.bool_)


@composite("math.is_non_decreasing")
def is_non_decreasing(x: Any, name: Any = None) -> Any:
    """Whether no entry is smaller than the one before."""
    flat = convert(x).numpy().reshape(-1)
    return tensor(np.bool_((flat[1:] >= flat[:-1]).all()), dt.bool_)
