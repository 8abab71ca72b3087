"""apply_gradients is given pairs of variable and gradient, in the wrong order."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column, shown
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "apply-gradients-swapped.title",
    "apply-gradients-swapped.says",
    "apply-gradients-swapped.hint",
)
STAGE = "stopped"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The program stopped in apply_gradients, whose pairs begin with the variables."""
    raised = facts.raised
    if raised is None:
        return None
    for call in facts.script.methods("apply_gradients", "apply"):
        if not call.lineno <= raised.line <= (call.end_lineno or 0) or not call.args:
            continue
        pair = _pair(facts, call.args[0])
        if pair and facts.making.is_gradient(pair[1]) and not facts.making.is_gradient(pair[0]):
            return Spot(call.lineno, column(call), {"var": shown(pair[0]), "grad": shown(pair[1])})
    return None


def _pair(facts: Facts, node: ast.expr) -> tuple[ast.expr, ast.expr] | None:
    """What stands first and second in the pairs."""
    node = facts.script.meaning(node)
    while isinstance(node, ast.Call) and ast.unparse(node.func) in ("list", "tuple") and node.args:
        node = node.args[0]
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "zip" and len(node.args) == 2:
        return node.args[0], node.args[1]
    if isinstance(node, (ast.List, ast.Tuple)) and node.elts:
        node = node.elts[0]
    elif isinstance(node, (ast.ListComp, ast.GeneratorExp)):
        return _looped(node)
    if isinstance(node, (ast.Tuple, ast.List)) and len(node.elts) == 2:
        return node.elts[0], node.elts[1]
    return None


def _looped(node: ast.ListComp | ast.GeneratorExp) -> tuple[ast.expr, ast.expr] | None:
    """[(v, g) for v, g in zip(variables, gradients)]."""
    element, loop = node.elt, node.generators[0]
    over = loop.iter
    if not (isinstance(element, ast.Tuple) and len(element.elts) == 2 and isinstance(over, ast.Call)):
        return None
    if not (isinstance(loop.target, ast.Tuple) and ast.unparse(over.func) == "zip"):
        return None
    known = dict(zip([ast.unparse(t) for t in loop.target.elts], over.args, strict=False))
    first, second = (known.get(ast.unparse(e)) for e in element.elts)
    return (first, second) if first is not None and second is not None else None
