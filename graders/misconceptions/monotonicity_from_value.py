"""The word was decided by the sign of the value."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column, shown
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "monotonicity-from-value.title",
    "monotonicity-from-value.says",
    "monotonicity-from-value.hint",
)
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The word is wrong, and the comparison behind it looks at no derivative."""
    if case.exercise.judged_as != "monotonicity" or not facts.wrong_word or facts.deciding.on_gradient:
        return None
    for test in facts.deciding.elsewhere:
        return Spot(test.lineno, column(test), {"tgt": shown(test)})
    return None
