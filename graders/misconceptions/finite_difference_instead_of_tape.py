"""A difference quotient instead of the tape."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "finite-difference-instead-of-tape.title",
    "finite-difference-instead-of-tape.says",
    "finite-difference-instead-of-tape.hint",
)
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """What was handed in is a quotient whose top is a difference of two values, and no gradient goes into it."""
    for node in facts.making.nodes:
        if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)) or facts.making.uses_gradient(
            node
        ):
            continue
        top = facts.script.plain(_meant(facts, _unsigned(node.left)))
        if not (isinstance(top, ast.BinOp) and isinstance(top.op, ast.Sub)):
            continue
        if _one_function(facts, top) or (_two_values(facts, top) and _is_step(facts, node.right)):
            return Spot(node.lineno, column(node))
    return None


def _unsigned(node: ast.expr) -> ast.expr:
    return node.operand if isinstance(node, ast.UnaryOp) else node


def _meant(facts: Facts, node: ast.expr) -> ast.expr:
    return facts.script.meaning(node) if isinstance(node, ast.Name) else node


def _sides(facts: Facts, top: ast.BinOp) -> list[ast.expr | None]:
    return [facts.script.plain(_meant(facts, side)) for side in (top.left, top.right)]


def _one_function(facts: Facts, top: ast.BinOp) -> bool:
    """f(x + h) - f(x)."""
    calls = [ast.unparse(side.func) for side in _sides(facts, top) if isinstance(side, ast.Call)]
    return len(calls) == 2 and calls[0] == calls[1]


def _two_values(facts: Facts, top: ast.BinOp) -> bool:
    """A formula written out twice."""
    return all(isinstance(side, (ast.BinOp, ast.Call)) for side in _sides(facts, top))


def _is_step(facts: Facts, node: ast.expr) -> bool:
    """Whether a denominator is a small number, or holds a name that was given one."""
    for below in ast.walk(node):
        value = below
        if isinstance(below, ast.Name):
            bind = facts.script.last(below.id, below.lineno)
            value = bind.value if bind is not None and bind.value is not None else below
        if isinstance(value, ast.Call) and value.args:
            value = value.args[0]
        if isinstance(value, ast.Constant) and isinstance(value.value, float) and 0 < abs(value.value) <= 0.5:
            return True
        if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Pow):
            return True
    return False
