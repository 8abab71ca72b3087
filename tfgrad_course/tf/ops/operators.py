"""Linear operators: matrices known by their structure, that multiply, solve and give determinants like any other.

Each class says what its matrix looks like; everything else is done on that matrix by the operations of tf.linalg, so
gradients reach what it was made of.
"""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import PUBLIC, composite
from tfgrad_course.tf._dtypes import as_dtype
from tfgrad_course.tf._errors import InvalidArgumentError
from tfgrad_course.tf._module import Module
from tfgrad_course.tf._shape import Dimension, TensorShape

_HINTS = ("is_non_singular", "is_self_adjoint", "is_positive_definite", "is_square")


def _tensor(value: Any, kind: Any = None) -> Any:
    """A tensor, or a variable as it is, so that later values count."""
    return value if hasattr(value, "assign") else convert(value, kind)


class LinearOperator(Module):
    """A matrix, or a batch of matrices, behind the operations on it."""

    def __init__(
        self, dtype: Any, graph_parents: Any = None, is_non_singular: Any = None, is_self_adjoint: Any = None,
        is_positive_definite: Any = None, is_square: Any = None, name: Any = None, parameters: Any = None,
    ) -> None:  # fmt: skip
        if is_positive_definite:
            if is_non_singular is False:
                raise ValueError("A positive definite matrix is always non-singular.")
            is_non_singular = True
        for hint, word in ((is_non_singular, "non-singular"), (is_self_adjoint, "self-adjoint")):
            if hint:
                if is_square is False:
                    raise ValueError(f"A {word} matrix is always square.")
                is_square = True
        self._dtype = None if dtype is None else as_dtype(dtype)
        self._hints = (is_non_singular, is_self_adjoint, is_positive_definite, is_square)
        self._name, self._parameters = name or type(self).__name__, parameters or {}

    def _matrix(self) -> Any:
        raise NotImplementedError("_matmul is not implemented.")

    def _shape(self) -> TensorShape:
        return self._matrix().shape  # type: ignore[no-any-return]

    # What is known of it ---------------------------------------------------------------------------

    @property
    def dtype(self) -> Any:
        """The dtype of the entries."""
        return self._dtype

    @property
    def name(self) -> str:
        """The name."""
        return str(self._name)

    @property
    def graph_parents(self) -> list[Any]:
        """What it was made of, in the days of graphs: nothing."""
        return []

    @property
    def parameters(self) -> dict[str, Any]:
        """What it was made with."""
        return dict(self._parameters)

    @property
    def is_non_singular(self) -> Any:
        """Whether it has an inverse, as far as it was said."""
        return self._hints[0]

    @property
    def is_self_adjoint(self) -> Any:
        """Whether it is its own conjugate transpose, as far as it was said."""
        return self._hints[1]

    @property
    def is_positive_definite(self) -> Any:
        """Whether x* A x is positive, as far as it was said."""
        return self._hints[2]

    @property
    def is_square(self) -> Any:
        """Whether it has as many rows as columns."""
        shape = self.shape
        square = shape[-1] == shape[-2]
        if self._hints[3] is not None and self._hints[3] != square:
            raise ValueError(f"User provided hint `is_square={self._hints[3]}` but shape was {shape}")
        return square

    @property
    def shape(self) -> TensorShape:
        """Batch, rows, columns."""
        return self._shape()

    @property
    def batch_shape(self) -> TensorShape:
        """The shape without rows and columns."""
        return self.shape[:-2]  # type: ignore[no-any-return]

    @property
    def tensor_rank(self) -> int:
        """The rank of the matrix as a tensor."""
        return int(self.shape.rank or 0)

    @property
    def domain_dimension(self) -> Any:
        """How many columns."""
        return Dimension(self.shape[-1])

    @property
    def range_dimension(self) -> Any:
        """How many rows."""
        return Dimension(self.shape[-2])

    def shape_tensor(self, name: str = "shape_tensor") -> Any:
        """The shape as a tensor."""
        return tf.constant(self.shape.as_list(), dt.int32)

    def batch_shape_tensor(self, name: str = "batch_shape_tensor") -> Any:
        """The batch shape as a tensor."""
        return tf.constant(self.batch_shape.as_list(), dt.int32)

    def tensor_rank_tensor(self, name: str = "tensor_rank_tensor") -> Any:
        """The rank as a tensor."""
        return tf.constant(self.tensor_rank)

    def domain_dimension_tensor(self, name: str = "domain_dimension_tensor") -> Any:
        """How many columns, as a tensor."""
        return tf.constant(self.shape[-1])

    def range_dimension_tensor(self, name: str = "range_dimension_tensor") -> Any:
        """How many rows, as a tensor."""
        return tf.constant(self.shape[-2])

    # Products and solutions --------------------------------------------------------------------------

    def to_dense(self, name: str = "to_dense") -> Any:
        """The matrix itself."""
        return tf.identity(self._matrix())

    def matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False, name: str = "matmul") -> Any:
        """The product with a matrix, or with another operator."""
        if isinstance(x, LinearOperator):
            left = self.adjoint() if adjoint else self
            right = x.adjoint() if adjoint_arg else x
            if right.shape[-2] != left.shape[-1]:
                raise ValueError(
                    f"Operators are incompatible. Expected `x` to have dimension {left.shape[-1]} but got "
                    f"{right.shape[-2]}."
                )
            return LinearOperatorComposition([left, right])
        x = self._beside(x)
        rows = self.shape[-2] if adjoint else self.shape[-1]
        have = x.shape[-1] if adjoint_arg else x.shape[-2]
        if rows != have:
            raise ValueError(f"Dimensions {rows} and {have} are not compatible")
        return tf.matmul(self._matrix(), x, adjoint_a=adjoint, adjoint_b=adjoint_arg)

    def __matmul__(self, other: Any) -> Any:
        return self.matmul(other)

    def _beside(self, x: Any) -> Any:
        x = convert(x, None if hasattr(x, "dtype") else self.dtype)
        if x.dtype is not self.dtype:
            raise TypeError(
                f"Expected argument to have dtype {self.dtype}.  Found: {x.dtype} in tensor {x!s}"
            )
        return x

    def matvec(self, x: Any, adjoint: bool = False, name: str = "matvec") -> Any:
        """The product with a vector."""
        return tf.squeeze(self.matmul(tf.expand_dims(self._beside(x), -1), adjoint), -1)

    def solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False, name: str = "solve") -> Any:
        """x with the matrix times x being rhs."""
        self._invertible("Exact solve")
        if isinstance(rhs, LinearOperator):
            left, right = self.adjoint() if adjoint else self, rhs.adjoint() if adjoint_arg else rhs
            return LinearOperatorComposition([left.inverse(), right])
        b = self._beside(rhs)
        b = tf.linalg.adjoint(b) if adjoint_arg else b
        matrix = self._matrix()
        if b.shape[-2] != matrix.shape[-1]:
            raise ValueError(f"Dimensions {matrix.shape[-1]} and {b.shape[-2]} are not compatible")
        lead = np.broadcast_shapes(tuple(matrix.shape[:-2]), tuple(b.shape[:-2]))
        matrix = tf.broadcast_to(matrix, [*lead, *matrix.shape[-2:]])
        return self._solved(matrix, tf.broadcast_to(b, [*lead, *b.shape[-2:]]), adjoint)

    def _solved(self, matrix: Any, b: Any, adjoint: bool) -> Any:
        return tf.linalg.solve(matrix, b, adjoint=adjoint)

    def solvevec(self, rhs: Any, adjoint: bool = False, name: str = "solve") -> Any:
        """x with the matrix times x being a vector."""
        return tf.squeeze(self.solve(tf.expand_dims(self._beside(rhs), -1), adjoint), -1)

    def _invertible(self, what: str) -> None:
        if self.is_non_singular is False:
            raise NotImplementedError(
                f"{what} not implemented for an operator that is expected to be singular."
            )
        if self.is_square is False:
            raise NotImplementedError(
                f"{what} not implemented for an operator that is expected to not be square."
            )

    def _squared(self, what: str) -> None:
        if self.is_square is False:
            raise NotImplementedError(
                f"{what} not implemented for an operator that is expected to not be square."
            )

    # Numbers that belong to it ---------------------------------------------------------------------------

    def determinant(self, name: str = "det") -> Any:
        """The determinant."""
        self._squared("Determinant")
        return tf.linalg.det(self._matrix())

    def log_abs_determinant(self, name: str = "log_abs_det") -> Any:
        """The logarithm of the determinant's size."""
        self._squared("Determinant")
        return tf.linalg.slogdet(self._matrix())[1]

    def trace(self, name: str = "trace") -> Any:
        """The sum of the diagonal."""
        return tf.linalg.trace(self._matrix())

    def diag_part(self, name: str = "diag_part") -> Any:
        """The diagonal."""
        return tf.linalg.diag_part(self._matrix())

    def eigvals(self, name: str = "eigvals") -> Any:
        """The eigenvalues of a self-adjoint operator."""
        if not self.is_self_adjoint:
            raise NotImplementedError("Only self-adjoint matrices are supported.")
        return tf.linalg.eigvalsh(self._matrix())

    def cond(self, name: str = "cond") -> Any:
        """The largest singular value over the smallest."""
        s = tf.linalg.svd(self._matrix(), compute_uv=False)
        return tf.reduce_max(s, -1) / tf.reduce_min(s, -1)

    def add_to_tensor(self, x: Any, name: str = "add_to_tensor") -> Any:
        """The matrix plus a tensor."""
        return self._matrix() + self._beside(x)

    # Operators made of it ---------------------------------------------------------------------------------

    def adjoint(self, name: str = "adjoint") -> LinearOperator:
        """The conjugate transpose."""
        return self if self.is_self_adjoint else LinearOperatorAdjoint(self)

    H = property(adjoint)

    def inverse(self, name: str = "inverse") -> LinearOperator:
        """The inverse."""
        if self.is_square is False:
            raise ValueError("Cannot take the Inverse: This operator represents a non square matrix.")
        if self.is_non_singular is False:
            raise ValueError("Cannot take the Inverse: This operator represents a singular matrix.")
        return LinearOperatorInversion(self)

    def cholesky(self, name: str = "cholesky") -> LinearOperator:
        """The lower triangular factor."""
        if not (self.is_positive_definite and self.is_self_adjoint):
            raise ValueError(
                "Cannot take the Cholesky decomposition: Not a positive definite self adjoint matrix."
            )
        return LinearOperatorLowerTriangular(
            tf.linalg.cholesky(self._matrix()), is_non_singular=True, is_self_adjoint=False, is_square=True
        )

    # Claims checked -----------------------------------------------------------------------------------------

    def assert_non_singular(self, name: str = "assert_non_singular") -> None:
        """InvalidArgumentError if it has no inverse, as far as numbers tell."""
        s = tf.linalg.svd(self._matrix(), compute_uv=False)._numpy()
        eps = np.finfo(s.dtype).eps * max(s.shape[-1], 1)
        if (s.min(-1, initial=np.inf) <= eps * s.max(-1, initial=0)).any():
            raise InvalidArgumentError(None, None, "Singular matrix up to precision epsilon.")

    def assert_self_adjoint(self, name: str = "assert_self_adjoint") -> None:
        """InvalidArgumentError if it differs from its conjugate transpose."""
        dense = self._matrix()._numpy()
        if not np.array_equal(dense, dense.swapaxes(-1, -2).conj()):
            raise InvalidArgumentError(None, None, "Matrix was not equal to its adjoint.")

    def assert_positive_definite(self, name: str = "assert_positive_definite") -> None:
        """InvalidArgumentError if it is not positive definite."""
        if not self.is_self_adjoint:
            raise NotImplementedError("assert_positive_definite is not implemented.")
        if not (np.linalg.eigvalsh(self._matrix()._numpy()) > 0).all():
            raise InvalidArgumentError(None, None, "Operator was not positive definite.")


# Matrices by their entries ------------------------------------------------------------------------------


def _init(self: Any, kind: Any, name: str, **hints: Any) -> None:
    LinearOperator.__init__(self, kind, name=name, **hints)


class LinearOperatorFullMatrix(LinearOperator):
    """A matrix of no special structure."""

    def __init__(
        self, matrix: Any, is_non_singular: Any = None, is_self_adjoint: Any = None, is_positive_definite: Any = None,
        is_square: Any = None, name: str = "LinearOperatorFullMatrix",
    ) -> None:  # fmt: skip
        self.matrix = _tensor(matrix)
        if self.matrix.shape.rank < 2:
            raise ValueError(f"Argument `matrix` must have at least 2 dimensions.  Found: {self.matrix}")
        _init(
            self, self.matrix.dtype, name, is_non_singular=is_non_singular, is_self_adjoint=is_self_adjoint,
            is_positive_definite=is_positive_definite, is_square=is_square,
        )  # fmt: skip

    def _matrix(self) -> Any:
        return convert(self.matrix)


class LinearOperatorLowerTriangular(LinearOperator):
    """A lower triangular matrix; what stands above its diagonal is not looked at."""

    def __init__(
        self, tril: Any, is_non_singular: Any = None, is_self_adjoint: Any = None, is_positive_definite: Any = None,
        is_square: Any = None, name: str = "LinearOperatorLowerTriangular",
    ) -> None:  # fmt: skip
        if is_square is False:
            raise ValueError("Only square lower triangular operators supported at this time.")
        self.tril = _tensor(tril)
        _init(
            self, self.tril.dtype, name, is_non_singular=is_non_singular, is_self_adjoint=is_self_adjoint,
            is_positive_definite=is_positive_definite, is_square=True,
        )  # fmt: skip

    def _matrix(self) -> Any:
        return tf.linalg.band_part(convert(self.tril), -1, 0)

    def _solved(self, matrix: Any, b: Any, adjoint: bool) -> Any:
        return tf.linalg.triangular_solve(matrix, b, lower=True, adjoint=adjoint)

    def determinant(self, name: str = "det") -> Any:
        """The product of the diagonal."""
        return tf.reduce_prod(self.diag_part(), -1)


class LinearOperatorDiag(LinearOperator):
    """A diagonal matrix."""

    def __init__(
        self, diag: Any, is_non_singular: Any = None, is_self_adjoint: Any = None, is_positive_definite: Any = None,
        is_square: Any = None, name: str = "LinearOperatorDiag",
    ) -> None:  # fmt: skip
        self.diag = _tensor(diag)
        if self.diag.shape.rank < 1:
            raise ValueError("Argument `diag` must have at least 1 dimension.")
        if not self.diag.dtype.is_complex:
            if is_self_adjoint is False:
                raise ValueError("A real diagonal operator is always self adjoint.")
            is_self_adjoint = True
        if is_square is False:
            raise ValueError("Only square diagonal operators currently supported.")
        _init(
            self, self.diag.dtype, name, is_non_singular=is_non_singular, is_self_adjoint=is_self_adjoint,
            is_positive_definite=is_positive_definite, is_square=True,
        )  # fmt: skip

    def _matrix(self) -> Any:
        return tf.linalg.diag(convert(self.diag))

    def _solved(self, matrix: Any, b: Any, adjoint: bool) -> Any:
        diagonal = convert(self.diag)
        return b / tf.expand_dims(tf.math.conj(diagonal) if adjoint else diagonal, -1)

    def inverse(self, name: str = "inverse") -> LinearOperator:
        """The diagonal matrix of reciprocals."""
        return LinearOperatorDiag(
            1.0 / convert(self.diag), is_non_singular=self.is_non_singular, is_self_adjoint=self.is_self_adjoint,
            is_positive_definite=self.is_positive_definite, is_square=True,
        )  # fmt: skip

    def matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False, name: str = "matmul") -> Any:
        """The product; with another diagonal operator it is diagonal."""
        if isinstance(x, LinearOperatorDiag) and not (adjoint or adjoint_arg):
            return LinearOperatorDiag(convert(self.diag) * convert(x.diag))
        return super().matmul(x, adjoint, adjoint_arg)


class LinearOperatorTridiag(LinearOperator):
    """A matrix of three diagonals."""

    def __init__(
        self, diagonals: Any, diagonals_format: str = "compact", is_non_singular: Any = None, is_self_adjoint: Any = None,
        is_positive_definite: Any = None, is_square: Any = None, name: str = "LinearOperatorTridiag",
    ) -> None:  # fmt: skip
        if diagonals_format not in ("compact", "matrix", "sequence"):
            raise ValueError(
                f"Argument `diagonals_format` must be one of compact, matrix, or sequence. Found : {diagonals_format}."
            )
        if is_square is False:
            raise ValueError("Only square tridiagonal operators currently supported.")
        self.diagonals_format = diagonals_format
        if diagonals_format == "sequence":
            parts = [_tensor(d) for d in diagonals]
            kind = parts[0].dtype
            self.diagonals: Any = parts
        else:
            self.diagonals = _tensor(diagonals)
            kind = self.diagonals.dtype
        _init(
            self, kind, name, is_non_singular=is_non_singular, is_self_adjoint=is_self_adjoint,
            is_positive_definite=is_positive_definite, is_square=True,
        )  # fmt: skip

    def _matrix(self) -> Any:
        if self.diagonals_format == "matrix":
            # Its products see three diagonals; only to_dense gives back the rest, too.
            return _between(convert(self.diagonals), 1)
        sequence = self.diagonals_format == "sequence"
        packed = tf.stack(self.diagonals, -2) if sequence else convert(self.diagonals)
        n = packed.shape[-1]
        return tf.linalg.diag(packed, k=(-1, 1), num_rows=n, num_cols=n, align="LEFT_RIGHT")

    def to_dense(self, name: str = "to_dense") -> Any:
        """The matrix itself."""
        return tf.identity(self.diagonals) if self.diagonals_format == "matrix" else super().to_dense()


def _between(matrix: Any, width: int) -> Any:
    return tf.linalg.band_part(matrix, width, width) if matrix.shape[-1] > width else matrix


# Matrices by a rule --------------------------------------------------------------------------------------


class _Sized(LinearOperator):
    """A square matrix given by its size and a batch shape."""

    def __init__(
        self, num_rows: Any, batch_shape: Any, kind: Any, name: str, columns: Any = None, **hints: Any
    ) -> None:
        self._rows = int(convert(num_rows)._numpy())
        self._columns = self._rows if columns is None else int(convert(columns)._numpy())
        self._batch = [] if batch_shape is None else [int(n) for n in convert(batch_shape, dt.int32)._numpy()]
        if self._rows < 0:
            raise ValueError(f"Argument `num_rows` must be non-negative. Found: {num_rows}")
        _init(self, kind, name, **hints)


class LinearOperatorIdentity(_Sized):
    """The identity."""

    def __init__(
        self, num_rows: Any, batch_shape: Any = None, dtype: Any = None, is_non_singular: Any = True,
        is_self_adjoint: Any = True, is_positive_definite: Any = True, is_square: Any = True,
        assert_proper_shapes: bool = False, name: str = "LinearOperatorIdentity",
    ) -> None:  # fmt: skip
        claims = (
            (is_self_adjoint, "self adjoint"), (is_square, "square"), (is_non_singular, "non-singular"),
            (is_positive_definite, "positive-definite"),
        )  # fmt: skip
        for claim, word in claims:
            if not claim:
                raise ValueError(f"An identity operator is always {word}.")
        super().__init__(
            num_rows, batch_shape, dt.float32 if dtype is None else dtype, name, is_non_singular=True,
            is_self_adjoint=True, is_positive_definite=True, is_square=True,
        )  # fmt: skip

    def _matrix(self) -> Any:
        return tf.eye(self._rows, batch_shape=self._batch, dtype=self.dtype)

    def matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False, name: str = "matmul") -> Any:
        """What is multiplied."""
        return (
            x
            if isinstance(x, LinearOperator) and not adjoint_arg
            else super().matmul(x, adjoint, adjoint_arg)
        )

    def inverse(self, name: str = "inverse") -> LinearOperator:
        """The identity."""
        return self

    cholesky = inverse


class LinearOperatorScaledIdentity(_Sized):
    """A number times the identity."""

    def __init__(
        self, num_rows: Any, multiplier: Any, is_non_singular: Any = None, is_self_adjoint: Any = None,
        is_positive_definite: Any = None, is_square: Any = True, assert_proper_shapes: bool = False,
        name: str = "LinearOperatorScaledIdentity",
    ) -> None:  # fmt: skip
        self.multiplier = _tensor(multiplier)
        if not is_square:
            raise ValueError("A ScaledIdentity operator is always square.")
        if not self.multiplier.dtype.is_complex:
            if is_self_adjoint is False:
                raise ValueError("A real ScaledIdentity operator is always self adjoint.")
            is_self_adjoint = True
        super().__init__(
            num_rows, None, self.multiplier.dtype, name, is_non_singular=is_non_singular,
            is_self_adjoint=is_self_adjoint, is_positive_definite=is_positive_definite, is_square=True,
        )  # fmt: skip

    def _matrix(self) -> Any:
        factor = convert(self.multiplier)
        return tf.reshape(factor, [*factor.shape, 1, 1]) * tf.eye(self._rows, dtype=self.dtype)

    def inverse(self, name: str = "inverse") -> LinearOperator:
        """The reciprocal times the identity."""
        return LinearOperatorScaledIdentity(
            self._rows, 1.0 / convert(self.multiplier), is_non_singular=self.is_non_singular,
            is_self_adjoint=True, is_positive_definite=self.is_positive_definite,
        )  # fmt: skip


class LinearOperatorZeros(_Sized):
    """The zero matrix."""

    def __init__(
        self, num_rows: Any, num_columns: Any = None, batch_shape: Any = None, dtype: Any = None,
        is_non_singular: Any = False, is_self_adjoint: Any = True, is_positive_definite: Any = False, is_square: Any = True,
        assert_proper_shapes: bool = False, name: str = "LinearOperatorZeros",
    ) -> None:  # fmt: skip
        if is_non_singular:
            raise ValueError("A zeros operator is always singular.")
        if is_positive_definite:
            raise ValueError("A zeros operator is always not positive-definite.")
        super().__init__(
            num_rows, batch_shape, dt.float32 if dtype is None else dtype, name, num_columns, is_non_singular=False,
            is_self_adjoint=is_self_adjoint, is_positive_definite=False, is_square=is_square,
        )  # fmt: skip

    def _matrix(self) -> Any:
        return tf.zeros([*self._batch, self._rows, self._columns], self.dtype)


class LinearOperatorPermutation(LinearOperator):
    """A matrix that orders rows anew."""

    def __init__(
        self, perm: Any, dtype: Any = dt.float32, is_non_singular: Any = None, is_self_adjoint: Any = None,
        is_positive_definite: Any = None, is_square: Any = None, name: str = "LinearOperatorPermutation",
    ) -> None:  # fmt: skip
        self.perm = _tensor(perm)
        if self.perm.dtype not in (dt.int32, dt.int64):
            raise TypeError(f"Argument `perm` must be integer dtype. Found: {self.perm}.")
        if is_non_singular is False or is_square is False:
            raise ValueError("A Permutation operator is always non-singular.")
        _init(
            self, dtype, name, is_non_singular=is_non_singular, is_self_adjoint=is_self_adjoint,
            is_positive_definite=is_positive_definite, is_square=True,
        )  # fmt: skip

    def _matrix(self) -> Any:
        return tf.one_hot(self.perm, self.perm.shape[-1], dtype=self.dtype)


class LinearOperatorHouseholder(LinearOperator):
    """The reflection at the plane orthogonal to a vector."""

    def __init__(
        self, reflection_axis: Any, is_non_singular: Any = None, is_self_adjoint: Any = None,
        is_positive_definite: Any = None, is_square: Any = None, name: str = "LinearOperatorHouseholder",
    ) -> None:  # fmt: skip
        self.reflection_axis = _tensor(reflection_axis)
        if is_positive_definite is True:
            raise ValueError("A Householder operator is not positive definite.")
        _init(
            self, self.reflection_axis.dtype, name, is_non_singular=is_non_singular, is_self_adjoint=True,
            is_positive_definite=False, is_square=True,
        )  # fmt: skip

    def _matrix(self) -> Any:
        v = convert(self.reflection_axis)
        v = tf.expand_dims(v / tf.linalg.norm(v, axis=-1, keepdims=True), -1)
        return tf.eye(v.shape[-2], dtype=self.dtype) - 2.0 * tf.matmul(v, v, adjoint_b=True)


class LinearOperatorToeplitz(LinearOperator):
    """A matrix constant along its diagonals."""

    def __init__(
        self, col: Any, row: Any, is_non_singular: Any = None, is_self_adjoint: Any = None,
        is_positive_definite: Any = None, is_square: Any = None, name: str = "LinearOperatorToeplitz",
    ) -> None:  # fmt: skip
        self.col, self.row = _tensor(col), _tensor(row)
        if is_square is False:
            raise ValueError("Only square Toeplitz operators currently supported.")
        _init(
            self, self.row.dtype, name, is_non_singular=is_non_singular, is_self_adjoint=is_self_adjoint,
            is_positive_definite=is_positive_definite, is_square=True,
        )  # fmt: skip

    def _matrix(self) -> Any:
        col, row = convert(self.col), convert(self.row)
        lead = np.broadcast_shapes(tuple(col.shape[:-1]), tuple(row.shape[:-1]))
        n = row.shape[-1]
        col, row = (tf.broadcast_to(t, [*lead, n]) for t in (col, row))
        band = tf.concat([tf.reverse(row[..., 1:], [-1]), col], -1)
        at = np.arange(n)[:, None] - np.arange(n) + n - 1
        return tf.gather(band, at.astype(np.int32), axis=-1)


def _circulant(depth: int) -> Any:
    """The class of operators that are diagonal after a Fourier transform over so many axes."""
    suffix = "" if depth == 1 else f"{depth}D"
    transform, back = ("fft", "ifft") if depth == 1 else (f"fft{depth}d", f"ifft{depth}d")

    class Circulant(LinearOperator):
        """A matrix that is diagonal after a Fourier transform."""

        def __init__(
            self, spectrum: Any, input_output_dtype: Any = dt.complex64, is_non_singular: Any = None,
            is_self_adjoint: Any = None, is_positive_definite: Any = None, is_square: Any = True, name: Any = None,
        ) -> None:  # fmt: skip
            self.spectrum = _tensor(spectrum)
            if not self.spectrum.dtype.is_complex:
                is_self_adjoint = True
            _init(
                self, input_output_dtype, name or type(self).__name__, is_non_singular=is_non_singular,
                is_self_adjoint=is_self_adjoint, is_positive_definite=is_positive_definite, is_square=is_square,
            )  # fmt: skip

        def _matrix(self) -> Any:
            kind = dt.complex128 if self.dtype in (dt.float64, dt.complex128) else dt.complex64
            spectrum = tf.cast(convert(self.spectrum), kind)
            block = spectrum.shape.as_list()[-depth:]
            n = int(np.prod(block))
            unit = tf.reshape(tf.eye(n, dtype=kind), [n, *block])
            waves = getattr(tf.signal, transform)(unit)
            lead = spectrum.shape.as_list()[:-depth]
            scaled = tf.reshape(spectrum, [*lead, 1, *block]) * waves
            columns = tf.reshape(getattr(tf.signal, back)(scaled), [*lead, n, n])
            return tf.cast(tf.linalg.matrix_transpose(columns), self.dtype)

        def eigvals(self, name: str = "eigvals") -> Any:
            """The spectrum."""
            spectrum = convert(self.spectrum)
            return tf.reshape(spectrum, [*spectrum.shape.as_list()[:-depth], -1])

        @property
        def block_depth(self) -> int:
            """Over how many axes the transform goes."""
            return depth

        @property
        def block_shape(self) -> TensorShape:
            """The shape of these axes."""
            return convert(self.spectrum).shape[-depth:]  # type: ignore[no-any-return]

        def convolution_kernel(self, name: str = "convolution_kernel") -> Any:
            """What a vector is convolved with."""
            kind = dt.complex128 if self.dtype in (dt.float64, dt.complex128) else dt.complex64
            return tf.cast(getattr(tf.signal, back)(tf.cast(convert(self.spectrum), kind)), self.dtype)

    Circulant.__name__ = Circulant.__qualname__ = f"LinearOperatorCirculant{suffix}"
    return Circulant


LinearOperatorCirculant = _circulant(1)
LinearOperatorCirculant2D = _circulant(2)
LinearOperatorCirculant3D = _circulant(3)


# Operators made of operators ---------------------------------------------------------------------------------


class LinearOperatorAdjoint(LinearOperator):
    """The conjugate transpose of an operator."""

    def __init__(
        self, operator: Any, is_non_singular: Any = None, is_self_adjoint: Any = None, is_positive_definite: Any = None,
        is_square: Any = None, name: Any = None,
    ) -> None:  # fmt: skip
        self.operator = operator
        hints = [h if h is not None else o for h, o in zip(
            (is_non_singular, is_self_adjoint, is_positive_definite, is_square), operator._hints, strict=True)]  # fmt: skip
        name = name or f"{operator.name}_adjoint"
        _init(self, operator.dtype, name, **dict(zip(_HINTS, hints, strict=True)))

    def _matrix(self) -> Any:
        return tf.linalg.adjoint(self.operator._matrix())

    def adjoint(self, name: str = "adjoint") -> LinearOperator:
        """The operator itself."""
        return self.operator  # type: ignore[no-any-return]

    H = property(adjoint)


class LinearOperatorInversion(LinearOperator):
    """The inverse of an operator."""

    def __init__(
        self, operator: Any, is_non_singular: Any = None, is_self_adjoint: Any = None, is_positive_definite: Any = None,
        is_square: Any = None, name: Any = None,
    ) -> None:  # fmt: skip
        self.operator = operator
        if operator.is_square is False or operator.is_non_singular is False or is_non_singular is False:
            raise ValueError("operator and supplied hints must have is_non_singular either True or None.")
        hints = [h if h is not None else o for h, o in zip(
            (True, is_self_adjoint, is_positive_definite, is_square), operator._hints, strict=True)]  # fmt: skip
        name = name or f"{operator.name}_inv"
        _init(self, operator.dtype, name, **dict(zip(_HINTS, hints, strict=True)))

    def _matrix(self) -> Any:
        return tf.linalg.inv(self.operator._matrix())

    def inverse(self, name: str = "inverse") -> LinearOperator:
        """The operator itself."""
        return self.operator  # type: ignore[no-any-return]


def _checked_operators(operators: Any) -> list[Any]:
    if not operators:
        raise ValueError(f"Expected a non-empty list of operators. Found: {operators}.")
    kinds = {operator.dtype for operator in operators}
    if len(kinds) > 1:
        told = " ".join(f"({operator.name}, {operator.dtype})" for operator in operators)
        raise TypeError(f"Expected all operators to have the same dtype.  Found {told}")
    return list(operators)


class _Several(LinearOperator):
    """An operator made of several."""

    def __init__(
        self, operators: Any, is_non_singular: Any = None, is_self_adjoint: Any = None, is_positive_definite: Any = None,
        is_square: Any = None, name: Any = None,
    ) -> None:  # fmt: skip
        self.operators = _checked_operators(operators)
        if is_non_singular is None and all(operator.is_non_singular for operator in self.operators):
            is_non_singular = True
        _init(
            self, self.operators[0].dtype, name or self._named(), is_non_singular=is_non_singular,
            is_self_adjoint=is_self_adjoint, is_positive_definite=is_positive_definite, is_square=is_square,
        )  # fmt: skip

    def _named(self) -> str:
        return "_o_".join(operator.name for operator in self.operators)


class LinearOperatorComposition(_Several):
    """Operators one after the other."""

    def _matrix(self) -> Any:
        for one, next_one in zip(self.operators[:-1], self.operators[1:], strict=True):
            if one.shape[-1] != next_one.shape[-2]:
                raise ValueError(f"Dimensions {one.shape[-1]} and {next_one.shape[-2]} are not compatible")
        product = self.operators[0]._matrix()
        for operator in self.operators[1:]:
            product = tf.matmul(product, operator._matrix())
        return product


class LinearOperatorKronecker(_Several):
    """The Kronecker product of operators."""

    def _named(self) -> str:
        return "_x_".join(operator.name for operator in self.operators)

    def _matrix(self) -> Any:
        product = self.operators[0]._matrix()
        for operator in self.operators[1:]:
            y = operator._matrix()
            spread = product[..., :, None, :, None] * y[..., None, :, None, :]
            lead = spread.shape.as_list()[:-4]
            rows, columns = product.shape[-2] * y.shape[-2], product.shape[-1] * y.shape[-1]
            product = tf.reshape(spread, [*lead, rows, columns])
        return product


def _beside_zeros(blocks: list[Any], dtype: Any) -> Any:
    """Blocks along the diagonal."""
    lead = np.broadcast_shapes(*(tuple(b.shape[:-2]) for b in blocks))
    widths = [b.shape[-1] for b in blocks]
    lines, before = [], 0
    for block in blocks:
        rows, columns = block.shape[-2:]
        after = sum(widths) - before - columns
        wide = tf.broadcast_to(block, [*lead, rows, columns])
        lines.append(tf.pad(wide, [[0, 0]] * (len(lead) + 1) + [[before, after]]))
        before += columns
    return tf.concat(lines, -2)


class LinearOperatorBlockDiag(_Several):
    """Operators along the diagonal."""

    def _named(self) -> str:
        return "_ds_".join(operator.name for operator in self.operators)

    def _matrix(self) -> Any:
        return _beside_zeros([operator._matrix() for operator in self.operators], self.dtype)


class LinearOperatorBlockLowerTriangular(_Several):
    """Rows of operators below and on the diagonal."""

    def __init__(
        self, operators: Any, is_non_singular: Any = None, is_self_adjoint: Any = None, is_positive_definite: Any = None,
        is_square: Any = None, name: str = "LinearOperatorBlockLowerTriangular",
    ) -> None:  # fmt: skip
        self.rows = [list(row) for row in operators]
        for i, row in enumerate(self.rows):
            if len(row) != i + 1:
                raise ValueError(
                    f"Argument `operators[{i}]` must contain `{i + 1}` blocks. Received: {len(row)} blocks."
                )
        hints = (is_non_singular, is_self_adjoint, is_positive_definite, is_square)
        super().__init__([one for row in self.rows for one in row], *hints, name)

    def _matrix(self) -> Any:
        width = sum(row[-1].shape[-1] for row in self.rows)
        lines = []
        for row in self.rows:
            line = tf.concat([one._matrix() for one in row], -1)
            pads = [[0, 0]] * (line.shape.rank - 1) + [[0, width - line.shape[-1]]]
            lines.append(tf.pad(line, pads))
        return tf.concat(lines, -2)


class LinearOperatorLowRankUpdate(LinearOperator):
    """An operator plus a product of thin matrices: L + U D V*."""

    def __init__(
        self, base_operator: Any, u: Any, diag_update: Any = None, v: Any = None, is_diag_update_positive: Any = None,
        is_non_singular: Any = None, is_self_adjoint: Any = None, is_positive_definite: Any = None, is_square: Any = None,
        name: str = "LinearOperatorLowRankUpdate",
    ) -> None:  # fmt: skip
        self.base_operator, self.u = base_operator, _tensor(u)
        self.v = self.u if v is None else _tensor(v)
        self.diag_update = None if diag_update is None else _tensor(diag_update)
        real = self.diag_update is None or not self.diag_update.dtype.is_complex
        if is_self_adjoint is None and base_operator.is_self_adjoint and v is None and real:
            is_self_adjoint = True
        _init(
            self, base_operator.dtype, name, is_non_singular=is_non_singular, is_self_adjoint=is_self_adjoint,
            is_positive_definite=is_positive_definite, is_square=is_square,
        )  # fmt: skip

    def _matrix(self) -> Any:
        u = convert(self.u)
        scaled = u if self.diag_update is None else u * tf.expand_dims(convert(self.diag_update), -2)
        return self.base_operator._matrix() + tf.matmul(scaled, convert(self.v), adjoint_b=True)


CgState = namedtuple("CgState", ["i", "x", "r", "p", "gamma"])


@composite("linalg.experimental.conjugate_gradient")
def conjugate_gradient(
    operator: Any, rhs: Any, preconditioner: Any = None, x: Any = None, tol: float = 1e-5, max_iter: int = 20,
    name: str = "conjugate_gradient",
) -> Any:  # fmt: skip
    """The solution for a positive definite operator, step by step (Saad 2003, algorithm 9.1)."""
    if not (operator.is_self_adjoint and operator.is_positive_definite):
        raise ValueError("Expected a self-adjoint, positive definite operator.")
    rhs = convert(rhs)
    dot = lambda a, b: (
        tf.reduce_sum(tf.math.conj(a) * b, -1) if a.dtype.is_complex else tf.reduce_sum(a * b, -1)
    )
    smooth = (lambda r: r) if preconditioner is None else preconditioner.matvec
    x = tf.zeros_like(rhs) if x is None else convert(x)
    r = rhs - operator.matvec(x)
    p = smooth(r)
    gamma, i = dot(r, p), 0
    limit = tol * tf.norm(rhs, axis=-1)
    while i < max_iter and bool(tf.reduce_any(tf.norm(r, axis=-1) > limit)):
        z = operator.matvec(p)
        step = gamma / dot(p, z)
        x, r = x + step[..., None] * p, r - step[..., None] * z
        q = smooth(r)
        grown = dot(r, q)
        p, gamma, i = q + (grown / gamma)[..., None] * p, grown, i + 1
    return CgState(tf.constant(i), x, r, p, gamma)


_CLASSES = [
    LinearOperator, LinearOperatorAdjoint, LinearOperatorBlockDiag, LinearOperatorBlockLowerTriangular,
    LinearOperatorCirculant, LinearOperatorCirculant2D, LinearOperatorCirculant3D, LinearOperatorComposition,
    LinearOperatorDiag, LinearOperatorFullMatrix, LinearOperatorHouseholder, LinearOperatorIdentity,
    LinearOperatorInversion, LinearOperatorKronecker, LinearOperatorLowRankUpdate, LinearOperatorLowerTriangular,
    LinearOperatorPermutation, LinearOperatorScaledIdentity, LinearOperatorToeplitz, LinearOperatorTridiag,
    LinearOperatorZeros,
]  # fmt: skip
for _class in _CLASSES:
    PUBLIC[f"linalg.{_class.__name__}"] = _class
