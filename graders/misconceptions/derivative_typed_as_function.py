"""The derivative worked out by hand was recorded in place of the function."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "derivative-typed-as-function.title",
    "derivative-typed-as-function.says",
    "derivative-typed-as-function.hint",
)
STAGE = "function"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The recorded function is the derivative of the exercise's."""
    return facts.edited("derivative-typed-as-function")
