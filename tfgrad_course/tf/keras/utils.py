"""Small tools of Keras that course code uses."""

from __future__ import annotations

import random as _random
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.keras.backend import clear_session
from tfgrad_course.tf.keras.saving import (
    CustomObjectScope,
    custom_object_scope,
    deserialize_keras_object,
    get_custom_objects,
    get_registered_name,
    get_registered_object,
    register_keras_serializable,
    serialize_keras_object,
)  # fmt: skip
from tfgrad_course.tf.keras.sequences import pad_sequences

__all__ = [
    "CustomObjectScope", "clear_session", "custom_object_scope", "deserialize_keras_object", "get_custom_objects",
    "get_registered_name", "get_registered_object", "pad_sequences", "register_keras_serializable",
    "serialize_keras_object",
]  # fmt: skip


def to_categorical(x: Any, num_classes: int | None = None) -> Any:
    """One-hot rows as a NumPy array (a tensor for a tensor)."""
    labels = np.asarray(x.numpy() if hasattr(x, "numpy") else x, dtype="int64")
    shape = labels.shape[:-1] if labels.ndim > 1 and labels.shape[-1] == 1 else labels.shape
    labels = labels.reshape(-1)
    count = num_classes or int(labels.max()) + 1
    hot = np.zeros((labels.size, count))
    hot[np.arange(labels.size), labels] = 1.0
    hot = hot.reshape(*shape, count)
    return tf.constant(hot, dtype="float32") if tf.is_tensor(x) else hot


def set_random_seed(seed: int) -> None:
    """Seed Python, NumPy and the tape."""
    _random.seed(seed)
    np.random.seed(seed)
    tf.random.set_seed(seed)


def normalize(x: Any, axis: int = -1, order: int = 2) -> Any:
    """x divided by its norm along an axis, as a NumPy array."""
    x = np.asarray(x)
    norm = np.atleast_1d(np.linalg.norm(x, order, axis))
    norm[norm == 0] = 1
    return x / np.expand_dims(norm, axis)


def plot_model(*_: Any, **__: Any) -> None:
    """Needs pydot, as in Keras."""
    raise ImportError("You must install pydot (`pip install pydot`) for `plot_model` to work.")
