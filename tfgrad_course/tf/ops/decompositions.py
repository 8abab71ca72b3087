"""Inverses, solutions and factorings of matrices, and the functions made of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf._convert import convert, operand
from tfgrad_course.tf._declare import batched, composite, raw, rule, traced
from tfgrad_course.tf._dtypes import COMPLEX, float32, float64
from tfgrad_course.tf._tensor import tensor

_ALLOWED = (float32, float64, *COMPLEX)
_SQUARE = ((2.0, 0.5), (0.25, 1.5))

for _life in (raw, batched):
    _life.adjoint = lambda x: x.swapaxes(-1, -2).conj()  # type: ignore[attr-defined]
    _life.tril_half = lambda x: np.tril(x) - 0.5 * _on_diagonal(x)  # type: ignore[attr-defined]
    _life.upright = lambda g: np.asarray(g)[..., None, None]  # type: ignore[attr-defined]
traced.adjoint = lambda x: tf.linalg.matrix_transpose(x, conjugate=True)  # type: ignore[attr-defined]
traced.tril_half = lambda x: _lower(x) - 0.5 * tf.linalg.diag(tf.linalg.diag_part(x))  # type: ignore[attr-defined]
traced.upright = lambda g: tf.reshape(g, [*g.shape.as_list(), 1, 1])  # type: ignore[attr-defined]


def _on_diagonal(x: Any) -> Any:
    return x * np.eye(x.shape[-1], dtype=x.dtype)


def _lower(x: Any) -> Any:
    return tf.linalg.band_part(x, -1, 0)


def _singular(op: str) -> Any:
    return errors.InvalidArgumentError(None, None, f"Input matrix is not invertible. [Op:{op}]")


def _square(x: Any, op: str) -> Any:
    x = convert(x)
    if x.shape.rank < 2 or x.shape[-1] != x.shape[-2]:
        raise errors.InvalidArgumentError(
            None, None, f"Input matrix must be square, got shape {x.shape} [Op:{op}]"
        )
    return x


def _inverse(x: Any) -> Any:
    try:
        return np.linalg.inv(x)
    except np.linalg.LinAlgError as fault:
        raise _singular("MatrixInverse") from fault


inverse = rule(
    "inverse", _inverse, lambda F, g, z, x: -F.matmul(F.matmul(F.adjoint(z), g, False, False), F.adjoint(z), False, False),
    dtypes=_ALLOWED, op="MatrixInverse", sample=[(_SQUARE,)], doc="The inverse of square matrices.",
)  # fmt: skip
determinant = rule(
    "determinant", lambda x: np.linalg.det(x).astype(x.dtype)[()],
    lambda F, g, z, x: F.upright(g * F.conj(z)) * F.adjoint(F.inverse(x)),
    dtypes=_ALLOWED, op="MatrixDeterminant", names="linalg.det", sample=[(_SQUARE,)], doc="The determinant.",
)  # fmt: skip
log_abs_det = rule(
    "log_abs_det", lambda x: np.linalg.slogdet(x)[1].astype(x.dtype)[()],
    lambda F, g, z, x: F.upright(g) * F.adjoint(F.inverse(x)),
    dtypes=_ALLOWED, op="LogMatrixDeterminant", sample=[(_SQUARE,)], doc="The logarithm of |det x|.",
)  # fmt: skip


def _cholesky_kernel(x: Any) -> Any:
    try:
        return np.linalg.cholesky(np.tril(x) + _strictly_upper(x))
    except np.linalg.LinAlgError as fault:
        raise errors.InvalidArgumentError(
            None,
            None,
            "Cholesky decomposition was not successful. The input might not be valid. [Op:Cholesky]",
        ) from fault


def _strictly_upper(x: Any) -> Any:
    """Only the lower half counts: the upper one is its mirror."""
    return np.tril(x, -1).swapaxes(-1, -2).conj()


def _cholesky_vjp(F: Any, g: Any, z: Any, x: Any) -> Any:
    # Murray, "Differentiation of the Cholesky decomposition" (2016), section 2.
    inner = F.tril_half(F.matmul(F.adjoint(z), g, False, False))
    inv = F.inverse(z)
    s = F.matmul(F.matmul(F.adjoint(inv), inner, False, False), inv, False, False)
    return (s + F.adjoint(s)) * 0.5


cholesky_row = rule(
    "cholesky_row", _cholesky_kernel, _cholesky_vjp, dtypes=_ALLOWED, op="Cholesky", doc="L with L L* = x.",
)  # fmt: skip


@composite("linalg.inv", sample=[(_SQUARE,)])
def inv(input: Any, adjoint: bool = False, name: Any = None) -> Any:
    """The inverse (of the adjoint) of square matrices."""
    x = _square(input, "MatrixInverse")
    return inverse(traced.adjoint(x) if adjoint else x)


@composite("linalg.slogdet")
def slogdet(input: Any, name: Any = None) -> Any:
    """The sign of the determinant and the logarithm of its absolute value."""
    x = _square(input, "LogMatrixDeterminant")
    sign = np.linalg.slogdet(x.numpy())[0]
    return LogDet((tensor(sign.astype(x.dtype.np)[()], x.dtype), log_abs_det(x)))


class LogDet(tuple):
    """Sign and logarithm of a determinant."""

    __slots__ = ()
    sign = property(lambda self: self[0])
    log_abs_determinant = property(lambda self: self[1])
    _fields = ("sign", "log_abs_determinant")


@composite("linalg.logdet")
def logdet(matrix: Any, name: Any = None) -> Any:
    """The logarithm of the determinant of a positive definite matrix."""
    chol = cholesky(matrix)
    return 2.0 * tf.reduce_sum(tf.math.log(tf.math.real(tf.linalg.diag_part(chol))), axis=[-1])


@composite("linalg.cholesky", sample=[(((2.0, 0.5), (0.5, 1.5)),)])
def cholesky(input: Any, name: Any = None) -> Any:
    """The lower triangular factor of positive definite matrices."""
    return cholesky_row(_square(input, "Cholesky"))


def _two(matrix: Any, rhs: Any, op: str) -> tuple[Any, Any]:
    a = _square(operand(matrix, rhs), op)
    b = operand(rhs, a)
    if b.dtype is not a.dtype:
        from tfgrad_course.tf._errors import mismatch

        raise mismatch(op, 1, a.dtype.kernel, b.dtype.kernel)
    if b.shape.rank < 2 or b.shape[-2] != a.shape[-1]:
        raise errors.InvalidArgumentError(
            None, None, f"Input matrix and rhs are incompatible: {a.shape} and {b.shape} [Op:{op}]"
        )
    return a, b


def _solve_kernel(a: Any, b: Any) -> Any:
    try:
        return np.linalg.solve(a, b).astype(a.dtype, copy=False)
    except np.linalg.LinAlgError as fault:
        raise _singular("MatrixSolve") from fault


def _solve_vjp_a(F: Any, g: Any, z: Any, a: Any, b: Any) -> Any:
    return -F.matmul(F.solve_row(F.adjoint(a), g), F.adjoint(z), False, False)


solve_row = rule(
    "solve_row", _solve_kernel, _solve_vjp_a, lambda F, g, z, a, b: F.solve_row(F.adjoint(a), g),
    dtypes=_ALLOWED, op="MatrixSolve", batched=False, doc="x with a x = b.",
)  # fmt: skip


@composite("linalg.solve", sample=[(_SQUARE, ((1.0,), (2.0,)))])
def solve(matrix: Any, rhs: Any, adjoint: bool = False, name: Any = None) -> Any:
    """x with matrix @ x = rhs."""
    a, b = _two(matrix, rhs, "MatrixSolve")
    return solve_row(traced.adjoint(a) if adjoint else a, b)


@composite("linalg.triangular_solve", sample=[(((2.0, 0.0), (0.5, 1.5)), ((1.0,), (2.0,)))])
def triangular_solve(
    matrix: Any, rhs: Any, lower: bool = True, adjoint: bool = False, name: Any = None
) -> Any:
    """x with matrix @ x = rhs, one half of the matrix taken as 0."""
    a, b = _two(matrix, rhs, "MatrixTriangularSolve")
    half = tf.linalg.band_part(a, -1, 0) if lower else tf.linalg.band_part(a, 0, -1)
    lead = np.broadcast_shapes(tuple(half.shape.as_list()[:-2]), tuple(b.shape.as_list()[:-2]))
    half = tf.broadcast_to(half, [*lead, *half.shape.as_list()[-2:]])
    b = tf.broadcast_to(b, [*lead, *b.shape.as_list()[-2:]])
    return solve_row(traced.adjoint(half) if adjoint else half, b)


@composite("linalg.cholesky_solve")
def cholesky_solve(chol: Any, rhs: Any, name: Any = None) -> Any:
    """x with (chol chol*) x = rhs."""
    return triangular_solve(chol, triangular_solve(chol, rhs), adjoint=True)


@composite("linalg.lstsq")
def lstsq(matrix: Any, rhs: Any, l2_regularizer: Any = 0.0, fast: bool = True, name: Any = None) -> Any:
    """The x of least |matrix @ x - rhs| (of least |x| when there are several)."""
    a = operand(matrix, rhs)
    b = operand(rhs, a)
    rows, columns = a.shape[-2], a.shape[-1]
    if not fast:
        pseudo = np.linalg.pinv(a.numpy())
        return tf.matmul(tensor(pseudo.astype(a.dtype.np), a.dtype), b)
    size = min(rows, columns)
    extra = tf.eye(size, dtype=a.dtype) * tf.cast(l2_regularizer, a.dtype)
    if rows >= columns:
        gram = tf.matmul(a, a, adjoint_a=True) + extra
        return cholesky_solve(cholesky(gram), tf.matmul(a, b, adjoint_a=True))
    gram = tf.matmul(a, a, adjoint_b=True) + extra
    return tf.matmul(a, cholesky_solve(cholesky(gram), b), adjoint_a=True)


@composite("linalg.pinv")
def pinv(a: Any, rcond: Any = None, validate_args: bool = False, name: Any = None) -> Any:
    """The pseudo-inverse."""
    x = convert(a)
    s, u, v = svd(x)
    limit = (
        10.0 * max(x.shape[-1], x.shape[-2]) * float(np.finfo(x.dtype.np).eps)
        if rcond is None
        else float(rcond)
    )
    top = tf.reduce_max(s, axis=-1, keepdims=True)
    safe = tf.where(s > limit * top, s, tf.fill(s.shape, tf.cast(np.inf, s.dtype)))
    return tf.matmul(v / tf.expand_dims(safe, -2), u, adjoint_b=True)


@composite("linalg.lu")
def lu(input: Any, output_idx_type: Any = dt.int32, name: Any = None) -> Any:
    """L and U in one matrix, and the permutation of rows."""
    x = _square(input, "Lu")
    array = x.numpy()
    flat = array.reshape(-1, *array.shape[-2:]).copy()
    orders = (
        np.stack([_eliminate(matrix) for matrix in flat])
        if len(flat)
        else np.zeros((0, array.shape[-1]), int)
    )
    order = orders.reshape(array.shape[:-1])
    if not _tracked(x):
        return tensor(flat.reshape(array.shape), x.dtype), tensor(
            order.astype(output_idx_type.np), output_idx_type
        )
    packed = _lu_traced(tf.gather(x, order.astype(np.int32), axis=-2, batch_dims=array.ndim - 2))
    return packed, tensor(order.astype(output_idx_type.np), output_idx_type)


def _tracked(x: Any) -> bool:
    from tfgrad_course.tf._listening import recording

    return recording()


def _eliminate(matrix: Any) -> Any:
    """Gaussian elimination in place with the largest pivot; gives the order of rows."""
    n = len(matrix)
    order = np.arange(n)
    for k in range(n):
        pivot = k + int(np.argmax(np.abs(matrix[k:, k])))
        if matrix[pivot, k] == 0:
            raise errors.InvalidArgumentError(None, None, "Input is not invertible. [Op:Lu]")
        matrix[[k, pivot]] = matrix[[pivot, k]]
        order[[k, pivot]] = order[[pivot, k]]
        matrix[k + 1 :, k] /= matrix[k, k]
        matrix[k + 1 :, k + 1 :] -= np.outer(matrix[k + 1 :, k], matrix[k, k + 1 :])
    return order


def _lu_traced(x: Any) -> Any:
    """The same elimination by recorded operations, without pivots."""
    n = x.shape[-1]
    for k in range(n - 1):
        factor = x[..., k + 1 :, k : k + 1] / x[..., k : k + 1, k : k + 1]
        below = x[..., k + 1 :, k + 1 :] - factor * x[..., k : k + 1, k + 1 :]
        lower = tf.concat([x[..., k + 1 :, :k], factor, below], -1)
        x = tf.concat([x[..., : k + 1, :], lower], -2)
    return x


# Spectral ------------------------------------------------------------------------------------------


def _apart(values: Any) -> Any:
    """1 / (e_j - e_i) off the diagonal, 0 on it."""
    gaps = tf.expand_dims(values, -2) - tf.expand_dims(values, -1)
    return tf.linalg.set_diag(1.0 / tf.linalg.set_diag(gaps, tf.ones_like(values)), tf.zeros_like(values))


def _hermitian(x: Any) -> Any:
    array = x.numpy()
    return np.tril(array) + _strictly_upper(array)


@composite("linalg.eigh")
def eigh(tensor: Any, name: Any = None) -> tuple[Any, Any]:
    """Eigenvalues in rising order and eigenvectors of Hermitian matrices (of their lower half)."""
    x = _square(tensor, "SelfAdjointEigV2")

    @tf.custom_gradient
    def function(a: Any) -> Any:
        e, v = (_made(part, x.dtype) for part in np.linalg.eigh(_hermitian(a)))

        def gradient(ge: Any, gv: Any) -> Any:
            inner = tf.linalg.diag(ge) + _apart(e) * tf.matmul(v, gv, adjoint_a=True)
            full = tf.matmul(v, tf.matmul(inner, v, adjoint_b=True))
            half = tf.linalg.band_part(full + traced.adjoint(full), -1, 0)
            return tf.linalg.set_diag(half, 0.5 * tf.linalg.diag_part(half))

        return (e, v), gradient

    e, v = function(x)
    return e, v


def _made(array: Any, dtype: Any) -> Any:
    return tensor(np.ascontiguousarray(array.astype(dtype.np)), dtype)


@composite("linalg.eigvalsh")
def eigvalsh(tensor: Any, name: Any = None) -> Any:
    """Eigenvalues of Hermitian matrices in rising order."""
    return eigh(tensor)[0]


@composite("linalg.eig eig")
def eig(tensor: Any, name: Any = None) -> tuple[Any, Any]:
    """Complex eigenvalues and eigenvectors of any square matrices."""
    x = _square(tensor, "Eig")
    kind = dt.complex64 if x.dtype in (float32, dt.complex64) else dt.complex128
    values, vectors = np.linalg.eig(x.numpy())
    return _made(values, kind), _made(vectors, kind)


@composite("linalg.eigvals eigvals")
def eigvals(tensor: Any, name: Any = None) -> Any:
    """Complex eigenvalues of any square matrices."""
    return eig(tensor)[0]


@composite("linalg.svd")
def svd(tensor: Any, full_matrices: bool = False, compute_uv: bool = True, name: Any = None) -> Any:
    """Singular values, left and right singular vectors (the latter as columns)."""
    x = convert(tensor)
    if x.shape.rank < 2:
        raise errors.InvalidArgumentError(
            None, None, f"Shape must be at least rank 2 but is rank {x.shape.rank} [Op:Svd]"
        )
    array = x.numpy()
    u, s, vh = np.linalg.svd(array, full_matrices=full_matrices)
    real = {"complex64": float32, "complex128": float64}.get(x.dtype.name, x.dtype)

    @tf.custom_gradient
    def function(a: Any) -> Any:
        outputs = (_made(s, real), _made(u, x.dtype), _made(vh.swapaxes(-1, -2).conj(), x.dtype))

        def gradient(gs: Any, gu: Any, gv: Any) -> Any:
            return _svd_gradient(outputs, gs, gu, gv)

        return outputs, gradient

    found = function(x)
    return tuple(found) if compute_uv else found[0]


def _svd_gradient(outputs: Any, gs: Any, gu: Any, gv: Any) -> Any:
    """Townsend, "Differentiating the singular value decomposition" (2016)."""
    s, u, v = outputs
    k = s.shape[-1]
    u, v, gu, gv = u[..., :k], v[..., :k], gu[..., :k], gv[..., :k]
    squares = tf.square(s)
    f = _apart(squares)
    row, column = tf.expand_dims(s, -2), tf.expand_dims(s, -1)
    ut, vt = (tf.linalg.matrix_transpose(m, conjugate=True) for m in (u, v))
    left = tf.matmul(ut, gu)
    right = tf.matmul(vt, gv)
    skew = lambda m: m - tf.linalg.matrix_transpose(m, conjugate=True)
    middle = tf.linalg.diag(gs) + f * skew(left) * row + column * f * skew(right)
    total = tf.matmul(u, tf.matmul(middle, vt))
    inverse_s = 1.0 / row
    total += tf.matmul((gu - tf.matmul(u, left)) * inverse_s, vt) if u.shape[-2] > k else 0.0
    if v.shape[-2] > k:
        total += tf.matmul(
            u, tf.linalg.matrix_transpose((gv - tf.matmul(v, right)) * inverse_s, conjugate=True)
        )
    return total


class Qr(tuple):
    """An orthonormal and a triangular factor."""

    __slots__ = ()
    q = property(lambda self: self[0])
    r = property(lambda self: self[1])
    _fields = ("q", "r")


@composite("linalg.qr")
def qr(input: Any, full_matrices: bool = False, name: Any = None) -> Any:
    """q with orthonormal columns and r upper triangular, q @ r being the matrix."""
    x = convert(input)
    if x.shape.rank < 2:
        raise errors.InvalidArgumentError(
            None, None, f"Shape must be at least rank 2 but is rank {x.shape.rank} [Op:Qr]"
        )
    array = x.numpy()
    flat = array.reshape(-1, *array.shape[-2:])
    pairs = [np.linalg.qr(m, mode="complete" if full_matrices else "reduced") for m in flat]
    q = np.stack([p[0] for p in pairs]).reshape(*array.shape[:-2], *pairs[0][0].shape)
    r = np.stack([p[1] for p in pairs]).reshape(*array.shape[:-2], *pairs[0][1].shape)

    @tf.custom_gradient
    def function(a: Any) -> Any:
        outputs = (_made(q, x.dtype), _made(r, x.dtype))
        return outputs, lambda gq, gr: _qr_gradient(outputs, gq, gr)

    return Qr(function(x))


def _qr_gradient(outputs: Any, gq: Any, gr: Any) -> Any:
    """Walter and Lehmann, "Algorithmic differentiation of linear algebra functions" (2018)."""
    q, r = outputs
    rows, columns = q.shape[-2], r.shape[-1]
    if q.shape[-1] != min(rows, columns):
        raise NotImplementedError(
            "QrGrad not implemented when nrows > ncols and full_matrices is true. "
            f"Received r.shape={r.shape} with nrows={rows}and ncols={columns}."
        )
    if rows >= columns:
        return _qr_gradient_deep(q, r, gq, gr)
    a_right = tf.matmul(q, r)[..., rows:]
    deep = _qr_gradient_deep(
        q, r[..., :rows], gq + tf.matmul(a_right, gr[..., rows:], adjoint_b=True), gr[..., :rows]
    )
    return tf.concat([deep, tf.matmul(q, gr[..., rows:])], -1)


def _qr_gradient_deep(q: Any, r: Any, gq: Any, gr: Any) -> Any:
    """For matrices with at least as many rows as columns."""
    qdq = tf.matmul(q, gq, adjoint_a=True)
    rdr = tf.matmul(r, gr, adjoint_b=True)
    skew = (qdq - traced.adjoint(qdq)) + (rdr - traced.adjoint(rdr))
    lower = tf.linalg.band_part(skew, -1, 0)
    over = lambda x: traced.adjoint(triangular_solve(r, traced.adjoint(x), lower=False))
    return tf.matmul(q, gr + over(lower)) + over(gq - tf.matmul(q, qdq))


# Functions of matrices -------------------------------------------------------------------------------

_PADE = (64764752532480000.0, 32382376266240000.0, 7771770303897600.0, 1187353796428800.0, 129060195264000.0,
         10559470521600.0, 670442572800.0, 33522128640.0, 1323241920.0, 40840800.0, 960960.0, 16380.0, 182.0, 1.0)  # fmt: skip


@composite("linalg.expm", sample=[(((0.1, 0.2), (0.3, 0.4)),)])
def expm(input: Any, name: Any = None) -> Any:
    """The matrix exponential, by scaling, Padé's approximant of order 13 and squaring (Higham 2005)."""
    x = _square(input, "MatrixExponential")
    size = x.shape[-1]
    if size == 0 or 0 in x.shape.as_list():
        return x
    norm = np.abs(x.numpy()).sum(-2).max(-1)
    top = float(np.nanmax(norm)) if norm.size else 0.0
    squarings = max(0, int(np.ceil(np.log2(top / 4.25)))) if top > 4.25 and np.isfinite(top) else 0
    a = x / tf.cast(2.0**squarings, x.dtype)
    unit = tf.eye(size, batch_shape=x.shape.as_list()[:-2], dtype=x.dtype)
    b = [tf.cast(c, x.dtype) for c in _PADE]
    a2 = tf.matmul(a, a)
    a4 = tf.matmul(a2, a2)
    a6 = tf.matmul(a4, a2)
    u = tf.matmul(a6, b[13] * a6 + b[11] * a4 + b[9] * a2) + b[7] * a6 + b[5] * a4 + b[3] * a2 + b[1] * unit
    u = tf.matmul(a, u)
    v = tf.matmul(a6, b[12] * a6 + b[10] * a4 + b[8] * a2) + b[6] * a6 + b[4] * a4 + b[2] * a2 + b[0] * unit
    result = solve_row(v - u, v + u)
    for _ in range(squarings):
        result = tf.matmul(result, result)
    return result


@composite("linalg.sqrtm matrix_square_root linalg.matrix_square_root")
def sqrtm(input: Any, name: Any = None) -> Any:
    """The principal square root, by eigenvectors."""
    return _by_eigenvectors(_square(input, "MatrixSquareRoot"), np.sqrt)


@composite("linalg.logm")
def logm(input: Any, name: Any = None) -> Any:
    """The principal logarithm of complex matrices, by eigenvectors."""
    x = _square(input, "MatrixLogarithm")
    if not x.dtype.is_complex:
        raise errors.InvalidArgumentError(
            None,
            None,
            f"Value for attr 'T' of {x.dtype.kernel} is not in the list of allowed values: complex64, complex128 [Op:MatrixLogarithm]",
        )
    return _by_eigenvectors(x, np.log)


def _by_eigenvectors(x: Any, function: Any) -> Any:
    array = x.numpy().astype(complex)
    values, vectors = np.linalg.eig(array)
    with np.errstate(all="ignore"):
        made = (vectors * function(values.astype(complex))[..., None, :]) @ np.linalg.inv(vectors)
    return _made(made if x.dtype.is_complex else made.real, x.dtype)


# Tridiagonal ----------------------------------------------------------------------------------------


def _tridiagonal(diagonals: Any, form: str, dtype: Any) -> Any:
    """Superdiagonal, diagonal and subdiagonal as a full matrix."""
    if form == "matrix":
        full = convert(diagonals)
        return full
    parts = list(diagonals) if form == "sequence" else None
    if parts is None:
        packed = convert(diagonals)
        parts = [packed[..., 0, :], packed[..., 1, :], packed[..., 2, :]]
    upper, main, lower = (convert(p) for p in parts)
    n = main.shape[-1]
    upper = upper[..., : n - 1]
    lower = lower[..., 1:] if lower.shape[-1] == n else lower
    full = tf.linalg.diag(main)
    if n > 1:
        full = tf.linalg.set_diag(tf.linalg.set_diag(full, upper, k=1), lower, k=-1)
    return full


@composite("linalg.tridiagonal_solve")
def tridiagonal_solve(
    diagonals: Any, rhs: Any, diagonals_format: str = "compact", transpose_rhs: bool = False,
    conjugate_rhs: bool = False, name: Any = None, partial_pivoting: bool = True, perturb_singular: bool = False,
) -> Any:  # fmt: skip
    """x with a tridiagonal matrix times x = rhs."""
    full = _tridiagonal(diagonals, diagonals_format, None)
    b = convert(rhs, full.dtype)
    b = tf.math.conj(b) if conjugate_rhs else b
    vector = b.shape.rank == full.shape.rank - 1
    if vector:
        return tf.squeeze(solve(full, tf.expand_dims(b, -1)), -1)
    return solve(full, tf.linalg.matrix_transpose(b) if transpose_rhs else b)


@composite("linalg.tridiagonal_matmul")
def tridiagonal_matmul(diagonals: Any, rhs: Any, diagonals_format: str = "compact", name: Any = None) -> Any:
    """A tridiagonal matrix times a matrix."""
    full = _tridiagonal(diagonals, diagonals_format, None)
    return tf.matmul(full, convert(rhs, full.dtype))
