"""The backward function of a custom gradient does not use what comes in."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "custom-gradient-ignores-upstream.title",
    "custom-gradient-ignores-upstream.says",
    "custom-gradient-ignores-upstream.hint",
)
STAGE = "function"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The function returned by a tf.custom_gradient has an argument that its result does not depend on."""
    for function in facts.script.functions:
        if isinstance(function, ast.Lambda):
            continue
        marks = [m.func if isinstance(m, ast.Call) else m for m in function.decorator_list]
        if not any(facts.script.word(m) == "custom_gradient" for m in marks):
            continue
        for inner in _backward(function):
            spot = _ignoring(inner)
            if spot is not None:
                return spot
    return None


def _backward(function: ast.AST) -> list[ast.FunctionDef | ast.Lambda]:
    returned = {
        n.id for r in ast.walk(function) if isinstance(r, ast.Return) and r.value is not None
        for n in ast.walk(r.value) if isinstance(n, ast.Name)
    }  # fmt: skip
    named = [
        n
        for n in ast.walk(function)
        if isinstance(n, ast.FunctionDef) and n.name in returned and n is not function
    ]
    lambdas = [n for n in ast.walk(function) if isinstance(n, ast.Lambda)]
    return [*named, *lambdas]


def _ignoring(inner: ast.FunctionDef | ast.Lambda) -> Spot | None:
    names = [arg.arg for arg in (*inner.args.posonlyargs, *inner.args.args)] or (
        [inner.args.vararg.arg] if inner.args.vararg else []
    )
    if not names:
        return None
    body = inner.body if isinstance(inner.body, list) else [inner.body]
    read = {
        n.id
        for part in body
        for n in ast.walk(part)
        if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
    }
    if names[0] in read:
        return None
    returns = [n for part in body for n in ast.walk(part) if isinstance(n, ast.Return)]
    place = returns[-1] if returns else body[-1]
    return Spot(getattr(place, "lineno", inner.lineno), column(place), {"var": names[0]})
