"""The slope of a function of one variable at a point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders import expected, notation, program
from graders.reference import Numbers, Point, Reference

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.TAPE_WEIGHTS


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """Value and slope at the point."""
    return expected.at(exercise, point, mark, expected.first(exercise, point))


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """A slope is a number: no word follows from it."""
    return None


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """The slope of the function at the point."""
    by = notation.wrt_of(exercise)
    what = f"the slope {notation.derivative(exercise, say, by)}"
    return (
        f"Let a tape compute {what} of {notation.stated(exercise, say)} at {notation.at_point(exercise, say)}."
        + notation.afterwards(exercise, say)
    )


def starter(exercise: Exercise) -> str:
    """The three steps, each to be filled in."""
    return program.three_steps(exercise)


def solution(exercise: Exercise) -> str:
    """Variable, recording, gradient."""
    name, by = notation.name_of(exercise), notation.wrt_of(exercise)[0]
    return program.program(
        *program.start(exercise),
        program.recording(program.formula(exercise)),
        program.handed_in(exercise, f"tape.gradient({name}, {by})", "slope"),
    )


def hints(exercise: Exercise) -> tuple[str, ...]:
    """From the variable to the gradient call."""
    name, by = notation.name_of(exercise), notation.wrt_of(exercise)[0]
    return (
        f"Step 1: make {by} a `tf.Variable` that holds a float, at the point of the question.",
        f"Step 2: compute {name} inside `with tf.GradientTape() as tape:`, with {by} itself in the formula.",
        f"Step 3: after the block, `tape.gradient({name}, {by})`: first what is differentiated, then by what.",
    )
