"""The misconception behind a wrong choice that was picked without any computation: the author's word, or inferred."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graders.amounts import near

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise
    from tfgrad_course.maths import Function

_STEP = 1e-5


def behind(exercise: Exercise, choice: object) -> str | None:
    """The id of the mistake that leads to a choice; None when none is known to."""
    letters = {chr(ord("A") + place): other for place, other in enumerate(exercise.choices or ())}
    for letter, mistake in (exercise.mistakes or {}).items():
        if letter in letters and letters[letter] == choice:
            return str(mistake)
    if isinstance(choice, (int, float)) and not isinstance(choice, bool):
        return next((kind for kind, number in _likely(exercise) if near((float(choice),), (number,))), None)
    critical = exercise.question == "kind-of-point" and str(choice) in ("minimum", "maximum")
    return "extremum-from-zero-gradient" if critical else None


def _likely(exercise: Exercise) -> Iterator[tuple[str, float]]:
    """What likely mistakes give in place of the slope of a function of one variable, the likeliest first."""
    from tfgrad_course.course.formulas import function_of
    from tfgrad_course.maths.mutations import mutations

    function = function_of(exercise)
    point = list((exercise.point or {}).items())
    if function is None or len(point) != 1 or isinstance(point[0][1], (list, tuple)):
        return
    name, x = point[0][0], float(point[0][1])
    value = _value(function, name, x)
    if value is None:
        return
    yield "value-reported-not-slope", value
    if x:
        yield "slope-as-y-over-x", value / x
        yield from _slope("wrong-point", function, name, -x)
    for mutation in mutations(function):
        yield from _slope(mutation.kind, mutation.function, name, x)


def _slope(kind: str, function: Function, name: str, x: float) -> Iterator[tuple[str, float]]:
    step = _STEP * max(1.0, abs(x))
    above, below = _value(function, name, x + step), _value(function, name, x - step)
    if above is not None and below is not None:
        yield kind, (above - below) / (2 * step)


def _value(function: Function, name: str, x: float) -> float | None:
    import numpy as np

    from tfgrad_course.maths import MathsError, evaluate

    with np.errstate(all="ignore"):
        try:
            found: Any = np.asarray(evaluate(function, np, {name: np.float64(x)}), dtype=float)
        except (MathsError, ArithmeticError, ValueError):
            return None
    return float(found) if found.size == 1 and np.isfinite(found).all() else None


def sampled(exercise: Exercise, one: Any, other: Any) -> bool:
    """Whether two functions differ by more than a constant near the stated point."""
    import numpy as np

    from tfgrad_course.maths import MathsError, evaluate

    gaps = []
    for move in (0.0, 0.11, -0.07, 0.23):
        values = {
            name: np.asarray(value, dtype=float) * (1 + move) + move
            for name, value in (exercise.point or {}).items()
        }
        with np.errstate(all="ignore"):
            try:
                gap = np.asarray(evaluate(one, np, values)) - np.asarray(evaluate(other, np, values))
            except (MathsError, ArithmeticError, ValueError, TypeError):
                return False
        if np.isfinite(gap).all():
            gaps.append(np.ravel(gap))
    if len(gaps) < 2 or any(gap.shape != gaps[0].shape for gap in gaps):
        return False
    return bool(np.max(np.ptp(np.array(gaps), axis=0)) > 1e-6)
