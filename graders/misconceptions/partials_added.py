"""Partial derivatives added to one number."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "partials-added.title", "partials-added.says", "partials-added.hint"
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The number handed in is the sum of the partial derivatives, and the script adds gradients."""
    given, parts = facts.amounts.given, facts.amounts.derivative
    if given is None or parts is None or len(given) != 1 or len(parts) < 2:
        return None
    if not facts.amounts.is_given((sum(parts),)):
        return None
    for node in facts.making.nodes:
        if _adds(facts, node):
            return Spot(getattr(node, "lineno", None), column(node))
    return Spot(facts.root_line, facts.column_of(facts.root_line)) if facts.root_line else None


def _adds(facts: Facts, node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return facts.making.uses_gradient(node.left) and facts.making.uses_gradient(node.right)
    if isinstance(node, ast.Call) and node.args:
        name = facts.script.word(node.func) or ast.unparse(node.func)
        return name in ("sum", "reduce_sum", "add_n", "add", "fsum") and facts.making.uses_gradient(
            node.args[0]
        )
    return False
