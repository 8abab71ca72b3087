"""Keras' random functions, on the tape's own."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.keras.variables import Variable, auto_name

_NAMES: dict[str, int] = {}


class SeedGenerator:
    """Seeds one after another, for random functions of Keras."""

    def __init__(self, seed: int | None = None, name: str | None = None, **_: Any) -> None:
        self.seed = seed if seed is not None else random.randint(1, int(1e9))
        self._count = 0
        self.name = name or auto_name("SeedGenerator", _NAMES)
        self._state: Any = None

    @property
    def state(self) -> Any:
        """The seed, and how many were drawn."""
        if self._state is None:
            self._state = Variable(
                np.array([self.seed, self._count], "uint32"), trainable=False, name="seed_generator_state",
                path=f"{self.name}/seed_generator_state",
            )  # fmt: skip
        return self._state

    def next(self, ordered: bool = True) -> Any:
        """The next seed."""
        self._count += 1
        if self._state is not None:
            self._state.assign(np.array([self.seed, self._count], "uint32"))
        return tf.constant([self.seed % (2**31 - 2), self._count - 1], dtype="int32")


def _drawn(kind: str, shape: Any, low: float, high: float, dtype: Any, seed: Any) -> Any:
    seeds = seed.next() if isinstance(seed, SeedGenerator) else SeedGenerator(seed).next()
    return getattr(tf.random, f"stateless_{kind}")(shape, seeds, low, high, dtype=tf.as_dtype(dtype))


def normal(
    shape: Any, mean: float = 0.0, stddev: float = 1.0, dtype: Any = "float32", seed: Any = None
) -> Any:
    """Normal distribution."""
    return _drawn("normal", shape, mean, stddev, dtype or "float32", seed)


def truncated_normal(
    shape: Any, mean: float = 0.0, stddev: float = 1.0, dtype: Any = "float32", seed: Any = None
) -> Any:
    """Normal distribution without what lies beyond two deviations."""
    return _drawn("truncated_normal", shape, mean, stddev, dtype or "float32", seed)


def uniform(
    shape: Any, minval: float = 0.0, maxval: float = 1.0, dtype: Any = "float32", seed: Any = None
) -> Any:
    """Uniform distribution."""
    return _drawn("uniform", shape, minval, maxval, dtype or "float32", seed)


def dropout(inputs: Any, rate: float, noise_shape: Any = None, seed: Any = None) -> Any:
    """A share of the inputs set to 0."""
    seeds = seed.next() if isinstance(seed, SeedGenerator) else SeedGenerator(seed).next()
    return tf.nn.experimental.stateless_dropout(inputs, rate, seeds, noise_shape=noise_shape)


def shuffle(x: Any, axis: int = 0, seed: Any = None) -> Any:
    """Rows in another order."""
    return tf.random.shuffle(x, seed=None if isinstance(seed, SeedGenerator) else seed)
