"""A broken program that must be put right: handed out as it is, judged like the kind named in `like`."""

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
    """What the program should do."""
    asked: str = kind_of(exercise.judged_as).prompt(exercise, say)
    return f"The program in the starter file does not do what it should. Find out why and repair it. {asked}"


def starter(exercise: Exercise) -> str:
    """The broken program."""
    return exercise.starter or ""


def solution(exercise: Exercise) -> str:
    """A right program of the kind it is like."""
    made: str = kind_of(exercise.judged_as).solution(exercise)
    return made


def hints(exercise: Exercise) -> tuple[str, ...]:
    """Where to look."""
    return (
        "Run it first and read what it prints. None is a message: the tape knows no way from the source to the target.",
        "Ask of every line: which kind of number goes in, which comes out, and is the tape recording here?",
        "Change one line only, then run it again.",
    )
