"""tape.reset() throws the recording away."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "tape-reset.title", "tape-reset.says", "tape-reset.hint"
STAGE = "path"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The tape was reset between the function and the gradient call."""
    for loss in facts.losses:
        gone = facts.breaks(loss, "reset")
        events = facts.flow.events(loss.call.tape, "reset")
        if gone and events:
            event = next(e for e in events if e.at > gone[0].op.at)
            return Spot(event.line, facts.column_of(event.line), facts.words(loss), event.at)
    return None
