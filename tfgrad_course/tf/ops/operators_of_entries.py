"""Linear operators given by their entries: full, triangular, diagonal, tridiagonal, and what is little changed."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._operator import LinearOperator
from tfgrad_course.tf._operator_parts import (
    both_non_singular,
    both_self_adjoint,
    commuting,
    conjugate,
    kept,
    no_imaginary_part,
    no_zeros,
    published,
    solved,
)
from tfgrad_course.tf._shape import Dimension

_KINDS = [dt.float16, dt.float32, dt.float64, dt.complex64, dt.complex128]


@published(matrix=2)
class LinearOperatorFullMatrix(LinearOperator):
    """A matrix of no special structure."""

    def __init__(
        self, matrix: Any, is_non_singular: Any = None, is_self_adjoint: Any = None, is_positive_definite: Any = None,
        is_square: Any = None, name: str = "LinearOperatorFullMatrix",
    ) -> None:  # fmt: skip
        self.matrix = kept(matrix)
        if self.matrix.dtype not in _KINDS:
            raise TypeError(f"Argument `matrix` must have dtype in {_KINDS}. Received: {self.matrix.dtype}.")
        if self.matrix.shape.rank < 2:
            raise ValueError(
                f"Argument `matrix` must have at least 2 dimensions. Received: {convert(self.matrix)}."
            )
        super().__init__(
            self.matrix.dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name
        )

    def _shape(self) -> Any:
        return self.matrix.shape

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return tf.matmul(self.matrix, x, adjoint_a=adjoint, adjoint_b=adjoint_arg)

    def _to_dense(self) -> Any:
        return self.matrix


@published(tril=2)
class LinearOperatorLowerTriangular(LinearOperator):
    """A lower triangular matrix; what stands above its diagonal is not looked at."""

    def __init__(
        self, tril: Any, is_non_singular: Any = None, is_self_adjoint: Any = None, is_positive_definite: Any = None,
        is_square: Any = None, name: str = "LinearOperatorLowerTriangular",
    ) -> None:  # fmt: skip
        if is_square is False:
            raise ValueError("Only square lower triangular operators supported at this time.")
        self.tril = kept(tril)
        if self.tril.shape.rank < 2:
            raise ValueError(f"Argument tril must have at least 2 dimensions.  Found: {convert(self.tril)!r}")
        super().__init__(
            self.tril.dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, True, name
        )

    def _shape(self) -> Any:
        return self.tril.shape

    def _diagonal(self) -> Any:
        return tf.linalg.diag_part(self.tril)

    def _to_dense(self) -> Any:
        return tf.linalg.band_part(self.tril, -1, 0)

    def _assert_non_singular(self) -> None:
        no_zeros(self._diagonal(), "Singular operator:  Diagonal contained zero values.")

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return tf.matmul(self._to_dense(), x, adjoint_a=adjoint, adjoint_b=adjoint_arg)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        b = tf.linalg.adjoint(rhs) if adjoint_arg else rhs
        return tf.linalg.triangular_solve(self._to_dense(), b, lower=True, adjoint=adjoint)

    def _linop_matmul(self, left: Any, right: Any) -> Any:
        if isinstance(right, LinearOperatorDiag):
            return LinearOperatorLowerTriangular(
                left.to_dense() * right.diag, is_non_singular=both_non_singular(right, left),
                is_self_adjoint=both_self_adjoint(right, left), is_square=True,
            )  # fmt: skip
        return super()._linop_matmul(left, right)

    def _determinant(self) -> Any:
        return tf.reduce_prod(self._diagonal(), axis=[-1])

    def _log_abs_determinant(self) -> Any:
        return tf.reduce_sum(tf.math.log(tf.abs(self._diagonal())), axis=[-1])

    def _eigvals(self) -> Any:
        return self._diagonal()


@published(diag=1)
class LinearOperatorDiag(LinearOperator):
    """A diagonal matrix."""

    def __init__(
        self, diag: Any, is_non_singular: Any = None, is_self_adjoint: Any = None, is_positive_definite: Any = None,
        is_square: Any = None, name: str = "LinearOperatorDiag",
    ) -> None:  # fmt: skip
        self.diag = kept(diag)
        if self.diag.shape.rank < 1:
            raise ValueError(f"Argument diag must have at least 1 dimension.  Found: {convert(self.diag)!r}")
        if not self.diag.dtype.is_complex:
            if is_self_adjoint is False:
                raise ValueError("A real diagonal operator is always self adjoint.")
            is_self_adjoint = True
        if is_square is False:
            raise ValueError("Only square diagonal operators currently supported.")
        super().__init__(
            self.diag.dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, True, name
        )

    def _shape(self) -> Any:
        return self.diag.shape.concatenate(self.diag.shape[-1:])

    def _to_dense(self) -> Any:
        return tf.linalg.diag(self.diag)

    def _turned(self, adjoint: bool) -> Any:
        return tf.math.conj(self.diag) if adjoint else convert(self.diag)

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return tf.expand_dims(self._turned(adjoint), -1) * (tf.linalg.adjoint(x) if adjoint_arg else x)

    def _matvec(self, x: Any, adjoint: bool = False) -> Any:
        return self._turned(adjoint) * x

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        b = tf.linalg.adjoint(rhs) if adjoint_arg else rhs
        return b * tf.expand_dims(1.0 / self._turned(adjoint), -1)

    def _linop_adjoint(self) -> Any:
        return LinearOperatorDiag(conjugate(self.diag), **{**self.hints(), "is_square": True})

    def _linop_inverse(self) -> Any:
        return LinearOperatorDiag(1.0 / convert(self.diag), **{**self.hints(), "is_square": True})

    def _linop_cholesky(self) -> Any:
        return LinearOperatorDiag(
            tf.sqrt(self.diag), is_non_singular=True, is_self_adjoint=True, is_positive_definite=True, is_square=True
        )  # fmt: skip

    def _linop_matmul(self, left: Any, right: Any) -> Any:
        hints = commuting(left, right)
        own = convert(left.diag)
        if isinstance(right, LinearOperatorDiag):
            return LinearOperatorDiag(own * right.diag, **hints)
        if isinstance(right, tf.linalg.LinearOperatorScaledIdentity):
            return LinearOperatorDiag(own * right.multiplier, **hints)
        if isinstance(right, LinearOperatorLowerTriangular):
            hints["is_positive_definite"] = None
            return LinearOperatorLowerTriangular(own[..., None] * right.to_dense(), **hints)
        return super()._linop_matmul(left, right)

    def _linop_solve(self, left: Any, right: Any) -> Any:
        hints = commuting(left, right)
        own = convert(left.diag)
        if isinstance(right, LinearOperatorDiag):
            return LinearOperatorDiag(right.diag / own, **hints)
        if isinstance(right, tf.linalg.LinearOperatorScaledIdentity):
            return LinearOperatorDiag(right.multiplier / own, **hints)
        if isinstance(right, LinearOperatorLowerTriangular):
            hints["is_positive_definite"] = None
            return LinearOperatorLowerTriangular(right.to_dense() / own[..., None], **hints)
        return super()._linop_solve(left, right)

    def _assert_non_singular(self) -> None:
        no_zeros(self.diag, "Singular operator:  Diagonal contained zero values.")

    def _assert_positive_definite(self) -> None:
        words = "Real diagonal operator had non-positive diagonal entries, thus was not positive definite."
        if self.dtype.is_complex:
            words = "Diagonal operator had diagonal entries with non-positive real part, thus was not positive definite."
        tf.debugging.assert_positive(tf.math.real(self.diag), message=words)

    def _assert_self_adjoint(self) -> None:
        words = "This diagonal operator contained non-zero imaginary values.   Thus it was not self-adjoint."
        no_imaginary_part(self.diag, words)

    def _determinant(self) -> Any:
        return tf.reduce_prod(self.diag, axis=[-1])

    def _log_abs_determinant(self) -> Any:
        return tf.cast(tf.reduce_sum(tf.math.log(tf.abs(self.diag)), axis=[-1]), self.dtype)

    def _diag_part(self) -> Any:
        return self.diag

    def _add_to_tensor(self, x: Any) -> Any:
        return tf.linalg.set_diag(x, self.diag + tf.linalg.diag_part(x))

    def _eigvals(self) -> Any:
        return convert(self.diag)

    def _cond(self) -> Any:
        size = tf.abs(self.diag)
        return tf.reduce_max(size, axis=-1) / tf.reduce_min(size, axis=-1)


@published("diagonals_format", diagonals=2)
class LinearOperatorTridiag(LinearOperator):
    """A matrix of three diagonals."""

    def __init__(
        self, diagonals: Any, diagonals_format: str = "compact", is_non_singular: Any = None, is_self_adjoint: Any = None,
        is_positive_definite: Any = None, is_square: Any = None, name: str = "LinearOperatorTridiag",
    ) -> None:  # fmt: skip
        if diagonals_format not in ("compact", "matrix", "sequence"):
            raise ValueError(
                f"Argument `diagonals_format` must be one of compact, matrix, or sequence. Received : {diagonals_format}."
            )
        self.diagonals_format = diagonals_format
        apart = diagonals_format == "sequence"
        parts = [kept(d) for d in diagonals] if apart else [kept(diagonals)]
        self.diagonals: Any = parts if apart else parts[0]
        kind = parts[0].dtype
        super().__init__(kind, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name)

    @property
    def _experimental_parameter_ndims_to_matrix_ndims(self) -> Any:
        return {"diagonals": [1, 1, 1] if self.diagonals_format == "sequence" else 2}

    def _shape(self) -> Any:
        if self.diagonals_format == "matrix":
            return self.diagonals.shape
        if self.diagonals_format == "compact":
            lead, n = self.diagonals.shape[:-2], self.diagonals.shape[-1]
        else:
            first, main, last = (self.diagonals[i].shape for i in range(3))
            lead = tf.broadcast_static_shape(tf.broadcast_static_shape(first[:-1], main[:-1]), last[:-1])
            n = main[-1]
        return lead.concatenate([n, n])

    def _adjoint_diagonals(self) -> Any:
        if self.diagonals_format == "matrix":
            return tf.linalg.adjoint(self.diagonals)
        apart = self.diagonals_format == "sequence"
        upper, main, low = self.diagonals if apart else tf.unstack(convert(self.diagonals), 3, axis=-2)
        made = [tf.math.conj(d) for d in (tf.roll(low, -1, -1), main, tf.roll(upper, 1, -1))]
        return made if apart else tf.stack(made, axis=-2)

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        diagonals = self._adjoint_diagonals() if adjoint else self.diagonals
        x = tf.linalg.adjoint(x) if adjoint_arg else x
        return tf.linalg.tridiagonal_matmul(diagonals, x, diagonals_format=self.diagonals_format)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        diagonals = self._adjoint_diagonals() if adjoint else self.diagonals
        lead = tf.broadcast_static_shape(self.batch_shape, rhs.shape[:-2])
        b = tf.broadcast_to(rhs, [*lead, *rhs.shape[-2:]])
        n = self.shape[-1]
        if self.diagonals_format == "sequence":
            diagonals = [tf.broadcast_to(d, [*lead, n]) for d in diagonals]
        else:
            diagonals = tf.broadcast_to(diagonals, [*lead, *diagonals.shape[-2:]])
        return tf.linalg.tridiagonal_solve(
            diagonals, b, diagonals_format=self.diagonals_format, transpose_rhs=adjoint_arg, conjugate_rhs=adjoint_arg
        )  # fmt: skip

    def _assert_self_adjoint(self) -> None:
        if self.diagonals_format == "matrix":
            super()._assert_self_adjoint()
            return
        apart = self.diagonals_format == "sequence"
        upper, main, low = self.diagonals if apart else tf.unstack(convert(self.diagonals), 3, axis=-2)
        no_imaginary_part(
            main, "This tridiagonal operator contained non-zero imaginary values on the diagonal."
        )
        low = tf.math.conj(tf.roll(low, -1, -1)[..., :-1])
        words = "This tridiagonal operator has non-conjugate subdiagonal and superdiagonal."
        tf.debugging.assert_equal(low, upper[..., :-1], message=words)

    def _diag_part(self) -> Any:
        if self.diagonals_format == "matrix":
            return tf.linalg.diag_part(self.diagonals)
        if self.diagonals_format == "sequence":
            return tf.broadcast_to(self.diagonals[1], self.shape[:-1])
        return self.diagonals[..., 1, :]

    def _to_dense(self) -> Any:
        if self.diagonals_format == "matrix":
            return self.diagonals
        apart = self.diagonals_format == "sequence"
        packed = tf.stack(self.diagonals, axis=-2) if apart else self.diagonals
        return tf.linalg.diag(packed, k=(-1, 1), align="LEFT_RIGHT", padding_value=0.0)


@published("is_diag_update_positive", base_operator=0, u=2, diag_update=1, v=2)
class LinearOperatorLowRankUpdate(LinearOperator):
    """An operator plus a product of thin matrices: L + U D V*."""

    def __init__(
        self, base_operator: Any, u: Any, diag_update: Any = None, v: Any = None, is_diag_update_positive: Any = None,
        is_non_singular: Any = None, is_self_adjoint: Any = None, is_positive_definite: Any = None, is_square: Any = None,
        name: str = "LinearOperatorLowRankUpdate",
    ) -> None:  # fmt: skip
        if diag_update is None:
            if is_diag_update_positive is False:
                raise ValueError(
                    "Default diagonal is the identity, which is positive.  However, user set 'is_diag_update_positive' to False."
                )
            is_diag_update_positive = True
        self.base_operator, self.is_diag_update_positive = base_operator, is_diag_update_positive
        self._by_cholesky = base_operator._can_use_cholesky() and is_diag_update_positive and v is None
        if base_operator.is_self_adjoint and v is None and not base_operator.dtype.is_complex:
            if is_self_adjoint is False:
                raise ValueError(
                    "A = L + UDU^H, with L self-adjoint and D real diagonal.  Since UDU^H is self-adjoint, this must be a "
                    "self-adjoint operator."
                )
            is_self_adjoint = True
        if self._by_cholesky:
            if False in (is_positive_definite, is_self_adjoint, is_non_singular):
                raise ValueError("Arguments imply this is self-adjoint positive-definite operator.")
            is_positive_definite = is_self_adjoint = True
        self.u = kept(u)
        self.v = self.u if v is None else kept(v)
        self.diag_update = None if diag_update is None else kept(diag_update)
        super().__init__(
            base_operator.dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name
        )
        if diag_update is None:
            self.diag_operator = tf.linalg.LinearOperatorIdentity(self.u.shape[-1], dtype=self.dtype)
        else:
            self.diag_operator = LinearOperatorDiag(
                self.diag_update, is_positive_definite=is_diag_update_positive
            )
        self._check_shapes()

    def _check_shapes(self) -> None:
        thin = tf.broadcast_static_shape(self.u.shape, self.v.shape)
        lead = tf.broadcast_static_shape(self.base_operator.batch_shape, thin[:-2])
        self.base_operator.domain_dimension.assert_is_compatible_with(thin[-2])
        if self.diag_update is not None:
            Dimension(thin[-1]).assert_is_compatible_with(self.diag_operator.domain_dimension)
            tf.broadcast_static_shape(lead, self.diag_update.shape[:-1])

    def _shape(self) -> Any:
        lead = self.base_operator.batch_shape
        for other in (self.diag_operator.batch_shape, self.u.shape[:-2], self.v.shape[:-2]):
            lead = tf.broadcast_static_shape(lead, other)
        return lead.concatenate(self.base_operator.shape[-2:])

    def _assert_self_adjoint(self) -> Any:
        if self.u is self.v and self.diag_update is None:
            return self.base_operator.assert_self_adjoint()
        # TensorFlow calls itself here until Python has enough.
        return self.assert_self_adjoint()

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        leading = self.base_operator.matmul(x, adjoint=adjoint, adjoint_arg=adjoint_arg)
        first, second = (self.u, self.v) if adjoint else (self.v, self.u)
        inner = tf.matmul(first, x, adjoint_a=True, adjoint_b=adjoint_arg)
        return leading + tf.matmul(second, self.diag_operator.matmul(inner, adjoint=adjoint))

    def _capacitance(self, u: Any, v: Any) -> Any:
        inner = tf.matmul(v, self.base_operator.solve(u), adjoint_a=True)
        return self.diag_operator.inverse().add_to_tensor(inner)

    def _determinant(self) -> Any:
        if self.is_positive_definite:
            return tf.exp(self.log_abs_determinant())
        found = tf.linalg.det(self._capacitance(self.u, self.v))
        return found * self.diag_operator.determinant() * self.base_operator.determinant()

    def _log_abs_determinant(self) -> Any:
        of_d, of_l = (one.log_abs_determinant() for one in (self.diag_operator, self.base_operator))
        inner = self._capacitance(self.u, self.v)
        if self._by_cholesky:
            diagonal = tf.linalg.diag_part(tf.linalg.cholesky(inner))
            return 2 * tf.reduce_sum(tf.math.log(diagonal), axis=[-1]) + of_d + of_l
        return tf.cast(tf.math.log(tf.abs(tf.linalg.det(inner))), self.dtype) + of_d + of_l

    def _diag_part(self) -> Any:
        product = convert(self.u) * tf.math.conj(self.v)
        if self.diag_update is not None:
            product *= tf.expand_dims(self.diag_update, axis=-2)
        return tf.reduce_sum(product, axis=-1) + self.base_operator.diag_part()

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        base = self.base_operator
        if base.is_non_singular is False:
            raise ValueError(
                "Solve not implemented unless this is a perturbation of a non-singular LinearOperator."
            )
        u, v = (self.v, self.u) if adjoint else (self.u, self.v)
        inner = self._capacitance(self.u, self.v)
        leading = base.solve(rhs, adjoint=adjoint, adjoint_arg=adjoint_arg)
        right = tf.matmul(v, leading, adjoint_a=True)
        if self._by_cholesky:
            found = tf.linalg.cholesky_solve(tf.linalg.cholesky(inner), right)
        else:
            found = solved(inner, right, adjoint)
        return leading - base.solve(tf.matmul(u, found), adjoint=adjoint)
