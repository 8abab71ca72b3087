"""The function is computed while the tape does not record."""

from __future__ import annotations

from graders.case import Case
from graders.evidence import Call, Op
from graders.facts import Facts
from graders.losses import Loss
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "target-computed-outside-tape.title",
    "target-computed-outside-tape.says",
    "target-computed-outside-tape.hint",
)
STAGE = "path"


def seen(case: Case, facts: Facts) -> Spot | None:
    """Operations between source and target ran when no tape recorded, and nothing of the way is on the tape."""
    for loss in facts.losses:
        outside = [
            b.op
            for b in facts.breaks(loss, "outside")
            if b.op.call is None and set(b.op.tapes) <= set(loss.call.within)
        ]
        if not outside or _begun(facts, loss, outside) or facts.derived_outside(loss.call):
            continue
        first = min(outside, key=lambda op: op.at)
        made = [op for op in outside if op.type != "ReadVariableOp"]
        shown_op = min(made, key=lambda op: op.at) if made else first
        line = facts.line_beside(shown_op.line, shown_op.outer, loss.call)
        early = "before" if shown_op.at < _entered(facts, loss.call) else ""
        variant = "here" if line == loss.call.line else early
        return Spot(line, facts.column_of(line), facts.words(loss), first.at, variant)
    return None


def _begun(facts: Facts, loss: Loss, outside: list[Op]) -> bool:
    """Whether a part of the way from the source was recorded before the break; then only the end is missing."""
    if loss.how == "silent":
        return False
    derived = facts.flow.made_from(loss.source)
    last = max(op.at for op in outside)
    return any(
        op.call is None
        and op.at < last
        and op.type != "ReadVariableOp"
        and facts.flow.on_tape(op, loss.call.tape, loss.call.at)
        and not derived.isdisjoint(op.outputs)
        for op in facts.ops_of(loss.target)
    )


def _entered(facts: Facts, call: Call) -> int:
    return min((event.at for event in facts.flow.events(call.tape, "enter")), default=0)
