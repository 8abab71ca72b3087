"""A cast to whole numbers within the function."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "cast-to-integer-in-path.title",
    "cast-to-integer-in-path.says",
    "cast-to-integer-in-path.hint",
)
STAGE = "path"


def seen(case: Case, facts: Facts) -> Spot | None:
    """An operation that makes integers lies on the way from source to target."""
    for loss in facts.losses:
        for found in facts.breaks(loss, "integer"):
            dtype = facts.flow.tensors[found.op.outputs[0]].dtype
            if dtype == "bool":
                continue
            column_ = facts.column_of(found.op.line)
            return Spot(found.op.line, column_, {**facts.words(loss), "dtype": dtype}, found.op.at)
    return None
