"""An exponent cut off by whole-number division."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column, shown
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "integer-division-exponent.title",
    "integer-division-exponent.says",
    "integer-division-exponent.hint",
)
STAGE = "function"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A // in an exponent, and the recorded function is not the exercise's."""
    spot = facts.edited("integer-division-exponent")
    likeness = facts.likeness
    if spot is None and (likeness is None or likeness.same is not False):
        return None
    for node in facts.script.nodes:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv):
            value = _value(node)
            if value is not None and (spot is not None or _in_exponent(facts, node)):
                return Spot(node.lineno, column(node), {"val": str(value), "op": shown(node)})
    return spot


def _value(node: ast.BinOp) -> int | None:
    left, right = (n.value if isinstance(n, ast.Constant) else None for n in (node.left, node.right))
    return (
        int(left // right)
        if isinstance(left, (int, float)) and isinstance(right, (int, float)) and right
        else None
    )


def _in_exponent(facts: Facts, node: ast.AST) -> bool:
    above = facts.script.parents.get(node)
    while isinstance(above, (ast.UnaryOp, ast.BinOp)) and not (
        isinstance(above, ast.BinOp) and isinstance(above.op, ast.Pow)
    ):
        above = facts.script.parents.get(above)
    power = isinstance(above, ast.BinOp) and isinstance(above.op, ast.Pow)
    called = isinstance(above, ast.Call) and facts.script.word(above.func) == "pow"
    return power or called or isinstance(above, ast.Assign)
