"""The parent's side of a recording: frames back into records, nothing in them believed before it is checked.

Everything here may have been written by a learner who wants it to fail: whatever comes, the only exception is
`Tampered`, and the caps of the wire bound time and memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from graders.evidence import (
    Assign,
    Call,
    Conversion,
    Op,
    Raised,
    Read,
    Recording,
    Ref,
    TapeEvent,
    Tensor,
    Trace,
    Variable,
)
from graders.recorders import wire
from graders.recorders.wire import Tampered

__all__ = ["Tampered", "decode"]

_EVENTS = {"k", "words"}
_END = {"k", "truncated", "replaced"}


def decode(frames: Sequence[tuple[dict[str, Any], bytes]]) -> Recording:
    """A recording from its frames; raises Tampered on anything a recorder does not write."""
    try:
        return _decode(frames)
    except Tampered:
        raise
    except (
        ValueError,
        TypeError,
        OverflowError,
        IndexError,
        KeyError,
        AttributeError,
        RecursionError,
    ) as error:
        raise Tampered(f"the recording cannot be read: {type(error).__name__}") from error


def _decode(frames: Sequence[tuple[dict[str, Any], bytes]]) -> Recording:
    reader = wire.Reader()
    found: dict[type, list[Any]] = {kind: [] for kind in wire.RECORDS}
    names: dict[str, Ref] = {}
    end: dict[str, Any] | None = None
    letters = numbers = records = 0
    for header, raw in frames:
        if end is not None:
            raise Tampered("a frame after the end")
        if type(header) is not dict or type(raw) is not bytes:
            raise Tampered("a frame is not a header with numbers")
        if header.get("k") == "end":
            end = _end(header, raw)
            continue
        words = _words(header)
        letters += sum(map(len, words))
        numbers += len(raw) // 8
        if (
            len(raw) % 8
            or numbers > wire.MAX_NUMBERS
            or letters > wire.MAX_LETTERS
            or len(reader.words) + len(words) > wire.MAX_WORDS
        ):
            raise Tampered("a frame is too long")
        reader.feed(words, raw)
        while not reader.done:
            records += 1
            if records > 2 * wire.MAX_RECORDS:
                raise Tampered("too many records")
            _take(reader, found, names)
    return _recording(found, names, end)


def _words(header: dict[str, Any]) -> list[str]:
    words = header.get("words")
    if header.get("k") != "events" or set(header) != _EVENTS or type(words) is not list:
        raise Tampered("a header has other fields than it should")
    if any(type(word) is not str or len(word) > wire.MAX_WORD for word in words):
        raise Tampered("a word is no short text")
    return words


def _end(header: dict[str, Any], raw: bytes) -> dict[str, Any]:
    if set(header) != _END or raw or any(type(header[key]) is not bool for key in ("truncated", "replaced")):
        raise Tampered("the end has other fields than it should")
    return header


def _take(reader: wire.Reader, found: dict[type, list[Any]], names: dict[str, Ref]) -> None:
    tag = reader.whole(0, wire.NAME_TAG)
    if tag < wire.NAME_TAG:
        kind = wire.RECORDS[tag]
        found[kind].append(wire.get_record(reader, kind))
        return
    name = reader.word()
    ref = wire.get_ref(reader)
    if ref is None or name in names:
        raise Tampered("a name is given twice or holds nothing")
    names[name] = ref


def _recording(found: dict[type, list[Any]], names: dict[str, Ref], end: dict[str, Any] | None) -> Recording:
    if len(found[Raised]) > 1 or len(found[Op]) > wire.MAX_OPS:
        raise Tampered("more than one exception or too many operations")
    for kind in (Tensor, Variable):
        if len({record.id for record in found[kind]}) != len(found[kind]):
            raise Tampered("an id is given twice")
    indices = [op.index for op in found[Op]]
    if any(later <= earlier for earlier, later in pairwise(indices)):
        raise Tampered("operations are out of order")
    calls = sorted(found[Call], key=lambda call: (call.at, call.index))
    if len({call.index for call in calls}) != len(calls):
        raise Tampered("a call is given twice")
    return Recording(
        tensors=tuple(found[Tensor]),
        ops=tuple(found[Op]),
        variables=tuple(found[Variable]),
        reads=tuple(found[Read]),
        assigns=tuple(found[Assign]),
        tapes=tuple(found[TapeEvent]),
        calls=tuple(calls),
        conversions=tuple(found[Conversion]),
        traces=tuple(found[Trace]),
        names=tuple(names.items()),
        raised=found[Raised][0] if found[Raised] else None,
        truncated=bool(end and end["truncated"]),
        complete=end is not None,
        replaced=bool(end and end["replaced"]),
    )
