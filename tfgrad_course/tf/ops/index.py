"""Slicing, gathering, and choosing by a condition."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf._arrays import scalar
from tfgrad_course.tf._convert import convert, operand
from tfgrad_course.tf._declare import batched, composite, linear, raw, rule, traced
from tfgrad_course.tf._dtypes import ANY, MOVED, NUMBERS, bool_, int16, int32, int64, string
from tfgrad_course.tf._errors import invalid, mismatch, not_allowed
from tfgrad_course.tf._refusals import listed
from tfgrad_course.tf._slices import Rows, TracedRows
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf._variable import TENSORS, Variable
from tfgrad_course.tf.ops.shape import M23

# Slices -----------------------------------------------------------------------------------------

_add_at: Any = np.add.at

# Slices cannot be dictionary keys before Python 3.12, so a key is kept as plain tuples.
Key = tuple[Any, ...]


def _numpy_key(key: Key) -> tuple[Any, ...]:
    return tuple(slice(*part) if type(part) is tuple else part for part in key)


def _sliced(x: Any, key: Key) -> Any:
    return scalar(x[_numpy_key(key)])


def _below_rows(key: Key) -> tuple[Any, ...]:
    return (slice(None), *_numpy_key(key))


def _unslice(g: Any, shape: tuple[int, ...], key: Key) -> Any:
    made = np.zeros(shape, g.dtype)
    made[_numpy_key(key)] = g
    return made


def _unslice_rows(g: Any, shape: tuple[int, ...], key: Key) -> Any:
    made = np.zeros((g.shape[0], *shape), g.dtype)
    made[_below_rows(key)] = g
    return made


take_slice = linear(
    "take_slice", _sliced, lambda F, g, z, x, key: F.unslice(g, F.shape(x), key),
    batched_kernel=lambda g, key: g[_below_rows(key)],
    dtypes=MOVED, op="StridedSlice", attrs=True, sample=[(M23, ((0, 2, 1), (0, 3, 2))), (M23, (1,))], doc="A slice.",
)  # fmt: skip
unslice = linear(
    "unslice", _unslice, lambda F, g, z, x, shape, key: F.take_slice(g, key), batched_kernel=_unslice_rows,
    dtypes=MOVED, op="StridedSliceGrad", attrs=True, sample=[((1.0, 2.0, 3.0), (2, 3), (1,))],
    doc="Zeros with a slice filled in.",
)  # fmt: skip

_WORDS = (
    "Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 tensors are valid "
    "indices, got {!r}"
)


_INDICES = (int16, int32, int64)


def _ends(*shapes: str) -> str:
    return (
        "Expected begin, end, and strides to be 1D equal size tensors, but got shapes {}, {}, and {} instead."
    ).format(*shapes)


def _index(value: Any) -> int:
    if isinstance(value, TENSORS):
        if value.dtype not in _INDICES or value._v.ndim == 1:
            raise TypeError(_WORDS.format(value))
        if value._v.ndim:
            raise invalid("StridedSlice", _ends("[1,1,1]", "[1,1,1]", "[1]"))
        return int(value._v)
    if isinstance(value, bool):
        raise not_allowed("StridedSlice", "bool", [d.kernel for d in _INDICES], "Index")
    if (
        isinstance(value, np.bool_)
        or not hasattr(value, "__index__")
        or (hasattr(value, "ndim") and value.ndim)
    ):
        raise TypeError(_WORDS.format(value))
    return int(value.__index__())


def _part(part: Any) -> Any:
    if part is None or part is Ellipsis:
        return part
    if isinstance(part, slice):
        ends = [None if end is None else _index(end) for end in (part.start, part.stop, part.step)]
        if ends[2] == 0:
            raise invalid("StridedSlice", "strides[0] must be non-zero")
        return tuple(ends)
    return _index(part)


def _checked_key(x: EagerTensor, key: Any) -> Key:
    parts = tuple(_part(part) for part in (key if isinstance(key, tuple | list) else (key,)))
    rank = x._v.ndim
    used = sum(part is not None and part is not Ellipsis for part in parts)
    if parts.count(Ellipsis) > 1:
        raise invalid("StridedSlice", "Multiple ellipses in slice spec not allowed")
    if used > rank:
        if not rank:
            raise invalid("StridedSlice", "Attempting to slice scalar input.")
        raise invalid(
            "StridedSlice", f"Index out of range using input dim {rank}; input has only {rank} dims"
        )
    axis = 0
    for part in parts:
        if part is Ellipsis:
            axis = rank - sum(p is not None for p in parts[parts.index(Ellipsis) + 1 :])
        elif part is not None:
            if type(part) is int and not -x._v.shape[axis] <= part < x._v.shape[axis]:
                seen = part + x._v.shape[axis] if part < 0 else part
                raise invalid("StridedSlice", f"slice index {seen} of dimension {axis} out of bounds.")
            axis += 1
    return parts if Ellipsis in parts else (*parts, Ellipsis)


def getitem(x: Any, key: Any) -> Any:
    """`x[key]`."""
    if isinstance(key, bool) or (
        isinstance(key, EagerTensor | np.ndarray) and key.dtype in (bool_, np.dtype(bool))
    ):
        return boolean_mask(x, key)
    x = x if type(x) is EagerTensor else x._read()
    return take_slice(x, _checked_key(x, key))


EagerTensor.__getitem__ = getitem  # type: ignore[method-assign]


def _variable_getitem(variable: Variable, key: Any) -> Any:
    found = getitem(variable, key)
    found._origin = lambda how: _assigner(variable, key, how)
    return found


def _assigner(variable: Variable, key: Any, how: str) -> Any:
    """`v[key].assign(value)`."""

    def assign(
        value: Any, name: str | None = None, use_locking: bool = False, read_value: bool = True
    ) -> Any:
        now = variable._now
        part = _numpy_key(_checked_key(now, key))
        given = convert(value, variable.dtype)
        fresh = np.array(now._v)
        old = fresh[part]
        try:
            fresh[part] = given._v
        except ValueError:
            final = "[" + ",".join(map(str, old.shape)) + "]"
            raise invalid(
                "ResourceStridedSliceAssign",
                f"Cannot broadcast input shape {listed(given)} into final shape {final}",
            ) from None
        return variable._put(fresh if fresh.shape else fresh[()], how, given, read_value)

    return assign


Variable.__getitem__ = _variable_getitem  # type: ignore[method-assign]


@composite("slice", sample=[(M23, [0, 1], [2, 2])])
def slice_(input_: Any, begin: Any, size: Any, name: str | None = None) -> Any:
    """A slice given by where it begins and how large it is."""
    x = convert(input_)
    at, many = convert(begin), convert(size)
    for given in (at, many):
        if given.dtype not in (int32, int64):
            raise not_allowed("Slice", given.dtype.kernel, ["int32", "int64"], "Index")
    if many.dtype is not at.dtype:
        raise mismatch("Slice", 2, at.dtype.kernel, many.dtype.kernel)
    rank = x._v.ndim
    if at._v.shape != (rank,) or many._v.shape != (rank,):
        raise invalid(
            "Slice",
            f"Expected begin and size arguments to be 1-D tensors of size {rank}, but got shapes {listed(at)} and "
            f"{listed(many)} instead.",
        )
    starts, sizes = at._v.tolist(), many._v.tolist()
    key = []
    for i, (start, length, have) in enumerate(zip(starts, sizes, x._v.shape, strict=True)):
        length = have - start if length == -1 else length
        if not 0 <= start <= have:
            raise invalid("Slice", f"Expected begin[{i}] in [0, {have}], but got {start}")
        if not 0 <= length <= have - start:
            raise invalid("Slice", f"Expected size[{i}] in [0, {have - start}], but got {length}")
        key.append((start, start + length, None))
    return take_slice(x, tuple(key))


# Gathering --------------------------------------------------------------------------------------


def _gather(params: Any, indices: Any, axis: int, batch: int, dense: bool = False) -> Any:
    if batch:
        moved = np.moveaxis(params, axis, batch)
        lead = np.indices(indices.shape[:batch]).reshape((batch, *indices.shape[:batch]))
        grids = tuple(g.reshape(g.shape + (1,) * (indices.ndim - batch)) for g in lead)
        place = (*grids, indices)
        made = moved[place]
        # The indices' own axes belong where the gathered axis was.
        at = params.ndim + axis
        own = indices.ndim - batch
        source = tuple(range(batch, batch + own))
        return np.moveaxis(made, source, tuple(range(at, at + own)))
    return scalar(np.take(params, indices, axis))


def _gather_vjp(
    F: Any, g: Any, z: Any, params: Any, indices: Any, axis: int, batch: int, dense: bool = False
) -> Any:
    shape = F.shape(params)
    if axis == -len(shape) and not batch and not dense:
        return F.slices(g, indices, shape)
    return F.scatter_axis(g, indices, axis, shape, batch)


gather_row = rule(
    "gather", _gather, _gather_vjp, None, inputs=2, attrs=True, dtypes=MOVED, op="GatherV2",
    doc="Elements chosen by index along an axis.",
)  # fmt: skip


def _scatter_axis(g: Any, indices: Any, axis: int, shape: tuple[int, ...], batch: int) -> Any:
    lead = g.shape[: g.ndim - (len(shape) - 1 + indices.ndim - batch)]
    made: Any = np.zeros((*lead, *shape), g.dtype)
    if not batch:
        _add_at(made, (slice(None),) * (made.ndim + axis) + (indices,), g)
        return made
    own, at = indices.ndim - batch, g.ndim - (len(shape) + own_axes(indices, batch)) + len(shape) + axis
    first = len(lead)
    moved = np.moveaxis(g, tuple(range(at, at + own)), tuple(range(first + batch, first + batch + own)))
    into = np.moveaxis(made, axis, first + batch)
    grids = tuple(grid.reshape(grid.shape + (1,) * own) for grid in np.indices(indices.shape[:batch]))
    _add_at(into, (slice(None),) * first + (*grids, indices), moved)
    return made


def own_axes(indices: Any, batch: int) -> int:
    """How many axes more than one the gathered result has in the place of the gathered axis."""
    return indices.ndim - batch - 1


scatter_axis = rule(
    "scatter_axis", _scatter_axis,
    lambda F, g, z, x, indices, axis, shape, batch: F.gather(g, indices, axis, batch), None,
    inputs=2, attrs=True, dtypes=ANY, op="UnsortedSegmentSum", doc="The transpose of gather.",
)  # fmt: skip


def _scatter_rows(values: Any, indices: Any, shape: tuple[int, ...]) -> Any:
    made = np.zeros(shape, values.dtype)
    _add_at(made, indices, values)
    return made


def _scatter_rows_batched(g: Any, indices: Any, shape: tuple[int, ...]) -> Any:
    made = np.zeros((g.shape[0], *shape), g.dtype)
    _add_at(made, (slice(None), indices), g)
    return made


scatter_rows = rule(
    "scatter_rows", _scatter_rows, lambda F, g, z, x, indices, shape: F.gather_rows(g, indices), None,
    inputs=2, attrs=True, batched_kernel=_scatter_rows_batched, dtypes=ANY, op="UnsortedSegmentSum",
    doc="Rows added up where they belong.",
)  # fmt: skip
raw.gather_rows = lambda g, indices: g[indices]
batched.gather_rows = lambda g, indices: g[:, indices]
traced.gather_rows = lambda g, indices: gather_row(g, indices, -g._v.ndim, 0)


def _flat(indices: Any) -> Any:
    return np.asarray(indices).reshape(-1)


raw.slices = lambda g, indices, shape: Rows(g.reshape((indices.size, *shape[1:])), _flat(indices), shape)
batched.slices = lambda g, indices, shape: _scatter_rows_batched(
    g.reshape((g.shape[0], indices.size, *shape[1:])), _flat(indices), shape
)
traced.slices = lambda g, indices, shape: TracedRows(
    traced.reshape_to(g, (indices._v.size, *shape[1:])), tensor(_flat(indices._v), indices.dtype), shape
)


@composite("gather")
def gather(
    params: Any,
    indices: Any,
    validate_indices: Any = None,
    axis: Any = None,
    batch_dims: int = 0,
    name: str | None = None,
) -> Any:
    """Elements chosen by index along an axis."""
    if hasattr(params, "_paired") or hasattr(indices, "_paired"):
        from tfgrad_course.tf.ops.ragged import gathered

        return gathered(params, indices)
    x, chosen = convert(params), convert(indices)
    rank = x._v.ndim
    if axis is not None and convert(axis)._v.ndim:
        raise invalid("GatherV2", "axis must be scalar")
    at = batch_dims if axis is None else int(axis)
    if chosen.dtype not in _INDICES:
        raise not_allowed("GatherV2", chosen.dtype.kernel, [d.kernel for d in _INDICES], "Tindices")
    if not -rank <= at < rank:
        if not rank:
            raise invalid("GatherV2", "params must be at least 1 dimensional")
        raise invalid(
            "GatherV2", f"Shape must be at least rank {at + 1 if at >= 0 else -at} but is rank {rank}"
        )
    # (for the first axis TensorFlow asks a kernel that knows of no batch)
    batch = _batch_dims(batch_dims, x._v.shape, chosen._v.shape, at % rank) if at else 0
    size = x._v.shape[at]
    bad = (chosen._v < 0) | (chosen._v >= size)
    if np.any(bad):
        where = tuple(int(i[0]) for i in np.nonzero(np.atleast_1d(bad)))
        value = np.atleast_1d(chosen._v)[where]
        place = f"indices[{','.join(map(str, where))}]" if chosen._v.ndim else "indices"
        raise invalid("GatherV2", f"{place} = {value} is not in [0, {size})")
    if at < 0:
        # TensorFlow gives slices for axis 0 only when it is called so.
        return gather_row(x, chosen, at, batch, True)
    return gather_row(x, chosen, at - rank, batch)


def _batch_dims(given: int, params: tuple[int, ...], indices: tuple[int, ...], axis: int) -> int:
    """How many axes params and indices share."""
    op, most = "GatherV2", len(indices)
    if not given:
        return 0
    if not -most <= given <= most:
        raise invalid(op, f"Expected batch_dims in the range [{-most}, {most}], but got {given}")
    batch = given + most if given < 0 else given
    if batch >= len(params):
        raise invalid(op, f"batch_dims ({batch}) must be less than rank(params) ({len(params)}).")
    if batch > axis:
        raise invalid(op, f"batch_dims ({batch}) must be less than or equal to axis ({axis}).")
    for i in range(batch):
        if params[i] != indices[i]:
            raise invalid(
                op, f"params.shape[{i}]: {params[i]} should be equal to indices.shape[{i}]: {indices[i]}"
            )
    return batch


traced.gather = gather_row


@composite("boolean_mask")
def boolean_mask(tensor: Any, mask: Any, axis: Any = None, name: str = "boolean_mask") -> Any:
    """The elements for which the mask is true."""
    x, chosen = convert(tensor), convert(mask)
    at = 0 if axis is None else int(axis)
    rank = chosen._v.ndim
    if not rank:
        raise ValueError("mask cannot be scalar.")
    if x._v.shape[at : at + rank] != chosen._v.shape:
        raise ValueError(f"Shapes {x.shape[at : at + rank]} and {chosen.shape} are incompatible")
    shape = x._v.shape
    flat = traced.reshape_to(x, (*shape[:at], chosen._v.size, *shape[at + rank :]))
    places = np.nonzero(chosen._v.reshape(-1))[0]
    return gather(flat, places, axis=at)


# Conditions -------------------------------------------------------------------------------------


def _select(c: Any, x: Any, y: Any) -> Any:
    if type(c) is np.bool_ and x.shape == y.shape:
        return x if c else y
    return scalar(np.where(c, x, y))


select = rule(
    "select", _select, None, lambda F, g, z, c, x, y: F.mask(c, g), lambda F, g, z, c, x, y: F.mask(~c, g),
    inputs=3, dtypes=ANY, op="SelectV2", result=lambda dtypes: dtypes[1], doc="x where c, else y.",
)  # fmt: skip


@composite("where", sample=[((True, False), (0.5, 2.0), (1.0, -1.0))])
def where(condition: Any, x: Any = None, y: Any = None, name: str | None = None) -> Any:
    """x where the condition holds, else y; with the condition alone, the places where it holds."""
    if (x is None) != (y is None):
        raise ValueError("x and y must both be non-None or both be None.")
    if hasattr(condition, "_paired"):
        if x is None:
            at = condition._coordinates()[np.asarray(condition.flat_values._v)]
            return tensor(at.astype(np.int64), int64)
        sides = [v.flat_values if hasattr(v, "_paired") else condition._beside(v) for v in (x, y)]
        return condition.with_flat_values(where(condition.flat_values, *sides))
    if x is None:
        chosen = convert(condition)
        if chosen.dtype is string:
            raise not_allowed("Where", "string", [d.kernel for d in (*NUMBERS, bool_)])
        if not chosen._v.ndim:
            raise invalid("Where", "WhereOp : Unhandled input dimensions: 0")
        return tensor(
            np.argwhere(chosen._v != 0 if chosen.dtype is not bool_ else chosen._v).astype(np.int64), int64
        )
    chosen = condition._read() if isinstance(condition, Variable) else convert(condition, bool_)
    if chosen.dtype is not bool_:
        raise mismatch("SelectV2", 0, "bool", chosen.dtype.kernel)
    a = operand(x, y)
    b = operand(y, a)
    if a.dtype is not b.dtype:
        raise mismatch("SelectV2", 2, a.dtype.kernel, b.dtype.kernel)
    try:
        np.broadcast_shapes(chosen._v.shape, a._v.shape, b._v.shape)
    except ValueError:
        raise invalid(
            "SelectV2",
            f"condition {listed(chosen)}, then {listed(a)}, and else {listed(b)} must be broadcastable",
        ) from None
    return select(chosen, a, b)
