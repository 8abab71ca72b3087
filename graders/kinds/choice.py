"""One of several choices, given by value, letter or word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graders import expected, handed, notation, program
from graders.parts import Found
from graders.reference import Numbers, Point, Reference

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.PLAIN_WEIGHTS


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """The right choice: what hessian and gradient say of the point when that is asked, else what the author states."""
    answer = str(exercise.answer)
    if exercise.ask == "kind-of-point" and exercise.function is not None and exercise.point:
        derived = expected.kind_of_point(
            expected.first(exercise, exercise.point).data, expected.second(exercise, exercise.point)
        )
        answer = derived or answer
    return Reference(point=(), word=answer, words=tuple(str(choice) for choice in exercise.choices or ()))


def find(case: Any) -> Found:
    """The named answer, else the last printed line that is a choice or a letter."""
    return handed.chosen(case)


def accepts(exercise: Exercise, found: Found, reference: Reference) -> bool:
    """Whether the choice handed in is the right one."""
    picked = handed.choices_of(exercise, found)
    return picked is not None and [str(choice) for choice in picked] == [reference.word]


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """No number implies a choice."""
    return None


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """The question; without one of the author's, what kind of point it is."""
    if exercise.ask == "kind-of-point" and exercise.point:
        return f"What is the point {notation.at_point(exercise, say)} of {notation.stated(exercise, say)}?"
    return exercise.text("title") + "?"


def starter(exercise: Exercise) -> str:
    """The name of the answer."""
    return program.plain(exercise, "a letter, or the choice itself")


def solution(exercise: Exercise) -> str:
    """The right choice itself."""
    answer = exercise.answer if not isinstance(exercise.answer, str) else f'"{exercise.answer}"'
    return program.program([f"{exercise.answer_name} = {answer}", *program.shown(exercise.answer_name)])


def hints(exercise: Exercise) -> tuple[str, ...]:
    """Try it out."""
    return ("Do not guess: write the few lines the question speaks of, and let TensorFlow answer.",)
