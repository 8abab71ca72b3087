"""A function of Python's math module within the recorded formula."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "math-function-in-tape.title", "math-function-in-tape.says", "math-function-in-tape.hint"
STAGE = "path"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A call of math on a tensor while recording, and the way from the source is cut or incomplete."""
    losses = facts.cut()
    if not losses:
        return _stopped(facts)
    for call in facts.foreign("math", "cmath"):
        names = {**facts.words(losses[0]), "fn": facts.script.word(call.func)}
        return Spot(call.lineno, column(call), names, losses[0].call.at)
    return None


def _stopped(facts: Facts) -> Spot | None:
    """In a traced function tensors have no numbers yet: the call itself stopped the program."""
    raised = facts.raised
    if raised is None or not facts.raised_by("", "ymbolic", "numpy() is only available"):
        return None
    for call in facts.foreign("math", "cmath"):
        if call.lineno <= raised.line <= (call.end_lineno or call.lineno):
            return Spot(call.lineno, column(call), {"fn": facts.script.word(call.func)})
    return None
