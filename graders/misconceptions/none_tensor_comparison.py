"""A derivative compared with a number as it is."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.path import STAIRCASE, leaves
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "none-tensor-comparison.title",
    "none-tensor-comparison.says",
    "none-tensor-comparison.hint",
)
STAGE = "advice"
RANK = 1


def seen(case: Case, facts: Facts) -> Spot | None:
    """A gradient's result was used as a truth value after a comparison."""
    results = {leaf.id for call in facts.calls for leaf in leaves(call.result) if leaf.id is not None}
    for conversion in case.recording.conversions:
        if conversion.how != "bool" or conversion.tensor is None:
            continue
        op = facts.flow.producer.get(conversion.tensor)
        if op is not None and op.type in STAIRCASE and results & set(op.inputs):
            return Spot(conversion.line, None, {}, conversion.at)
    return None
