"""Answers without a computation: a wrong choice, a number typed in, a word guessed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise


def made(exercise: Exercise, solution: str) -> Iterator[tuple[str, str]]:
    """Programs of one line that only state an answer."""
    from graders.distractor import behind

    name = exercise.answer_name
    if exercise.form.tape:
        yield "hard-coded-answer", f"{name} = {_python(exercise.answer)}  #<\n"
    right = exercise.answer if isinstance(exercise.answer, tuple) else (exercise.answer,)
    wanted = {part for part in (*right, exercise.word, exercise.number) if not isinstance(part, (list, dict))}
    for index, choice in enumerate(exercise.choices or ()):
        letter = chr(ord("A") + index)
        if choice not in wanted:
            yield behind(exercise, choice) or "wrong-choice", f"{name} = {letter!r}  #<\n"
    if not exercise.form.tape and not exercise.choices and isinstance(exercise.number, (int, float)):
        for step in (1, -1):
            yield "off-by-one", f"{name} = {exercise.number + step!r}  #<\n"


def _python(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_python(item) for item in value) + "]"
    return repr(value)
