"""What is wrong with an author's file, in three parts: expected, found and where, what to do next."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault at one place of a file; lines and columns count from 1."""

    path: str
    line: int
    column: int
    expected: str
    found: str
    nearest: str | None = None
    advice: str = ""

    def __str__(self) -> str:
        text = f"{self.path}:{self.line}:{self.column}: expected {self.expected}, found {self.found}"
        if self.nearest:
            text += f"; did you mean '{self.nearest}'?"
        return f"{text}; {self.advice}" if self.advice else text


class ExerciseError(ValueError):
    """An exercise (or course.yaml) that cannot be used, with all its faults in the order of the file."""

    exit_code = 2

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.path, fault.line, fault.column)))
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault before its place is known: a path of keys and indices, and a spot inside the text there."""

    at: tuple[str | int, ...]
    expected: str
    found: str
    nearest: str | None = None
    advice: str = ""
    key: bool = False
    inside: tuple[int, int] | None = None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word a mistyped one most likely means."""
    words = {str(k).lower(): str(k) for k in known}
    hit = difflib.get_close_matches(str(word).lower(), list(words), n=1, cutoff=0.6)
    return words[hit[0]] if hit else None


def shown(value: object) -> str:
    """A found value as it may stand in a message: short, on one line, its sort named when that helps."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a mapping" + (
            f" ({', '.join(map(str, list(value)[:3]))}: ...)" if value else " without entries"
        )
    if isinstance(value, (list, tuple)):
        return f"a list of {len(value)}" if value else "an empty list"
    if isinstance(value, str):
        line = " ".join(value.split())
        return f"'{line[:40]}...'" if len(line) > 40 else f"'{line}'"
    return f"{value!r:.40}"


def listed(words: Iterable[str], joint: str = "or") -> str:
    """Words as an enumeration: a, b or c."""
    items = list(words)
    return (
        items[0]
        if len(items) == 1
        else f"{', '.join(items[:-1])} {joint} {items[-1]}"
        if items
        else "nothing"
    )
