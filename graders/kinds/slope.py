"""The slope of a function of one variable at a point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders.differentiate import derivative_of, target_of
from graders.formula import formula_of
from graders.reference import Numbers, Point, Reference, flat

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = {"variable": 0.2, "recorded": 0.3, "gradient": 0.3, "answer": 0.2}


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """Value and slope at the point; a marked tape multiplies the slope once."""
    formula = formula_of(exercise)
    slope = derivative_of(formula, point, list(point)).times(mark)
    return Reference(
        point=tuple((name, flat(value)) for name, value in point.items()),
        target=target_of(formula, point),
        gradient=slope,
        number=slope,
    )


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """A slope is a number: no word follows from it."""
    return None
