"""The result is put into a new tf.Variable before it is differentiated."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.evidence import Variable
from graders.facts import Facts
from graders.losses import Loss
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "target-rewrapped-as-variable.title",
    "target-rewrapped-as-variable.says",
    "target-rewrapped-as-variable.hint",
)
STAGE = "path"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The target is a variable that was given a value made from the source."""
    for loss in facts.losses:
        variable = facts.variable(loss.target)
        if variable is None or loss.source.id == variable.id or _older(facts, variable, loss):
            continue
        made = (
            variable.initial in facts.flow.made_from(loss.source)
            if variable.initial is not None
            else (
                any(
                    facts.script.is_tainted(a)
                    for c in facts.script.on_line(variable.line, ast.Call)
                    if isinstance(c, ast.Call) and facts.script.word(c.func) == "Variable"
                    for a in c.args
                )
            )
        )
        if made:
            return Spot(
                variable.line, facts.column_of(variable.line, ast.Call), facts.words(loss), variable.at
            )
    return None


def _older(facts: Facts, variable: Variable, loss: Loss) -> bool:
    """Whether the variable was there before the source: then nothing of the source is in it."""
    record = facts.made(loss.source)
    return record is not None and variable.at < record.at
