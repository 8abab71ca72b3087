"""tape.watch comes after the formula was computed."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "watch-after-compute.title", "watch-after-compute.says", "watch-after-compute.hint"
STAGE = "source"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The tape was told to watch the source only after the first operation that used it."""
    for loss in facts.losses:
        event = facts.flow.watched(loss.call.tape, loss.source)
        if event is None or loss.how == "refused":
            continue
        derived = facts.flow.made_from(loss.source)
        used = [
            op for op in facts.ops_of(loss.target) if not derived.isdisjoint(op.outputs) and op.call is None
        ]
        if used and used[0].at < event.at and loss.call.tape in used[0].tapes:
            return Spot(event.line, facts.column_of(event.line), facts.words(loss), event.at)
    return None
