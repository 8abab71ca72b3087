"""Matrix products, and what is said with them."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf._convert import convert, hinted, operand
from tfgrad_course.tf._declare import bilinear, composite, install, traced
from tfgrad_course.tf._dtypes import (
    COMPLEX,
    FLOATS,
    as_dtype,
    float32,
    int32,
    int64,
    uint8,
    uint16,
    uint32,
    uint64,
)
from tfgrad_course.tf._errors import InvalidArgumentError, invalid, mismatch, not_allowed
from tfgrad_course.tf._refusals import listed
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf.ops.reduce import axes_of, reduce_max, reduce_sum
from tfgrad_course.tf.ops.shape import M23, permute

M32 = ((0.5, 1.0), (-1.0, 2.0), (0.25, -0.5))
_MATRIX = (*FLOATS, int32, int64, uint8, uint16, uint32, uint64, *COMPLEX)


def _matmul(x: Any, y: Any, left: bool, right: bool) -> Any:
    if left:
        x = x.swapaxes(-1, -2)
    if right:
        y = y.swapaxes(-1, -2)
    if x.dtype.kind == "V" or (x.dtype.itemsize == 2 and x.dtype.kind == "f"):
        return (x.astype(np.float32) @ y.astype(np.float32)).astype(x.dtype)
    return x @ y


def _left(F: Any, g: Any, z: Any, x: Any, y: Any, left: bool, right: bool) -> Any:
    return F.matmul(y, g, right, True) if left else F.matmul(g, y, False, not right)


def _right(F: Any, g: Any, z: Any, x: Any, y: Any, left: bool, right: bool) -> Any:
    return F.matmul(g, x, True, left) if right else F.matmul(x, g, not left, False)


matmul_row = bilinear(
    "matmul", _matmul, _left, _right, dtypes=_MATRIX, op="MatMul", attrs=True,
    sample=[(M23, M32, False, False), (M32, M32, True, False), (M23, M23, False, True)], doc="The matrix product.",
)  # fmt: skip


@composite("matmul linalg.matmul")
def matmul(
    a: Any,
    b: Any,
    transpose_a: bool = False,
    transpose_b: bool = False,
    adjoint_a: bool = False,
    adjoint_b: bool = False,
    a_is_sparse: bool = False,
    b_is_sparse: bool = False,
    output_type: Any = None,
    grad_a: bool = False,
    grad_b: bool = False,
    name: str | None = None,
) -> Any:
    """The product of two matrices, or of stacks of them."""
    if transpose_a and adjoint_a:
        raise ValueError(f"Only one of `transpose_a` and `adjoint_a` can be True. Received `transpose_a`={transpose_a}, "
                         f"`adjoint_a`={adjoint_a}.")  # fmt: skip
    if transpose_b and adjoint_b:
        raise ValueError(f"Only one of `transpose_b` and `adjoint_b` can be True. Received `transpose_b`={transpose_b}, "
                         f"`adjoint_b`={adjoint_b}.")  # fmt: skip
    x = a if type(a) is EagerTensor else operand(a, b)
    y = b if type(b) is EagerTensor else hinted(b, x)
    if output_type is not None:
        x, y = traced.cast(x, as_dtype(output_type)), traced.cast(y, as_dtype(output_type))
    if x.dtype is not y.dtype:
        raise mismatch("MatMul", 1, x.dtype.kernel, y.dtype.kernel)
    xs, ys = x._v.shape, y._v.shape
    if len(xs) < 2 or len(ys) < 2 or x.dtype not in matmul_allowed:
        raise _no_matrices(x, y)
    if adjoint_a:
        x, transpose_a = traced.conj(x), True
    if adjoint_b:
        y, transpose_b = traced.conj(y), True
    inner = xs[-2] if transpose_a else xs[-1]
    if inner != (ys[-1] if transpose_b else ys[-2]):
        op = "BatchMatMulV2" if len(xs) > 2 or len(ys) > 2 else "MatMul"
        raise invalid(op, f"Matrix size-incompatible: In[0]: {listed(x)}, In[1]: {listed(y)}", f"__Mkl{op}")
    try:
        made = matmul_row(x, y, bool(transpose_a), bool(transpose_b))
    except InvalidArgumentError:
        raise invalid(
            "BatchMatMulV2",
            f"In[0] and In[1] must have compatible batch dimensions: {listed(x)} vs. {listed(y)}",
        ) from None
    return made


def _no_matrices(x: EagerTensor, y: EagerTensor) -> InvalidArgumentError:
    """The error for what cannot be multiplied at all."""
    ranks = x._v.ndim, y._v.ndim
    if x.dtype not in matmul_allowed:
        return not_allowed("MatMul", x.dtype.kernel, [d.kernel for d in _MATRIX])
    if max(ranks) > 2:
        i = 0 if ranks[0] < 2 else 1
        return invalid("BatchMatMulV2", f"In[{i}] ndims must be >= 2: {ranks[i]}")
    if x.dtype is float32:
        return invalid("MatMul", f"In[{0 if ranks[0] < 2 else 1}] ndims must be >= 2", "__MklMatMul")
    if ranks[0] != ranks[1]:
        return invalid("MatMul", f"In[0] and In[1] has different ndims: {listed(x)} vs. {listed(y)}")
    return invalid("MatMul", f"In[0] and In[1] ndims must be == 2: {ranks[0]}")


matmul_allowed = frozenset(_MATRIX)
install("matmul", lambda x, y: matmul(x, y), lambda y, x: matmul(operand(x, y), y))


@composite("linalg.matvec", sample=[(M23, (1.0, 0.5, -2.0))])
def matvec(
    a: Any,
    b: Any,
    transpose_a: bool = False,
    adjoint_a: bool = False,
    a_is_sparse: bool = False,
    b_is_sparse: bool = False,
    name: str | None = None,
) -> Any:
    """A matrix times a vector."""
    x = a if type(a) is EagerTensor else operand(a, b)
    y = operand(b, x) if type(b) is not EagerTensor else b
    product = matmul(x, traced.expand_dims(y, -1), transpose_a, adjoint_a=adjoint_a)
    return traced.squeeze(product, -1)


@composite("linalg.matrix_transpose", sample=[(M23,)])
def matrix_transpose(a: Any, name: str = "matrix_transpose", conjugate: bool = False) -> Any:
    """The last two axes exchanged."""
    x = convert(a)
    rank = x._v.ndim
    if rank < 2:
        raise ValueError(
            f"Argument `a` should be a (batch) matrix with rank >= 2.  Received `a` = {x} with shape: {x.shape}"
        )
    turned = permute(x, (*range(-rank, -2), -1, -2))
    return traced.conj(turned) if conjugate else turned


@composite("tensordot linalg.tensordot", sample=[(M23, M32, 1)])
def tensordot(a: Any, b: Any, axes: Any, name: str | None = None) -> Any:
    """The sum of products over the axes named."""
    x = convert(a) if type(a) is not EagerTensor else a
    y = operand(b, x)
    mine, others = _paired(axes, x._v.ndim, y._v.ndim)
    for i, j in zip(mine, others, strict=True):
        if x._v.shape[i] != y._v.shape[j]:
            raise invalid(
                "MatMul", f"Matrix size-incompatible: In[0]: {listed(x)}, In[1]: {listed(y)}", "__MklMatMul"
            )
    free_x = [i for i in range(x._v.ndim) if i not in mine]
    free_y = [j for j in range(y._v.ndim) if j not in others]
    size = int(np.prod([x._v.shape[i] for i in mine], dtype=int))
    left = traced.reshape_to(traced.transpose(x, free_x + mine), (_size(x, free_x), size))
    right = traced.reshape_to(traced.transpose(y, others + free_y), (size, _size(y, free_y)))
    return traced.reshape_to(
        matmul(left, right), (*(x._v.shape[i] for i in free_x), *(y._v.shape[j] for j in free_y))
    )


def _size(x: EagerTensor, axes: list[int]) -> int:
    return int(np.prod([x._v.shape[i] for i in axes], dtype=int))


def _paired(axes: Any, rank_x: int, rank_y: int) -> tuple[list[int], list[int]]:
    if isinstance(axes, int) and not isinstance(axes, bool):
        if axes < 0:
            raise ValueError(f"`axes` must be at least 0.  Received: {axes}.")
        if axes > rank_x:
            raise ValueError(
                f"`axes` must not be larger than the number of dimensions of tensor.  Received {axes}."
            )
        return list(range(rank_x - axes, rank_x)), list(range(axes))
    if isinstance(axes, list | tuple):
        if len(axes) != 2:
            raise ValueError(f"`axes` must be an integer or have length 2.  Received {axes}.")
    else:
        axes = convert(axes, int32 if not hasattr(axes, "dtype") else None)
        if not axes._v.ndim:
            raise invalid("StridedSlice", "Attempting to slice scalar input.")
        axes = axes._v
    mine, others = ([int(i) for i in np.atleast_1d(np.asarray(part))] for part in axes)
    if len(mine) != len(others):
        raise ValueError(f"Different number of contraction axes `a` and `b`, {len(mine)} != {len(others)}.")
    if len(set(mine)) < len(mine) or len(set(others)) < len(others):
        raise ValueError("operands could not be broadcast together: an axis is named twice")
    for given, rank in ((mine, rank_x), (others, rank_y)):
        if any(not -rank <= i < rank for i in given):
            raise IndexError("list index out of range")
    return [i % rank_x for i in mine], [j % rank_y for j in others]


# The norm ---------------------------------------------------------------------------------------


@composite("norm linalg.norm", sample=[(M23,)])
def norm(
    tensor: Any, ord: Any = "euclidean", axis: Any = None, keepdims: bool = False, name: str | None = None
) -> Any:
    """The norm of vectors or matrices; its slope at 0 is nan."""
    matrix = _checked_norm(ord, axis)
    axes = list(axis) if matrix else axis
    x = convert(tensor)
    if matrix and ord == 2:
        found = _spectral_norm(x, axes)
    elif ord in ("euclidean", "fro", 2):
        found = traced.sqrt(reduce_sum(x * traced.conj(x), axes, True))
    else:
        found = _summed_norm(traced.abs(x), ord, axes, matrix)
    if keepdims:
        return found
    gone = axes_of(x, axes, "Sum")
    return traced.squeeze(found, list(gone)) if gone else found


def _checked_norm(ord: Any, axis: Any) -> bool:
    """Whether a matrix norm is meant; ValueError unless order and axes go together."""
    if isinstance(axis, list | tuple) and len(axis) == 2:
        if not isinstance(axis[0], int) or not isinstance(axis[1], int) or axis[0] == axis[1]:
            raise ValueError(
                f"'axis' must be None, an integer, or a tuple of 2 unique integers, got {tuple(axis)}"
            )
        known = ["euclidean", "fro", 1, 2, np.inf]
        if ord not in known:
            raise ValueError(f"'ord' must be a supported matrix norm in {known}, got {ord}")
        return True
    if not (isinstance(axis, int) or axis is None):
        raise ValueError(f"'axis' must be None, an integer, or a tuple of 2 unique integers, got {axis}")
    if ord not in ("euclidean", 1, 2, np.inf) and (not np.isreal(ord) or ord <= 0):
        raise ValueError(f"'ord' must be a supported vector norm, got {ord}")
    return False


def _summed_norm(size: EagerTensor, ord: Any, axes: Any, matrix: bool) -> EagerTensor:
    if ord == 1:
        summed = reduce_sum(size, axes[0] if matrix else axes, True)
        return reduce_max(summed, axes[1], True) if matrix else summed
    if ord == np.inf:
        summed = reduce_sum(size, axes[1], True) if matrix else size
        return reduce_max(summed, axes[0] if matrix else axes, True)
    return traced.power(reduce_sum(traced.power(size, ord), axes, True), 1.0 / ord)


def _spectral_norm(x: EagerTensor, axes: list[int]) -> EagerTensor:
    from tfgrad_course.tf.ops.decompositions import svd

    rank = x._v.ndim
    rows, columns = axes[0] % rank, axes[1] % rank
    others = [i for i in range(rank) if i not in (rows, columns)]
    largest = reduce_max(svd(traced.transpose(x, [*others, rows, columns]), compute_uv=False), -1)
    for at in sorted((rows, columns)):
        largest = traced.expand_dims(largest, at)
    return largest


@composite("eye linalg.eye")
def eye(
    num_rows: Any,
    num_columns: Any = None,
    batch_shape: Any = None,
    dtype: Any = float32,
    name: str | None = None,
) -> Any:
    """Ones on the diagonal, else zeros."""
    from tfgrad_course.tf.ops.shape import shape_tuple

    wanted = as_dtype(dtype)
    rows = int(num_rows)
    columns = rows if num_columns is None else int(num_columns)
    for size, word in ((rows, "num_rows"), (columns, "num_columns")):
        if size < 0:
            raise invalid("MatrixDiagV3", f"{word} must be non-negative: {size}")
    made = np.eye(rows, columns, dtype=wanted.np)
    if batch_shape is not None:
        made = np.broadcast_to(made, (*shape_tuple(batch_shape), rows, columns)).copy()
    return tensor(made, wanted)
