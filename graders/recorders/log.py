"""The child's side of a recording: takes records as they happen and sends them on in frames.

It counts and cuts: what would pass the caps of the wire is left out and the recording says `truncated`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from threading import get_ident
from typing import Any

from graders.evidence import Op, Ref, Tensor, Variable
from graders.recorders import wire

Emit = Callable[[dict[str, Any], bytes], None]
FLUSH_RECORDS = 2_000
FLUSH_NUMBERS = 50_000
HEADER_BYTES = 56_000


class Log:
    """Records in, frames out; also the clock of the run and the ids already told."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._thread = get_ident()
        self._writer = wire.Writer()
        self._waiting = 0
        self._records = 0
        self._sent = 0
        self.clock = 0
        self.ops = 0
        self.known: set[int] = set()
        self.truncated = False

    def tick(self) -> int:
        """The next moment."""
        self.clock += 1
        return self.clock

    @property
    def full(self) -> bool:
        """Whether no more operations are taken."""
        return self.truncated

    def put(self, record: Any) -> bool:
        """Takes one record; False when it was left out because the recording is full."""
        if get_ident() != self._thread:  # a program's other threads would write into the middle of a record
            return False
        kind = type(record)
        if kind is Op:
            self.ops += 1
        if self._records >= wire.MAX_RECORDS or self.ops > wire.MAX_OPS or self._sent > wire.MAX_NUMBERS // 2:
            self.truncated = True
            if kind in (Op, Tensor) or self._sent > wire.MAX_NUMBERS * 3 // 4:
                return False
        if kind is Tensor or kind is Variable:
            self.known.add(record.id)
        wire.put_record(self._writer, record)
        self._records += 1
        self._waiting += 1
        if self._waiting >= FLUSH_RECORDS or len(self._writer.numbers) >= FLUSH_NUMBERS:
            self.flush()
        return True

    def name(self, name: str, ref: Ref) -> None:
        """Takes one of the program's names and what it holds."""
        self._writer.numbers.append(wire.NAME_TAG)
        self._writer.numbers.append(self._writer.word(name))
        wire.put_ref(self._writer, ref)
        self._waiting += 1
        if len(self._writer.numbers) >= FLUSH_NUMBERS:
            self.flush()

    def flush(self) -> None:
        """Sends what is waiting; words that do not fit into one header go ahead in frames of their own."""
        words, numbers = self._writer.take()
        self._waiting = 0
        self._sent += len(numbers) // 8
        part: list[str] = []
        size = 0
        for word in words:
            need = len(json.dumps(word)) + 2
            if part and size + need > HEADER_BYTES:
                self._emit({"k": "events", "words": part}, b"")
                part, size = [], 0
            part.append(word)
            size += need
        if part or numbers:
            self._emit({"k": "events", "words": part}, numbers)

    def end(self, replaced: bool) -> None:
        """Sends the rest and the end."""
        self.flush()
        self._emit({"k": "end", "truncated": self.truncated, "replaced": replaced}, b"")
