"""Layers that disturb their inputs while training."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras import random
from tfgrad_course.tf.keras.layer import Layer


class Dropout(Layer):
    """A share of the inputs set to 0 while training."""

    def __init__(self, rate: float, noise_shape: Any = None, seed: Any = None, **options: Any) -> None:
        super().__init__(**options)
        if not 0 <= rate <= 1:
            raise ValueError(
                f"Invalid value received for argument `rate`. Expected a float value between 0 and 1. Received: rate={rate}"
            )
        self.rate, self.seed, self.noise_shape = rate, seed, noise_shape
        if rate > 0:
            self.seed_generator = random.SeedGenerator(seed)

    def call(self, inputs: Any, training: bool = False) -> Any:
        """Zeros among the inputs, the others scaled up."""
        if not training or self.rate == 0:
            return inputs
        return random.dropout(inputs, self.rate, self.noise_shape, self.seed_generator)


class GaussianNoise(Layer):
    """Normal noise added while training."""

    def __init__(self, stddev: float, seed: Any = None, **options: Any) -> None:
        super().__init__(**options)
        self.stddev, self.seed = stddev, seed

    def call(self, inputs: Any, training: bool = False) -> Any:
        """Noise, or nothing."""
        return (
            inputs + tf.random.normal(inputs.shape, stddev=self.stddev, seed=self.seed)
            if training
            else inputs
        )
