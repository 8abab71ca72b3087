"""Placeholders and sessions of TensorFlow 1."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "tf1-session-placeholder.title",
    "tf1-session-placeholder.says",
    "tf1-session-placeholder.hint",
)
STAGE = "stopped"


_OLD = ("placeholder", "Session", "InteractiveSession", "global_variables_initializer", "get_variable", "ConfigProto",
        "reset_default_graph", "initialize_all_variables", "assign")  # fmt: skip


def seen(case: Case, facts: Facts) -> Spot | None:
    """The program stopped at a name that only TensorFlow 1 has."""
    raised = facts.raised
    if raised is None:
        return None
    for name in _OLD:
        if f"'{name}'" in raised.message or f"tf.{name}" in raised.message:
            nodes = [
                n for n in facts.script.on_line(raised.line, ast.Attribute) if getattr(n, "attr", "") == name
            ]
            return Spot(raised.line, column(nodes[0]) if nodes else None, {"attr": name})
    return None
