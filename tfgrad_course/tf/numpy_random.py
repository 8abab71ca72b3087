"""`tf.experimental.numpy.random`: NumPy's names for random tensors."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.numpy_types import array, default_float


def seed(s: int) -> None:
    """The seed of what is drawn from now on."""
    tf.random.set_seed(s)


def randn(*args: int) -> Any:
    """Standard normal numbers of a shape."""
    return standard_normal(args)


def standard_normal(size: Any = None) -> Any:
    """Standard normal numbers."""
    return normal(size=size)


def normal(loc: float = 0.0, scale: float = 1.0, size: Any = None) -> Any:
    """Normal numbers."""
    return tf.random.normal(_shape(size), loc, scale, dtype=default_float(float))


def uniform(low: Any = 0.0, high: Any = 1.0, size: Any = None) -> Any:
    """Uniform numbers."""
    dtype = default_float(float)
    return tf.random.uniform(_shape(size), tf.cast(low, dtype), tf.cast(high, dtype), dtype=dtype)


def random(size: Any = None) -> Any:
    """Uniform numbers between 0 and 1."""
    return uniform(size=size)


def rand(*size: int) -> Any:
    """Uniform numbers between 0 and 1 of a shape."""
    return uniform(size=size)


def randint(low: int, high: int | None = None, size: Any = None, dtype: Any = "int64") -> Any:
    """Whole numbers from low up to, not including, high."""
    low, high = (0, low) if high is None else (low, high)
    return tf.cast(tf.random.uniform(_shape(size), low, high, dtype=tf.int64), dtype)


def poisson(lam: float = 1.0, size: Any = None) -> Any:
    """Poisson numbers."""
    return array(tf.cast(tf.random.poisson(_shape(size), lam), tf.int64))


def _shape(size: Any) -> Any:
    return [] if size is None else [size] if isinstance(size, int) else list(size)
