"""Layers that make one output of several inputs."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras.layer import Layer


class _Merge(Layer):
    def call(self, inputs: Any) -> Any:
        total = inputs[0]
        for item in inputs[1:]:
            total = self.merge(total, item)
        return total

    def merge(self, x: Any, y: Any) -> Any:
        """Two inputs into one."""
        raise NotImplementedError


class Add(_Merge):
    """Sum of all inputs."""

    def merge(self, x: Any, y: Any) -> Any:
        return x + y


class Subtract(_Merge):
    """First minus second input."""

    def merge(self, x: Any, y: Any) -> Any:
        return x - y


class Multiply(_Merge):
    """Product of all inputs."""

    def merge(self, x: Any, y: Any) -> Any:
        return x * y


class Concatenate(Layer):
    """Inputs side by side."""

    def __init__(self, axis: int = -1, **options: Any) -> None:
        super().__init__(**options)
        self.axis = axis

    def call(self, inputs: Any) -> Any:
        return tf.concat(list(inputs), axis=self.axis)


def concatenate(inputs: Any, axis: int = -1, **options: Any) -> Any:
    """Inputs side by side."""
    return Concatenate(axis=axis, **options)(inputs)


def add(inputs: Any, **options: Any) -> Any:
    """Sum of all inputs."""
    return Add(**options)(inputs)


def multiply(inputs: Any, **options: Any) -> Any:
    """Product of all inputs."""
    return Multiply(**options)(inputs)
