"""Where a function of one number is smooth: the interval around a point up to the nearest pole, edge or corner."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tfgrad_course.maths.evaluate import evaluate, meant
from tfgrad_course.maths.functions import CORNERS
from tfgrad_course.maths.tree import (
    Apply,
    Constant,
    Function,
    MathsError,
    Node,
    children,
    exact_number,
    is_constant,
    number,
)

_REACH = 1e4
_STEPS = 400


@dataclass(frozen=True, slots=True)
class Interval:
    """An open interval; `why_low` and `why_high` say what ends it: edge, pole, corner or nothing (it goes on)."""

    low: float
    high: float
    why_low: str = ""
    why_high: str = ""

    def __contains__(self, x: float) -> bool:
        return self.low < x < self.high


@dataclass(frozen=True, slots=True)
class Guard:
    """A quantity that must keep its sign; crossing zero leads over an edge, a pole or a corner."""

    kind: str
    node: Node


def domain(function: Function, variable: str, around: Mapping[str, Any], corners: bool = True) -> Interval:
    """The interval of a scalar variable around a point where function and derivative are finite and smooth.

    With `corners=False` only edges and poles end it. An interval without an end is -inf or inf.
    """
    centre = float(np.asarray(around[variable]))
    here = [guard for guard in guards(function) if corners or guard.kind != "corner"]
    low, why_low = _walk(function, here, variable, around, centre, -1)
    high, why_high = _walk(function, here, variable, around, centre, 1)
    return Interval(low, high, why_low, why_high)


def guards(function: Function) -> list[Guard]:
    """What must not cross zero, read off the tree."""
    found = [guard for guard in _guards(function.inlined()) if not is_constant(guard.node)]
    return list(dict.fromkeys(found))


def _guards(node: Node) -> Iterator[Guard]:
    for below in children(node):
        yield from _guards(below)
    if not isinstance(node, Apply):
        return
    expanded = meant(node)
    if expanded is not node:
        yield from _guards(expanded)
        return
    first, *rest = node.arguments
    one = number(1)
    if node.name == "divide":
        yield from (Guard("pole", factor) for factor in _factors(rest[0]))
    elif node.name == "power":
        yield from _power_guards(first, rest[0])
    elif node.name in ("log", "sqrt"):
        yield Guard("edge", first)
    elif node.name == "log1p":
        yield Guard("edge", Apply("add", (one, first)))
    elif node.name in ("asin", "acos", "atanh"):
        yield Guard("edge", Apply("subtract", (one, Apply("power", (first, number(2))))))
    elif node.name == "acosh":
        yield Guard("edge", Apply("subtract", (first, one)))
    elif node.name == "tan":
        yield Guard("pole", Apply("cos", (first,)))
    elif node.name == "norm":
        yield Guard("corner", node)
    elif node.name in CORNERS:
        yield from _corner_guards(node)


def _factors(node: Node) -> Iterator[Node]:
    """What a product is made of: it is zero where one of these is, and these change sign where a square does not."""
    if isinstance(node, Apply) and node.name == "multiply":
        for factor in node.arguments:
            yield from _factors(factor)
    elif isinstance(node, Apply) and node.name == "power" and (exact_number(node.arguments[1]) or 0) > 0:
        yield from _factors(node.arguments[0])
    else:
        yield node


def _power_guards(base: Node, exponent: Node) -> Iterator[Guard]:
    value = exact_number(exponent)
    if value is not None and value.denominator == 1:
        if value < 0:
            yield from (Guard("pole", factor) for factor in _factors(base))
    elif not is_constant(base) or value is None:
        yield Guard("edge", base)


def _corner_guards(node: Apply) -> Iterator[Guard]:
    first, *rest = node.arguments
    if node.name in ("floor", "ceil", "round"):
        shift = number(1) if node.name != "round" else number(2)
        half = Apply("divide", (number(1), shift)) if node.name == "round" else number(0)
        angle = Apply("multiply", (Constant("pi"), Apply("subtract", (first, half))))
        yield Guard("corner", Apply("sin", (angle,)))
    elif node.name == "where" and isinstance(first, Apply):
        yield Guard("corner", Apply("subtract", first.arguments))
    elif node.name in ("min", "max"):
        for other in rest:
            yield Guard("corner", Apply("subtract", (first, other)))
    else:
        yield Guard("corner", first)


def _walk(
    function: Function, here: list[Guard], variable: str, around: Mapping[str, Any], centre: float, way: int
) -> tuple[float, str]:
    """The first place on one side where something ends, and what."""
    scale = max(1.0, abs(centre))
    steps = np.concatenate([np.linspace(0, 4, _STEPS + 1)[1:], np.geomspace(4, _REACH, _STEPS)[1:]]) * scale
    at = centre + way * np.concatenate([[0.0], steps])
    ends: list[tuple[float, str]] = []
    for guard in here:
        measure = _measure(function, guard.node, variable, around)
        end = _crossing(measure, at)
        if end is not None:
            ends.append((end, guard.kind))
    whole = _measure(function, function.inlined(), variable, around)
    values = np.array([whole(x) for x in at])
    lost = np.flatnonzero(~np.isfinite(values))
    if lost.size:
        first = int(lost[0])
        end = float(at[first]) if first == 0 else _last_finite(whole, at[first - 1], at[first])
        # a pole met exactly by the grid is lost, too: it keeps its name
        if not any(abs(other - end) < 1e-9 * scale for other, _ in ends):
            ends.append((end, "edge"))
    if not ends:
        return way * math.inf, ""
    return min(ends, key=lambda end: abs(end[0] - centre))


def _measure(
    function: Function, node: Node, variable: str, around: Mapping[str, Any]
) -> Callable[[float], float]:
    part = Function(function.variables, (), node, function.name)
    fixed = {name: np.asarray(value, dtype=np.float64) for name, value in around.items()}

    def measured(x: float) -> float:
        try:
            values = np.asarray(evaluate(part, np, {**fixed, variable: np.float64(x)}))
        except (MathsError, ArithmeticError):
            return math.nan
        flat = values.reshape(-1)
        return float(flat[np.argmin(np.abs(flat))]) if np.isfinite(flat).all() else math.nan

    return measured


def _crossing(measure: Callable[[float], float], at: Any) -> float | None:
    """The first zero along the way, found by its sign or, where it only touches, by its smallness."""
    values = [measure(x) for x in at]
    first = 1 if values[0] == 0 else 0  # the point itself lies on a corner: look beyond it
    for i in range(first + 1, len(at)):
        before, after = values[i - 1], values[i]
        if not (math.isfinite(before) and math.isfinite(after)):
            return None
        if after == 0:
            return float(at[i])
        if before * after < 0:
            return _bisected(measure, at[i - 1], at[i])
        if i + 1 < len(at) and abs(after) <= min(abs(before), abs(values[i + 1])):
            touched = _touching(measure, at[i - 1], at[i + 1])
            if touched is not None:
                return touched
    return None


def _bisected(measure: Callable[[float], float], a: float, b: float) -> float:
    sign = measure(a) > 0
    for _ in range(60):
        middle = 0.5 * (a + b)
        if (measure(middle) > 0) == sign:
            a = middle
        else:
            b = middle
    # a zero that lies on a round number should be found there
    rounded = round(float(b), 9)
    return rounded if abs(rounded - b) < 1e-9 * max(1.0, abs(b)) else float(b)


def _touching(measure: Callable[[float], float], a: float, b: float) -> float | None:
    """Where a quantity touches zero without crossing it, by ternary search."""
    size = max(abs(measure(a)), abs(measure(b)))
    for _ in range(80):
        left, right = a + (b - a) / 3, b - (b - a) / 3
        if abs(measure(left)) < abs(measure(right)):
            b = right
        else:
            a = left
    middle = round(float(0.5 * (a + b)), 7)
    return middle if abs(measure(middle)) < 1e-9 * size else None


def _last_finite(measure: Callable[[float], float], a: float, b: float) -> float:
    for _ in range(50):
        middle = 0.5 * (a + b)
        if math.isfinite(measure(middle)):
            a = middle
        else:
            b = middle
    return float(a)
