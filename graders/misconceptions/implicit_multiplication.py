"""A number right before a bracket: Python takes it for a call."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column, shown
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "implicit-multiplication.title",
    "implicit-multiplication.says",
    "implicit-multiplication.hint",
)
STAGE = "stopped"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The program stopped at a call of something that is no function."""
    raised = facts.raised
    if raised is None or not facts.raised_by("TypeError", "object is not callable"):
        return None
    for call in facts.script.on_line(raised.line, ast.Call):
        assert isinstance(call, ast.Call)
        number = isinstance(call.func, (ast.Constant, ast.BinOp, ast.UnaryOp, ast.Call))
        name = isinstance(call.func, ast.Name) and facts.script.function(call.func.id) is None
        if number or (name and facts.script.bound(ast.unparse(call.func))):
            return Spot(call.lineno, column(call), {"op": shown(call.func)})
    return None
