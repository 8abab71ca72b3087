"""A pair of brackets that the formula needs was left out."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "parentheses-missing.title", "parentheses-missing.says", "parentheses-missing.hint"
STAGE = "function"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The recorded function is the exercise's as Python reads it without one pair of brackets."""
    return facts.edited("parentheses-missing")
