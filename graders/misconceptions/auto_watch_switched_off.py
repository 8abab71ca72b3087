"""watch_accessed_variables=False without watching the source."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "auto-watch-switched-off.title",
    "auto-watch-switched-off.says",
    "auto-watch-switched-off.hint",
)
STAGE = "source"
RANK = 1


def seen(case: Case, facts: Facts) -> Spot | None:
    """The tape does not watch variables by itself, and this one was not added by hand."""
    for loss in facts.losses:
        tape = loss.call.tape
        if facts.variable(loss.source) is None or facts.flow.automatic(tape) or loss.how != "none":
            continue
        if facts.flow.watched(tape, loss.source) is None:
            event = facts.flow.events(tape, "new")[0]
            return Spot(event.line, facts.column_of(event.line), facts.words(loss), event.at)
    return None
