"""Concavity judged by the first derivative."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "concavity-from-slope.title", "concavity-from-slope.says", "concavity-from-slope.hint"
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The word was decided by a derivative, and no second one was computed."""
    if case.exercise.judged_as != "concavity" or any(facts.parent(call) is not None for call in facts.calls):
        return None
    for test in facts.deciding.on_gradient:
        return Spot(test.lineno, column(test))
    return None
