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
    mixed_precision,
    models,
    ops,
    optimizers,
    random,
    regularizers,
    saving,
    schedules,
    utils,
)
from tfgrad_course.tf.keras.counting import AUC
from tfgrad_course.tf.keras.initializers import Initializer
from tfgrad_course.tf.keras.layers import Input, Layer
from tfgrad_course.tf.keras.losses import Loss
from tfgrad_course.tf.keras.metrics import Metric
from tfgrad_course.tf.keras.models import Model, Sequential
from tfgrad_course.tf.keras.optimizers import Optimizer
from tfgrad_course.tf.keras.regularizers import Regularizer
from tfgrad_course.tf.keras.symbols import Symbol as KerasTensor
from tfgrad_course.tf.keras.variables import Variable

metrics.AUC = AUC  # type: ignore[attr-defined]  # a metric as the others are, in a file of its own


def version() -> str:
    """The version of Keras whose behaviour this is."""
    return "3.15.1"


__all__ = [
    "Initializer",
    "Input",
    "KerasTensor",
    "Layer",
    "Loss",
    "Metric",
    "Model",
    "Optimizer",
    "Regularizer",
    "Sequential",
    "Variable",
    "activations",
    "backend",
    "callbacks",
    "initializers",
    "layers",
    "losses",
    "metrics",
    "mixed_precision",
    "models",
    "ops",
    "optimizers",
    "random",
    "regularizers",
    "saving",
    "schedules",
    "utils",
    "version",
]
