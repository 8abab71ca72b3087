"""Another function was recorded, and no single edit explains it."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.matching import spelled
from graders.spot import Spot

TITLE, SAYS, HINT = "different-function.title", "different-function.says", "different-function.hint"
STAGE = "unknown"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The recorded function is not the exercise's, nor one edit away."""
    likeness = facts.likeness
    if likeness is None or likeness.same is not False or likeness.edit is not None:
        return None
    formula = facts.formula(likeness.call)
    ops = facts.ops_of(likeness.call.target)
    line = formula[0] if formula is not None else ops[-1].line if ops else likeness.call.line
    mine, theirs = likeness.matching.unmatched
    names = {"tgt": facts.target_name(likeness.call)}
    if theirs and likeness.rebuilt is not None and len(mine) < len(likeness.rebuilt.terms):
        names["theirs"] = ", ".join(spelled(term) for term in theirs)
        return Spot(line, facts.column_of(line), names, likeness.call.at, "terms")
    return Spot(line, facts.column_of(line), names, likeness.call.at)
