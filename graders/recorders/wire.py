"""The form of a recording on its way out of the child: one table says how each record is written and read.

A frame is a header with new words and a run of float64: numbers as they are, words as their position in the
run's list of words. Whoever reads it trusts nothing: every number is checked against its codec.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from graders.evidence import (
    Assign,
    Call,
    Conversion,
    Op,
    Raised,
    Read,
    Ref,
    TapeEvent,
    Tensor,
    Trace,
    Value,
    Variable,
)
from graders.recorders import straight
from graders.recorders.quickly import maker

MAX_OPS = 20_000
MAX_RECORDS = 60_000
MAX_NUMBERS = 2_000_000
MAX_WORDS = 20_000
MAX_WORD = 4_000
MAX_LETTERS = 4_000_000
MAX_ITEMS = 20_000
MAX_DEPTH = 8
MAX_FRAMES = 20
BIGGEST = 2**53
_NOT_WHOLE = -(2**62)  # stands where a number is none, outside of all bounds
MORE = "..."

COMPLEX = frozenset({"complex64", "complex128", "complex"})
TEXT = frozenset({"string", "str"})
BOOLEAN = frozenset({"bool"})

REF_KINDS = ("tensor", "variable", "array", "number", "word", "none", "list", "tuple", "dict", "other")
MADE = ("op", "constant", "read", "gradient", "symbolic", "unknown")
ASSIGNS = ("assign", "assign_add", "assign_sub", "scatter")
TAPE_EVENTS = ("new", "enter", "exit", "watch", "reset", "pause", "resume")
CALLS = ("gradient", "jacobian", "batch_jacobian", "jvp")
CONVERSIONS = ("numpy", "float", "int", "bool", "array", "index")


class Tampered(Exception):
    """What came is not a recording as the recorder writes it."""


class Writer:
    """Collects numbers and words until they are sent."""

    def __init__(self) -> None:
        self.numbers: list[Any] = []
        self.words: list[str] = [MORE]
        self._places: dict[str, int] = {MORE: 0}

    def word(self, text: str) -> int:
        """The place of a word in the run's list, added when new."""
        place = self._places.get(text)
        if place is None:
            if len(self._places) >= MAX_WORDS:
                return 0
            place = self._places[text] = len(self._places)
            self.words.append(text[:MAX_WORD])
        return place

    def take(self) -> tuple[list[str], bytes]:
        """All collected since the last time; the words keep their places."""
        words, numbers = self.words, array("d", self.numbers).tobytes()
        self.words, self.numbers = [], []
        return words, numbers


class Reader:
    """Reads numbers one by one; anything outside its range is tampering."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers: list[float] = []
        self.wholes_held: list[int] = []
        self.at = 0

    def feed(self, words: Sequence[str], raw: bytes) -> None:
        """Takes one frame in."""
        self.words.extend(words)
        numbers = np.frombuffer(raw, dtype="<f8")
        whole = (np.abs(numbers) <= BIGGEST) & (numbers == np.floor(numbers))
        self._numbers = numbers.tolist()
        self.wholes_held = np.where(whole, numbers, _NOT_WHOLE).astype(np.int64).tolist()
        self.at = 0

    @property
    def done(self) -> bool:
        """Whether the frame is used up."""
        return self.at >= len(self._numbers)

    def run(self, count: int) -> list[float]:
        """The next `count` numbers, whatever they are."""
        start, end = self.at, self.at + count
        if count < 0 or end > len(self._numbers):
            raise Tampered("a record ends too early")
        self.at = end
        return self._numbers[start:end]

    def whole(self, low: int, high: int) -> int:
        """The next number, which must be whole and within bounds (this is where reading spends its time)."""
        at = self.at
        if at >= len(self.wholes_held):
            raise Tampered("a record ends too early")
        self.at = at + 1
        number = self.wholes_held[at]
        if low <= number <= high:
            return number
        raise Tampered(f"expected a whole number from {low} to {high}")

    def wholes(self, count: int, low: int, high: int) -> tuple[int, ...]:
        """The next `count` numbers, all whole and within bounds."""
        start, end = self.at, self.at + count
        if end > len(self.wholes_held):
            raise Tampered("a record ends too early")
        self.at = end
        found = tuple(self.wholes_held[start:end])
        if found and not (low <= min(found) and max(found) <= high):
            raise Tampered(f"expected whole numbers from {low} to {high}")
        return found

    def word(self) -> str:
        """The next word."""
        return self.words[self.whole(0, len(self.words) - 1)]


@dataclass(frozen=True, slots=True)
class Codec:
    """How one field is written and read."""

    put: Callable[[Writer, Any], None]
    get: Callable[[Reader], Any]
    shape: str = ""
    bounds: tuple[int, int] = (0, 0)


def _whole(low: int, high: int = BIGGEST) -> Codec:
    return Codec(lambda w, x: w.numbers.append(x), lambda r: r.whole(low, high), "whole", (low, high))


def _maybe(high: int = BIGGEST) -> Codec:
    def get(reader: Reader) -> int | None:
        found = reader.whole(-1, high)
        return None if found < 0 else found

    return Codec(lambda w, x: w.numbers.append(-1 if x is None else x), get, "maybe", (-1, high))


def _choice(options: tuple[str, ...]) -> Codec:
    return Codec(
        lambda w, x: w.numbers.append(options.index(x)), lambda r: options[r.whole(0, len(options) - 1)]
    )


def _put_wholes(writer: Writer, items: Sequence[int]) -> None:
    writer.numbers.append(len(items))
    writer.numbers.extend(items)


def _wholes(low: int, longest: int = MAX_ITEMS) -> Codec:
    def get(reader: Reader) -> tuple[int, ...]:
        return reader.wholes(reader.whole(0, longest), low, BIGGEST)

    return Codec(_put_wholes, get, "wholes", (low, longest))


def _get_flag(reader: Reader) -> bool:
    return bool(reader.whole(0, 1))


def _put_word(writer: Writer, text: str) -> None:
    writer.numbers.append(writer.word(text))


def _put_maybe_word(writer: Writer, text: str | None) -> None:
    writer.numbers.append(-1 if text is None else writer.word(text))


def _get_maybe_word(reader: Reader) -> str | None:
    found = reader.whole(-1, len(reader.words) - 1)
    return None if found < 0 else reader.words[found]


_GET_SHAPE = _wholes(0, 16).get
_value, _ref = maker(Value), maker(Ref)


def put_value(writer: Writer, value: Value | None) -> None:
    """Writes a value, or that there is none."""
    if value is None:
        writer.numbers.append(-1)
        return
    data: Sequence[Any] = value.data
    if value.dtype in COMPLEX:
        data = [part for item in data for part in (complex(item).real, complex(item).imag)]  # type: ignore[arg-type]
    elif value.dtype in TEXT:
        data = [writer.word(str(item)) for item in data]
    writer.numbers.append(len(value.data))
    _put_word(writer, value.dtype)
    _put_wholes(writer, value.shape)
    writer.numbers.extend(data)


def get_value(reader: Reader) -> Value | None:
    """Reads a value; its shape must hold as many entries as there are."""
    count = reader.whole(-1, MAX_NUMBERS)
    if count < 0:
        return None
    dtype = reader.word()
    shape = _GET_SHAPE(reader)
    if math.prod(shape) != count:
        raise Tampered("a value's shape does not hold its entries")
    data: tuple[Any, ...]
    if dtype in COMPLEX:
        flat = reader.run(2 * count)
        data = tuple(map(complex, flat[::2], flat[1::2]))
    elif dtype in TEXT:
        data = tuple(reader.word() for _ in range(count))
    elif dtype in BOOLEAN:
        data = tuple(_get_flag(reader) for _ in range(count))
    else:
        data = tuple(reader.run(count))
    return _value(dtype, shape, data)


def put_ref(writer: Writer, ref: Ref | None) -> None:
    """Writes what a learner named or passed, with all its items."""
    if ref is None:
        writer.numbers.append(-1)
        return
    writer.numbers.append(REF_KINDS.index(ref.kind))
    _put_word(writer, ref.type_name)
    writer.numbers.append(-1 if ref.id is None else ref.id)
    put_value(writer, ref.value)
    writer.numbers.append(len(ref.items))
    for item in ref.items:
        put_ref(writer, item)
    writer.numbers.append(len(ref.keys))
    for key in ref.keys:
        _put_word(writer, key)


def get_ref(reader: Reader, depth: int = 0) -> Ref | None:
    """Reads what `put_ref` writes, to a limited depth."""
    place = reader.whole(-1, len(REF_KINDS) - 1)
    if place < 0:
        return None
    if depth > MAX_DEPTH:
        raise Tampered("a structure is nested too deep")
    kind, type_name = REF_KINDS[place], reader.word()
    identity = reader.whole(-1, BIGGEST)
    value = get_value(reader)
    items = []
    for _ in range(reader.whole(0, MAX_ITEMS)):
        item = get_ref(reader, depth + 1)
        if item is None:
            raise Tampered("a structure has a hole")
        items.append(item)
    keys = tuple(reader.word() for _ in range(reader.whole(0, MAX_ITEMS)))
    if keys and (kind != "dict" or len(keys) != len(items)):
        raise Tampered("keys do not belong to items")
    return _ref(kind, type_name, None if identity < 0 else identity, value, tuple(items), keys)


def _put_creation(writer: Writer, name: str | None) -> None:
    if name is None:
        writer.numbers.append(-1)
    else:
        writer.numbers.append("vc".index(name[0]))
        writer.numbers.append(int(name[1:]))


def _get_creation(reader: Reader) -> str | None:
    kind = reader.whole(-1, 1)
    return None if kind < 0 else f"{'vc'[kind]}{reader.whole(0, BIGGEST)}"


def _get_own_creation(reader: Reader) -> str:
    found = _get_creation(reader)
    if found is None:
        raise Tampered("a variable was never made")
    return found


def _put_frames(writer: Writer, frames: Sequence[tuple[int, str]]) -> None:
    writer.numbers.append(len(frames))
    for line, name in frames:
        writer.numbers.append(line)
        _put_word(writer, name)


def _get_frames(reader: Reader) -> tuple[tuple[int, str], ...]:
    return tuple((reader.whole(0, BIGGEST), reader.word()) for _ in range(reader.whole(0, MAX_FRAMES)))


def _put_refs(writer: Writer, refs: Sequence[Ref]) -> None:
    writer.numbers.append(len(refs))
    for ref in refs:
        put_ref(writer, ref)


def _get_refs(reader: Reader) -> tuple[Ref, ...]:
    found = [get_ref(reader) for _ in range(reader.whole(0, 64))]
    if None in found:
        raise Tampered("a list has a hole")
    return tuple(ref for ref in found if ref is not None)


ID = LINE = CLOCK = _whole(0)
DIMS = _wholes(-1, 16)
IDS = _wholes(0)
MAYBE = _maybe()
FLAG = Codec(lambda w, x: w.numbers.append(1 if x else 0), _get_flag, "flag", (0, 1))
WORD = Codec(_put_word, lambda r: r.word(), "word")
MAYBE_WORD = Codec(_put_maybe_word, _get_maybe_word, "maybe word", (-1, 0))
CREATION = Codec(_put_creation, _get_creation)
VALUE = Codec(put_value, get_value)
REF = Codec(put_ref, get_ref)

_BY_TYPE: dict[str, Codec] = {
    "int": ID,
    "int | None": MAYBE,
    "bool": FLAG,
    "str": WORD,
    "str | None": MAYBE_WORD,
    "tuple[int, ...]": IDS,
    "tuple[tuple[int, str], ...]": Codec(_put_frames, _get_frames),
    "tuple[Ref, ...]": Codec(_put_refs, _get_refs),
    "Value | None": VALUE,
    "Ref | None": REF,
    "Ref": REF,
}
_BY_NAME: dict[tuple[type, str], Codec] = {
    (Tensor, "shape"): DIMS,
    (Tensor, "creation"): CREATION,
    (Variable, "creation"): Codec(_put_creation, _get_own_creation),
    (Tensor, "made"): _choice(MADE),
    (Variable, "shape"): DIMS,
    (Assign, "how"): _choice(ASSIGNS),
    (TapeEvent, "what"): _choice(TAPE_EVENTS),
    (Call, "how"): _choice(CALLS),
    (Conversion, "how"): _choice(CONVERSIONS),
}

RECORDS: tuple[type, ...] = (Tensor, Op, Variable, Read, Assign, TapeEvent, Call, Conversion, Trace, Raised)
CODECS: dict[type, tuple[tuple[str, Codec], ...]] = {
    record: tuple(
        (field.name, _BY_NAME.get((record, field.name)) or _BY_TYPE[str(field.type)])
        for field in fields(record)
    )
    for record in RECORDS
}
TAGS: dict[type, int] = {record: place for place, record in enumerate(RECORDS)}
NAME_TAG = len(RECORDS)
_PUTS = {record: straight.writing(TAGS[record], codecs) for record, codecs in CODECS.items()}
_GETS = {record: straight.reading(maker(record), codecs, Tampered) for record, codecs in CODECS.items()}


def put_record(writer: Writer, record: Any) -> None:
    """Writes one record with its tag."""
    _PUTS[type(record)](writer, record)


def get_record(reader: Reader, kind: type) -> Any:
    """Reads one record whose tag has been read."""
    return _GETS[kind](reader)
