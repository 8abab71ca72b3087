"""Inverses and determinants, and the solutions of linear equations: full, triangular, banded, of least squares."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._by_tensors import on_tensors
from tfgrad_course.tf._convert import convert, operand
from tfgrad_course.tf._declare import batched, composite, raw, rule, traced
from tfgrad_course.tf._dtypes import COMPLEX, NUMBERS, float32, float64
from tfgrad_course.tf._errors import FailedPreconditionError, invalid, kernel_text, mismatch, not_allowed
from tfgrad_course.tf._of_operators import or_operator
from tfgrad_course.tf.ops.decompositions import adjoint_of, cholesky, kind_checked, matrix_of

_ALLOWED = (float64, float32, *COMPLEX)
_DETERMINED = ("half", "float", "double", "complex64", "complex128")
_SQUARE = ((2.0, 0.5), (0.25, 1.5))

for _life in (raw, batched):
    _life.adjoint = lambda x: x.swapaxes(-1, -2).conj()  # type: ignore[attr-defined]
    _life.upright = lambda g: np.asarray(g)[..., None, None]  # type: ignore[attr-defined]
traced.adjoint = adjoint_of  # type: ignore[attr-defined]
traced.upright = lambda g: tf.reshape(g, [*g.shape.as_list(), 1, 1])  # type: ignore[attr-defined]


def _told(shape: Any) -> str:
    return "[" + ",".join(map(str, shape)) + "]"


def _inverse_of(operator: Any, adjoint: bool = False, name: Any = None) -> Any:
    return operator.inverse().adjoint() if adjoint else operator.inverse()


# Inverse and determinant ---------------------------------------------------------------------------


def _inverse(x: Any) -> Any:
    wide = x.astype(np.float32) if x.dtype == np.float16 else x
    try:
        made = np.linalg.inv(wide)
    except np.linalg.LinAlgError:
        made = None
    if made is None or np.isnan(x).any():
        raise invalid("MatrixInverse", "Input is not invertible.")
    return made.astype(x.dtype, copy=False)


inverse = rule(
    "inverse", _inverse, lambda F, g, z, x: -F.matmul(F.matmul(F.adjoint(z), g, False, False), F.adjoint(z), False, False),
    dtypes=(*_ALLOWED, dt.float16), op="MatrixInverse", sample=[(_SQUARE,)], doc="The inverse of square matrices.",
)  # fmt: skip


def _det(x: Any) -> Any:
    return np.asarray(np.linalg.det(x)).astype(x.dtype)[()]


determinant = rule(
    "determinant", _det, lambda F, g, z, x: F.upright(g * z) * F.adjoint(F.inverse(x)),
    dtypes=_ALLOWED, op="MatrixDeterminant", sample=[(_SQUARE,)], doc="The determinant.",
)  # fmt: skip


@composite("linalg.det", sample=[(_SQUARE,)])
@or_operator("input", lambda operator, name=None: operator.determinant())
def det(input: Any, name: Any = None) -> Any:
    """The determinant of square matrices."""
    return determinant(matrix_of(input, "MatrixDeterminant", names=_DETERMINED))


LogMatrixDeterminant = namedtuple("LogMatrixDeterminant", ["sign", "log_abs_determinant"])


def _slogdet(x: Any) -> Any:
    sign, size = np.linalg.slogdet(x)
    sign = np.where(np.isnan(size), np.nan, sign)
    return np.asarray(sign).astype(x.dtype)[()], np.asarray(size).astype(x.dtype)[()]


def _slogdet_vjp(gs: Any, outputs: Any, a: Any) -> Any:
    return traced.upright(gs[1]) * tf.linalg.inv(a, adjoint=True)


slogdet_row = rule(
    "log_matrix_determinant", _slogdet, on_tensors(_slogdet_vjp), inputs=1, several=True, batched=False,
    dtypes=_ALLOWED, op="LogMatrixDeterminant", doc="The sign of the determinant and the logarithm of its size.",
)  # fmt: skip


@composite("linalg.slogdet")
def slogdet(input: Any, name: Any = None) -> Any:
    """The sign of the determinant and the logarithm of its absolute value."""
    return LogMatrixDeterminant(*slogdet_row(matrix_of(input, "LogMatrixDeterminant", names=_DETERMINED)))


@composite("linalg.inv", sample=[(_SQUARE,)])
@or_operator("input", _inverse_of)
def inv(input: Any, adjoint: bool = False, name: Any = None) -> Any:
    """The inverse (of the adjoint) of square matrices."""
    x = matrix_of(input, "MatrixInverse", half=True)
    return inverse(adjoint_of(x) if adjoint else x)


@composite("linalg.adjoint", sample=[(_SQUARE,)])
@or_operator("matrix", lambda operator, name=None: operator.adjoint())
def adjoint_(matrix: Any, name: Any = None) -> Any:
    """The conjugate transpose."""
    return adjoint_of(convert(matrix))


# Equations -----------------------------------------------------------------------------------------


def _pair(matrix: Any, rhs: Any, op: str) -> tuple[Any, Any]:
    a = operand(matrix, rhs)
    b = operand(rhs, a)
    if b.dtype is not a.dtype:
        raise mismatch(op, 1, a.dtype.kernel, b.dtype.kernel)
    return a, b


def _solve(a: Any, b: Any) -> Any:
    try:
        return np.linalg.solve(a, b).astype(a.dtype, copy=False)
    except np.linalg.LinAlgError:
        raise invalid("MatrixSolve", "Input matrix is not invertible.") from None


solve_row = rule(
    "solve_row", _solve, lambda F, g, z, a, b: -F.matmul(F.solve_row(F.adjoint(a), g), F.adjoint(z), False, False),
    lambda F, g, z, a, b: F.solve_row(F.adjoint(a), g),
    dtypes=_ALLOWED, op="MatrixSolve", batched=False, sample=[(_SQUARE, ((1.0,), (2.0,)))], doc="x with a x = b.",
)  # fmt: skip


@composite("linalg.solve", sample=[(_SQUARE, ((1.0,), (2.0,)))])
@or_operator("matrix", lambda operator, rhs, adjoint=False, name=None: operator.solve(rhs, adjoint=adjoint))
def solve(matrix: Any, rhs: Any, adjoint: bool = False, name: Any = None) -> Any:
    """x with matrix @ x = rhs."""
    a, b = _pair(matrix, rhs, "MatrixSolve")
    kind_checked(a, "MatrixSolve", adjoint=bool(adjoint))
    if a.shape.rank != b.shape.rank:
        raise invalid("MatrixSolve", "All input tensors must have the same rank.")
    a = matrix_of(a, "MatrixSolve", square=False)
    if a.shape[:-2] != b.shape[:-2]:
        raise invalid("MatrixSolve", "All input tensors must have the same outer dimensions.")
    if a.shape[-1] != a.shape[-2]:
        raise invalid("MatrixSolve", "First input (lhs) must be a square matrix.")
    if a.shape[-2] != b.shape[-2]:
        raise invalid("MatrixSolve", "Input matrix and rhs are incompatible.")
    return solve_row(adjoint_of(a) if adjoint else a, b)


def _substitute(a: Any, b: Any, lower: bool, adjoint: bool) -> Any:
    """Row by row, from the end that has one unknown."""
    a = (np.tril if lower else np.triu)(a)
    if adjoint:
        a = a.swapaxes(-1, -2).conj()
        lower = not lower
    n = a.shape[-1]
    lead = np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
    x = np.zeros((*lead, *b.shape[-2:]), b.dtype)
    for i in range(n) if lower else range(n - 1, -1, -1):
        known = slice(0, i) if lower else slice(i + 1, n)
        done = (a[..., i : i + 1, known] @ x[..., known, :])[..., 0, :]
        x[..., i, :] = (b[..., i, :] - done) / a[..., i, i, None]
    return x


def _substitute_a(F: Any, g: Any, z: Any, a: Any, b: Any, lower: bool, adjoint: bool) -> Any:
    back = F.triangular(a, g, lower, not adjoint)
    full = -F.matmul(*((z, F.adjoint(back)) if adjoint else (back, F.adjoint(z))), False, False)
    return F.triangle(full, lower)


for _life in (raw, batched):
    _life.triangle = lambda x, lower: (np.tril if lower else np.triu)(x)  # type: ignore[attr-defined]
traced.triangle = lambda x, lower: tf.linalg.band_part(x, *((-1, 0) if lower else (0, -1)))  # type: ignore[attr-defined]

triangular = rule(
    "triangular", _substitute, _substitute_a,
    lambda F, g, z, a, b, lower, adjoint: F.triangular(a, g, lower, not adjoint),
    dtypes=_ALLOWED, op="MatrixTriangularSolve", attrs=True, batched=False,
    sample=[(((2.0, 0.3), (0.5, 1.5)), ((1.0,), (2.0,)), True, False)], doc="x with a triangular matrix times x = b.",
)  # fmt: skip


@composite("linalg.triangular_solve", sample=[(((2.0, 0.0), (0.5, 1.5)), ((1.0,), (2.0,)))])
def triangular_solve(
    matrix: Any, rhs: Any, lower: bool = True, adjoint: bool = False, name: Any = None
) -> Any:
    """x with matrix @ x = rhs, one half of the matrix taken as 0."""
    op = "MatrixTriangularSolve"
    a, b = _pair(matrix, rhs, op)
    names = ("bfloat16", "double", "float", "half", "complex64", "complex128")
    kind_checked(a, op, names, adjoint=bool(adjoint), lower=bool(lower))
    for i, t in enumerate((a, b)):
        if t.shape.rank < 2:
            raise invalid(op, f"In[{i}] ndims must be >= 2: {t.shape.rank}")
    try:
        np.broadcast_shapes(tuple(a.shape[:-2]), tuple(b.shape[:-2]))
    except ValueError:
        raise invalid(
            op,
            f"In[0] and In[1] must have compatible batch dimensions: {_told(a.shape)} vs. {_told(b.shape)}",
        ) from None
    rows, columns = a.shape[-2], a.shape[-1]
    if rows != columns:
        raise invalid(op, f"In[0] matrices in the last dimensions must be square ({columns} =/= {rows})")
    if rows != b.shape[-2]:
        raise invalid(
            op, f"In[0] mismatch In[1] shape: {columns} vs. {b.shape[-2]}: {_told(a.shape)} {_told(b.shape)} "
            f"{int(lower)} {int(adjoint)}",
        )  # fmt: skip
    return triangular(a, b, bool(lower), bool(adjoint))


@composite("linalg.cholesky_solve", sample=[(((2.0, 0.0), (0.5, 1.5)), ((1.0,), (2.0,)))])
def cholesky_solve(chol: Any, rhs: Any, name: Any = None) -> Any:
    """x with (chol chol*) x = rhs."""
    return triangular_solve(chol, triangular_solve(chol, rhs), adjoint=True)


# Least squares -------------------------------------------------------------------------------------


def _pseudo(a: Any, b: Any) -> Any:
    return (np.linalg.pinv(a) @ b).astype(a.dtype, copy=False)


def _no_slow_gradient(F: Any, g: Any, z: Any, *inputs: Any) -> Any:
    raise ValueError("Gradient not defined for fast=False")


slow_least_squares = rule(
    "slow_least_squares", _pseudo, _no_slow_gradient, _no_slow_gradient,
    dtypes=_ALLOWED, op="MatrixSolveLs", batched=False, doc="The shortest solution of least squares.",
)  # fmt: skip


@composite("linalg.lstsq")
def lstsq(matrix: Any, rhs: Any, l2_regularizer: Any = 0.0, fast: bool = True, name: Any = None) -> Any:
    """The x of least |matrix @ x - rhs| (of least |x| when there are several)."""
    a = convert(matrix)
    regular = isinstance(l2_regularizer, float | int) and l2_regularizer == 0
    if a.dtype is dt.complex128 and not regular:
        raise NotImplementedError(
            "matrix_solve_ls is currently disabled for complex128 and l2_regularizer != 0 due to poor accuracy."
        )
    b = operand(rhs, a)
    if not fast:
        kind_checked(a, "MatrixSolveLs", fast=False)
        if tf.is_tensor(l2_regularizer) and l2_regularizer.dtype is not float64:
            raise mismatch("MatrixSolveLs", 2, "double", l2_regularizer.dtype.kernel)
        if a.shape.rank != b.shape.rank:
            raise invalid("MatrixSolveLs", "All input tensors must have the same rank.")
        if a.shape[:-2] != b.shape[:-2]:
            raise invalid("MatrixSolveLs", "All input tensors must have the same outer dimensions.")
        if a.shape[-2] != b.shape[-2]:
            raise invalid("MatrixSolveLs", "Input matrix and rhs are incompatible.")
        return slow_least_squares(matrix_of(a, "MatrixSolveLs", square=False), b)
    rows, columns = a.shape[-2], a.shape[-1]
    unit = tf.eye(min(rows, columns), batch_shape=a.shape[:-2], dtype=a.dtype)
    first = rows >= columns
    gram = tf.matmul(a, a, adjoint_a=first, adjoint_b=not first)
    if not regular:
        gram += (l2_regularizer if tf.is_tensor(l2_regularizer) else convert(l2_regularizer, a.dtype)) * unit
    chol = cholesky(gram)
    if first:
        return cholesky_solve(chol, tf.matmul(a, b, adjoint_a=True))
    return tf.matmul(a, cholesky_solve(chol, b), adjoint_a=True)


# Bands ---------------------------------------------------------------------------------------------


@composite("linalg.banded_triangular_solve")
def banded_triangular_solve(
    bands: Any, rhs: Any, lower: bool = True, adjoint: bool = False, name: Any = None
) -> Any:
    """x with a banded triangular matrix times x = rhs; the bands are packed as rows."""
    packed = convert(bands)
    b = operand(rhs, packed)
    op = "BandedTriangularSolve"
    for i, t in enumerate((packed, b)):
        if t.shape.rank < 2:
            raise invalid(op, f"In[{i}] ndims must be >= 2: {t.shape.rank}")
        if not t.shape.num_elements():
            told = f"Tensor<type: {t.dtype.kernel} shape: {_told(t.shape)} values: >"
            raise invalid(op, f"In[{i}] must not be an empty tensor: {told}")
    kind_checked(packed, op, ("double", "float", "half", "complex64", "complex128"))
    try:
        np.broadcast_shapes(tuple(packed.shape[:-2]), tuple(b.shape[:-2]))
    except ValueError:
        words = f"In[0] and In[1] must have compatible batch dimensions: {_told(packed.shape)} vs. {_told(b.shape)}"
        raise invalid(op, words) from None
    if packed.shape[-1] != b.shape[-2]:
        words = f"In[0] mismatch In[1] shape: {packed.shape[-1]} vs. {b.shape[-2]}: {_told(packed.shape)} {_told(b.shape)}"
        raise invalid(op, f"{words} {int(lower)} {int(adjoint)}")
    count, n = packed.shape[-2], packed.shape[-1]
    k = (-(count - 1), 0) if lower else (0, count - 1)
    single = packed[..., 0, :] if count == 1 else packed
    full = tf.linalg.diag(single, k=k, num_rows=n, num_cols=n, align="LEFT_RIGHT")
    if np.any(np.asarray(tf.linalg.diag_part(full)._numpy()) == 0):
        raise invalid("BandedTriangularSolve", "Input matrix is not invertible.")
    return triangular_solve(full, b, lower=lower, adjoint=adjoint)


def _padded(diagonal: Any, name: str, size: int, ends: list[int]) -> Any:
    n = diagonal.shape[-1]
    if not n or n == size:
        return diagonal
    if n == size - 1:
        return tf.pad(diagonal, [[0, 0]] * (diagonal.shape.rank - 1) + [ends])
    raise ValueError(f"Expected {name} to be have length {size} or {size - 1}, got {n}.")


def _compact(diagonals: Any, form: str, solving: bool = True) -> Any:
    """The three diagonals as rows: superdiagonal, diagonal, subdiagonal."""
    if form == "compact":
        return convert(diagonals)
    if form == "sequence":
        if not isinstance(diagonals, tuple | list) or len(diagonals) != 3:
            raise ValueError("Expected diagonals to be a sequence of length 3.")
        upper, main, low = (convert(d) for d in diagonals)
        if low.shape[:-1] != main.shape[:-1] or upper.shape[:-1] != main.shape[:-1]:
            raise ValueError(
                "Tensors representing the three diagonals must have the same shape,except for the last dimension, got "
                f"{low.shape}, {main.shape}, {upper.shape}"
            )
        size = main.shape[-1]
        low = _padded(low, "subdiagonal", size, [1, 0])
        upper = _padded(upper, "superdiagonal", size, [0, 1])
        return tf.stack((upper, main, low), axis=-2)
    if form == "matrix":
        full = convert(diagonals)
        if full.shape[-1] and full.shape[-2] and full.shape[-1] != full.shape[-2]:
            raise ValueError(
                f"Expected last two dimensions of diagonals to be same, got {full.shape[-1]} and {full.shape[-2]}"
            )
        return tf.linalg.diag_part(full, k=(-1, 1), padding_value=0.0, align="LEFT_RIGHT")
    raise ValueError(f"Unrecognized diagonals_format: {form}")


def _three(packed: Any) -> Any:
    """The full matrix of three packed diagonals."""
    n = packed.shape[-1]
    if n == 1:
        return packed[..., 1, :, None]
    return tf.linalg.diag(packed, k=(-1, 1), num_rows=n, num_cols=n, align="LEFT_RIGHT")


def _eliminate_three(packed: Any, rhs: Any, pivoting: bool, perturb: bool) -> Any:
    """Gaussian elimination on three diagonals, the larger of two rows taken for the pivot."""
    n = packed.shape[-1]
    lead = np.broadcast_shapes(packed.shape[:-2], rhs.shape[:-2])
    upper, main, low = (np.broadcast_to(packed[..., i, :], (*lead, n)).copy() for i in range(3))
    second = np.zeros_like(upper)
    x = np.broadcast_to(rhs, (*lead, *rhs.shape[-2:])).copy()
    kept = np.finfo(packed.dtype)
    least = max(kept.eps * np.abs(packed).max(initial=0), kept.tiny) if perturb else 0
    upper[..., n - 1 :] = 0
    with np.errstate(all="ignore"):
        for i in range(n - 1):
            if pivoting:
                turn = np.abs(low[..., i + 1]) > np.abs(main[..., i])
                for above, below in ((main, low), (upper, main), (second, upper)):
                    _exchange(above, below, i, turn)
                _exchange(x.swapaxes(-1, -2), x.swapaxes(-1, -2), i, turn[..., None])
            if perturb:
                main[..., i] = np.where(main[..., i] == 0, least, main[..., i])
            factor = np.where(low[..., i + 1] == 0, 0, low[..., i + 1] / main[..., i])
            main[..., i + 1] -= factor * upper[..., i]
            upper[..., i + 1] -= factor * second[..., i]
            x[..., i + 1, :] -= factor[..., None] * x[..., i, :]
        if perturb:
            main[..., -1] = np.where(np.abs(main[..., -1]) < least, least, main[..., -1])
        _substitute_three(main, upper, second, x)
    bad = ~np.isfinite(x).all((-1, -2), keepdims=True)
    return np.where(bad, np.nan, x).astype(packed.dtype) if bad.any() else x


def _exchange(above: Any, below: Any, i: int, turn: Any) -> None:
    a, b = above[..., i].copy(), below[..., i + 1].copy()
    above[..., i], below[..., i + 1] = np.where(turn, b, a), np.where(turn, a, b)


def _substitute_three(main: Any, upper: Any, second: Any, x: Any) -> None:
    n = main.shape[-1]
    for i in range(n - 1, -1, -1):
        if i + 1 < n:
            x[..., i, :] -= upper[..., i, None] * x[..., i + 1, :]
        if i + 2 < n:
            x[..., i, :] -= second[..., i, None] * x[..., i + 2, :]
        x[..., i, :] /= main[..., i, None]


def _transposed_three(packed: Any) -> Any:
    gap = tf.zeros_like(packed[..., 0, :1])
    upper, low = packed[..., 0, :-1], packed[..., 2, 1:]
    return tf.stack([tf.concat([low, gap], -1), packed[..., 1, :], tf.concat([gap, upper], -1)], -2)


def _three_of_product(x: Any, y: Any) -> Any:
    """The three diagonals of x times the transpose of y."""
    gap = tf.zeros_like(x[..., :1, :])
    above, below = tf.concat([y[..., 1:, :], gap], -2), tf.concat([gap, y[..., :-1, :]], -2)
    return tf.stack([tf.reduce_sum(x * t, -1) for t in (above, y, below)], -2)


def _solve_three_rhs(g: Any, z: Any, packed: Any, rhs: Any, pivoting: bool, perturb: bool) -> Any:
    # TensorFlow forgets to conjugate here.
    return three_row(_transposed_three(packed), g, pivoting, perturb)


def _solve_three_diagonals(g: Any, z: Any, packed: Any, rhs: Any, pivoting: bool, perturb: bool) -> Any:
    return -_three_of_product(_solve_three_rhs(g, z, packed, rhs, pivoting, perturb), z)


three_row = rule(
    "solve_three", _eliminate_three, on_tensors(_solve_three_diagonals), on_tensors(_solve_three_rhs),
    attrs=True, batched=False, dtypes=_ALLOWED, op="TridiagonalSolve",
    doc="x with a matrix of three diagonals times x = rhs.",
)  # fmt: skip


def _three_kind(packed: Any, b: Any, op: str) -> None:
    if packed.dtype not in _ALLOWED:
        raise not_allowed(op, packed.dtype.kernel, ["double", "float", "complex64", "complex128"])
    if b.dtype is not packed.dtype:
        raise mismatch(op, 1, packed.dtype.kernel, b.dtype.kernel)


@composite(
    "linalg.tridiagonal_solve",
    sample=[(((1.0, 0.5, 0.0), (3.0, 2.0, 4.0), (0.0, 1.0, 0.5)), (1.0, 2.0, 3.0))],
)
def tridiagonal_solve(
    diagonals: Any, rhs: Any, diagonals_format: str = "compact", transpose_rhs: bool = False,
    conjugate_rhs: bool = False, name: Any = None, partial_pivoting: bool = True, perturb_singular: bool = False,
) -> Any:  # fmt: skip
    """x with a tridiagonal matrix times x = rhs."""
    if diagonals_format == "compact":
        diagonals.shape.rank  # noqa: B018 - TensorFlow asks for it before it converts: arrays have none
    if perturb_singular and not partial_pivoting:
        raise ValueError("partial_pivoting must be True if perturb_singular is.")
    packed = _compact(diagonals, diagonals_format)
    b = operand(rhs, packed)
    rank, other = packed.shape.rank, b.shape.rank
    if rank and rank < 2:
        raise ValueError(f"Expected diagonals to have rank at least 2, got {rank}")
    if other and other not in (rank, rank - 1):
        raise ValueError(f"Expected the rank of rhs to be {rank - 1} or {rank}, got {other}")
    if other and not packed.shape[:-2].is_compatible_with(b.shape[: rank - 2]):
        raise ValueError(f"Batch shapes {packed.shape[:-2]} and {b.shape[: rank - 2]} are incompatible")
    if packed.shape[-2] and packed.shape[-2] != 3:
        raise ValueError(f"Expected 3 diagonals got {packed.shape[-2]}")
    vector = other == rank - 1
    if vector:
        b = tf.expand_dims(tf.math.conj(b) if conjugate_rhs else b, -1)
    elif transpose_rhs:
        b = tf.linalg.matrix_transpose(b, conjugate=conjugate_rhs)
    elif conjugate_rhs:
        b = tf.math.conj(b)
    if packed.shape[-1] and b.shape[-2] and packed.shape[-1] != b.shape[-2]:
        raise ValueError(
            f"Expected number of left-hand sided and right-hand sides to be equal, got {packed.shape[-1]} and {b.shape[-2]}"
        )
    _three_kind(packed, b, "TridiagonalSolve")
    if not packed.shape[-1]:
        return tf.squeeze(b, -1) if vector else b
    found = three_row(packed, b, bool(partial_pivoting), bool(perturb_singular))
    return tf.squeeze(found, -1) if vector else found


@composite("linalg.tridiagonal_matmul")
def tridiagonal_matmul(diagonals: Any, rhs: Any, diagonals_format: str = "compact", name: Any = None) -> Any:
    """A tridiagonal matrix times a matrix."""
    if diagonals_format == "sequence":
        upper, main, low = (convert(d) for d in diagonals)
        for word, part in (("superdiagonal", upper), ("subdiagonal", low)):
            if part.shape != main.shape:
                raise invalid("TridiagonalMatMul", f"Invalid {word} shape.")
    packed = _compact(diagonals, diagonals_format)
    x = operand(rhs, packed)
    _three_kind(packed, x, "TridiagonalMatMul")
    if x.shape.rank >= 2 and x.shape.rank != packed.shape.rank:
        raise invalid("TridiagonalMatMul", "All input tensors must have the same rank.")
    if x.shape.rank >= 2 and x.shape[:-2] != packed.shape[:-2]:
        raise invalid("TridiagonalMatMul", "All input tensors must have the same outer dimensions.")
    if x.shape.rank < 2 or packed.shape[-1] != x.shape[-2]:
        raise invalid("TridiagonalMatMul", "Invalid superdiagonal shape.")
    return tf.matmul(_three(packed), x)


# Products ------------------------------------------------------------------------------------------


@composite("linalg.cross", sample=[((1.0, 2.0, 3.0), (0.5, -1.0, 2.0))])
def cross(a: Any, b: Any, name: Any = None) -> Any:
    """The cross product of vectors of three numbers."""
    x, y = _pair(a, b, "Cross")
    if x.dtype not in NUMBERS or x.dtype.is_complex:
        raise invalid("Cross", f"Value for attr 'T' of {x.dtype.kernel} is not in the list of allowed values")
    if x.shape != y.shape:
        raise invalid("Cross", f"Both inputs must be of same shape: {_told(x.shape)} vs. {_told(y.shape)}")
    if not x.shape.rank or x.shape[-1] != 3:
        raise FailedPreconditionError(
            None, None, kernel_text("Cross", "Cross-products are only defined for 3-element vectors.")
        )
    x0, x1, x2 = tf.unstack(x, axis=-1)
    y0, y1, y2 = tf.unstack(y, axis=-1)
    return tf.stack([x1 * y2 - x2 * y1, x2 * y0 - x0 * y2, x0 * y1 - x1 * y0], -1)
