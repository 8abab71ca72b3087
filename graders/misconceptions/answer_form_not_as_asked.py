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
        own = [bind for bind in facts.making.chain if bind.name == facts.answer_name]
        line = own[-1].line if own else facts.root_line
        return Spot(line, facts.column_of(line))
    return None
