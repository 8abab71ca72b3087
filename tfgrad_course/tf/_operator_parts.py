"""What the classes of linear operators are made with: their publication, hints of products, checks, broadcast batches."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import PUBLIC
from tfgrad_course.tf._shape import TensorShape

HINTS = ("is_non_singular", "is_self_adjoint", "is_positive_definite", "is_square")


def kept(value: Any) -> Any:
    """A tensor, or a variable as it is, so that later values count."""
    return value if hasattr(value, "assign") else convert(value)


def published(*fields: str, **ndims: Any) -> Callable[[type], type]:
    """Publish a class with the fields it consists of, and how many axes of each belong to one matrix."""

    def publish(cls: Any) -> Any:
        init, signature = cls.__init__, inspect.signature(cls.__init__)

        @functools.wraps(init)
        def made(self: Any, *args: Any, **kwargs: Any) -> None:
            init(self, *args, **kwargs)
            bound = signature.bind(self, *args, **kwargs)
            bound.apply_defaults()
            self._parameters = {name: value for name, value in bound.arguments.items() if name != "self"}

        cls.__init__ = made
        cls._fields_of_it = (*ndims, *fields)
        if "_experimental_parameter_ndims_to_matrix_ndims" not in vars(cls):
            cls._experimental_parameter_ndims_to_matrix_ndims = property(lambda self: dict(ndims))
        PUBLIC[f"linalg.{cls.__name__}"] = cls
        return cls

    return publish


# What is known of a product, of what is known of its factors ------------------------------------------


def both_non_singular(a: Any, b: Any) -> Any:
    """Whether a product has an inverse."""
    if a.is_non_singular is False or b.is_non_singular is False:
        return False
    return a.is_non_singular and b.is_non_singular


def both_self_adjoint(a: Any, b: Any) -> Any:
    """Whether a product of commuting factors is its own adjoint."""
    if a.is_self_adjoint and b.is_self_adjoint:
        return True
    return False if {a.is_self_adjoint, b.is_self_adjoint} == {True, False} else None


def both_positive(a: Any, b: Any) -> Any:
    """Whether a product of commuting factors is positive definite."""
    every = (a.is_positive_definite, a.is_self_adjoint, b.is_positive_definite, b.is_self_adjoint)
    return True if all(one is True for one in every) else None


def commuting(a: Any, b: Any) -> dict[str, Any]:
    """The hints of a product of two that commute."""
    return {
        "is_non_singular": both_non_singular(a, b), "is_self_adjoint": both_self_adjoint(a, b),
        "is_positive_definite": both_positive(a, b), "is_square": True,
    }  # fmt: skip


def of_product(a: Any, b: Any) -> dict[str, Any]:
    """The hints of any product."""
    if a.is_square and b.is_square:
        square = True
    else:
        square = a.range_dimension == b.domain_dimension if a.is_square is b.is_square is False else False
    if square:
        return {"is_non_singular": both_non_singular(a, b), "is_square": True}
    return dict.fromkeys(HINTS, False)


def no_zeros(x: Any, message: str) -> None:
    """InvalidArgumentError if there is a zero."""
    size = tf.abs(x)
    tf.debugging.assert_less(tf.zeros([], size.dtype), size, message=message)


def no_imaginary_part(x: Any, message: str) -> None:
    """InvalidArgumentError unless all numbers are real."""
    if x.dtype.is_complex:
        tf.debugging.assert_equal(tf.zeros([], x.dtype.real_dtype), tf.math.imag(x), message=message)


def batches_alike(matrices: Sequence[Any]) -> list[Any]:
    """Matrices with the same batch shape."""
    lead = TensorShape([])
    for one in matrices:
        lead = tf.broadcast_static_shape(lead, one.shape[:-2])
    return [
        one if one.shape[:-2] == lead else tf.broadcast_to(one, [*lead, *one.shape[-2:]]) for one in matrices
    ]


def solved(matrix: Any, b: Any, adjoint: bool = False) -> Any:
    """x with matrix @ x = b, batches broadcast."""
    return tf.linalg.solve(*batches_alike([matrix, b]), adjoint=adjoint)


def conjugate(x: Any) -> Any:
    """The conjugate of complex numbers, real ones as they are."""
    return tf.math.conj(x) if x.dtype.is_complex else convert(x)
