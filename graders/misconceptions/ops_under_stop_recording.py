"""The formula is computed while the tape is paused."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "ops-under-stop-recording.title",
    "ops-under-stop-recording.says",
    "ops-under-stop-recording.hint",
)
STAGE = "path"


def seen(case: Case, facts: Facts) -> Spot | None:
    """An operation on the way ran within stop_recording of the tape that is asked."""
    for loss in facts.losses:
        paused = [found.op for found in facts.breaks(loss, "paused") if found.op.type != "ReadVariableOp"]
        if paused:
            first = min(paused, key=lambda op: op.at)
            line = facts.line_beside(first.line, first.outer, loss.call)
            return Spot(line, facts.column_of(line), facts.words(loss), first.at)
    return None
