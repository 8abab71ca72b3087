"""Norms, inverses, factorings and functions of matrices: every dtype and shape, two orders of slopes, all errors."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

DTYPES = [np.float32, np.float64, np.complex64, np.complex128]
_SHAPES = [(3, 3), (2, 3, 3), (1, 1), (2, 1, 3, 3), (0, 0), (0, 3, 3), (2, 0, 0)]


def matrix(shape: Any, kind: Any, form: str = "") -> Any:
    """Random numbers, made Hermitian or positive definite if asked."""
    draw = np.random.default_rng(sum(shape) + 7)
    a = draw.standard_normal(shape)
    if np.dtype(kind).kind == "c":
        a = a + 1j * draw.standard_normal(shape)
    if form:
        a = a + np.conj(np.swapaxes(a, -1, -2))
    if form == "positive":
        a = a @ np.conj(np.swapaxes(a, -1, -2)) + np.eye(shape[-1])
    return (a * 5 if np.dtype(kind).kind in "iu" else a).astype(kind)


def within(kind: Any) -> float:
    """What single and double precision leave of a few factorings in a row."""
    return 3e-3 if kind in (np.float32, np.complex64) else 1e-6


def phased(tf: Any, v: Any) -> Any:
    """Columns with a real first entry: vectors are free in sign and phase."""
    first = v[..., :1, :]
    return v * tf.math.conj(first) / tf.cast(tf.abs(first), v.dtype)


def both_phased(tf: Any, u: Any, v: Any) -> Any:
    """Two matrices, the columns of both turned as those of the first need."""
    first = u[..., :1, :]
    turn = tf.math.conj(first) / tf.cast(tf.abs(first), u.dtype)
    return u * turn, v * turn


def sorted_values(tf: Any, e: Any, v: Any = None) -> Any:
    """Eigenvalues by real, then imaginary part, and their vectors with them."""
    places = np.lexsort((np.round(e.numpy().imag, 3), np.round(e.numpy().real, 3)), axis=-1).astype(np.int32)
    lead = places.ndim - 1
    e = tf.gather(e, places, axis=-1, batch_dims=lead)
    return e if v is None else (e, phased(tf, tf.gather(v, places, axis=-1, batch_dims=lead)))


def _svd(tf: Any, x: Any) -> Any:
    s, u, v = tf.linalg.svd(x)
    return s, *both_phased(tf, u, v)


def _qr(tf: Any, x: Any) -> Any:
    q, r = tf.linalg.qr(x)
    q, r = both_phased(tf, q, tf.linalg.matrix_transpose(r, conjugate=True)[..., : q.shape[-1]])
    return q, r


def _eigh(tf: Any, x: Any) -> Any:
    e, v = tf.linalg.eigh(x)
    return e, phased(tf, v)


SQUARE: dict[str, Any] = {
    "inv": lambda tf, x: tf.linalg.inv(x),
    "inv of the adjoint": lambda tf, x: tf.linalg.inv(x, adjoint=True),
    "det": lambda tf, x: tf.linalg.det(x),
    "slogdet": lambda tf, x: tf.linalg.slogdet(x),
    "expm": lambda tf, x: tf.linalg.expm(x),
    "eigh": _eigh,
    "eigvalsh": lambda tf, x: tf.linalg.eigvalsh(x),
    "eig": lambda tf, x: sorted_values(tf, *tf.linalg.eig(x)),
    "eigvals": lambda tf, x: sorted_values(tf, tf.linalg.eigvals(x)),
    "cholesky": lambda tf, x: tf.linalg.cholesky(x),
    "logdet": lambda tf, x: tf.linalg.logdet(x),
    "sqrtm": lambda tf, x: tf.linalg.sqrtm(x),
    "lu": lambda tf, x: tf.linalg.lu(x),
    "lu, int64": lambda tf, x: tf.linalg.lu(x, tf.int64),
    "inverse by lu": lambda tf, x: tf.linalg.lu_matrix_inverse(*tf.linalg.lu(x)),
    "logm": lambda tf, x: tf.linalg.logm(x),
}
_FORM = {
    "eigh": "hermitian",
    "eigvalsh": "hermitian",
    "cholesky": "positive",
    "logdet": "positive",
    "sqrtm": "positive",
}
_STEEP = {"lu", "lu, int64", "inverse by lu", "logm"}
ANY: dict[str, Any] = {
    "svd": _svd,
    "singular values": lambda tf, x: tf.linalg.svd(x, compute_uv=False),
    "svd in full": lambda tf, x: [t.shape.as_list() for t in tf.linalg.svd(x, full_matrices=True)],
    "qr": _qr,
    "qr in full": lambda tf, x: [t.shape.as_list() for t in tf.linalg.qr(x, full_matrices=True)],
    "pinv": lambda tf, x: tf.linalg.pinv(x),
    "rank": lambda tf, x: tf.linalg.matrix_rank(x),
    "adjoint": lambda tf, x: tf.linalg.adjoint(x),
    "trace": lambda tf, x: tf.linalg.trace(x),
}


@pytest.mark.tensorflow
@pytest.mark.parametrize("kind", DTYPES)
@pytest.mark.parametrize("name", SQUARE)
def test_square_matrices_agree(agree: Any, name: str, kind: Any) -> None:
    for shape in [*_SHAPES, (2, 3), (3,), (0, 2)]:
        a = matrix(shape, kind, _FORM.get(name, "") if len(shape) > 1 and shape[-1] == shape[-2] else "")
        agree(lambda tf, a=a: SQUARE[name](tf, tf.constant(a)), within(kind), words=22)


@pytest.mark.tensorflow
@pytest.mark.parametrize("kind", DTYPES)
@pytest.mark.parametrize("name", [n for n in SQUARE if n not in _STEEP])
def test_slopes_of_square_matrices_agree(agree: Any, name: str, kind: Any) -> None:
    for shape in [(3, 3), (2, 2, 2)]:
        double = kind in (np.float64, np.complex128)
        agree.slopes(
            SQUARE[name], [matrix(shape, kind, _FORM.get(name, ""))], 2 if double else 1, 5 * within(kind)
        )


@pytest.mark.tensorflow
@pytest.mark.parametrize("kind", DTYPES)
@pytest.mark.parametrize("name", ANY)
def test_other_matrices_agree(agree: Any, name: str, kind: Any) -> None:
    for shape in [*_SHAPES, (4, 2), (2, 4), (3,), (0, 2), (2, 0)]:
        a = matrix(shape, kind)
        agree(lambda tf, a=a: ANY[name](tf, tf.constant(a)), within(kind), words=22)
    if name in ("svd", "singular values", "qr", "pinv", "adjoint", "trace"):
        for shape in [(3, 3), (4, 2), (2, 4)]:
            double = kind in (np.float64, np.complex128) and name != "pinv"
            agree.slopes(ANY[name], [matrix(shape, kind)], 2 if double else 1, 5 * within(kind))


_EQUATIONS = [
    ((3, 3), (3, 2)),
    ((2, 3, 3), (2, 3, 1)),
    ((2, 3, 3), (3, 2)),
    ((3, 3), (2, 3, 2)),
    ((0, 0), (0, 2)),
    ((3, 3), (3, 0)),
    ((0, 3, 3), (0, 3, 2)),
    ((3, 3), (3,)),
    ((2, 3), (2, 1)),
    ((3, 3), (2, 2)),
    ((2, 3, 3), (3, 3, 3)),
]


def _system(shape: Any, kind: Any) -> Any:
    a = matrix(shape, kind)
    return a + 3 * np.eye(shape[-1]).astype(kind) if shape[-1] == shape[-2] else a


@pytest.mark.tensorflow
@pytest.mark.parametrize("adjoint", [False, True])
@pytest.mark.parametrize("kind", DTYPES)
def test_solutions_agree(agree: Any, kind: Any, adjoint: bool) -> None:
    for left, right in _EQUATIONS:
        a, b = _system(left, kind), matrix(right, kind)
        agree(lambda tf, a=a, b=b: tf.linalg.solve(a, b, adjoint=adjoint), within(kind))
        for lower in (False, True):
            agree(
                lambda tf, a=a, b=b, low=lower: tf.linalg.triangular_solve(a, b, lower=low, adjoint=adjoint),
                within(kind),
            )
    for left, right in _EQUATIONS[:2]:
        arrays = [_system(left, kind), matrix(right, kind)]
        agree.slopes(lambda tf, x, y: tf.linalg.solve(x, y, adjoint=adjoint), arrays, within=5 * within(kind))
        for lower in (False, True):
            agree.slopes(
                lambda tf, x, y, low=lower: tf.linalg.triangular_solve(x, y, lower=low, adjoint=adjoint),
                arrays,
                within=5 * within(kind),
            )


@pytest.mark.tensorflow
@pytest.mark.parametrize("kind", DTYPES)
def test_least_squares_agree(agree: Any, kind: Any) -> None:
    for left, right in [
        ((4, 2), (4, 3)),
        ((2, 4), (2, 3)),
        ((3, 3), (3, 2)),
        ((2, 4, 2), (2, 4, 1)),
        ((4, 2), (3, 1)),
    ]:
        a, b = matrix(left, kind), matrix(right, kind)
        for regular, fast in itertools.product((0.0, 0.3), (True, False)):
            if not fast and regular:
                continue
            agree(
                lambda tf, a=a, b=b, l=regular, f=fast: tf.linalg.lstsq(a, b, l, fast=f),
                within(kind),
                words=20,
            )
        if right[-2] == left[-2]:
            agree.slopes(lambda tf, x, y: tf.linalg.lstsq(x, y), [a, b], within=10 * within(kind))


_ORDERS = ["euclidean", "fro", 1, 2, np.inf, 0.5, 3, -1, "foo", 0, 1.1]


@pytest.mark.tensorflow
@pytest.mark.parametrize("kind", [*DTYPES, np.int32])
@pytest.mark.parametrize("order", _ORDERS)
def test_norms_agree(agree: Any, order: Any, kind: Any) -> None:
    if kind is np.int32 and order == 2:
        return
    for shape in [(3,), (2, 3), (4, 2, 3), (0, 3)]:
        axes: list[Any] = [None, -1, 0, *([(-2, -1), (0, 1), [1, 0]] if len(shape) > 1 else [])]
        for axis, keep in itertools.product(axes, (False, True)):
            a = matrix(shape, kind)
            agree(lambda tf, a=a, x=axis, k=keep: tf.norm(a, ord=order, axis=x, keepdims=k), 2e-5)
            if kind is not np.int32 and keep:
                agree(lambda tf, a=a, x=axis: tf.linalg.normalize(a, ord=order, axis=x), 2e-5)


@pytest.mark.tensorflow
@pytest.mark.parametrize("kind", DTYPES)
@pytest.mark.parametrize("order", ["euclidean", 1, 2, np.inf, 3])
def test_slopes_of_norms_agree(agree: Any, order: Any, kind: Any) -> None:
    for axis in [None, -1, (-2, -1)]:
        if order == 3 and axis == (-2, -1):
            continue
        agree.slopes(lambda tf, x, a=axis: tf.norm(x, ord=order, axis=a), [matrix((2, 3), kind)], 1, 1e-3)


@pytest.mark.tensorflow
@pytest.mark.parametrize(
    "axis", [[], [1, 2, 3], [[1]], [[1], [2]], [3.1415], [1, 1], (0, -2), 5, (0, 5), "a"]
)
def test_axes_no_norm_has_are_refused_alike(agree: Any, axis: Any) -> None:
    agree(lambda tf: tf.norm([[0.0, 1.0], [2.0, 3.0]], axis=axis))
    agree(lambda tf: tf.linalg.normalize([[0.0, 1.0], [2.0, 3.0]], axis=axis))


CASES: dict[str, Any] = {
    "cholesky of the lower half": lambda tf: tf.linalg.cholesky([[1.0, 9.0], [0.5, 1.0]]),
    "triangular singular": lambda tf: tf.linalg.triangular_solve([[1.0, 0.0], [2.0, 0.0]], [[1.0], [1.0]]),
    "triangular nan": lambda tf: tf.linalg.triangular_solve([[1.0, 0.0], [2.0, np.nan]], [[1.0], [1.0]]),
    "solve singular": lambda tf: tf.linalg.solve([[1.0, 2.0], [2.0, 4.0]], [[1.0], [1.0]]),
    "solve whole numbers": lambda tf: tf.linalg.solve([[1, 2], [2, 5]], [[1], [1]]),
    "inv singular": lambda tf: tf.linalg.inv(tf.zeros([2, 2])),
    "inv nan": lambda tf: tf.linalg.inv(tf.fill([2, 2], np.nan)),
    "inv half": lambda tf: tf.linalg.inv(tf.constant([[2.0, 1.0], [1.0, 3.0]], tf.float16)),
    "inv scalar": lambda tf: tf.linalg.inv(1.0),
    "inv int": lambda tf: tf.linalg.inv([[2, 1], [1, 3]]),
    "det int": lambda tf: tf.linalg.det([[2, 1], [1, 3]]),
    "det half": lambda tf: tf.linalg.det(tf.ones([2, 2], tf.float16)),
    "slogdet singular": lambda tf: tf.linalg.slogdet(tf.zeros([2, 2])),
    "eigh nan": lambda tf: tf.linalg.eigh(tf.fill([2, 2], np.nan)),
    "eig nan": lambda tf: tf.linalg.eig(tf.fill([2, 2], np.nan)),
    "svd nan": lambda tf: tf.linalg.svd(tf.fill([2, 2], np.nan)),
    "expm nan": lambda tf: tf.linalg.expm(tf.fill([2, 2], np.nan)),
    "expm int": lambda tf: tf.linalg.expm([[2, 1], [1, 3]]),
    "expm large": lambda tf: tf.linalg.expm(np.array([[20.0, 1.0], [1.0, 30.0]])),
    "expm of several sizes": lambda tf: tf.linalg.expm([[[9.0, 1.0], [1.0, 3.0]], [[0.1, 0.2], [0.0, 0.1]]]),
    "expm of a nilpotent one": lambda tf: tf.linalg.expm([[0.0, 1.0], [0.0, 0.0]]),
    "lu singular": lambda tf: tf.linalg.lu(tf.zeros([2, 2])),
    "logm real": lambda tf: tf.linalg.logm([[1.0, 0.0], [0.0, 2.0]]),
    "logm defective": lambda tf: tf.linalg.logm(np.array([[1, 1], [0, 1]], np.complex128)),
    "sqrtm defective": lambda tf: tf.linalg.sqrtm([[1.0, 1.0], [0.0, 1.0]]),
    "sqrtm without a real root": lambda tf: tf.linalg.sqrtm([[-1.0, 0.0], [0.0, 1.0]]),
    "qr half": lambda tf: tf.linalg.qr(tf.constant([[2.0, 1.0], [1.0, 3.0]], tf.float16))[1].dtype.name,
    "pinv rank": lambda tf: tf.linalg.pinv([[1.0, 1.0], [1.0, 1.0]]),
    "pinv rcond": lambda tf: tf.linalg.pinv([[1.0, 0.0], [0.0, 0.1]], rcond=0.2),
    "pinv int": lambda tf: tf.linalg.pinv([[1, 1], [1, 1]]),
    "rank with tol": lambda tf: tf.linalg.matrix_rank([[1.0, 0.0], [0.0, 0.1]], tol=0.2),
    "rank int": lambda tf: tf.linalg.matrix_rank([[1, 1], [1, 1]]),
    "lu solve": lambda tf: tf.linalg.lu_solve(*tf.linalg.lu([[1.0, 2.0], [3.0, 4.0]]), [[1.0], [1.0]]),
    "lu rebuilt": lambda tf: tf.linalg.lu_reconstruct(*tf.linalg.lu([[[1.0, 2.0], [3.0, 4.0]]])),
    "cross": lambda tf: tf.linalg.cross([1.0, 2.0, 3.0], [3.0, 2.0, 1.0]),
    "cross int": lambda tf: tf.linalg.cross([1, 2, 3], [3, 2, 1]),
    "cross of two numbers": lambda tf: tf.linalg.cross([1.0, 2.0], [3.0, 2.0]),
    "cross misfit": lambda tf: tf.linalg.cross([[1.0, 2.0, 3.0]], [3.0, 2.0, 1.0]),
    "tridiagonal eigenvalues": lambda tf: tf.linalg.eigh_tridiagonal([1.0, 2.0, 3.0], [0.5, 0.5]),
    "tridiagonal by number": lambda tf: tf.linalg.eigh_tridiagonal(
        [1.0, 2.0, 3.0], [0.5, 0.5], select="i", select_range=(1, 2)
    ),
    "tridiagonal by size": lambda tf: tf.linalg.eigh_tridiagonal(
        [1.0, 2.0, 3.0], [0.5, 0.5], select="v", select_range=(0.0, 2.5)
    ),
    "gradient of lu": lambda tf: _gradient(tf, lambda x: tf.linalg.lu(x)[0]),
    "gradient of logm": lambda tf: _gradient(tf, lambda x: tf.linalg.logm(tf.cast(x, tf.complex64))),
    "gradient of slow lstsq": lambda tf: _gradient(
        tf, lambda x: tf.linalg.lstsq(x, [[1.0], [1.0]], fast=False)
    ),
    "gradient of svd in full": lambda tf: _gradient(
        tf, lambda x: tf.linalg.svd(tf.tile(x, [2, 1]), full_matrices=True)[1]
    ),
    "gradient of qr in full": lambda tf: _gradient(
        tf, lambda x: tf.linalg.qr(tf.tile(x, [2, 1]), full_matrices=True)[0]
    ),
}


def _gradient(tf: Any, function: Any) -> Any:
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.abs(function(x))
    return tape.gradient(y, x)


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", CASES)
def test_special_matrices_and_errors_agree(agree: Any, name: str) -> None:
    agree(CASES[name], 1e-4)
