"""Likely errors and what they give: the stated point should tell each of them from the right answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from tfgrad_course.course.calculus import Array, Calculus, Exact, listed
from tfgrad_course.course.exercise import Sheet
from tfgrad_course.course.formulas import function_of
from tfgrad_course.course.truth import NoFormula, truth
from tfgrad_course.course.values import flat
from tfgrad_course.maths.tree import Apply, Function, Node

NEAR = 3e-5  # closer than this, relatively, a likely error cannot be told from the right answer


def likely(sheet: Sheet, calculus: Calculus | None = None) -> dict[str, Array]:
    """What likely errors give at the stated point, by the name of the error; empty where there is no formula."""
    function = function_of(sheet) if sheet.reference is None else None
    rule = _RULES.get(sheet.judged_as)
    if function is None or rule is None or not sheet.point:
        return {}
    made: dict[str, Array] = {}
    for name, compute in rule(_Case(sheet, function, calculus or Exact())):
        try:
            value = np.asarray(compute(), dtype=float)
        except (NoFormula, ValueError, ArithmeticError, TypeError, IndexError):
            continue
        if np.isfinite(value).all():
            made[name] = value
    return made


def collisions(sheet: Sheet, calculus: Calculus | None = None) -> list[str]:
    """The likely errors that give the right answer, too."""
    try:
        right = truth(sheet, calculus)
    except NoFormula:
        return []
    if right.number is None or (
        sheet.number is None and sheet.judged_as not in ("monotonicity", "concavity")
    ):
        return []
    return [name for name, value in likely(sheet, calculus).items() if same(value, right.number)]


def same(a: Array, b: Array) -> bool:
    """Whether two answers cannot be told apart."""
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return a.shape == b.shape and bool(
        np.all(np.abs(a - b) <= NEAR * np.maximum(np.abs(a), np.abs(b)) + 1e-12)
    )


Errors = Iterator[tuple[str, Callable[[], Any]]]


class _Case:
    """One exercise with what its errors are computed from."""

    def __init__(self, sheet: Sheet, function: Function, calculus: Calculus) -> None:
        self.sheet, self.function, self.calculus = sheet, function, calculus
        self.point = dict(sheet.point or {})
        self.wrt = sheet.wrt or tuple(self.point)

    @property
    def x(self) -> Array:
        return np.asarray([n for name in self.wrt for n in flat(self.point[name])])

    def value(self) -> Array:
        return self.calculus.value(self.function, self.point)

    def derive(self, *names: str, function: Function | None = None, point: Any = None) -> Array:
        return self.calculus.derive(function or self.function, point or self.point, *names)

    def right(self, **changes: Any) -> Array:
        """The answer of the same exercise with other fields."""
        return truth(self.sheet.model_copy(update=changes), self.calculus).number

    def flipped(self) -> Iterator[Function]:
        """The function with the sign of one term turned, for each of several terms."""
        terms = list(_terms(self.function.inlined(), 1))
        for index in range(len(terms) if len(terms) > 1 else 0):
            signs = [(-sign if k == index else sign, term) for k, (sign, term) in enumerate(terms)]
            yield replace(self.function, lines=(), result=_sum(signs))


def _terms(node: Node, sign: int) -> Iterator[tuple[int, Node]]:
    if isinstance(node, Apply) and node.name in ("add", "subtract"):
        yield from _terms(node.arguments[0], sign)
        yield from _terms(node.arguments[1], sign if node.name == "add" else -sign)
    elif isinstance(node, Apply) and node.name == "negative":
        yield from _terms(node.arguments[0], -sign)
    else:
        yield sign, node


def _sum(terms: list[tuple[int, Node]]) -> Node:
    made: Node | None = None
    for sign, term in terms:
        if made is None:
            made = term if sign > 0 else Apply("negative", (term,))
        else:
            made = Apply("add" if sign > 0 else "subtract", (made, term))
    assert made is not None
    return made


def _signs(case: _Case, answer: Callable[[Function, Any], Array]) -> Errors:
    """One term's sign flipped, for each term that plays a part in the answer (a constant does not in a slope)."""
    moved = {name: _moved(value) for name, value in case.point.items()}
    for number, function in enumerate(case.flipped(), 1):
        try:
            matters = not same(answer(function, moved), answer(case.function, moved))
        except (ValueError, ArithmeticError):
            matters = True
        if matters:
            yield f"term-sign-error-{number}", partial(answer, function, case.point)


def _moved(value: Any) -> Any:
    return tuple(_moved(item) for item in value) if isinstance(value, tuple) else float(value) * 1.07 + 0.13


def _slope(case: _Case) -> Errors:
    name = case.wrt[0]
    x = float(case.x[0])
    yield "point-for-slope", lambda: x
    yield "value-for-slope", case.value
    yield "second-for-slope", lambda: case.derive(name, name)
    if x:
        yield "ratio-for-slope", lambda: case.value() / x
        mirror = {**case.point, name: -x}
        if same(case.calculus.value(case.function, mirror), case.value()):
            # else the recorded value tells the points apart, as it always does for an odd function
            yield "mirrored-point", lambda: case.derive(name, point=mirror)
    yield from _signs(case, lambda function, at: case.derive(name, function=function, point=at))


def _plain_slope(case: _Case) -> Errors:
    if case.sheet.then is None:
        yield from _slope(case)
    else:
        yield from _without_then(case)


def _without_then(case: _Case) -> Errors:
    yield "point-for-result", lambda: case.x[0] if len(case.x) == 1 else case.x
    yield "value-for-result", case.value
    yield "derivative-for-result", lambda: case.right(then=None)


def _derivative(case: _Case) -> Errors:
    if case.sheet.then is not None:
        return
    if len(case.wrt) > 1:
        for name in dict.fromkeys(case.wrt):
            yield f"pure-second-{name}", partial(case.derive, *[name] * len(case.wrt))
            yield f"first-{name}", partial(case.derive, name)
        return
    name, order = case.wrt[0], case.sheet.order or 2
    yield "value-for-derivative", case.value
    yield "lower-for-order", lambda: case.derive(*[name] * (order - 1))
    yield "higher-for-order", lambda: case.derive(*[name] * (order + 1))
    if order == 2:
        yield "derivative-squared", lambda: case.derive(name) ** 2
    yield from _signs(case, lambda function, at: case.derive(*[name] * order, function=function, point=at))


def _entries(case: _Case) -> Errors:
    if case.sheet.functions:
        return
    if case.sheet.then is not None:
        yield from _without_then(case)
        return
    right = case.right()
    if len(case.x) > 1:
        yield "entries-swapped", lambda: right[::-1]
        yield "entries-added", lambda: np.full_like(right, right.sum())
        yield "mean-for-sum", lambda: right / len(case.x)
    yield "point-for-gradient", lambda: case.x
    yield from _signs(case, lambda function, at: case.right(function=_text(function), point=at))


def _text(function: Function) -> str:
    from tfgrad_course.maths.source import plain_text

    return plain_text(function)


def _directional(case: _Case) -> Errors:
    direction = np.asarray(case.sheet.direction, dtype=float)
    length = float(np.linalg.norm(direction))
    if abs(length - 1) > 1e-12:
        yield "direction-not-normalised", lambda: case.right() * length
    if len(set(direction)) > 1:
        yield "direction-reversed", lambda: case.right(direction=tuple(direction[::-1]))
    yield "value-for-slope", case.value


def _jacobian(case: _Case) -> Errors:
    if case.sheet.then is not None:
        yield from _without_then(case)
        return
    right = case.right()
    if (
        case.sheet.weights is None
        and right.ndim == 2
        and right.shape[0] == right.shape[1]
        and right.shape[0] > 1
    ):
        if not np.allclose(right, right.T) or isinstance(case.sheet.function, tuple):
            yield "jacobian-transposed", lambda: right.T
    elif case.sheet.weights is not None:
        yield "weights-forgotten", lambda: case.right(weights=tuple(1.0 for _ in case.sheet.weights or ()))


def _hessian(case: _Case) -> Errors:
    if case.sheet.direction is not None:
        yield "direction-forgotten", lambda: case.right(direction=tuple(1.0 for _ in case.x))
        yield (
            "gradient-for-product",
            lambda: np.concatenate([np.atleast_1d(case.derive(n)).ravel() for n in case.wrt]),
        )
    elif case.sheet.then is not None:
        yield "value-for-result", case.value
        yield "all-entries-added", lambda: case.right(then="sum(hessian)")


def _tangent(case: _Case) -> Errors:
    value = case.value
    if case.sheet.estimate is not None:
        there = [n for name in case.wrt for n in flat(case.sheet.estimate[name])]
        yield "value-for-estimate", value
        yield (
            "curve-for-tangent",
            lambda: case.calculus.value(case.function, listed_point(case.sheet.estimate)),
        )
        yield "slope-only", lambda: case.right(estimate=None)[:-1].sum() * (np.asarray(there) - case.x).sum()
    elif case.sheet.ask != "slope":
        yield "tangent-intercept", lambda: np.append(case.right()[:-1], value())


def listed_point(point: Any) -> dict[str, Any]:
    """A point's values as plain lists."""
    return {name: listed(value) for name, value in (point or {}).items()}


def _normal(case: _Case) -> Errors:
    name = case.wrt[0]
    if case.sheet.ask == "slope":
        yield "tangent-for-normal", lambda: case.derive(name)
        yield "sign-forgotten", lambda: 1 / case.derive(name)
        yield "reciprocal-forgotten", lambda: -case.derive(name)


def _optimiser(case: _Case) -> Errors:
    sheet, steps = case.sheet, case.sheet.steps or 1
    start = case.x[0] if len(case.x) == 1 else case.x
    yield "no-step", lambda: start
    yield "one-step-more", lambda: case.right(steps=steps + 1)
    if steps > 1:
        yield "one-step-less", lambda: case.right(steps=steps - 1)
    if sheet.method != "newton":
        yield "learning-rate-missing", lambda: case.right(learning_rate=1.0)
    if sheet.method in (None, "descent", "ascent"):
        other = "descent" if sheet.method == "ascent" else "ascent"
        yield "descent-sign", lambda: case.right(method=other)
        yield "assign-overwrites", lambda: _overwritten(case)
    if sheet.method in ("momentum", "adam"):
        yield "plain-descent", lambda: case.right(method="descent", momentum=None)
    if sheet.method == "newton":
        yield "descent-for-newton", lambda: start - case.derive(case.wrt[0])
        yield "newton-for-a-zero", lambda: start - case.value() / case.derive(case.wrt[0])


def _overwritten(case: _Case) -> Array:
    """Each step assigns the change in place of adding it."""
    point = dict(case.point)
    sign = 1.0 if case.sheet.method == "ascent" else -1.0
    rate = sign * (case.sheet.learning_rate or 0.0)
    for _ in range(case.sheet.steps or 1):
        point = {
            name: (rate * case.derive(name, point=point)).tolist() if name in case.wrt else point[name]
            for name in point
        }
    entries = np.concatenate(
        [np.atleast_1d(np.asarray(point[name], dtype=float)).ravel() for name in case.wrt]
    )
    return entries[0] if len(entries) == 1 else entries


_RULES: dict[str, Callable[[_Case], Errors]] = {
    "slope": _plain_slope,
    "custom-gradient": _plain_slope,
    "monotonicity": _slope,
    "derivative": _derivative,
    "partials": _entries,
    "gradient": _entries,
    "directional": _directional,
    "jacobian": _jacobian,
    "hessian": _hessian,
    "tangent": _tangent,
    "normal": _normal,
    "optimiser": _optimiser,
}
