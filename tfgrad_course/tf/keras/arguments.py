"""What layers are called on: arrays and nested lists of them become tensors of the layer's dtype, other things are refused."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras.symbols import mapped


def as_tensors(value: Any, dtype: str) -> Any:
    """Arrays and tensors as tensors, floating ones in the dtype of the layer."""
    if isinstance(value, (list, tuple)):
        return type(value)(as_tensors(item, dtype) for item in value)
    if isinstance(value, dict):
        return {key: as_tensors(item, dtype) for key, item in value.items()}
    if tf.is_tensor(value) or hasattr(value, "__array__"):
        tensor = tf.convert_to_tensor(value)
        return tf.cast(tensor, dtype) if tensor.dtype.is_floating and tensor.dtype.name != dtype else tensor
    return value


def demand_tensors(value: Any) -> None:
    """Refuse what is no tensor."""
    if isinstance(value, (list, tuple, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            demand_tensors(item)
    elif value is not None and not tf.is_tensor(value) and not hasattr(value, "to_tensor"):
        raise ValueError(
            "Only input tensors may be passed as positional arguments. The following argument value should be passed as a "
            f"keyword argument: {value} (of type {type(value)})"
        )


def open_shape(leaf: Any) -> tuple[Any, ...]:
    """A shape with any number of rows."""
    shape = tuple(getattr(leaf, "shape", ()))
    return (None, *shape[1:]) if shape else shape


def is_shape(value: Any) -> bool:
    """Whether something is one shape."""
    return isinstance(value, (tuple, list)) and all(n is None or isinstance(n, int) for n in value)


def shapes_of(value: Any) -> Any:
    """The shapes of what a layer is called on."""
    return mapped(lambda item: tuple(item.shape) if hasattr(item, "shape") else None, value)
