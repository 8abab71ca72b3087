"""Whether a curve is concave up or concave down at a point: the sign of its second derivative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders import expected, notation, program
from graders.reference import Numbers, Point, Reference

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.TAPE_WEIGHTS
WORDS = ("concave up", "concave down")


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """Value, second derivative and the word its sign means; the number counts only when the exercise states one."""
    bend = expected.second(exercise, point)
    named = word(exercise, bend.data)
    counts = expected.stated_number(exercise)
    return expected.at(exercise, point, mark, bend, order=2, word=named, words=WORDS, counts=counts)


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """What the sign of a second derivative means; None for 0 or none at all."""
    if not number or len(number) != 1 or number[0] == 0 or number[0] != number[0]:
        return None
    return "concave up" if number[0] > 0 else "concave down"


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """The question, and the form of the answer."""
    both = " and the second derivative, as [word, number]" if expected.stated_number(exercise) else ""
    return (
        f"Is {notation.stated(exercise, say)} concave up or concave down at {notation.at_point(exercise, say)}? "
        f'Let tapes compute the second derivative. Hand in "{WORDS[0]}" or "{WORDS[1]}"{both}.'
    )


def starter(exercise: Exercise) -> str:
    """Two tapes, the rest to be filled in."""
    name = notation.name_of(exercise)
    return program.program(
        program.imports(exercise),
        program.given(exercise),
        [f"{each} = {program.BLANK}" for each in exercise.point or ()],
        program.recording(
            [*program.recording([f"{name} = {program.BLANK}"], "inner"), f"slope = {program.BLANK}"], "outer"
        ),
        [f"{exercise.answer_name} = {program.BLANK}"],
    )


def solution(exercise: Exercise) -> str:
    """The second derivative, and its sign as a word."""
    name, by = notation.name_of(exercise), notation.wrt_of(exercise)[0]
    answer = "[word, bend]" if expected.stated_number(exercise) else "word"
    inside = [
        *program.recording(program.formula(exercise), "inner"), f"slope = inner.gradient({name}, {by})"
    ]  # fmt: skip
    return program.program(
        *program.start(exercise),
        program.recording(inside, "outer"),
        [
            f"bend = outer.gradient(slope, {by})",
            f'word = "{WORDS[0]}" if bend > 0 else "{WORDS[1]}"',
            f"{exercise.answer_name} = {answer}",
            *program.shown(exercise.answer_name),
        ],
    )


def hints(exercise: Exercise) -> tuple[str, ...]:
    """What the second derivative says."""
    return (
        "The slope says whether the curve goes up or down; how the slope changes says which way it bends.",
        "Differentiate twice: the slope must be computed while an outer tape records.",
        "A positive second derivative means concave up.",
    )
