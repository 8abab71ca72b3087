"""The mean where the sum is asked for."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column, shown
from graders.spot import Spot

TITLE, SAYS, HINT = "mean-instead-of-sum.title", "mean-instead-of-sum.says", "mean-instead-of-sum.hint"
STAGE = "function"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The recorded function is the exercise's with mean for sum, or the result is that many times too small."""
    spot = facts.edited("mean-instead-of-sum")
    likeness = facts.likeness
    if spot is None or likeness is None:
        return None
    for op in facts.ops_of(likeness.call.target):
        if op.type in ("Mean", "Sum"):
            calls = [c for c in facts.script.on_line(op.line, ast.Call) if isinstance(c, ast.Call)]
            named = [
                c for c in calls if facts.script.word(c.func) in ("reduce_mean", "reduce_sum", "mean", "sum")
            ]
            size = len(likeness.stated)
            names = {**spot.names, "val": str(size), "op": shown(named[0].func) if named else op.type}
            variant = "sum" if op.type == "Sum" else ""
            return Spot(op.line, column(named[0]) if named else None, names, spot.at, variant)
    return spot
