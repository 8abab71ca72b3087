"""Wrong choices that learners really arrive at, proposed for a new exercise."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

FEWEST, MOST = 2, 3

# likely errors, as the lint of points names them, and the misconceptions behind them
BEHIND = {
    "value-for-slope": "value-reported-not-slope",
    "ratio-for-slope": "slope-as-y-over-x",
    "second-for-slope": "derivative-typed-as-function",
    "mirrored-point": "wrong-point",
    "lower-for-order": "first-for-second-derivative",
    "one-step-more": "step-count-off-by-one",
    "one-step-less": "step-count-off-by-one",
    "descent-for-newton": "newton-step-as-descent",
}


def choices(exercise: Exercise) -> tuple[list[float], dict[str, str]] | None:
    """The right number among wrong ones in a fixed random order, and the misconception behind each wrong letter.

    None where the answer is no single number, or too few errors give numbers of their own.
    """
    from tfgrad_course.course import apart

    right = exercise.number
    if not isinstance(right, (int, float)) or isinstance(right, bool):
        return None
    wrong: dict[float, str] = {}
    for name, value in apart.likely(exercise).items():
        number = float(f"{float(value):.7g}") if value.shape == () else None
        if number is not None and not any(_near(number, other) for other in (float(right), *wrong)):
            wrong[number] = BEHIND.get(name) or (
                "term-sign-error" if name.startswith("term-sign-error") else name
            )
    known = [(number, name) for number, name in wrong.items() if _is_known(name)][:MOST]
    if len(known) < FEWEST:
        return None
    numbers = [float(f"{float(right):.7g}"), *(number for number, _ in known)]
    random.Random(exercise.id).shuffle(numbers)
    letters = {number: chr(ord("A") + place) for place, number in enumerate(numbers)}
    return numbers, {letters[number]: name for number, name in known}


def _near(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-3 * max(1.0, abs(a), abs(b))


def _is_known(name: str) -> bool:
    """Whether the diagnosis knows a misconception of this name."""
    from importlib.util import find_spec

    return find_spec(f"graders.misconceptions.{name.replace('-', '_')}") is not None
