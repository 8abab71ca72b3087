"""The derivative is right, but what is asked for has the opposite sign."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "force-sign.title", "force-sign.says", "force-sign.hint"
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The number handed in is the opposite of the one that is asked for."""
    right = facts.amounts.right
    if right is None or len(right) != 1 or right[0] == 0 or case.exercise.judged_as == "optimiser":
        return None
    if not facts.amounts.is_given((-right[0],)) or not (facts.right_gradient or case.derived):
        return None
    chain = facts.making.chain  # where it got the name it is asked under: there the minus is missing
    line = chain[0].line if chain else facts.base.line if facts.base is not None else None
    negative = case.exercise.then is not None and case.exercise.then.strip().startswith("-")
    return Spot(line, facts.column_of(line), {}, 0, "" if negative else "sign")
