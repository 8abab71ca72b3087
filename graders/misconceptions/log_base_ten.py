"""The logarithm to base 10 where the natural one is meant."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "log-base-ten.title", "log-base-ten.says", "log-base-ten.hint"
STAGE = "function"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The recorded function is the exercise's with log10 for log."""
    return facts.edited("log-base-ten")
