"""A program with blanks (____) to be filled in: judged like the kind named in `like`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders import expected, notation
from graders.case import kind_of
from graders.reference import Numbers, Point, Reference

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.TAPE_WEIGHTS


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """That of the kind it is like."""
    found: Reference = kind_of(exercise.judged_as).reference(exercise, point, mark)
    return found


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """That of the kind it is like."""
    found: str | None = kind_of(exercise.judged_as).word(exercise, number)
    return found


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """What the finished program should do."""
    asked: str = kind_of(exercise.judged_as).prompt(exercise, say)
    return f"Fill in the blanks (`____`) of the starter file. The finished program answers this: {asked}"


def starter(exercise: Exercise) -> str:
    """The program with its blanks."""
    return exercise.starter or ""


def solution(exercise: Exercise) -> str:
    """A right program of the kind it is like."""
    made: str = kind_of(exercise.judged_as).solution(exercise)
    return made


def hints(exercise: Exercise) -> tuple[str, ...]:
    """What the lines around a blank tell, then the kind's own."""
    own: tuple[str, ...] = kind_of(exercise.judged_as).hints(exercise)
    return ("Read the lines around a blank: what do they need, and what have they been given?", *own)
