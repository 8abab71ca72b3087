"""Linear operators given by a rule: identities, zeros, permutations, reflections, what is constant along diagonals."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._dtypes import as_dtype
from tfgrad_course.tf._errors import InvalidArgumentError
from tfgrad_course.tf._operator import LinearOperator
from tfgrad_course.tf._operator_parts import (
    batches_alike,
    commuting,
    conjugate,
    kept,
    no_imaginary_part,
    no_zeros,
    published,
)
from tfgrad_course.tf._shape import TensorShape
from tfgrad_course.tf._variable import Variable


def _size(value: Any, word: str) -> int:
    if isinstance(value, Variable):
        raise TypeError(f"Argument {word} cannot be reference type. Found: {type(value)}.")
    given = convert(value)
    if not given.dtype.is_integer:
        raise TypeError(f"Argument {word} must be integer type.  Found: {given!r}")
    found = given._numpy()
    if np.ndim(found):
        raise ValueError(f"Argument {word} must be a 0-D Tensor.  Found: {found}")
    if found < 0:
        raise ValueError(f"Argument {word} must be non-negative.  Found: {found}")
    return int(found)


def _batch(value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, Variable):
        raise TypeError(f"Argument batch_shape cannot be reference type. Found: {type(value)}.")
    given = convert(value, dt.int32 if isinstance(value, list | tuple) and not value else None)
    if not given.dtype.is_integer:
        raise TypeError(f"Argument batch_shape must be integer type.  Found: {given!r}")
    found = np.asarray(given._numpy())
    if found.ndim != 1:
        raise ValueError(f"Argument batch_shape must be a 1-D Tensor.  Found: {found}")
    if (found < 0).any():
        raise ValueError(f"Argument batch_shape must be non-negative.  Found:{found}")
    return found.tolist()


class _Sized(LinearOperator):
    """A matrix given by its size."""

    _rows: int
    _batch: Any
    _assert_proper_shapes: bool

    def _shape(self) -> Any:
        return TensorShape([*(self._batch or []), self._rows, self._rows])

    def _ones_along(self) -> Any:
        return tf.ones([*self.batch_shape, min(self.shape[-2:])], self.dtype)

    def _spread(self, x: Any) -> Any:
        """x over the batch."""
        if (
            self._batch is None
            or tf.broadcast_static_shape(x.shape, TensorShape([*self._batch, 1, 1])) == x.shape
        ):
            return x
        return x + tf.zeros([*self._batch, 1, 1], self.dtype)

    def _turned(self, x: Any, adjoint_arg: bool) -> Any:
        x = tf.linalg.adjoint(x) if adjoint_arg else x
        if self._assert_proper_shapes:
            words = "Dimensions are not compatible.  shape[-2] of argument to be the same as this operator"
            tf.debugging.assert_equal(x.shape[-2], self.domain_dimension_tensor(), message=words)
        return x

    def _of_batch(self: Any, slices: Any) -> Any:
        return type(self)(**{**self.parameters, "batch_shape": tf.ones(self._batch)[slices].shape.as_list()})


@published("num_rows", "batch_shape", "dtype", "assert_proper_shapes")
class LinearOperatorIdentity(_Sized):
    """The identity."""

    def __init__(
        self, num_rows: Any, batch_shape: Any = None, dtype: Any = None, is_non_singular: Any = True,
        is_self_adjoint: Any = True, is_positive_definite: Any = True, is_square: Any = True,
        assert_proper_shapes: bool = False, name: str = "LinearOperatorIdentity",
    ) -> None:  # fmt: skip
        claims = (
            (is_self_adjoint, "self adjoint"), (is_non_singular, "non-singular"),
            (is_positive_definite, "positive-definite"), (is_square, "square"),
        )  # fmt: skip
        for claim, word in claims:
            if not claim:
                raise ValueError(f"An identity operator is always {word}.")
        super().__init__(
            as_dtype(dtype or dt.float32), None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name
        )  # fmt: skip
        self._assert_proper_shapes = assert_proper_shapes
        self._rows, self._batch = _size(num_rows, "num_rows"), _batch(batch_shape)

    def __getitem__(self, slices: Any) -> Any:
        return self._of_batch(slices)

    def _linop_adjoint(self) -> Any:
        return self

    _linop_inverse = _linop_adjoint

    def _linop_cholesky(self) -> Any:
        return LinearOperatorIdentity(self._rows, self.batch_shape, self.dtype)

    def _linop_matmul(self, left: Any, right: Any) -> Any:
        return right

    _linop_solve = _linop_matmul

    def _assert_non_singular(self) -> None:
        return None

    _assert_positive_definite = _assert_self_adjoint = _assert_non_singular

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._spread(self._turned(x, adjoint_arg))

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._matmul(rhs, adjoint_arg=adjoint_arg)

    def _determinant(self) -> Any:
        return tf.ones(self.batch_shape, self.dtype)

    _cond = _determinant

    def _log_abs_determinant(self) -> Any:
        return tf.zeros(self.batch_shape, self.dtype)

    def _trace(self) -> Any:
        return self._rows * tf.ones(self.batch_shape, self.dtype)

    def _diag_part(self) -> Any:
        return self._ones_along()

    _eigvals = _diag_part

    def add_to_tensor(self, mat: Any, name: str = "add_to_tensor") -> Any:
        """The matrix plus a tensor."""
        x = convert(mat)
        return tf.linalg.set_diag(x, 1 + tf.linalg.diag_part(x))


@published("num_rows", "assert_proper_shapes", multiplier=0)
class LinearOperatorScaledIdentity(_Sized):
    """A number times the identity."""

    def __init__(
        self, num_rows: Any, multiplier: Any, is_non_singular: Any = None, is_self_adjoint: Any = None,
        is_positive_definite: Any = None, is_square: Any = True, assert_proper_shapes: bool = False,
        name: str = "LinearOperatorScaledIdentity",
    ) -> None:  # fmt: skip
        self.multiplier = kept(multiplier)
        if not self.multiplier.dtype.is_complex:
            if is_self_adjoint is False:
                raise ValueError("A real diagonal operator is always self adjoint.")
            is_self_adjoint = True
        if not is_square:
            raise ValueError("A ScaledIdentity operator is always square.")
        super().__init__(
            self.multiplier.dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name
        )  # fmt: skip
        self._assert_proper_shapes = assert_proper_shapes
        self._rows = _size(num_rows, "num_rows")

    def _shape(self) -> Any:
        return self.multiplier.shape.concatenate([self._rows, self._rows])

    def _factor(self, adjoint: bool = False) -> Any:
        made = convert(self.multiplier)[..., None, None]
        return tf.math.conj(made) if adjoint else made

    def _made(self, multiplier: Any, **hints: Any) -> Any:
        return LinearOperatorScaledIdentity(self._rows, multiplier, **{**hints, "is_square": True})

    def _linop_adjoint(self) -> Any:
        return self._made(conjugate(self.multiplier), **self.hints())

    def _linop_inverse(self) -> Any:
        return self._made(1.0 / convert(self.multiplier), **{**self.hints(), "is_self_adjoint": True})

    def _linop_cholesky(self) -> Any:
        root = tf.sqrt(self.multiplier)
        return self._made(root, is_non_singular=True, is_self_adjoint=True, is_positive_definite=True)

    def _linop_matmul(self, left: Any, right: Any) -> Any:
        if isinstance(right, LinearOperatorScaledIdentity):
            return self._made(convert(left.multiplier) * right.multiplier, **commuting(left, right))
        if isinstance(right, tf.linalg.LinearOperatorDiag):
            return tf.linalg.LinearOperatorDiag(
                convert(right.diag) * left.multiplier, **commuting(left, right)
            )
        return super()._linop_matmul(left, right)

    def _linop_solve(self, left: Any, right: Any) -> Any:
        if isinstance(right, LinearOperatorScaledIdentity):
            return self._made(convert(right.multiplier) / left.multiplier, **commuting(left, right))
        if isinstance(right, tf.linalg.LinearOperatorDiag):
            return tf.linalg.LinearOperatorDiag(
                convert(right.diag) / left.multiplier, **commuting(left, right)
            )
        return super()._linop_solve(left, right)

    def _assert_non_singular(self) -> None:
        tf.debugging.assert_positive(tf.abs(self.multiplier), message="LinearOperator was singular")

    def _assert_positive_definite(self) -> None:
        words = "LinearOperator was not positive definite."
        tf.debugging.assert_positive(tf.math.real(self.multiplier), message=words)

    def _assert_self_adjoint(self) -> None:
        rest = tf.math.imag(self.multiplier)
        tf.debugging.assert_equal(tf.zeros_like(rest), rest, message="LinearOperator was not self-adjoint")

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._turned(x, adjoint_arg) * self._factor(adjoint)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._turned(rhs, adjoint_arg) / self._factor(adjoint)

    def _determinant(self) -> Any:
        return convert(self.multiplier) ** tf.cast(self._rows, self.dtype)

    def _log_abs_determinant(self) -> Any:
        return tf.cast(self._rows, self.dtype.real_dtype) * tf.math.log(tf.abs(self.multiplier))

    def _trace(self) -> Any:
        return convert(self.multiplier) * self._rows * tf.ones(self.batch_shape, self.dtype)

    def _diag_part(self) -> Any:
        return self._ones_along() * convert(self.multiplier)[..., None]

    _eigvals = _diag_part

    def add_to_tensor(self, mat: Any, name: str = "add_to_tensor") -> Any:
        """The matrix plus a tensor."""
        x = convert(mat)
        return tf.linalg.set_diag(x, tf.expand_dims(self.multiplier, -1) + tf.linalg.diag_part(x))

    def _cond(self) -> Any:
        nan, one = tf.cast(np.nan, self.dtype), tf.cast(1.0, self.dtype)
        return tf.where(tf.equal(self.multiplier, 0.0), nan, one)


@published("num_rows", "num_columns", "batch_shape", "dtype", "assert_proper_shapes")
class LinearOperatorZeros(_Sized):
    """The zero matrix."""

    def __init__(
        self, num_rows: Any, num_columns: Any = None, batch_shape: Any = None, dtype: Any = None,
        is_non_singular: Any = False, is_self_adjoint: Any = True, is_positive_definite: Any = False, is_square: Any = True,
        assert_proper_shapes: bool = False, name: str = "LinearOperatorZeros",
    ) -> None:  # fmt: skip
        if not is_self_adjoint and is_square:
            raise ValueError("A zero operator is always self adjoint.")
        if is_non_singular:
            raise ValueError("A zero operator is always singular.")
        if is_positive_definite:
            raise ValueError("A zero operator is always not positive-definite.")
        super().__init__(
            as_dtype(dtype or dt.float32), None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name
        )  # fmt: skip
        self._assert_proper_shapes = assert_proper_shapes
        self._rows = _size(num_rows, "num_rows")
        self._columns = self._rows if num_columns is None else _size(num_columns, "num_columns")
        if is_square and self._rows != self._columns:
            raise ValueError(
                f"LinearOperatorZeros initialized as is_square=True, but got num_rows({self._rows}) != "
                f"num_columns({self._columns})"
            )
        self._batch = _batch(batch_shape)

    def __getitem__(self, slices: Any) -> Any:
        return self._of_batch(slices)

    def _shape(self) -> Any:
        return TensorShape([*(self._batch or []), self._rows, self._columns])

    def _assert_non_singular(self) -> None:
        raise InvalidArgumentError(None, None, "Zero operators are always non-invertible.")

    def _assert_positive_definite(self) -> None:
        raise InvalidArgumentError(None, None, "Zero operators are always non-positive definite.")

    def _assert_self_adjoint(self) -> None:
        return None

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        if self._assert_proper_shapes:
            x, adjoint_arg = self._turned(x, adjoint_arg), False
        rows = self._columns if adjoint else self._rows
        have, columns = x.shape[-2:] if not adjoint_arg else x.shape[-2:][::-1]
        return self._spread(tf.zeros([*x.shape[:-2], have if self.is_square else rows, columns], self.dtype))

    def _linop_matmul(self, left: Any, right: Any) -> Any:
        if not left.is_square or not right.is_square:
            raise ValueError(
                "Matmul with non-square `LinearOperator`s or non-square `LinearOperatorZeros` not supported at this time."
            )
        return left

    def _determinant(self) -> Any:
        return tf.zeros(self.batch_shape, self.dtype)

    _trace = _determinant

    def _diag_part(self) -> Any:
        return tf.zeros([*self.batch_shape, min(self.shape[-2:])], self.dtype)

    _eigvals = _diag_part

    def add_to_tensor(self, mat: Any, name: str = "add_to_tensor") -> Any:
        """The tensor."""
        return self._spread(mat)


@published("dtype", perm=1)
class LinearOperatorPermutation(LinearOperator):
    """A matrix that orders rows anew."""

    def __init__(
        self, perm: Any, dtype: Any = dt.float32, is_non_singular: Any = None, is_self_adjoint: Any = None,
        is_positive_definite: Any = None, is_square: Any = None, name: str = "LinearOperatorPermutation",
    ) -> None:  # fmt: skip
        self.perm = kept(perm)
        order = convert(self.perm)
        if order.shape.rank < 1:
            raise ValueError(f"Argument `perm` must have at least 1 dimension. Received: {order}.")
        if not order.dtype.is_integer:
            raise TypeError(f"Argument `perm` must be integer dtype. Received: {order}.")
        n = order.shape[-1]
        if (np.sort(order._numpy(), -1) != np.arange(n)).any():
            raise ValueError(f"Argument `perm` must be a vector of unique integers from 0 to {n - 1}.")
        for claim, hint in ((is_non_singular, "is_non_singular"), (is_square, "is_square")):
            if claim is False:
                word = hint[3:].replace("_", "-")
                raise ValueError(
                    f"A Permutation operator is always {word}. Expected argument `{hint}` to be True. Received: {claim}."
                )
        super().__init__(dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, True, name)

    def _shape(self) -> Any:
        return self.perm.shape.concatenate(self.perm.shape[-1:])

    def _assert_non_singular(self) -> None:
        return None

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        order = convert(self.perm)
        if adjoint and not self.is_self_adjoint:
            order = tf.argsort(order, axis=-1)
        x = tf.linalg.adjoint(x) if adjoint_arg else x
        lead = tf.broadcast_static_shape(x.shape[:-1], order.shape)
        x, order = tf.broadcast_to(x, [*lead, x.shape[-1]]), tf.broadcast_to(order, lead)
        return tf.gather(x, order, axis=-2, batch_dims=order.shape.rank - 1)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._matmul(rhs, not adjoint, adjoint_arg)

    def _log_abs_determinant(self) -> Any:
        return tf.zeros(self.batch_shape, self.dtype)

    def _to_dense(self) -> Any:
        return tf.cast(
            tf.equal(tf.range(self.shape[-1]), tf.cast(self.perm, dt.int32)[..., None]), self.dtype
        )

    def _diag_part(self) -> Any:
        return tf.cast(tf.equal(tf.range(self.shape[-1]), tf.cast(self.perm, dt.int32)), self.dtype)

    def _cond(self) -> Any:
        return tf.ones(self.batch_shape, self.dtype)


@published(reflection_axis=1)
class LinearOperatorHouseholder(LinearOperator):
    """The reflection at the plane orthogonal to a vector."""

    def __init__(
        self, reflection_axis: Any, is_non_singular: Any = None, is_self_adjoint: Any = None,
        is_positive_definite: Any = None, is_square: Any = None, name: str = "LinearOperatorHouseholder",
    ) -> None:  # fmt: skip
        self.reflection_axis = kept(reflection_axis)
        if self.reflection_axis.shape.rank < 1:
            raise ValueError(
                f"Argument reflection_axis must have at least 1 dimension.  Found: {convert(self.reflection_axis)!r}"
            )
        claims = (
            (is_self_adjoint is False, "self adjoint"), (is_positive_definite is True, "non-positive definite"),
            (is_square is False, "square"),
        )  # fmt: skip
        for wrong, word in claims:
            if wrong:
                raise ValueError(f"A Householder operator is always {word}.")
        super().__init__(self.reflection_axis.dtype, None, is_non_singular, True, False, True, name)

    def _shape(self) -> Any:
        return self.reflection_axis.shape.concatenate(self.reflection_axis.shape[-1:])

    def _unit(self) -> Any:
        return tf.math.l2_normalize(self.reflection_axis, axis=-1)

    def _assert_non_singular(self) -> None:
        return None

    _assert_self_adjoint = _assert_non_singular

    def _assert_positive_definite(self) -> None:
        raise InvalidArgumentError(None, None, "Householder operators are always non-positive definite.")

    def _linop_adjoint(self) -> Any:
        return self

    _linop_inverse = _linop_adjoint

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        x, unit = tf.linalg.adjoint(x) if adjoint_arg else x, self._unit()[..., None]
        return x - 2 * unit * tf.matmul(unit, x, adjoint_a=True)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._matmul(rhs, adjoint, adjoint_arg)

    def _trace(self) -> Any:
        return tf.cast(self.shape[-1] - 2, self.dtype) * tf.ones(self.batch_shape, self.dtype)

    def _determinant(self) -> Any:
        return -tf.ones(self.batch_shape, self.dtype)

    def _log_abs_determinant(self) -> Any:
        return tf.zeros(self.batch_shape, self.dtype)

    def _to_dense(self) -> Any:
        unit = self._unit()[..., None]
        matrix = -2 * tf.matmul(unit, unit, adjoint_b=True)
        return tf.linalg.set_diag(matrix, 1.0 + tf.linalg.diag_part(matrix))

    def _diag_part(self) -> Any:
        unit = self._unit()
        return 1.0 - 2 * unit * tf.math.conj(unit)

    def _eigvals(self) -> Any:
        lead, n = self.batch_shape.as_list(), self.shape[-1]
        return tf.concat([-tf.ones([*lead, 1], self.dtype), tf.ones([*lead, n - 1], self.dtype)], -1)

    def _cond(self) -> Any:
        return tf.ones(self.batch_shape, self.dtype)


def _complex(x: Any) -> Any:
    return tf.cast(x, dt.complex128 if x.dtype in (dt.float64, dt.complex128) else dt.complex64)


@published(col=1, row=1)
class LinearOperatorToeplitz(LinearOperator):
    """A matrix constant along its diagonals."""

    def __init__(
        self, col: Any, row: Any, is_non_singular: Any = None, is_self_adjoint: Any = None,
        is_positive_definite: Any = None, is_square: Any = None, name: str = "LinearOperatorToeplitz",
    ) -> None:  # fmt: skip
        self.row, self.col = kept(row), kept(col)
        for word, part in (("row", self.row), ("col", self.col)):
            if part.shape.rank < 1:
                raise ValueError(f"Argument {word} must have at least 1 dimension.  Found: {convert(part)!r}")
        if self.row.shape[-1] != self.col.shape[-1]:
            raise ValueError("Expected square matrix, got row and col with mismatched dimensions.")
        if is_square is False:
            raise ValueError("Only square Toeplitz operators currently supported.")
        super().__init__(
            self.row.dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, True, name
        )

    def _shape(self) -> Any:
        both = tf.broadcast_static_shape(self.row.shape, self.col.shape)
        return both.concatenate(both[-1:])

    def _assert_self_adjoint(self) -> None:
        words = "row and col are not the same, and so this operator is not self-adjoint."
        tf.debugging.assert_equal(self.row, self.col, message=words)

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        x = tf.linalg.adjoint(x) if adjoint_arg else x
        col, row = convert(self.col), convert(self.row)
        wide = tf.concat(
            [*_alike(col, tf.zeros_like(col[..., :1]), tf.reverse(row[..., 1:], axis=[-1]))], axis=-1
        )
        circle = tf.linalg.LinearOperatorCirculant(
            tf.signal.fft(_complex(wide)), input_output_dtype=row.dtype
        )
        made = circle.matmul(tf.concat([x, tf.zeros_like(x)], axis=-2), adjoint=adjoint)
        return tf.cast(made[..., : self.shape[-1], :], self.dtype)

    def _trace(self) -> Any:
        return tf.cast(self.shape[-1], self.dtype) * self.col[..., 0]

    def _diag_part(self) -> Any:
        return self.col[..., :1] * tf.ones([self.shape[-1]], self.dtype)

    def _to_dense(self) -> Any:
        n = self.shape[-1]
        row, col = (tf.broadcast_to(part, self.shape[:-1]) for part in (self.row, self.col))
        band = tf.concat([tf.reverse(row[..., 1:], [-1]), col], -1)
        at = np.arange(n)[:, None] - np.arange(n) + n - 1
        return tf.gather(band, at.astype(np.int32), axis=-1)


def _alike(*parts: Any) -> list[Any]:
    """Vectors over the same batch."""
    lead = TensorShape([])
    for part in parts:
        lead = tf.broadcast_static_shape(lead, part.shape[:-1])
    return [tf.broadcast_to(part, [*lead, part.shape[-1]]) for part in parts]


class _Circulant(LinearOperator):
    """A matrix that is diagonal after a Fourier transform over its blocks."""

    _depth = 1

    def __init__(
        self, spectrum: Any, input_output_dtype: Any = dt.complex64, is_non_singular: Any = None,
        is_self_adjoint: Any = None, is_positive_definite: Any = None, is_square: Any = True, name: Any = None,
    ) -> None:  # fmt: skip
        self.spectrum = kept(spectrum)
        if self.spectrum.shape.rank < self._depth:
            raise ValueError(
                f"Argument `spectrum` must have at least {self._depth} dimensions. Received: {convert(self.spectrum)}."
            )
        if not self.spectrum.dtype.is_complex:
            if is_self_adjoint is False:
                raise ValueError(
                    "A real spectrum always corresponds to a self-adjoint operator. Expected argument `is_self_adjoint` to "
                    "be True when `spectrum.dtype.is_complex` = True. Received: False."
                )
            is_self_adjoint = True
        if is_square is False:
            raise ValueError(
                "A [[nested] block] circulant operator is always square. Expected argument `is_square` to be True. Received: "
                "False."
            )
        super().__init__(
            as_dtype(input_output_dtype), None, is_non_singular, is_self_adjoint, is_positive_definite, True, name
        )  # fmt: skip

    # Its name stands among them even where none was given.
    parameters = property(lambda self: {**self._parameters, "name": self._name}, doc="What it was made with.")
    block_depth = property(lambda self: self._depth, doc="Over how many axes the transform goes.")
    block_shape = property(lambda self: self.spectrum.shape[-self._depth :], doc="The shape of these axes.")

    def block_shape_tensor(self) -> Any:
        """The shape of the axes of the transform, as a tensor."""
        return tf.constant(self.block_shape.as_list(), dt.int32)

    def _shape(self) -> Any:
        n = int(np.prod(self.block_shape.as_list()))
        return self.spectrum.shape[: -self._depth].concatenate([n, n])

    def _made(self, spectrum: Any, **more: Any) -> Any:
        return type(self)(spectrum, **{**more, "is_square": True})

    def _linop_adjoint(self) -> Any:
        return self._made(conjugate(self.spectrum), **self.hints())

    def _linop_inverse(self) -> Any:
        return self._made(1.0 / convert(self.spectrum), **self.hints(), input_output_dtype=self.dtype)

    def _linop_matmul(self, left: Any, right: Any) -> Any:
        if not (isinstance(right, type(self)) and isinstance(left, type(right))):
            return super()._linop_matmul(left, right)
        return self._made(convert(left.spectrum) * right.spectrum, **commuting(left, right))

    def _linop_solve(self, left: Any, right: Any) -> Any:
        if not isinstance(right, type(self)):
            return super()._linop_solve(left, right)
        return self._made(convert(right.spectrum) / left.spectrum, **commuting(left, right))

    def _waves(self, x: Any, back: bool = False) -> Any:
        word = "ifft" if back else "fft"
        return getattr(tf.signal, word if self._depth == 1 else f"{word}{self._depth}d")(_complex(x))

    def convolution_kernel(self, name: str = "convolution_kernel") -> Any:
        """What a vector is convolved with."""
        return tf.cast(self._waves(convert(self.spectrum), True), self.dtype)

    def assert_hermitian_spectrum(self, name: str = "assert_hermitian_spectrum") -> None:
        """InvalidArgumentError unless the matrix is real."""
        # A number of the dtype TensorFlow has here: whole, which it then refuses to compare.
        most = np.finfo(self.dtype.real_dtype.np).eps * self.domain_dimension_tensor()
        rest = tf.abs(tf.math.imag(self.convolution_kernel()))
        tf.debugging.assert_less(rest, most, message="Spectrum was not Hermitian")

    def _assert_non_singular(self) -> None:
        no_zeros(self.spectrum, "Singular operator:  Spectrum contained zero values.")

    def _assert_positive_definite(self) -> None:
        words = "Not positive definite:  Real part of spectrum was not all positive."
        tf.debugging.assert_positive(tf.math.real(self.spectrum), message=words)

    def _assert_self_adjoint(self) -> None:
        no_imaginary_part(self.spectrum, "Not self-adjoint:  The spectrum contained non-zero imaginary part.")

    def _flat(self) -> Any:
        return tf.reshape(self.spectrum, [*self.batch_shape, -1])

    def _through(self, x: Any, adjoint: bool, adjoint_arg: bool, solving: bool) -> Any:
        """x transformed, scaled and transformed back."""
        x = tf.linalg.adjoint(x) if adjoint_arg else x
        spectrum = _complex(self._flat())
        spectrum = tf.math.conj(spectrum) if adjoint else spectrum
        x, spectrum = batches_alike([tf.cast(x, spectrum.dtype), spectrum[..., None]])
        rows, block = tf.linalg.matrix_transpose(x), self.block_shape.as_list()
        waves = self._waves(tf.reshape(rows, [*rows.shape[:-1], *block]))
        scale = tf.reshape(spectrum, [*spectrum.shape[:-2], 1, *block])
        made = self._waves(waves / scale if solving else scale * waves, True)
        return tf.cast(tf.linalg.matrix_transpose(tf.reshape(made, rows.shape)), self.dtype)

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._through(x, adjoint, adjoint_arg, False)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._through(rhs, adjoint, adjoint_arg, True)

    def _cond(self) -> Any:
        size = tf.abs(self._flat())
        return tf.reduce_max(size, axis=-1) / tf.reduce_min(size, axis=-1)

    def _eigvals(self) -> Any:
        return self._flat()

    def _determinant(self) -> Any:
        return tf.cast(tf.reduce_prod(self._flat(), axis=-1), self.dtype)

    def _log_abs_determinant(self) -> Any:
        return tf.cast(tf.reduce_sum(tf.math.log(tf.abs(self._flat())), axis=-1), self.dtype)

    def _trace(self) -> Any:
        spectrum = self._flat()
        real = tf.reduce_sum(tf.math.real(spectrum), axis=-1)
        if not self.dtype.is_complex:
            return tf.cast(real, self.dtype)
        rest = tf.zeros_like(real)
        if not self.is_self_adjoint:
            rest = tf.reduce_sum(tf.math.imag(spectrum), axis=-1)
        return tf.cast(tf.complex(real, rest), self.dtype)

    def _diag_part(self) -> Any:
        value = self.trace() / tf.cast(self.shape[-1], self.dtype)
        return value[..., None] * tf.ones(self.shape[:-1], self.dtype)


@published("input_output_dtype", spectrum=1)
class LinearOperatorCirculant(_Circulant):
    """A matrix that is diagonal after a Fourier transform."""

    _depth = 1


@published("input_output_dtype", spectrum=2)
class LinearOperatorCirculant2D(_Circulant):
    """A matrix that is diagonal after a Fourier transform over two axes."""

    _depth = 2


@published("input_output_dtype", spectrum=3)
class LinearOperatorCirculant3D(_Circulant):
    """A matrix that is diagonal after a Fourier transform over three axes."""

    _depth = 3
