"""What a learner's name or argument holds, as plain claims: exact types only, since `isinstance` can be lied to."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import islice
from typing import Any

import numpy as np

from graders.evidence import Ref, Value
from graders.recorders.quickly import maker

SMALL = 64
LARGE = 10_000
DEPTH = 4
LETTERS = 1_000

_type = type
_value = maker(Value)
_NUMBERS = {bool: "bool", int: "int", float: "float", complex: "complex"}
_SEQUENCES: dict[type, str] = {list: "list", tuple: "tuple", set: "list", frozenset: "list", range: "list"}
_NUMERIC = "biufc"
_PASSING = ("_grad_pass_through_op", "passed")  # `tf.grad_pass_through` in TensorFlow and in the shim
_qualified = type.__dict__["__name__"].__get__

Lookup = Callable[[Any], "Ref | None"]


def type_name(thing: object) -> str:
    """The name of a thing's class, whatever its metaclass says."""
    return str(_qualified(_type(thing)))[:LETTERS]


def is_from(function: Any, filename: str) -> bool:
    """Whether a function's own code (not one it wraps) stands in this file, or lets it give any value it likes."""
    function = getattr(function, "func", function) if _type(function).__name__ == "partial" else function
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    return code is not None and (code.co_filename == filename or code.co_name in _PASSING)


def array_value(array: Any, most: int, dtype: str = "") -> Value | None:
    """A NumPy array or scalar (of exactly these types) as a value; None when too large or of other content."""
    if array.size > most:
        return None
    kind = array.dtype.kind
    if kind in _NUMERIC:
        data = array.ravel().tolist()
    elif kind in "US":
        data = [_text(item) for item in array.ravel().tolist()]
        return Value("string", tuple(array.shape), tuple(data))
    elif kind == "V" and array.dtype.name == "bfloat16":
        data = array.astype(np.float64).ravel().tolist()
    else:
        return None
    return _value(dtype or array.dtype.name, tuple(array.shape), tuple(data))


def _text(item: Any) -> str:
    return (item.decode("utf-8", "replace") if _type(item) is bytes else str(item))[:LETTERS]


def plain(thing: Any, most: int = LARGE) -> Ref | None:
    """None, numbers, words, NumPy scalars and arrays; None for anything else."""
    kind = _type(thing)
    if thing is None:
        return Ref("none", "NoneType")
    if kind in _NUMBERS:
        return Ref("number", kind.__name__, value=_number(thing, _NUMBERS[kind]))
    if kind is str or kind is bytes or kind is np.str_:
        return Ref("word", kind.__name__, value=Value("str", (), (_text(thing),)))
    if kind is np.ndarray:
        return Ref("array", "ndarray", value=array_value(thing, most))
    if kind.__module__ == "numpy" and issubclass(kind, np.generic):
        return Ref("number", kind.__name__, value=array_value(thing, most))
    return None


def _number(thing: Any, dtype: str) -> Value | None:
    if dtype == "int":
        try:
            thing = float(thing)
        except OverflowError:
            thing = math.inf if thing > 0 else -math.inf
    return Value(dtype, (), (thing,))


class References:
    """Turns things into refs; the backend says what its tensors and variables are."""

    def __init__(self, backend: Lookup, sequences: tuple[type, ...] = (), mappings: tuple[type, ...] = ()):
        self._backend = backend
        self._sequences: dict[type, str] = dict(_SEQUENCES)
        self._sequences.update((kind, "list") for kind in sequences)
        self._mappings: set[type] = {dict, *mappings}
        self._left = 0

    def ref(self, thing: Any, budget: int = 20_000) -> Ref:
        """The ref of anything, nested to a limited depth and up to `budget` numbers."""
        self._left = budget
        return self._ref(thing, 0)

    def _ref(self, thing: Any, depth: int) -> Ref:
        self._left -= 1
        found = self._backend(thing) or plain(thing, min(LARGE, max(self._left, 0)))
        if found is not None:
            self._left -= len(found.value.data) if found.value else 0
            return found
        kind = _type(thing)
        if depth < DEPTH and self._left > 0:
            if kind in self._sequences:
                return Ref(self._sequences[kind], type_name(thing), items=self._items(thing, depth))
            if kind.__base__ is tuple and "_fields" in kind.__dict__:  # a named tuple
                return Ref("tuple", type_name(thing), items=self._items(tuple.__iter__(thing), depth))
            if kind in self._mappings:
                keys = tuple(list(thing)[: max(self._left, 0)])
                items = self._items([dict.__getitem__(thing, key) for key in keys], depth)
                return Ref("dict", type_name(thing), items=items, keys=tuple(map(_key, keys))[: len(items)])
        return Ref("other", type_name(thing))

    def _items(self, things: Any, depth: int) -> tuple[Ref, ...]:
        found = []
        # A range may be longer than any memory.
        for thing in islice(iter(things), max(self._left, 0)):
            if self._left <= 0:
                break
            found.append(self._ref(thing, depth + 1))
        return tuple(found)


def _key(key: Any) -> str:
    if _type(key) in (str, int, float, bool):
        return str(key)[:LETTERS]
    return type_name(key)
