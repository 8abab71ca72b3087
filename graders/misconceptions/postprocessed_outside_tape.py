"""The last operation before the gradient call ran after the recording."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "postprocessed-outside-tape.title",
    "postprocessed-outside-tape.says",
    "postprocessed-outside-tape.hint",
)
STAGE = "path"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The target comes from an operation outside the tape whose input was recorded and depends on the source."""
    for loss in facts.losses:
        if loss.how != "none" or facts.derived_outside(loss.call):
            continue
        outside = [b.op for b in facts.breaks(loss, "outside") if b.op.call is None and not b.op.tapes]
        derived = facts.flow.made_from(loss.source)
        recorded = [
            op for op in facts.ops_of(loss.target)
            if op.type != "ReadVariableOp" and op.call is None and not derived.isdisjoint(op.outputs)
            and facts.flow.on_tape(op, loss.call.tape, loss.call.at)
        ]  # fmt: skip
        after = [op for op in outside if recorded and op.at > recorded[0].at]
        if not after:
            continue
        first = min(after, key=lambda op: op.at)
        line = facts.line_beside(first.line, first.outer, loss.call)
        sliced = first.type in ("StridedSlice", "GatherV2", "GatherNd", "Slice")
        return Spot(line, facts.column_of(line), facts.words(loss), first.at, "slice" if sliced else "")
    return None
