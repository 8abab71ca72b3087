"""x = x - lr * g: the variable becomes a tensor that nothing watches."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.path import leaves
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "variable-replaced-by-tensor.title",
    "variable-replaced-by-tensor.says",
    "variable-replaced-by-tensor.hint",
)
STAGE = "source"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The source was made from an earlier source and an earlier gradient, outside the tape that is asked."""
    for loss in facts.losses:
        tensor = facts.tensor(loss.source)
        if loss.how != "none" or tensor is None or facts.flow.watched(loss.call.tape, loss.source):
            continue
        before, ops = facts.flow.ancestry({tensor.id})
        op = facts.flow.producer.get(tensor.id)
        if op is None or loss.call.tape in op.tapes:
            continue
        for call in facts.calls:
            results = {leaf.id for leaf in leaves(call.result) if leaf.id is not None}
            came = results & before or any(made.call == call.index for made in ops)
            sources = frozenset().union(*(facts.flow.standing(s) for s in leaves(call.sources)))
            if call.done < loss.call.at and came and sources & before:
                names = facts.words(loss)
                return Spot(op.line, facts.column_of(op.line), names, op.at)
    return None
