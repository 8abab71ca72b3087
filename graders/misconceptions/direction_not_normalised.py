"""A directional derivative along a vector that is not of length 1."""

from __future__ import annotations

import math

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "direction-not-normalised.title",
    "direction-not-normalised.says",
    "direction-not-normalised.hint",
)
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The number handed in is the right one times the length of the direction."""
    direction, right = case.exercise.direction, facts.amounts.right
    if case.exercise.judged_as != "directional" or not direction or right is None or len(right) != 1:
        return None
    length = math.sqrt(sum(float(v) ** 2 for v in direction))
    if not facts.amounts.is_given((right[0] * length,)):
        return None
    line = facts.root_line or (facts.base.line if facts.base is not None else None)
    return Spot(line, facts.column_of(line), {"val": f"{length:g}"})
