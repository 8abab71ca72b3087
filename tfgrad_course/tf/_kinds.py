"""What of the arguments of a tf.function decides whether it is traced anew: kinds, compared and widened as types.

A kind is a tuple: ("tensor", dtype, shape), ("variable", ...), ("tuple", (kinds...)), ("list", ...), ("dict", (key, kind)
...), ("type", a TraceType of the program's own), ("literal", value) or ("object", identity).
"""

from __future__ import annotations

import math
import weakref
from collections.abc import Mapping
from typing import Any

from tfgrad_course.tf._spec import TensorSpec
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._variable import Variable

_NAN = float("nan")
_WHOLE = ("literal", "value", "object", "variable", "composite")
_LITERALS = (int, float, str, bytes, complex, type(None))


def kind(value: Any, aliases: dict[int, int]) -> Any:
    """The kind of an argument; `aliases` numbers the variables met."""
    if isinstance(value, EagerTensor):
        return ("tensor", value.dtype.name, value._v.shape)
    if isinstance(value, Variable):
        number = aliases.setdefault(id(getattr(value, "_of", value)), len(aliases))
        return ("variable", value.dtype.name, value.shape, value.trainable, number)
    if isinstance(value, TensorSpec):
        shape = value.shape
        return ("tensor", value.dtype.name, None if shape.rank is None else tuple(shape.as_list()))
    if isinstance(value, list | tuple):
        called = type(value).__name__ if hasattr(value, "_fields") or isinstance(value, list) else "tuple"
        return (called, tuple([kind(v, aliases) for v in value]))
    if isinstance(value, Mapping):
        pairs = [(key, kind(item, aliases)) for key, item in value.items()]
        return ("dict", *sorted(pairs, key=lambda pair: str(pair[0])))
    if isinstance(value, _LITERALS):
        not_a_number = isinstance(value, float) and math.isnan(value)
        return ("literal", _NAN if not_a_number else value)
    return _other(value, aliases)


def _other(value: Any, aliases: dict[int, int]) -> Any:
    if hasattr(value, "__tf_tracing_type__"):
        return ("type", value.__tf_tracing_type__(_CONTEXT))
    if hasattr(value, "_components") and hasattr(value, "dtype"):
        shape = getattr(value, "shape", None)
        known = None if shape is None or shape.rank is None else tuple(shape.as_list())
        return ("composite", type(value).__name__, value.dtype.name, known)
    if hasattr(value, "__wrapped__") and not callable(value):
        return kind(value.__wrapped__, aliases)
    if hasattr(value, "__attrs_attrs__"):
        fields = (getattr(value, one.name) for one in value.__attrs_attrs__)
        return (type(value).__name__, tuple(kind(v, aliases) for v in fields))
    if isinstance(value, weakref.ref):
        raise TypeError(f"weakref input {value} not supported for tf.function.")
    try:
        hash(value)
    except TypeError:
        if _known(value):
            return ("object", id(value))
        raise TypeError(
            f"Could not generate a generic TraceType for {value!r}.Please verify that it is immutable/hashable. Otherwise, "
            "consider implementing the Tracing Protocol for it."
        ) from None
    return ("value", value)


def _known(value: Any) -> bool:
    """Whether it is of the shim: such things have a type of their own in TensorFlow."""
    return type(value).__module__.startswith(("tensorflow", "tfgrad_course", "keras"))


class TracingContext:
    """What `__tf_tracing_type__` is given."""

    def alias_global_id(self, local_id: Any) -> Any:
        """One number for each object."""
        return local_id

    def add_placeholder(self, alias_id: Any, placeholder: Any) -> None:
        """Nothing is kept of them."""


_CONTEXT = TracingContext()


def fits(one: Any, other: Any) -> bool:
    """Whether whatever is of the first kind may be given where the second is taken."""
    if one == other:
        return True
    if not isinstance(one, tuple) or not isinstance(other, tuple) or one[:1] != other[:1]:
        return False
    if one[0] == "tensor":
        return one[1] == other[1] and _shape_fits(one[2], other[2])
    if one[0] == "type":
        return bool(one[1].is_subtype_of(other[1]))
    if len(one) != len(other) or one[0] in _WHOLE:
        return False
    return all(
        fits(a, b) if isinstance(a, tuple) else a == b for a, b in zip(one[1:], other[1:], strict=True)
    ) if one[0] == "dict" else _parts_fit(one, other)  # fmt: skip


def _parts_fit(one: Any, other: Any) -> bool:
    if isinstance(one[0], str):
        a, b = one[1], other[1]
        return isinstance(a, tuple) and len(a) == len(b) and all(map(fits, a, b))
    return len(one) == len(other) and all(map(fits, one, other))


def pair_fits(one: Any, other: Any) -> bool:
    """The same for a pair of positional and named arguments."""
    return fits(one[0], other[0]) and fits(one[1], other[1])


def _shape_fits(one: Any, other: Any) -> bool:
    if other is None:
        return True
    same_rank = one is not None and len(one) == len(other)
    return same_rank and all(b is None or a == b for a, b in zip(one, other, strict=True))


def widened(one: Any, other: Any) -> Any:
    """The narrowest kind that both fit, or None."""
    if one == other:
        return one
    if not isinstance(one, tuple) or not isinstance(other, tuple) or one[:1] != other[:1]:
        return None
    if one[0] == "tensor":
        return ("tensor", one[1], _common(one[2], other[2])) if one[1] == other[1] else None
    if one[0] == "type":
        found = one[1].most_specific_common_supertype([other[1]])
        return None if found is None else ("type", found)
    if one[0] == "dict":
        return _wider_dict(one, other)
    if one[0] in _WHOLE or len(one[1]) != len(other[1]):
        return None
    parts = [widened(a, b) for a, b in zip(one[1], other[1], strict=True)]
    return None if None in parts else (one[0], tuple(parts))


def _wider_dict(one: Any, other: Any) -> Any:
    if [pair[0] for pair in one[1:]] != [pair[0] for pair in other[1:]]:
        return None
    parts = [widened(a[1], b[1]) for a, b in zip(one[1:], other[1:], strict=True)]
    if None in parts:
        return None
    return ("dict", *((pair[0], part) for pair, part in zip(one[1:], parts, strict=True)))


def _common(one: Any, other: Any) -> Any:
    if one is None or other is None or len(one) != len(other):
        return None
    return tuple(a if a == b else None for a, b in zip(one, other, strict=True))


def shapes_in(of: Any) -> list[Any]:
    """The shapes of the tensors in a kind, in order; those of dictionaries by key."""
    if not isinstance(of, tuple) or not of:
        return []
    if of[0] == "tensor" and len(of) == 3:
        return [of[2]]
    if of[0] in (*_WHOLE, "type"):
        return []
    if of[0] == "dict":
        return [shape for pair in of[1:] for shape in shapes_in(pair[1])]
    return [shape for part in (of[1] if isinstance(of[0], str) else of) for shape in shapes_in(part)]
