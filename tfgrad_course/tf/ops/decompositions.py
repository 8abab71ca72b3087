"""Factorings of matrices: Cholesky, QR, LU, eigenvectors, singular values, and what follows from them at once."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf import _errors as errors
from tfgrad_course.tf._by_tensors import no_gradient, on_tensors
from tfgrad_course.tf._convert import convert, convert_to_tensor
from tfgrad_course.tf._declare import composite, rule
from tfgrad_course.tf._dtypes import COMPLEX, as_dtype, float32, float64
from tfgrad_course.tf._errors import invalid
from tfgrad_course.tf._of_operators import or_operator

_ALLOWED = (float64, float32, *COMPLEX)
_NAMES = ("double", "float", "half", "complex64", "complex128")
_SPD = ((2.0, 0.5), (0.5, 1.5))


def kind_checked(x: Any, op: str, names: Any = _NAMES, half: bool = False, **attrs: Any) -> None:
    """InvalidArgumentError or NotFoundError unless the operation has a kernel for the dtype."""
    if x.dtype.kernel not in names:
        raise errors.not_allowed(op, x.dtype.kernel, list(names))
    if x.dtype in (dt.float16, dt.bfloat16) and not half:
        raise errors.no_kernel(op, x.dtype, **attrs)


def matrix_of(
    x: Any, op: str, square: bool = True, half: bool = False, names: Any = _NAMES, **attrs: Any
) -> Any:
    """The input as a tensor of matrices of a dtype the operation has a kernel for."""
    x = convert(x)
    kind_checked(x, op, names, half, **attrs)
    if x.shape.rank < 2:
        raise invalid(op, f"Input tensor {'' if op == 'Lu' else '0 '}must have rank >= 2, got {x.shape.rank}")
    if square and x.shape[-1] != x.shape[-2]:
        raise invalid(op, "Input matrix must be square.")
    return x


def adjoint_of(x: Any) -> Any:
    """The conjugate transpose."""
    return tf.linalg.matrix_transpose(x, conjugate=x.dtype.is_complex)


def _made(array: Any, like: Any) -> Any:
    return np.ascontiguousarray(array.astype(like, copy=False))


def _flat(x: Any) -> Any:
    return x.reshape(int(np.prod(x.shape[:-2])), *x.shape[-2:])


def _logdet_of(operator: Any, name: Any = None) -> Any:
    if operator.is_positive_definite and operator.is_self_adjoint:
        return operator.log_abs_determinant()
    raise ValueError("Expected matrix to be self-adjoint positive definite.")


# Cholesky ------------------------------------------------------------------------------------------


def _cholesky(x: Any) -> Any:
    low = np.tril(x, -1)
    whole = np.tril(x) + low.swapaxes(-1, -2).conj()
    if not np.isfinite(whole).all():
        return np.stack([_one_cholesky(m) for m in _flat(whole)]).reshape(x.shape).astype(x.dtype)
    try:
        return np.linalg.cholesky(whole).astype(x.dtype, copy=False)
    except np.linalg.LinAlgError:
        return np.stack([_one_cholesky(m) for m in _flat(whole)]).reshape(x.shape).astype(x.dtype)


def _one_cholesky(x: Any) -> Any:
    try:
        return np.linalg.cholesky(x)
    except np.linalg.LinAlgError:
        # TensorFlow gives nan for matrices that are not positive definite.
        return np.tril(np.full_like(x, np.nan))


def _cholesky_vjp(g: Any, z: Any, x: Any) -> Any:
    # Murray, "Differentiation of the Cholesky decomposition" (2016), section 2.
    middle = tf.matmul(z, g, adjoint_a=True)
    middle = tf.linalg.set_diag(middle, 0.5 * tf.linalg.diag_part(middle))
    middle = tf.linalg.band_part(middle, -1, 0)
    unit = tf.eye(z.shape[-1], batch_shape=z.shape[:-2], dtype=z.dtype)
    inverse = tf.linalg.triangular_solve(z, unit)
    found = tf.matmul(tf.matmul(inverse, middle, adjoint_a=True), inverse)
    return (found + adjoint_of(found)) * 0.5


cholesky_row = rule(
    "cholesky", _cholesky, on_tensors(_cholesky_vjp), batched=False, dtypes=_ALLOWED, op="Cholesky", doc="L with L L* = x.",
)  # fmt: skip


@composite("linalg.cholesky", sample=[(_SPD,)])
@or_operator("input", lambda operator, name=None: operator.cholesky())
def cholesky(input: Any, name: Any = None) -> Any:
    """The lower triangular factor of positive definite matrices."""
    return cholesky_row(matrix_of(input, "Cholesky"))


@composite("linalg.logdet", sample=[(_SPD,)])
@or_operator("matrix", _logdet_of)
def logdet(matrix: Any, name: Any = None) -> Any:
    """The logarithm of the determinant of a positive definite matrix."""
    diagonal = tf.linalg.diag_part(cholesky(matrix))
    return 2.0 * tf.reduce_sum(tf.math.log(tf.math.real(diagonal)), axis=[-1])


# QR ------------------------------------------------------------------------------------------------

Qr = namedtuple("Qr", ["q", "r"])


def _qr(x: Any, full: bool) -> Any:
    wide = x.astype(np.float32) if x.dtype == np.float16 else x
    if not np.isfinite(wide).all():
        wide = np.where(np.isfinite(wide).all((-1, -2), keepdims=True), wide, wide.dtype.type(np.nan))
    rows, columns = x.shape[-2:]
    inner = rows if full else min(rows, columns)
    if not x.size:
        q = np.zeros((*x.shape[:-2], rows, inner), x.dtype)
        q[..., :, :] = np.eye(rows, inner)
        return q, np.zeros((*x.shape[:-2], inner, columns), x.dtype)
    q, r = np.linalg.qr(wide, mode="complete" if full else "reduced")
    return _made(q, x.dtype), _made(r, x.dtype)


def _qr_vjp(gs: Any, outputs: Any, a: Any, full: bool) -> Any:
    # Walter and Lehmann, "Algorithmic differentiation of linear algebra functions" (2018), as TensorFlow arranges it.
    (gq, gr), (q, r) = gs, outputs
    rows, columns = q.shape[-2], r.shape[-1]
    if r.shape[-2] > r.shape[-1] and q.shape[-2] == q.shape[-1]:
        raise NotImplementedError(
            "QrGrad not implemented when nrows > ncols and full_matrices is true. "
            f"Received r.shape={r.shape} with nrows={r.shape[-2]}and ncols={r.shape[-1]}."
        )
    if rows >= columns:
        return _qr_vjp_deep(q, r, gq, gr)
    right, gv = a[..., rows:], gr[..., rows:]
    left = _qr_vjp_deep(q, r[..., :rows], gq + tf.matmul(right, gv, adjoint_b=True), gr[..., :rows])
    return tf.concat([left, tf.matmul(q, gv)], -1)


def _over(x: Any, r: Any) -> Any:
    """x times the inverse of r*, for upper triangular r."""
    return adjoint_of(tf.linalg.triangular_solve(r, adjoint_of(x), lower=False))


def _qr_vjp_deep(q: Any, r: Any, gq: Any, gr: Any) -> Any:
    """For matrices with at least as many rows as columns."""
    qdq = tf.matmul(q, gq, adjoint_a=True)
    rdr = tf.matmul(r, gr, adjoint_b=True)
    skew = (qdq - adjoint_of(qdq)) + (rdr - adjoint_of(rdr))
    found = tf.matmul(q, gr + _over(tf.linalg.band_part(skew, -1, 0), r)) + _over(gq - tf.matmul(q, qdq), r)
    if not q.dtype.is_complex:
        return found
    difference = rdr - adjoint_of(qdq)
    diagonal = tf.linalg.diag(tf.linalg.diag_part(difference))
    correction = diagonal - tf.cast(tf.math.real(diagonal), q.dtype)
    return found + _over(tf.matmul(q, adjoint_of(correction)), r)


qr_row = rule(
    "qr", _qr, on_tensors(_qr_vjp), inputs=1, attrs=True, several=True, batched=False,
    dtypes=(*_ALLOWED, dt.float16), op="Qr", doc="An orthonormal and a triangular factor.",
)  # fmt: skip


@composite("linalg.qr")
def qr(input: Any, full_matrices: bool = False, name: Any = None) -> Any:
    """q with orthonormal columns and r upper triangular, q @ r being the matrix."""
    return Qr(*qr_row(matrix_of(input, "Qr", square=False, half=True), bool(full_matrices)))


# Singular values -----------------------------------------------------------------------------------


def _svd(x: Any, compute_uv: bool, full: bool) -> Any:
    rows, columns = x.shape[-2:]
    size = min(rows, columns)
    lead = x.shape[:-2]
    if not x.size or not np.isfinite(x).all():
        blank = np.full if x.size else lambda shape, _, kind: np.zeros(shape, kind)
        s = blank((*lead, size), np.nan, x.dtype)
        u = blank((*lead, rows, rows if full else size), np.nan, x.dtype)
        v = blank((*lead, columns, columns if full else size), np.nan, x.dtype)
        if not x.size:
            u[..., :, :], v[..., :, :] = np.eye(*u.shape[-2:]), np.eye(*v.shape[-2:])
    elif not compute_uv:
        s = np.linalg.svd(x, compute_uv=False)
    else:
        u, s, vh = np.linalg.svd(x, full_matrices=full)
        v = vh.swapaxes(-1, -2).conj()
    if not compute_uv:
        u = v = np.zeros(0, x.dtype)
    return _made(s, x.dtype), _made(u, x.dtype), _made(v, x.dtype)


def _safe_reciprocal(x: Any) -> Any:
    return x * tf.math.reciprocal(x * x + tf.cast(1e-20, x.dtype))


def _apart(values: Any) -> Any:
    """1 / (e_j - e_i) off the diagonal, 0 on it."""
    gaps = tf.expand_dims(values, -2) - tf.expand_dims(values, -1)
    return tf.linalg.set_diag(_safe_reciprocal(gaps), tf.zeros_like(values))


def _svd_vjp(gs: Any, outputs: Any, a: Any, compute_uv: bool, full: bool) -> Any:
    # Wan and Zhang, "Automatic differentiation for complex valued SVD" (2019), as TensorFlow arranges it.
    grad_s, grad_u, grad_v = gs
    middle = tf.linalg.diag(tf.cast(grad_s, a.dtype))
    if not compute_uv:
        _, u, v = svd_row(a, True, False)
        return tf.matmul(u, tf.matmul(middle, v, adjoint_b=True))
    s, u, v = outputs
    rows, columns = a.shape[-2], a.shape[-1]
    turned = rows > columns
    if turned:
        rows, columns, u, v, grad_u, grad_v = columns, rows, v, u, grad_v, grad_u
    if full and abs(rows - columns) > 1:
        raise NotImplementedError(
            f"svd gradient is not implemented for abs(m - n) > 1 when full_matrices is True. Received: m={rows} and "
            f"n={columns} from op input={a._numpy()} with shape={a.shape}."
        )
    s_mat, f = tf.linalg.diag(s), _apart(tf.square(s))
    s_inverse = tf.linalg.diag(_safe_reciprocal(s))
    v1, grad_v1 = v[..., :rows], grad_v[..., :rows]
    v_gv = tf.matmul(v1, grad_v1, adjoint_a=True)
    f_u, f_v = f * tf.matmul(u, grad_u, adjoint_a=True), f * v_gv
    middle += tf.matmul(f_u + adjoint_of(f_u), s_mat) + tf.matmul(s_mat, f_v + adjoint_of(f_v))
    found = tf.matmul(u, tf.matmul(middle, v1, adjoint_b=True))
    if rows != columns:
        outside = adjoint_of(grad_v1)
        outside -= tf.matmul(tf.matmul(adjoint_of(grad_v1), v1), v1, adjoint_b=True)
        if full:
            v2, grad_v2 = v[..., rows:], grad_v[..., rows:]
            outside -= tf.matmul(tf.matmul(v1, grad_v2, adjoint_a=True), v2, adjoint_b=True)
        found += tf.matmul(tf.matmul(u, s_inverse), outside)
    if a.dtype.is_complex:
        own = tf.linalg.diag(tf.linalg.diag_part(v_gv))
        phase = tf.matmul(s_inverse, adjoint_of(own) - own)
        found += 0.5 * tf.matmul(u, tf.matmul(phase, v1, adjoint_b=True))
    return adjoint_of(found) if turned else found


svd_row = rule(
    "svd", _svd, on_tensors(_svd_vjp), inputs=1, attrs=True, several=True, batched=False,
    dtypes=_ALLOWED, op="Svd", doc="Singular values and vectors.",
)  # fmt: skip


@composite("linalg.svd")
def svd(tensor: Any, full_matrices: bool = False, compute_uv: bool = True, name: Any = None) -> Any:
    """Singular values, left and right singular vectors (the latter as columns)."""
    x = matrix_of(tensor, "Svd", False, compute_uv=bool(compute_uv), full_matrices=bool(full_matrices))
    s, u, v = svd_row(x, bool(compute_uv), bool(full_matrices))
    return (tf.math.real(s), u, v) if compute_uv else tf.math.real(s)


@composite("linalg.matrix_rank")
def matrix_rank(a: Any, tol: Any = None, validate_args: bool = False, name: Any = None) -> Any:
    """How many singular values are not as good as 0."""
    x = convert_to_tensor(a, dtype_hint=dt.float32)
    if not x.dtype.is_floating:
        raise TypeError(f"Input `a` must have `float`-like `dtype` (saw {x.dtype.name}).")
    x = _matrix(x)
    s = svd(x, compute_uv=False)
    if tol is None:
        eps = float(np.finfo(x.dtype.np).eps)
        tol = eps * max(x.shape[-1], x.shape[-2]) * tf.reduce_max(s, axis=-1, keepdims=True)
    return tf.reduce_sum(tf.cast(s > tol, dt.int32), axis=-1)


def _matrix(a: Any) -> Any:
    x = convert(a)
    if x.shape.rank < 2:
        raise ValueError(f"Input `a` must have at least 2 dimensions (saw: {x.shape.rank}).")
    return x


@composite("linalg.pinv")
def pinv(a: Any, rcond: Any = None, validate_args: bool = False, name: Any = None) -> Any:
    """The pseudo-inverse."""
    x = convert(a)
    if not x.dtype.is_floating:
        raise TypeError(f"Input `a` must have `float`-like `dtype` (saw {x.dtype.name}).")
    x = _matrix(x)
    if rcond is None:
        rcond = 10.0 * max(x.shape[-1], x.shape[-2]) * float(np.finfo(x.dtype.np).eps)
    s, u, v = svd(x)
    limit = tf.expand_dims(convert(rcond, x.dtype), -1) * tf.reduce_max(s, axis=-1, keepdims=True)
    safe = tf.where(s > limit, s, tf.fill(s.shape, tf.cast(np.inf, s.dtype)))
    return tf.matmul(v / tf.expand_dims(safe, -2), u, adjoint_b=True)


# Eigenvectors --------------------------------------------------------------------------------------


def _failed(op: str, words: str) -> Any:
    return invalid(op, f"{words} decomposition was not successful. The input might not be valid.")


def _eigh(x: Any, compute_v: bool) -> Any:
    low = np.tril(x, -1)
    whole = np.tril(x) + low.swapaxes(-1, -2).conj()
    # Infinity on the diagonal of a smaller matrix needs no iteration.
    if np.isnan(whole).any() or (whole.shape[-1] > 2 and not np.isfinite(whole).all()):
        raise _failed("SelfAdjointEigV2", "Self-adjoint eigen")
    if not compute_v:
        return _made(np.linalg.eigvalsh(whole), x.dtype), np.zeros(0, x.dtype)
    e, v = np.linalg.eigh(whole)
    return _made(e, x.dtype), _made(v, x.dtype)


def _eigh_vjp(gs: Any, outputs: Any, a: Any, compute_v: bool) -> Any:
    middle = tf.linalg.diag(gs[0])
    if compute_v:
        e, v = outputs
        middle += _apart(e) * tf.matmul(v, gs[1], adjoint_a=True)
    else:
        _, v = eigh_row(a, True)
    found = tf.matmul(v, tf.matmul(middle, v, adjoint_b=True))
    # Only the lower half of the input counts.
    half = tf.linalg.band_part(found + adjoint_of(found), -1, 0)
    return tf.linalg.set_diag(half, 0.5 * tf.linalg.diag_part(half))


eigh_row = rule(
    "eigh", _eigh, on_tensors(_eigh_vjp), inputs=1, attrs=True, several=True, batched=False,
    dtypes=_ALLOWED, op="SelfAdjointEigV2", doc="Eigenvalues and eigenvectors of Hermitian matrices.",
)  # fmt: skip


@composite("linalg.eigh")
def eigh(tensor: Any, name: Any = None) -> tuple[Any, Any]:
    """Eigenvalues in rising order and eigenvectors of Hermitian matrices (of their lower half)."""
    e, v = eigh_row(matrix_of(tensor, "SelfAdjointEigV2", compute_v=True), True)
    return e, v


@composite("linalg.eigvalsh")
def eigvalsh(tensor: Any, name: Any = None) -> Any:
    """Eigenvalues of Hermitian matrices in rising order."""
    return eigh_row(matrix_of(tensor, "SelfAdjointEigV2", compute_v=False), False)[0]


_COMPLEX_OF = {float32: dt.complex64, float64: dt.complex128}


def _eig(x: Any, compute_v: bool) -> Any:
    kind = np.complex64 if x.dtype in (np.float32, np.complex64) else np.complex128
    if not np.isfinite(x).all():
        raise _failed("Eig", "Eigen")
    if not compute_v:
        return _made(np.linalg.eigvals(x), kind), np.zeros(0, kind)
    e, v = np.linalg.eig(x)
    return _made(e, kind), _made(v, kind)


def _eig_vjp(gs: Any, outputs: Any, a: Any, compute_v: bool) -> Any:
    # Boeddeker et al., "On the computation of complex-valued gradients" (2017), equation 4.77.
    middle = tf.linalg.diag(gs[0])
    if compute_v:
        e, v = outputs
        vt = adjoint_of(v)
        vgv = tf.matmul(vt, gs[1])
        own = tf.linalg.diag(tf.linalg.diag_part(tf.cast(tf.math.real(vgv), vgv.dtype)))
        middle += tf.math.conj(_apart(e)) * (vgv - tf.matmul(tf.matmul(vt, v), own))
    else:
        _, v = eig_row(a, True)
        vt = adjoint_of(v)
    return tf.cast(tf.linalg.solve(vt, tf.matmul(middle, vt)), a.dtype)


eig_row = rule(
    "eig", _eig, on_tensors(_eig_vjp), inputs=1, attrs=True, several=True, batched=False, dtypes=_ALLOWED,
    op="Eig", result=lambda kinds, *attrs: [_COMPLEX_OF.get(kinds[0], kinds[0])] * 2,
    doc="Complex eigenvalues and eigenvectors.",
)  # fmt: skip


def _typed(x: Any) -> Any:
    # TensorFlow asks for it before it converts: lists have none; and it names the result's dtype for four only.
    if as_dtype(x.dtype) not in _ALLOWED:
        raise UnboundLocalError(
            "cannot access local variable 'out_dtype' where it is not associated with a value"
        )
    return x


@composite("linalg.eig eig")
def eig(tensor: Any, name: Any = None) -> tuple[Any, Any]:
    """Complex eigenvalues and eigenvectors of any square matrices."""
    e, v = eig_row(matrix_of(_typed(tensor), "Eig"), True)
    return e, v


@composite("linalg.eigvals eigvals")
def eigvals(tensor: Any, name: Any = None) -> Any:
    """Complex eigenvalues of any square matrices."""
    return eig_row(matrix_of(_typed(tensor), "Eig"), False)[0]


@composite("linalg.eigh_tridiagonal")
def eigh_tridiagonal(
    alpha: Any, beta: Any, eigvals_only: bool = True, select: str = "a", select_range: Any = None, tol: Any = None,
    name: Any = None,
) -> Any:  # fmt: skip
    """Eigenvalues of a Hermitian matrix of three diagonals: all, some by number, or those in an interval."""
    main = convert(alpha)
    if main.shape[0] <= 1:
        return tf.math.real(main)
    side = convert(beta)
    if main.dtype is not side.dtype:
        raise ValueError("'alpha' and 'beta' must have the same type.")
    if select not in ("a", "i", "v"):
        raise ValueError("'select must have a value in {'a', 'i', 'v'}.")
    if not (main.dtype.is_floating or main.dtype.is_complex):
        raise ValueError(f"data type {main.dtype.np} not inexact")
    half = main.dtype in (dt.float16, dt.bfloat16)
    if half and not eigvals_only:
        raise errors.not_allowed(
            "TridiagonalSolve", main.dtype.kernel, ["double", "float", "complex64", "complex128"]
        )
    kind = dt.float32 if half else main.dtype
    diagonal, below = tf.cast(tf.math.real(main), kind), tf.cast(tf.math.conj(side), kind)
    e, v = eigh(tf.linalg.set_diag(tf.linalg.diag(diagonal), below, k=-1))
    e = tf.cast(tf.math.real(e), tf.math.real(main).dtype)
    if select != "a":
        chosen = _chosen(e._numpy(), select, select_range)
        e, v = tf.gather(e, chosen), tf.gather(v, chosen, axis=-1)
    return e if eigvals_only else (e, v)


def _chosen(values: Any, select: str, select_range: Any) -> Any:
    """Which of the eigenvalues are asked for, by number or by interval."""
    low, high = (np.asarray(select_range[i]) for i in (0, 1))
    if low > high:
        what = "index range" if select == "i" else "interval"
        raise invalid("Assert", f"Got empty {what} in select_range.")
    if select == "i":
        return np.arange(int(low), int(high) + 1)
    return np.flatnonzero((values > low) & (values <= high))


# LU ------------------------------------------------------------------------------------------------

Lu = namedtuple("Lu", ["lu", "p"])


def _lu(x: Any, kind: Any) -> Any:
    flat = _flat(x).copy()
    orders = [_eliminate(matrix) for matrix in flat]
    order = np.array(orders, kind.np).reshape(x.shape[:-1])
    return flat.reshape(x.shape), order


def _eliminate(matrix: Any) -> Any:
    """Gaussian elimination in place with the largest pivot; gives the order of rows."""
    order = np.arange(len(matrix))
    for k in range(len(matrix)):
        pivot = k + int(np.argmax(np.abs(matrix[k:, k])))
        matrix[[k, pivot]] = matrix[[pivot, k]]
        order[[k, pivot]] = order[[pivot, k]]
        if matrix[k, k] != 0:
            matrix[k + 1 :, k] /= matrix[k, k]
        matrix[k + 1 :, k + 1 :] -= np.outer(matrix[k + 1 :, k], matrix[k, k + 1 :])
    # As Eigen finds the least: nan counts in the first place only.
    if len(matrix) and not min(np.abs(np.diag(matrix)).tolist()) > 0:
        raise invalid("Lu", "Input is not invertible.")
    return order


lu_row = rule(
    "lu", _lu, no_gradient("Lu"), inputs=1, attrs=True, several=True, batched=False, dtypes=_ALLOWED, op="Lu",
    result=lambda kinds, index: [kinds[0], index], doc="Triangular factors and the order of rows.",
)  # fmt: skip


@composite("linalg.lu")
def lu(input: Any, output_idx_type: Any = dt.int32, name: Any = None) -> Any:
    """L and U in one matrix, and the permutation of rows."""
    index = dt.as_dtype(output_idx_type)
    if index not in (dt.int32, dt.int64):
        raise errors.not_allowed("Lu", index.kernel, ["int32", "int64"], "output_idx_type")
    x = matrix_of(input, "Lu", output_idx_type=f"DT_{index.kernel.upper()}")
    return Lu(*lu_row(x, index))


def _checked_lu(lower_upper: Any, perm: Any, validate: bool = False) -> tuple[Any, Any]:
    packed: Any = convert_to_tensor(lower_upper, dtype_hint=float32)
    order = convert(perm)
    if packed.shape.rank < 2:
        raise ValueError("Input `lower_upper` must have at least 2 dimensions.")
    if packed.shape.rank != order.shape.rank + 1:
        raise ValueError("`rank(lower_upper)` must equal `rank(perm) + 1`")
    if packed.shape[-1] != packed.shape[-2]:
        raise ValueError("`lower_upper` must be square.")
    if validate:
        for row in np.sort(order._numpy().reshape(-1, order.shape[-1]), -1):
            doubled = row[1:][row[1:] == row[:-1]]
            if doubled.size:
                raise invalid("InvertPermutation", f"{doubled[0]} is duplicated in the input.")
            if row.size and not (row[0] == 0 and row[-1] == row.size - 1):
                bad = row[0] if row[0] < 0 else row[-1]
                raise invalid("InvertPermutation", f"{bad} is not between 0 and {row.size}")
    return packed, order


def _lower(packed: Any) -> Any:
    return tf.linalg.set_diag(tf.linalg.band_part(packed, -1, 0), tf.ones(packed.shape[:-1], packed.dtype))


@composite("linalg.lu_reconstruct")
def lu_reconstruct(lower_upper: Any, perm: Any, validate_args: bool = False, name: Any = None) -> Any:
    """The matrix whose factors these are."""
    packed, order = _checked_lu(lower_upper, perm, validate_args)
    product = tf.matmul(_lower(packed), tf.linalg.band_part(packed, 0, -1))
    back = np.argsort(order._numpy(), -1).astype(np.int32)
    return tf.gather(product, back, axis=-2, batch_dims=back.ndim - 1)


@composite("linalg.lu_solve")
def lu_solve(lower_upper: Any, perm: Any, rhs: Any, validate_args: bool = False, name: Any = None) -> Any:
    """x with matrix @ x = rhs, given the factors of the matrix."""
    packed, order = _checked_lu(lower_upper, perm, validate_args)
    b = convert(rhs, packed.dtype)
    if b.shape.rank < 2:
        raise ValueError("Input `rhs` must have at least 2 dimensions.")
    if packed.shape[-1] != b.shape[-2]:
        raise ValueError("`lower_upper.shape[-1]` must equal `rhs.shape[-1]`.")
    rows = order._numpy()
    try:
        lead = np.broadcast_shapes(rows.shape[:-1], tuple(b.shape[:-2]))
    except ValueError:
        told = f"[{','.join(map(str, b.shape[:-2]))}] vs. [{','.join(map(str, rows.shape[:-1]))}]"
        raise invalid("AddV2", f"Incompatible shapes: {told}") from None
    b = tf.broadcast_to(b, [*lead, *b.shape[-2:]])
    rows = np.broadcast_to(rows, (*lead, rows.shape[-1])).astype(np.int32)
    permuted = tf.gather(b, rows, axis=-2, batch_dims=len(lead))
    return tf.linalg.triangular_solve(
        packed, tf.linalg.triangular_solve(_lower(packed), permuted), lower=False
    )


@composite("linalg.lu_matrix_inverse")
def lu_matrix_inverse(lower_upper: Any, perm: Any, validate_args: bool = False, name: Any = None) -> Any:
    """The inverse of the matrix whose factors these are."""
    packed, order = _checked_lu(lower_upper, perm, validate_args)
    unit = tf.eye(packed.shape[-1], batch_shape=packed.shape[:-2], dtype=packed.dtype)
    return lu_solve(packed, order, unit)
