"""What becomes of lists, dicts and tuples that are put into attributes of a module: they say so when shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


class ListWrapper(list[Any]):
    """A list of a module; it and the list it was made of stay the same."""

    __module__ = "tensorflow.python.trackable.data_structures"

    def __init__(self, wrapped_list: Any = ()) -> None:
        super().__init__(wrapped(each) for each in wrapped_list)
        self._storage = wrapped_list

    def _look(self) -> None:
        """Take over what was done to the original behind the wrapper's back."""
        storage = self._storage
        if type(storage) is list and len(storage) != list.__len__(self):
            list.__setitem__(self, slice(None), [wrapped(each) for each in storage])

    def __reduce__(self) -> Any:
        return ListWrapper, (list(self),)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        self._look()
        return f"ListWrapper({list.__repr__(self)})"

    def __add__(self, other: Any) -> Any:
        return list(self) + list(other) if isinstance(other, list) else NotImplemented

    def __radd__(self, other: Any) -> Any:
        return other + list(self)

    def copy(self) -> Any:
        """A list of the same items, of the same kind."""
        return ListWrapper(list(self))


def _reads(name: str) -> Callable[..., Any]:
    given = getattr(list, name)

    def read(self: ListWrapper, *args: Any, **kwargs: Any) -> Any:
        self._look()
        return given(self, *args, **kwargs)

    read.__name__ = name
    return read


def _writes(name: str) -> Callable[..., Any]:
    given = getattr(list, name)

    def write(self: ListWrapper, *args: Any, **kwargs: Any) -> Any:
        self._look()
        if type(self._storage) is list:
            given(self._storage, *args, **kwargs)
        result = given(self, *args, **kwargs)
        return self if name.startswith("__i") else result

    write.__name__ = name
    return write


for _name in ("__len__", "__iter__", "__getitem__", "__contains__", "__eq__", "__ne__", "index", "count"):
    setattr(ListWrapper, _name, _reads(_name))
for _name in (
    "append", "extend", "insert", "pop", "remove", "clear", "reverse", "sort", "__setitem__", "__delitem__", "__iadd__",
):  # fmt: skip
    setattr(ListWrapper, _name, _writes(_name))


class DictWrapper(dict[Any, Any]):
    """A dict of a module."""

    __module__ = "tensorflow.python.trackable.data_structures"

    def __init__(self, wrapped_dict: Any = ()) -> None:
        super().__init__(wrapped_dict)
        for key, value in self.items():
            super().__setitem__(key, wrapped(value))

    def __reduce__(self) -> Any:
        return DictWrapper, (dict(self),)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"DictWrapper({dict.__repr__(self)})"

    def __str__(self) -> str:
        return dict.__repr__(self)


class TupleWrapper(tuple[Any, ...]):
    """A tuple of a module that holds variables or modules."""

    __module__ = "tensorflow.python.trackable.data_structures"

    def __new__(cls, original: Any = ()) -> Any:
        return super().__new__(cls, (wrapped(each) for each in original))

    def __repr__(self) -> str:
        return f"_TupleWrapper({tuple(self)!r})"

    def __str__(self) -> str:
        return repr(tuple(self))


DictWrapper.__name__ = DictWrapper.__qualname__ = "_DictWrapper"
TupleWrapper.__name__ = TupleWrapper.__qualname__ = "_TupleWrapper"


def wrapped(value: Any) -> Any:
    """The value as an attribute of a module holds it."""
    kind = type(value)
    if kind is list:
        return ListWrapper(value)
    if kind is dict:
        return DictWrapper(value)
    if kind is tuple:
        held = tuple(wrapped(each) for each in value)
        return TupleWrapper(held) if any(_tracked(each) for each in held) else value
    return value


def _tracked(value: Any) -> bool:
    kinds = (ListWrapper, DictWrapper, TupleWrapper)
    return isinstance(value, kinds) or hasattr(value, "_now") or hasattr(value, "_found")


def with_paths(value: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """The leaves of a structure, each with the keys that lead there."""
    if isinstance(value, dict):
        for key in sorted(value):
            yield from (((key, *path), leaf) for path, leaf in with_paths(value[key]))
    elif isinstance(value, list | tuple):
        names = getattr(value, "_fields", range(len(value)))
        for key, item in zip(names, value, strict=True):
            yield from (((key, *path), leaf) for path, leaf in with_paths(item))
    else:
        yield (), value
