"""The tangent at a point, as the coefficients of a line or plane, its slope alone, or its height at another point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders import expected, notation, program
from graders.reference import Numbers, Point, Quantity, Reference, composed, exact, flat

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.TAPE_WEIGHTS


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """Value and slopes, and the line or plane that they make."""
    import numpy as np

    gradient, value = expected.first(exercise, point), expected.value(exercise, point)
    here = exact([v for _, data in expected.sources_at(exercise, point) for v in data])

    def made(way: expected.Factors) -> Quantity:
        slopes = gradient.times(way(1))
        if exercise.estimate is not None:
            there = np.asarray(
                [v for name in notation.wrt_of(exercise) for v in flat(exercise.estimate[name])]
            )
            return composed(lambda g, f, x: f + (g.ravel() * (there - x)).sum(), slopes, value, here)
        if exercise.ask == "slope":
            return slopes
        return composed(lambda g, f, x: np.append(g.ravel(), f - (g.ravel() * x).sum()), slopes, value, here)

    return expected.at(exercise, point, mark, gradient, number=made)


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """A tangent is numbers: no word follows from it."""
    return None


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """The tangent in the form that is wanted."""
    where = f"{notation.stated(exercise, say)} at {notation.at_point(exercise, say)}"
    plane = len(notation.wrt_of(exercise)) > 1
    what = "tangent plane" if plane else "tangent"
    if exercise.estimate is not None:
        there = ", ".join(f"{name} = {notation.numbers(value)}" for name, value in exercise.estimate.items())
        return f"Estimate the value at {say(there, there)} from the {what} to {where}."
    if exercise.ask == "slope":
        return f"What is the slope of the {what} to {where}?"
    x, name = notation.wrt_of(exercise)[0], notation.name_of(exercise)
    form = say(f"{name} = m{x} + b", f"{name} = m·{x} + b")
    if plane:
        form = " + ".join([f"{c}{v}" for c, v in zip("abdeg", notation.wrt_of(exercise), strict=False)])
        form = f"{name} = {form} + c"
        return f"Which plane {say(form, form)} touches {where}? Hand in all coefficients, c last."
    return f"Which line {form} is the {what} to {where}? Hand in [m, b]."


def starter(exercise: Exercise) -> str:
    """The three steps, each to be filled in."""
    return program.three_steps(exercise)


def solution(exercise: Exercise) -> str:
    """Slopes from the tape, the rest from the value at the point."""
    name, by, answer = notation.name_of(exercise), notation.wrt_of(exercise), exercise.answer_name
    several = len(by) > 1
    slopes = ["m"] if not several else [f"m_{x}" for x in by]
    asked = f"tape.gradient({name}, {by[0]})" if not several else f"tape.gradient({name}, [{', '.join(by)}])"
    lines = [f"{', '.join(slopes)} = {asked}"]
    if exercise.estimate is not None:
        steps = [
            f"{m} * ({program.literal(exercise.estimate[x])} - {x})" for m, x in zip(slopes, by, strict=True)
        ]
        lines.append(f"{answer} = {name} + {' + '.join(steps)}")
    elif exercise.ask == "slope":
        lines = [f"{answer} = {asked}"]
    else:
        products = " - ".join(f"{m} * {x}" for m, x in zip(slopes, by, strict=True))
        lines += [f"b = {name} - {products}", f"{answer} = [{', '.join(slopes)}, b]"]
    return program.program(
        *program.start(exercise),
        program.recording(program.formula(exercise)),
        [*lines, *program.shown(answer)],
    )


def hints(exercise: Exercise) -> tuple[str, ...]:
    """Slope, and a point the line goes through."""
    return (
        "A tangent has the curve's slope at the point, and it goes through the curve's point there.",
        "The height of the curve at the point is not where the line crosses the axis.",
        "Put the point into the equation of the line and solve for what is missing.",
    )
