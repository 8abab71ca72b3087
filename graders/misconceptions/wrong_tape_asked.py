"""The gradient is asked of a tape that did not record this target."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "wrong-tape-asked.title", "wrong-tape-asked.says", "wrong-tape-asked.hint"
STAGE = "path"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The operations on the way are on another tape only."""
    for loss in facts.losses:
        breaks = [b.op for b in facts.breaks(loss, "outside") if b.op.call is None]
        around = set(loss.call.within)
        foreign = [op for op in breaks if set(op.tapes) - around and op.type != "ReadVariableOp"]
        if loss.how == "none" and foreign and facts.parent(loss.call) is None:
            node = facts.script.gradient_at(loss.call.line)
            return Spot(loss.call.line, column(node), facts.words(loss), loss.call.at)
    return _idle(facts)


def _idle(facts: Facts) -> Spot | None:
    """The tape that is asked was never opened, another one was."""
    call = facts.calls[-1] if facts.calls else None
    if call is None or call.error is None or facts.flow.events(call.tape, "enter"):
        return None
    if not any(event.what == "enter" for event in facts.case.recording.tapes):
        return None
    names = {"src": facts.source_name(call), "tgt": facts.target_name(call)}
    return Spot(call.line, column(facts.script.gradient_at(call.line)), names, call.at)
