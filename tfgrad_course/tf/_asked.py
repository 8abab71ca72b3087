"""What may be watched, differentiated and asked for, and how TensorFlow refuses the rest."""

from __future__ import annotations

import enum
from typing import Any

import numpy as np

from tfgrad_course.tf import _nest
from tfgrad_course.tf._dtypes import DType, as_dtype
from tfgrad_course.tf._errors import invalid, mismatch
from tfgrad_course.tf._slices import IndexedSlices
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf._variable import TENSORS

_HEAP_TYPE = 1 << 9  # a flag of classes which a class statement has made


class UnconnectedGradients(enum.Enum):
    """What a gradient is where target and source are not connected."""

    NONE = "none"
    ZERO = "zero"


def watchable(of: Any) -> list[Any]:
    if isinstance(of, TENSORS) and not hasattr(of, "path"):
        return [of]
    found = []
    for one in _nest.flatten(of):
        # Keras' variables, the ones with a path, are none of TensorFlow's: only what they hold can be watched.
        if isinstance(one, TENSORS) and not hasattr(one, "path"):
            found.append(one)
        elif hasattr(one, "_tensors"):
            found.extend(one._tensors())
        elif hasattr(one, "_components"):
            found.extend(part for part in one._components() if part is not None)
        else:
            raise ValueError(
                f"Passed in object {one} of type {type(one).__name__!r}, not tf.Tensor or tf.Variable or ExtensionType."
            )
    return found


def asked(one: Any) -> Any:
    """A target or source, refused as TensorFlow refuses what is not a tensor."""
    if isinstance(one, TENSORS):
        return one
    if hasattr(one, "_values") and not isinstance(one, IndexedSlices):
        return one.values
    if hasattr(one, "_tensors"):
        return one._tensors()[0]
    # TensorFlow takes whatever stands here for a dtype first (1.0 is one, by its number), then for a tensor.
    own = getattr(one, "dtype", None)
    dtype = own if type(own) is DType else as_dtype(one)
    missing = "_id" if dtype.trainable or hasattr(one, "dtype") else "dtype"
    if isinstance(one, type):
        raise AttributeError(f"type object '{one.__name__}' has no attribute '{missing}'")
    raise AttributeError(f"'{_type_name(one)}' object has no attribute '{missing}'")


def _type_name(one: Any) -> str:
    kind = type(one)
    written_in_python = bool(kind.__flags__ & _HEAP_TYPE)
    plain = written_in_python or kind.__module__ == "builtins"
    return kind.__name__ if plain else f"{kind.__module__}.{kind.__name__}"


def repacked(sources: Any, found: list[Any]) -> Any:
    """Gradients in the structure of their sources; those of sparse and ragged tensors like these."""
    whole = [
        s._mapped(lambda values, g=g: g) if g is not None and hasattr(s, "_mapped") else g
        for s, g in zip(_nest.flatten(sources), found, strict=True)
    ]
    return _nest.pack_sequence_as(sources, whole)


def wants_zero(unconnected: Any) -> bool:
    try:
        return UnconnectedGradients(unconnected) is UnconnectedGradients.ZERO
    except ValueError:
        raise ValueError(f"Unknown value for unconnected_gradients: {unconnected!r}") from None


def fitting(seed: EagerTensor, target: Any) -> EagerTensor:
    """An output gradient, refused with the words of the first multiplication that would meet it."""
    if seed.dtype is not target.dtype:
        raise mismatch("Mul", 1, seed.dtype.kernel, target.dtype.kernel)
    if seed._v.shape != target._v.shape:
        try:
            fits = np.broadcast_shapes(seed._v.shape, target._v.shape) == target._v.shape
        except ValueError:
            fits = False
        if not fits:
            raise invalid("Mul", f"Incompatible shapes: {list(seed._v.shape)} vs. {list(target._v.shape)}")
        seed = tensor(np.broadcast_to(seed._v, target._v.shape), seed.dtype)
    return seed
