"""Matrix products, and what is said with them."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf._convert import convert, hinted, operand
from tfgrad_course.tf._declare import bilinear, composite, install, traced
from tfgrad_course.tf._dtypes import (
    COMPLEX,
    FLOATS,
    DType,
    as_dtype,
    bfloat16,
    float16,
    float32,
    int8,
    int16,
    int32,
    int64,
    string,
    uint8,
    uint16,
    uint32,
    uint64,
)
from tfgrad_course.tf._errors import (
    InvalidArgumentError,
    NotFoundError,
    OpError,
    invalid,
    mismatch,
    no_kernel,
    not_allowed,
)
from tfgrad_course.tf._of_operators import is_operator, product
from tfgrad_course.tf._parts import Diagonal
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
    if x.shape[-1] == 1:
        # An outer product: four times as fast as BLAS; adding 0 leaves no negative zeros, as a sum would.
        made = x * y
        made += 0
        return made
    return x @ y


def _matmul_rows(x: Any, y: Any, left: bool, right: bool) -> Any:
    """The same where one is a stack of rows of a jacobian: one large product, which is far quicker than many small."""
    if type(x) is Diagonal or type(y) is Diagonal:
        return _matmul_diagonal(x, y, left, right)
    if x.dtype.itemsize > 2 and x.size and y.size:
        if x.ndim == 3 and y.ndim == 2 and not left:
            flat = x.reshape(-1, x.shape[-1]) @ (y.T if right else y)
            return flat.reshape(*x.shape[:2], flat.shape[-1])
        if x.ndim == 2 and y.ndim == 3 and not right and y.shape[-1] == 1:
            return (y.reshape(y.shape[:2]) @ (x if left else x.T))[:, :, None]
    return _matmul(x, y, left, right)


def _matmul_diagonal(x: Any, y: Any, left: bool, right: bool) -> Any:
    """The same where one is a diagonal over a row or a column: each row has but one element that is not zero."""
    first = type(x) is Diagonal
    g, a, turned = (x, y, left) if first else (y, x, right)
    own, other = g.pair
    thin = own.ndim == a.ndim == 2 and own.shape[0 if first else 1] == 1 and not turned
    # A zero times infinity is not zero.
    if not thin or a.dtype.itemsize <= 2 or other.any() or not np.isfinite(a).all():
        rows = g.dense()
        return _matmul_rows(rows, y, left, right) if first else _matmul_rows(x, rows, left, right)
    made = own.reshape(-1, 1) * (a.T if (right if first else not left) else a)
    made += 0  # a sum of zeros is no negative zero
    return made[:, None, :] if first else made[:, :, None]


def _left(F: Any, g: Any, z: Any, x: Any, y: Any, left: bool, right: bool) -> Any:
    return F.matmul(y, g, right, True) if left else F.matmul(g, y, False, not right)


def _right(F: Any, g: Any, z: Any, x: Any, y: Any, left: bool, right: bool) -> Any:
    return F.matmul(g, x, True, left) if right else F.matmul(x, g, not left, False)


matmul_row = bilinear(
    "matmul", _matmul, _left, _right, dtypes=(*_MATRIX, int16), op="MatMul", attrs=True, batched="diagonal",
    batched_kernel=_matmul_rows,
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
    x, y = a, b
    if type(a) is not EagerTensor or type(b) is not EagerTensor:
        if is_operator(a) or is_operator(b):
            return product(a, b, (transpose_a, transpose_b, adjoint_a, adjoint_b))
        x = convert(a)
        y = hinted(b, x)
    if output_type is not None:
        x, y = _widened(x, y, as_dtype(output_type))
    if a_is_sparse or b_is_sparse:
        x, y = _sparse(x, y)
    if x.dtype is not y.dtype:
        x, y = _mixed(x, y)
    if x.dtype is string:
        raise not_allowed("MatMul", "string", [d.kernel for d in _MATRIX])
    xs, ys = x._v.shape, y._v.shape
    if len(xs) < 2 or len(ys) < 2 or x.dtype not in matmul_allowed:
        refusal = _no_matrices(x, y, (transpose_a, transpose_b, adjoint_a, adjoint_b))
        if refusal is not None:
            raise refusal
    if adjoint_a:
        x, transpose_a = traced.conj(x), True
    if adjoint_b:
        y, transpose_b = traced.conj(y), True
    inner = xs[-2] if transpose_a else xs[-1]
    if inner != (ys[-1] if transpose_b else ys[-2]):
        raise _sizes(x, y, bool(transpose_a), bool(transpose_b))
    try:
        made = matmul_row(x, y, bool(transpose_a), bool(transpose_b))
    except InvalidArgumentError:
        raise _batches(x, y) from None
    return made


_MKL = {float32, bfloat16}


def _mixed(x: EagerTensor, y: EagerTensor) -> tuple[Any, Any]:
    """Factors of two dtypes: TensorFlow multiplies matrices of bfloat16 with those of float32 only."""
    stacked = max(len(x.shape), len(y.shape)) > 2
    kinds = [x.dtype, y.dtype]
    if bfloat16 in kinds and not stacked:
        for kind, attr in zip(kinds, ("Ta", "Tb"), strict=True):
            if kind not in _MKL:
                raise not_allowed("SparseMatMul", kind.kernel, ["float", "bfloat16"], attr)
        return traced.cast(x, float32), traced.cast(y, float32)
    op = ("_Mkl" if x.dtype in _MKL else "") + ("BatchMatMulV2" if stacked else "MatMul")
    raise mismatch(op, 1, x.dtype.kernel, y.dtype.kernel)


def _sizes(x: EagerTensor, y: EagerTensor, left: bool, right: bool) -> InvalidArgumentError:
    """The error for what does not fit; the stacks are looked at first."""
    shapes = x._v.shape, y._v.shape
    op, turned = "MatMul", ""
    if max(map(len, shapes)) > 2:
        op, turned = "BatchMatMulV2", f" {int(left)} {int(right)}" if x.dtype in _MKL else ""
        try:
            np.broadcast_shapes(*(shape[:-2] for shape in shapes))
        except ValueError:
            return _batches(x, y)
    return invalid(
        op, f"Matrix size-incompatible: In[0]: {listed(x)}, In[1]: {listed(y)}{turned}", f"__Mkl{op}"
    )


def _batches(x: EagerTensor, y: EagerTensor) -> InvalidArgumentError:
    text = f"In[0] and In[1] must have compatible batch dimensions: {listed(x)} vs. {listed(y)}"
    return invalid("BatchMatMulV2", text)


def _widened(x: EagerTensor, y: EagerTensor, wanted: DType) -> tuple[Any, Any]:
    """Both factors in the dtype of the product, for the pairs TensorFlow has a kernel for."""
    kinds = {x.dtype, y.dtype}
    exact = kinds == {wanted} and wanted is not float16
    beside = kinds & _BYTES and kinds - _BYTES == {bfloat16} and wanted is bfloat16
    if not (exact or beside or (kinds <= _BYTES and wanted is int32)):
        tout, tb = f"DT_{wanted.kernel.upper()}", f"DT_{y.dtype.kernel.upper()}"
        flags = {"adj_x": False, "adj_y": False, "grad_x": False, "grad_y": False}
        raise no_kernel("BatchMatMulV3", x.dtype, "Ta", Tb=tb, Tout=tout, **flags)
    return traced.cast(x, wanted), traced.cast(y, wanted)


def _sparse(x: EagerTensor, y: EagerTensor) -> tuple[Any, Any]:
    """What SparseMatMul makes of its factors: matrices only, float32 beside bfloat16."""
    if not {x.dtype, y.dtype} <= {float32, bfloat16}:
        return x, y
    for word, t in (("a", x), ("b", y)):
        if len(t.shape) != 2:
            raise invalid("SparseMatMul", f"{word} is not a matrix")
    if x.dtype is not y.dtype:
        return traced.cast(x, float32), traced.cast(y, float32)
    return x, y


def _no_matrices(x: EagerTensor, y: EagerTensor, turned: tuple[Any, ...]) -> OpError | None:
    """The error for what cannot be multiplied at all; None for a dtype that only stacks of matrices may have."""
    ranks = len(x.shape), len(y.shape)
    if x.dtype not in matmul_allowed:
        if x.dtype is int16 and max(ranks) > 2 and min(ranks) > 1:
            return None
        if x.dtype in _UNSIGNED:
            return _without_kernel(x, max(ranks) > 2, turned)
        names = [d.kernel for d in _MATRIX]
        if max(ranks) > 2:
            names.insert(4, "int16")
        return not_allowed("MatMul", x.dtype.kernel, names)
    if max(ranks) > 2:
        i = 0 if ranks[0] < 2 else 1
        return invalid("BatchMatMulV2", f"In[{i}] ndims must be >= 2: {ranks[i]}")
    if x.dtype in _MKL:
        return invalid("MatMul", f"In[{0 if ranks[0] < 2 else 1}] ndims must be >= 2", "__MklMatMul")
    if ranks[0] != ranks[1]:
        return invalid("MatMul", f"In[0] and In[1] has different ndims: {listed(x)} vs. {listed(y)}")
    return invalid("MatMul", f"In[0] and In[1] ndims must be == 2: {ranks[0]}")


def _without_kernel(x: EagerTensor, stacked: bool, turned: tuple[Any, ...]) -> NotFoundError:
    ta, tb, aa, ab = (bool(one) for one in turned)
    if stacked:
        return no_kernel("BatchMatMulV2", x.dtype, adj_x=ta or aa, adj_y=tb or ab, grad_x=False, grad_y=False)
    flags: dict[str, Any] = {
        "grad_a": False,
        "grad_b": False,
        "transpose_a": ta or aa,
        "transpose_b": tb or ab,
    }
    return no_kernel("MatMul", x.dtype, **flags)


_BYTES = {int8, uint8}
_UNSIGNED = (uint8, uint16, uint32, uint64)
matmul_allowed = frozenset(_MATRIX) - frozenset(_UNSIGNED)
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
    x = a if type(a) is EagerTensor or is_operator(a) else convert(a)
    y = b if type(b) is EagerTensor else convert(b)
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
    y = convert(b) if type(b) is not EagerTensor else b
    mine, others = _paired(axes, x, x._v.ndim, y._v.ndim)
    free_x = [i for i in range(x._v.ndim) if i not in mine]
    free_y = [j for j in range(y._v.ndim) if j not in others]
    # Only the numbers of entries have to agree: TensorFlow lays each side out as one matrix.
    left = traced.reshape_to(traced.transpose(x, free_x + mine), (_size(x, free_x), _size(x, mine)))
    right = traced.reshape_to(traced.transpose(y, others + free_y), (_size(y, others), _size(y, free_y)))
    return traced.reshape_to(
        matmul(left, right), (*(x._v.shape[i] for i in free_x), *(y._v.shape[j] for j in free_y))
    )


def _size(x: EagerTensor, axes: list[int]) -> int:
    return int(np.prod([x._v.shape[i] for i in axes], dtype=int))


def _paired(axes: Any, x: EagerTensor, rank_x: int, rank_y: int) -> tuple[list[int], list[int]]:
    if isinstance(axes, int | np.integer) and not isinstance(axes, bool):
        if axes < 0:
            raise ValueError(f"`axes` must be at least 0. Received: {axes}.")
        if axes > rank_x:
            raise ValueError(
                f"`axes` must not be larger than the number of dimensions of tensor {x}.  Received {axes}, vs tensor "
                f"dimensions {rank_x}."
            )
        return list(range(rank_x - axes, rank_x)), list(range(axes))
    as_tensor = not isinstance(axes, list | tuple)
    if as_tensor:
        axes = _axes_tensor(axes)
    elif len(axes) != 2:
        raise ValueError(f"`axes` must be an integer or have length 2. Received {axes}.")
    mine, others = (
        list(part) if isinstance(part, list | tuple) else np.atleast_1d(np.asarray(part)).tolist()
        for part in axes
    )
    if len(mine) != len(others):
        raise ValueError(f"Different number of contraction axes `a` and `b`, {len(mine)} != {len(others)}.")
    return _within(mine, rank_x, as_tensor), _within(others, rank_y, as_tensor)


def _axes_tensor(axes: Any) -> Any:
    try:
        axes = convert(axes, int32)
    except ValueError as problem:
        raise ValueError(f"axes: {problem}" if axes is not None else str(problem)) from None
    if not len(axes.shape):
        raise invalid("StridedSlice", "Attempting to slice scalar input.")
    if len(axes.shape) != 2:
        raise invalid("ListDiff", "y should be a 1D vector.")
    return axes._v


def _within(axes: list[int], rank: int, as_tensor: bool) -> list[int]:
    """Axes counted from the front; refused as TensorFlow's way of laying a side out would."""
    for i in axes:
        if as_tensor and not -rank <= i < rank:
            raise invalid("GatherV2", f"indices[0] = {i} is not in [0, {rank})")
    every = list(range(rank))
    turned = [i if i >= 0 else i + rank for i in axes]
    for i in turned:
        every[i]  # what is no place in a list of sizes is refused as there
    order = [i for i in every if i not in turned] + turned
    if (np.arange(rank) != order).any() and len(order) != rank:
        raise _no_order(rank, len(order))
    if len(order) != rank:
        raise invalid("Reshape", "Input to reshape has another size than requested: an axis is named twice")
    return [int(i) for i in turned]


def _no_order(rank: int, given: int) -> InvalidArgumentError:
    return invalid(
        "Transpose", f"transpose expects a vector of size {rank}. But input(1) is a vector of size {given}"
    )


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
    if rank < 2:
        raise _no_order(rank, 2)
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
    sizes = [num_rows, num_rows if num_columns is None else num_columns]
    if any(isinstance(n, float) for n in sizes):
        raise TypeError(
            "Arguments `num_rows` and `num_columns` must be positive integer values. Received: "
            f"num_rows={sizes[0]}, num_columns={sizes[1]}"
        )
    rows, columns = map(int, sizes)
    if min(rows, columns) < 0:
        raise invalid("Fill", f"Dimension {min(rows, columns)} must be >= 0")
    made = np.eye(rows, columns, dtype=wanted.np)
    if batch_shape is not None:
        made = np.broadcast_to(made, (*shape_tuple(batch_shape), rows, columns)).copy()
    return tensor(made, wanted)
