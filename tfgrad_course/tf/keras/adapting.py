"""Layers that learn from data by `adapt`, or scale it by numbers given."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.keras.layer import Layer


class Normalization(Layer):
    """Features centred and scaled by mean and variance, given or learned from data."""

    def __init__(
        self, axis: Any = -1, mean: Any = None, variance: Any = None, invert: bool = False, **options: Any
    ) -> None:
        super().__init__(**options)
        self.axis, self.invert = axis, invert
        self.mean: Any = None
        self.variance: Any = None
        if mean is not None and variance is not None:
            self._keep(np.asarray(mean, "float32"), np.asarray(variance, "float32"))

    def adapt(self, data: Any, batch_size: Any = None, steps: Any = None) -> None:
        """Learn mean and variance from data."""
        if hasattr(data, "cardinality"):
            data = np.concatenate([np.atleast_1d(np.asarray(batch)) for batch in data])
        data = np.asarray(data, "float32")
        axes = () if self.axis is None else (self.axis,) if isinstance(self.axis, int) else tuple(self.axis)
        kept = [axis % data.ndim for axis in axes]
        others = tuple(i for i in range(data.ndim) if i not in kept)
        mean, variance = data.mean(axis=others), data.var(axis=others)
        if not self._own:
            for name in ("mean", "variance"):
                self.add_weight(name=name, shape=mean.shape, initializer="zeros", trainable=False)
            self.add_weight(name="count", shape=(), initializer="zeros", dtype="int64", trainable=False)
        for weight, value in zip(self._own, (mean, variance, 0), strict=True):
            weight.assign(value)
        shape = [data.shape[i] if i in kept else 1 for i in range(data.ndim)] if kept else ()
        self._keep(mean.reshape(shape), variance.reshape(shape))

    def _keep(self, mean: Any, variance: Any) -> None:
        self.mean, self.variance = tf.constant(mean), tf.constant(variance)
        self.built = True

    def call(self, inputs: Any) -> Any:
        """Centred and scaled, or back."""
        if self.mean is None:
            raise ValueError("You must call `.build(input_shape)` on the layer before using it.")
        deviation = tf.maximum(tf.sqrt(self.variance), 1e-7)
        inputs = tf.cast(inputs, self.dtype)
        return self.mean + inputs * deviation if self.invert else (inputs - self.mean) / deviation


class Rescaling(Layer):
    """inputs * scale + offset."""

    def __init__(self, scale: Any, offset: Any = 0.0, **options: Any) -> None:
        super().__init__(**options)
        self.scale, self.offset = scale, offset

    def call(self, inputs: Any) -> Any:
        """Scaled."""
        return tf.cast(inputs, self.dtype) * self.scale + self.offset
