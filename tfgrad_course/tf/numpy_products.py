"""Products of tensors under NumPy's names."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.numpy_arranging import diagonal
from tfgrad_course.tf.numpy_types import promoted


def dot(a: Any, b: Any) -> Any:
    """Inner product of vectors, else the matrix product."""
    a, b = promoted((a, b), ".")
    if 0 in (len(a.shape), len(b.shape)):
        return a * b
    return tf.tensordot(a, b, [[len(a.shape) - 1], [max(len(b.shape) - 2, 0)]])


def inner(a: Any, b: Any) -> Any:
    """Sums of products over the last axes."""
    a, b = promoted((a, b), ".")
    return a * b if 0 in (len(a.shape), len(b.shape)) else tf.tensordot(a, b, [[-1], [-1]])


def outer(a: Any, b: Any) -> Any:
    """All products of two vectors."""
    a, b = promoted((a, b), ".")
    return tf.reshape(a, [-1, 1]) * tf.reshape(b, [1, -1])


def tensordot(a: Any, b: Any, axes: Any = 2) -> Any:
    """Sums of products over axes of both."""
    return tf.tensordot(*promoted((a, b), "."), axes)


def einsum(subscripts: str, *operands: Any, **_: Any) -> Any:
    """Sums of products, as the letters say."""
    return tf.einsum(subscripts, *promoted(operands, "."))


def kron(a: Any, b: Any) -> Any:
    """Each entry of one times all of the other."""
    a, b = promoted((a, b), ".")
    rank = max(len(a.shape), len(b.shape))
    a, b = (tf.reshape(x, [1] * (rank - len(x.shape)) + [int(n) for n in x.shape]) for x in (a, b))
    spread = [n for pair in zip(a.shape, [1] * rank, strict=True) for n in pair]
    within = [n for pair in zip([1] * rank, b.shape, strict=True) for n in pair]
    shape = [int(m) * int(n) for m, n in zip(a.shape, b.shape, strict=True)]
    return tf.reshape(tf.reshape(a, spread) * tf.reshape(b, within), shape)


def cross(a: Any, b: Any) -> Any:
    """The vector product of vectors of three."""
    a, b = promoted((a, b), ".")
    x, y = (tf.unstack(v, axis=-1) for v in (a, b))
    return tf.stack(
        [x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]], axis=-1
    )


def trace(a: Any, offset: int = 0, axis1: int = 0, axis2: int = 1, dtype: Any = None) -> Any:
    """The sum of the diagonal."""
    return tf.reduce_sum(diagonal(a, offset, axis1, axis2), -1)
