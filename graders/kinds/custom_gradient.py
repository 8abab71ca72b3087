"""The slope of a function whose derivative the learner writes with tf.custom_gradient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders import expected, notation, program
from graders.reference import Numbers, Point, Reference

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.TAPE_WEIGHTS


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """Value and slope at the point, as the tape sees the stated function."""
    return expected.at(exercise, point, mark, expected.first(exercise, point))


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """A slope is a number: no word follows from it."""
    return None


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """The slope, through a derivative of one's own."""
    by = notation.wrt_of(exercise)
    return (
        f"Write {notation.stated(exercise, say)} as a function with `tf.custom_gradient` and let a tape compute "
        f"{notation.derivative(exercise, say, by)} at {notation.at_point(exercise, say)} through your own derivative."
        + notation.afterwards(exercise, say)
    )


def starter(exercise: Exercise) -> str:
    """The decorated function, to be filled in."""
    by = notation.wrt_of(exercise)[0]
    return program.program(
        program.imports(exercise),
        [
            "@tf.custom_gradient",
            f"def function({by}):",
            "    def gradient(upstream):",
            f"        return {program.BLANK}",
            "",
            f"    return {program.BLANK}, gradient",
        ],
        [f"{each} = {program.BLANK}" for each in exercise.point or ()],
        program.recording([f"{notation.name_of(exercise)} = {program.BLANK}"]),
        [f"{exercise.answer_name} = {program.BLANK}"],
    )


def solution(exercise: Exercise) -> str:
    """The function with a derivative that an inner tape computes and that takes the incoming factor along."""
    name, by = notation.name_of(exercise), notation.wrt_of(exercise)[0]
    if exercise.reference:
        return program.program(
            *program.start(exercise),
            program.recording(program.formula(exercise)),
            program.handed_in(exercise, f"tape.gradient({name}, {by})", "slope"),
        )
    inner = program.recording(program.formula(exercise, name), "own", watch=[by])
    return program.program(
        program.imports(exercise),
        program.given(exercise),
        [
            "@tf.custom_gradient",
            f"def function({by}):",
            *program.indented(inner),
            f"    slope = own.gradient({name}, {by})",
            "",
            "    def gradient(upstream):",
            "        return upstream * slope",
            "",
            f"    return {name}, gradient",
        ],
        program.variables(exercise),
        program.recording([f"{name} = function({by} + 0.0)"]),
        program.handed_in(exercise, f"tape.gradient({name}, {by})", "slope"),
    )


def hints(exercise: Exercise) -> tuple[str, ...]:
    """What the decorated function gives back."""
    return (
        "A function under `@tf.custom_gradient` gives two things back: its value and a function for the gradient.",
        "That inner function gets the gradient of what comes after (`upstream`) and passes on its own share.",
        "The share is `upstream` times the derivative of your function; without the factor the chain breaks.",
    )
