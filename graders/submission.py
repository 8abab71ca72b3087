"""A submission as read from disk: source text that nobody has parsed yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A notebook's code cell within the joined source: its number (from 1) and first and last source line."""

    number: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Submission:
    """`source` is None when the file could not be read as text; `problem` then says why, for the learner."""

    learner: str
    exercise: str
    path: str
    source: str | None
    problem: str = ""
    cells: tuple[Cell, ...] = ()
    duplicates: tuple[str, ...] = ()
    late: bool = False
