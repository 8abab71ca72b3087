"""Only the last data point's loss is differentiated."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "loss-on-one-sample.title", "loss-on-one-sample.says", "loss-on-one-sample.hint"
STAGE = "function"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The target's name is overwritten, not added to, in a loop over the data while recording."""
    likeness = facts.likeness
    if likeness is None or likeness.same is not False:
        return None
    for bind in facts.script.bound(facts.target_name(likeness.call)):
        loop = facts.script.inside(bind.node, (ast.For,))
        if not isinstance(loop, ast.For) or bind.value is None or bind.augmented is not None:
            continue
        names = {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)}
        read = {n.id for n in ast.walk(bind.value) if isinstance(n, ast.Name)}
        inner = {b.name for b in facts.script.binds if b.node in ast.walk(loop)}
        around = bind.node in facts.script.recorded or facts.recorded(bind.value)
        if bind.name not in read and (names & read or inner & read) and around:
            asked = facts.script.gradient_at(likeness.call.line)
            if asked is None or asked not in ast.walk(loop):
                return Spot(bind.line, column(bind.node), {"tgt": bind.name}, likeness.call.at)
    return None
