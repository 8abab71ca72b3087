"""Rows picked and put by index tuples; tensors padded, tiled, rolled, turned, repeated."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf._arrays import scalar
from tfgrad_course.tf._by_tensors import on_tensors
from tfgrad_course.tf._convert import convert, operand
from tfgrad_course.tf._declare import composite, linear, rule, traced
from tfgrad_course.tf._dtypes import ANY, MOVED, as_dtype
from tfgrad_course.tf._errors import invalid
from tfgrad_course.tf._tensor import tensor
from tfgrad_course.tf._variable import TENSORS
from tfgrad_course.tf.ops.shape import M23, shape_tuple


class Places:
    """Index tuples as one hashable thing: rows of `array` are positions."""

    __slots__ = ("array", "key", "rows")

    def __init__(self, array: Any, rows: bool = False) -> None:
        # `rows`: whole rows of a tensor, for which TensorFlow gives a gradient of IndexedSlices.
        self.array, self.rows = array, rows and array.ndim == 2 and array.shape[1] == 1
        self.key = tuple(array.transpose(array.ndim - 1, *range(array.ndim - 1)))

    def __hash__(self) -> int:
        return hash((self.array.shape, self.array.tobytes()))

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Places) and np.array_equal(self.array, other.array)


def _pick(x: Any, places: Places) -> Any:
    return scalar(
        x[places.key] if places.key else np.broadcast_to(x, (*places.array.shape[:-1], *x.shape)).copy()
    )


def _put(g: Any, places: Places, shape: tuple[int, ...]) -> Any:
    if g.dtype == object:
        made = np.full(shape, b"", object)
        made[places.key] = g
        return made
    made = np.zeros(shape, g.dtype)
    if places.key:
        np.add.at(made, places.key, g)
        return made
    return np.add.reduce(g.reshape(-1, *shape), axis=0) if places.array.size or g.size else made


def _pick_rows(g: Any, places: Places) -> Any:
    return np.stack([_pick(row, places) for row in g])


def _put_rows(g: Any, places: Places, shape: tuple[int, ...]) -> Any:
    return np.stack([_put(row, places, shape) for row in g])


def _pick_vjp(F: Any, g: Any, z: Any, x: Any, places: Places) -> Any:
    shape = tuple(F.shape(x))
    if not places.rows:
        return F.put(g, places, shape)
    index = places.array[:, 0]
    return F.slices(g, convert(index) if F.life == "traced" else index, shape)


pick = linear(
    "pick", _pick, _pick_vjp, batched_kernel=_pick_rows,
    dtypes=MOVED, op="GatherNd", attrs=True, doc="The parts of x at index tuples.",
)  # fmt: skip
put = linear(
    "put", _put, lambda F, g, z, x, places, shape: F.pick(g, places), batched_kernel=_put_rows,
    dtypes=ANY, op="ScatterNd", attrs=True, doc="Zeros with values added at index tuples.",
)  # fmt: skip


def _told(shape: Any) -> str:
    return "[" + ",".join(map(str, shape)) + "]"


def _whole(indices: Any, op: str) -> Any:
    """Indices as an array of whole numbers of rank one at least."""
    given = convert(indices)
    if given.dtype not in (dt.int16, dt.int32, dt.int64):
        raise errors.not_allowed(op, given.dtype.kernel, ["int16", "int32", "int64"], "Tindices")
    return np.asarray(given._numpy())


def _inside(array: Any, shape: tuple[int, ...], op: str, lenient: bool = False, batch: int = 0) -> Any:
    """The indices, if they are of a tensor of this shape."""
    depth = array.shape[-1]
    limit = np.asarray(shape[:depth])
    outside = ((array < 0) | (array >= limit)).any(-1)
    if not lenient and outside.any():
        where = np.argwhere(outside)[-1].tolist()
        bad = array[tuple(where)].tolist()
        if batch:
            where = [int(np.ravel_multi_index(where[:batch], array.shape[:batch])), *where[batch:]]
        place = f"indices{_told(where) if where else ''} = {bad} does not index into"
        gathers = f"param shape {_told(shape)}, node name: {op}"
        raise invalid(op, f"{place} {gathers if op == 'GatherNd' else f'shape {_told(shape)}'}")
    return outside


@composite("gather_nd", sample=[(M23, [[0, 1], [1, 2]])])
def gather_nd(
    params: Any, indices: Any, batch_dims: Any = 0, name: Any = None, bad_indices_policy: str = ""
) -> Any:
    """The parts of params at index tuples (the last axis of indices)."""
    x, lead = convert(params), int(batch_dims)
    if bad_indices_policy not in ("", "DEFAULT", "ERROR", "IGNORE"):
        raise errors.NotFoundError(
            None, None, "Could not find device for node: {{node GatherNd}} = GatherNd[]"
        )
    index = _whole(indices, "GatherNd")
    if not index.ndim:
        raise invalid("GatherNd", "indices must be at least a vector")
    if not x.shape.rank:
        raise invalid("GatherNd", "params must be at least a vector")
    if lead:
        for name, rank in (("indices", index.ndim), ("params", x.shape.rank)):
            if lead >= rank:
                raise ValueError(f"Argument `batch_dims` = {lead} must be less than rank(`{name}`) = {rank}")
        if index.shape[:lead] != tuple(x.shape[:lead]):
            have, want = int(np.prod(index.shape[:-1])), int(np.prod(tuple(x.shape[:lead])))
            raise invalid(
                "Reshape",
                f"Input to reshape is a tensor with {have} values, but the requested shape has {want}",
            )
        grid = np.indices(index.shape[:lead]).reshape(
            lead, *index.shape[:lead], *(1,) * (index.ndim - 1 - lead)
        )
        parts = [np.broadcast_to(g, index.shape[:-1]) for g in grid]
        index = np.concatenate([np.stack(parts, -1).astype(index.dtype), index], -1)
    shape, depth = tuple(x.shape.as_list()), index.shape[-1]
    if depth > len(shape):
        raise invalid(
            "GatherNd",
            f"index innermost dimension length must be <= params rank; saw: {depth} vs. {len(shape)}",
        )
    lenient = bad_indices_policy == "IGNORE"
    if not x.shape.num_elements() and np.prod(index.shape[:-1], dtype=int) * max(depth < len(shape), 1):
        raise invalid(
            "GatherNd", f"Requested more than 0 entries, but params is empty.  Params shape: {_told(shape)}"
        )
    outside = _inside(index, shape, "GatherNd", lenient, lead) if depth else None
    if not lenient or outside is None or not outside.any():
        return pick(x, Places(index, True))
    found = pick(x, Places(np.where(outside[..., None], 0, index)))
    gone = np.broadcast_to(
        outside.reshape(outside.shape + (1,) * (found.shape.rank - outside.ndim)), tuple(found.shape)
    )
    return tf.where(_mask(gone.copy()), tf.zeros_like(found), found)


@composite("scatter_nd", sample=[([[1], [3]], (0.5, 2.0), [4])])
def scatter_nd(indices: Any, updates: Any, shape: Any, bad_indices_policy: str = "", name: Any = None) -> Any:
    """Zeros of a shape with updates added at index tuples."""
    op = "ScatterNd"
    array, updates, sizes = _whole(indices, op), convert(updates), convert(shape)
    if isinstance(indices, TENSORS) and isinstance(shape, TENSORS) and indices.dtype is not sizes.dtype:
        raise errors.mismatch(op, 2, indices.dtype.kernel, sizes.dtype.kernel)
    if sizes.shape.rank != 1:
        raise invalid(op, "Shape must be a vector")
    if not array.ndim:
        raise invalid(op, "Indices shape must have rank at least one. Found:[]")
    full, depth = shape_tuple(shape), array.shape[-1]
    for n in full:
        if n < 0:
            raise invalid(op, f"Dimension {n} must be >= 0")
    given = tuple(updates.shape.as_list())
    if (array.size or updates.shape.num_elements()) and (0 in full or not depth):
        shown = f". indices shape: {_told(array.shape)}" if depth else " shape"
        raise invalid(op, f"Indices and updates specified for empty output{shown}")
    lead = array.ndim - 1
    if given[:lead] != array.shape[:-1]:
        raise invalid(
            op, f"Dimensions [0,{lead}) of indices[shape={_told(array.shape)}] must match dimensions [0,{lead}) of "
            f"updates[shape={_told(given)}]",
        )  # fmt: skip
    if depth > len(full) or given[lead:] != full[depth:]:
        raise invalid(
            op, f"Dimensions [{depth},{len(full)}) of input[shape={_told(full)}] must match dimensions [{lead},"
            f"{len(given)}) of updates[shape={_told(given)}]",
        )  # fmt: skip
    array, updates = _inner(array, updates, full, op, bad_indices_policy)
    return put(updates, Places(array), full)


def _no_vector(array: Any, given: tuple[int, ...], full: tuple[int, ...], op: str) -> None:
    """A vector of indices means one index tuple to half of TensorFlow's checks, and several of one entry to the other."""
    if array.ndim > 1:
        return
    if not given:
        raise invalid(op, "Updates shape must have rank at least one. Found:[]")
    if given[:1] != array.shape:
        raise invalid(
            op, f"Dimensions [0,1) of indices[shape={_told(array.shape)}] = {len(array)} must match dimensions [0,1) of "
            f"updates[shape={_told(given)}] = {given[0]}",
        )  # fmt: skip
    if given[1:] != full[1:]:
        raise invalid(
            op, f"Dimensions [1,{len(full)}) of input[shape={_told(full)}] must match dimensions [1,{len(given)}) of "
            f"updates[shape={_told(given)}]",
        )  # fmt: skip


def _inner(array: Any, updates: Any, shape: Any, op: str, policy: str) -> tuple[Any, Any]:
    """Indices and updates, without those that lie outside if so asked."""
    _no_vector(array, tuple(updates.shape.as_list()), tuple(shape), op)
    if policy not in ("", "DEFAULT", "ERROR", "IGNORE"):
        raise invalid(op, f"Unknown bad indices handling attribute: {policy}")
    if policy != "IGNORE":
        _inside(array, tuple(shape), op)
        return array, updates
    flat = array.reshape(-1, array.shape[-1])
    kept = np.flatnonzero(~_inside(flat, tuple(shape), op, True))
    inner = updates.shape.as_list()[array.ndim - 1 :]
    return flat[kept], pick(tf.reshape(updates, [len(flat), *inner]), Places(kept[:, None]))


def _spread_updates(x: Any, indices: Any, updates: Any, op: str, policy: str = "") -> tuple[Any, Any, Places]:
    x = operand(x, updates)
    updates = operand(updates, x)
    if updates.dtype is not x.dtype:
        raise errors.mismatch(op, 2, x.dtype.kernel, updates.dtype.kernel)
    if (x.dtype in (dt.bool_, dt.string) and op != "TensorScatterUpdate") or (
        x.dtype.is_complex and op.endswith(("Max", "Min"))
    ):
        text = f"Could not find device for node: {{{{node {op}}}}} = {op}[T=DT_{x.dtype.kernel.upper()}]"
        raise errors.NotFoundError(None, None, text)
    array = _whole(indices, op)
    shape, given = tuple(x.shape.as_list()), tuple(updates.shape.as_list())
    for word, rank in (("Indices", array.ndim), ("Updates", len(given))):
        if not rank:
            raise invalid(op, f"{word} shape must have rank at least one. Found:[]")
    lead, depth = array.ndim - 1, array.shape[-1]
    if given[:lead] != array.shape[:-1]:
        raise invalid(
            op, f"Outer dimensions of indices and update must match. Indices shape: {_told(array.shape)}, updates "
            f"shape:{_told(given)}",
        )  # fmt: skip
    if depth > len(shape) or given[lead:] != shape[depth:]:
        raise invalid(
            op, "Inner dimensions of output shape must match inner dimensions of updates shape. Output: "
            f"{_told(shape)} updates: {_told(given)}",
        )  # fmt: skip
    array, updates = _inner(array, updates, shape, op, policy)
    return x, updates, Places(array)


@composite("tensor_scatter_nd_add", sample=[((1.0, 2.0, 3.0), [[1], [1]], (0.5, 2.0))])
def tensor_scatter_nd_add(
    tensor: Any, indices: Any, updates: Any, bad_indices_policy: str = "", name: Any = None
) -> Any:
    """The tensor with updates added at index tuples."""
    x, updates, places = _spread_updates(tensor, indices, updates, "TensorScatterAdd", bad_indices_policy)
    return x + put(updates, places, tuple(x.shape.as_list()))


@composite("tensor_scatter_nd_sub", sample=[((1.0, 2.0, 3.0), [[1], [1]], (0.5, 2.0))])
def tensor_scatter_nd_sub(
    tensor: Any, indices: Any, updates: Any, bad_indices_policy: str = "", name: Any = None
) -> Any:
    """The tensor with updates taken away at index tuples."""
    x, updates, places = _spread_updates(tensor, indices, updates, "TensorScatterSub", bad_indices_policy)
    return x - put(updates, places, tuple(x.shape.as_list()))


def _updated(x: Any, updates: Any, places: Places) -> Any:
    made = np.array(x)
    made[places.key] = updates
    return scalar(made)


# TensorFlow's gradient reaches also those updates that later ones have replaced.
update_at: Any = rule(
    "update_at", _updated,
    on_tensors(lambda g, z, x, updates, places: traced.update_at(g, traced.zeros_like(updates), places)),
    on_tensors(lambda g, z, x, updates, places: pick(g, places)),
    inputs=2, attrs=True, batched=False, dtypes=ANY, op="TensorScatterUpdate", doc="x with parts replaced at index tuples.",
)  # fmt: skip


@composite("tensor_scatter_nd_update", sample=[((1.0, 2.0, 3.0), [[1], [2]], (0.5, 2.0))])
def tensor_scatter_nd_update(tensor: Any, indices: Any, updates: Any, name: Any = None) -> Any:
    """The tensor with updates in place of what was at index tuples; the last one wins."""
    x, updates, places = _spread_updates(tensor, indices, updates, "TensorScatterUpdate")
    return update_at(x, updates, places)


def _mask(array: Any) -> Any:
    return tensor(array if array.shape else np.bool_(array), dt.bool_)


def _scatter_extreme(x: Any, indices: Any, updates: Any, largest: bool, policy: str) -> Any:
    x, updates, places = _spread_updates(
        x, indices, updates, "TensorScatterMax" if largest else "TensorScatterMin", policy
    )
    best = np.array(x._numpy())
    (np.maximum if largest else np.minimum).at(best, places.key, updates._numpy())
    result = tensor(best, x.dtype)
    stays = _mask(x._numpy() == best)
    won = updates._numpy() == best[places.key]
    share = np.zeros(best.shape, best.dtype)
    np.add.at(share, places.key, won.astype(best.dtype))
    share = share + (x._numpy() == best)
    weight = tensor(1 / np.maximum(share, 1), x.dtype) if x.dtype.is_floating else None
    if weight is None:
        return result
    zero = tf.zeros_like(updates)
    moved = put(tf.where(_mask(won), updates, zero), places, tuple(x.shape.as_list()))
    return (tf.where(stays, x, tf.zeros_like(x)) + moved) * weight


@composite("tensor_scatter_nd_max")
def tensor_scatter_nd_max(
    tensor: Any, indices: Any, updates: Any, bad_indices_policy: str = "", name: Any = None
) -> Any:
    """The larger of the tensor and the updates at index tuples."""
    return _scatter_extreme(tensor, indices, updates, True, bad_indices_policy)


@composite("tensor_scatter_nd_min")
def tensor_scatter_nd_min(
    tensor: Any, indices: Any, updates: Any, bad_indices_policy: str = "", name: Any = None
) -> Any:
    """The smaller of the tensor and the updates at index tuples."""
    return _scatter_extreme(tensor, indices, updates, False, bad_indices_policy)


# Padding, tiling, turning --------------------------------------------------------------------------


def _padded(x: Any, pads: Any, fill: Any) -> Any:
    if x.dtype == object:
        made = np.empty([low + n + high for n, (low, high) in zip(x.shape, pads, strict=True)], object)
        made[...] = fill
        made[tuple(slice(low, low + n) for n, (low, _) in zip(x.shape, pads, strict=True))] = x
        return made
    return np.pad(x, pads, constant_values=fill)


def _padded_rows(g: Any, pads: Any, fill: Any) -> Any:
    return np.pad(g, ((0, 0), *pads), constant_values=fill)


def _key(shape: Any, pads: Any) -> Any:
    return tuple((a, a + n, 1) for n, (a, _) in zip(shape, pads, strict=True))


pad_constant = linear(
    "pad_constant", _padded, lambda F, g, z, x, pads, fill: F.take_slice(g, _key(F.shape(x), pads)),
    batched_kernel=_padded_rows, dtypes=MOVED, op="PadV2", attrs=True, doc="A border of constant values.",
)  # fmt: skip


def _padding_fits(x: Any, pads: Any, mode: str) -> None:
    """Kernels pad up to six axes, of which several in a row that keep their size count as one; mirrors up to five."""
    mirror = mode.upper() != "CONSTANT"
    op, most = ("MirrorPad", 5) if mirror else ("Pad", 8)
    if len(pads) > most:
        text = errors.kernel_text(op, f"inputs rank not in [0,{most}]: {len(pads)}")
        raise errors.UnimplementedError(None, None, text)
    if (pads < 0).any():
        pair = pads[(pads < 0).any(-1)][0]
        raise invalid(op, f"{'p' if mirror else 'P'}addings must be non-negative: {pair[0]} {pair[1]}")
    still = (pads == 0).all(-1).tolist()
    if sum(not (a and b) for a, b in zip(still, [False, *still], strict=False)) > 6:
        raise invalid(op, f"Only ranks up to 6 supported: {_told(x.shape)}")


@composite("pad", sample=[(M23, [[1, 0], [0, 2]])])
def pad(
    tensor: Any, paddings: Any, mode: str = "CONSTANT", constant_values: Any = 0, name: Any = None
) -> Any:
    """The tensor with a border: constant, reflected, or symmetric."""
    x, given = convert(tensor), convert(paddings)
    if given.dtype not in (dt.int32, dt.int64):
        raise errors.not_allowed("Pad", given.dtype.kernel, ["int32", "int64"], "Tpaddings")
    array = np.asarray(given._numpy())
    if array.ndim != 2 or array.shape[1] != 2:
        raise invalid("Pad", f"paddings must be a matrix with 2 columns: {_told(array.shape)}")
    if len(array) != x.shape.rank:
        raise invalid(
            "Pad",
            f"The first dimension of paddings must be the rank of inputs{_told(array.shape)} {_told(x.shape)}",
        )
    _padding_fits(x, array, mode)
    pads = tuple((int(a), int(b)) for a, b in array)
    word = mode.upper()
    if word == "CONSTANT":
        plain = constant_values if not isinstance(constant_values, int) or constant_values else None
        fill = tf.zeros([], x.dtype)._numpy() if plain is None else convert(plain, x.dtype)._numpy()
        return pad_constant(x, pads, fill) if pads else x
    if word not in ("REFLECT", "SYMMETRIC"):
        raise ValueError(
            f"Value of argument `mode` expected to be one of ('CONSTANT', 'REFLECT', 'SYMMETRIC'). Received `mode` = {mode}"
        )
    for axis, pair in enumerate(pads):
        size = x.shape[axis]
        if max(pair) > size - (word == "REFLECT"):
            most, than = (
                ("less than", "not less than") if word == "REFLECT" else ("no greater than", "greater than")
            )
            raise invalid(
                "MirrorPad", f"paddings must be {most} the dimension size: {pair[0]}, {pair[1]} {than} {size}"
            )
        if any(pair):
            mirrored: Any = np.pad(np.arange(size), pair, mode=word.lower())  # type: ignore[call-overload]
            x = tf.gather(x, mirrored.astype(np.int32), axis=axis - x.shape.rank)
    return x


@composite("tile", sample=[(M23, [2, 1])])
def tile(input: Any, multiples: Any, name: Any = None) -> Any:
    """The tensor repeated along each axis."""
    if hasattr(input, "_paired"):
        from tfgrad_course.tf.ops.ragged import tiled

        return tiled(input, shape_tuple(multiples))
    x = convert(input)
    given = convert(multiples, dt.int32 if isinstance(multiples, list | tuple) and not multiples else None)
    if given.dtype not in (dt.int32, dt.int64):
        raise errors.not_allowed("Tile", given.dtype.kernel, ["int32", "int64"], "Tmultiples")
    if given.shape.rank != 1:
        raise invalid("Tile", f"Expected multiples to be 1-D, but got shape {_told(given.shape)}")
    times = shape_tuple(given)
    if len(times) != x.shape.rank:
        raise invalid(
            "Tile",
            f"Expected multiples argument to be a vector of length {x.shape.rank} but got length {len(times)}",
        )
    for i, n in enumerate(times):
        if n < 0:
            raise invalid("Tile", f"Expected multiples[{i}] >= 0, but got {n}")
    shape = x.shape.as_list()
    apart = [v for n, s in zip(times, shape, strict=True) for v in (1, s)]
    wide = [v for n, s in zip(times, shape, strict=True) for v in (n, s)]
    spread = tf.broadcast_to(tf.reshape(x, apart), wide)
    return tf.reshape(spread, [n * s for n, s in zip(times, shape, strict=True)])


@composite("roll", sample=[(M23, 1, 1)])
def roll(input: Any, shift: Any, axis: Any, name: Any = None) -> Any:
    """The tensor shifted along axes, what leaves at one end coming in at the other."""
    x = convert(input)
    if not x.shape.rank:
        raise invalid("Roll", "input must be 1-D or higher")
    both = convert(shift), convert(axis)
    for word, attr, given in zip(("shift", "axis"), ("Tshift", "Taxis"), both, strict=True):
        if given.dtype not in (dt.int32, dt.int64):
            raise errors.not_allowed("Roll", given.dtype.kernel, ["int32", "int64"], attr)
        if given.shape.rank > 1:
            raise invalid("Roll", f"{word} must be a scalar or a 1-D vector. Found: {_told(given.shape)}")
    steps, axes = shape_tuple(both[0]), shape_tuple(both[1])
    if len(steps) != len(axes):
        raise invalid("Roll", "shift and axis must have the same size")
    for step, along in zip(steps, axes, strict=True):
        if not -x.shape.rank <= along < x.shape.rank:
            seen = along + x.shape.rank if along < 0 else along
            raise invalid("Roll", f"axis {seen} is out of range")
        size = x.shape[along]
        if size:
            x = tf.gather(
                x,
                ((np.arange(size) - step) % size).astype(np.int32),
                axis=along % x.shape.rank - x.shape.rank,
            )
    return x


def _flip(x: Any, axes: tuple[int, ...]) -> Any:
    return np.flip(x, axes).copy() if axes else x


turn = linear(
    "turn", _flip, lambda F, g, z, x, axes: F.turn(g, axes),
    dtypes=MOVED, op="ReverseV2", attrs=True, sample=[(M23, (-1,))], doc="Axes turned round.",
)  # fmt: skip


@composite("reverse", sample=[(M23, [1])])
def reverse(tensor: Any, axis: Any, name: Any = None) -> Any:
    """The tensor with axes turned round."""
    x, listed = convert(tensor), isinstance(axis, list | tuple)
    # (of a list of booleans TensorFlow makes whole numbers)
    given = convert(
        [int(a) if type(a) is bool else a for a in axis] if listed else axis,
        dt.int32 if listed and not axis else None,
    )
    if given.dtype not in (dt.int32, dt.int64):
        raise errors.not_allowed("ReverseV2", given.dtype.kernel, ["int32", "int64"], "Tidx")
    if given.shape.rank != 1:
        raise invalid("ReverseV2", f"'dims' must be 1-dimension, not {given.shape.rank}")
    rank, axes = x.shape.rank, shape_tuple(given)
    if not rank:
        return tf.identity(x)
    for i, a in enumerate(axes):
        if not -rank <= a < rank:
            raise invalid("ReverseV2", f"'axis'[{i}] = {a} is out of valid range [0, {rank - 1}")
        if a % rank in [b % rank for b in axes[:i]]:
            raise invalid("ReverseV2", f"axis {a % rank} specified more than once.")
    return turn(x, tuple(a % rank - rank for a in axes))


@composite("reverse_sequence")
def reverse_sequence(
    input: Any, seq_lengths: Any, seq_axis: Any = None, batch_axis: Any = None, name: Any = None
) -> Any:
    """The first entries of each sequence turned round."""
    op = "ReverseSequence"
    if seq_axis is None:
        raise TypeError("Expected int for argument 'seq_dim' not None.")
    x, given = convert(input), convert(seq_lengths)
    if given.dtype not in (dt.int32, dt.int64):
        raise errors.not_allowed(op, given.dtype.kernel, ["int32", "int64"], "Tlen")
    lengths = np.asarray(given._numpy())
    along, batch, rank = int(seq_axis or 0), int(batch_axis or 0), x.shape.rank
    for word, at in (("seq", along), ("batch", batch)):
        if at < 0:
            raise invalid(op, f"Invalid {word}_dim {at}")
    if along == batch:
        raise invalid(op, f"batch_dim == seq_dim == {along}")
    for word, at in (("seq", along), ("batch", batch)):
        if at >= rank:
            raise invalid(op, f"{word}_dim must be < input rank ( {at} vs. {rank})")
    size = x.shape[along]
    if lengths.ndim != 1:
        raise invalid(op, f"seq_lengths must be 1-dim, not {lengths.ndim}")
    if lengths.shape != (x.shape[batch],):
        raise invalid(
            op, f"Length of seq_lengths != input.dims({batch}), ({lengths.size} vs. {x.shape[batch]})"
        )
    for i, length in enumerate(lengths):
        if length < 0:
            raise invalid(op, f"seq_lens({i}) < 0")
        if length > size:
            raise invalid(op, f"seq_lens({i}) > input.dims({along})")
    grid = np.indices(x.shape.as_list())
    length = lengths[grid[batch]]
    grid[along] = np.where(grid[along] < length, length - 1 - grid[along], grid[along])
    return gather_nd(x, np.stack(list(grid), -1).astype(np.int32))


@composite("repeat", sample=[((1.0, 2.0), 2)])
def repeat(input: Any, repeats: Any, axis: Any = None, name: Any = None) -> Any:
    """Entries (or parts along an axis) repeated."""
    x, counts = (
        convert(input),
        convert(repeats, dt.int32 if isinstance(repeats, list | tuple) and not repeats else None),
    )
    if axis is None:
        x, axis = tf.reshape(x, [-1]), 0
    rank = x.shape.rank
    if counts.shape.rank > 1:
        raise ValueError(f"Shape {counts.shape} must have rank at most 1")
    if not counts.dtype.is_integer:
        raise TypeError(
            "Argument `tensor` (name: repeats) must be of type integer. Received `tensor` = "
            f"{repeats} of dtype: {counts.dtype}"
        )
    if not -rank <= axis < rank:
        raise ValueError(f"axis={axis} out of bounds: expected {-rank}<=axis<{rank}")
    axis %= rank
    times, size = np.asarray(counts._numpy()), x.shape[axis]
    if times.ndim and times.size not in (1, size):
        raise ValueError(f"Dimensions {size} and {times.size} are not compatible")
    if (times < 0).any():
        raise invalid("Tile", f"Expected multiples[1] >= 0, but got {int(times.min())}")
    order = np.repeat(np.arange(size), np.broadcast_to(times, (size,)))
    return tf.gather(x, order.astype(np.int32), axis=axis - rank)


@composite("meshgrid")
def meshgrid(*args: Any, **kwargs: Any) -> list[Any]:
    """Coordinates on the grid that vectors span."""
    indexing = kwargs.pop("indexing", "xy")
    kwargs.pop("name", None)
    for key in kwargs:
        raise TypeError(f"'{key}' is an invalid keyword argument for this function")
    if indexing not in ("xy", "ij"):
        raise ValueError(f"Argument `indexing` parameter must be either 'xy' or 'ij', got '{indexing}'")
    flat = [tf.reshape(convert(a), [-1]) for a in args]
    n = len(flat)
    for i, one in enumerate(flat):
        if one.dtype is not flat[0].dtype:
            raise errors.mismatch("Mul", i, one.dtype.kernel, flat[0].dtype.kernel)
    sizes = [int(v.shape[0]) for v in flat]
    made = [tf.reshape(v, [1] * i + [sizes[i]] + [1] * (n - i - 1)) for i, v in enumerate(flat)]
    made = [tf.broadcast_to(v, sizes) for v in made]
    if indexing == "xy" and n > 1:
        made = [tf.transpose(v, [1, 0, *range(2, n)]) for v in made]
    return made


@composite("sequence_mask")
def sequence_mask(lengths: Any, maxlen: Any = None, dtype: Any = dt.bool_, name: Any = None) -> Any:
    """True for the first entries of each row."""
    wanted = np.asarray(convert(lengths)._numpy())
    if maxlen is not None and convert(maxlen).shape.rank:
        raise ValueError(
            f"Argument `maxlen` must be scalar for sequence_mask, received `maxlen` = {maxlen} with shape "
            f"'{convert(maxlen).shape}' instead"
        )
    size = int(wanted.max(initial=0)) if maxlen is None else int(maxlen)
    if size < 0:
        raise invalid("Range", f"Requires start <= limit when delta > 0: 0/{size}")
    mask = np.arange(size) < wanted[..., None]
    return tensor(mask.astype(as_dtype(dtype).np), as_dtype(dtype))


@composite("strided_slice")
def strided_slice(
    input_: Any, begin: Any, end: Any, strides: Any = None, begin_mask: int = 0, end_mask: int = 0,
    ellipsis_mask: int = 0, new_axis_mask: int = 0, shrink_axis_mask: int = 0, var: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """What `x[begin:end:strides]` means, with its masks as bits."""
    ends = [convert(begin), convert(end)]
    ends.append(tf.ones_like(ends[0]) if strides is None else convert(strides))
    for one in ends:
        if one.dtype not in (dt.int16, dt.int32, dt.int64):
            raise errors.not_allowed("StridedSlice", one.dtype.kernel, ["int16", "int32", "int64"], "Index")
    for number, one in enumerate(ends, 1):
        if one.dtype is not ends[0].dtype:
            raise errors.mismatch("StridedSlice", number, ends[0].dtype.kernel, one.dtype.kernel)
    told = [_told(one.shape) for one in ends]
    if len(set(told)) > 1 or ends[0].shape.rank != 1:
        raise invalid(
            "StridedSlice", "Expected begin, end, and strides to be 1D equal size tensors, but got shapes "
            f"{told[0]}, {told[1]}, and {told[2]} instead.",
        )  # fmt: skip
    starts, stops, steps = (one._numpy().tolist() for one in ends)
    key: list[Any] = []
    backward = False
    for i, (a, b, s) in enumerate(zip(starts, stops, steps, strict=True)):
        bit = 1 << i
        if ellipsis_mask & bit:
            key.append(Ellipsis)
        elif new_axis_mask & bit:
            key.append(None)
        elif shrink_axis_mask & bit:
            backward = backward or s <= 0
            key.append(a)
        else:
            key.append(slice(None if begin_mask & bit else a, None if end_mask & bit else b, s))
    x = convert(input_)
    if backward and sum(part is not None and part is not Ellipsis for part in key) <= x.shape.rank:
        raise invalid("StridedSlice", "only stride 1 allowed on non-range indexing.")
    return x[tuple(key)]


@composite("unravel_index")
def unravel_index(indices: Any, dims: Any, name: Any = None) -> Any:
    """Flat indices as index tuples, one a column."""
    flat = convert(indices)
    if flat.dtype not in (dt.int32, dt.int64):
        raise errors.not_allowed("UnravelIndex", flat.dtype.kernel, ["int32", "int64"], "Tidx")
    sizes = np.asarray(convert(dims)._numpy())
    if sizes.ndim != 1:
        raise invalid("UnravelIndex", f'The indices can only be 1-D, got "{_told(sizes.shape)}"')
    shape = tuple(sizes.tolist())
    array = np.asarray(flat._numpy())
    if array.ndim > 1:
        raise invalid("UnravelIndex", f'The indices can only be scalar or vector, got "{_told(array.shape)}"')
    if 0 in shape:
        raise invalid(
            "UnravelIndex",
            f"Input dims cannot contain a dim of zero, but dims contains zero at index {shape.index(0)}",
        )
    if not array.size:
        raise invalid(
            "UnravelIndex",
            f"received empty tensor indices: Tensor<type: {flat.dtype.kernel} shape: {_told(array.shape)} values: >",
        )
    if array.max() >= np.prod(shape):
        raise invalid("UnravelIndex", f"index is out of bound as with dims={list(shape)}.")
    # C's division: what is below 0 stays so.
    weights = np.cumprod((1, *shape[:0:-1]))[::-1]
    parts = [
        np.fmod(np.fix(array / w), n) if i else np.fix(array / w)
        for i, (w, n) in enumerate(zip(weights, shape, strict=True))
    ]
    return tensor(np.stack(parts).astype(flat.dtype.np), flat.dtype)


@composite("identity_n")
def identity_n(input: Any, name: Any = None) -> list[Any]:
    """Each tensor itself."""
    if not len(input):
        raise errors.refused("IdentityN", "Length for attr 'T' of 0 must be at least minimum 1")
    return [tf.identity(x) for x in input]


@composite("shape_n")
def shape_n(input: Any, out_type: Any = dt.int32, name: Any = None) -> list[Any]:
    """The shape of each tensor."""
    if not len(input):
        raise errors.refused("ShapeN", "Value for attr 'N' of 0 must be at least minimum 1")
    return [tf.shape(x, out_type=out_type) for x in input]


@composite("math.count_nonzero")
def count_nonzero(
    input: Any, axis: Any = None, keepdims: Any = None, dtype: Any = dt.int64, name: Any = None
) -> Any:
    """How many entries are not zero."""
    x = convert(input)
    hits = tf.not_equal(x, tf.zeros_like(x)) if x.dtype is not dt.string else tf.not_equal(x, "")
    return tf.reduce_sum(tf.cast(hits, dtype), axis=axis, keepdims=bool(keepdims))


@composite("math.zero_fraction nn.zero_fraction")
def zero_fraction(value: Any, name: Any = None) -> Any:
    """The share of zeros."""
    x = convert(value)
    return tf.reduce_mean(tf.cast(tf.equal(x, tf.zeros_like(x)), dt.float32))


@composite("parallel_stack")
def parallel_stack(values: Any, name: Any = None) -> Any:
    """Only inside graphs."""
    raise RuntimeError("tf.parallel_stack() is not compatible with eager execution.")
