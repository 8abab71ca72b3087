"""Layers that only rearrange their inputs."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.keras.layer import Layer


class Flatten(Layer):
    """All axes but the first in one."""

    def call(self, inputs: Any) -> Any:
        size = int(np.prod([int(n) for n in inputs.shape[1:]]))
        return tf.reshape(inputs, [-1, size])


class Reshape(Layer):
    """Another shape for each sample."""

    def __init__(self, target_shape: Any, **options: Any) -> None:
        super().__init__(**options)
        self.target_shape = (target_shape,) if isinstance(target_shape, int) else tuple(target_shape)

    def call(self, inputs: Any) -> Any:
        return tf.reshape(inputs, [inputs.shape[0], *self.target_shape])


class RepeatVector(Layer):
    """Each sample n times along a new second axis."""

    def __init__(self, n: int, **options: Any) -> None:
        super().__init__(**options)
        self.n = n

    def call(self, inputs: Any) -> Any:
        """Repeated."""
        return tf.tile(tf.expand_dims(inputs, 1), [1, self.n, 1])


class Permute(Layer):
    """The axes of each sample in another order."""

    def __init__(self, dims: Any, **options: Any) -> None:
        super().__init__(**options)
        self.dims = tuple(dims)

    def call(self, inputs: Any) -> Any:
        """Transposed."""
        return tf.transpose(inputs, [0, *self.dims])


class TimeDistributed(Layer):
    """A layer for each step of a sequence."""

    def __init__(self, layer: Any, **options: Any) -> None:
        super().__init__(**options)
        self.layer = layer

    def call(self, inputs: Any) -> Any:
        """Step by step."""
        return tf.stack([self.layer(inputs[:, t]) for t in range(int(inputs.shape[1]))], axis=1)


class Identity(Layer):
    """The inputs unchanged."""

    def call(self, inputs: Any) -> Any:
        """Nothing is done."""
        return inputs
