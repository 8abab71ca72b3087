"""A NumPy function within the recorded formula."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "numpy-function-in-tape.title",
    "numpy-function-in-tape.says",
    "numpy-function-in-tape.hint",
)
STAGE = "path"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A call of NumPy on a tensor while recording, and the way from the source is cut or incomplete."""
    losses = facts.cut()
    if not losses:
        return _stopped(facts)
    for call in facts.foreign("numpy"):
        loss = losses[0]
        variant = {"silent": "silent", "refused": "stopped"}.get(loss.how, "")
        names = {**facts.words(loss), "fn": facts.script.word(call.func)}
        return Spot(call.lineno, column(call), names, loss.call.at, variant)
    return None


def _stopped(facts: Facts) -> Spot | None:
    """In a traced function tensors have no numbers yet: the call itself stopped the program."""
    raised = facts.raised
    if raised is None or not facts.raised_by("", "ymbolic", "numpy() is only available"):
        return None
    for call in facts.foreign("numpy"):
        if call.lineno <= raised.line <= (call.end_lineno or call.lineno):
            return Spot(call.lineno, column(call), {"fn": facts.script.word(call.func)})
    return None
