"""A list of derivatives is treated as one tensor."""

from __future__ import annotations

import ast
import re

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "list-has-no-numpy.title", "list-has-no-numpy.says", "list-has-no-numpy.hint"
STAGE = "stopped"


_SAID = re.compile(
    r"'(list|tuple|dict|ListWrapper)' object has no attribute|not '(list|tuple)'|real number, not '(?!NoneType)"
)


def seen(case: Case, facts: Facts) -> Spot | None:
    """The program stopped at .numpy() or float() of a list that a gradient call gave."""
    raised = facts.raised
    if raised is None or not facts.raised_by("AttributeError|TypeError") or not _SAID.search(raised.message):
        return None
    asked = facts.script.gradient_at(raised.line)
    for call in facts.script.on_line(raised.line, ast.Attribute):
        if (isinstance(call, ast.Attribute) and call.value is asked) or _gives_list(
            facts, getattr(call, "value", None)
        ):
            return Spot(raised.line, column(call), {"attr": getattr(call, "attr", "numpy")})
    for node in facts.script.on_line(raised.line, ast.Call):
        assert isinstance(node, ast.Call)
        cast = ast.unparse(node.func) in ("float", "round") and bool(node.args)
        if cast and _gives_list(facts, node.args[0]):
            return Spot(raised.line, column(node), {"attr": ast.unparse(node.func)})
    return None


def _gives_list(facts: Facts, node: ast.expr | None) -> bool:
    return node is not None and facts.making.is_gradient(node) and not isinstance(node, ast.Subscript)
