"""Partial derivatives by several variables, a number each; a list of them for each of several functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders import expected, notation, program
from graders.reference import Numbers, Point, Reference

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.TAPE_WEIGHTS


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """The partials in the order of the variables, function by function."""
    several = bool(exercise.functions)
    gradient = expected.first(exercise, point, rows=several)
    if several:
        count = len(exercise.functions or {})
        one = expected.entries(exercise, point) == 1
        gradient = gradient.reshaped((count,) if one else (count, expected.entries(exercise, point)))
    elif gradient.shape == ():
        gradient = gradient.reshaped((1,))
    return expected.at(exercise, point, mark, gradient)


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """Partials are numbers: no word follows from them."""
    return None


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """The partials by their symbols, in the order they are wanted."""
    names = list(notation.functions(exercise)) or ["z"]
    by = notation.wrt_of(exercise)
    wanted = [notation.derivative(exercise, say, [v], name) for name in names for v in by]
    order = "a list for each function" if len(names) > 1 and len(by) > 1 else "in this order"
    return (
        f"Compute {', '.join(wanted)} for {notation.stated(exercise, say)} at {notation.at_point(exercise, say)}, "
        f"{order}." + notation.afterwards(exercise, say)
    )


def starter(exercise: Exercise) -> str:
    """The three steps, each to be filled in."""
    return program.three_steps(exercise)


def solution(exercise: Exercise) -> str:
    """One call with a list of sources; a persistent tape where there are several functions."""
    names = list(notation.functions(exercise)) or [notation.name_of(exercise)]
    by = notation.wrt_of(exercise)
    sources = f"[{', '.join(by)}]"
    if len(names) == 1:
        call = f"tape.gradient({names[0]}, {sources}{_unconnected(exercise)})"
        return program.program(
            *program.start(exercise),
            program.recording(program.formula(exercise)),
            program.handed_in(exercise, call, "gradient"),
        )
    zero = _unconnected(exercise)
    asked = [f"tape.gradient({name}, {sources if len(by) > 1 else by[0]}{zero})" for name in names]
    return program.program(
        *program.start(exercise),
        program.recording(program.formula(exercise), options="persistent=True"),
        program.handed_in(exercise, f"[{', '.join(asked)}]", "gradient"),
    )


def hints(exercise: Exercise) -> tuple[str, ...]:
    """A list of sources, and its order."""
    by = ", ".join(notation.wrt_of(exercise))
    ladder = [
        "Every variable is a `tf.Variable` of its own, made from a float.",
        f"The sources may be a list: `tape.gradient(target, [{by}])` gives a list back, in the same order.",
    ]
    if exercise.functions:
        ladder.append("A tape answers once only, unless it was opened with `persistent=True`.")
    else:
        ladder.append(
            "A variable that the function does not use has the gradient None; as a number that is 0."
        )
    return tuple(ladder)


def _unconnected(exercise: Exercise) -> str:
    """The argument that makes zeros of missing paths, where a function leaves a variable out."""
    functions = notation.functions(exercise).values()
    complete = all(set(notation.wrt_of(exercise)) <= function.used for function in functions)
    return "" if complete else ", unconnected_gradients=tf.UnconnectedGradients.ZERO"
