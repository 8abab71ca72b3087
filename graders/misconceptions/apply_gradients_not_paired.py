"""apply_gradients is given gradients without their variables."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column, shown
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "apply-gradients-not-paired.title",
    "apply-gradients-not-paired.says",
    "apply-gradients-not-paired.hint",
)
STAGE = "stopped"
RANK = 1


def seen(case: Case, facts: Facts) -> Spot | None:
    """The program stopped in apply_gradients, whose argument is no list of pairs."""
    raised = facts.raised
    if raised is None:
        return None
    for call in facts.script.methods("apply_gradients"):
        if not call.lineno <= raised.line <= (call.end_lineno or 0) or not call.args:
            continue
        node = facts.script.meaning(call.args[0])
        if not _paired(node) or facts.raised_by("TypeError", "iterate over a scalar"):
            return Spot(call.lineno, column(call), {"grad": shown(call.args[0])})
    return None


def _paired(node: ast.expr) -> bool:
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("zip", "list", "tuple", "enumerate"):
        return ast.unparse(node.func) == "zip" or not node.args or _paired(node.args[0])
    if isinstance(node, (ast.ListComp, ast.GeneratorExp)):
        return isinstance(node.elt, (ast.Tuple, ast.List))
    if isinstance(node, (ast.List, ast.Tuple)):
        return bool(node.elts) and all(
            isinstance(e, (ast.Tuple, ast.List)) and len(e.elts) == 2 for e in node.elts
        )
    return False
