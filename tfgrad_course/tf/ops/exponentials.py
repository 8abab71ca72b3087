"""Functions of matrices: exponential, square root, logarithm."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf._by_tensors import no_gradient, on_tensors
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite, rule
from tfgrad_course.tf._dtypes import COMPLEX, FLOATS, bfloat16, bool_, float32, float64, string
from tfgrad_course.tf._errors import invalid, not_allowed
from tfgrad_course.tf.ops.decompositions import matrix_of

_ALLOWED = (float64, float32, *COMPLEX)
_PADE = (64764752532480000.0, 32382376266240000.0, 7771770303897600.0, 1187353796428800.0, 129060195264000.0,
         10559470521600.0, 670442572800.0, 33522128640.0, 1323241920.0, 40840800.0, 960960.0, 16380.0, 182.0, 1.0)  # fmt: skip
_WELL = 1e6  # eigenvectors this well conditioned give at least ten digits


@composite("linalg.expm", sample=[(((0.1, 0.2), (0.3, 0.4)),)])
def expm(input: Any, name: Any = None) -> Any:
    """The matrix exponential, by scaling, Padé's approximant of order 13 and squaring (Higham 2005)."""
    x = convert(input)
    if x.shape.rank > 1 and x.shape[-1] == x.shape[-2] == 0:
        return x
    if x.dtype in (bool_, string):
        raise not_allowed(
            "Max", x.dtype.kernel, ["bfloat16", "half", "float", "double", "int8", "int16", "int32", "int64"]
        )
    if x.dtype not in FLOATS + COMPLEX or x.dtype is bfloat16:
        raise ValueError(f"tf.linalg.expm does not support matrices of type {x.dtype}")
    if x.shape.rank == 0:
        raise invalid("Max", "Invalid reduction dimension (-1 for input with 0 dimension(s)")
    if x.shape.rank < 2 or x.shape[-1] != x.shape[-2]:
        told = "[" + ",".join(map(str, ([1] * (3 - x.shape.rank) + x.shape.as_list())[-3:])) + "]"
        raise invalid("BatchMatMulV2", f"Matrix size-incompatible: In[0]: {told}, In[1]: {told} 0 0")
    if 0 in x.shape.as_list():
        return tf.zeros_like(x)
    x = matrix_of(x, "MatrixSolve")
    norm = np.abs(x._numpy()).sum(-2).max(-1)
    if not np.isfinite(norm).all():
        return tf.fill(x.shape, tf.constant(np.nan, x.dtype))
    steps = np.maximum(np.ceil(np.log2(np.maximum(norm, 1e-300) / 4.25)), 0)
    scale = tf.constant((0.5**steps)[..., None, None].astype(x.dtype.np))
    result = _pade(x * scale)
    for i in range(int(steps.max(initial=0))):
        more = np.broadcast_to((i < steps)[..., None, None], tuple(x.shape)).copy()
        result = tf.where(more, tf.matmul(result, result), result)
    return result


def _pade(a: Any) -> Any:
    unit = tf.eye(a.shape[-1], batch_shape=a.shape[:-2], dtype=a.dtype)
    # Divided by the first coefficient, so that single precision holds them.
    b = [tf.constant(c / _PADE[0], a.dtype) for c in _PADE]
    a2 = tf.matmul(a, a)
    a4 = tf.matmul(a2, a2)
    a6 = tf.matmul(a4, a2)
    u = tf.matmul(a6, b[13] * a6 + b[11] * a4 + b[9] * a2) + b[7] * a6 + b[5] * a4 + b[3] * a2 + b[1] * unit
    u = tf.matmul(a, u)
    v = tf.matmul(a6, b[12] * a6 + b[10] * a4 + b[8] * a2) + b[6] * a6 + b[4] * a4 + b[2] * a2 + b[0] * unit
    return tf.linalg.solve(v - u, v + u)


# Square root and logarithm ---------------------------------------------------------------------------


def _each(function: Any) -> Any:
    """A kernel that takes matrices one by one, in complex double precision."""

    def kernel(x: Any) -> Any:
        made = np.zeros(x.shape, np.complex128)
        flat = made.reshape(int(np.prod(x.shape[:-2])), *x.shape[-2:])
        with np.errstate(all="ignore"):
            for i, matrix in enumerate(x.reshape(flat.shape).astype(np.complex128)):
                flat[i] = function(matrix) if np.isfinite(matrix).all() else np.nan
        made = flat.reshape(x.shape)
        if x.dtype.kind == "c":
            return made.astype(x.dtype)
        large = np.abs(made.imag) > 1e-6 * np.maximum(np.abs(made).max(initial=0), 1e-300)
        bad = large.any((-1, -2), keepdims=True)
        return np.where(bad, np.nan, made.real).astype(x.dtype)

    return kernel


def _by_eigenvectors(x: Any, function: Any) -> Any:
    """f(x) by eigenvectors, or None where these are nearly dependent."""
    if not x.size:
        return x
    if not np.tril(x, -1).any() and not np.triu(x, 1).any():
        return np.diag(function(np.diag(x)))
    values, vectors = np.linalg.eig(x)
    if not np.linalg.cond(vectors) < _WELL:
        return None
    return (vectors * function(values)) @ np.linalg.inv(vectors)


def _square_root(x: Any) -> Any:
    if x.size and not x.any():
        # TensorFlow's recurrence on the triangular factor divides 0 by 0.
        return x if x.size == 1 else np.full_like(x, np.nan)
    found = _by_eigenvectors(x, np.sqrt)
    return _by_products(x) if found is None else found


def _by_products(x: Any) -> Any:
    """Denman's and Beavers' iteration in its product form with scaling (Higham 2008, section 6.3)."""
    n = len(x)
    unit = np.eye(n)
    m, y = x.copy(), x.copy()
    for _ in range(60):
        try:
            inverse = np.linalg.inv(m)
        except np.linalg.LinAlgError:
            return np.full_like(x, np.nan)
        size = abs(np.linalg.det(m)) ** (-1 / (2 * n)) if np.abs(m - unit).max() > 1e-2 else 1.0
        size = size if np.isfinite(size) and size > 0 else 1.0
        y = 0.5 * size * y @ (unit + inverse / size**2)
        m = 0.5 * (unit + (size**2 * m + inverse / size**2) / 2)
        if np.abs(m - unit).max() < 1e-15:
            break
    return y


def _logarithm(x: Any) -> Any:
    found = _by_eigenvectors(x, np.log)
    return _by_roots(x) if found is None else found


def _by_roots(x: Any) -> Any:
    """Square roots until near 1, then the series of Gregory, and all doubled again."""
    n, count = len(x), 0
    unit = np.eye(n)
    while np.abs(x - unit).max() > 0.1 and count < 60:
        x = _by_products(x)
        count += 1
    z = np.linalg.solve(x + unit, x - unit) if np.isfinite(x).all() else x * np.nan
    total, power = np.zeros_like(z), z.copy()
    for k in range(1, 40, 2):
        total += power / k
        power = power @ z @ z
    return 2.0 ** (count + 1) * total


def _root_vjp(g: Any, z: Any, x: Any) -> Any:
    """Sylvester's equation, by Kronecker products."""
    n = z.shape[-1]
    lead = z.shape.as_list()[:-2]
    unit = tf.eye(n, batch_shape=lead, dtype=z.dtype)
    flipped = tf.linalg.matrix_transpose(z)
    both = _kronecker(unit, flipped, lead, n) + _kronecker(z, unit, lead, n)
    right = tf.reshape(tf.linalg.matrix_transpose(g), [*lead, n * n, 1])
    found = tf.reshape(tf.linalg.solve(both, right), [*lead, n, n])
    return tf.linalg.matrix_transpose(found)


def _kronecker(a: Any, b: Any, lead: list[int], n: int) -> Any:
    product = tf.reshape(a, [*lead, n, 1, n, 1]) * tf.reshape(b, [*lead, 1, n, 1, n])
    return tf.reshape(product, [*lead, n * n, n * n])


_root_vjp_rows = on_tensors(_root_vjp)
_root_vjp_rows.rows = True  # type: ignore[attr-defined]  # its equations cannot take a g with one more leading axis
root_row = rule(
    "matrix_root", _each(_square_root), _root_vjp_rows, inputs=1, batched=False,
    dtypes=_ALLOWED, op="MatrixSquareRoot", doc="The principal square root.",
)  # fmt: skip
log_row = rule(
    "matrix_log", _each(_logarithm), no_gradient("MatrixLogarithm"), inputs=1, batched=False,
    dtypes=COMPLEX, op="MatrixLogarithm", doc="The principal logarithm.",
)  # fmt: skip


@composite("linalg.sqrtm matrix_square_root")
def sqrtm(input: Any, name: Any = None) -> Any:
    """The principal square root of matrices; nan where a real one has none that is real."""
    return root_row(matrix_of(input, "MatrixSquareRoot"))


@composite("linalg.logm")
def logm(input: Any, name: Any = None) -> Any:
    """The principal logarithm of complex matrices."""
    return log_row(matrix_of(input, "MatrixLogarithm", names=("complex64", "complex128")))
