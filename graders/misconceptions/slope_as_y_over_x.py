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
    if len(point) != 1 or point[0] == 0 or not facts.amounts.is_given((value[0] / point[0],)):
        return None
    for node in facts.making.nodes:
        divides = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
        called = isinstance(node, ast.Call) and facts.script.word(node.func) in ("divide", "truediv")
        if (divides or called) and not facts.making.uses_gradient(node):
            names = {"tgt": facts.target_name(likeness.call) if likeness is not None else "y"}
            return Spot(getattr(node, "lineno", None), column(node), names)
    return None
