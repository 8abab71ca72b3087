"""Mistakes in the formula, and the right formula at another point."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from graders.mutants.tree import TEXT, Parts, changed, expression, parts_of, statement

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

_MOST = 12
_TRIES = 60
_UNNAMED = ("shape", "graph", "choice", "select")
"""Kinds whose answer does not follow from a formula that a learner types."""


def made(exercise: Exercise, solution: str) -> Iterator[tuple[str, ast.Module | str]]:
    """The solution of the exercise with another function in it, or at another point."""
    parts = parts_of(exercise, solution)
    if parts is not None and parts.variables and exercise.kind != "optimiser":
        tree = changed(parts, _point)
        if tree is not None:
            yield "wrong-point", tree
    if not isinstance(exercise.function, str) or exercise.judged_as in _UNNAMED:
        return
    one_line = parts is not None and len(parts.lines) == 1 and "\n" not in exercise.function.strip()
    for kind, function in _wrong(exercise):
        if parts is not None and one_line and exercise.judged_as != "custom-gradient":
            tree = changed(parts, _with(exercise, function))
            if tree is not None:
                yield kind, tree
        else:
            source = _anew(exercise, function)
            if source is not None:
                yield kind, source


def _wrong(exercise: Exercise) -> Iterator[tuple[str, Any]]:
    """Likely mistakes in the function, a few of each kind, that have another derivative than it."""
    from tfgrad_course.course.formulas import functions_of
    from tfgrad_course.maths.mutations import mutations

    function = next(iter(functions_of(exercise).values()))
    counts: dict[str, int] = {}
    for mutation in mutations(function)[:_TRIES]:
        if mutation.kind == "slope-as-y-over-x" and not _ratio_told(exercise):
            continue  # x**2 / x is a power typed wrong as well, and there is nothing to divide by at 0
        if mutation.function.used != function.used or not _told_apart(exercise, function, mutation.function):
            continue
        counts[mutation.kind] = counts.get(mutation.kind, 0) + 1
        if counts[mutation.kind] <= _MOST:
            yield mutation.kind, mutation.function


def _ratio_told(exercise: Exercise) -> bool:
    values = list((exercise.point or {}).values())
    single = len(values) == 1 and isinstance(values[0], (int, float)) and float(values[0]) != 0
    return exercise.judged_as == "slope" and exercise.then is None and single


def _with(exercise: Exercise, function: Any) -> Callable[[Parts], ast.AST]:
    """The change that puts another function in the formula's place."""
    from tfgrad_course.maths import python_source
    from tfgrad_course.maths.shapes import shapes_at

    point = {name: _listed(value) for name, value in (exercise.point or {}).items()}
    source = python_source(function, shapes=shapes_at(point))

    def change(mine: Parts) -> ast.AST:
        mine.formula.value = expression(source.expression)
        setattr(mine.formula, TEXT, True)
        place = mine.block.body.index(mine.formula)
        mine.block.body[place:place] = [statement(line) for line in source.lines]
        for module in source.imports:
            mine.tree.body.insert(0, statement(f"import {module}"))
        return mine.formula

    return change


def _anew(exercise: Exercise, function: Any) -> str | None:
    """The kind's own solution for another function, where the author's has no formula to change."""
    from graders.wording import solution
    from tfgrad_course.maths import plain_text

    other = exercise.model_copy(update={"function": plain_text(function), "solution": None})
    try:
        return solution(other)
    except (ValueError, ArithmeticError):
        return None


def _told_apart(exercise: Exercise, right: Any, wrong: Any) -> bool:
    """Whether another function has other derivatives somewhere: else it is no mistake for a tape."""
    from graders.distractor import sampled

    if exercise.judged_as == "value":
        return True
    if exercise.judged_as == "optimiser" and _leads_there(exercise, wrong):
        return False
    return exercise.point is None or sampled(exercise, right, wrong)


def _leads_there(exercise: Exercise, function: Any) -> bool:
    """Whether the steps of another function end at the same place from wherever they start."""
    from graders.formula import formula_of
    from graders.walk import walked
    from tfgrad_course.course.points import hidden_points
    from tfgrad_course.maths import plain_text

    other = exercise.model_copy(update={"function": plain_text(function), "solution": None})
    for point in [exercise.point or {}, *hidden_points(exercise, 1)]:
        ends = [walked(one, formula_of(one), point, lambda order: 1.0) for one in (exercise, other)]
        allowed = ends[0].tolerance(frozenset({"float32"}))
        if any(abs(a - b) > t for a, b, t in zip(ends[0].data, ends[1].data, allowed, strict=True)):
            return False
    return True


def _listed(value: object) -> object:
    return [_listed(item) for item in value] if isinstance(value, (list, tuple)) else value


def _point(parts: Parts) -> ast.AST | None:
    call = parts.variables[0].value
    assert isinstance(call, ast.Call)
    value = ast.literal_eval(call.args[0])
    first = value[0] if isinstance(value, list) else value
    if isinstance(first, list):
        return None
    bounded = any(word in ast.unparse(parts.formula) for word in ("log", "sqrt", "/"))
    other = (first * 1.5 if bounded else -first) if first else 0.5
    call.args[0] = expression(repr([other, *value[1:]] if isinstance(value, list) else other))
    return parts.variables[0]
