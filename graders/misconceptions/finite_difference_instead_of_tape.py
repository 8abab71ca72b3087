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
        top = facts.script.plain(_meant(facts, node.left))
        if isinstance(top, ast.BinOp) and isinstance(top.op, ast.Sub) and _two_values(facts, top):
            return Spot(node.lineno, column(node))
    return None


def _meant(facts: Facts, node: ast.expr) -> ast.expr:
    return facts.script.meaning(node) if isinstance(node, ast.Name) else node


def _two_values(facts: Facts, top: ast.BinOp) -> bool:
    """f(x + h) - f(x): calls of one function, or names of values computed."""
    sides = [facts.script.plain(_meant(facts, side)) for side in (top.left, top.right)]
    if all(isinstance(side, ast.Call) for side in sides):
        return len({ast.unparse(side.func) for side in sides if isinstance(side, ast.Call)}) == 1
    both = all(isinstance(side, (ast.BinOp, ast.Call)) for side in sides)
    step = any(isinstance(n, ast.Name) and n.id in ("h", "dx", "eps", "delta", "epsilon", "step")
               for n in facts.making.nodes)  # fmt: skip
    return both and step
