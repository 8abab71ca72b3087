"""The right function at another point."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "wrong-point.title", "wrong-point.says", "wrong-point.hint"
STAGE = "point"
RANK = 1


def seen(case: Case, facts: Facts) -> Spot | None:
    """The recorded function is the exercise's, and the sources hold other numbers."""
    likeness = facts.likeness
    if likeness is None or likeness.at_point or not likeness.given or likeness.same is not True:
        return None
    pairs = list(zip(likeness.given, likeness.stated, strict=False))
    index = next((i for i, (a, b) in enumerate(pairs) if abs(a - b) > 1e-5 * max(1.0, abs(b))), 0)
    line = facts.set_at(index)
    names = {"val": f"{likeness.given[index]:g}", "src": facts.point_name(index)}
    return Spot(line, facts.column_of(line), names, likeness.call.at)
