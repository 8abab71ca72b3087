"""The right answer of an exercise with a formula, kind by kind, on either calculus (exact or taped).

This is how a stated answer is proven and a missing one (`vary:`) is found; the grader's own references in
graders/kinds are written independently of it and compared with it by lint.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tfgrad_course.course.calculus import Array, Calculus, Exact, listed
from tfgrad_course.course.exercise import Sheet
from tfgrad_course.course.formulas import function_of, functions_of, partial_of, result_name
from tfgrad_course.course.graphs import graph_of
from tfgrad_course.course.values import flat
from tfgrad_course.maths.tree import Function, Name

TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Truth:
    """A right answer: the number part (an array, None where a word is all) and the word part."""

    number: Array | None = None
    word: str | None = None
    words: tuple[Any, ...] = ()


class NoFormula(ValueError):
    """The exercise has no formula to compute its answer from: its `reference` or `solution` must be run."""


def truth(sheet: Sheet, calculus: Calculus | None = None, point: Mapping[str, Any] | None = None) -> Truth:
    """The answer at the stated point (or another one); raises NoFormula where only code can tell."""
    rule = _RULES.get(sheet.judged_as)
    function = function_of(sheet) if sheet.reference is None else None
    if rule is None or function is None:
        raise NoFormula(sheet.id)
    at = dict(point if point is not None else sheet.point or {})
    return rule(_Asked(sheet, function, at, calculus or Exact()))


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question: the function, the point, and what computes."""

    sheet: Sheet
    function: Function
    point: dict[str, Any]
    calculus: Calculus

    @property
    def wrt(self) -> tuple[str, ...]:
        return self.sheet.wrt or tuple(self.point) or self.function.variables

    def value(self) -> Array:
        return self.calculus.value(self.function, self.point)

    def derive(self, *names: str, function: Function | None = None) -> Array:
        return self.calculus.derive(function or self.function, self.point, *names)

    def gradient(self, function: Function | None = None) -> Array:
        """All entries of all variables, one after another, behind the function's own axes."""
        parts = [self.derive(name, function=function) for name in self.wrt]
        lead = self.value().ndim if function is None else self.calculus.value(function, self.point).ndim
        flatter = [part.reshape(*part.shape[:lead], -1) for part in parts]
        return np.concatenate(flatter, axis=-1)

    def hessian(self) -> Array:
        """Second derivatives, all entries of all variables against all."""
        rows = []
        for first in self.wrt:
            size = len(flat(_tuple(self.point[first])))
            blocks = [self.derive(first, second).reshape(size, -1) for second in self.wrt]
            rows.append(np.concatenate(blocks, axis=1))
        return np.concatenate(rows, axis=0)

    def after(self, result: Array) -> Truth:
        """What `then` makes of the derivative."""
        if self.sheet.then is None:
            return Truth(result)
        from tfgrad_course.maths.evaluate import evaluate
        from tfgrad_course.maths.parse import parse

        formula = parse(self.sheet.then)
        known: dict[str, Any] = {result_name(self.sheet.judged_as): result, **self.point}
        for name in formula.variables:
            if name == "value":
                known[name] = self.value()
            elif name not in known:
                names = partial_of(name, self.function.name, tuple(self.point))
                known[name] = self.derive(*(names or ()))
        given = {name: np.asarray(listed(value), dtype=float) for name, value in known.items()}
        return Truth(np.asarray(evaluate(formula, np, given)))


def _tuple(value: Any) -> Any:
    return tuple(_tuple(item) for item in value) if isinstance(value, (list, tuple)) else value


def _value(asked: _Asked) -> Truth:
    return Truth(asked.value())


def _shape(asked: _Asked) -> Truth:
    return Truth(np.asarray(asked.value().shape, dtype=float))


def _slope(asked: _Asked) -> Truth:
    return asked.after(asked.derive(asked.wrt[0]))


def _derivative(asked: _Asked) -> Truth:
    names = asked.wrt if len(asked.wrt) > 1 else asked.wrt * (asked.sheet.order or 2)
    return asked.after(asked.derive(*names))


def _partials(asked: _Asked) -> Truth:
    rows = []
    for function in functions_of(asked.sheet).values():
        parts = [asked.derive(name, function=function) for name in asked.wrt]
        rows.append(np.asarray(parts) if len(parts) > 1 else parts[0])
    if len(rows) > 1 or asked.sheet.functions:
        return asked.after(np.asarray(rows))
    return asked.after(np.atleast_1d(rows[0]))


def _gradient(asked: _Asked) -> Truth:
    return asked.after(asked.gradient())


def _directional(asked: _Asked) -> Truth:
    direction = np.asarray(asked.sheet.direction, dtype=float)
    return Truth(asked.gradient() @ direction / np.linalg.norm(direction))


def _jacobian(asked: _Asked) -> Truth:
    matrix = asked.gradient()
    if len(asked.wrt) == 1 and not isinstance(asked.point[asked.wrt[0]], (list, tuple)):
        matrix = matrix[..., 0]
    if asked.sheet.weights is not None:
        return asked.after(np.tensordot(np.asarray(asked.sheet.weights, dtype=float), matrix, axes=1))
    return asked.after(matrix)


def _hessian(asked: _Asked) -> Truth:
    matrix = asked.hessian()
    if asked.sheet.ask == "kind-of-point":
        return Truth(matrix, kind_of_point(asked.gradient(), matrix))
    if asked.sheet.direction is not None:
        return asked.after(matrix @ np.asarray(asked.sheet.direction, dtype=float))
    return asked.after(matrix)


def kind_of_point(gradient: Array, hessian: Array) -> str | None:
    """What a point is by its gradient and hessian; None where the hessian does not decide."""
    if np.abs(gradient).max() > TINY:
        return "not critical"
    curvatures = np.linalg.eigvalsh(hessian)
    if (np.abs(curvatures) < TINY).any() and not (curvatures.min() < -TINY and curvatures.max() > TINY):
        return None
    return "minimum" if curvatures.min() > 0 else "maximum" if curvatures.max() < 0 else "saddle"


def _monotonicity(asked: _Asked) -> Truth:
    slope = asked.derive(asked.wrt[0])
    return Truth(slope, None if abs(slope) < TINY else "increasing" if slope > 0 else "decreasing")


def _concavity(asked: _Asked) -> Truth:
    bend = asked.derive(asked.wrt[0], asked.wrt[0])
    return Truth(bend, None if abs(bend) < TINY else "concave up" if bend > 0 else "concave down")


def _tangent(asked: _Asked) -> Truth:
    slopes, value = asked.gradient(), asked.value()
    here = np.asarray([x for name in asked.wrt for x in flat(_tuple(asked.point[name]))])
    if asked.sheet.estimate is not None:
        there = np.asarray([x for name in asked.wrt for x in flat(asked.sheet.estimate[name])])
        return Truth(value + slopes @ (there - here))
    if asked.sheet.ask == "slope":
        return Truth(slopes[0] if len(slopes) == 1 else slopes)
    return Truth(np.append(slopes, value - slopes @ here))


def _normal(asked: _Asked) -> Truth:
    name = asked.wrt[0]
    slope = -1.0 / asked.derive(name)
    if asked.sheet.ask == "slope":
        return Truth(slope)
    return Truth(np.asarray([slope, asked.value() - slope * asked.point[name]]))


def _critical(asked: _Asked) -> Truth:
    from tfgrad_course.course.roots import sign_changes, zeros

    name = (asked.sheet.wrt or asked.function.variables)[0]
    order = 2 if asked.sheet.ask == "inflection" else 1
    domain = asked.sheet.domain
    limits = domain.get(name) if isinstance(domain, dict) else domain
    found = zeros(asked.function, name, order, limits)
    if order == 2:
        found = [x for x in found if sign_changes(asked.function, name, order, x)]
    return Truth(np.asarray(found))


def _optimiser(asked: _Asked) -> Truth:
    from tfgrad_course.course.descent import walked

    end = walked(asked.sheet, asked.function, asked.point, asked.calculus)
    entries = np.asarray([x for name in asked.wrt for x in flat(_tuple(end[name]))])
    start, stop = (asked.calculus.value(asked.function, p) for p in (asked.point, end))
    uphill = asked.sheet.method == "ascent"
    worse = stop < start if uphill else stop > start
    word = ("diverges" if worse else "converges") if asked.sheet.ask == "convergence" else None
    return Truth(entries[0] if len(entries) == 1 else entries, word)


def _choice(asked: _Asked) -> Truth:
    if asked.sheet.ask == "kind-of-point":
        return Truth(None, kind_of_point(asked.gradient(), asked.hessian()))
    raise NoFormula(asked.sheet.id)


def _select(asked: _Asked) -> Truth:
    word = asked.sheet.ask
    if word in (None, "anything"):
        raise NoFormula(asked.sheet.id)
    name = (asked.sheet.wrt or asked.function.variables)[0]
    order = 2 if str(word).startswith("concave") else 1
    sign = 1 if word in ("increasing", "concave up") else -1
    fitting = []
    for choice in asked.sheet.choices or ():
        slope = asked.calculus.derive(asked.function, {**asked.point, name: float(choice)}, *[name] * order)
        if sign * slope > TINY:
            fitting.append(choice)
    return Truth(None, None, tuple(fitting))


def _graph(asked: _Asked) -> Truth:
    graph = graph_of(asked.function)
    question, sheet = asked.sheet.ask, asked.sheet
    if question == "nodes":
        return Truth(np.asarray(float(len(graph.steps))))
    if question == "last":
        return Truth(None, graph.steps[-1].operation)
    if question == "paths":
        name = (sheet.wrt or asked.function.variables)[0]
        return Truth(np.asarray(float(graph.paths(name))))
    if question == "order":
        return Truth(None, None, tuple(step.operation for step in graph.steps))
    if question == "independent":
        pairs = graph.independent()
        names = dict.fromkeys(graph.steps[n].operation for pair in pairs for n in pair)
        return Truth(None, None, tuple(names))
    return Truth(_local(asked))


def _local(asked: _Asked) -> Array:
    """The derivative of one node by one of its inputs, the inputs held at their values."""
    graph = graph_of(asked.function)
    index = graph.find(asked.sheet.node or "")
    tree = graph.steps[index].tree if index is not None else None
    if tree is None:
        raise NoFormula(asked.sheet.id)
    point = dict(asked.point)
    for number, line in enumerate(asked.function.lines):
        before = Function(asked.function.variables, asked.function.lines[:number], line.value, line.name)
        point[line.name] = float(asked.calculus.value(before, asked.point))
    from tfgrad_course.maths.tree import walk

    inputs = tuple(dict.fromkeys(n.name for n in walk(tree) if isinstance(n, Name)))
    alone = Function(inputs, (), tree, asked.sheet.node or "y")
    name = asked.sheet.wrt[0] if asked.sheet.wrt else inputs[0]
    return asked.calculus.derive(alone, {key: point[key] for key in inputs}, name)


_RULES: dict[str, Callable[[_Asked], Truth]] = {
    "value": _value,
    "shape": _shape,
    "slope": _slope,
    "custom-gradient": _slope,
    "derivative": _derivative,
    "partials": _partials,
    "gradient": _gradient,
    "directional": _directional,
    "jacobian": _jacobian,
    "hessian": _hessian,
    "monotonicity": _monotonicity,
    "concavity": _concavity,
    "tangent": _tangent,
    "normal": _normal,
    "critical-points": _critical,
    "optimiser": _optimiser,
    "choice": _choice,
    "select": _select,
    "graph": _graph,
}
