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


def split_dataset(
    dataset: Any, left_size: Any = None, right_size: Any = None, shuffle: bool = False, seed: Any = None, **_: Any
) -> Any:  # fmt: skip
    """Two datasets: the first elements, and the others."""
    rows = (
        list(dataset)
        if hasattr(dataset, "cardinality")
        else list(tf.data.Dataset.from_tensor_slices(dataset))
    )
    if shuffle:
        _random.Random(seed).shuffle(rows)
    count = lambda size: round(size * len(rows)) if isinstance(size, float) else int(size)
    left = count(left_size) if left_size is not None else len(rows) - count(right_size)
    end = len(rows) if right_size is None else left + count(right_size)
    spec = tf.data.Dataset._new(lambda: iter(rows)).element_spec
    parts = (rows[:left], rows[left:end])
    return tuple(
        tf.data.Dataset._new(lambda part=part: iter(part), len(part), "Prefetch", spec) for part in parts
    )  # type: ignore[misc]


def timeseries_dataset_from_array(
    data: Any, targets: Any, sequence_length: int, sequence_stride: int = 1, sampling_rate: int = 1,
    batch_size: int | None = 128, shuffle: bool = False, seed: Any = None, start_index: int | None = None,
    end_index: int | None = None,
) -> Any:  # fmt: skip
    """Windows of neighbouring rows, with the targets of their first rows."""
    first, last = start_index or 0, end_index if end_index is not None else len(data)
    count = last - first - (sequence_length - 1) * sampling_rate
    if targets is not None:
        count = min(count, len(targets) - first)
    begins = first + np.arange(0, max(count, 0), sequence_stride)
    if shuffle:
        np.random.default_rng(seed).shuffle(begins)
    offsets = np.arange(sequence_length) * sampling_rate
    windows = tf.constant(np.asarray(data)[begins[:, None] + offsets])
    parts = windows if targets is None else (windows, tf.constant(np.asarray(targets)[begins]))
    made = tf.data.Dataset.from_tensor_slices(parts)
    return made if batch_size is None else made.batch(batch_size).prefetch(tf.data.AUTOTUNE)
