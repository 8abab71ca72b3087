"""tape.gradient(y) without saying with respect to what."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column, shown
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "sources-argument-missing.title",
    "sources-argument-missing.says",
    "sources-argument-missing.hint",
)
STAGE = "stopped"


def seen(case: Case, facts: Facts) -> Spot | None:
    """Python misses the argument `sources` (or `source`) at a gradient call."""
    raised = facts.raised
    if raised is None or not facts.raised_by("TypeError", "required positional argument"):
        return None
    if "source" not in raised.message:
        return None
    node = facts.script.gradient_at(raised.line)
    return Spot(raised.line, column(node), {"tgt": shown(node.args[0]) if node and node.args else "y"})
