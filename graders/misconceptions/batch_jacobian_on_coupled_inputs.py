"""batch_jacobian where the rows are not separate samples."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "batch-jacobian-on-coupled-inputs.title",
    "batch-jacobian-on-coupled-inputs.says",
    "batch-jacobian-on-coupled-inputs.hint",
)
STAGE = "call"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A batch_jacobian whose result is not the derivative that is asked for."""
    for call in facts.calls:
        if call.how == "batch_jacobian" and not facts.right_gradient:
            names = {"tgt": facts.target_name(call), "src": facts.source_name(call)}
            return Spot(call.line, column(facts.script.gradient_at(call.line)), names, call.at)
    return None
