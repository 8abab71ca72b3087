"""Keras' random functions, on the tape's own."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf


def normal(
    shape: Any, mean: float = 0.0, stddev: float = 1.0, dtype: Any = "float32", seed: Any = None
) -> Any:
    """Normal distribution."""
    return tf.random.normal(shape, mean, stddev, dtype=tf.as_dtype(dtype), seed=seed)


def uniform(
    shape: Any, minval: float = 0.0, maxval: float = 1.0, dtype: Any = "float32", seed: Any = None
) -> Any:
    """Uniform distribution."""
    return tf.random.uniform(shape, minval, maxval, dtype=tf.as_dtype(dtype), seed=seed)


def shuffle(x: Any, axis: int = 0, seed: Any = None) -> Any:
    """Rows in another order."""
    return tf.random.shuffle(x, seed=seed)
