"""The way from the source leads through a variable's state."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "state-blocks-gradient.title", "state-blocks-gradient.says", "state-blocks-gradient.hint"
STAGE = "path"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A value made from the source is assigned to a variable that goes into the target."""
    for loss in facts.losses:
        if loss.how == "refused" or facts.flow.goes_into(loss.source, loss.target):
            continue
        derived = facts.flow.made_from(loss.source)
        used = {variable.id for variable in facts.flow.variables_in(loss.target)}
        if loss.target.kind == "variable" and loss.target.id is not None:
            used.add(loss.target.id)
        for assign in case.recording.assigns:
            if assign.variable in used and assign.tensor in derived and assign.at < loss.call.at:
                bind = facts.flow.variables.get(assign.variable)
                made = facts.script.bind_at(bind.line) if bind else None
                names = {**facts.words(loss), "var": made.name if made else "the variable"}
                return Spot(assign.line, facts.column_of(assign.line), names, assign.at)
    return None
