"""A power or coefficient of the recorded function differs."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "wrong-exponent-or-coefficient.title",
    "wrong-exponent-or-coefficient.says",
    "wrong-exponent-or-coefficient.hint",
)
STAGE = "function"
RANK = 1


def seen(case: Case, facts: Facts) -> Spot | None:
    """The recorded function has the exercise's form with other numbers in it."""
    return facts.edited("wrong-exponent-or-coefficient")
