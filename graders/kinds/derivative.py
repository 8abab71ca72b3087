"""A derivative of order n at a point, or a mixed partial derivative: tapes inside tapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders import expected, notation, program
from graders.reference import Numbers, Point, Reference

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.TAPE_WEIGHTS
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """Value and n-th derivative; every tape on the way puts the mark on once."""
    by = _levels(exercise)
    return expected.at(exercise, point, mark, expected.higher(exercise, point, by), order=len(by))


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """A derivative is a number: no word follows from it."""
    return None


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """The derivative by its name and symbol."""
    by = _levels(exercise)
    mixed = len(set(by)) > 1
    what = "mixed partial derivative" if mixed else f"{ORDINALS[len(by) - 1]} derivative"
    return (
        f"Compute the {what} {notation.derivative(exercise, say, by)} of {notation.stated(exercise, say)} "
        f"at {notation.at_point(exercise, say)} with nested tapes." + notation.afterwards(exercise, say)
    )


def starter(exercise: Exercise) -> str:
    """Variables and an outermost tape, the rest to be filled in."""
    names = list(exercise.point or {})
    return program.program(
        program.imports(exercise),
        program.given(exercise),
        [f"{name} = {program.BLANK}" for name in names],
        [
            "# the derivative itself must be computed while another tape records",
            *_nested(exercise, blank=True),
        ],
        [f"{exercise.answer_name} = {program.BLANK}"],
    )


def solution(exercise: Exercise) -> str:
    """One tape a level, each gradient taken inside the next outer tape."""
    by = _levels(exercise)
    last = f"tape{len(by)}.gradient({_name(exercise, len(by) - 1)}, {by[-1]})"
    return program.program(
        *program.start(exercise), _nested(exercise), program.handed_in(exercise, last, "derivative")
    )


def hints(exercise: Exercise) -> tuple[str, ...]:
    """What the outer tape must see."""
    by = _levels(exercise)
    return (
        f"You need {len(by)} tapes: one for each time you differentiate.",
        "The first derivative is what the next tape differentiates, so it must be computed inside that tape's block.",
        f"The innermost tape is asked first; the tape opened first is asked last, by {by[-1]}.",
    )


def _levels(exercise: Exercise) -> tuple[str, ...]:
    """The variables to differentiate by, the innermost first."""
    if exercise.wrt and len(exercise.wrt) > 1:
        return exercise.wrt
    return notation.wrt_of(exercise)[:1] * (exercise.order or 2)


def _name(exercise: Exercise, level: int) -> str:
    return f"d{level}" if level else notation.name_of(exercise)


def _nested(exercise: Exercise, blank: bool = False) -> list[str]:
    by = _levels(exercise)
    lines = [f"{notation.name_of(exercise)} = {program.BLANK}"] if blank else program.formula(exercise)
    for level, name in enumerate(by, 1):
        lines = program.recording(lines, f"tape{level}")
        if level < len(by):
            asked = f"tape{level}.gradient({_name(exercise, level - 1)}, {name})"
            lines = [*lines, f"{_name(exercise, level)} = {program.BLANK if blank else asked}"]
    return lines
