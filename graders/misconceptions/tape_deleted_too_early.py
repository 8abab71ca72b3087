"""The tape is deleted before the last gradient call."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "tape-deleted-too-early.title",
    "tape-deleted-too-early.says",
    "tape-deleted-too-early.hint",
)
STAGE = "stopped"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A NameError (or a missing attribute) for a name that a `del` above takes away."""
    raised = facts.raised
    if raised is None or not facts.raised_by("NameError|UnboundLocalError|AttributeError"):
        return None
    deleted = [
        (node, ast.unparse(target)) for node in facts.script.nodes if isinstance(node, ast.Delete)
        for target in node.targets
    ]  # fmt: skip
    for node, name in sorted(deleted, key=lambda pair: -pair[0].lineno):
        plain = name.split(".")[-1]
        if f"'{plain}'" in raised.message and node.lineno != raised.line:
            return Spot(node.lineno, column(node), {"tape": name})
    return None
