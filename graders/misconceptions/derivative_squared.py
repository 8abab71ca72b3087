"""The second derivative taken for the square of the first."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "derivative-squared.title", "derivative-squared.says", "derivative-squared.hint"
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A gradient is squared on the way to the answer of an exercise of higher order."""
    if case.reference.order < 2 or facts.right_gradient:
        return None
    for node in facts.making.nodes:
        if _squares(facts, node):
            return Spot(getattr(node, "lineno", None), column(node))
    return None


def _squares(facts: Facts, node: ast.AST) -> bool:
    making, script = facts.making, facts.script
    if isinstance(node, ast.BinOp):
        if isinstance(node.op, ast.Pow):
            return making.is_gradient(node.left) and ast.unparse(node.right) in ("2", "2.0")
        same = ast.unparse(node.left) == ast.unparse(node.right)
        return isinstance(node.op, ast.Mult) and same and making.is_gradient(node.left)
    if (
        isinstance(node, ast.Call)
        and node.args
        and script.word(node.func) in ("square", "pow", "power", "multiply")
    ):
        return making.is_gradient(node.args[0]) and (
            len(node.args) == 1 or ast.unparse(node.args[1]) in ("2", "2.0", ast.unparse(node.args[0]))
        )
    return False
