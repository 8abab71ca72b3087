"""A variable made with trainable=False that nobody watches."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "source-not-trainable.title", "source-not-trainable.says", "source-not-trainable.hint"
STAGE = "source"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The source is a variable that is not trainable, and the tape was not told to watch it."""
    for loss in facts.losses:
        variable = facts.variable(loss.source)
        if variable is None or variable.trainable or loss.how != "none":
            continue
        if facts.flow.watched(loss.call.tape, loss.source) is None:
            return Spot(variable.line, facts.column_of(variable.line), facts.words(loss), variable.at)
    return None
