"""The recorded function has a term that the exercise's has not."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "term-added.title", "term-added.says", "term-added.hint"
STAGE = "function"


def seen(case: Case, facts: Facts) -> Spot | None:
    """Every term of the exercise is there, and one more."""
    return facts.edited("term-added")
