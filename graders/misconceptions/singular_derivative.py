"""An infinite slope: a root, logarithm or fraction is given 0."""

from __future__ import annotations

import math

from graders.amounts import numbers_of
from graders.case import Case
from graders.evidence import Call, Op
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "singular-derivative.title", "singular-derivative.says", "singular-derivative.hint"
STAGE = "call"


_EDGES = ("Sqrt", "Pow", "Rsqrt", "Log", "RealDiv", "Reciprocal", "EuclideanNorm", "Xlogy", "Asin", "Acos", "Atanh",
          "Acosh", "Div", "Inv")  # fmt: skip


def seen(case: Case, facts: Facts) -> Spot | None:
    """The gradient is infinite or no number while the target is finite, and an operation at the edge is on the way."""
    for call in facts.calls:
        numbers = numbers_of(call.result)
        target = numbers_of(call.target)
        if _finite(numbers) or not _finite(target) or not numbers:
            continue
        ops = facts.ops_of(call.target)
        if any(op.type in ("Select", "SelectV2") for op in ops):
            continue
        for op in ops:
            if op.type in _EDGES and op.call is None and _at_edge(facts, op):
                return Spot(
                    op.line, facts.column_of(op.line), {"op": op.type.lower(), **_named(facts, call)}, op.at
                )
    return None


def _named(facts: Facts, call: Call) -> dict[str, str]:
    return {"src": facts.source_name(call), "tgt": facts.target_name(call)}


def _finite(numbers: tuple[float, ...]) -> bool:
    return all(isinstance(v, (int, float)) and math.isfinite(v) for v in numbers)


def _at_edge(facts: Facts, op: Op) -> bool:
    place = 1 if op.type in ("RealDiv", "Div") else 0
    record = facts.flow.tensors.get(op.inputs[place])
    edge = {0.0} if op.type not in ("Asin", "Acos", "Atanh", "Acosh") else {1.0, -1.0}
    return record is not None and record.value is not None and any(v in edge for v in record.value.data)
