"""The right function at another point."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.likeness import Likeness, is_rounded
from graders.spot import Spot

TITLE, SAYS, HINT = "wrong-point.title", "wrong-point.says", "wrong-point.hint"
STAGE = "point"
RANK = 1


def seen(case: Case, facts: Facts) -> Spot | None:
    """The recorded function is the exercise's (or nobody can tell), and the sources hold other numbers."""
    likeness = facts.likeness
    if likeness is None or likeness.at_point or not likeness.given or likeness.same is False:
        return None
    if likeness.same is None and not _stands_alone(case, likeness):
        return None
    if any(is_rounded(a, b) for a, b in zip(likeness.given, likeness.stated, strict=False)):
        return None
    pairs = list(zip(likeness.given, likeness.stated, strict=False))
    index = next((i for i, (a, b) in enumerate(pairs) if abs(a - b) > 1e-5 * max(1.0, abs(b))), 0)
    line = facts.set_at(index)
    names = {"val": f"{likeness.given[index]:g}", "src": facts.point_name(index)}
    return Spot(line, facts.column_of(line), names, likeness.call.at)


def _stands_alone(case: Case, likeness: Likeness) -> bool:
    """Where the functions cannot be compared (one is written with a derivative of its own): the numbers alone."""
    own = case.exercise.judged_as == "custom-gradient" and case.exercise.point is not None
    return own and len(likeness.given) == len(likeness.stated)
