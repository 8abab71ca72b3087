"""The first derivative is computed when the outer tape has stopped."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "inner-gradient-outside-outer-tape.title",
    "inner-gradient-outside-outer-tape.says",
    "inner-gradient-outside-outer-tape.hint",
)
STAGE = "chain"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The target came from another tape's gradient call that this tape, opened before that tape, did not record."""
    for loss in facts.losses:
        first = facts.parent(loss.call)
        if loss.how != "none" or first is None or first.tape == loss.call.tape:
            continue
        if loss.call.tape in first.within or _opened(facts, loss.call.tape) > _opened(facts, first.tape):
            continue
        node = facts.script.gradient_at(first.line)
        return Spot(first.line, column(node), facts.words(loss), first.at)
    return None


def _opened(facts: Facts, tape: int) -> int:
    return min((event.at for event in facts.flow.events(tape, "enter")), default=0)
