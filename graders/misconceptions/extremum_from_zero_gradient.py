"""A zero gradient is read as a minimum."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "extremum-from-zero-gradient.title",
    "extremum-from-zero-gradient.says",
    "extremum-from-zero-gradient.hint",
)
STAGE = "use"


_KINDS = ("minimum", "maximum", "saddle")


def seen(case: Case, facts: Facts) -> Spot | None:
    """The kind of point is wrong, was decided by a first derivative, and no second one was computed."""
    if not set(_KINDS) & set(facts.kinds_of_point) or not _wrong(case, facts):
        return None
    if any(facts.parent(call) is not None for call in facts.calls):
        return None
    for test in facts.deciding.on_gradient:
        return Spot(test.lineno, column(test))
    return None


def _wrong(case: Case, facts: Facts) -> bool:
    word = facts.names.get(facts.answer_name)
    return facts.wrong_word or (word is not None and word.kind == "word")
