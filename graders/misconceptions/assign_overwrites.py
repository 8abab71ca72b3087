"""assign(step) where the step should be added to the old value."""

from __future__ import annotations

from graders.amounts import near
from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "assign-overwrites.title", "assign-overwrites.says", "assign-overwrites.hint"
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The place reached is that of steps which forget where they started."""
    amounts = facts.amounts
    if any(a.how != "assign" for a in case.recording.assigns):
        return None
    if not amounts.plain_walk or near(amounts.reached, amounts.right):
        return None
    if not near(amounts.reached, amounts.walk(amounts.steps, amounts.rate, overwrite=True)):
        return None
    line = facts.update_line
    return Spot(line, facts.column_of(line))
