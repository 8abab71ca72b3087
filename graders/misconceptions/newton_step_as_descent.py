"""Newton's step without the second derivative."""

from __future__ import annotations

from graders.amounts import near
from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "newton-step-as-descent.title",
    "newton-step-as-descent.says",
    "newton-step-as-descent.hint",
)
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The number handed in is the start minus the slope, or the slope times the curvature."""
    if case.exercise.method != "newton" or facts.likeness is None:
        return None
    at = facts.likeness.stated
    slope = facts.amounts.slope(at)
    if slope is None or len(at) != 1:
        return None
    bend = facts.amounts.curvature or 0.0
    reached = facts.amounts.reached
    likely = [at[0] - slope[0], at[0] - slope[0] * bend, at[0] + slope[0]]
    likely += [at[0] - slope[0] / bend**2, at[0] - bend] if bend else []
    if near(reached, facts.amounts.right) or not any(near(reached, (value,)) for value in likely):
        return None
    line = facts.update_line
    return Spot(line, facts.column_of(line))
