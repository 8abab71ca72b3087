"""-x**2 typed as (-x)**2."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts, number_of
from graders.spot import Spot

TITLE, SAYS, HINT = "minus-inside-power.title", "minus-inside-power.says", "minus-inside-power.hint"
STAGE = "function"


def seen(case: Case, facts: Facts) -> Spot | None:
    """One sign is turned round, and a power of a negated base was recorded."""
    spot = facts.edited("minus-inside-power")
    if spot is not None or facts.likeness is None or facts.likeness.rebuilt is None:
        return spot
    edit = facts.likeness.edit
    if edit is None or edit.kind != "term-sign-error":
        return None
    for op in facts.likeness.rebuilt.ops:
        base = facts.flow.producer.get(op.inputs[0]) if op.inputs else None
        if op.type in ("Pow", "Square") and base is not None and base.type in ("Neg", "Mul"):
            negative = base.type == "Neg" or any(_is_minus_one(facts, t) for t in base.inputs)
            if negative and (edit.tensor is None or edit.tensor in facts.flow.descent(op.outputs)):
                return facts.edited("term-sign-error")
    return None


def _is_minus_one(facts: Facts, tensor: int) -> bool:
    record = facts.flow.tensors.get(tensor)
    return record is not None and number_of(record.value) == -1.0
