"""What part of a curve is worth seeing: a window around the point, the samples in it, and breaks at poles and jumps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tfgrad_course.maths.domain import domain, guards
from tfgrad_course.maths.evaluate import evaluate
from tfgrad_course.maths.tree import Function, MathsError

Floats = np.ndarray[Any, np.dtype[np.float64]]
SAMPLES = 1201


@dataclass(frozen=True)
class Window:
    """A curve over one variable: samples (rows of `y` are the components), NaN where it breaks, and the frame."""

    x: Floats
    y: Floats
    low: float
    high: float
    poles: tuple[float, ...]


def window(
    function: Function, variable: str, point: Mapping[str, Any], stated: tuple[float, float] | None = None
) -> Window:
    """The window around a point; a stated domain is shown as far as it is near."""
    centre = float(point[variable])
    left, right, edges = _reach(function, variable, point, stated)
    x = np.linspace(left, right, SAMPLES)
    y = sampled(function, variable, point, x)
    poles = _broken(function, variable, point, x, y)
    low, high = _frame(x, y, centre, (*poles, *edges))
    return Window(x, y, low, high, poles)


def span(
    function: Function, variable: str, point: Mapping[str, Any], stated: tuple[float, float] | None = None
) -> tuple[float, float]:
    """How far to look left and right: about the point's own size, not far beyond an edge of the domain."""
    return _reach(function, variable, point, stated)[:2]


def _reach(
    function: Function, variable: str, point: Mapping[str, Any], stated: tuple[float, float] | None
) -> tuple[float, float, tuple[float, ...]]:
    centre = float(point[variable])
    reach = 2.5 if abs(centre) <= 2.5 else abs(centre)
    left, right = centre - reach, centre + reach
    found = domain(function, variable, point, corners=False)
    margin, edges = 0.08 * reach, []
    if found.why_low == "edge" and found.low > left:
        left = found.low - margin
        edges.append(found.low)
    if found.why_high == "edge" and found.high < right:
        right = found.high + margin
        edges.append(found.high)
    if stated is not None:
        wide = stated[1] - stated[0]
        left = max(left, stated[0] - 0.05 * wide) if stated[0] < centre else left
        right = min(right, stated[1] + 0.05 * wide) if stated[1] > centre else right
    return left, right, tuple(edges)


def sampled(function: Function, variable: str, point: Mapping[str, Any], x: Floats) -> Floats:
    """The function along one variable, a row for each component; NaN where it has no value."""
    rows = []
    for value in x:
        try:
            result = np.asarray(
                evaluate(function, np, {**point, variable: np.float64(value)}), dtype=np.float64
            )
        except (MathsError, ArithmeticError):
            result = np.asarray(math.nan)
        rows.append(result.reshape(-1))
    width = max(len(row) for row in rows)
    return np.array([row if len(row) == width else np.full(width, math.nan) for row in rows]).T


def _broken(
    function: Function, variable: str, point: Mapping[str, Any], x: Floats, y: Floats
) -> tuple[float, ...]:
    """Cut the line where it may not be drawn through: at poles (returned) and at jumps."""
    poles: list[float] = []
    y[~np.isfinite(y)] = math.nan
    for guard in guards(function):
        if guard.kind == "edge":
            continue
        part = Function(function.variables, (), guard.node)
        sign = sampled(part, variable, point, x)[0]
        for index in np.flatnonzero(np.diff(np.sign(sign)) != 0):
            if guard.kind == "pole" and _blows_up(y, int(index)):
                poles.append(float(_zero(x, sign, int(index))))
                y[:, index + (abs(sign[index]) > abs(sign[index + 1]))] = math.nan
            elif guard.kind == "corner" and (jump := _jump(y, int(index))) is not None:
                y[:, jump + 1] = math.nan
    return tuple(sorted({round(pole, 6) for pole in poles}))


def _blows_up(y: Floats, index: int) -> bool:
    """Whether values near here are far beyond the usual ones; sin(x)/x at 0 divides by zero and does not."""
    near = np.abs(y[:, max(0, index - 1) : index + 3])
    if not np.isfinite(near).any():
        return True
    return bool(np.nanmax(near) > 4 * np.nanquantile(np.abs(y), 0.75))


def _zero(x: Floats, sign: Floats, index: int) -> float:
    step = sign[index] - sign[index + 1]
    part = sign[index] / step if step and np.isfinite(step) else 0.5
    return float(x[index] + part * (x[index + 1] - x[index]))


def _jump(y: Floats, index: int) -> int | None:
    """The step near here that is far larger than those beside it: what the curve jumps over."""
    if not 1 < index < y.shape[1] - 4:
        return None
    steps = np.abs(np.diff(y[:, index - 2 : index + 4], axis=1)).max(axis=0)
    found = 1 + int(np.argmax(np.nan_to_num(steps[1:-1])))
    # beyond a corner the steps are large, too; a jump stands alone
    usual = max(steps[found - 1], steps[found + 1]) + 1e-9 * (1 + np.nanmax(np.abs(y)))
    return index - 2 + found if steps[found] > 8 * usual else None


def _frame(x: Floats, y: Floats, centre: float, ends: tuple[float, ...]) -> tuple[float, float]:
    """The middle half of the values near the point, widened as far as there are values."""
    reach = 0.45 * max(x[-1] - centre, centre - x[0])
    reach = min([reach, *(0.45 * abs(end - centre) for end in ends if end != centre)])
    near = y[:, np.abs(x - centre) <= reach]
    close, whole = near[np.isfinite(near)], y[np.isfinite(y)]
    if not close.size or not whole.size:
        return -1.0, 1.0
    low, high = (float(np.quantile(close, q)) for q in (0.25, 0.75))
    spread = float(whole.max() - whole.min())
    size = max(high - low, 0.2 * min(spread, reach))
    low = max(float(whole.min()), low - 1.6 * size)
    high = min(float(whole.max()), high + 1.6 * size)
    if high - low < 1e-9 * (1 + abs(high)):
        low, high = low - 1, high + 1
    pad = 0.12 * (high - low)
    return low - pad, high + pad
