"""Layers that make one output of several inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras.layer import Layer


class _Merge(Layer):
    def call(self, inputs: Any) -> Any:
        """All inputs, two by two."""
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
        """x + y."""
        return x + y


class Subtract(_Merge):
    """First minus second input."""

    def merge(self, x: Any, y: Any) -> Any:
        """x - y."""
        return x - y


class Multiply(_Merge):
    """Product of all inputs."""

    def merge(self, x: Any, y: Any) -> Any:
        """x * y."""
        return x * y


class Maximum(_Merge):
    """Largest of all inputs."""

    def merge(self, x: Any, y: Any) -> Any:
        """max(x, y)."""
        return tf.maximum(x, y)


class Minimum(_Merge):
    """Smallest of all inputs."""

    def merge(self, x: Any, y: Any) -> Any:
        """min(x, y)."""
        return tf.minimum(x, y)


class Average(Add):
    """Mean of all inputs."""

    def call(self, inputs: Any) -> Any:
        """The sum by the number."""
        return super().call(inputs) / float(len(inputs))


class Concatenate(Layer):
    """Inputs side by side."""

    def __init__(self, axis: int = -1, **options: Any) -> None:
        super().__init__(**options)
        self.axis = axis

    def call(self, inputs: Any) -> Any:
        """Joined along the axis."""
        return tf.concat(list(inputs), axis=self.axis)


class Dot(Layer):
    """Products of two inputs, summed along axes of both."""

    def __init__(self, axes: Any, normalize: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.axes, self.normalize = axes, normalize

    def call(self, inputs: Any) -> Any:
        """One product a sample."""
        x, y = inputs
        a, b = (self.axes, self.axes) if isinstance(self.axes, int) else self.axes
        if self.normalize:
            x, y = tf.math.l2_normalize(x, axis=a), tf.math.l2_normalize(y, axis=b)
        if len(x.shape) == len(y.shape) == 2:
            return tf.reduce_sum(x * y, axis=1, keepdims=True)
        x = tf.transpose(x, [0, 2, 1]) if a % 3 == 1 and len(x.shape) == 3 else x
        y = tf.transpose(y, [0, 2, 1]) if b % 3 == 2 and len(y.shape) == 3 else y
        return tf.matmul(x, y)


def _as_function(kind: type[Layer]) -> Callable[..., Any]:
    def merged(inputs: Any, **options: Any) -> Any:
        return kind(**options)(inputs)

    merged.__doc__ = kind.__doc__
    return merged


add, subtract, multiply = _as_function(Add), _as_function(Subtract), _as_function(Multiply)
average, maximum, minimum = _as_function(Average), _as_function(Maximum), _as_function(Minimum)


def concatenate(inputs: Any, axis: int = -1, **options: Any) -> Any:
    """Inputs side by side."""
    return Concatenate(axis=axis, **options)(inputs)


def dot(inputs: Any, axes: Any, **options: Any) -> Any:
    """Products of two inputs, summed along axes of both."""
    return Dot(axes, **options)(inputs)
