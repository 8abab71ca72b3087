"""The part of Keras that training loops of a GradientTape course use, as plain composites of the tape's ops.

Loaded on first use of `tf.keras`; numbers and defaults follow Keras 3.
"""

from __future__ import annotations

from tfgrad_course.tf.keras import (
    activations,
    backend,
    callbacks,
    initializers,
    layers,
    losses,
    metrics,
    models,
    ops,
    optimizers,
    random,
    regularizers,
    schedules,
    utils,
)
from tfgrad_course.tf.keras.layers import Input, Layer
from tfgrad_course.tf.keras.models import Model, Sequential
from tfgrad_course.tf.keras.variables import Variable

__version__ = "3.0.0"

__all__ = [
    "Input",
    "Layer",
    "Model",
    "Sequential",
    "Variable",
    "activations",
    "backend",
    "callbacks",
    "initializers",
    "layers",
    "losses",
    "metrics",
    "models",
    "ops",
    "optimizers",
    "random",
    "regularizers",
    "schedules",
    "utils",
]
