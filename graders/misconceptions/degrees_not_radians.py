"""An angle in degrees where radians are meant."""

from __future__ import annotations

import math

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "degrees-not-radians.title", "degrees-not-radians.says", "degrees-not-radians.hint"
STAGE = "point"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The source holds the asked angle in degrees, or the recorded function converts it wrongly."""
    spot = facts.edited("degrees-not-radians")
    likeness = facts.likeness
    if spot is not None or likeness is None or likeness.at_point or not likeness.given:
        return spot
    waves = ("Sin", "Cos", "Tan")
    if not any(op.type in waves for op in facts.ops_of(likeness.call.target)):
        return None
    wanted = [math.degrees(number) for number in likeness.stated]
    if len(wanted) != len(likeness.given):
        return None
    pairs = list(zip(likeness.given, wanted, likeness.stated, strict=True))
    if all(_near(a, b) or _near(a, c) for a, b, c in pairs) and any(
        _near(a, b) and b != c for a, b, c in pairs
    ):
        index = next(i for i, (a, b, c) in enumerate(pairs) if _near(a, b))
        line = facts.set_at(index)
        return Spot(
            line, facts.column_of(line), {"val": f"{likeness.given[index]:g}", "src": facts.point_name(index)}
        )
    return None


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-2 * max(1.0, abs(other))
