"""Where a derivative is zero: exactly where sympy can say it, else by looking for changes of sign."""

from __future__ import annotations

import math
from typing import Any

from tfgrad_course.maths.tree import Function

REACH = 20.0  # how far from 0 zeros are looked for when sympy cannot and no domain is stated
CELLS = 4000


def zeros(function: Function, name: str, order: int, limits: tuple[float, float] | None) -> list[float]:
    """The zeros of the `order`-th derivative inside the limits, in rising order."""
    import sympy

    from tfgrad_course.maths.symbolic import derivative, symbols

    expression = derivative(function, name, order=order)
    symbol = symbols(name)
    exact = _solved(sympy, expression, symbol, limits)
    return sorted(exact) if exact is not None else _searched(sympy, expression, symbol, limits)


def _solved(
    sympy: Any, expression: Any, symbol: Any, limits: tuple[float, float] | None
) -> list[float] | None:
    inside = sympy.S.Reals
    if limits is not None:
        inside = sympy.Interval(*(sympy.Rational(repr(float(limit))) for limit in limits))
    if not expression.is_polynomial(symbol) and not expression.is_rational_function(symbol):
        return None  # sympy may take minutes over anything else
    found = sympy.solveset(expression, symbol, domain=inside)
    return (
        [float(x) for x in found]
        if isinstance(found, sympy.FiniteSet)
        else []
        if found is sympy.S.EmptySet
        else None
    )


def _searched(sympy: Any, expression: Any, symbol: Any, limits: tuple[float, float] | None) -> list[float]:
    compute = sympy.lambdify(symbol, expression, "math")

    def value(x: float) -> float:
        try:
            return float(compute(x))
        except (ValueError, ZeroDivisionError, OverflowError, TypeError):
            return math.nan

    low, high = limits or (-REACH, REACH)
    # an odd number of cells over an odd width: zeros at round numbers fall inside a cell, not on its edge
    grid = [low + (high - low) * (k + 0.37) / CELLS for k in range(-1, CELLS + 1)]
    values = [value(x) for x in grid]
    found = []
    for a, b, left, right in zip(grid, grid[1:], values, values[1:], strict=False):
        if left * right < 0:
            root = _bisected(value, a, b)
            if abs(value(root)) < 1e-6 * (abs(left) + abs(right)) + 1e-9 and low <= root <= high:
                found.append(root)
    return found


def _bisected(value: Any, low: float, high: float) -> float:
    sign = math.copysign(1.0, value(low))
    for _ in range(200):
        middle = (low + high) / 2
        if sign * value(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def sign_changes(function: Function, name: str, order: int, x: float) -> bool:
    """Whether the `order`-th derivative has another sign on the other side of x."""
    from tfgrad_course.maths.symbolic import value_at

    step = 1e-4 * max(1.0, abs(x))
    left, right = (float(value_at(function, {name: x + k * step}, name, order=order)) for k in (-1, 1))
    return left * right < 0
