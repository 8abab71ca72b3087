"""A Python list of tensors where one tensor is needed."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "python-list-of-tensors-target.title",
    "python-list-of-tensors-target.says",
    "python-list-of-tensors-target.hint",
)
STAGE = "stopped"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A jacobian of a list, or the gradient of one where every output was asked for."""
    right = case.reference.gradient
    for call in facts.calls:
        if call.target.kind not in ("list", "tuple") or len(call.target.items) < 2:
            continue
        if any(item.kind == "variable" for item in call.target.items):
            continue
        if call.how == "gradient" and facts.parent(call) is not None:
            continue
        rows = (right is not None and len(right.shape) > 1) or case.exercise.judged_as == "jacobian"
        if (call.how != "gradient" and call.error) or (call.how == "gradient" and rows):
            node = facts.script.gradient_at(call.line)
            return Spot(call.line, column(node), {"tgt": facts.target_name(call), "op": call.how}, call.at)
    return None
