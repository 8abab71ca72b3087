"""How a linear operator does what its class says nothing of: by its dense matrix, or as an operator made of operators."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._operator_parts import HINTS, of_product, solved
from tfgrad_course.tf._variable import Variable


class Ways(ABC):
    """The ways a class may replace by better ones of its own."""

    _fields_of_it: tuple[str, ...] = ()
    _experimental_parameter_ndims_to_matrix_ndims: Any = property(lambda self: {})

    @abstractmethod
    def _shape(self) -> Any:
        raise NotImplementedError("_shape is not implemented.")

    @abstractmethod
    def _matmul(self: Any, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        raise NotImplementedError("_matmul is not implemented.")

    def _matvec(self: Any, x: Any, adjoint: bool = False) -> Any:
        return tf.squeeze(self.matmul(tf.expand_dims(x, -1), adjoint=adjoint), -1)

    def _solve(self: Any, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        if self.is_square is False:
            raise NotImplementedError("Solve is not yet implemented for non-square operators.")
        b = tf.linalg.adjoint(rhs) if adjoint_arg else rhs
        if self._can_use_cholesky():
            return tf.linalg.cholesky_solve(tf.linalg.cholesky(self.to_dense()), b)
        return solved(self.to_dense(), b, adjoint)

    def _solvevec(self: Any, rhs: Any, adjoint: bool = False) -> Any:
        return tf.squeeze(self.solve(tf.expand_dims(rhs, -1), adjoint=adjoint), -1)

    def _to_dense(self: Any) -> Any:
        return self.matmul(tf.eye(self.shape[-1], batch_shape=self.batch_shape, dtype=self.dtype))

    def _determinant(self: Any) -> Any:
        if self._can_use_cholesky():
            return tf.exp(self.log_abs_determinant())
        return tf.linalg.det(self.to_dense())

    def _log_abs_determinant(self: Any) -> Any:
        if self._can_use_cholesky():
            diagonal = tf.linalg.diag_part(tf.linalg.cholesky(self.to_dense()))
            return 2 * tf.reduce_sum(tf.math.log(diagonal), axis=[-1])
        return tf.linalg.slogdet(self.to_dense())[1]

    def _diag_part(self: Any) -> Any:
        return tf.linalg.diag_part(self.to_dense())

    def _trace(self: Any) -> Any:
        return tf.reduce_sum(self.diag_part(), axis=-1)

    def _add_to_tensor(self: Any, x: Any) -> Any:
        return self.to_dense() + x

    def _eigvals(self: Any) -> Any:
        return tf.linalg.eigvalsh(self.to_dense())

    def _cond(self: Any) -> Any:
        values = (
            tf.abs(self._eigvals())
            if self.is_self_adjoint
            else tf.linalg.svd(self.to_dense(), compute_uv=False)
        )
        return tf.reduce_max(values, axis=-1) / tf.reduce_min(values, axis=-1)

    # Claims checked ------------------------------------------------------------------------------------

    def _assert_non_singular(self: Any) -> Any:
        if self._can_use_cholesky():
            return self.assert_positive_definite()
        values = tf.linalg.svd(self.to_dense(), compute_uv=False)
        found = tf.reduce_max(values, axis=-1) / tf.reduce_min(values, axis=-1)
        eps = np.finfo(self.dtype.np).eps
        least = tf.reduce_max([100.0, *(tf.cast(n, self.dtype) for n in self.shape[-2:])])
        most = 1.0 / (tf.cast(least, self.dtype) * eps)
        return tf.debugging.assert_less(found, most, message="Singular matrix up to precision epsilon.")

    def _assert_positive_definite(self: Any) -> Any:
        if not self.is_self_adjoint:
            raise NotImplementedError("assert_positive_definite is not implemented.")
        diagonal = tf.linalg.diag_part(tf.linalg.cholesky(self.to_dense()))
        return tf.debugging.assert_positive(diagonal, message="Matrix was not positive definite.")

    def _assert_self_adjoint(self: Any) -> Any:
        dense = self.to_dense()
        words = "Matrix was not equal to its adjoint."
        return tf.debugging.assert_equal(dense, tf.linalg.adjoint(dense), message=words)

    # Operators made of it --------------------------------------------------------------------------------

    def _linop_adjoint(self: Any) -> Any:
        return tf.linalg.LinearOperatorAdjoint(self, **self.hints())

    def _linop_inverse(self: Any) -> Any:
        return tf.linalg.LinearOperatorInversion(self, **self.hints())

    def _linop_cholesky(self: Any) -> Any:
        return tf.linalg.LinearOperatorLowerTriangular(
            tf.linalg.cholesky(self.to_dense()), is_non_singular=True, is_self_adjoint=False, is_square=True
        )

    def _linop_matmul(self: Any, left: Any, right: Any) -> Any:
        if isinstance(right, tf.linalg.LinearOperatorIdentity):
            return left
        if isinstance(right, tf.linalg.LinearOperatorZeros):
            if not right.is_square or not left.is_square:
                raise ValueError(
                    "Matmul with non-square `LinearOperator`s or non-square `LinearOperatorZeros` not supported at this time."
                )
            return right
        return tf.linalg.LinearOperatorComposition([left, right], **of_product(left, right))

    def _linop_solve(self: Any, left: Any, right: Any) -> Any:
        if isinstance(right, tf.linalg.LinearOperatorIdentity):
            return left.inverse()
        inverse = tf.linalg.LinearOperatorInversion(left)
        return tf.linalg.LinearOperatorComposition([inverse, right], **of_product(left, right))

    # A batch taken apart, and an operator into its tensors ---------------------------------------------------

    def __getitem__(self: Any, slices: Any) -> Any:
        slices = slices if isinstance(slices, Sequence) else (slices,)
        changed = {}
        if not (len(slices) == 1 and slices[0] is Ellipsis):
            lead = self.batch_shape.as_list()
            for name, ndims in self._experimental_parameter_ndims_to_matrix_ndims.items():
                if getattr(self, name) is not None:
                    changed[name] = _each(_sliced, getattr(self, name), ndims, slices, lead)
        return type(self)(**{**self.parameters, **changed})

    def _to_tensor(self, dtype: Any) -> Any:
        raise ValueError(f"TypeError: object of type '{type(self).__name__}' has no len()\n")

    def _components(self) -> list[Any]:
        return [leaf for name in sorted(self._fields_of_it) for leaf in _leaves(self._field(name))]

    def _from_components(self, leaves: Any) -> Any:
        fresh = iter(leaves)
        made = {name: _rebuilt(self._field(name), fresh) for name in sorted(self._fields_of_it)}
        return type(self)(**made, **{hint: getattr(self, hint) for hint in HINTS})

    def _field(self: Any, name: str) -> Any:
        return getattr(self, name) if hasattr(self, name) else self.parameters[name]

    def _convert_variables_to_tensors(self) -> Any:
        return self._from_components([convert(leaf) for leaf in self._components()])


def _each(function: Any, value: Any, ndims: Any, *rest: Any) -> Any:
    if isinstance(value, list | tuple):
        each = ndims if isinstance(ndims, list | tuple) else [ndims] * len(value)
        return [_each(function, one, n, *rest) for one, n in zip(value, each, strict=True)]
    return function(value, ndims, *rest)


def _widened(value: Any, ndims: int, rank: int) -> Any:
    """A parameter with at least so many axes of a batch."""
    if hasattr(value, "batch_shape_tensor"):
        sub = value._experimental_parameter_ndims_to_matrix_ndims
        changed = {
            k: _each(_widened, getattr(value, k), n, rank)
            for k, n in sub.items()
            if getattr(value, k) is not None
        }
        return type(value)(**{**value.parameters, **changed})
    value = convert(value)
    missing = rank + ndims - value.shape.rank
    return tf.reshape(value, [1] * missing + value.shape.as_list()) if missing > 0 else value


def _sliced(value: Any, ndims: int, slices: Any, lead: list[int]) -> Any:
    value = _widened(value, ndims, len(lead))
    own = value.batch_shape if hasattr(value, "batch_shape_tensor") else value.shape
    have = own.as_list()[: len(own) - ndims]
    if lead and not have:
        return value
    places = list(_places(slices, lead, have))
    if ndims:
        if not any(one is Ellipsis for one in slices):
            places.append(Ellipsis)
        places += [slice(None)] * ndims
    return value[tuple(places)]


def _places(slices: Any, lead: list[int], have: list[int]) -> Any:
    """The slices, changed where a parameter is 1 along an axis it is broadcast over."""
    at = 0
    for number, one in enumerate(slices):
        if one is Ellipsis:
            if at < 0:
                raise ValueError(f"Found multiple `...` in slices {slices}")
            at = -sum(later is not None for later in slices[number + 1 :])
            yield one
        elif one is None:
            yield one
        else:
            spread = lead[at] > have[at]
            at += 1
            if isinstance(one, slice):
                yield slice(*(
                    end if end is None or not spread else plain
                    for end, plain in ((one.start, 0), (one.stop, 1), (one.step, 1))
                ))  # fmt: skip
            else:
                yield 0 if spread else one


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, Ways):
        return value._components()
    if isinstance(value, list | tuple):
        return [leaf for one in value for leaf in _leaves(one)]
    return [value] if tf.is_tensor(value) or isinstance(value, Variable) else []


def _rebuilt(value: Any, leaves: Any) -> Any:
    if isinstance(value, Ways):
        return value._from_components([next(leaves) for _ in value._components()])
    if isinstance(value, list | tuple):
        return type(value)(_rebuilt(one, leaves) for one in value)
    return next(leaves) if tf.is_tensor(value) or isinstance(value, Variable) else value
