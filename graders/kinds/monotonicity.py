"""Whether a function increases or decreases at a point: the sign of its slope, and the slope when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders import expected, notation, program
from graders.reference import Numbers, Point, Reference

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.TAPE_WEIGHTS
WORDS = ("increasing", "decreasing")


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """Value, slope and the word the slope's sign means; the number counts only when the exercise states one."""
    slope = expected.first(exercise, point)
    named = word(exercise, slope.data)
    return expected.at(
        exercise, point, mark, slope, word=named, words=WORDS, counts=expected.stated_number(exercise)
    )


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """What the sign of a slope means; None for a slope of 0 or none at all."""
    if not number or len(number) != 1 or number[0] == 0 or number[0] != number[0]:
        return None
    return "increasing" if number[0] > 0 else "decreasing"


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """The question, and the form of the answer."""
    form = f'Hand in "{WORDS[0]}" or "{WORDS[1]}".'
    if expected.stated_number(exercise):
        form = f'Hand in "{WORDS[0]}" or "{WORDS[1]}" and the slope, as [word, slope].'
    return (
        f"Is {notation.stated(exercise, say)} increasing or decreasing at {notation.at_point(exercise, say)}? "
        f"Let a tape compute the slope there. {form}"
    )


def starter(exercise: Exercise) -> str:
    """The three steps, each to be filled in."""
    return program.three_steps(exercise)


def solution(exercise: Exercise) -> str:
    """The slope, and its sign as a word."""
    name, by = notation.name_of(exercise), notation.wrt_of(exercise)[0]
    answer = f"[{'word'}, slope]" if expected.stated_number(exercise) else "word"
    return program.program(
        *program.start(exercise),
        program.recording(program.formula(exercise)),
        [
            f"slope = tape.gradient({name}, {by})",
            f'word = "{WORDS[0]}" if slope > 0 else "{WORDS[1]}"',
            f"{exercise.answer_name} = {answer}",
            *program.shown(exercise.answer_name),
        ],
    )


def hints(exercise: Exercise) -> tuple[str, ...]:
    """What the sign of the slope says."""
    by = notation.wrt_of(exercise)[0]
    return (
        "Whether the value is positive says where the curve lies, not where it goes.",
        "The slope tells: it is positive where the curve rises.",
        f"`tape.gradient({notation.name_of(exercise)}, {by})` gives the slope; compare it with 0.",
    )
