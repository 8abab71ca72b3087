"""The function has no value at the point that was taken."""

from __future__ import annotations

import math

from graders.amounts import numbers_of
from graders.case import Case
from graders.evidence import Op
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "outside-domain.title", "outside-domain.says", "outside-domain.hint"
STAGE = "point"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The first operation with finite inputs gave a result that is no number."""
    call = facts.base
    if call is None:
        return None
    target = numbers_of(call.target)
    if not any(isinstance(v, float) and math.isnan(v) for v in target):
        return None
    for op in facts.ops_of(call.target):
        if op.call is None and _breaks(facts, op):
            likeness = facts.likeness
            wrong = likeness is not None and bool(likeness.given) and not likeness.at_point
            line = facts.set_at(0) if wrong else op.line
            names = {"op": op.type.lower(), "src": facts.source_name(call), "tgt": facts.target_name(call)}
            return Spot(line, facts.column_of(line), names, op.at, "" if wrong else "formula")
    return None


def _breaks(facts: Facts, op: Op) -> bool:
    numbers = [v for t in op.inputs if (r := facts.flow.tensors.get(t)) and r.value for v in r.value.data]
    results = [v for t in op.outputs if (r := facts.flow.tensors.get(t)) and r.value for v in r.value.data]
    before = any(isinstance(v, float) and math.isnan(v) for v in numbers)
    return not before and any(isinstance(v, float) and math.isnan(v) for v in results)
