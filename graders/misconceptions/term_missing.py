"""One term of the exercise's function was not recorded."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "term-missing.title", "term-missing.says", "term-missing.hint"
STAGE = "function"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The recorded function is the exercise's without one term."""
    return facts.edited("term-missing")
