"""The whole gradient as the step."""

from __future__ import annotations

import math

from graders.amounts import near
from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "learning-rate-missing.title", "learning-rate-missing.says", "learning-rate-missing.hint"
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The place reached is that of the same steps with a learning rate of 1."""
    amounts = facts.amounts
    if not amounts.plain_walk or near(amounts.reached, amounts.right) or not amounts.rate:
        return None
    ways = amounts.with_rate(math.copysign(1.0, amounts.rate))
    if not any(near(amounts.reached, amounts.walk(amounts.steps, rates)) for rates in ways):
        return None
    line = facts.update_line
    return Spot(line, facts.column_of(line))
