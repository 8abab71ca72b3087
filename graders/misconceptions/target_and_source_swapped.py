"""tape.gradient(x, y): the arguments in the wrong order."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "target-and-source-swapped.title",
    "target-and-source-swapped.says",
    "target-and-source-swapped.hint",
)
STAGE = "source"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The first argument went into the second."""
    for loss in facts.losses:
        if loss.source.id is None or loss.target.id is None or loss.target.id == loss.source.id:
            continue
        if loss.source.kind != "tensor" or loss.target.kind not in ("variable", "tensor"):
            continue
        if facts.flow.goes_into(loss.target, loss.source) and not facts.flow.goes_into(
            loss.source, loss.target
        ):
            node = facts.script.gradient_at(loss.call.line)
            return Spot(loss.call.line, column(node), facts.words(loss), loss.call.at)
    return None
