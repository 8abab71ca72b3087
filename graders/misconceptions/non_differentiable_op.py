"""A staircase or an index on the way: there is no derivative through it."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "non-differentiable-op.title", "non-differentiable-op.says", "non-differentiable-op.hint"
STAGE = "path"


_WORDS = {"ArgMax": "argmax", "ArgMin": "argmin", "Rint": "rint", "OneHot": "one_hot"}


def seen(case: Case, facts: Facts) -> Spot | None:
    """An operation without a derivative lies on the way from source to target."""
    for loss in facts.losses:
        if loss.how == "silent":
            continue
        for found in facts.breaks(loss, "staircase"):
            name = _WORDS.get(found.op.type, found.op.type.lower())
            variant = "index" if found.op.type in ("ArgMax", "ArgMin") else ""
            spot = facts.column_of(found.op.line)
            return Spot(found.op.line, spot, {**facts.words(loss), "op": name}, found.op.at, variant)
    return None
