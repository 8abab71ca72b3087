"""All points where the slope is 0, or where a curve changes from bending one way to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders import expected, notation, program
from graders.evidence import Recording
from graders.path import leaves
from graders.reference import Numbers, Point, Quantity, Reference

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.TAPE_WEIGHTS
SEEN = 1e-4
"""How near a found point must be, in parts of its size (1 at least): searching by steps ends close to it."""


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """The points themselves, in any order; the derivative is judged wherever the program asks for it."""
    order = 2 if exercise.ask == "inflection" else 1
    found = sorted(points(exercise))
    number = Quantity(
        (len(found),),
        tuple(found),
        tuple(max(1.0, abs(v)) * SEEN / 64 * 2.0**23 for v in found),
        tuple(found),
    )
    if not point:
        return Reference((), number=number, order=order, unordered=True)
    derivative = expected.first(exercise, point) if order == 1 else expected.second(exercise, point)
    ways = [way(order) for way in expected.factors(mark)]
    return Reference(
        point=expected.sources_at(exercise, point),
        target=expected.value(exercise, point),
        gradient=derivative.times(ways[0]),
        gradients=tuple(derivative.times(way) for way in dict.fromkeys(ways[1:])),
        number=number,
        order=order,
        unordered=True,
    )


def points(exercise: Exercise) -> list[float]:
    """Where the slope is 0, or the second derivative changes its sign, inside the domain."""
    from tfgrad_course.course.formulas import function_of
    from tfgrad_course.course.roots import sign_changes, zeros

    function = function_of(exercise)
    if function is None:
        return []
    name = notation.wrt_of(exercise)[0]
    limits = exercise.domain.get(name) if isinstance(exercise.domain, dict) else exercise.domain
    if exercise.ask != "inflection":
        return zeros(function, name, 1, limits)
    return [x for x in zeros(function, name, 2, limits) if sign_changes(function, name, 2, x)]


def asked_at(exercise: Exercise, recording: Recording) -> dict[str, float]:
    """The point at which the program last asked a tape for the slope: there its derivative is judged."""
    for call in reversed(recording.calls):
        values = [leaf.value for leaf in leaves(call.sources)]
        if call.error is None and len(values) == 1 and values[0] is not None and len(values[0].data) == 1:
            number = values[0].data[0]
            if isinstance(number, float):
                return {notation.wrt_of(exercise)[0]: number}
    return {}


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """Points are numbers: no word follows from them."""
    return None


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """What is looked for, and where."""
    name = notation.wrt_of(exercise)[0]
    x = notation.variables(exercise, say, [name])
    limits = exercise.domain.get(name) if isinstance(exercise.domain, dict) else exercise.domain
    where = f" between {limits[0]:g} and {limits[1]:g}" if limits else ""
    what = "is the slope 0" if exercise.ask != "inflection" else "does the curve have inflection points"
    return (
        f"For which {x}{where} {what}, for {notation.stated(exercise, say)}? Let a tape compute the derivative and "
        f"hand in all of them as a list, in any order."
    )


def starter(exercise: Exercise) -> str:
    """A function for the derivative, to be filled in."""
    name = notation.wrt_of(exercise)[0]
    return program.program(
        program.imports(exercise),
        ["def derivative(at):", f"    {name} = {program.BLANK}", f"    return {program.BLANK}"],
        [f"{exercise.answer_name} = {program.BLANK}"],
    )


def solution(exercise: Exercise) -> str:
    """The derivative from a tape; its changes of sign are narrowed down by halving."""
    name, y, found = notation.wrt_of(exercise)[0], notation.name_of(exercise), points(exercise)
    low, high = _window(exercise, found)
    body = [*program.recording(program.formula(exercise)), f"return tape.gradient({y}, {name})"]
    if exercise.ask == "inflection":
        inner = [
            *program.recording(program.formula(exercise), "inner"),
            f"slope = inner.gradient({y}, {name})",
        ]
        body = [*program.recording(inner, "outer"), f"return outer.gradient(slope, {name})"]
    return program.program(
        program.imports(exercise),
        ["def derivative(at):", *program.indented([f"{name} = tf.Variable(at, dtype=tf.float64)", *body])],
        [
            "def zero(low, high):",
            "    rising = derivative(high) > 0",
            "    for _ in range(60):",
            "        middle = (low + high) / 2",
            "        if (derivative(middle) > 0) == rising:",
            "            high = middle",
            "        else:",
            "            low = middle",
            "    return (low + high) / 2",
        ],
        [
            f"grid = [{low!r} + k * {(high - low) / 40!r} for k in range(41)]",
            "signs = [bool(derivative(x) > 0) for x in grid]",
            f"{exercise.answer_name} = [zero(grid[k], grid[k + 1]) for k in range(40) if signs[k] != signs[k + 1]]",
            *program.shown(exercise.answer_name),
        ],
    )


def hints(exercise: Exercise) -> tuple[str, ...]:
    """Where a derivative is 0."""
    if exercise.ask == "inflection":
        return (
            "At an inflection point the second derivative changes its sign.",
            "Work out on paper where it is 0, then let nested tapes confirm it on both sides.",
        )
    return (
        "At a critical point the tangent is level: the slope is 0.",
        "Work out on paper where that is, then let the tape confirm that the slope is 0 there.",
        "There may be more than one.",
    )


def _window(exercise: Exercise, found: list[float]) -> tuple[float, float]:
    """A range around all of them whose grid of 40 cells meets none exactly."""
    limits = exercise.domain if isinstance(exercise.domain, tuple) else None
    low, high = limits or ((min(found) - 1.03, max(found) + 1.07) if found else (-5.03, 5.07))
    return round(low, 6), round(high, 6)
