"""Diagonals, bands, products and Einstein sums against real TensorFlow: shapes, alignments, slopes, errors."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

ALIGNMENTS = ["LEFT_RIGHT", "RIGHT_LEFT", "LEFT_LEFT", "RIGHT_RIGHT"]
BANDS: list[Any] = [
    0,
    1,
    -1,
    2,
    -2,
    3,
    5,
    (-1, 1),
    (0, 1),
    (-2, 0),
    (-2, 2),
    (1, 2),
    (-1, -1),
    (1, -1),
    (-9, 1),
]


def numbers(shape: Any, kind: Any = np.float64) -> Any:
    """Random numbers of a dtype."""
    draw = np.random.default_rng(sum(shape) + len(shape))
    a = draw.standard_normal(shape) * 3
    return (a + 1j * draw.standard_normal(shape) if np.dtype(kind).kind == "c" else a).astype(kind)


@pytest.mark.tensorflow
@pytest.mark.parametrize("kind", [np.float32, np.complex64, np.int32, np.bool_, np.float16, np.uint8])
def test_bands_agree(agree: Any, kind: Any) -> None:
    for shape in [(3, 3), (2, 3), (3, 2), (2, 2, 3, 4), (0, 3, 3), (2, 0, 0), (0, 2), (3, 0)]:
        for low, high in itertools.product((-1, 0, 1, 5), (-1, 0, 1, 3)):
            agree(lambda tf, s=shape, a=low, b=high: tf.linalg.band_part(numbers(s, kind), a, b))


@pytest.mark.tensorflow
@pytest.mark.parametrize("kind", [np.float32, np.complex64, np.int32, np.bool_])
def test_diagonals_taken_out_agree(agree: Any, kind: Any) -> None:
    for shape in [(3, 3), (3, 4), (4, 3), (2, 3, 4), (2, 0, 3), (0, 3, 3), (1, 1), (2,)]:
        for k, align in itertools.product(BANDS, ALIGNMENTS if kind is np.float32 else ALIGNMENTS[:1]):
            a, pad = numbers(shape, kind), kind(1)
            agree(
                lambda tf, a=a, k=k, w=align, p=pad: tf.linalg.diag_part(a, k=k, align=w, padding_value=p),
                words=30,
            )


@pytest.mark.tensorflow
@pytest.mark.parametrize("kind", [np.float32, np.complex64, np.int32])
def test_diagonals_made_into_matrices_agree(agree: Any, kind: Any) -> None:
    for shape in [(3,), (2, 3), (3, 3), (2, 2, 3), (0,), (2, 0), (0, 3)]:
        for k, align in itertools.product([0, 1, -3, (-1, 1), (0, 1), (-1, 0), (1, 0)], ALIGNMENTS):
            if len(shape) == 1 and isinstance(k, tuple):
                continue  # TensorFlow's process dies of it
            for rows, columns in [(-1, -1), (4, -1), (-1, 5), (4, 5)]:
                agree(
                    lambda tf, s=shape, k=k, w=align, r=rows, c=columns: tf.linalg.diag(
                        numbers(s, kind), k=k, align=w, num_rows=r, num_cols=c, padding_value=kind(7)
                    ),
                    words=30,
                )


@pytest.mark.tensorflow
@pytest.mark.parametrize("kind", [np.float32, np.complex64])
def test_diagonals_put_in_agree(agree: Any, kind: Any) -> None:
    for shape, k, align in itertools.product(
        [(3, 3), (3, 4), (4, 3), (2, 3, 4)], [0, 1, -2, 5, (-1, 1), (0, 1), (-2, 0), (1, 2)], ALIGNMENTS
    ):
        for length in (2, 3):
            band = (length,) if isinstance(k, int) else (k[1] - k[0] + 1, length)
            a, d = numbers(shape, kind), numbers((*shape[:-2], *band), kind)
            agree(lambda tf, a=a, d=d, k=k, w=align: tf.linalg.set_diag(a, d, k=k, align=w), words=30)


@pytest.mark.tensorflow
@pytest.mark.parametrize("align", ALIGNMENTS)
@pytest.mark.parametrize("k", [0, 1, -2, (-1, 1), (0, 2)])
def test_slopes_of_diagonals_agree(agree: Any, k: Any, align: str) -> None:
    a = numbers((2, 3, 4))
    length = 1 if k == -2 else 3
    d = numbers((2, length) if isinstance(k, int) else (2, k[1] - k[0] + 1, length))
    agree.slopes(lambda tf, x: tf.linalg.diag_part(x * x, k=k, align=align, padding_value=2), [a])
    agree.slopes(lambda tf, x, y: tf.linalg.set_diag(x * x, y * y, k=k, align=align), [a, d])
    agree.slopes(lambda tf, y: tf.linalg.diag(y * y, k=k, align=align), [d])


@pytest.mark.tensorflow
@pytest.mark.parametrize("kind", [np.float64, np.complex128, np.float32])
@pytest.mark.parametrize("size", [1, 2, 4])
def test_tridiagonal_systems_agree(agree: Any, size: int, kind: Any) -> None:
    for lead in [(), (2,)]:
        packed = numbers((*lead, 3, size), kind)
        packed[..., 1, :] += 5
        for tail in [(size,), (size, 2)]:
            b = numbers(lead + tail, kind)
            for conj in (False, True):
                agree(
                    lambda tf, p=packed, b=b, c=conj: tf.linalg.tridiagonal_solve(
                        tf.constant(p), tf.constant(b), conjugate_rhs=c
                    ),
                    1e-4,
                )
            agree.slopes(lambda tf, x, y: tf.linalg.tridiagonal_solve(x, y), [packed, b], 1, 1e-3)
        agree.slopes(
            lambda tf, x, y: tf.linalg.tridiagonal_matmul(x, y),
            [packed, numbers((*lead, size, 2), kind)],
            1,
            1e-3,
        )


def _c(tf: Any, x: Any) -> Any:
    return tf.constant(x, tf.float64)


Z = [[1.0, 2.0, 0.0], [0.0, 3.0, 4.0], [0.0, 1.0, 1.0]]
ONE = [1.0, 2.0, 3.0]
CASES: dict[str, Any] = {
    "format": lambda tf: tf.linalg.tridiagonal_solve(_c(tf, Z), _c(tf, ONE), diagonals_format="x"),
    "sequence": lambda tf: tf.linalg.tridiagonal_solve(
        [_c(tf, ONE[:2]), _c(tf, ONE), _c(tf, ONE[:2])], _c(tf, ONE), "sequence"
    ),
    "sequence of one": lambda tf: tf.linalg.tridiagonal_solve([_c(tf, [1.0])], _c(tf, ONE), "sequence"),
    "sequence too short": lambda tf: tf.linalg.tridiagonal_solve(
        [_c(tf, [1.0]), _c(tf, ONE), _c(tf, [1.0])], _c(tf, ONE), "sequence"
    ),
    "full": lambda tf: tf.linalg.tridiagonal_solve(
        _c(tf, [[1.0, 2.0], [3.0, 4.0]]), _c(tf, ONE[:2]), "matrix"
    ),
    "not square": lambda tf: tf.linalg.tridiagonal_solve(_c(tf, [ONE, ONE]), _c(tf, ONE[:2]), "matrix"),
    "rank 1": lambda tf: tf.linalg.tridiagonal_solve(_c(tf, [1.0]), _c(tf, [1.0])),
    "rank 3": lambda tf: tf.linalg.tridiagonal_solve(_c(tf, Z), _c(tf, [[[1.0]]])),
    "batches": lambda tf: tf.linalg.tridiagonal_solve(_c(tf, [Z]), _c(tf, [ONE, ONE])),
    "four diagonals": lambda tf: tf.linalg.tridiagonal_solve(_c(tf, [*Z, ONE]), _c(tf, ONE)),
    "right side": lambda tf: tf.linalg.tridiagonal_solve(_c(tf, Z), _c(tf, ONE[:2])),
    "singular": lambda tf: tf.linalg.tridiagonal_solve(
        _c(tf, [[1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]), _c(tf, ONE[:2])
    ),
    "pivot 0": lambda tf: tf.linalg.tridiagonal_solve(
        _c(tf, [[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]), _c(tf, ONE[:2])
    ),
    "perturbed": lambda tf: tf.linalg.tridiagonal_solve(
        _c(tf, Z), _c(tf, ONE), partial_pivoting=False, perturb_singular=True
    ),
    "no rows": lambda tf: tf.linalg.tridiagonal_solve(tf.zeros([3, 0]), tf.zeros([0, 2])),
    "matmul format": lambda tf: tf.linalg.tridiagonal_matmul(
        _c(tf, Z), _c(tf, [[1.0], [2.0], [3.0]]), diagonals_format="x"
    ),
    "matmul size": lambda tf: tf.linalg.tridiagonal_matmul(_c(tf, Z), _c(tf, [[1.0], [2.0]])),
    "banded": lambda tf: tf.linalg.banded_triangular_solve(
        [[2.0, 3.0, 4.0], [0.0, 1.0, 2.0]], [[1.0], [2.0], [3.0]]
    ),
    "banded upper": lambda tf: tf.linalg.banded_triangular_solve(
        [[1.0, 2.0, 0.0], [2.0, 3.0, 4.0]], [[1.0], [2.0], [3.0]], lower=False
    ),
    "banded adjoint": lambda tf: tf.linalg.banded_triangular_solve(
        [[2.0, 3.0, 4.0], [0.0, 1.0, 2.0]], [[1.0], [2.0], [3.0]], adjoint=True
    ),
    "banded singular": lambda tf: tf.linalg.banded_triangular_solve(
        [[0.0, 1.0, 2.0], [0.0, 3.0, 4.0]], [[1.0], [2.0], [3.0]]
    ),
    "banded diagonal": lambda tf: tf.linalg.banded_triangular_solve([[2.0, 1.0, 2.0]], [[1.0], [2.0], [3.0]]),
    "band of a vector": lambda tf: tf.linalg.band_part([1.0, 2.0], 1, 1),
    "band vector": lambda tf: tf.linalg.band_part([[1.0, 2.0]], [0], 0),
    "band float": lambda tf: tf.linalg.band_part([[1.0, 2.0]], 0.0, 0),
    "set_diag dtype": lambda tf: tf.linalg.set_diag(
        tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([1, 2])
    ),
    "set_diag batch": lambda tf: tf.linalg.set_diag(tf.ones([2, 3, 3]), tf.ones([3, 3])),
    "mixed sums": lambda tf: tf.einsum("i,i->", tf.constant([1.0, 2.0]), tf.constant([1, 2])),
    "sums of nothing": lambda tf: tf.einsum("ij,j->i"),
    "unknown keyword": lambda tf: tf.einsum("ij->i", tf.ones([2, 2]), foo=1),
    "product of bools": lambda tf: tf.matmul([[True]], [[False]]),
    "two words": lambda tf: tf.matmul([[1.0]], [[1.0]], transpose_a=True, adjoint_a=True),
    "output type": lambda tf: tf.matmul(
        np.ones((1, 1), np.int8), np.ones((1, 1), np.int8), output_type=tf.int32
    ),
}
for _shape in [(2,), (2, 3), (2, 1, 3), (), (0,)]:
    CASES[f"tensor_diag {_shape}"] = lambda tf, s=_shape: tf.linalg.tensor_diag(np.ones(s, np.float32))
for _shape in [(2, 2), (2, 3, 2, 3), (2, 3), (2,), (), (2, 2, 2), (0, 0), (3, 2, 2, 3)]:
    CASES[f"tensor_diag_part {_shape}"] = lambda tf, s=_shape: tf.linalg.tensor_diag_part(
        np.ones(s, np.float32)
    )


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", CASES)
def test_special_cases_and_errors_agree(agree: Any, name: str) -> None:
    agree(CASES[name], words=25)


SUMS: list[Any] = [
    ("ij,jk->ik", (2, 3), (3, 4)),
    ("ij,jk", (2, 3), (3, 4)),
    ("ii->i", (3, 3)),
    ("ii", (3, 3)),
    ("ij->", (2, 3)),
    ("i,j->ij", (2,), (3,)),
    ("i,i->", (3,), (3,)),
    ("bij,bjk->bik", (2, 2, 3), (2, 3, 2)),
    ("...ij,...jk->...ik", (2, 1, 2, 3), (4, 3, 2)),
    ("ij,jk,kl->il", (2, 3), (3, 2), (2, 4)),
    ("iji,j->i", (2, 3, 2), (3,)),
    ("...i->...", (2, 3)),
    ("...ii->...i", (2, 3, 3)),
    ("ab,cd->abcd", (2, 2), (2, 3)),
    ("ab,ab->", (2, 3), (2, 3)),
    ("ab...,b->a...", (2, 3, 2), (3,)),
    (" ij , jk -> ik ", (2, 3), (3, 4)),
    ("aab,bc->ac", (2, 2, 3), (3, 2)),
    ("ij,jk->ik", (2, 0), (0, 3)),
    ("...,...->...", (2, 3), (3,)),
    (",->", (), ()),
    ("ijk,jil->kl", (2, 3, 4), (3, 2, 2)),
    ("ij,jk->ik", (2, 3), (4, 4)),
    ("ij,jk->ik", (2, 3)),
    ("ij->ik", (2, 3)),
    ("ij->ii", (2, 3)),
    ("ij", (2, 3, 4)),
    ("i-j->j", (2, 3)),
    ("ij->ij->ij", (2, 3)),
    ("i1->i", (2, 3)),
    ("...ij->...", (2,)),
    ("ij...,jk->ik", (2, 3, 2), (3, 2)),
    ("iij->ij", (2, 3, 2)),
    ("ij,jk->ik", (2, 3), (1, 4)),
    ("...ij,...jk->...ik", (2, 2, 3), (3, 3, 2)),
]


@pytest.mark.tensorflow
@pytest.mark.parametrize("case", SUMS, ids=str)
def test_einstein_sums_agree(agree: Any, case: Any) -> None:
    equation, *shapes = case
    for kind in (np.float64, np.complex128, np.int32, np.float16):
        arrays = [numbers(s, kind) for s in shapes]
        agree(lambda tf, a=arrays: tf.einsum(equation, *a), 1e-4, 25)
    if 0 not in shapes[-1]:
        for kind in (np.float64, np.complex128):
            agree.slopes(lambda tf, *x: tf.einsum(equation, *x), [numbers(s, kind) for s in shapes])


PRODUCTS: list[Any] = [
    ((2, 3), (3, 4), 1),
    ((2, 3), (2, 3), 2),
    ((2, 3), (4,), 0),
    ((2, 3, 4), (4, 3, 2), [[1, 2], [1, 0]]),
    ((2, 3), (3, 4), [1, 0]),
    ((2, 3), (3, 4), [-1, 0]),
    ((2, 3), (3, 2), [[], []]),
    ((0, 3), (3, 2), 1),
    ((3,), (3,), 1),
    ((), (), 0),
    ((2, 2), (2, 2), [[0, 1], [0, 1]]),
    ((2, 3), (3, 4), -1),
    ((2, 3), (3, 4), 3),
    ((2, 3), (4, 4), 1),
    ((2, 3), (3, 4), [[0], [0, 1]]),
    ((2, 3), (3, 4), [[0]]),
    ((2, 3), (3, 4), [[5], [0]]),
    ((2, 3), (3, 4), [[0, 0], [0, 1]]),
    ((2, 3), (3, 4), "a"),
    ((2, 3), (3, 4), None),
    ((2, 3), (3, 4), 1.0),
    ((2, 3), (3, 4), np.array([[1], [0]])),
]


@pytest.mark.tensorflow
@pytest.mark.parametrize("case", PRODUCTS, ids=str)
def test_tensor_products_agree(agree: Any, case: Any) -> None:
    left, right, axes = case
    for kind in (np.float64, np.complex128, np.int32):
        a, b = numbers(left, kind), numbers(right, kind)
        agree(lambda tf, a=a, b=b: tf.tensordot(a, b, axes), 1e-4, 25)


@pytest.mark.tensorflow
@pytest.mark.parametrize("kind", [np.float64, np.complex128, np.float32, np.int32])
def test_matrix_products_agree(agree: Any, kind: Any) -> None:
    for left, right in [
        ((2, 3), (3, 4)),
        ((2, 2, 3), (2, 3, 4)),
        ((2, 2, 3), (3, 4)),
        ((1, 2, 3), (4, 3, 2)),
        ((0, 2, 3), (0, 3, 1)),
        ((2, 0), (0, 3)),
        ((3,), (3, 2)),
        ((2, 3), (3,)),
        ((2, 3), (4, 2)),
        ((2, 2, 3), (3, 3, 4)),
        ((3,), (3,)),
        ((3,), (2, 3, 2)),
        ((), (3, 2)),
    ]:
        for turn_a, turn_b in itertools.product((False, True), repeat=2):
            a, b = numbers(left, kind), numbers(right, kind)
            a = np.swapaxes(a, -1, -2) if turn_a and a.ndim > 1 else a
            b = np.swapaxes(b, -1, -2) if turn_b and b.ndim > 1 else b
            agree(
                lambda tf, a=a, b=b, p=turn_a, q=turn_b: tf.matmul(a, b, transpose_a=p, transpose_b=q), 1e-4
            )
            agree(lambda tf, a=a, b=b, p=turn_a, q=turn_b: tf.matmul(a, b, adjoint_a=p, adjoint_b=q), 1e-4)


@pytest.mark.tensorflow
@pytest.mark.parametrize(
    "function",
    [
        lambda tf, x: tf.einsum("i...->i", x),
        lambda tf, x: tf.einsum("...ij,...jk->...ik", tf.ones([2, 3, 4]), tf.ones([3, 4, 5])),
        lambda tf, x: tf.tensordot(x, x, tf.constant(1)),
    ],
)
def test_shapes_seen_while_tracing_are_value_errors(agree: Any, function: Any) -> None:
    agree(lambda tf: tf.function(lambda x: function(tf, x))(tf.ones([3, 2])), words=0)
