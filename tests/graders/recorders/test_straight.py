"""The straight code that writes and reads records does what the table's codecs do field by field."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from array import array
from typing import Any

import pytest

from graders.evidence import Call, Op, Raised, Ref, TapeEvent, Tensor, Value, Variable
from graders.recorders import wire
from graders.recorders.quickly import maker

ONE = Value("float32", (1,), (2.5,))
REF = Ref("tensor", "EagerTensor", 7, ONE)
RECORDS = (
    Tensor(3, "float32", (2, -1), "op", None, 4, 4, 9, ONE, "c12"),
    Tensor(4, "string", (), "constant", 2, 4, 5, 10, Value("string", (), ("a",)), None),
    Op(0, "Mul", (1, 2), (3,), 4, 5, 6, (0,), (), None, True),
    Op(1, "NoOp", (), (), 0, 0, 7, (), (1,), 2),
    Variable(8, "x", "float64", (), True, 1, 1, 1, (), None, None, "v0"),
    TapeEvent(0, "watch", 2, 2, 3, True, False, REF, None),
    TapeEvent(1, "new", 2, 2, 4, error="ValueError: no"),
    Call(
        0,
        1,
        "gradient",
        REF,
        Ref("list", "list", items=(REF, Ref("none", "NoneType"))),
        None,
        3,
        3,
        5,
        6,
        (),
        True,
    ),
    Raised("TypeError", "no", 3, 3, ((3, "<module>"),), None, (REF,)),
)


def written(record: Any) -> tuple[list[str], list[float]]:
    """What the straight code writes: words and numbers."""
    out = wire.Writer()
    wire.put_record(out, record)
    words, raw = out.take()
    return words, array("d", raw).tolist()


def by_codecs(numbers: list[float], words: list[str], kind: type) -> Any:
    """The same record read field by field."""
    reader = read_from(numbers, words)
    assert reader.whole(0, wire.NAME_TAG) == wire.TAGS[kind]
    return kind(*[codec.get(reader) for _, codec in wire.CODECS[kind]]), reader.done


def straight(numbers: list[float], words: list[str], kind: type) -> Any:
    reader = read_from(numbers, words)
    reader.whole(0, wire.NAME_TAG)
    return wire.get_record(reader, kind), reader.done


def read_from(numbers: list[float], words: list[str]) -> wire.Reader:
    reader = wire.Reader()
    reader.feed(words, array("d", numbers).tobytes())
    return reader


def outcome(read: Any, *given: Any) -> Any:
    try:
        return read(*given)
    except wire.Tampered:
        return "tampered"


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_a_record_is_written_as_its_codecs_write_it_and_read_back(record: Any) -> None:
    out = wire.Writer()
    out.numbers.append(wire.TAGS[type(record)])
    for name, codec in wire.CODECS[type(record)]:
        codec.put(out, getattr(record, name))
    words, numbers = written(record)
    assert (words, array("d", numbers).tobytes()) == out.take()
    assert straight(numbers, words, type(record)) == (record, True)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_whatever_stands_in_a_record_both_ways_of_reading_agree(record: Any) -> None:
    """Cut short anywhere, or with any number replaced by one out of its range."""
    kind = type(record)
    words, numbers = written(record)
    for at in range(1, len(numbers)):
        assert outcome(straight, numbers[:at], words, kind) == "tampered"
        for other in (-7.0, 0.5, 2.0**54, 1e9, float("nan"), -1.0, 0.0, 1.0, 3.0):
            changed = [*numbers[:at], other, *numbers[at + 1 :]]
            one, two = outcome(straight, changed, words, kind), outcome(by_codecs, changed, words, kind)
            assert repr(one) == repr(two), (at, other)


def test_a_record_made_quickly_is_the_same_record() -> None:
    """Of the same class, equal, as frozen as the others, and with the same defaults."""
    quick = maker(Op)(0, "Mul", (1, 2), (3,), 4, 5, 6, tapes=(0,))
    plain = Op(0, "Mul", (1, 2), (3,), 4, 5, 6, (0,))
    assert type(quick) is Op and quick == plain and hash(quick) == hash(plain) and repr(quick) == repr(plain)
    assert copy.deepcopy(quick) == pickle.loads(pickle.dumps(quick)) == plain
    assert dataclasses.replace(quick, line=9).line == 9
    with pytest.raises(dataclasses.FrozenInstanceError):
        quick.line = 1  # type: ignore[misc]
