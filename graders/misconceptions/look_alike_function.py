"""A function whose name only looks like the exercise's."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "look-alike-function.title", "look-alike-function.says", "look-alike-function.hint"
STAGE = "function"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The recorded function is the exercise's with one function exchanged for a near name."""
    return facts.edited("look-alike-function")
