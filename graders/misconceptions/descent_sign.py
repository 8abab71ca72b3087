"""A step in the opposite direction."""

from __future__ import annotations

from graders.amounts import near
from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "descent-sign.title", "descent-sign.says", "descent-sign.hint"
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The place reached is that of the same steps with the opposite sign."""
    amounts = facts.amounts
    if case.exercise.method == "newton":
        return _newton(facts)
    if not amounts.plain_walk or near(amounts.reached, amounts.right):
        return None
    ways = amounts.with_rate(-amounts.rate)
    if not any(near(amounts.reached, amounts.walk(amounts.steps, rates)) for rates in ways):
        return None
    line = facts.update_line
    return Spot(line, facts.column_of(line), {}, 0, "ascent" if amounts.rate < 0 else "")


def _newton(facts: Facts) -> Spot | None:
    """Newton's step added where it is to be subtracted."""
    amounts, likeness = facts.amounts, facts.likeness
    slope = amounts.slope(likeness.stated) if likeness is not None else None
    if likeness is None or slope is None or not amounts.curvature:
        return None
    wrong = (likeness.stated[0] + slope[0] / amounts.curvature,)
    if near(amounts.reached, amounts.right) or not near(amounts.reached, wrong):
        return None
    return Spot(facts.update_line, facts.column_of(facts.update_line), {}, 0, "newton")
