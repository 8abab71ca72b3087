"""The class of all linear operators: matrices behind the operations on them."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._dtypes import as_dtype
from tfgrad_course.tf._module import Module
from tfgrad_course.tf._operator_parts import HINTS
from tfgrad_course.tf._operator_ways import Ways
from tfgrad_course.tf._shape import Dimension


class LinearOperator(Ways, Module):
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
        for i, parent in enumerate(graph_parents or []):
            if not tf.is_tensor(parent):
                raise ValueError(f"Graph parent item {i} is not a Tensor; {parent}.")
        self._dtype = as_dtype(dtype) if dtype else dtype
        self._hints = (is_non_singular, is_self_adjoint, is_positive_definite, is_square)
        self._graph_parents, self._parameters = graph_parents or [], parameters or {}
        self._name = name or type(self).__name__

    # What is known of it ---------------------------------------------------------------------------

    dtype = property(lambda self: self._dtype, doc="The dtype of the entries.")
    name = property(lambda self: self._name, doc="The name.")  # type: ignore[assignment]
    graph_parents = property(
        lambda self: self._graph_parents, doc="What it was made of, in the days of graphs."
    )
    parameters = property(lambda self: dict(self._parameters), doc="What it was made with.")
    is_non_singular = property(lambda self: self._hints[0], doc="Whether it has an inverse, as far as known.")
    is_self_adjoint = property(lambda self: self._hints[1], doc="Whether it is its own conjugate transpose.")
    is_positive_definite = property(lambda self: self._hints[2], doc="Whether x* A x is positive.")
    shape = property(lambda self: self._shape(), doc="Batch, rows, columns.")
    batch_shape = property(lambda self: self.shape[:-2], doc="The shape without rows and columns.")
    tensor_rank = property(lambda self: self.shape.rank, doc="The rank of the matrix as a tensor.")
    domain_dimension = property(lambda self: Dimension(self.shape[-1]), doc="How many columns.")
    range_dimension = property(lambda self: Dimension(self.shape[-2]), doc="How many rows.")

    @property
    def is_square(self) -> Any:
        """Whether it has as many rows as columns."""
        square = self.shape[-1] == self.shape[-2]
        if self._hints[3] is False and square:
            raise ValueError("User set is_square hint to False, but the operator was square.")
        return square if self._hints[3] is None else self._hints[3]

    def hints(self) -> dict[str, Any]:
        """What is known of it, by name."""
        return {hint: getattr(self, hint) for hint in HINTS}

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

    def _taken(self, x: Any) -> Any:
        x = convert(x)
        if x.dtype is not self.dtype:
            raise TypeError(
                f"Expected argument to have dtype {self.dtype}.  Found: {x.dtype} in tensor {x!s}"
            )
        return x

    def _agree(self, own: int, have: int) -> None:
        Dimension(self.shape[own]).assert_is_compatible_with(Dimension(have))

    def _pair(self, x: Any, adjoint: bool, adjoint_arg: bool, word: str) -> tuple[Any, Any]:
        left, right = self.adjoint() if adjoint else self, x.adjoint() if adjoint_arg else x
        if right.range_dimension != left.domain_dimension:
            raise ValueError(
                f"Operators are incompatible. Expected `{word}` to have dimension {left.domain_dimension} but got "
                f"{right.range_dimension}."
            )
        return left, right

    def matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False, name: str = "matmul") -> Any:
        """The product with a matrix, or with another operator."""
        if isinstance(x, LinearOperator):
            return self._linop_matmul(*self._pair(x, adjoint, adjoint_arg, "x"))
        x = self._taken(x)
        self._agree(-2 if adjoint else -1, x.shape[-1 if adjoint_arg else -2])
        return self._matmul(x, adjoint=adjoint, adjoint_arg=adjoint_arg)

    def __matmul__(self, other: Any) -> Any:
        return self.matmul(other)

    def matvec(self, x: Any, adjoint: bool = False, name: str = "matvec") -> Any:
        """The product with a vector."""
        x = self._taken(x)
        self._agree(-2 if adjoint else -1, x.shape[-1])
        return self._matvec(x, adjoint=adjoint)

    def solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False, name: str = "solve") -> Any:
        """x with the matrix times x being rhs."""
        self._invertible()
        if isinstance(rhs, LinearOperator):
            return self._linop_solve(*self._pair(rhs, adjoint, adjoint_arg, self._solved_word))
        rhs = self._taken(rhs)
        self._agree(-1 if adjoint else -2, rhs.shape[-1 if adjoint_arg else -2])
        return self._solve(rhs, adjoint=adjoint, adjoint_arg=adjoint_arg)

    _solved_word = "rhs"

    def solvevec(self, rhs: Any, adjoint: bool = False, name: str = "solve") -> Any:
        """x with the matrix times x being a vector."""
        rhs = self._taken(rhs)
        self._agree(-1 if adjoint else -2, rhs.shape[-1])
        return self._solvevec(rhs, adjoint=adjoint)

    def _invertible(self) -> None:
        for claim, word in ((self.is_non_singular, "be singular"), (self.is_square, "not be square")):
            if claim is False:
                raise NotImplementedError(
                    f"Exact solve not implemented for an operator that is expected to {word}."
                )

    def _can_use_cholesky(self) -> Any:
        return self.is_self_adjoint and self.is_positive_definite

    # Numbers that belong to it ---------------------------------------------------------------------------

    def determinant(self, name: str = "det") -> Any:
        """The determinant."""
        self._squared()
        return self._determinant()

    def log_abs_determinant(self, name: str = "log_abs_det") -> Any:
        """The logarithm of the determinant's size."""
        self._squared()
        return self._log_abs_determinant()

    def _squared(self) -> None:
        if self.is_square is False:
            raise NotImplementedError(
                "Determinant not implemented for an operator that is expected to not be square."
            )

    def trace(self, name: str = "trace") -> Any:
        """The sum of the diagonal."""
        return self._trace()

    def diag_part(self, name: str = "diag_part") -> Any:
        """The diagonal."""
        return self._diag_part()

    def eigvals(self, name: str = "eigvals") -> Any:
        """The eigenvalues of a self-adjoint operator."""
        if not self.is_self_adjoint:
            raise NotImplementedError("Only self-adjoint matrices are supported.")
        return self._eigvals()

    def cond(self, name: str = "cond") -> Any:
        """The largest singular value over the smallest."""
        return self._cond()

    def to_dense(self, name: str = "to_dense") -> Any:
        """The matrix itself."""
        return convert(self._to_dense())

    def add_to_tensor(self, x: Any, name: str = "add_to_tensor") -> Any:
        """The matrix plus a tensor."""
        return self._add_to_tensor(self._taken(x))

    # Operators made of it ---------------------------------------------------------------------------------

    def adjoint(self, name: str = "adjoint") -> Any:
        """The conjugate transpose."""
        return self if self.is_self_adjoint is True else self._linop_adjoint()

    H = property(adjoint)

    def inverse(self, name: str = "inverse") -> Any:
        """The inverse."""
        for claim, word in ((self.is_square, "non square"), (self.is_non_singular, "singular")):
            if claim is False:
                raise ValueError(f"Cannot take the Inverse: This operator represents a {word} matrix.")
        return self._linop_inverse()

    def cholesky(self, name: str = "cholesky") -> Any:
        """The lower triangular factor."""
        if not self._can_use_cholesky():
            raise ValueError(
                "Cannot take the Cholesky decomposition: Not a positive definite self adjoint matrix."
            )
        return self._linop_cholesky()

    # Claims checked -----------------------------------------------------------------------------------------

    def assert_non_singular(self, name: str = "assert_non_singular") -> Any:
        """InvalidArgumentError if it has no inverse, as far as numbers tell."""
        return self._assert_non_singular()

    def assert_self_adjoint(self, name: str = "assert_self_adjoint") -> Any:
        """InvalidArgumentError if it differs from its conjugate transpose."""
        return self._assert_self_adjoint()

    def assert_positive_definite(self, name: str = "assert_positive_definite") -> Any:
        """InvalidArgumentError if it is not positive definite."""
        return self._assert_positive_definite()
