"""Nested structures, flattened and packed in TensorFlow's order: sequences, mappings by sorted key, attrs classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, MappingView, MutableMapping, Sequence
from typing import Any

# Whether a type is a container; asked for every leaf, so each type is looked at once.
_CONTAINERS: dict[type, bool] = {list: True, tuple: True, dict: True, str: False, bytes: False}
_OPAQUE = (str, bytes, memoryview)
_PLAIN = (list, tuple)


def is_nested(seq: Any) -> bool:
    """Whether it is a sequence, mapping or attrs-like container that is looked into."""
    kind = type(seq)
    found = _CONTAINERS.get(kind)
    if found is None:
        looked_into = issubclass(kind, Sequence | Mapping | MappingView) and not issubclass(kind, _OPAQUE)
        found = looked_into or hasattr(kind, "__attrs_attrs__") or hasattr(kind, "__tf_flatten__")
        _CONTAINERS[kind] = found
    return found


def _composite(structure: Any) -> bool:
    return hasattr(type(structure), "_components")


def _children(structure: Any) -> Iterable[Any]:
    if isinstance(structure, Mapping):
        return (structure[key] for key in sorted(structure))
    if hasattr(structure, "__attrs_attrs__"):
        return [getattr(structure, field.name) for field in structure.__attrs_attrs__]
    if hasattr(structure, "__tf_flatten__"):
        return list(structure.__tf_flatten__()[1])
    return structure  # type: ignore[no-any-return]


def flatten(structure: Any, expand_composites: bool = False) -> list[Any]:
    """The leaves of a structure as a list; a leaf alone gives a list of one."""
    if expand_composites:
        return list(_expanded(structure))
    if not is_nested(structure):
        return [structure]
    return [leaf for child in _children(structure) for leaf in flatten(child)]


def _expanded(structure: Any) -> Iterator[Any]:
    if is_nested(structure):
        for child in _children(structure):
            yield from _expanded(child)
    elif _composite(structure):
        yield from structure._components()
    else:
        yield structure


def pack_sequence_as(structure: Any, flat_sequence: Any, expand_composites: bool = False) -> Any:
    """A structure like `structure` with the leaves of `flat_sequence`."""
    if not is_nested(flat_sequence):
        raise TypeError(
            f"Attempted to pack value:\n  {flat_sequence!s}\ninto a structure, but found incompatible type "
            f"`{type(flat_sequence)}` instead."
        )
    leaves = list(flat_sequence) if not isinstance(flat_sequence, Mapping) else _by_position(flat_sequence)
    if not is_nested(structure) and not (expand_composites and _composite(structure)):
        if len(leaves) != 1:
            raise ValueError(
                f"The target structure is of type `{type(structure)}`\n  {structure!s}\nHowever the input is a sequence "
                f"({type(flat_sequence)}) of length {len(leaves)}.\n  {flat_sequence}\nnest cannot guarantee that it is "
                "safe to map one to the other."
            )
        return leaves[0]
    size = len(flatten(structure, expand_composites))
    if size != len(leaves):
        raise ValueError(
            f"Could not pack sequence. Structure had {size} atoms, but flat_sequence had {len(leaves)} items.  "
            f"Structure: {structure!s}, flat_sequence: {flat_sequence}."
        )
    return _packed(structure, iter(leaves), expand_composites)


def _by_position(leaves: Mapping[Any, Any]) -> list[Any]:
    return [leaves[i] for i in range(len(leaves))]


def _packed(structure: Any, leaves: Iterator[Any], expand: bool) -> Any:
    if not is_nested(structure):
        if expand and _composite(structure):
            return structure._from_components([next(leaves) for _ in structure._components()])
        return next(leaves)
    if isinstance(structure, Mapping):
        return _packed_mapping(structure, leaves, expand)
    children = [_packed(child, leaves, expand) for child in _children(structure)]
    kind: Any = type(structure)
    if kind in _PLAIN:
        return kind(children)
    if hasattr(kind, "__tf_unflatten__"):
        return kind.__tf_unflatten__(structure.__tf_flatten__()[0], tuple(children))
    if hasattr(kind, "_fields") or hasattr(kind, "__attrs_attrs__"):
        return kind(*children)
    return children if isinstance(structure, range | MappingView) else kind(children)


def _packed_mapping(structure: Mapping[Any, Any], leaves: Iterator[Any], expand: bool) -> Any:
    try:
        keys = sorted(structure)
    except TypeError:
        raise TypeError("nest only supports dicts with sortable keys.") from None
    made = {key: _packed(structure[key], leaves, expand) for key in keys}
    kind: Any = type(structure)
    if kind is dict:
        return {key: made[key] for key in structure}
    if isinstance(structure, MutableMapping):
        fresh = defaultdict(structure.default_factory) if isinstance(structure, defaultdict) else kind()
        for key in structure:
            fresh[key] = made[key]
        return fresh
    try:
        return kind((key, made[key]) for key in structure)
    except TypeError as problem:
        raise TypeError(
            f"Error creating an object of type {kind} like {structure}. Note that it must accept a single positional "
            "argument representing an iterable of key-value pairs, in addition to self. Cause: "
            f"{problem}"
        ) from problem


def map_structure(func: Callable[..., Any], *structure: Any, **kwargs: Any) -> Any:
    """`func` applied to each leaf, or to the leaves that stand in the same place."""
    if not callable(func):
        raise TypeError(f"func must be callable, got: {func}")
    if not structure:
        raise ValueError("Must provide at least one structure")
    check_types = kwargs.pop("check_types", True)
    expand = kwargs.pop("expand_composites", False)
    if kwargs:
        raise ValueError(
            f"Only valid keyword arguments are `check_types` and `expand_composites`, not: "
            f"`{'`, `'.join(kwargs)}`"
        )
    for other in structure[1:]:
        assert_same_structure(structure[0], other, check_types, expand)
    leaves = [func(*each) for each in zip(*(flatten(s, expand) for s in structure), strict=True)]
    return pack_sequence_as(structure[0], leaves, expand)


def assert_same_structure(
    nest1: Any, nest2: Any, check_types: bool = True, expand_composites: bool = False
) -> None:
    """Raise ValueError or TypeError unless both have the same structure."""
    if not is_nested(nest1) and not is_nested(nest2) and not expand_composites:
        return
    problem = _difference(nest1, nest2, bool(check_types), expand_composites)
    if problem is not None:
        kind, words = problem
        first, second = (map_structure(lambda leaf: _DOT, one) for one in (nest1, nest2))
        raise kind(
            f"The two structures don't have the same nested structure.\n\nFirst structure: {_told(nest1)}\n\nSecond "
            f"structure: {_told(nest2)}\n\nMore specifically: {words}\nEntire first structure:\n{first!s}\n"
            f"Entire second structure:\n{second!s}"
        )


class _Dot:
    """A leaf, in messages about structures."""

    def __repr__(self) -> str:
        return "."


_DOT = _Dot()


def _told(one: Any) -> str:
    return f"type={type(one).__name__} str={one!s}"


def _difference(a: Any, b: Any, check_types: bool, expand: bool) -> tuple[type[Exception], str] | None:
    looked_into = is_nested(a), is_nested(b)
    if looked_into[0] != looked_into[1]:
        inner, leaf = (a, b) if looked_into[0] else (b, a)
        return ValueError, (
            f'Substructure "{_told(inner)}" is a sequence, while substructure "{_told(leaf)}" is not'
        )
    if not looked_into[0]:
        return _composites_differ(a, b) if expand else None
    if check_types and not _same_kind(a, b):
        return TypeError, (
            f"The two namedtuples don't have the same sequence type. First structure {_told(a)} has type "
            f"{type(a).__name__}, while second structure {_told(b)} has type {type(b).__name__}"
        )
    if check_types and isinstance(a, Mapping) and set(a) != set(b):
        return ValueError, (
            f"The two dictionaries don't have the same set of keys. First structure has keys {_told(list(a))}, while "
            f"second structure has keys {_told(list(b))}"
        )
    first, second = list(_children(a)), list(_children(b))
    for x, y in zip(first, second, strict=False):
        problem = _difference(x, y, check_types, expand)
        if problem is not None:
            return problem
    if len(first) == len(second):
        return None
    return ValueError, (
        f"The two structures don't have the same number of elements. First structure: {_told(a)}. Second "
        f"structure: {_told(b)}"
    )


def _same_kind(a: Any, b: Any) -> bool:
    if type(a) is type(b) or (isinstance(a, Mapping) and isinstance(b, Mapping)):
        return True
    fields = getattr(a, "_fields", None)  # two namedtuples made alike are as good as one
    return fields is not None and fields == getattr(b, "_fields", 0) and type(a).__name__ == type(b).__name__


def _composites_differ(a: Any, b: Any) -> tuple[type[Exception], str] | None:
    if _composite(a) == _composite(b):
        return None
    inner, leaf = (a, b) if _composite(a) else (b, a)
    return ValueError, (
        f'Substructure "{_told(inner)}" is a sequence, while substructure "{_told(leaf)}" is not'
    )
