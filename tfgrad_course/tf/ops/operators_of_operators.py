"""Linear operators made of others: adjoints, inverses, products, Kronecker products, blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._errors import InvalidArgumentError
from tfgrad_course.tf._operator import LinearOperator
from tfgrad_course.tf._operator_parts import HINTS, batches_alike, both_non_singular, published
from tfgrad_course.tf._shape import Dimension, TensorShape


def _shared_hints(operator: Any, given: tuple[Any, ...], word: str) -> dict[str, Any]:
    """What is known of an operator or said of what is made of it, if these do not contradict."""
    made = {}
    for hint, said in zip(HINTS, given, strict=True):
        known = getattr(operator, hint)
        if (known is False and said) or (known and said is False):
            what = hint[3:].replace("_", "-")
            raise ValueError(f"An operator is {what} if and only if its {word} is {what}.")
        made[hint] = True if known or said else False if known is False or said is False else None
    return made


@published(operator=0)
class LinearOperatorAdjoint(LinearOperator):
    """The conjugate transpose of an operator."""

    def __init__(
        self, operator: Any, is_non_singular: Any = None, is_self_adjoint: Any = None, is_positive_definite: Any = None,
        is_square: Any = None, name: Any = None,
    ) -> None:  # fmt: skip
        self.operator = operator
        given = (is_non_singular, is_self_adjoint, is_positive_definite, is_square)
        hints = _shared_hints(operator, given, "adjoint")
        super().__init__(operator.dtype, name=name or f"{operator.name}_adjoint", **hints)

    def _linop_adjoint(self) -> Any:
        return self.operator

    def _assert_non_singular(self) -> Any:
        return self.operator.assert_non_singular()

    def _assert_positive_definite(self) -> Any:
        return self.operator.assert_positive_definite()

    def _assert_self_adjoint(self) -> Any:
        return self.operator.assert_self_adjoint()

    def _shape(self) -> Any:
        shape = self.operator.shape
        return shape[:-2].concatenate([shape[-1], shape[-2]])

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self.operator.matmul(x, adjoint=not adjoint, adjoint_arg=adjoint_arg)

    def _matvec(self, x: Any, adjoint: bool = False) -> Any:
        return self.operator.matvec(x, adjoint=not adjoint)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self.operator.solve(rhs, adjoint=not adjoint, adjoint_arg=adjoint_arg)

    def _solvevec(self, rhs: Any, adjoint: bool = False) -> Any:
        return self.operator.solvevec(rhs, adjoint=not adjoint)

    def _turned(self, number: Any) -> Any:
        return number if self.is_self_adjoint else tf.math.conj(number)

    def _determinant(self) -> Any:
        return self._turned(self.operator.determinant())

    def _log_abs_determinant(self) -> Any:
        return self.operator.log_abs_determinant()

    def _trace(self) -> Any:
        return self._turned(self.operator.trace())

    def _to_dense(self) -> Any:
        dense = self.operator.to_dense()
        return dense if self.is_self_adjoint else tf.linalg.adjoint(dense)

    def _eigvals(self) -> Any:
        found = self.operator.eigvals()
        return found if self.operator.is_self_adjoint else tf.math.conj(found)

    def _cond(self) -> Any:
        return self.operator.cond()


@published(operator=0)
class LinearOperatorInversion(LinearOperator):
    """The inverse of an operator."""

    def __init__(
        self, operator: Any, is_non_singular: Any = None, is_self_adjoint: Any = None, is_positive_definite: Any = None,
        is_square: Any = None, name: Any = None,
    ) -> None:  # fmt: skip
        self.operator = operator
        for hint, said in (("is_non_singular", is_non_singular), ("is_square", is_square)):
            known = getattr(operator, hint)
            if known is False or said is False:
                raise ValueError(
                    f"Argument `{hint}` or argument `operator` must have supplied hint `{hint}` equal to `True` or `None`. "
                    f"Found `operator.{hint}`: {known}, `{hint}`: {said}."
                )
        given = (is_non_singular, is_self_adjoint, is_positive_definite, is_square)
        hints = _shared_hints(operator, given, "inverse")
        super().__init__(operator.dtype, name=name or f"{operator.name}_inv", **hints)

    def _linop_inverse(self) -> Any:
        return self.operator

    def _linop_solve(self, left: Any, right: Any) -> Any:
        return left.operator.matmul(right)

    def _assert_non_singular(self) -> Any:
        return self.operator.assert_non_singular()

    def _assert_positive_definite(self) -> Any:
        return self.operator.assert_positive_definite()

    def _assert_self_adjoint(self) -> Any:
        return self.operator.assert_self_adjoint()

    def _shape(self) -> Any:
        return self.operator.shape

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self.operator.solve(x, adjoint=adjoint, adjoint_arg=adjoint_arg)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self.operator.matmul(rhs, adjoint=adjoint, adjoint_arg=adjoint_arg)

    def _determinant(self) -> Any:
        return 1.0 / self.operator.determinant()

    def _log_abs_determinant(self) -> Any:
        return -1.0 * self.operator.log_abs_determinant()

    def _eigvals(self) -> Any:
        return 1.0 / self.operator.eigvals()

    def _cond(self) -> Any:
        return self.operator.cond()


# Products ---------------------------------------------------------------------------------------------


def _given(operators: Any, empty: str, unlike: str, between: str = "   ") -> list[Any]:
    """The operators as a list, all of one dtype."""
    tf.debugging.assert_proper_iterable(operators)
    every = list(operators)
    if not every:
        raise ValueError(f"{empty}{every}")
    if any(one.dtype is not every[0].dtype for one in every):
        told = [str((one.name, one.dtype)) for one in every]
        raise TypeError(f"{unlike}{between.join(told) if between else str(told) + '.'}")
    return every


def _implied(operators: Any, hints: dict[str, Any], words: dict[str, str]) -> None:
    """Hints that follow when they hold for each operator."""
    for hint, text in words.items():
        if all(getattr(one, hint) for one in operators):
            if hints[hint] is False:
                raise ValueError(text)
            hints[hint] = True


def _one_batch(operators: Any) -> Any:
    lead = TensorShape([])
    for one in operators:
        lead = tf.broadcast_static_shape(lead, one.batch_shape)
    return lead


def _product(values: Any) -> Any:
    total = None
    for value in values:
        total = value if total is None else total * value
    return total


def _adjoint_pair(x: Any, y: Any) -> bool:
    if x is y and x.is_self_adjoint is not None:
        return bool(x.is_self_adjoint)
    return x.H is y or y.H is x


def _squared_form(operators: list[Any]) -> bool:
    """Whether it is A A*."""
    half = len(operators) // 2
    return not len(operators) % 2 and all(_adjoint_pair(operators[i], operators[-1 - i]) for i in range(half))


@published(operators=0)
class LinearOperatorComposition(LinearOperator):
    """Operators one after the other."""

    def __init__(
        self, operators: Any, is_non_singular: Any = None, is_self_adjoint: Any = None, is_positive_definite: Any = None,
        is_square: Any = None, name: Any = None,
    ) -> None:  # fmt: skip
        self.operators = _given(
            operators, "Expected a non-empty list of operators. Found: ",
            "Expected all operators to have the same dtype.  Found ",
        )  # fmt: skip
        hints = {
            "is_non_singular": is_non_singular, "is_self_adjoint": is_self_adjoint,
            "is_positive_definite": is_positive_definite, "is_square": is_square,
        }  # fmt: skip
        words = {"is_non_singular": "The composition of non-singular operators is always non-singular."}
        _implied(self.operators, hints, words)
        self._add_hints(hints)
        name = name or "_o_".join(one.name for one in self.operators)
        super().__init__(self.operators[0].dtype, name=name, **hints)

    def _add_hints(self, hints: dict[str, Any]) -> None:
        squared = _squared_form(self.operators)
        alone = len(self.operators) == 1 and self.operators[0].is_self_adjoint
        form = "The composition was determined have the form A @ A.H, hence it must be square."
        followed = [
            (squared or alone, "is_self_adjoint",
             "The composition was determined to be self-adjoint but user provided incorrect `False` hint."),
            (squared, "is_square", f"{form} The user provided an incorrect `False` hint."),
            (squared and hints["is_non_singular"], "is_positive_definite",
             "The composition was determined to be non-singular and have the form A @ A.H, hence it must be "
             "positive-definite. The user provided an incorrect `False` hint."),
        ]  # fmt: skip
        for holds, hint, words in followed:
            if holds:
                if hints[hint] is False:
                    raise ValueError(words)
                hints[hint] = True

    def _shape(self) -> Any:
        for one, following in zip(self.operators[:-1], self.operators[1:], strict=True):
            one.domain_dimension.assert_is_compatible_with(following.range_dimension)
        ends = [self.operators[0].shape[-2], self.operators[-1].shape[-1]]
        return _one_batch(self.operators).concatenate(ends)

    def _linop_cholesky(self) -> Any:
        left = self.operators[0]
        lower = tf.linalg.LinearOperatorLowerTriangular
        if not (len(self.operators) == 2 and _squared_form(self.operators) and isinstance(left, lower)):
            return super()._linop_cholesky()
        if left.is_positive_definite:
            return left
        signs = tf.expand_dims(tf.sign(left.diag_part()), axis=-2)
        return lower(convert(left.tril) / signs, **{**left.hints(), "is_square": True})

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        first, *rest = self.operators if adjoint else self.operators[::-1]
        made = first.matmul(x, adjoint=adjoint, adjoint_arg=adjoint_arg)
        for one in rest:
            made = one.matmul(made, adjoint=adjoint)
        return made

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        first, *rest = self.operators[::-1] if adjoint else self.operators
        made = first.solve(rhs, adjoint=adjoint, adjoint_arg=adjoint_arg)
        for one in rest:
            made = one.solve(made, adjoint=adjoint)
        return made

    def _determinant(self) -> Any:
        return _product(one.determinant() for one in self.operators)

    def _log_abs_determinant(self) -> Any:
        return tf.add_n([one.log_abs_determinant() for one in self.operators])

    def _assert_non_singular(self) -> Any:
        if not all(one.is_square for one in self.operators):
            return super()._assert_non_singular()
        return [one.assert_non_singular() for one in self.operators] and None


class _OneByOne(LinearOperator):
    """An operator whose adjoint, inverse and Cholesky factor are made of those of its operators."""

    operators: list[Any]

    def _made(self, operators: Any, **hints: Any) -> Any:
        return type(self)(operators, **{**hints, "is_square": True})

    def _linop_adjoint(self) -> Any:
        return self._made([one.adjoint() for one in self.operators], **self.hints())

    def _linop_inverse(self) -> Any:
        return self._made([one.inverse() for one in self.operators], **self.hints())

    def _linop_cholesky(self) -> Any:
        return self._made([one.cholesky() for one in self.operators], is_non_singular=True)


@published(operators=0)
class LinearOperatorKronecker(_OneByOne):
    """The Kronecker product of operators."""

    def __init__(
        self, operators: Any, is_non_singular: Any = None, is_self_adjoint: Any = None, is_positive_definite: Any = None,
        is_square: Any = None, name: Any = None,
    ) -> None:  # fmt: skip
        self.operators = _given(
            operators, "Argument `operators` must be a list of >=1 operators. Received: ",
            "Expected every operation in argument `operators` to have the same dtype. Received ", "",
        )  # fmt: skip
        hints = {
            "is_non_singular": is_non_singular, "is_self_adjoint": is_self_adjoint,
            "is_positive_definite": is_positive_definite, "is_square": is_square,
        }  # fmt: skip
        words = {
            hint: f"The Kronecker product of {word} operators is always {word}. Expected argument `{hint}` to be True. "
            "Received: False."
            for hint, word in zip(HINTS, ("non-singular", "self-adjoint", "positive-definite"), strict=False)
        }
        _implied(self.operators, hints, words)
        name = name or "_x_".join(one.name for one in self.operators)
        super().__init__(self.operators[0].dtype, name=name, **hints)

    def _shape(self) -> Any:
        sizes = [int(np.prod([one.shape[axis] for one in self.operators])) for axis in (-2, -1)]
        return _one_batch(self.operators).concatenate(sizes)

    def _one_by_one(self, x: Any, apply: Callable[..., Any], adjoint: bool, adjoint_arg: bool) -> Any:
        """Each operator along its own axis of x."""
        output = tf.math.conj(x) if adjoint_arg else tf.linalg.matrix_transpose(x)
        for one in reversed(self.operators):
            size = one.shape[-2] if adjoint else one.shape[-1]
            rows = output.shape[-2] * output.shape[-1] // size
            output = tf.math.conj(tf.reshape(output, [*output.shape[:-2], rows, size]))
            output = apply(one)(output, adjoint=adjoint, adjoint_arg=True)
        columns = x.shape[-2] if adjoint_arg else x.shape[-1]
        return tf.reshape(output, [*output.shape[:-2], self.shape[-1 if adjoint else -2], columns])

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._one_by_one(x, lambda one: one.matmul, adjoint, adjoint_arg)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._one_by_one(rhs, lambda one: one.solve, adjoint, adjoint_arg)

    def _times(self, one: Any) -> Any:
        return tf.cast(self.shape[-1] / one.shape[-1], self.dtype)

    def _determinant(self) -> Any:
        return _product(one.determinant() ** self._times(one) for one in self.operators)

    def _log_abs_determinant(self) -> Any:
        return tf.add_n([one.log_abs_determinant() * self._times(one) for one in self.operators])

    def _trace(self) -> Any:
        return _product(one.trace() for one in self.operators)

    def _spread(self, vectors: Any) -> Any:
        made, *rest = vectors
        for vector in rest:
            both = made[..., :, None] * vector[..., None, :]
            made = tf.reshape(both, [*both.shape[:-2], both.shape[-2] * both.shape[-1]])
        return made

    def _diag_part(self) -> Any:
        made = self._spread([one.diag_part() for one in self.operators])
        made.set_shape(self.batch_shape.concatenate(min(self.shape[-2:])))
        return made

    def _eigvals(self) -> Any:
        return self._spread([one.eigvals() for one in self.operators])

    def _to_dense(self) -> Any:
        made, *rest = (one.to_dense() for one in self.operators)
        for matrix in rest:
            both = made[..., :, None, :, None] * matrix[..., None, :, None, :]
            a, b, c, d = both.shape[-4:]
            made = tf.reshape(both, [*both.shape[:-4], a * b, c * d])
        return made

    def _each_square(self) -> None:
        if not all(one.is_square for one in self.operators):
            raise InvalidArgumentError(
                None, None, "All Kronecker factors must be square for the product to be invertible. Expected hint `is_square` "
                "to be True for every operator in argument `operators`.",
            )  # fmt: skip

    def _assert_non_singular(self) -> None:
        self._each_square()
        for one in self.operators:
            one.assert_non_singular()

    def _assert_self_adjoint(self) -> None:
        self._each_square()
        for one in self.operators:
            one.assert_self_adjoint()


# Blocks -----------------------------------------------------------------------------------------------


class _Blocks(LinearOperator):
    """An operator that takes its arguments in blocks, too."""

    _diagonal: list[Any]

    def _sizes(self, axis: int) -> list[int]:
        return [one.shape[axis] for one in self._diagonal]

    def _blockwise(self, x: Any, sizes: list[int], axis: int) -> Any:
        """Tensors for a list of blocks, None for anything else."""
        if (
            not isinstance(x, list | tuple)
            or len(x) != len(sizes)
            or any(tf.nest.is_nested(one) for one in x)
        ):
            return None
        made = []
        for one, size in zip(x, sizes, strict=True):
            one = one if isinstance(one, LinearOperator) else self._taken(one)
            Dimension(size).assert_is_compatible_with(Dimension(one.shape[axis]))
            made.append(one)
        return made

    def _in_blocks(self, x: Any, sizes: list[int], axis: int, apply: Callable[[list[Any]], list[Any]]) -> Any:
        blocks = self._blockwise(x, sizes, axis)
        if blocks is not None:
            return apply(blocks)
        x = self._taken(x)
        Dimension(sum(sizes)).assert_is_compatible_with(Dimension(x.shape[axis]))
        return tf.concat(batches_alike(apply(tf.split(x, sizes, axis=axis))), axis=-2)

    def matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False, name: str = "matmul") -> Any:
        """The product with a matrix, with blocks of one, or with another operator."""
        if isinstance(x, LinearOperator):
            return self._linop_matmul(*self._pair(x, adjoint, adjoint_arg, "x"))
        sizes, axis = self._sizes(-2 if adjoint else -1), -1 if adjoint_arg else -2
        return self._in_blocks(x, sizes, axis, lambda blocks: self._products(blocks, adjoint, adjoint_arg))

    def solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False, name: str = "solve") -> Any:
        """x with the matrix times x being rhs, or blocks of it."""
        self._invertible()
        if isinstance(rhs, LinearOperator):
            return self._linop_solve(*self._pair(rhs, adjoint, adjoint_arg, self._solved_word))
        sizes, axis = self._sizes(-1 if adjoint else -2), -1 if adjoint_arg else -2
        return self._in_blocks(rhs, sizes, axis, lambda blocks: self._solutions(blocks, adjoint, adjoint_arg))

    def matvec(self, x: Any, adjoint: bool = False, name: str = "matvec") -> Any:
        """The product with a vector, or with blocks of one."""
        return self._of_vectors(x, self._sizes(-2 if adjoint else -1), lambda y: self.matmul(y, adjoint))

    def solvevec(self, rhs: Any, adjoint: bool = False, name: str = "solve") -> Any:
        """x with the matrix times x being a vector, or blocks of one."""
        return self._of_vectors(rhs, self._sizes(-1 if adjoint else -2), lambda y: self.solve(y, adjoint))

    def _of_vectors(self, x: Any, sizes: list[int], apply: Callable[[Any], Any]) -> Any:
        blocks = self._blockwise(x, sizes, -1)
        if blocks is not None:
            return [tf.squeeze(y, axis=-1) for y in apply([block[..., None] for block in blocks])]
        x = self._taken(x)
        Dimension(sum(sizes)).assert_is_compatible_with(Dimension(x.shape[-1]))
        return tf.squeeze(apply(x[..., None]), axis=-1)

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self.matmul(x, adjoint, adjoint_arg)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self.solve(rhs, adjoint, adjoint_arg)

    def _products(self, blocks: list[Any], adjoint: bool, adjoint_arg: bool) -> list[Any]:
        raise NotImplementedError

    def _solutions(self, blocks: list[Any], adjoint: bool, adjoint_arg: bool) -> list[Any]:
        raise NotImplementedError

    def _joined(self, vectors: Any) -> Any:
        return tf.squeeze(tf.concat(batches_alike([v[..., None] for v in vectors]), axis=-2), axis=-1)

    def _trace(self) -> Any:
        return sum((one.trace() for one in self._diagonal[1:]), self._diagonal[0].trace())

    def _diag_part(self) -> Any:
        return self._joined([one.diag_part() for one in self._diagonal])

    def _eigvals(self) -> Any:
        return self._joined([one.eigvals() for one in self._diagonal])

    def _determinant(self) -> Any:
        return _product(one.determinant() for one in self._diagonal)

    def _log_abs_determinant(self) -> Any:
        return sum(
            (one.log_abs_determinant() for one in self._diagonal[1:]), self._diagonal[0].log_abs_determinant()
        )

    def _assert_non_singular(self) -> None:
        for one in self._diagonal:
            one.assert_non_singular()


@published(operators=0)
class LinearOperatorBlockDiag(_OneByOne, _Blocks):
    """Operators along the diagonal."""

    _solved_word = "x"

    def __init__(
        self, operators: Any, is_non_singular: Any = None, is_self_adjoint: Any = None, is_positive_definite: Any = None,
        is_square: Any = True, name: Any = None,
    ) -> None:  # fmt: skip
        self.operators = self._diagonal = _given(
            operators, "Expected a non-empty list of operators. Found: ",
            "Expected all operators to have the same dtype.  Found ",
        )  # fmt: skip
        hints = {
            "is_non_singular": is_non_singular, "is_self_adjoint": is_self_adjoint,
            "is_positive_definite": is_positive_definite, "is_square": is_square,
        }  # fmt: skip
        words = {
            hint: f"The direct sum of {word} operators is always {word}."
            for hint, word in zip(HINTS, ("non-singular", "self-adjoint", "positive definite"), strict=False)
        }
        _implied(self.operators, hints, words)
        name = name or "_ds_".join(one.name for one in self.operators)
        super().__init__(self.operators[0].dtype, name=name, **hints)

    def _shape(self) -> Any:
        return _one_batch(self.operators).concatenate([sum(self._sizes(-2)), sum(self._sizes(-1))])

    def _block_pairs(self, left: Any, right: Any, words: str) -> list[Any]:
        if len(left.operators) != len(right.operators):
            raise ValueError(words)
        pairs = list(zip(left.operators, right.operators, strict=True))
        for a, b in pairs:
            if b.range_dimension != a.domain_dimension:
                raise ValueError(
                    f"Blocks are incompatible. Expected `x` to have dimension {a.domain_dimension} but got {b.range_dimension}."
                )
        return pairs

    def _linop_matmul(self, left: Any, right: Any) -> Any:
        if not isinstance(right, LinearOperatorBlockDiag):
            return super()._linop_matmul(left, right)
        words = "Can not efficiently multiply two `LinearOperatorBlockDiag`s together when number of blocks differ."
        made = [a.matmul(b) for a, b in self._block_pairs(left, right, words)]
        return self._made(made, is_non_singular=both_non_singular(left, right))

    def _linop_solve(self, left: Any, right: Any) -> Any:
        if not isinstance(right, LinearOperatorBlockDiag):
            return super()._linop_solve(left, right)
        words = "Can not efficiently solve `LinearOperatorBlockDiag` when number of blocks differ."
        made = [a.solve(b) for a, b in self._block_pairs(left, right, words)]
        return self._made(made, is_non_singular=both_non_singular(left, right))

    def _products(self, blocks: list[Any], adjoint: bool, adjoint_arg: bool) -> list[Any]:
        pairs = zip(self.operators, blocks, strict=True)
        return [one.matmul(block, adjoint=adjoint, adjoint_arg=adjoint_arg) for one, block in pairs]

    def _solutions(self, blocks: list[Any], adjoint: bool, adjoint_arg: bool) -> list[Any]:
        pairs = zip(self.operators, blocks, strict=True)
        return [one.solve(block, adjoint=adjoint, adjoint_arg=adjoint_arg) for one, block in pairs]

    def _each_square(self, what: str) -> None:
        if not all(one.is_square for one in self.operators):
            raise NotImplementedError(
                f"`{what}` not implemented for an operator whose blocks are not square."
            )

    def _diag_part(self) -> Any:
        self._each_square("diag_part")
        return super()._diag_part()

    def _trace(self) -> Any:
        self._each_square("trace")
        return super()._trace()

    def _eigvals(self) -> Any:
        self._each_square("eigvals")
        return super()._eigvals()

    def _to_dense(self) -> Any:
        blocks = batches_alike([one.to_dense() for one in self.operators])
        widths = [block.shape[-1] for block in blocks]
        lines, before = [], 0
        for block in blocks:
            after = sum(widths) - before - block.shape[-1]
            lines.append(tf.pad(block, [[0, 0]] * (block.shape.rank - 1) + [[before, after]]))
            before += block.shape[-1]
        return tf.concat(lines, -2)

    def _assert_self_adjoint(self) -> None:
        for one in self.operators:
            one.assert_self_adjoint()

    def _assert_positive_definite(self) -> None:
        for one in self.operators:
            one.assert_positive_definite()


@published(operators=0)
class LinearOperatorBlockLowerTriangular(_Blocks):
    """Rows of operators below and on the diagonal."""

    def __init__(
        self, operators: Any, is_non_singular: Any = None, is_self_adjoint: Any = None, is_positive_definite: Any = None,
        is_square: Any = None, name: str = "LinearOperatorBlockLowerTriangular",
    ) -> None:  # fmt: skip
        tf.debugging.assert_proper_iterable(operators)
        for row in operators:
            tf.debugging.assert_proper_iterable(row)
        self.operators = [list(row) for row in operators]
        if not self.operators:
            raise ValueError("Argument `operators` must be a list of >=1 operators. Received: [].")
        self._diagonal = [row[-1] for row in self.operators]
        kind = self.operators[0][0].dtype
        for i, row in enumerate(self.operators):
            if any(one.dtype is not kind for one in row):
                raise TypeError(
                    f"Expected all operators to have the same dtype.  Found {row} in row {i} and {kind} in row 0."
                )
        is_non_singular = self._singular_or_not(is_non_singular)
        self._check_blocks()
        self._check_square(is_square)
        super().__init__(kind, None, is_non_singular, is_self_adjoint, is_positive_definite, True, name)

    def _singular_or_not(self, said: Any) -> Any:
        known = [one.is_non_singular for one in self._diagonal]
        if all(known):
            if said is False:
                raise ValueError(
                    "A blockwise lower-triangular operator with non-singular operators on the main diagonal is always "
                    "non-singular. Expected argument `is_non_singular` to be True. Received: False."
                )
            return True
        if any(one is False for one in known):
            if said is True:
                raise ValueError(
                    "A blockwise lower-triangular operator with a singular operator on the main diagonal is always singular. "
                    "Expected argument `is_non_singular` to be True. Received: True."
                )
            return False
        return None

    def _check_blocks(self) -> None:
        for i, row in enumerate(self.operators):
            if len(row) != i + 1:
                raise ValueError(
                    f"Argument `operators[{i}]` must contain `{i + 1}` blocks. Received: {len(row)} blocks."
                )
        for i in range(1, len(self.operators)):
            for j in range(i):
                one, above = self.operators[i][j], self.operators[i - 1][j]
                beside = self.operators[i][j + 1]
                for what, other, at in (
                    ("domain_dimension", above, f"[{i - 1}][{j}]"),
                    ("range_dimension", beside, f"[{i}][{j + 1}]"),
                ):
                    mine, theirs = getattr(one, what), getattr(other, what)
                    if mine != theirs:
                        raise ValueError(
                            f"Argument `operators[{i}][{j}].{what}` ({mine}) must be the same as `operators{at}.{what}` ({theirs})."
                        )

    def _check_square(self, said: Any) -> None:
        if said is False:
            raise ValueError(
                "`LinearOperatorBlockLowerTriangular` must be square. Expected argument `is_square` to be True. Received: False."
            )
        for i, one in enumerate(self._diagonal):
            if one.is_square is False:
                raise ValueError(
                    "Matrices on the diagonal (the final elements of each row-partition in the `operators` list) must be square. "
                    f"Expected argument `operators[{i}][-1].is_square` to be True. Received: False."
                )

    def _shape(self) -> Any:
        every = [one for row in self.operators for one in row]
        return _one_batch(every).concatenate([sum(self._sizes(-1)), sum(self._sizes(-2))])

    @property
    def _experimental_parameter_ndims_to_matrix_ndims(self) -> Any:
        return {"operators": [[0] * len(row) for row in self.operators]}

    def _linop_inverse(self) -> Any:
        hints = {**self.hints(), "is_square": True}
        last = self._diagonal[-1].inverse()
        if len(self.operators) == 1:
            return LinearOperatorBlockLowerTriangular([[last]], **hints)
        above = LinearOperatorBlockLowerTriangular(self.operators[:-1]).inverse()
        row: list[Any] = []
        count = len(self.operators) - 1
        minus = tf.linalg.LinearOperatorScaledIdentity(last.shape[-1], tf.cast(-1, self.dtype))
        for i in range(count):
            products = [self.operators[-1][j].matmul(above.operators[j][i]) for j in range(i, count)]
            row.append(minus.matmul(last.matmul(_summed(products))))
        return LinearOperatorBlockLowerTriangular([*above.operators, [*row, last]], **hints)

    def _products(self, blocks: list[Any], adjoint: bool, adjoint_arg: bool) -> list[Any]:
        made = []
        count = len(self.operators)
        for i in range(count):
            where = [(j, i) for j in range(i, count)] if adjoint else [(i, j) for j in range(i + 1)]
            parts = [
                self.operators[a][b].matmul(
                    blocks[a if adjoint else b], adjoint=adjoint, adjoint_arg=adjoint_arg
                )
                for a, b in where
            ]
            made.append(sum(parts[1:], parts[0]))
        return made

    def _solutions(self, blocks: list[Any], adjoint: bool, adjoint_arg: bool) -> list[Any]:
        blocks = [tf.linalg.adjoint(b) for b in blocks] if adjoint_arg else blocks
        count = len(blocks)
        found: dict[int, Any] = {}
        for i in reversed(range(count)) if adjoint else range(count):
            y = blocks[i]
            for j in reversed(range(i + 1, count)) if adjoint else range(i):
                one = self.operators[j][i] if adjoint else self.operators[i][j]
                y = y - one.matmul(found[j], adjoint=adjoint)
            found[i] = self._diagonal[i].solve(y, adjoint=adjoint)
        return [found[i] for i in range(count)]

    def _determinant(self) -> Any:
        if all(one.is_positive_definite for one in self._diagonal):
            return tf.exp(self._log_abs_determinant())
        return super()._determinant()

    def _to_dense(self) -> Any:
        flat = iter(batches_alike([one.to_dense() for row in self.operators for one in row]))
        width, lines = sum(self._sizes(-1)), []
        for row in self.operators:
            line = tf.concat([next(flat) for _ in row], -1)
            lines.append(tf.pad(line, [[0, 0]] * (line.shape.rank - 1) + [[0, width - line.shape[-1]]]))
        return tf.concat(lines, -2)


def _summed(operators: list[Any]) -> Any:
    """The sum of operators: one alone as it is if it has a simple form, else a full matrix."""
    simple = (
        tf.linalg.LinearOperatorDiag, tf.linalg.LinearOperatorFullMatrix, tf.linalg.LinearOperatorIdentity,
        tf.linalg.LinearOperatorLowerTriangular, tf.linalg.LinearOperatorScaledIdentity,
    )  # fmt: skip
    if len(operators) == 1 and isinstance(operators[0], simple):
        return operators[0]
    dense = [one.to_dense() for one in operators]
    return tf.linalg.LinearOperatorFullMatrix(sum(dense[1:], dense[0]))
