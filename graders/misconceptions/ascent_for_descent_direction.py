"""The gradient's own direction where the way down is asked for."""

from __future__ import annotations

from graders.amounts import near
from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "ascent-for-descent-direction.title",
    "ascent-for-descent-direction.says",
    "ascent-for-descent-direction.hint",
)
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The vector handed in is the opposite of the one that is asked for."""
    right = facts.amounts.right
    if right is None or len(right) < 2 or not facts.amounts.is_given(tuple(-v for v in right)):
        return None
    if case.exercise.judged_as == "optimiser" or not (
        facts.right_gradient or near(facts.amounts.derivative, right)
    ):
        return None
    line = facts.root_line or (facts.base.line if facts.base is not None else None)
    return Spot(line, facts.column_of(line))
