"""The initializers that stand at tf's top level: TensorFlow's own, not Keras'."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf._dtypes import as_dtype, bool_, float32, string

_KEYWORDS = ("partition_shape", "partition_offset", "layout")


class Initializer:
    """Makes the first value of a variable from its shape."""

    def get_config(self) -> dict[str, Any]:
        """The arguments that make an equal initializer."""
        return {}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Any:
        """An initializer from what `get_config` gave."""
        return cls(**{k: v for k, v in config.items() if k != "dtype"})


def _checked(kwargs: dict[str, Any]) -> None:
    for word in kwargs:
        if word not in _KEYWORDS:
            raise TypeError(f"Keyword argument should be one of {list(_KEYWORDS)}. Received: {word}")


def _number_kind(dtype: Any) -> Any:
    kind = as_dtype(dtype)
    if kind is string:
        raise ValueError(f"Argument `dtype` expected to be numeric or boolean. Received {kind}.")
    return kind


class Zeros(Initializer):
    """Zeros."""

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Any:
        _checked(kwargs)
        return tf.zeros(kwargs.get("partition_shape", shape), _number_kind(dtype))


class Ones(Initializer):
    """Ones."""

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Any:
        _checked(kwargs)
        return tf.ones(kwargs.get("partition_shape", shape), _number_kind(dtype))


class Constant(Initializer):
    """A value given, or all values one by one."""

    def __init__(self, value: Any = 0, support_partition: bool = False) -> None:
        if not (np.isscalar(value) or isinstance(value, list | tuple | np.ndarray)):
            raise TypeError(
                f"Invalid type for initial value: {type(value)}. Expected Python scalar, list or tuple of values, or "
                "numpy.ndarray."
            )
        self.value, self.support_partition = value, support_partition

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Any:
        _checked(kwargs)
        if "partition_shape" in kwargs and not self.support_partition:
            raise ValueError("Constant initializer doesn't support partition-related arguments")
        kind = None if dtype is None else as_dtype(dtype)
        return tf.constant(self.value, dtype=kind, shape=kwargs.get("partition_shape", shape))

    def get_config(self) -> dict[str, Any]:
        """The value."""
        return {"value": self.value}


def _drawn(seed: Any, name: str, shape: Any, *limits: Any) -> Any:
    """Numbers that are the same each time if there is a seed."""
    if seed is None:
        return getattr(tf.random, name)(shape, *limits)
    return getattr(tf.random, f"stateless_{name}")(shape, [seed, 0], *limits)


class RandomUniform(Initializer):
    """Numbers from an interval, all equally likely."""

    def __init__(self, minval: Any = -0.05, maxval: Any = 0.05, seed: Any = None) -> None:
        self.minval, self.maxval, self.seed = minval, maxval, seed

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Any:
        _checked(kwargs)
        kind = as_dtype(dtype)
        if not kind.is_floating and not kind.is_integer:
            raise ValueError(f"Argument `dtype` expected to be numeric or boolean. Received {kind}.")
        shape = kwargs.get("partition_shape", shape)
        return _drawn(self.seed, "uniform", shape, self.minval, self.maxval, kind)

    def get_config(self) -> dict[str, Any]:
        """Limits and seed."""
        return {"minval": self.minval, "maxval": self.maxval, "seed": self.seed}


class RandomNormal(Initializer):
    """Normally distributed numbers."""

    def __init__(self, mean: Any = 0.0, stddev: Any = 0.05, seed: Any = None) -> None:
        self.mean, self.stddev, self.seed = mean, stddev, seed

    def __call__(self, shape: Any, dtype: Any = float32, **kwargs: Any) -> Any:
        _checked(kwargs)
        kind = as_dtype(dtype)
        if not kind.is_floating or kind is bool_:
            raise ValueError(f"Argument `dtype` is expected to be floating point. Received: {kind}.")
        shape = kwargs.get("partition_shape", shape)
        return _drawn(self.seed, "normal", shape, self.mean, self.stddev, kind)

    def get_config(self) -> dict[str, Any]:
        """Mean, deviation and seed."""
        return {"mean": self.mean, "stddev": self.stddev, "seed": self.seed}


for _class in (Initializer, Zeros, Ones, Constant, RandomUniform, RandomNormal):
    _class.__module__ = "tensorflow.python.ops.init_ops_v2"
