"""-= or += on a tf.Variable."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column, shown
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "variable-augmented-assign.title",
    "variable-augmented-assign.says",
    "variable-augmented-assign.hint",
)
STAGE = "stopped"


def seen(case: Case, facts: Facts) -> Spot | None:
    """TensorFlow refuses the short form, or the program stopped at one on a variable."""
    raised = facts.raised
    if raised is None:
        return None
    for node in facts.script.on_line(raised.line, ast.AugAssign):
        if isinstance(node, ast.AugAssign) and facts.raised_by("", "tf.Variable", "`variable"):
            return Spot(raised.line, column(node), {"src": shown(node.target), "op": _sign(node)})
    return None


def _sign(node: ast.AugAssign) -> str:
    return {ast.Add: "+=", ast.Sub: "-=", ast.Mult: "*=", ast.Div: "/="}.get(type(node.op), "-=")
