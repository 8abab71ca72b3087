"""Mistakes in the formula, and the right formula at another point."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from graders.mutants.tree import TEXT, Parts, changed, expression, parts_of, statement

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

_MOST = 12


def made(exercise: Exercise) -> Iterator[tuple[str, ast.Module]]:
    """The solution of the exercise with another function in it, or at another point."""
    parts = parts_of(exercise)
    if parts is None or not parts.variables or exercise.judged_as in ("custom-gradient", "critical-points"):
        return
    if exercise.kind != "optimiser":
        tree = changed(parts, _point)
        if tree is not None:
            yield "wrong-point", tree
    if not isinstance(exercise.function, str) or "\n" in exercise.function.strip():
        return
    yield from _formulas(exercise, parts)


def _formulas(exercise: Exercise, parts: Parts) -> Iterator[tuple[str, ast.Module]]:
    from tfgrad_course.course.formulas import function_of
    from tfgrad_course.maths import python_source
    from tfgrad_course.maths.mutations import mutations
    from tfgrad_course.maths.shapes import shapes_at

    function = function_of(exercise)
    if function is None or function.lines:
        return
    counts: dict[str, int] = {}
    point = {name: _listed(value) for name, value in (exercise.point or {}).items()}
    for mutation in mutations(function):
        if mutation.kind == "slope-as-y-over-x":
            continue  # x**2 / x is a power typed wrong as well
        counts[mutation.kind] = counts.get(mutation.kind, 0) + 1
        if counts[mutation.kind] > _MOST or not _told_apart(exercise, function, mutation.function):
            continue
        source = python_source(mutation.function, shapes=shapes_at(point))

        def change(mine: Parts, source: object = source) -> ast.AST:
            lines = [statement(line) for line in source.lines]  # type: ignore[attr-defined]
            mine.formula.value = expression(source.expression)  # type: ignore[attr-defined]
            setattr(mine.formula, TEXT, True)
            place = mine.block.body.index(mine.formula)
            mine.block.body[place:place] = lines
            for module in source.imports:  # type: ignore[attr-defined]
                mine.tree.body.insert(0, statement(f"import {module}"))
            return mine.formula

        tree = changed(parts, change)
        if tree is not None:
            yield mutation.kind, tree


def _told_apart(exercise: Exercise, right: object, wrong: object) -> bool:
    """Whether another function has other derivatives somewhere: else it is no mistake for a tape."""
    from graders.distractor import sampled

    return sampled(exercise, right, wrong)


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
