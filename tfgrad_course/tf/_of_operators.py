"""Lets functions of matrices take linear operators, too, as TensorFlow dispatches them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from tfgrad_course.tf._declare import PUBLIC


def is_operator(x: Any) -> bool:
    """Whether it is a linear operator."""
    return hasattr(type(x), "_linop_matmul")


def or_operator(word: str, answer: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a function whose first parameter is `word` give `answer(operator, ...)` for an operator."""

    def extend(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            if is_operator(args[0] if args else kwargs.get(word)):
                operator, *rest = args or (kwargs.pop(word),)
                return answer(operator, *rest, **kwargs)
            return function(*args, **kwargs)

        return call

    return extend


def product(a: Any, b: Any, turned: tuple[Any, ...]) -> Any:
    """The product of two, one of them an operator at least; `turned` has transpose_a, transpose_b, adjoint_a, adjoint_b."""
    if turned[0] or turned[1]:
        raise ValueError("Transposing not supported at this time.")
    if is_operator(a):
        return a.matmul(b, adjoint=turned[2], adjoint_arg=turned[3])
    found = b.matmul(a, adjoint=not turned[3], adjoint_arg=not turned[2])
    return PUBLIC["linalg.adjoint"](found)
