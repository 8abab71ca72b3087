"""The part of Keras that training loops of a GradientTape course use, as plain composites of the tape's ops.

Loaded on first use of `tf.keras`; numbers and defaults follow Keras 3.
"""

from __future__ import annotations

from typing import Any

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
from tfgrad_course.tf.keras.layers import Input, Layer
from tfgrad_course.tf.keras.models import Model, Sequential
from tfgrad_course.tf.keras.variables import Variable

metrics.AUC = AUC  # type: ignore[attr-defined]  # a metric as the others are, in a file of its own

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
    "mixed_precision",
    "models",
    "ops",
    "optimizers",
    "random",
    "regularizers",
    "saving",
    "schedules",
    "utils",
]


def _refusing(path: str) -> Any:
    """What a module says of a name it lacks: that Keras has it, or that nobody has."""
    from tfgrad_course.tf import _public

    return lambda name: _public.missing(f"tensorflow.{path}", name)


for _name in __all__:
    _module: Any = globals()[_name]
    if hasattr(_module, "__file__") and "__getattr__" not in vars(_module):
        _module.__getattr__ = _refusing(f"keras.{_name}")
__getattr__ = _refusing("keras")
