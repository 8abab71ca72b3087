"""A number where the exercise asks for a word."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "answer-form-not-as-asked.title",
    "answer-form-not-as-asked.says",
    "answer-form-not-as-asked.hint",
)
STAGE = "answer"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The slope is right and no word was given."""
    if not case.reference.words or case.found.word is not None or facts.raised is not None:
        return None
    if facts.right_gradient and facts.amounts.given is not None:
        return Spot(facts.root_line, facts.column_of(facts.root_line))
    return None
