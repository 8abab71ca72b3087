"""Sums, means, products and extremes over axes."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite, constant, linear, rule, traced
from tfgrad_course.tf._dtypes import (
    COMPLEX,
    NUMBERS,
    NUMPYS_OWN,
    REALS,
    as_dtype,
    bfloat16,
    bool_,
    float32,
    int16,
    int32,
    int64,
    uint16,
    variant,
)
from tfgrad_course.tf._errors import invalid, mismatch, not_allowed
from tfgrad_course.tf._refusals import listed
from tfgrad_course.tf._shape import TensorShape, as_shape
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._variable import TENSORS, Variable
from tfgrad_course.tf.ops.shape import M23

_all: Any = np.logical_and.reduce
_any: Any = np.logical_or.reduce
_add, _mul, _max, _min = np.add.reduce, np.multiply.reduce, np.maximum.reduce, np.minimum.reduce


def axes_of(x: Any, axis: Any, op: str) -> tuple[int, ...]:
    """The axes meant, counted from the end and in order."""
    rank = x._v.ndim
    if axis is None:
        return tuple(range(-rank, 0))
    if type(axis) is int:
        if -rank <= axis < rank:
            return (axis % rank - rank,)
        wanted = [axis]
    elif isinstance(axis, list | tuple | range | np.ndarray | EagerTensor | Variable):
        given = convert(axis, int32 if isinstance(axis, list | tuple) and not axis else None)
        if given.dtype not in (int32, int64):
            raise not_allowed(op, given.dtype.kernel, ["int32", "int64"], "Tidx")
        wanted = np.asarray(given._v).ravel().tolist()
    else:
        wanted = [int(convert(axis, int32)._v)]
    for a in wanted:
        if not -rank <= a < rank:
            raise invalid(op, f"Invalid reduction dimension ({a} for input with {rank} dimension(s)")
    found = sorted(a % rank - rank for a in wanted)
    for a, b in zip(found, found[1:], strict=False):  # noqa: RUF007
        if a == b:
            raise invalid(op, f"Invalid reduction arguments: Axes contains duplicate dimension: {a + rank}")
    return tuple(found)


def _reduced(reducer: Any) -> Any:
    most = NUMPYS_OWN if reducer is _add else np.inf

    def kernel(x: Any, axis: tuple[int, ...], keepdims: bool) -> Any:
        d = x.dtype
        if d.num > most:
            return kernel(x.astype(np.float32), axis, keepdims).astype(d)
        if not keepdims and len(axis) == x.ndim:
            return reducer(x, None, d)
        return reducer(x, axis, d, None, keepdims)

    return kernel


def _kept(F: Any, x: Any, axis: tuple[int, ...]) -> tuple[int, ...]:
    shape = F.shape(x)
    return tuple(1 if i - len(shape) in axis else d for i, d in enumerate(shape))


def _restored(F: Any, g: Any, x: Any, axis: tuple[int, ...]) -> Any:
    """g with the axes back that the reduction took away, each of length one."""
    return F.reshape_to(g, _kept(F, x, axis))


def _sum_vjp(F: Any, g: Any, z: Any, x: Any, axis: tuple[int, ...], keepdims: bool) -> Any:
    shape = F.shape(x)
    if len(axis) != len(shape) and not keepdims:
        g = _restored(F, g, x, axis)
    return F.spread(g, shape)


_SAMPLE = [(M23, (-1,), False), (M23, (-2, -1), False), (M23, (-2,), True)]

sum_ = linear(
    "sum", _reduced(_add), _sum_vjp, dtypes=NUMBERS, op="Sum", attrs=True, sample=_SAMPLE, doc="The sum over axes.",
)  # fmt: skip


def _count(F: Any, x: Any, axis: tuple[int, ...]) -> int:
    shape, count = F.shape(x), 1
    for a in axis:
        count *= shape[a]
    return count


def _mean(x: Any, axis: tuple[int, ...], keepdims: bool) -> Any:
    if x.dtype.itemsize == 1:
        # Eight bits are summed up in more of them.
        return _mean(x.astype(np.int64), axis, keepdims).astype(x.dtype)
    total = sum_kernel(x, axis, keepdims)
    count = 1
    for a in axis:
        count *= x.shape[a]
    if x.dtype.kind in "iu":
        return (np.sign(total) * (abs(total) // max(count, 1))).astype(x.dtype)
    return total / total.dtype.type(count)


sum_kernel = _reduced(_add)
mean = linear(
    "mean", _mean,
    lambda F, g, z, x, axis, keepdims: _sum_vjp(F, g, z, x, axis, keepdims) / max(_count(F, x, axis), 1),
    dtypes=NUMBERS, op="Mean", attrs=True, sample=_SAMPLE, doc="The mean over axes.",
)  # fmt: skip


def _complex_norm(x: Any, axis: tuple[int, ...], keepdims: bool) -> Any:
    size: Any = np.sqrt(np.sum((x * np.conjugate(x)).real, axis=axis, keepdims=keepdims))
    return size.astype(x.dtype)


complex_norm = rule(
    "complex_norm", _complex_norm,
    lambda F, g, z, x, axis, keepdims: x / (F.reshape(z, _kept(F, x, axis)) / _restored(F, g, x, axis)),
    dtypes=COMPLEX, op="EuclideanNorm", attrs=True, doc="The size of complex numbers over axes.",
)  # fmt: skip


def _extreme_vjp(F: Any, g: Any, z: Any, x: Any, axis: tuple[int, ...], keepdims: bool) -> Any:
    # A tie shares the gradient equally.
    hit = F.like(x == F.reshape(z, _kept(F, x, axis)), x)
    return hit / F.sum(hit, axis, True) * _restored(F, g, x, axis)


def _extreme(reducer: Any, empty: float) -> Any:
    def kernel(x: Any, axis: tuple[int, ...], keepdims: bool) -> Any:
        if x.size:
            return reducer(x, None if len(axis) == x.ndim else axis, None, None, keepdims)
        info = np.iinfo(x.dtype) if x.dtype.kind in "iu" else None
        worst = empty if info is None else (info.min if empty < 0 else info.max)
        return reducer(x, axis, None, None, keepdims, x.dtype.type(worst))

    return kernel


max_ = rule(
    "max", _extreme(_max, -np.inf), _extreme_vjp, dtypes=REALS, op="Max", attrs=True, sample=_SAMPLE,
    doc="The largest element over axes; a tie shares the gradient.",
)  # fmt: skip
min_ = rule(
    "min", _extreme(_min, np.inf), _extreme_vjp, dtypes=REALS, op="Min", attrs=True, sample=_SAMPLE,
    doc="The smallest element over axes; a tie shares the gradient.",
)  # fmt: skip


def _prod_vjp(F: Any, g: Any, z: Any, x: Any, axis: tuple[int, ...], keepdims: bool) -> Any:
    """g times the product of all the others, right even where elements are 0."""
    shape = F.shape(x)
    rank = len(shape)
    if not rank or not axis:
        return g * F.ones_like(x)
    rest = tuple(a for a in range(-rank, 0) if a not in axis)
    order = rest + axis
    moved = F.permute_value(x, order)
    inside = 1
    for a in axis:
        inside *= shape[a]
    flat = F.reshape(moved, (*(shape[a] for a in rest), inside))
    others = F.cumprod(flat, -1, True, False) * F.cumprod(flat, -1, True, True)
    back = F.reshape(others, tuple(shape[a] for a in order))
    inverse = [0] * rank
    for i, a in enumerate(order):
        inverse[a + rank] = i - rank
    return _restored(F, g, x, axis) * F.conj(F.permute_value(back, tuple(inverse)))


prod = rule(
    "prod", _reduced(_mul), _prod_vjp, dtypes=NUMBERS, op="Prod", attrs=True, sample=_SAMPLE, doc="The product over axes.",
)  # fmt: skip


def _cumulated(ufunc: Any) -> Any:
    def kernel(x: Any, axis: int, exclusive: bool, reverse: bool) -> Any:
        if reverse:
            x = np.flip(x, axis)
        made = ufunc.accumulate(x, axis, x.dtype)
        if exclusive and x.shape[axis]:
            made = np.roll(made, 1, axis)
            first = [slice(None)] * x.ndim
            first[axis] = slice(0, 1)
            made[tuple(first)] = ufunc.identity
        return np.flip(made, axis) if reverse else made

    return kernel


cumsum_row = linear(
    "cumsum", _cumulated(np.add), lambda F, g, z, x, axis, exclusive, reverse: F.cumsum(g, axis, exclusive, not reverse),
    dtypes=NUMBERS, op="Cumsum", attrs=True, sample=[(M23, -1, False, False), (M23, -2, True, True)],
    doc="Sums of all elements so far.",
)  # fmt: skip


def _cumprod_vjp(F: Any, g: Any, z: Any, x: Any, axis: int, exclusive: bool, reverse: bool) -> Any:
    # TensorFlow divides the same way: where x is 0 the gradient is 0; complex numbers are not conjugated.
    back = F.cumsum(z * g, axis, exclusive, not reverse)
    return F.mask(x != 0, back / F.select(x != 0, x, F.ones_like(x)))


cumprod_row = rule(
    "cumprod", _cumulated(np.multiply), _cumprod_vjp, dtypes=NUMBERS, op="Cumprod", attrs=True,
    sample=[(M23, -1, False, False), (M23, -2, True, True)], doc="Products of all elements so far.",
)  # fmt: skip

all_row = constant(
    "all", lambda x, axis, keepdims: _all(x, axis, None, None, keepdims), dtypes=(bool_,), op="All",
    attrs=True, doc="Whether all are true.",
)  # fmt: skip
any_row = constant(
    "any", lambda x, axis, keepdims: _any(x, axis, None, None, keepdims), dtypes=(bool_,), op="Any",
    attrs=True, doc="Whether any is true.",
)  # fmt: skip


def _input(value: Any, logical: bool) -> Any:
    return convert(value, bool_ if logical and not isinstance(value, TENSORS) else None)


def _public(
    names: str, row: Any, op: str, words: str, sample: Any = ((M23,), (M23, 0), (M23, [0, 1], True))
) -> Any:
    logical = op in ("All", "Any")

    def reduction(
        input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None
    ) -> Any:
        if hasattr(input_tensor, "_paired"):
            from tfgrad_course.tf.ops.ragged import reduced

            return reduced(input_tensor, axis, bool(keepdims), op)
        x = input_tensor if type(input_tensor) is EagerTensor else _input(input_tensor, logical)
        if axis is None:
            return row(x, tuple(range(-x._v.ndim, 0)), bool(keepdims))
        return row(x, axes_of(x, axis, op), bool(keepdims))

    reduction.__name__ = names.split()[0].rpartition(".")[2]
    reduction.__doc__ = words
    return composite(names, sample=sample, doc=words)(reduction)


reduce_sum = _public("reduce_sum math.reduce_sum", sum_, "Sum", "The sum of elements over axes.")
reduce_mean = _public("reduce_mean math.reduce_mean", mean, "Mean", "The mean of elements over axes.")
reduce_max = _public("reduce_max math.reduce_max", max_, "Max", "The largest element over axes.")
reduce_min = _public("reduce_min math.reduce_min", min_, "Min", "The smallest element over axes.")
reduce_prod = _public("reduce_prod math.reduce_prod", prod, "Prod", "The product of elements over axes.")
reduce_all = _public("reduce_all math.reduce_all", all_row, "All", "Whether all elements are true.", ())
reduce_any = _public("reduce_any math.reduce_any", any_row, "Any", "Whether any element is true.", ())


def scan_axis(x: Any, axis: Any, op: str) -> int:
    """The axis to accumulate along, counted from the end."""
    given = convert(axis, int32 if isinstance(axis, int | float) else None)
    if given._v.ndim:
        raise invalid(op, f"ScanOp: axis must be a scalar, not {listed(given)}")
    rank, at = x._v.ndim, int(given._v)
    if not -rank <= at < rank:
        raise invalid(op, f"ScanOp: Expected scan axis in the range [{-rank}, {rank}), but got {at}")
    return at % rank - rank


@composite("cumsum math.cumsum", sample=[((0.5, 2.0, -1.0),)])
def cumsum(
    x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None
) -> Any:
    """Sums of all elements so far along an axis."""
    x = convert(x)
    return cumsum_row(x, scan_axis(x, axis, "Cumsum"), bool(exclusive), bool(reverse))


@composite("math.cumprod", sample=[((0.5, 2.0, -1.0),)])
def cumprod(
    x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None
) -> Any:
    """Products of all elements so far along an axis."""
    x = convert(x)
    return cumprod_row(x, scan_axis(x, axis, "Cumprod"), bool(exclusive), bool(reverse))


traced.cumsum, traced.cumprod = cumsum_row, cumprod_row


@composite("math.reduce_variance", sample=[(M23,), (M23, 0)])
def reduce_variance(
    input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None
) -> Any:
    """The variance of elements over axes."""
    x = convert(input_tensor)
    centre = reduce_mean(x, axis, True)
    if x.dtype.is_integer:
        raise TypeError("Input must be either real or complex. Received integer type "
                        f"{x.dtype!r}.")  # fmt: skip
    apart = x - centre
    squared = traced.real(apart * traced.conj(apart)) if x.dtype.is_complex else traced.square(apart)
    return reduce_mean(squared, axis, keepdims)


@composite("math.reduce_std", sample=[(M23,), (M23, 0)])
def reduce_std(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Any:
    """The standard deviation of elements over axes."""
    return traced.sqrt(reduce_variance(input_tensor, axis, keepdims))


def _arg(search: Any, op: str, worst: float) -> Any:
    def kernel(x: Any, axis: int, output: Any) -> Any:
        if x.dtype.kind not in "biu" and np.isnan(x).any():
            x = np.where(np.isnan(x), x.dtype.type(worst), x)  # never the largest, never the smallest
        if not x.shape[axis]:
            raise invalid(op, f"Reduction axis {axis % x.ndim} is empty in shape {list(x.shape)}")
        return search(x, axis).astype(output.np)

    return kernel


argmax_row = constant(
    "argmax", _arg(np.argmax, "ArgMax", -np.inf), dtypes=(*REALS, bool_), op="ArgMax", attrs=True,
    result=lambda d, axis, output: output, doc="Where the largest element is.",
)  # fmt: skip
argmin_row = constant(
    "argmin", _arg(np.argmin, "ArgMin", np.inf), dtypes=(*REALS, bool_), op="ArgMin", attrs=True,
    result=lambda d, axis, output: output, doc="Where the smallest element is.",
)  # fmt: skip


def _find(row: Any, op: str, input: Any, axis: Any, output_type: Any) -> Any:
    x, kind = convert(input), as_dtype(output_type)
    if op == "ArgMax" and isinstance(axis, float | list | tuple):
        raise TypeError("axis must be int or Tensor with integer datatype")
    given = convert(0 if axis is None else axis, int32 if isinstance(axis, int | float) else None)
    if given._v.ndim:
        raise invalid(op, f"dim must be a scalar, but received tensor of shape: {listed(given)}")
    kinds = (int16, uint16, int32, int64) if op == "ArgMax" else (int32, int64)
    if kind not in kinds:
        raise not_allowed(op, kind.kernel, [d.kernel for d in kinds], "output_type")
    rank, at = x._v.ndim, int(given._v)
    if not -rank <= at < rank:
        raise invalid(op, f"Expected dimension in the range [{-rank}, {rank}), but got {at}")
    return row(x, at % rank - rank, kind)


@composite("argmax math.argmax")
def argmax(input: Any, axis: Any = None, output_type: Any = int64, name: str | None = None) -> Any:
    """The index of the largest element along an axis."""
    return _find(argmax_row, "ArgMax", input, axis, output_type)


@composite("argmin math.argmin")
def argmin(input: Any, axis: Any = None, output_type: Any = int64, name: str | None = None) -> Any:
    """The index of the smallest element along an axis."""
    return _find(argmin_row, "ArgMin", input, axis, output_type)


@composite("math.accumulate_n")
def accumulate_n(inputs: Any, shape: Any = None, tensor_dtype: Any = None, name: str | None = None) -> Any:
    """The sum of tensors of one shape."""
    words = "inputs must be a list of at least one Tensor with the same dtype and shape"
    if not isinstance(inputs, list | tuple) or not inputs:
        raise ValueError(words)
    made = [convert(x) for x in inputs]
    if any(one.dtype is not made[0].dtype for one in made):
        raise ValueError(words)
    whole = TensorShape(None) if shape is None else as_shape(shape)
    for one in made:
        whole = whole.merge_with(one.shape)
    if tensor_dtype is not None and as_dtype(tensor_dtype) is not made[0].dtype:
        raise TypeError(
            f"The `tensor_dtype` argument is {as_dtype(tensor_dtype)!s}, but `input` is of type {made[0].dtype!s}. These must "
            "be equal. Try casting the input to the desired type."
        )
    return add_n(made)


@composite("add_n math.add_n")
def add_n(inputs: Any, name: str | None = None) -> Any:
    """The sum of tensors of one shape."""
    given = list(inputs)
    if not given or any(x is None for x in given):
        raise ValueError(
            "Inputs must be an iterable of at least one Tensor/IndexedSlices with the same dtype and shape."
        )
    made = [convert(x) for x in given]
    if made[0].dtype not in NUMBERS and made[0].dtype is not variant and len(made) > 1:
        raise not_allowed("AddN", made[0].dtype.kernel, [d.kernel for d in NUMBERS])
    for i, one in enumerate(made[1:], 1):
        if one.dtype is not made[0].dtype:
            raise mismatch("AddN", i, made[0].dtype.kernel, one.dtype.kernel)
        if one._v.shape != made[0]._v.shape:
            raise invalid(
                "AddN",
                "Inputs to operation AddN of type AddN must have the same size and shape.  Input 0: "
                f"{listed(made[0])} != input {i}: {listed(one)}",
                f"AddN_N_{len(made)}",
            )
    if made[0].dtype is bfloat16:
        return traced.cast(add_n([traced.cast(x, float32) for x in made]), bfloat16)
    total = made[0] if len(made) > 1 else traced.identity(made[0])
    for one in made[1:]:
        total = total + one
    return total
