"""Keras' settings that learners read."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf


def epsilon() -> float:
    """The small number that keeps logarithms finite."""
    return 1e-7


def floatx() -> str:
    """The default float dtype."""
    return "float32"


def clear_session() -> None:
    """Names are counted from the beginning again."""
    from tfgrad_course.tf.keras import layer, metrics, optimizers, random, symbols, variables

    for module in (layer, metrics, optimizers, random, symbols, variables):
        module._NAMES.clear()


def get_value(x: Any) -> Any:
    """A variable's value as a NumPy array."""
    return x.numpy()


def set_value(x: Any, value: Any) -> None:
    """Assign to a variable."""
    x.assign(value)


def image_data_format() -> str:
    """Channels come last."""
    return "channels_last"


def is_tensor(x: Any) -> bool:
    """Whether x is a tensor."""
    return bool(tf.is_tensor(x))


def backend() -> str:
    """What Keras computes with."""
    return "tensorflow"


def __getattr__(name: str) -> Any:
    """The old functions of the backend are those of `keras.ops`."""
    if name.startswith("_"):
        raise AttributeError(name)
    from tfgrad_course.tf.keras import ops

    return getattr(ops, name)
