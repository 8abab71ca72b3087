"""Rows picked and put by index tuples; tensors padded, tiled, rolled, turned, repeated."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite, linear
from tfgrad_course.tf._dtypes import ANY, as_dtype
from tfgrad_course.tf._tensor import tensor
from tfgrad_course.tf.ops.shape import M23, shape_tuple


class Places:
    """Index tuples as one hashable thing: rows of `array` are positions."""

    __slots__ = ("array", "key")

    def __init__(self, array: Any) -> None:
        self.array = array
        self.key = tuple(np.moveaxis(array, -1, 0))

    def __hash__(self) -> int:
        return hash((self.array.shape, self.array.tobytes()))

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Places) and np.array_equal(self.array, other.array)


def _scalar(x: Any) -> Any:
    return x if type(x) is not np.ndarray or x.shape else x[()]


def _pick(x: Any, places: Places) -> Any:
    return _scalar(
        x[places.key] if places.key else np.broadcast_to(x, (*places.array.shape[:-1], *x.shape)).copy()
    )


def _put(g: Any, places: Places, shape: tuple[int, ...]) -> Any:
    made = np.zeros(shape, g.dtype)
    if places.key:
        np.add.at(made, places.key, g)
        return made
    return np.add.reduce(g.reshape(-1, *shape), axis=0) if places.array.size or g.size else made


def _pick_rows(g: Any, places: Places) -> Any:
    return np.stack([_pick(row, places) for row in g])


def _put_rows(g: Any, places: Places, shape: tuple[int, ...]) -> Any:
    return np.stack([_put(row, places, shape) for row in g])


pick = linear(
    "pick", _pick, lambda F, g, z, x, places: F.put(g, places, tuple(F.shape(x))), batched_kernel=_pick_rows,
    dtypes=ANY, op="GatherNd", attrs=True, doc="The parts of x at index tuples.",
)  # fmt: skip
put = linear(
    "put", _put, lambda F, g, z, x, places, shape: F.pick(g, places), batched_kernel=_put_rows,
    dtypes=ANY, op="ScatterNd", attrs=True, doc="Zeros with values added at index tuples.",
)  # fmt: skip


def _places(indices: Any, shape: tuple[int, ...], op: str) -> Places:
    array = convert(indices).numpy()
    array = np.asarray(array)
    if array.dtype.kind not in "iu":
        raise errors.InvalidArgumentError(
            None,
            None,
            f"Value for attr 'Tindices' of {array.dtype} is not in the list of allowed values: int16, int32, int64 [Op:{op}]",
        )
    depth = array.shape[-1] if array.ndim else 0
    if depth > len(shape):
        raise errors.InvalidArgumentError(
            None,
            None,
            f"index innermost dimension length must be <= params rank; saw: {depth} vs. {len(shape)} [Op:{op}]",
        )
    limit = np.asarray(shape[:depth])
    wrong = np.argwhere(((array < 0) | (array >= limit)).any(-1)) if depth else []
    if len(wrong):
        where = tuple(int(i) for i in wrong[0])
        bad = array[where].tolist()
        raise errors.InvalidArgumentError(
            None,
            None,
            f"indices{list(where)} = {bad} does not index into param shape {list(shape)}, node name: {op} [Op:{op}]",
        )
    return Places(array)


@composite("gather_nd", sample=[(M23, [[0, 1], [1, 2]])])
def gather_nd(
    params: Any, indices: Any, batch_dims: Any = 0, name: Any = None, bad_indices_policy: str = ""
) -> Any:
    """The parts of params at index tuples (the last axis of indices)."""
    x, lead = convert(params), int(batch_dims)
    if lead:
        index = np.asarray(convert(indices).numpy())
        grid = np.indices(index.shape[:lead]).reshape(
            lead, *index.shape[:lead], *(1,) * (index.ndim - 1 - lead)
        )
        parts = [np.broadcast_to(g, index.shape[:-1]) for g in grid]
        indices = np.concatenate([np.stack(parts, -1).astype(index.dtype), index], -1)
    return pick(x, _places(indices, tuple(x.shape.as_list()), "GatherNd"))


@composite("scatter_nd", sample=[([[1], [3]], (0.5, 2.0), [4])])
def scatter_nd(indices: Any, updates: Any, shape: Any, name: Any = None) -> Any:
    """Zeros of a shape with updates added at index tuples."""
    updates, full = convert(updates), shape_tuple(shape)
    places = _places(indices, full, "ScatterNd")
    wanted = (*places.array.shape[:-1], *full[places.array.shape[-1] :])
    if tuple(updates.shape.as_list()) != wanted:
        raise errors.InvalidArgumentError(
            None, None,
            f"Dimensions [0,{places.array.ndim - 1}) of indices[shape={list(places.array.shape)}] must match dimensions "
            f"[0,{places.array.ndim - 1}) of updates[shape={list(updates.shape.as_list())}] [Op:ScatterNd]",
        )  # fmt: skip
    return put(updates, places, full)


def _spread_updates(x: Any, indices: Any, updates: Any) -> tuple[Any, Any, Places]:
    x = convert(x)
    updates = convert(updates, x.dtype)
    places = _places(indices, tuple(x.shape.as_list()), "TensorScatterUpdate")
    wanted = [*places.array.shape[:-1], *x.shape.as_list()[places.array.shape[-1] :]]
    return x, tf.broadcast_to(updates, wanted) if updates.shape.as_list() != wanted else updates, places


@composite("tensor_scatter_nd_add", sample=[((1.0, 2.0, 3.0), [[1], [1]], (0.5, 2.0))])
def tensor_scatter_nd_add(tensor: Any, indices: Any, updates: Any, name: Any = None) -> Any:
    """The tensor with updates added at index tuples."""
    x, updates, places = _spread_updates(tensor, indices, updates)
    return x + put(updates, places, tuple(x.shape.as_list()))


@composite("tensor_scatter_nd_sub", sample=[((1.0, 2.0, 3.0), [[1], [1]], (0.5, 2.0))])
def tensor_scatter_nd_sub(tensor: Any, indices: Any, updates: Any, name: Any = None) -> Any:
    """The tensor with updates taken away at index tuples."""
    x, updates, places = _spread_updates(tensor, indices, updates)
    return x - put(updates, places, tuple(x.shape.as_list()))


def _winners(places: Places, x: Any) -> tuple[Any, Any]:
    """For each part that is updated, the last update to it: which rows win, and a mask of what is touched."""
    flat = np.ravel_multi_index(places.key, x.shape.as_list()[: len(places.key)]).reshape(-1)
    last = {int(part): row for row, part in enumerate(flat)}
    rows = np.fromiter(sorted(last.values()), int, len(last))
    touched = np.zeros(x.shape.as_list(), bool)
    touched[places.key] = True
    return rows, touched


@composite("tensor_scatter_nd_update", sample=[((1.0, 2.0, 3.0), [[1], [2]], (0.5, 2.0))])
def tensor_scatter_nd_update(tensor: Any, indices: Any, updates: Any, name: Any = None) -> Any:
    """The tensor with updates in place of what was at index tuples; the last one wins."""
    x, updates, places = _spread_updates(tensor, indices, updates)
    rows, touched = _winners(places, x)
    inner = updates.shape.as_list()[places.array.ndim - 1 :]
    chosen = tf.gather(tf.reshape(updates, [-1, *inner]), rows)
    index = Places(places.array.reshape(-1, places.array.shape[-1])[rows])
    fresh = put(chosen, index, tuple(x.shape.as_list()))
    mask = _mask(touched)
    return tf.where(mask, fresh, x)


def _mask(array: Any) -> Any:
    return tensor(array if array.shape else np.bool_(array), dt.bool_)


def _scatter_extreme(x: Any, indices: Any, updates: Any, largest: bool) -> Any:
    x, updates, places = _spread_updates(x, indices, updates)
    best = x.numpy().copy()
    (np.maximum if largest else np.minimum).at(best, places.key, updates.numpy())
    result = tensor(best, x.dtype)
    stays = _mask(x.numpy() == best)
    won = updates.numpy() == best[places.key]
    share = np.zeros(best.shape, best.dtype)
    np.add.at(share, places.key, won.astype(best.dtype))
    share = share + (x.numpy() == best)
    weight = tensor(1 / np.maximum(share, 1), x.dtype) if x.dtype.is_floating else None
    if weight is None:
        return result
    zero = tf.zeros_like(updates)
    moved = put(tf.where(_mask(won), updates, zero), places, tuple(x.shape.as_list()))
    return (tf.where(stays, x, tf.zeros_like(x)) + moved) * weight


@composite("tensor_scatter_nd_max")
def tensor_scatter_nd_max(tensor: Any, indices: Any, updates: Any, name: Any = None) -> Any:
    """The larger of the tensor and the updates at index tuples."""
    return _scatter_extreme(tensor, indices, updates, True)


@composite("tensor_scatter_nd_min")
def tensor_scatter_nd_min(tensor: Any, indices: Any, updates: Any, name: Any = None) -> Any:
    """The smaller of the tensor and the updates at index tuples."""
    return _scatter_extreme(tensor, indices, updates, False)


# Padding, tiling, turning --------------------------------------------------------------------------


def _padded(x: Any, pads: Any, fill: Any) -> Any:
    return np.pad(x, pads, constant_values=fill)


def _padded_rows(g: Any, pads: Any, fill: Any) -> Any:
    return np.pad(g, ((0, 0), *pads), constant_values=fill)


def _key(shape: Any, pads: Any) -> Any:
    return tuple((a, a + n, 1) for n, (a, _) in zip(shape, pads, strict=True))


pad_constant = linear(
    "pad_constant", _padded, lambda F, g, z, x, pads, fill: F.take_slice(g, _key(F.shape(x), pads)),
    batched_kernel=_padded_rows, dtypes=ANY, op="PadV2", attrs=True, doc="A border of constant values.",
)  # fmt: skip


@composite("pad", sample=[(M23, [[1, 0], [0, 2]])])
def pad(
    tensor: Any, paddings: Any, mode: str = "CONSTANT", constant_values: Any = 0, name: Any = None
) -> Any:
    """The tensor with a border: constant, reflected, or symmetric."""
    x = convert(tensor)
    array = np.asarray(convert(paddings).numpy())
    if array.shape != (x.shape.rank, 2):
        raise errors.InvalidArgumentError(
            None,
            None,
            f"The first dimension of paddings must be the rank of inputs{list(array.shape)}{x.shape} [Op:Pad]",
        )
    if (array < 0).any():
        raise errors.InvalidArgumentError(
            None, None, f"Paddings must be non-negative: {array.tolist()} [Op:Pad]"
        )
    pads = tuple((int(a), int(b)) for a, b in array)
    if mode.upper() == "CONSTANT":
        fill = (
            convert(constant_values, x.dtype).numpy()
            if not isinstance(constant_values, int | float)
            else constant_values
        )
        return pad_constant(x, pads, fill if isinstance(fill, int | float) else fill.item())
    if mode.upper() not in ("REFLECT", "SYMMETRIC"):
        raise ValueError(
            f"Value of argument `mode` expected to be one of ('CONSTANT', 'REFLECT', 'SYMMETRIC'). Received `mode` = {mode}"
        )
    for axis, pair in enumerate(pads):
        size = x.shape[axis]
        if max(pair) > size - (mode.upper() == "REFLECT"):
            raise errors.InvalidArgumentError(
                None,
                None,
                f"paddings must be no greater than the dimension size: {pair[0]}, {pair[1]} greater than {size} [Op:MirrorPad]",
            )
        if any(pair):
            x = tf.gather(x, np.pad(np.arange(size), pair, mode=mode.lower()).astype(np.int32), axis=axis)
    return x


@composite("tile", sample=[(M23, [2, 1])])
def tile(input: Any, multiples: Any, name: Any = None) -> Any:
    """The tensor repeated along each axis."""
    x, times = convert(input), shape_tuple(multiples)
    if len(times) != x.shape.rank:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"Expected multiples argument to be a vector of length {x.shape.rank} but got length {len(times)} [Op:Tile]",
        )
    if any(n < 0 for n in times):
        raise errors.InvalidArgumentError(
            None,
            None,
            f"Expected multiples[{next(i for i, n in enumerate(times) if n < 0)}] >= 0, but got {min(times)} [Op:Tile]",
        )
    shape = x.shape.as_list()
    apart = [v for n, s in zip(times, shape, strict=True) for v in (1, s)]
    wide = [v for n, s in zip(times, shape, strict=True) for v in (n, s)]
    spread = tf.broadcast_to(tf.reshape(x, apart), wide)
    return tf.reshape(spread, [n * s for n, s in zip(times, shape, strict=True)])


@composite("roll", sample=[(M23, 1, 1)])
def roll(input: Any, shift: Any, axis: Any, name: Any = None) -> Any:
    """The tensor shifted along axes, what leaves at one end coming in at the other."""
    x = convert(input)
    for step, along in zip(shape_tuple(shift), shape_tuple(axis), strict=True):
        size = x.shape[along]
        if size:
            x = tf.gather(x, ((np.arange(size) - step) % size).astype(np.int32), axis=along)
    return x


def _flip(x: Any, axes: tuple[int, ...]) -> Any:
    return np.flip(x, axes).copy() if axes else x


turn = linear(
    "turn", _flip, lambda F, g, z, x, axes: F.turn(g, axes),
    dtypes=ANY, op="ReverseV2", attrs=True, sample=[(M23, (-1,))], doc="Axes turned round.",
)  # fmt: skip


@composite("reverse", sample=[(M23, [1])])
def reverse(tensor: Any, axis: Any, name: Any = None) -> Any:
    """The tensor with axes turned round."""
    x = convert(tensor)
    rank, axes = x.shape.rank, shape_tuple(axis)
    for a in axes:
        if not -rank <= a < rank:
            raise errors.InvalidArgumentError(
                None, None, f"'axis'[0] = {a} is out of valid range [0, {rank - 1} [Op:ReverseV2]"
            )
    if len({a % rank for a in axes}) < len(axes):
        raise errors.InvalidArgumentError(
            None, None, f"axis {axes[0] % rank} specified more than once. [Op:ReverseV2]"
        )
    return turn(x, tuple(a % rank - rank for a in axes))


@composite("reverse_sequence")
def reverse_sequence(
    input: Any, seq_lengths: Any, seq_axis: Any = None, batch_axis: Any = None, name: Any = None
) -> Any:
    """The first entries of each sequence turned round."""
    x, lengths = convert(input), np.asarray(convert(seq_lengths).numpy())
    along, batch = int(seq_axis or 0), int(batch_axis or 0)
    size = x.shape[along]
    if lengths.shape != (x.shape[batch],):
        raise errors.InvalidArgumentError(
            None,
            None,
            f"len(seq_lens) != input.dims({batch}), ({lengths.size} vs. {x.shape[batch]}) [Op:ReverseSequence]",
        )
    if lengths.size and (lengths.max() > size or lengths.min() < 0):
        raise errors.InvalidArgumentError(
            None, None, f"seq_lens(0) > input.dims({along}) [Op:ReverseSequence]"
        )
    grid = np.indices(x.shape.as_list())
    length = lengths[grid[batch]]
    grid[along] = np.where(grid[along] < length, length - 1 - grid[along], grid[along])
    return gather_nd(x, np.stack(list(grid), -1).astype(np.int32))


@composite("repeat", sample=[((1.0, 2.0), 2)])
def repeat(input: Any, repeats: Any, axis: Any = None, name: Any = None) -> Any:
    """Entries (or parts along an axis) repeated."""
    x = convert(input)
    if axis is None:
        x, axis = tf.reshape(x, [-1]), 0
    counts = np.asarray(convert(repeats).numpy())
    axis = int(axis) % max(x.shape.rank, 1)
    order = np.repeat(np.arange(x.shape[axis]), counts)
    return tf.gather(x, order.astype(np.int32), axis=axis)


@composite("meshgrid")
def meshgrid(*args: Any, indexing: str = "xy", name: Any = None) -> list[Any]:
    """Coordinates on the grid that vectors span."""
    if indexing not in ("xy", "ij"):
        raise ValueError(f"Argument `indexing` parameter must be either 'xy' or 'ij', got '{indexing}'")
    flat = [tf.reshape(convert(a), [-1]) for a in args]
    n = len(flat)
    sizes = [int(v.shape[0]) for v in flat]
    made = [tf.reshape(v, [1] * i + [sizes[i]] + [1] * (n - i - 1)) for i, v in enumerate(flat)]
    made = [tf.broadcast_to(v, sizes) for v in made]
    if indexing == "xy" and n > 1:
        made = [tf.transpose(v, [1, 0, *range(2, n)]) for v in made]
    return made


@composite("sequence_mask")
def sequence_mask(lengths: Any, maxlen: Any = None, dtype: Any = dt.bool_, name: Any = None) -> Any:
    """True for the first entries of each row."""
    wanted = np.asarray(convert(lengths).numpy())
    size = int(wanted.max(initial=0)) if maxlen is None else int(maxlen)
    mask = np.arange(size) < wanted[..., None]
    return tensor(mask.astype(as_dtype(dtype).np), as_dtype(dtype))


@composite("strided_slice")
def strided_slice(
    input_: Any, begin: Any, end: Any, strides: Any = None, begin_mask: int = 0, end_mask: int = 0,
    ellipsis_mask: int = 0, new_axis_mask: int = 0, shrink_axis_mask: int = 0, var: Any = None, name: Any = None,
) -> Any:  # fmt: skip
    """What `x[begin:end:strides]` means, with its masks as bits."""
    starts, stops = shape_tuple(begin), shape_tuple(end)
    steps = shape_tuple(strides) if strides is not None else (1,) * len(starts)
    key: list[Any] = []
    for i, (a, b, s) in enumerate(zip(starts, stops, steps, strict=True)):
        bit = 1 << i
        if ellipsis_mask & bit:
            key.append(Ellipsis)
        elif new_axis_mask & bit:
            key.append(None)
        elif shrink_axis_mask & bit:
            key.append(a)
        else:
            key.append(slice(None if begin_mask & bit else a, None if end_mask & bit else b, s))
    return convert(input_)[tuple(key)]


@composite("unravel_index")
def unravel_index(indices: Any, dims: Any, name: Any = None) -> Any:
    """Flat indices as index tuples, one a column."""
    flat, shape = convert(indices), shape_tuple(dims)
    array = np.asarray(flat.numpy())
    if array.size and (array.max() >= np.prod(shape) or array.min() < 0):
        raise errors.InvalidArgumentError(
            None, None, f"index is out of bound as with dims={list(shape)}. [Op:UnravelIndex]"
        )
    return tensor(np.stack(np.unravel_index(array, shape)).astype(flat.dtype.np), flat.dtype)


@composite("identity_n")
def identity_n(input: Any, name: Any = None) -> list[Any]:
    """Each tensor itself."""
    return [tf.identity(x) for x in input]


@composite("shape_n")
def shape_n(input: Any, out_type: Any = dt.int32, name: Any = None) -> list[Any]:
    """The shape of each tensor."""
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
    """stack along a new first axis."""
    return tf.stack(values)
