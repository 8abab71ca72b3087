"""tf.where hides the bad branch in the value but not in the gradient."""

from __future__ import annotations

import ast
import math

from graders.amounts import numbers_of
from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "nan-through-where.title", "nan-through-where.says", "nan-through-where.hint"
STAGE = "call"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The gradient is no number while the target is finite, and a `where` is on the way."""
    for call in facts.calls:
        numbers = numbers_of(call.result)
        target = numbers_of(call.target)
        bad = any(isinstance(v, float) and not math.isfinite(v) for v in numbers)
        if not bad or not all(isinstance(v, (int, float)) and math.isfinite(v) for v in target):
            continue
        for op in reversed(facts.ops_of(call.target)):
            if op.type in ("Select", "SelectV2") and op.call is None:
                calls = [c for c in facts.script.on_line(op.line, ast.Call) if isinstance(c, ast.Call)]
                named = [c for c in calls if facts.script.word(c.func) in ("where", "where_v2", "cond")]
                names = {"src": facts.source_name(call), "tgt": facts.target_name(call)}
                return Spot(op.line, column(named[0]) if named else facts.column_of(op.line), names, op.at)
    return None
