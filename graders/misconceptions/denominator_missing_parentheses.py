"""The division covers only a part of the denominator."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "denominator-missing-parentheses.title",
    "denominator-missing-parentheses.says",
    "denominator-missing-parentheses.hint",
)
STAGE = "function"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The recorded function is the exercise's as Python reads it without the brackets below the fraction bar."""
    return facts.edited("denominator-missing-parentheses")
