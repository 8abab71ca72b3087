"""Whether a function increases or decreases at a point: the sign of its slope, and the slope when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders.differentiate import derivative_of, target_of
from graders.formula import formula_of
from graders.reference import Numbers, Point, Reference, flat

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = {"variable": 0.2, "recorded": 0.3, "gradient": 0.3, "answer": 0.2}
WORDS = ("increasing", "decreasing")


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """Value, slope and the word the slope's sign means; the number counts only when the exercise states one."""
    formula = formula_of(exercise)
    slope = derivative_of(formula, point, list(point)).times(mark)
    stated = exercise.answer if isinstance(exercise.answer, (list, tuple)) else (exercise.answer,)
    asks_number = any(isinstance(part, (int, float)) and not isinstance(part, bool) for part in stated)
    return Reference(
        point=tuple((name, flat(value)) for name, value in point.items()),
        target=target_of(formula, point),
        gradient=slope,
        number=slope if asks_number else None,
        word=word(exercise, slope.data),
        words=WORDS,
    )


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """What the sign of a slope means; None for a slope of 0 or none at all."""
    if not number or len(number) != 1 or number[0] == 0 or number[0] != number[0]:
        return None
    return "increasing" if number[0] > 0 else "decreasing"
