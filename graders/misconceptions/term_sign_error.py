"""One term of the recorded function has the opposite sign."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "term-sign-error.title", "term-sign-error.says", "term-sign-error.hint"
STAGE = "function"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The recorded function is the exercise's with one sign turned round."""
    return facts.edited("term-sign-error")
