"""Only a part of the exponent is in the exponent."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "exponent-missing-parentheses.title",
    "exponent-missing-parentheses.says",
    "exponent-missing-parentheses.hint",
)
STAGE = "function"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The recorded function is the exercise's as Python reads it without the brackets around an exponent."""
    return facts.edited("exponent-missing-parentheses")
