"""Shapes: reshaping, transposing, joining and taking apart."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf import _lives
from tfgrad_course.tf._arrays import scalar
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import batched, composite, linear, raw, rule, traced
from tfgrad_course.tf._dtypes import ANY, MOVED, as_dtype, int8, int32, int64
from tfgrad_course.tf._errors import invalid, mismatch, not_allowed, refused
from tfgrad_course.tf._sequences import PACK
from tfgrad_course.tf._shape import TensorShape
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf._variable import TENSORS, Variable

M23 = ((0.5, -1.0, 2.0), (1.5, 0.25, -0.75))

sum_to = linear(
    "sum_to", _lives.sum_to, lambda F, g, z, x, shape: F.spread(g, F.shape(x)), batched_kernel=_lives.sum_rows_to,
    dtypes=ANY, op="Sum", attrs=True, sample=[(M23, (3,))], doc="Broadcasting undone.",
)  # fmt: skip
spread = linear(
    "spread", _lives.spread, lambda F, g, z, x, shape: F.sum_to(g, F.shape(x)), batched_kernel=_lives.spread_rows,
    dtypes=ANY, op="BroadcastTo", attrs=True, sample=[((0.5, -1.0, 2.0), (2, 3))], doc="x repeated to a larger shape.",
)  # fmt: skip
reshape_to = linear(
    "reshape_to", _lives.reshape, lambda F, g, z, x, shape: F.reshape_to(g, F.shape(x)),
    batched_kernel=_lives.reshape_rows, dtypes=MOVED, op="Reshape", attrs=True, sample=[(M23, (3, 2))],
    doc="The same elements in another shape.",
)  # fmt: skip
expand = linear(
    "expand", _lives.reshape, lambda F, g, z, x, shape: F.reshape_to(g, F.shape(x)), dtypes=MOVED, op="ExpandDims",
    attrs=True, sample=[(M23, (2, 1, 3))], doc="An axis of length one more.",
)  # fmt: skip
shrink = linear(
    "shrink", _lives.reshape, lambda F, g, z, x, shape: F.reshape_to(g, F.shape(x)), dtypes=MOVED, op="Squeeze",
    attrs=True, sample=[(((0.5, 1.0),), (2,))], doc="Axes of length one taken away.",
)  # fmt: skip
for _life in (raw, batched):
    _life.reshape = _lives.reshape
traced.reshape = reshape_to


def shape_tuple(shape: Any) -> tuple[int, ...]:
    """A shape given as numbers, tensors, lists of either, or a TensorShape."""
    if isinstance(shape, TensorShape):
        return tuple(shape.as_list())  # type: ignore[arg-type]
    if isinstance(shape, EagerTensor | Variable | np.ndarray):
        return tuple(int(d) for d in np.asarray(shape._v if hasattr(shape, "_v") else shape).ravel())
    if isinstance(shape, list | tuple):
        if all(type(d) is int for d in shape):
            return tuple(shape)
        sizes = convert(shape, int32)
        if sizes._v.ndim > 1:
            raise invalid("Fill", f"dims must represent a vector, got shape {_listed(sizes._v.shape)}")
        return tuple(int(d) for d in sizes._v)
    return (int(convert(shape, int32)._v),)


def whole(shape: Any, op: str, attr: str) -> Any:
    """A shape as an array of whole numbers, refused where the operation takes no such dtype."""
    if type(shape) is list and all(type(d) is int for d in shape):
        return np.array(shape, np.int64)
    if isinstance(shape, TensorShape):
        return np.asarray(convert(shape)._v)
    given = convert(shape, int32 if isinstance(shape, list | tuple) and not shape else None)
    if given.dtype not in (int32, int64):
        raise not_allowed(op, given.dtype.kernel, ["int32", "int64"], attr)
    return np.asarray(given._v)


@composite("reshape", sample=[(M23, [3, 2])])
def reshape(tensor: Any, shape: Any, name: str | None = None) -> Any:
    """The same elements in another shape; one -1 is worked out."""
    x = convert(tensor)
    given = whole(shape, "Reshape", "Tshape")
    if given.ndim > 1:
        raise invalid("Reshape", f"sizes input must be 1-D, not {_listed(given.shape)}")
    dims = tuple(given.reshape(-1).tolist())
    size = x._v.size
    unknown = [i for i, d in enumerate(dims) if d == -1]
    if len(unknown) > 1:
        raise invalid("Reshape", f"Only one input size may be -1, not both {unknown[0]} and {unknown[1]}")
    for i, d in enumerate(dims):
        if d < -1:
            raise invalid("Reshape", f"Size {i} must be non-negative, not {d}")
    if unknown:
        rest = 1
        for d in dims:
            rest *= d if d != -1 else 1
        if rest == 0 and size == 0:
            # TensorFlow leaves dimensions of nothing out of the count, on both sides.
            have = _product(d for d in x._v.shape if d)
            dims = tuple(have // _product(d for d in dims if d > 0) if d == -1 else d for d in dims)
        elif rest and size % rest == 0:
            dims = tuple(size // rest if d == -1 else d for d in dims)
        else:
            raise invalid(
                "Reshape",
                f"Input to reshape is a tensor with {size} values, but the requested shape requires a multiple of {rest}",
            )
    count = 1
    for d in dims:
        count *= d
    if count != size:
        raise invalid(
            "Reshape", f"Input to reshape is a tensor with {size} values, but the requested shape has {count}"
        )
    return reshape_to(x, dims)


def _product(sizes: Any) -> int:
    made = 1
    for d in sizes:
        made *= d
    return made


@composite("broadcast_to")
def broadcast_to(input: Any, shape: Any, name: str | None = None) -> Any:
    """Broadcast a tensor to a larger shape."""
    x, given = convert(input), whole(shape, "BroadcastTo", "Tidx")
    if given.ndim != 1:
        raise invalid(
            "BroadcastTo", f"shape must be a vector of {{int32,int64}}, got shape {_listed(given.shape)}"
        )
    dims = tuple(given.tolist())
    for d in dims:
        if d < 0:
            raise invalid("BroadcastTo", f"Dimension {d} must be >= 0")
    if x._v.ndim > len(dims):
        raise invalid(
            "BroadcastTo",
            f"Rank of input ({x._v.ndim}) must be no greater than rank of output shape ({len(dims)}).",
        )
    try:
        fits = np.broadcast_shapes(x._v.shape, dims) == dims
    except ValueError:
        fits = False
    if not fits:
        raise invalid("BroadcastTo", f"Incompatible shapes: {_listed(x._v.shape)} vs. {_listed(dims)}")
    return spread(x, dims)


def _listed(shape: Any) -> str:
    return "[" + ",".join(map(str, shape)) + "]"


@composite("expand_dims")
def expand_dims(input: Any, axis: Any, name: str | None = None) -> Any:
    """An axis of length one put in at `axis`."""
    if hasattr(input, "_paired"):
        from tfgrad_course.tf.ops.ragged import expand_dims as ragged_dims

        return ragged_dims(input, int(axis))
    x = convert(input)
    rank, at = x._v.ndim, axis
    if type(axis) is not int:
        given = convert(axis, None if isinstance(axis, TENSORS) else int32)
        if given._v.size != 1:
            raise invalid("ExpandDims", "'dim' must be a tensor with a single value")
        at = int(np.reshape(given._v, ()))
    if not -rank - 1 <= at <= rank:
        raise invalid("ExpandDims", f"Tried to expand dim index {at} for tensor with {rank} dimensions.")
    at = at + rank + 1 if at < 0 else at
    shape = x._v.shape
    return expand(x, (*shape[:at], 1, *shape[at:]))


@composite("squeeze")
def squeeze(input: Any, axis: Any = None, name: str | None = None) -> Any:
    """Axes of length one taken away."""
    x = convert(input)
    shape, rank = x._v.shape, x._v.ndim
    if isinstance(axis, TENSORS):
        raise TypeError(f"Expected list for 'axis' argument to 'squeeze' Op, not {axis!r}.")
    if axis is None or (isinstance(axis, list | tuple) and not axis):
        return shrink(x, tuple(d for d in shape if d != 1))
    axes = [int(a) for a in (axis if isinstance(axis, list | tuple) else [axis])]
    for a in axes:
        if not -rank <= a < rank:
            raise invalid("Squeeze", f"Tried to squeeze dim index {a} for tensor with {rank} dimensions.")
        if shape[a] != 1:
            raise invalid(
                "Squeeze", f"Can not squeeze dim[{a % rank}], expected a dimension of 1, got {shape[a]}"
            )
    gone = {a % rank for a in axes}
    return shrink(x, tuple(d for i, d in enumerate(shape) if i not in gone))


def _permute(x: Any, perm: tuple[int, ...]) -> Any:
    extra = x.ndim - len(perm)
    return x.transpose((*range(extra), *(p + x.ndim for p in perm))) if x.ndim else x


def _inverse(perm: tuple[int, ...]) -> tuple[int, ...]:
    rank = len(perm)
    order = [0] * rank
    for i, p in enumerate(perm):
        order[p + rank] = i - rank
    return tuple(order)


permute = linear(
    "permute", _permute, lambda F, g, z, x, perm: F.permute(g, _inverse(perm)),
    dtypes=ANY, op="Transpose", attrs=True, sample=[(M23, (-1, -2))], doc="The axes in another order.",
)  # fmt: skip


@composite("transpose", sample=[(M23,)])
def transpose(a: Any, perm: Any = None, conjugate: bool = False, name: str = "transpose") -> Any:
    """The axes in the order `perm`, reversed if not given."""
    x = convert(a)
    rank = x._v.ndim
    if perm is None:
        order = tuple(range(rank - 1, -1, -1))
    else:
        given = whole(perm, "Transpose", "Tperm")
        if given.ndim != 1:
            raise invalid("Transpose", f"perm must be rank 1, got shape {_listed(given.shape)}")
        order = tuple(given.tolist())
        if len(order) != rank:
            raise invalid(
                "Transpose",
                f"transpose expects a vector of size {rank}. But input(1) is a vector of size {len(order)}",
            )
        for p in order:
            if not -rank <= p < rank:
                raise invalid("Transpose", f"{p} is out of range [0 .. {rank})")
        if len({p % rank for p in order}) != rank:
            gone = next(i for i in range(rank) if i not in {p % rank for p in order})
            raise invalid("Transpose", f"{gone} is missing from {{{','.join(map(str, order))}}}.")
    moved = permute(x, tuple(p % rank - rank for p in order))
    return traced.conj(moved) if conjugate else moved


pile = rule(
    "pile", lambda xs, axis: np.stack(xs, axis), lambda F, g, z, xs, axis: F.take_apart(g, axis),
    inputs=None, dtypes=MOVED, op="Pack", attrs=True, doc="Tensors of one shape along a new axis.",
)  # fmt: skip


def _unpile(x: Any, axis: int) -> tuple[Any, ...]:
    moved = np.moveaxis(x, axis, 0)
    return tuple(scalar(part) for part in moved)


unpile = rule(
    "unpile", _unpile, lambda F, g, z, x, axis: F.pile(g, axis), inputs=1, several=True, attrs=True,
    dtypes=MOVED, op="Unpack", doc="The slices along an axis.",
)  # fmt: skip
for _life in (raw, batched):
    _life.take_apart = lambda g, axis: list(_unpile(g, axis))
traced.take_apart = lambda g, axis: unpile(g, axis)


def alike(values: Any, op: str) -> list[EagerTensor]:
    """The values as tensors, Python numbers taking the dtype of the first tensor; one dtype in all."""
    values = (
        list(values)
        if not isinstance(values, EagerTensor | Variable | np.ndarray)
        else list(iter(convert(values)))
    )
    known = next((v.dtype for v in values if isinstance(v, TENSORS)), None)
    if known is None and op == "ConcatV2" and values:
        known = convert(values[0]).dtype
    if known is None:
        known = next((convert(v).dtype for v in values if _is_float(v)), None)
    made = [
        v._read() if isinstance(v, Variable) else v if type(v) is EagerTensor else convert(v, known)
        for v in values
    ]
    for i, one in enumerate(made):
        if one.dtype is not made[0].dtype:
            raise mismatch(op, i, made[0].dtype.kernel, one.dtype.kernel)
    return made


def _is_float(value: Any) -> bool:
    while isinstance(value, list | tuple) and value:
        value = value[0]
    return isinstance(value, float)


@composite("stack", sample=[([0.5, 2.0],)])
def stack(values: Any, axis: int = 0, name: str = "stack") -> Any:
    """Tensors of one shape, stacked along a new axis."""
    if not isinstance(values, list | tuple):
        return convert(values) if axis == 0 else stack(list(iter(convert(values))), axis)
    if not values:
        return convert(values)
    if any(hasattr(v, "_paired") for v in values):
        from tfgrad_course.tf.ops.ragged import stack as ragged_stack

        return ragged_stack(values, axis)
    made = alike(values, "Pack")
    shape = made[0]._v.shape
    for i, one in enumerate(made):
        if one._v.shape != shape:
            raise invalid(
                "Pack",
                f"Shapes of all inputs must match: values[0].shape = {_listed(shape)} != values[{i}].shape = "
                f"{_listed(one._v.shape)}",
                f"Pack_N_{len(made)}",
            )
    rank = len(shape)
    if not -rank - 1 <= axis <= rank:
        raise ValueError(f"Argument `axis` = {axis} not in range [{-rank - 1}, {rank + 1})")
    return pile(made, axis if axis < 0 else axis - rank - 1)


def _pack(value: Any, dtype: Any) -> EagerTensor:
    """A list that holds tensors, as `convert_to_tensor` packs it."""
    known = dtype or _found_dtype(value)
    read = [v._read() if isinstance(v, Variable) else v for v in value]
    made = [(traced.cast(v, dtype) if dtype is not None and v.dtype is not dtype else v) if type(v) is EagerTensor else
            _pack(v, known) if isinstance(v, list | tuple) and _has_tensor(v) else convert(v, known)
            for v in read]  # fmt: skip
    for i, one in enumerate(made):
        if one.dtype is not made[0].dtype:
            raise mismatch("Pack", i, made[0].dtype.kernel, one.dtype.kernel)
    return stack(made)


def _has_tensor(value: Any) -> bool:
    return any(isinstance(v, TENSORS) or (isinstance(v, list | tuple) and _has_tensor(v)) for v in value)


def _found_dtype(value: Any) -> Any:
    for v in value:
        if isinstance(v, TENSORS):
            return v.dtype
        if isinstance(v, list | tuple) and (found := _found_dtype(v)):
            return found
    return None


PACK.append(_pack)

join = rule(
    "join", lambda xs, axis: np.concatenate(xs, axis),
    lambda F, g, z, xs, axis: F.cut(g, tuple(F.shape(x)[axis] for x in xs), axis),
    inputs=None, dtypes=MOVED, op="ConcatV2", attrs=True, doc="Tensors one after the other along an axis.",
)  # fmt: skip


def _cut(x: Any, sizes: tuple[int, ...], axis: int) -> tuple[Any, ...]:
    ends = np.cumsum(sizes)[:-1]
    return tuple(np.split(x, ends, axis))


cut = rule(
    "cut_up", _cut, lambda F, g, z, x, sizes, axis: F.join(g, axis), inputs=1, several=True, attrs=True,
    dtypes=MOVED, op="SplitV", doc="Consecutive pieces along an axis.",
)  # fmt: skip
for _life in (raw, batched):
    _life.cut = lambda g, sizes, axis: list(_cut(g, sizes, axis))
traced.cut = lambda g, sizes, axis: cut(g, sizes, axis)


@composite("concat", sample=[([[0.5, 2.0], [1.0]], 0)])
def concat(values: Any, axis: Any, name: str = "concat") -> Any:
    """Tensors one after the other along an axis they have."""
    if not isinstance(values, list | tuple):
        values = [values]
    if any(hasattr(v, "_paired") for v in values):
        from tfgrad_course.tf.ops.ragged import joined

        return joined(values, int(axis))
    made = alike(values, "ConcatV2")
    if not made:
        raise invalid(
            "ConcatV2", "OpKernel 'ConcatV2' has constraint on attr 'T' not in NodeDef '[N=0, Tidx=DT_INT32]'"
        )
    rank = made[0]._v.ndim
    at = axis
    if type(axis) is not int:
        at = int(np.reshape(convert(axis, None if isinstance(axis, TENSORS) else int32)._v, ()))
    if len(made) == 1:
        return traced.identity(made[0])
    node = f"ConcatV2_N_{len(made)}"
    if rank == 0:
        raise invalid("ConcatV2", "ConcatOp : Can't concatenate scalars (use tf.stack instead)", node)
    if not -rank <= at < rank:
        raise invalid(
            "ConcatV2",
            f"ConcatOp : Expected concatenating dimensions in the range [{-rank}, {rank}), but got {at}",
            node,
        )
    first = made[0]._v.shape
    at %= rank
    for i, one in enumerate(made):
        shape = one._v.shape
        if len(shape) != rank:
            raise invalid(
                "ConcatV2",
                f"ConcatOp : Ranks of all input tensors should match: shape[0] = {_listed(first)} vs. shape[{i}] = "
                f"{_listed(shape)}",
                node,
            )
        if any(a != b for j, (a, b) in enumerate(zip(first, shape, strict=True)) if j != at):
            raise invalid(
                "ConcatV2",
                f"ConcatOp : Dimension {next(j for j in range(rank) if j != at and first[j] != shape[j])} in both shapes "
                f"must be equal: shape[0] = {_listed(first)} vs. shape[{i}] = {_listed(shape)}",
                node,
            )
    return join(made, at - rank)


@composite("unstack")
def unstack(value: Any, num: int | None = None, axis: int = 0, name: str = "unstack") -> Any:
    """The slices along an axis, as a list."""
    x = convert(value)
    rank = x._v.ndim
    if not -rank <= axis < rank:
        raise ValueError(f"Argument `axis` = {axis} not in range [{-rank}, {rank})")
    if num is not None and num != x._v.shape[axis]:
        raise invalid(
            "Unpack", f"Input shape axis {axis % rank} must equal {num}, got shape {_listed(x._v.shape)}"
        )
    return unpile(x, axis % rank - rank) if x._v.shape[axis] else []


@composite("split")
def split(
    value: Any, num_or_size_splits: Any, axis: Any = 0, num: int | None = None, name: str = "split"
) -> Any:
    """A tensor cut into pieces along an axis."""
    x = convert(value)
    rank, at = x._v.ndim, int(axis)
    if not -rank <= at < rank:
        raise invalid("Split", f"-input rank(-{rank}) <= split_dim < input rank ({rank}), but got {at}")
    size = x._v.shape[at]
    if isinstance(num_or_size_splits, float) or (
        isinstance(num_or_size_splits, TENSORS) and not num_or_size_splits._v.ndim
    ):
        raise ValueError(
            "Rank-0 tensors are not supported as the num_or_size_splits argument to split. Argument provided: "
            f"{num_or_size_splits}"
        )
    if isinstance(num_or_size_splits, int | np.integer) or getattr(num_or_size_splits, "ndim", 1) == 0:
        count = int(num_or_size_splits)
        if count <= 0:
            raise refused("Split", f"Value for attr 'num_split' of {count} must be at least minimum 1")
        if size % count:
            raise invalid(
                "Split",
                f"Number of ways to split should evenly divide the split dimension, but got split_dim {at % rank} (size "
                f"= {size}) and num_split {count}",
                f"Split_num_split_{count}",
            )
        sizes: tuple[int, ...] = (size // count,) * count
    else:
        given = convert(num_or_size_splits)
        if given.dtype not in (int8, int32, int64):
            raise not_allowed("SplitV", given.dtype.kernel, ["int8", "int32", "int64"], "Tlen")
        if given._v.ndim != 1:
            raise invalid(
                "SplitV", "size of the split_tensor must be 1-D and have the same elements as outputs got "
                f"{given._v.ndim} -D and {given._v.size} elements",
            )  # fmt: skip
        sizes = tuple(given._v.tolist())
        if num is not None and num != len(sizes):
            raise invalid(
                "SplitV", "size of the split_tensor must be 1-D and have the same elements as outputs got "
                f"1 -D and {len(sizes)} elements",
            )  # fmt: skip
        if len(sizes) == 1 and sizes != (size,):
            raise invalid(
                "SplitV", "If there is only one output, it must have the same size as the input. Input size: "
                f"{size} output size: {sizes[0]}",
            )  # fmt: skip
        if sizes.count(-1) > 1:
            raise invalid("SplitV", "There can only be one -1 in the input.")
        if sizes.count(-1) == 1:
            rest = size - sum(s for s in sizes if s != -1)
            sizes = tuple(rest if s == -1 else s for s in sizes)
        if sum(sizes) != size or min(sizes, default=0) < 0:
            raise invalid(
                "SplitV", f"Determined shape must either match input shape along split_dim exactly if fully specified, or "
                f"be less than the size of the input along split_dim if not fully specified.  Got: {sum(sizes)}",
            )  # fmt: skip
    return cut(x, sizes, at % rank - rank)


def _dense_shape(x: Any) -> tuple[int, ...]:
    if hasattr(x, "_paired"):
        return (*x.flat_values._v.shape, *(1,) * x.ragged_rank)
    if hasattr(x, "dense_shape") and x.dense_shape is not None:
        return tuple(np.asarray(x.dense_shape._v).tolist())
    return convert(x)._v.shape  # type: ignore[no-any-return]


@composite("shape")
def shape_(input: Any, out_type: Any = None, name: str | None = None) -> Any:
    """The shape as a tensor of integers."""
    wanted = int32 if out_type is None else as_dtype(out_type)
    if hasattr(input, "_paired"):
        raise NotImplementedError(
            "tfgrad's NumPy tape has no dynamic shapes of ragged tensors: use bounding_shape()."
        )
    if wanted not in (int32, int64):
        raise not_allowed("Shape", wanted.kernel, ["int32", "int64"], "out_type")
    return tensor(np.array(_dense_shape(input), wanted.np), wanted)


@composite("size")
def size_(input: Any, out_type: Any = None, name: str | None = None) -> Any:
    """How many elements."""
    wanted = int32 if out_type is None else as_dtype(out_type)
    return tensor(wanted.np(_product(_dense_shape(input))), wanted)


@composite("rank")
def rank_(input: Any, name: str | None = None) -> Any:
    """How many axes."""
    return tensor(np.int32(len(_dense_shape(input))), int32)


for _life in (raw, batched):
    _life.permute_value = _permute
traced.permute_value = permute
