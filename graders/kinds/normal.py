"""The normal to a curve at a point: the line at right angles to the tangent, or its slope alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders import expected, notation, program
from graders.reference import Numbers, Point, Quantity, Reference, composed, exact, flat

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.TAPE_WEIGHTS


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """The curve's slope, and the line with slope -1/slope through the point."""
    import numpy as np

    gradient, value = expected.first(exercise, point), expected.value(exercise, point)
    here = exact(flat(point[notation.wrt_of(exercise)[0]]), ())

    def made(way: expected.Factors) -> Quantity:
        slope = composed(lambda g: -1.0 / g, gradient.times(way(1)))
        if exercise.ask == "slope":
            return slope
        return composed(lambda s, f, x: np.stack([s, f - s * x]), slope, value, here)

    return expected.at(exercise, point, mark, gradient, number=made)


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """A normal is numbers: no word follows from it."""
    return None


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """The normal in the form that is wanted."""
    where = f"{notation.stated(exercise, say)} at {notation.at_point(exercise, say)}"
    if exercise.ask == "slope":
        return f"What is the slope of the normal to {where}?"
    x, name = notation.wrt_of(exercise)[0], notation.name_of(exercise)
    form = say(f"{name} = m{x} + b", f"{name} = m·{x} + b")
    return f"Which line {form} is the normal to {where}? Hand in [m, b]."


def starter(exercise: Exercise) -> str:
    """The three steps, each to be filled in."""
    return program.three_steps(exercise)


def solution(exercise: Exercise) -> str:
    """Slope from the tape, turned by a right angle."""
    name, by, answer = notation.name_of(exercise), notation.wrt_of(exercise)[0], exercise.answer_name
    lines = [f"slope = tape.gradient({name}, {by})"]
    if exercise.ask == "slope":
        lines.append(f"{answer} = -1.0 / slope")
    else:
        lines += ["m = -1.0 / slope", f"b = {name} - m * {by}", f"{answer} = [m, b]"]
    return program.program(
        *program.start(exercise),
        program.recording(program.formula(exercise)),
        [*lines, *program.shown(answer)],
    )


def hints(exercise: Exercise) -> tuple[str, ...]:
    """At right angles to the tangent."""
    return (
        "The normal stands at right angles on the tangent.",
        "Two lines are at right angles when the product of their slopes is -1.",
        "Let the tape give the slope of the tangent first.",
    )
