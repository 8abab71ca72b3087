"""The slope computed as y / x."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "slope-as-y-over-x.title", "slope-as-y-over-x.says", "slope-as-y-over-x.hint"
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A quotient of value and point was handed in, or recorded in place of the function."""
    spot = facts.edited("slope-as-y-over-x")
    value, likeness = facts.amounts.value, facts.likeness
    if spot is not None or value is None or len(value) != 1:
        return spot
    point = [v for _, data in case.reference.point for v in data]
    if len(point) != 1 or point[0] == 0:
        return None
    ratio = facts.amounts.is_given((value[0] / point[0],))
    for node in facts.making.nodes:
        divides = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
        called = isinstance(node, ast.Call) and facts.script.word(node.func) in ("divide", "truediv")
        if not (divides or called) or facts.making.uses_gradient(node):
            continue
        top, below = (node.left, node.right) if isinstance(node, ast.BinOp) else node.args[:2]  # type: ignore[attr-defined]
        if _is_value(facts, top) and (ratio or _is_source(facts, below)):
            names = {"tgt": facts.target_name(likeness.call) if likeness is not None else "y"}
            return Spot(getattr(node, "lineno", None), column(node), names)
    return None


def _is_value(facts: Facts, node: ast.expr) -> bool:
    """Whether an expression is what a tape is asked about, or what a function of the learner's gives."""
    plain = facts.script.plain(node)
    targets = {facts.target_name(call) for call in facts.calls}
    if plain is None or ast.unparse(plain) in targets:
        return plain is not None
    if isinstance(plain, ast.Name):
        return not targets or facts.script.is_tainted(plain)
    return isinstance(plain, ast.Call) and not facts.script.dotted(plain.func)


def _is_source(facts: Facts, node: ast.expr) -> bool:
    names = {facts.source_name(call) for call in facts.calls} | {
        facts.script.binds[i].name
        for i, bind in enumerate(facts.script.binds)
        if isinstance(bind.value, ast.Call) and facts.script.word(bind.value.func) == "Variable"
    }
    plain = facts.script.plain(node)
    return plain is not None and ast.unparse(plain) in names
