"""tf.ragged: ragged tensors made, indexed, reduced, joined; gradients go through their flat values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import PUBLIC, composite
from tfgrad_course.tf._dtypes import as_dtype
from tfgrad_course.tf._errors import InvalidArgumentError, invalid
from tfgrad_course.tf._ragged import RaggedTensor, RaggedTensorSpec, ends, made, rows_of, spread
from tfgrad_course.tf._sparse import SparseTensor

PUBLIC |= {"RaggedTensor": RaggedTensor, "RaggedTensorSpec": RaggedTensorSpec}


def _numbers(value: Any) -> Any:
    return np.asarray(convert(value)._v).astype(np.int64)


def _kind(value: Any) -> Any:
    return value.dtype if getattr(value, "dtype", None) in (dt.int32, dt.int64) else dt.int64


def _given(values: Any) -> Any:
    return values if isinstance(values, RaggedTensor) else convert(values)


def _checked(values: Any, splits: Any, like: Any, where: str = "_from_row_partition") -> RaggedTensor:
    inner = _given(values)
    if splits[-1] != inner.shape[0]:
        raise invalid(
            "Assert", f"Arguments to {where} do not form a valid RaggedTensor\nCondition x == y did not hold.\n"
            f"First 1 elements of x:\n[{splits[-1]}]\nFirst 1 elements of y:\n[{inner.shape[0]}]",
        )  # fmt: skip
    return made(inner, splits, like)


# Factories -----------------------------------------------------------------------------------------------


def _from_row_splits(values: Any, row_splits: Any, name: Any = None, validate: bool = True) -> RaggedTensor:
    """Rows by where each begins, and where the last one ends."""
    splits = _numbers(row_splits)
    if not splits.size:
        raise ValueError("row_splits tensor may not be empty.")
    words = "Arguments to from_row_splits do not form a valid RaggedTensor"
    if splits[0]:
        raise invalid("Assert", f"{words}:zero\nCondition x == y did not hold.")
    if (np.diff(splits) < 0).any():
        raise invalid("Assert", f"{words}:monotonic. Condition x >= 0 did not hold element-wise:")
    return _checked(values, splits, _kind(row_splits))


def _from_row_lengths(values: Any, row_lengths: Any, name: Any = None, validate: bool = True) -> RaggedTensor:
    """Rows by their lengths."""
    lengths = _numbers(row_lengths)
    if (lengths < 0).any():
        raise invalid(
            "Assert",
            "Arguments to from_row_lengths do not form a valid RowPartition. Condition x >= 0 did not hold",
        )
    return _checked(values, ends(lengths), _kind(row_lengths))


def _from_value_rowids(
    values: Any, value_rowids: Any, nrows: Any = None, name: Any = None, validate: bool = True
) -> RaggedTensor:
    """Rows by the row of each value."""
    ids = _numbers(value_rowids)
    if (np.diff(ids) < 0).any():
        raise invalid(
            "Assert",
            "Arguments to from_value_rowids do not form a valid RowPartition. Condition x >= 0 did not hold",
        )
    count = int(ids[-1]) + 1 if ids.size else 0
    if nrows is not None:
        if int(nrows) < count:
            raise ValueError(
                f"Expected nrows >= value_rowids[-1] + 1; got nrows={int(nrows)}, value_rowids[-1]={count - 1}"
            )
        count = int(nrows)
    return _checked(values, ends(np.bincount(ids, minlength=count)), _kind(value_rowids))


def _from_row_starts(values: Any, row_starts: Any, name: Any = None, validate: bool = True) -> RaggedTensor:
    """Rows by where each begins."""
    inner = _given(values)
    return made(inner, np.append(_numbers(row_starts), inner.shape[0]), _kind(row_starts))


def _from_row_limits(values: Any, row_limits: Any, name: Any = None, validate: bool = True) -> RaggedTensor:
    """Rows by where each ends."""
    return _checked(values, np.append(0, _numbers(row_limits)), _kind(row_limits))


def _from_uniform_row_length(
    values: Any, uniform_row_length: Any, nrows: Any = None, validate: bool = True, name: Any = None
) -> RaggedTensor:
    """Rows of one length."""
    inner, length = _given(values), int(uniform_row_length)
    count = int(nrows) if nrows is not None else inner.shape[0] // length if length else 0
    if count * length != inner.shape[0]:
        raise ValueError(f"uniform_row_length={length} times nrows={count} must equal nvals={inner.shape[0]}")
    return made(inner, np.arange(count + 1) * length, dt.int64, length)


def _nested(factory: Callable[..., RaggedTensor]) -> Callable[..., Any]:
    def make(flat_values: Any, parts: Any, name: Any = None, validate: bool = True) -> Any:
        """Rows within rows."""
        found = _given(flat_values)
        for part in reversed(list(parts)):
            found = factory(found, part)
        return found

    return make


def _from_tensor(
    tensor: Any, lengths: Any = None, padding: Any = None, ragged_rank: int = 1, name: Any = None,
    row_splits_dtype: Any = dt.int64,
) -> RaggedTensor:  # fmt: skip
    """The rows of a dense tensor, without padding if so asked."""
    x = convert(tensor)
    rank, shape = x.shape.rank, x.shape.as_list()
    if rank < 2:
        raise ValueError(
            "The rank of a RaggedTensor must be greater than 1, i.e., a list of scalars won't have ragged dimensions. "
            f"Received argument `tensor` with rank {rank}."
        )
    if ragged_rank > 1:
        inner = _from_tensor(tf.reshape(x, [-1, *shape[2:]]), ragged_rank=ragged_rank - 1)
        return made(inner, np.arange(shape[0] + 1) * shape[1], as_dtype(row_splits_dtype), shape[1])
    if lengths is None and padding is None:
        values = tf.reshape(x, [-1, *shape[2:]])
        return made(values, np.arange(shape[0] + 1) * shape[1], as_dtype(row_splits_dtype), shape[1])
    if padding is not None:
        differs: Any = np.asarray(x._v != convert(padding, x.dtype)._v).reshape(shape[0], shape[1], -1)
        kept: Any = np.logical_or.reduce(differs, -1)
        counts = np.where(kept.any(1), shape[1] - np.argmax(kept[:, ::-1], 1), 0)
    else:
        counts = np.clip(_numbers(lengths), 0, shape[1])
    flat = tf.reshape(x, [-1, *shape[2:]])
    return made(
        rows_of(flat, spread(np.arange(shape[0]) * shape[1], counts)),
        ends(counts),
        as_dtype(row_splits_dtype),
    )


def _from_sparse(st_input: SparseTensor, name: Any = None, row_splits_dtype: Any = dt.int64) -> RaggedTensor:
    """The rows of a sparse matrix whose entries stand to the left."""
    at = np.asarray(st_input.indices._v)
    counts = np.bincount(at[:, 0], minlength=int(st_input.dense_shape._v[0]))
    return made(st_input.values, ends(counts), as_dtype(row_splits_dtype))


_FACTORIES: dict[str, Any] = {
    "from_row_splits": _from_row_splits, "from_row_lengths": _from_row_lengths, "from_value_rowids": _from_value_rowids,
    "from_row_starts": _from_row_starts, "from_row_limits": _from_row_limits, "from_sparse": _from_sparse,
    "from_uniform_row_length": _from_uniform_row_length, "from_nested_row_splits": _nested(_from_row_splits),
    "from_nested_row_lengths": _nested(_from_row_lengths), "from_nested_value_rowids": _nested(_from_value_rowids),
    "from_tensor": _from_tensor,
}  # fmt: skip
for _name, _factory in _FACTORIES.items():
    setattr(RaggedTensor, _name, staticmethod(_factory))


def _depth(value: Any) -> int | None:
    """How deep scalars lie; None where there are none, and all must lie alike."""
    if not isinstance(value, list | tuple | np.ndarray) or getattr(value, "ndim", 1) == 0:
        return 0
    found = {d for d in map(_depth, value) if d is not None}
    if len(found) > 1:
        raise ValueError("all scalar values must have the same nesting depth")
    return found.pop() + 1 if found else None


def _levels(value: Any) -> int:
    return (
        1 + max((_levels(v) for v in value), default=0) if isinstance(value, list | tuple | np.ndarray) else 0
    )


@composite("ragged.constant")
def constant(
    pylist: Any, dtype: Any = None, ragged_rank: int | None = None, inner_shape: Any = None, name: Any = None,
    row_splits_dtype: Any = dt.int64,
) -> Any:  # fmt: skip
    """Nested lists as a ragged tensor."""
    wanted = None if dtype is None else as_dtype(dtype)
    pylist = pylist.tolist() if isinstance(pylist, np.ndarray) else pylist
    depth = max(_depth(pylist) or 0, _levels(pylist))
    if depth < 2 and not ragged_rank:
        return convert(pylist, wanted)
    if ragged_rank is None:
        ragged_rank = depth - 1 - len(inner_shape or ())
    splits, flat = [], list(pylist)
    for _ in range(ragged_rank):
        splits.append(ends([len(row) for row in flat]))
        flat = [v for row in flat for v in row]
    values = convert(flat, wanted)
    if not flat and inner_shape:
        values = tf.reshape(values, [0, *inner_shape])
    for part in reversed(splits):
        values = made(values, part, as_dtype(row_splits_dtype))
    return values


# Rows ------------------------------------------------------------------------------------------------------


def _getitem(self: RaggedTensor, key: Any) -> Any:
    """Rows, parts of rows, and single entries."""
    keys = list(key) if isinstance(key, tuple | list) else [key]
    if Ellipsis in keys:
        at = keys.index(Ellipsis)
        rest = self.shape.rank - sum(k is not None for k in keys) + 1
        keys[at : at + 1] = [slice(None)] * rest
    return _indexed(self, keys)


def _indexed(x: Any, keys: list[Any]) -> Any:
    if not keys:
        return x
    first, rest = keys[0], keys[1:]
    if not isinstance(x, RaggedTensor):
        return x[tuple(keys)]
    count = len(x._splits) - 1
    if first is None:
        inner = _indexed(x, rest)
        return made(inner, [0, inner.shape[0]], x, 1 if inner.shape[0] == 1 else inner.shape[0])
    if isinstance(first, slice):
        ends_of = [None if v is None else int(v) for v in (first.start, first.stop, first.step)]
        chosen = np.arange(count)[slice(*ends_of)]
        return _within(x if len(chosen) == count and not any(ends_of) else rows_of(x, chosen), rest)
    at = int(first)
    if not -count <= at < count:
        raise IndexError(f"Row key {at} out of bounds")
    at %= count
    return _indexed(rows_of(x.values, np.arange(x._splits[at], x._splits[at + 1])), rest)


def _within(x: RaggedTensor, keys: list[Any]) -> Any:
    """The keys applied inside each row."""
    if not keys:
        return x
    first, rest = keys[0], keys[1:]
    if first is None:
        return made(_within(x, rest), np.arange(len(x._splits)), x, 1)
    if not isinstance(first, slice):
        raise ValueError("Cannot index into an inner ragged dimension.")
    parts = [None if v is None else int(v) for v in (first.start, first.stop, first.step)]
    index = [np.arange(a, b)[slice(*parts)] for a, b in zip(x._splits, x._splits[1:], strict=False)]
    values = rows_of(x.values, np.concatenate([*index, np.zeros(0, np.int64)]))
    if rest:
        inner: Any = (slice(None), *rest)
        values = _within(values, rest) if isinstance(values, RaggedTensor) else values[inner]
    return made(values, ends([len(i) for i in index]), x)


RaggedTensor.__getitem__ = _getitem  # type: ignore[method-assign]


def _to_tensor(self: RaggedTensor, default_value: Any = None, name: Any = None, shape: Any = None) -> Any:
    """A dense tensor, rows filled up with a default."""
    bounds = self._bounds()
    if shape is not None:
        dims = list(shape) if isinstance(shape, list | tuple) else tf.TensorShape(shape).as_list()
        bounds = [b if d is None or int(d) < 0 else int(d) for b, d in zip(bounds, dims, strict=True)]
    flat, at = self.flat_values, self._coordinates()
    blank = b"" if flat.dtype is dt.string else False if flat.dtype.is_bool else 0
    whole = tf.fill(bounds, convert(blank if default_value is None else default_value, flat.dtype))
    inside = (at < np.array(bounds[: at.shape[1]])).all(1)
    if not inside.any():
        return whole
    return tf.tensor_scatter_nd_update(whole, at[inside], rows_of(flat, np.flatnonzero(inside)))


def _to_sparse(self: RaggedTensor, name: Any = None) -> SparseTensor:
    """A sparse tensor of all entries."""
    at, flat = self._coordinates(), self.flat_values
    inner = flat.shape.as_list()[1:]
    if inner:
        more = np.stack(np.unravel_index(np.arange(int(np.prod(inner))), inner), 1)
        at = np.concatenate([np.repeat(at, len(more), 0), np.tile(more, (len(at), 1))], 1)
    return SparseTensor(at, tf.reshape(flat, [-1]), np.array(self._bounds(), np.int64))


def _merge_dims(self: RaggedTensor, outer_axis: int, inner_axis: int) -> Any:
    """Axes next to each other made one."""
    rank = self.shape.rank
    outer, inner = outer_axis % rank, inner_axis % rank
    if outer == inner:
        return self
    if outer:
        values = self.values
        return (
            self.with_values(_merge_dims(values, outer - 1, inner - 1))
            if outer > 1
            else _joined(self, inner - 1)
        )
    rest = self.values
    if inner == 1:
        return rest
    return _merge_dims(rest, 0, inner - 1) if isinstance(rest, RaggedTensor) else tf.reshape(
        rest, [-1, *rest.shape.as_list()[inner:]]
    )  # fmt: skip


def _joined(x: RaggedTensor, count: int) -> RaggedTensor:
    splits, values = x._splits, x.values
    for _ in range(count):
        splits, values = values._splits[splits], values.values
    return made(values, splits, x)


for _name, _method in {"to_tensor": _to_tensor, "to_sparse": _to_sparse, "merge_dims": _merge_dims}.items():
    setattr(RaggedTensor, _name, _method)


# Operators -------------------------------------------------------------------------------------------------


def _operator(function: str, mirrored: bool) -> Callable[..., Any]:
    path = function.split(".")

    def operate(self: RaggedTensor, other: Any) -> Any:
        found: Any = tf
        for part in path:
            found = getattr(found, part)
        return found(other, self) if mirrored else found(self, other)

    return operate


for _name, _function in {
    "add": "add", "sub": "subtract", "mul": "multiply", "truediv": "truediv", "floordiv": "math.floordiv",
    "mod": "math.floormod", "pow": "pow", "and": "logical_and", "or": "logical_or", "xor": "math.logical_xor",
}.items():  # fmt: skip
    setattr(RaggedTensor, f"__{_name}__", _operator(_function, False))
    setattr(RaggedTensor, f"__r{_name}__", _operator(_function, True))
_COMPARED = {
    "eq": "equal",
    "ne": "not_equal",
    "lt": "less",
    "le": "less_equal",
    "gt": "greater",
    "ge": "greater_equal",
}


def _comparison(name: str) -> Callable[..., Any]:
    inner = _operator(_COMPARED[name], False)

    def compare(self: RaggedTensor, other: Any) -> Any:
        try:
            return inner(self, other)
        except InvalidArgumentError:
            if name in ("eq", "ne"):
                return name == "ne"  # rows of other lengths are simply different
            raise

    return compare


for _name in _COMPARED:
    setattr(RaggedTensor, f"__{_name}__", _comparison(_name))
_UNARY: dict[str, Any] = {"neg": "negative", "abs": "abs", "invert": "logical_not"}
for _name, _function in _UNARY.items():
    setattr(RaggedTensor, f"__{_name}__", lambda self, function=_function: getattr(tf, function)(self))


# Reductions, joins -------------------------------------------------------------------------------------------


def reduced(x: RaggedTensor, axis: Any, keepdims: bool, op: str) -> Any:
    """What tf.reduce_sum and its kin give for a ragged tensor; `op` is the kernel's name."""
    rank = x.shape.rank
    whole = getattr(tf, f"reduce_{op.lower()}")
    if axis is None:
        return whole(x.flat_values)
    axes = sorted({int(a) % rank for a in np.asarray(axis).reshape(-1)}, reverse=True)
    if op == "Mean":
        ones = x.with_flat_values(tf.ones_like(x.flat_values))
        return reduced(x, axes, keepdims, "Sum") / reduced(ones, axes, keepdims, "Sum")
    if op in ("Any", "All"):
        counted = reduced(tf.cast(x, dt.int32), axes, keepdims, "Sum" if op == "Any" else "Prod")
        return tf.cast(counted, dt.bool_)
    found: Any = x
    for a in axes:
        found = _along(found, a, op) if isinstance(found, RaggedTensor) else whole(found, a)
        found = expand_dims(found, a) if keepdims else found
    return found


def _along(x: RaggedTensor, axis: int, op: str) -> Any:
    if axis > 1:
        inner = x.values
        deep = isinstance(inner, RaggedTensor)
        return x.with_values(
            _along(inner, axis - 1, op) if deep else getattr(tf, f"reduce_{op.lower()}")(inner, axis - 1)
        )
    gather = getattr(tf.math, f"unsorted_segment_{op.lower()}")
    if not isinstance(x.values, RaggedTensor):
        if axis:
            return gather(x.values, x._rowids(), len(x._splits) - 1)
        return gather(x.values, x._coordinates()[:, 1], x._bounds()[1])
    if not axis:
        raise NotImplementedError("tfgrad's NumPy tape reduces the first axis of singly ragged tensors only.")
    inner = x.values
    widths = np.array([
        inner._lengths()[a:b].max(initial=0) for a, b in zip(x._splits, x._splits[1:], strict=False)
    ], np.int64)  # fmt: skip
    at = x._coordinates()
    starts = ends(widths)
    return made(gather(x.flat_values, starts[at[:, 0]] + at[:, 2], int(starts[-1])), starts, x)


def _ragged(x: Any) -> RaggedTensor:
    return x if isinstance(x, RaggedTensor) else _from_tensor(x)


def joined(values: Any, axis: int) -> RaggedTensor:
    """What tf.concat gives where some of the values are ragged."""
    parts = [_ragged(v) for v in values]
    whole = _stacked_rows(parts)
    if not axis:
        return whole
    # Row i of the result is row i of each part: gathered, and the seams forgotten.
    count, first = len(parts[0]._splits) - 1, np.cumsum([0, *(len(p._splits) - 1 for p in parts)])
    order = np.stack([start + np.arange(count) for start in first[:-1]], 1).reshape(-1)
    chosen = rows_of(whole, order)
    return made(chosen.values, chosen._splits[:: len(parts)], whole)


def _stacked_rows(parts: list[RaggedTensor]) -> RaggedTensor:
    inner = [p.values for p in parts]
    deep = any(isinstance(v, RaggedTensor) for v in inner)
    values = _stacked_rows([_ragged(v) for v in inner]) if deep else tf.concat(inner, 0)
    return made(values, ends(np.concatenate([p._lengths() for p in parts])), parts[0])


@composite("ragged.stack")
def stack(values: Any, axis: int = 0, name: Any = None) -> Any:
    """Tensors, also of different lengths, along a new axis."""
    given = [_given(v) for v in values]
    if not any(isinstance(v, RaggedTensor) for v in given) and given[0].shape.rank == 1:
        if axis:
            return tf.stack(given, axis)
        return made(tf.concat(given, 0), ends([v.shape[0] for v in given]))
    parts = [_ragged(v) for v in given]
    whole = _stacked_rows(parts)
    counts = [len(p._splits) - 1 for p in parts]
    if not axis:
        return made(whole, ends(counts))
    first = ends(counts)
    order = np.stack([start + np.arange(counts[0]) for start in first[:-1]], 1).reshape(-1)
    return made(rows_of(whole, order), np.arange(counts[0] + 1) * len(parts))


def tiled(x: RaggedTensor, times: tuple[int, ...]) -> RaggedTensor:
    """What tf.tile gives for a ragged tensor."""
    if len(times) > 2:
        inner = x.values
        more = (
            tiled(inner, (1, *times[2:]))
            if isinstance(inner, RaggedTensor)
            else tf.tile(inner, [1, *times[2:]])
        )
        x = made(more, x._splits, x)
    for axis, count in enumerate(times[:2]):
        if count < 1:
            raise NotImplementedError("tfgrad's NumPy tape tiles ragged tensors by whole numbers above 0.")
        x = joined([x] * count, axis) if count > 1 else x
    return x


def expand_dims(x: Any, axis: int) -> Any:
    """What tf.expand_dims gives for a ragged tensor."""
    if not isinstance(x, RaggedTensor):
        return tf.expand_dims(x, axis)
    at = axis % (x.shape.rank + 1)
    if at == 0:
        return made(x, [0, len(x._splits) - 1], x, len(x._splits) - 1)
    if at == 1:
        return made(x, np.arange(len(x._splits)), x, 1)
    return x.with_values(expand_dims(x.values, at - 1))


def gathered(params: Any, indices: Any) -> Any:
    """What tf.gather gives for the rows of a ragged tensor, or for ragged indices."""
    if isinstance(indices, RaggedTensor):
        return indices.with_flat_values(tf.gather(params, indices.flat_values))
    index = convert(indices)
    flat = rows_of(params, np.asarray(index._v).reshape(-1))
    for size in reversed(index.shape.as_list()[1:]):
        flat = made(flat, np.arange(flat.shape[0] // size + 1) * size, params)
    return flat if index.shape.rank else flat[0]


@composite("ragged.range")
def range_(starts: Any, limits: Any = None, deltas: Any = 1, dtype: Any = None, name: Any = None,
           row_splits_dtype: Any = dt.int64) -> RaggedTensor:  # fmt: skip
    """A row of numbers for each start and limit."""
    if limits is None:
        starts, limits = 0, starts
    parts = [convert(v, None if dtype is None else as_dtype(dtype)) for v in (starts, limits, deltas)]
    low, high, step = np.broadcast_arrays(*(np.atleast_1d(p._v) for p in parts))
    rows = [np.arange(a, b, d) for a, b, d in zip(low, high, step, strict=True)]
    flat = np.concatenate([*rows, np.zeros(0)]).astype(parts[1].dtype.np)
    return made(convert(flat), ends([len(r) for r in rows]), as_dtype(row_splits_dtype))


@composite("ragged.boolean_mask")
def boolean_mask(data: Any, mask: Any, name: Any = None) -> Any:
    """What the mask marks, row by row."""
    if not isinstance(mask, RaggedTensor) and convert(mask).shape.rank == 1:
        return rows_of(_given(data), np.flatnonzero(convert(mask)._v))
    x, marks = _ragged(data), _ragged(mask)
    kept = np.asarray(marks.flat_values._v)
    counts = np.bincount(marks._rowids()[kept], minlength=len(marks._splits) - 1)
    return made(rows_of(x.values, np.flatnonzero(kept)), ends(counts), x)


@composite("ragged.map_flat_values")
def map_flat_values(op: Any, *args: Any, **kwargs: Any) -> Any:
    """A function of the flat values, the rows staying."""
    first = next((v for v in (*args, *kwargs.values()) if isinstance(v, RaggedTensor)), None)

    def plain(v: Any) -> Any:
        return v.flat_values if isinstance(v, RaggedTensor) else v

    found = op(*map(plain, args), **{k: plain(v) for k, v in kwargs.items()})
    return found if first is None else first.with_flat_values(found)


@composite("ragged.row_splits_to_segment_ids")
def row_splits_to_segment_ids(splits: Any, name: Any = None, out_type: Any = None) -> Any:
    """The row of each value, of where rows begin."""
    numbers = _numbers(splits)
    kind = as_dtype(out_type) if out_type is not None else _kind(splits)
    return convert(np.repeat(np.arange(len(numbers) - 1), np.diff(numbers)).astype(kind.np))


@composite("ragged.segment_ids_to_row_splits")
def segment_ids_to_row_splits(
    segment_ids: Any, num_segments: Any = None, out_type: Any = None, name: Any = None
) -> Any:
    """Where rows begin, of the row of each value."""
    ids = _numbers(segment_ids)
    kind = as_dtype(out_type) if out_type is not None else _kind(segment_ids)
    return convert(
        ends(np.bincount(ids, minlength=0 if num_segments is None else int(num_segments))).astype(kind.np)
    )
