"""The gradient as one vector: of a vector variable, or of several variables one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders import expected, notation, program
from graders.reference import Numbers, Point, Reference, shape_of

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.TAPE_WEIGHTS


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """The gradient's entries in the order of the variables."""
    gradient = expected.first(exercise, point)
    by = notation.wrt_of(exercise)
    if len(by) == 1:
        gradient = gradient.reshaped(shape_of(point[by[0]]) or (1,))
    return expected.at(exercise, point, mark, gradient)


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """A gradient is a vector: no word follows from it."""
    return None


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """The gradient of the function at the point."""
    return (
        f"Compute the gradient of {notation.stated(exercise, say)} at {notation.at_point(exercise, say)} "
        f"as a vector." + notation.afterwards(exercise, say)
    )


def starter(exercise: Exercise) -> str:
    """The three steps, each to be filled in."""
    return program.three_steps(exercise)


def solution(exercise: Exercise) -> str:
    """One call; several variables' parts are stacked into one vector."""
    by, name = notation.wrt_of(exercise), notation.name_of(exercise)
    if len(by) == 1:
        call = f"tape.gradient({name}, {by[0]})"
    elif all(shape_of((exercise.point or {})[each]) == () for each in by):
        call = f"tf.stack(tape.gradient({name}, [{', '.join(by)}]))"
    else:
        call = f"tf.concat([tf.reshape(part, [-1]) for part in tape.gradient({name}, [{', '.join(by)}])], 0)"
    return program.program(
        *program.start(exercise),
        program.recording(program.formula(exercise)),
        program.handed_in(exercise, call, "gradient"),
    )


def hints(exercise: Exercise) -> tuple[str, ...]:
    """One vector variable, or a list of sources."""
    by = notation.wrt_of(exercise)
    source = by[0] if len(by) == 1 else f"[{', '.join(by)}]"
    return (
        "The gradient has one entry for each number that the function depends on.",
        "Write floats (1.0, not 1): the entries of an integer tensor have no derivative.",
        f"`tape.gradient({notation.name_of(exercise)}, {source})` gives the entries in the order of the source.",
    )
