"""gradient() of a vector target, where every output was asked for."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.path import leaves
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "gradient-sums-vector-target.title",
    "gradient-sums-vector-target.says",
    "gradient-sums-vector-target.hint",
)
STAGE = "call"
RANK = 1


def seen(case: Case, facts: Facts) -> Spot | None:
    """The right function with several outputs was differentiated by gradient(), which adds them up."""
    right = case.reference.gradient
    if right is None or case.reference.order > 1 or facts.right_gradient:
        return None
    for call in facts.calls:
        if call.how != "gradient" or facts.parent(call) is not None or call.weighted:
            continue
        count = sum(len(leaf.value.data) for leaf in leaves(call.target) if leaf.value is not None)
        results = [v for leaf in leaves(call.result) for v in (leaf.value.data if leaf.value else ())]
        if count > 1 and results and len(right.data) > len(results):
            names = {"tgt": facts.target_name(call), "src": facts.source_name(call)}
            return Spot(call.line, column(facts.script.gradient_at(call.line)), names, call.at)
    return None
