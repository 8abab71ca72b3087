"""The wire: whatever bytes come, whole frames come out or BrokenFrame, and nothing else."""

import json
import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.evidence import Run, Value
from graders.sandbox import frame

RUN = Run(
    "x = 'é'\n",
    names=("answer",),
    replace=(
        ("v0", Value("float32", (2,), (1.5, math.inf))),
        ("c1", Value("complex128", (), (complex(1, -math.inf),))),
        ("c2", Value("string", (1,), ("words",))),
        ("v3", Value("bool", (1,), (True,))),
        ("v4", Value("int32", (1,), (7,))),
    ),
    mark=0.25,
    seed=9,
)


def taken(data, pieces=1):
    inbox, frames = frame.Inbox(), []
    step = max(1, len(data) // pieces)
    for start in range(0, len(data), step):
        inbox.feed(data[start : start + step])
        while (came := inbox.take()) is not None:
            frames.append(came)
    return frames, inbox.empty()


@pytest.mark.parametrize("pieces", [1, 2, 7, 1000])
def test_a_run_arrives_as_it_was_asked_for_however_it_is_cut(pieces):
    ((header, raw),), empty = taken(frame.run_frame(RUN, "nonce"), pieces)
    assert frame.read_run(header, raw) == RUN
    assert header["run"] == "nonce" and empty


@given(st.binary(max_size=200))
def test_any_bytes_are_frames_or_broken(data):
    try:
        frames, _ = taken(data)
    except frame.BrokenFrame:
        return
    assert all(type(header) is dict and type(raw) is bytes for header, raw in frames)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=20))
def test_any_json_in_a_header_is_a_dict_with_a_kind_or_broken(value):
    text = json.dumps(value).encode()
    try:
        frames, _ = taken(struct.pack("<II", len(text), 0) + text)
    except frame.BrokenFrame:
        return
    assert all("k" in header for header, _ in frames)


@pytest.mark.parametrize(
    "data",
    [
        struct.pack("<II", 0xFFFFFFFF, 0),
        struct.pack("<II", 10, 0xFFFFFFFF),
        struct.pack("<II", 0, 8),
        struct.pack("<II", 60_000, 0) + b"[" * 60_000,
        struct.pack("<II", 15, 0) + b'{"k": NaN, "a"}',
        struct.pack("<II", 11, 0) + b'{"k": "\xff\xfe"}',
        struct.pack("<II", 8, 0) + b'{"k": 1}',
        struct.pack("<II", 20_007, 0) + b'{"k": ' + b"9" * 20_000 + b"}",
    ],
    ids=[
        "endless header",
        "endless body",
        "no header",
        "deep",
        "NaN",
        "not UTF-8",
        "a number",
        "a long number",
    ],
)
def test_bytes_that_are_no_frame_are_broken(data):
    with pytest.raises(frame.BrokenFrame):
        taken(data)


def test_no_memory_is_set_aside_for_bytes_that_are_only_announced():
    inbox = frame.Inbox()
    inbox.feed(struct.pack("<II", 100, frame.FRAME_BYTES - 200))
    assert inbox.take() is None and len(inbox._held) == 8


def test_a_frame_that_is_too_long_or_not_json_cannot_be_sent():
    for header, raw in [
        ({"k": "x"}, bytes(frame.FRAME_BYTES)),
        ({"k": math.nan}, b""),
        ({"k": object()}, b""),
    ]:
        with pytest.raises(frame.BrokenFrame):
            frame.pack(header, raw)
