"""float() or int() around the variable in the recorded formula."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "python-cast-in-tape.title", "python-cast-in-tape.says", "python-cast-in-tape.hint"
STAGE = "path"
RANK = 1


def seen(case: Case, facts: Facts) -> Spot | None:
    """A cast to a Python number while recording, and the way from the source is cut."""
    losses = facts.cut()
    if not losses:
        return None
    for call in facts.script.calls:
        if not (
            isinstance(call.func, ast.Name) and call.func.id in ("float", "int", "complex") and call.args
        ):
            continue
        if facts.script.only_shown(call) or not facts.recorded(call) or facts.rewrapped(call):
            continue
        if facts.script.is_tainted(call.args[0]):
            names = {**facts.words(losses[0]), "op": call.func.id}
            return Spot(call.lineno, column(call), names, losses[0].call.at)
    return None
