"""Hidden points: where else a right program must be right, drawn near the stated point and inside the domain.

A point is taken only where the function has a value, is smooth and well conditioned, and where its slope differs from
the stated one, so that neither a rounding nor a typed-in number decides.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from tfgrad_course.course.values import flat
from tfgrad_course.maths.tree import Function

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

GRID = 1024  # points are multiples of 1/1024: the same number in float32 and in float64
TRIES = 60
STEP = 2.0**-10
Numbers = tuple[float, ...]


def hidden_points(exercise: Exercise, seed: int, count: int = 3) -> list[dict[str, Any]]:
    """`count` points (fewer where no more are to be had) for the variables of an exercise judged by a tape."""
    point = exercise.point
    if not point or not exercise.form.tape or exercise.judged_as == "critical-points":
        return []
    rng = random.Random(f"{exercise.id}:{seed}")
    judge = _judge(exercise)
    kept: list[dict[str, Any]] = []
    spare: list[dict[str, Any]] = []
    first = rng.randrange(count)
    for attempt in range(TRIES):
        part = ((first + attempt) % count / count, 1 / count)
        candidate = _drawn(exercise, rng, 0.5 ** (attempt // 15), part)
        if _close(exercise, candidate, [point, *kept, *spare]):
            continue
        quality = judge(candidate)
        if quality == 2:
            kept.append(candidate)
        elif quality == 1:
            spare.append(candidate)
        if len(kept) == count or (attempt >= TRIES // 3 and len(kept) + len(spare) >= count):
            break
    return (kept + spare)[:count]


def _close(exercise: Exercise, candidate: Mapping[str, Any], others: list[Any]) -> bool:
    """Whether a point hardly differs from one of the others, measured by where points may lie."""
    for other in others:
        apart = False
        for name, value in candidate.items():
            limits = domain_of(exercise, name)
            for a, b in zip(flat(value), flat(other[name]), strict=True):
                width = limits[1] - limits[0] if limits else max(1.0, 0.5 * abs(a))
                apart = apart or abs(a - b) > 0.05 * width
        if not apart:
            return True
    return False


def domain_of(exercise: Exercise, name: str) -> tuple[float, float] | None:
    """The stated range of a variable, or None where nothing is stated."""
    domain = exercise.domain
    if isinstance(domain, dict):
        return domain.get(name)
    return domain


def _drawn(exercise: Exercise, rng: random.Random, reach: float, part: tuple[float, float]) -> dict[str, Any]:
    """A point around the stated one: each number moved by up to its own size, or drawn from its domain.

    A single number comes from one `part` of its domain (where it begins, how wide it is) after the other, so that a
    term that is flat at one end shows at the other.
    """
    wanted = exercise.wrt if exercise.wrt and exercise.judged_as != "derivative" else None
    made: dict[str, Any] = {}
    for name, value in (exercise.point or {}).items():
        limits = domain_of(exercise, name)
        if limits is not None and not isinstance(value, tuple):
            low, width = limits[0], limits[1] - limits[0]
            limits = (low + width * part[0], low + width * (part[0] + part[1]))

        def moved(number: float, limits: tuple[float, float] | None = limits) -> float:
            return _moved(float(number), limits, rng, reach)

        made[name] = _mapped(value, moved) if wanted is None or name in wanted else value
    return made


def _moved(number: float, limits: tuple[float, float] | None, rng: random.Random, reach: float) -> float:
    if limits is not None:
        low, high = limits
        inset = (high - low) * 0.02
        drawn = rng.uniform(low + inset, high - inset)
    else:
        span = reach * max(1.0, 0.5 * abs(number))
        drawn = number + rng.choice((-1, 1)) * rng.uniform(0.15 * span, span)
    rounded = round(drawn * GRID) / GRID
    if limits is not None and not limits[0] <= rounded <= limits[1]:
        return drawn
    return rounded


def _mapped(value: Any, change: Callable[[float], float]) -> Any:
    return tuple(_mapped(item, change) for item in value) if isinstance(value, tuple) else change(value)


def _judge(exercise: Exercise) -> Callable[[dict[str, Any]], int]:
    """How good a point is: 0 unusable, 1 usable, 2 usable and apart from the stated point."""
    from tfgrad_course.course.formulas import function_of

    function = function_of(exercise)
    if function is None:  # only code knows the function: every point of the domain will do
        return lambda point: 2
    value = _evaluator(function)
    stated = exercise.point or {}
    first = _slopes(value, stated)
    sides = _sides(function) if exercise.domain is None else None
    home = sides(stated) if sides is not None else None

    def judge(point: dict[str, Any]) -> int:
        here = _slopes(value, point)
        if here is None or (sides is not None and sides(point) != home):
            return 0
        slopes, scales = here
        if first is None or len(slopes) != len(first[0]):
            return 1
        told = any(abs(a - b) > 1e-3 * max(s, 1e-9) for a, b, s in zip(slopes, first[0], scales, strict=True))
        steady = all(
            abs(a) >= 1e-3 * s or a == b == 0 for a, b, s in zip(slopes, first[0], scales, strict=True)
        )
        return 2 if told and steady else 1

    return judge


def _sides(function: Function) -> Callable[[Mapping[str, Any]], list[Any]] | None:
    """On which side of its poles and edges a point lies: without a stated domain no hidden point crosses one.

    A program may be right where it is asked and lean on the sign, as exp(-log(x)) does for 1/x.
    """
    from tfgrad_course.maths.domain import guards

    measures = [
        _evaluator(Function(function.variables, (), guard.node, "y"))
        for guard in guards(function)
        if guard.kind in ("pole", "edge")
    ]
    if not measures:
        return None

    def sides(point: Mapping[str, Any]) -> list[Any]:
        values = [measure(point) for measure in measures]
        return [None if value is None else tuple(x > 0 for x in value) for value in values]

    return sides


def _evaluator(function: Function) -> Callable[[Mapping[str, Any]], Numbers | None]:
    import numpy as np

    from tfgrad_course.maths.evaluate import evaluate
    from tfgrad_course.maths.tree import MathsError

    def value(point: Mapping[str, Any]) -> Numbers | None:
        try:
            with np.errstate(all="ignore"):
                given = {name: np.asarray(number, dtype=float) for name, number in point.items()}
                result = np.asarray(evaluate(function, np, given), dtype=float)
        except (MathsError, ArithmeticError, ValueError):
            return None
        return tuple(float(x) for x in result.ravel()) if np.isfinite(result).all() else None

    return value


def _slopes(
    value: Callable[[Mapping[str, Any]], Numbers | None], point: Mapping[str, Any]
) -> tuple[Numbers, Numbers] | None:
    """Slopes of all results by all numbers from both sides, and their scales; None near a corner or an edge."""
    middle = value(point)
    if middle is None:
        return None
    slopes: list[float] = []
    scales: list[float] = []
    for name, number in point.items():
        for index, x in enumerate(flat(number)):
            step = STEP * max(1.0, abs(x))
            around = [value({**point, name: _shifted(number, index, k * step)}) for k in (-2, -1, 1, 2)]
            if any(result is None for result in around):
                return None
            for k, here in enumerate(middle):
                far_left, left, right, far_right = (result[k] for result in around if result is not None)
                before, after = (here - left) / step, (right - here) / step
                bend = (far_right - 2 * here + far_left) / (4 * step * step)
                size = abs(before) + abs(after) + abs(bend) * max(1.0, abs(x)) + abs(here) / max(1.0, abs(x))
                # on smooth ground both are the second derivative; a corner or jump within reach sets them apart
                if abs((after - before) / step - bend) > 0.1 * abs(bend) + 1e-3 * size:
                    return None
                slopes.append((right - left) / (2 * step))
                scales.append(size)
    return tuple(slopes), tuple(scales)


def _shifted(value: Any, index: int, by: float) -> Any:
    """The value with its index-th number moved."""
    counter = -1

    def change(number: float) -> float:
        nonlocal counter
        counter += 1
        return float(number) + by if counter == index else float(number)

    return _mapped(value, change)
