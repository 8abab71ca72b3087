"""One tape is asked twice for a second derivative after it stopped."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "one-tape-for-second-derivative.title",
    "one-tape-for-second-derivative.says",
    "one-tape-for-second-derivative.hint",
)
STAGE = "chain"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The target is the result of an earlier call of the same tape, made when the tape no longer recorded."""
    for loss in facts.losses:
        first = facts.parent(loss.call)
        if loss.how == "none" and first is not None and first.tape == loss.call.tape and not first.open:
            node = facts.script.gradient_at(loss.call.line)
            return Spot(loss.call.line, column(node), facts.words(loss), loss.call.at)
    return None
