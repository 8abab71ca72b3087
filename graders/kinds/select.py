"""All of several choices that fit: values, letters, words, or one truth value for each choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graders import expected, handed, notation, program
from graders.parts import Found
from graders.reference import Numbers, Point, Reference

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.PLAIN_WEIGHTS
SIGNS = {"increasing": (1, 1), "decreasing": (1, -1), "concave up": (2, 1), "concave down": (2, -1)}


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """The choices that fit: by the sign of a derivative at each when that is asked, else those the author states."""
    return Reference(point=(), words=tuple(str(choice) for choice in fitting(exercise)))


def fitting(exercise: Exercise) -> list[Any]:
    """The right choices."""
    stated = exercise.answer if isinstance(exercise.answer, tuple) else (exercise.answer,)
    if exercise.ask not in SIGNS or exercise.function is None:
        return list(stated)
    from tfgrad_course.course.formulas import function_of
    from tfgrad_course.maths import value_at

    order, sign = SIGNS[exercise.ask]
    function = function_of(exercise)
    name = notation.wrt_of(exercise)[0]
    fits = []
    for choice in exercise.choices or ():
        at = {**(exercise.point or {}), name: float(choice)}
        if function is not None and sign * float(value_at(function, at, name, order=order)) > 0:
            fits.append(choice)
    return fits


def find(case: Any) -> Found:
    """The named answer, else the last line printed."""
    return handed.chosen(case)


def accepts(exercise: Exercise, found: Found, reference: Reference) -> bool:
    """Whether exactly the right choices were handed in, in any order."""
    picked = handed.choices_of(exercise, found)
    return picked is not None and sorted(map(str, picked)) == sorted(reference.words)


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """No number implies a selection."""
    return None


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """The question; without one of the author's, where the function does what is asked."""
    if exercise.ask in SIGNS:
        name = notation.variables(exercise, say, notation.wrt_of(exercise))
        return f"At which of these {name} is {notation.stated(exercise, say)} {exercise.ask}?"
    return exercise.text("title") + "?"


def starter(exercise: Exercise) -> str:
    """The name of the answer."""
    return program.plain(exercise, "a list of all choices that fit, or of their letters")


def solution(exercise: Exercise) -> str:
    """Each choice tried on a tape where a sign is asked, else the right choices themselves."""
    answer = exercise.answer_name
    if exercise.ask not in SIGNS or exercise.function is None:
        return program.program([f"{answer} = {fitting(exercise)!r}", *program.shown(answer)])
    order, sign = SIGNS[exercise.ask]
    name, y = notation.wrt_of(exercise)[0], notation.name_of(exercise)
    body = program.recording(program.formula(exercise))
    last = f"tape.gradient({y}, {name})"
    if order == 2:
        body = program.recording(
            [*program.recording(program.formula(exercise), "inner"), f"slope = inner.gradient({y}, {name})"],
            "outer",
        )
        last = f"outer.gradient(slope, {name})"
    values = ", ".join(program.literal(choice) for choice in exercise.choices or ())
    return program.program(
        program.imports(exercise),
        [f"{answer} = []"],
        [
            f"for value in [{values}]:",
            *program.indented(
                [f"{name} = tf.Variable(value)", *body, f"if {last} {'>' if sign > 0 else '<'} 0:"]
            ),
            program.INDENT * 2 + f"{answer}.append(value)",
        ],
        program.shown(answer),
    )


def hints(exercise: Exercise) -> tuple[str, ...]:
    """Try each choice."""
    if exercise.ask in SIGNS:
        return ("Try one choice after the other: a loop, a variable at that place, a tape.",)
    return ("Do not guess: try each choice in a few lines of its own.", "More than one may fit.")
