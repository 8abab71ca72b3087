"""Frames that learners write instead of the recorder: the decoder says Tampered, and nothing else."""

from __future__ import annotations

import random
import struct
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graders.decode import Tampered, decode
from graders.evidence import Call, Op, Raised, Ref, TapeEvent, Tensor, Value, Variable
from graders.recorders.log import Log

VALUE = Value("float32", (2,), (1.0, float("nan")))
REF = Ref(
    "dict", "dict", items=(Ref("tensor", "EagerTensor", 7, VALUE), Ref("none", "NoneType")), keys=("a", "b")
)
RECORDS = (
    Tensor(7, "float32", (2,), "constant", None, 3, 3, 1, VALUE, "c0"),
    Tensor(8, "complex64", (), "op", 0, 3, 3, 2, Value("complex64", (), (1 + 2j,))),
    Tensor(9, "string", (1,), "unknown", None, 0, 0, 2, Value("string", (1,), ("hé",))),
    Tensor(10, "float32", (-1, 2), "symbolic", None, 0, 0, 2, None),
    Variable(11, "v", "bool", (), True, 1, 1, 3, (0, 1), Value("bool", (), (True,)), 7, "v0"),
    Op(0, "Mul", (7, 7), (8,), 3, 4, 4, (0,), (1,), 2, True),
    TapeEvent(0, "watch", 1, 1, 5, True, False, REF, "ValueError: no"),
    Call(0, 0, "gradient", REF, REF, None, 5, 5, 6, 8, (1,), False, True, "gone", False),
    Raised("E", "why", 4, 2, ((2, "<module>"), (4, "f")), None, (REF,)),
)


def frames(records=RECORDS):
    sent: list[tuple[dict, bytes]] = []
    log = Log(lambda header, raw: sent.append((header, raw)))
    for record in records:
        log.put(record)
    log.name("answer", REF)
    log.end(True)
    return sent


def test_what_was_written_is_read():
    found = decode(frames())
    assert repr(found.tensors) == repr(RECORDS[:4])
    assert found.variables == RECORDS[4:5] and found.ops == RECORDS[5:6]
    assert repr(found.tapes) == repr(RECORDS[6:7]) and repr(found.calls) == repr(RECORDS[7:8])
    assert repr(found.raised) == repr(RECORDS[8]) and repr(found.names) == repr((("answer", REF),))
    assert found.complete and found.replaced and not found.truncated


def test_frames_that_stop_early_make_an_incomplete_recording():
    assert not decode(frames()[:-1]).complete
    assert not decode([]).complete


def test_long_words_go_ahead_in_frames_of_their_own():
    records = [Raised("E", "\u2603" * 4000, 1, 1, tuple((n, f"{n}" + "\u2603" * 900) for n in range(20)))]
    sent = frames(records)
    import json

    assert all(len(json.dumps(header)) < 64_000 for header, _ in sent)
    assert decode(sent).raised == records[0]


BAD = {
    "a frame after the end": lambda f: [*f, f[0]],
    "two ends": lambda f: [*f, f[-1]],
    "another field": lambda f: [({**f[0][0], "score": 1}, f[0][1]), *f[1:]],
    "no words": lambda f: [({"k": "events"}, f[0][1]), *f[1:]],
    "another kind": lambda f: [({"k": "result", "words": []}, b"")],
    "words that are numbers": lambda f: [({"k": "events", "words": [1]}, b"")],
    "a word too long": lambda f: [({"k": "events", "words": ["x" * 5000]}, b"")],
    "an end with numbers": lambda f: [*f[:-1], (f[-1][0], b"\0" * 8)],
    "an end that says yes in words": lambda f: [({"k": "end", "truncated": "no", "replaced": True}, b"")],
    "half a number": lambda f: [(f[0][0], f[0][1][:-3]), f[1]],
    "a record cut off": lambda f: [(f[0][0], f[0][1][:-8]), f[1]],
    "an id twice": lambda f: frames((RECORDS[0], RECORDS[0])),
    "operations out of order": lambda f: frames((RECORDS[5], RECORDS[5])),
    "two exceptions": lambda f: frames((RECORDS[8], RECORDS[8])),
    "no header": lambda f: [([], b"")],
    "no bytes": lambda f: [({"k": "events", "words": []}, "text")],
    "a huge count": lambda f: [
        ({"k": "events", "words": ["float32"]}, struct.pack("5d", 10, 0, 2, 1, 2**50))
    ],
    "a number that is not whole": lambda f: [({"k": "events", "words": []}, struct.pack("d", 0.5))],
    "not a number": lambda f: [({"k": "events", "words": []}, struct.pack("d", float("nan")))],
    "infinite": lambda f: [({"k": "events", "words": []}, struct.pack("d", float("inf")))],
}


@pytest.mark.parametrize("name", BAD)
def test_anything_else_is_tampering(name):
    with pytest.raises(Tampered):
        decode(BAD[name](frames()))


def test_a_shape_that_does_not_hold_its_entries_is_tampering():
    lying = Tensor(7, "float32", (2,), "op", None, 1, 1, 1, Value("float32", (3,), (1.0, 2.0)))
    with pytest.raises(Tampered):
        decode(frames((lying,)))


def test_a_variable_that_was_never_made_is_tampering():
    with pytest.raises(Tampered):
        decode(frames((replace(RECORDS[4], creation=None),)))


def test_a_structure_nested_without_end_is_tampering():
    ref = Ref("number", "int")
    for _ in range(30):
        ref = Ref("list", "list", items=(ref,))
    with pytest.raises(Tampered):
        decode(frames((TapeEvent(0, "watch", 1, 1, 5, ref=ref),)))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_numbers_changed_at_random_never_do_more_than_tamper(seed, changes):
    rng = random.Random(seed)
    (header, raw), *rest = frames()
    numbers = list(struct.unpack(f"{len(raw) // 8}d", raw))
    for _ in range(changes):
        numbers[rng.randrange(len(numbers))] = rng.choice(
            [-1.0, 0.0, 1.0, 5.0, 1e9, 2.0**60, -(2.0**60), 1e308, float("nan"), float("inf"), 0.5, 20_000.0]
        )
    with suppress(Tampered):
        decode([(header, struct.pack(f"{len(numbers)}d", *numbers)), *rest])
