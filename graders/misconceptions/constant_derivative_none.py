"""The first derivative is a constant, so the second comes back as None."""

from __future__ import annotations

from graders.case import Case
from graders.evidence import Call
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "constant-derivative-none.title",
    "constant-derivative-none.says",
    "constant-derivative-none.hint",
)
STAGE = "chain"


def seen(case: Case, facts: Facts) -> Spot | None:
    """Tapes nested as they should be, and the recorded first derivative does not depend on the source."""
    for loss in facts.losses:
        first = facts.parent(loss.call)
        if loss.how != "none" or first is None or not _nested(first, loss.call):
            continue
        if facts.flow.goes_into(loss.source, loss.target) and facts.breaks(loss):
            continue
        ops = [op for op in facts.ops_of(first.target) if op.type != "ReadVariableOp"]
        line = ops[-1].line if ops else first.line
        names = {**facts.words(loss), "src": facts.source_name(first), "tgt": facts.target_name(first)}
        return Spot(line, facts.column_of(line), names, first.at)
    return None


def _nested(first: Call, second: Call) -> bool:
    """Whether the first call ran while the second one's tape recorded."""
    return second.tape in first.within or (second.tape == first.tape and first.open)
