"""^ written for a power."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column, shown
from graders.spot import Spot

TITLE, SAYS, HINT = "caret-as-power.title", "caret-as-power.says", "caret-as-power.hint"
STAGE = "stopped"
RANK = 1


def seen(case: Case, facts: Facts) -> Spot | None:
    """A ^ at the line where the program stopped, or anywhere in a formula that is not right."""
    carets = [n for n in facts.script.nodes if isinstance(n, ast.BinOp) and isinstance(n.op, ast.BitXor)]
    if facts.raised is not None:
        line = facts.raised.line
        carets = [n for n in carets if n.lineno <= line <= (n.end_lineno or n.lineno)]
    carets.sort(key=lambda n: (n.lineno, n.col_offset))
    if not carets:
        return None
    left = min((n for n in carets if n.lineno == carets[0].lineno), key=lambda n: n.right.col_offset)
    return Spot(left.lineno, column(left), {"op": shown(left)})
