"""The function makes its own variable of the same name."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "source-shadowed-in-function.title",
    "source-shadowed-in-function.says",
    "source-shadowed-in-function.hint",
)
STAGE = "source"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The target was made from a variable that a function created under the source's name while recording."""
    for loss in facts.losses:
        if loss.how != "none" or facts.flow.goes_into(loss.source, loss.target):
            continue
        name = facts.source_name(loss.call, loss.index).split(".")[-1]
        for variable in facts.flow.variables_in(loss.target):
            bind = facts.script.bind_at(variable.line)
            if bind is None or bind.name.split(".")[-1] != name or variable.id == loss.source.id:
                continue
            scope = facts.script.scope_at(variable.line)
            if scope is not None and scope is not facts.script.scope_at(loss.call.line):
                return Spot(variable.line, facts.column_of(variable.line), facts.words(loss), variable.at)
    return None
