"""Nested structures, flattened and packed in TensorFlow's order: lists, tuples, named tuples, dicts by sorted key."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

# Whether a type is a container; asked for every leaf, so each type is looked at once.
_CONTAINERS: dict[type, bool] = {list: True, tuple: True, dict: True}


def is_nested(structure: Any) -> bool:
    """Whether it is a list, tuple, dict or attrs/dataclass-like container that is looked into."""
    kind = type(structure)
    found = _CONTAINERS.get(kind)
    if found is None:
        found = _CONTAINERS[kind] = issubclass(kind, (list, tuple, Mapping))
    return found


def _children(structure: Any) -> Iterator[Any]:
    if isinstance(structure, Mapping):
        return (structure[key] for key in _keys(structure))
    return iter(structure)


def _keys(structure: Mapping[Any, Any]) -> list[Any]:
    try:
        return sorted(structure)
    except TypeError:
        raise TypeError("nest only supports dicts with sortable keys.") from None


def flatten(structure: Any, expand_composites: bool = False) -> list[Any]:
    """The leaves of a structure as a list; a leaf alone gives a list of one."""
    if not is_nested(structure):
        return [structure]
    return [leaf for child in _children(structure) for leaf in flatten(child)]


def pack_sequence_as(structure: Any, flat_sequence: Any, expand_composites: bool = False) -> Any:
    """A structure like `structure` with the leaves of `flat_sequence`."""
    if not is_nested(flat_sequence):
        raise TypeError(
            f"Attempted to pack value:\n  {flat_sequence}\ninto a structure, but found incompatible type "
            f"`{type(flat_sequence)}` instead."
        )
    leaves = list(flat_sequence)
    if not is_nested(structure):
        if len(leaves) != 1:
            raise ValueError(
                f"The target structure is of type `{type(structure)}`\n  {structure}\nHowever the input is a sequence "
                f"({type(flat_sequence)}) of length {len(leaves)}.\n  {leaves}\nnest cannot guarantee that it is safe "
                "to map one to the other."
            )
        return leaves[0]
    size = len(flatten(structure))
    if size != len(leaves):
        raise ValueError(
            f"Could not pack sequence. Structure had {size} atoms, but flat_sequence had {len(leaves)} items.  "
            f"Structure: {structure}, flat_sequence: {leaves}."
        )
    return _packed(structure, iter(leaves))


def _packed(structure: Any, leaves: Iterator[Any]) -> Any:
    if not is_nested(structure):
        return next(leaves)
    if isinstance(structure, Mapping):
        made = {key: _packed(structure[key], leaves) for key in _keys(structure)}
        ordered = {key: made[key] for key in structure}
        if isinstance(structure, defaultdict):
            return defaultdict(structure.default_factory, ordered)
        if type(structure) in (dict, OrderedDict):
            return type(structure)(ordered)  # type: ignore[call-arg]
        try:
            return type(structure)(ordered)  # type: ignore[call-arg]
        except TypeError:
            return ordered
    children = [_packed(child, leaves) for child in structure]
    if isinstance(structure, tuple) and hasattr(structure, "_fields"):
        return type(structure)(*children)
    if type(structure) in (list, tuple):
        return type(structure)(children)
    try:
        return type(structure)(children)
    except TypeError:
        return tuple(children) if isinstance(structure, tuple) else children


def map_structure(func: Callable[..., Any], *structure: Any, **kwargs: Any) -> Any:
    """`func` applied to each leaf, or to the leaves that stand in the same place."""
    if not callable(func):
        raise TypeError(f"`func` must be callable, got: {func}.")
    if not structure:
        raise ValueError("Must provide at least one structure")
    check_types = kwargs.pop("check_types", True)
    kwargs.pop("expand_composites", None)
    if kwargs:
        raise ValueError(
            f"Only valid keyword arguments are `check_types` and `expand_composites`, not: "
            f"`{'`, `'.join(kwargs)}`"
        )
    for other in structure[1:]:
        assert_same_structure(structure[0], other, check_types=check_types)
    leaves = [func(*each) for each in zip(*(flatten(s) for s in structure), strict=True)]
    return pack_sequence_as(structure[0], leaves)


def assert_same_structure(
    nest1: Any, nest2: Any, check_types: bool = True, expand_composites: bool = False
) -> None:
    """Raise ValueError or TypeError unless both have the same structure."""
    problem = _difference(nest1, nest2, check_types)
    if problem is not None:
        raise problem(
            f"The two structures don't have the same nested structure.\n\nFirst structure: type="
            f"{type(nest1).__name__} str={nest1}\n\nSecond structure: type={type(nest2).__name__} str={nest2}"
        )


def _difference(a: Any, b: Any, check_types: bool) -> type[Exception] | None:
    if is_nested(a) != is_nested(b):
        return ValueError
    if not is_nested(a):
        return None
    if isinstance(a, Mapping) != isinstance(b, Mapping):
        return TypeError if check_types else ValueError
    if check_types and type(a) is not type(b) and not (isinstance(a, Mapping) and isinstance(b, Mapping)):
        return TypeError
    if len(a) != len(b):
        return ValueError
    if isinstance(a, Mapping) and set(a) != set(b):
        return ValueError
    for x, y in zip(_children(a), _children(b), strict=True):
        problem = _difference(x, y, check_types)
        if problem is not None:
            return problem
    return None
