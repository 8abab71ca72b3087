"""Steps of an optimiser as the exercises mean them; momentum and Adam are Keras' own rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tfgrad_course.course.calculus import Array, Calculus, listed
from tfgrad_course.course.exercise import Sheet
from tfgrad_course.maths.tree import Function

BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-7  # tf.keras.optimizers.Adam


def walked(sheet: Sheet, function: Function, point: Mapping[str, Any], calculus: Calculus) -> dict[str, Any]:
    """The point after the steps of an exercise of kind optimiser."""
    names = sheet.wrt or tuple(point)
    at: dict[str, Array] = {name: np.asarray(listed(value), dtype=float) for name, value in point.items()}
    rule = (
        _newton(function, calculus) if sheet.method == "newton" else _RULES[sheet.method or "descent"](sheet)
    )
    for number in range(1, (sheet.steps or 1) + 1):
        here = {name: value.tolist() for name, value in at.items()}
        slopes = {name: calculus.derive(function, here, name) for name in names}
        for name in names:
            at[name] = at[name] + rule(number, name, slopes[name], here)
    return {name: value.tolist() for name, value in at.items()}


Rule = Callable[[int, str, Array, Mapping[str, Any]], Array]


def _descent(sheet: Sheet) -> Rule:
    rate = sheet.learning_rate or 0.0
    return lambda number, name, slope, here: -rate * slope


def _ascent(sheet: Sheet) -> Rule:
    rate = sheet.learning_rate or 0.0
    return lambda number, name, slope, here: rate * slope


def _momentum(sheet: Sheet) -> Rule:
    rate = sheet.learning_rate or 0.0
    keep = 0.9 if sheet.momentum is None else sheet.momentum
    speeds: dict[str, Array] = {}

    def step(number: int, name: str, slope: Array, here: Mapping[str, Any]) -> Array:
        speeds[name] = keep * speeds.get(name, 0.0) - rate * slope
        return speeds[name]

    return step


def _adam(sheet: Sheet) -> Rule:
    rate = sheet.learning_rate or 0.0
    means: dict[str, Array] = {}
    squares: dict[str, Array] = {}

    def step(number: int, name: str, slope: Array, here: Mapping[str, Any]) -> Array:
        means[name] = BETA_1 * means.get(name, 0.0) + (1 - BETA_1) * slope
        squares[name] = BETA_2 * squares.get(name, 0.0) + (1 - BETA_2) * slope**2
        scaled = rate * np.sqrt(1 - BETA_2**number) / (1 - BETA_1**number)
        return -scaled * means[name] / (np.sqrt(squares[name]) + EPSILON)

    return step


def _newton(function: Function, calculus: Calculus) -> Rule:
    def step(number: int, name: str, slope: Array, here: Mapping[str, Any]) -> Array:
        bend = calculus.derive(function, here, name, name)
        return -slope / bend if slope.ndim == 0 else -np.linalg.solve(bend, slope)

    return step


_RULES: dict[str, Callable[[Sheet], Rule]] = {
    "descent": _descent,
    "ascent": _ascent,
    "momentum": _momentum,
    "adam": _adam,
}
