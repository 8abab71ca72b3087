"""gradient() of the gradient taken for the Hessian."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.path import leaves
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "hessian-by-gradient.title", "hessian-by-gradient.says", "hessian-by-gradient.hint"
STAGE = "call"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A second call adds up the rows of a gradient with several entries, where second derivatives were asked for."""
    right = case.reference.gradient
    if case.reference.order != 2 or right is None or len(right.data) < 4:
        return None
    for call in facts.calls:
        if call.how != "gradient" or call.weighted or facts.parent(call) is None:
            continue
        count = sum(len(leaf.value.data) for leaf in leaves(call.target) if leaf.value is not None)
        if count > 1 and call.result is not None and not facts.right_gradient:
            names = {"tgt": facts.target_name(call), "src": facts.source_name(call)}
            return Spot(call.line, column(facts.script.gradient_at(call.line)), names, call.at)
    return None
