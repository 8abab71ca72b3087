"""An index on a single derivative, as if it were a list."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column, shown
from graders.spot import Spot

TITLE, SAYS, HINT = "scalar-indexed.title", "scalar-indexed.says", "scalar-indexed.hint"
STAGE = "stopped"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The program stopped at an index (or an unpacking) of a gradient that is one number."""
    raised = facts.raised
    words = ("slice scalar", "scalar input", "iterate over a scalar", "Index out of range using input dim 0",
             "slice index 0 of dimension 0 out of bounds", "Too many indices", "too many indices")  # fmt: skip
    if raised is None or not facts.raised_by("", *words):
        return None
    for node in facts.script.on_line(raised.line, ast.Subscript):
        if isinstance(node, ast.Subscript) and facts.making.is_gradient(node.value):
            return Spot(raised.line, column(node), {"grad": shown(node.value)})
    bind = facts.script.bind_at(raised.line)
    if (
        bind is not None
        and bind.index is not None
        and bind.value is not None
        and facts.making.is_gradient(bind.value)
    ):
        return Spot(raised.line, column(bind.node), {"grad": shown(bind.value)})
    return None
