"""Two ways to the same derivatives: exact with sympy, and on the tape of any TensorFlow-like namespace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np

from tfgrad_course.maths.tree import Function

Array = Any


class Calculus(Protocol):
    """What an answer is computed with: values and derivatives of a function at a point, as arrays."""

    def value(self, function: Function, point: Mapping[str, Any]) -> Array:
        """The function at the point."""

    def derive(self, function: Function, point: Mapping[str, Any], *names: str) -> Array:
        """The derivative by the variables named, one after another: the result's shape, then the variables'."""


class Exact:
    """Derivatives by sympy's rules, rounded once at the end."""

    def value(self, function: Function, point: Mapping[str, Any]) -> Array:
        """The function at the point."""
        return self.derive(function, point)

    def derive(self, function: Function, point: Mapping[str, Any], *names: str) -> Array:
        """The derivative by the variables named; a function that needs no variable is a constant."""
        from tfgrad_course.maths.symbolic import value_at

        given = {name: listed(value) for name, value in point.items()}
        if any(name not in function.variables for name in names):
            function = Function((*function.variables, *names), function.lines, function.result, function.name)
        return value_at(function, given, *names)


class Taped:
    """Derivatives by nested tapes in float64, on our own tape or on real TensorFlow."""

    def __init__(self, tf: Any) -> None:
        self.tf = tf

    def value(self, function: Function, point: Mapping[str, Any]) -> Array:
        """The function at the point."""
        return self.derive(function, point)

    def derive(self, function: Function, point: Mapping[str, Any], *names: str) -> Array:
        """The derivative by the variables named; 0 where the tape finds no way."""
        tensors = {name: self.tf.constant(listed(value), dtype="float64") for name, value in point.items()}
        return np.asarray(self._derived(function, tensors, names).numpy())

    def _derived(self, function: Function, tensors: dict[str, Any], names: tuple[str, ...]) -> Any:
        from tfgrad_course.maths.evaluate import evaluate

        if not names:
            return self.tf.convert_to_tensor(evaluate(function, self.tf, tensors))
        source = tensors[names[-1]]
        with self.tf.GradientTape() as tape:
            tape.watch(source)
            inner = self._derived(function, tensors, names[:-1])
        ask = tape.jacobian if len(inner.shape) else tape.gradient
        return ask(inner, source, unconnected_gradients=self.tf.UnconnectedGradients.ZERO)


def listed(value: Any) -> Any:
    """A point's value as plain lists of floats."""
    return [listed(item) for item in value] if isinstance(value, (tuple, list)) else value
