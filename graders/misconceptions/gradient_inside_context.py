"""gradient() asked while its own tape still records."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "gradient-inside-context.title",
    "gradient-inside-context.says",
    "gradient-inside-context.hint",
)
STAGE = "advice"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A first derivative asked within its tape's block, not differentiated again."""
    for call in facts.calls:
        if call.how != "gradient" or not call.open or call.within or call.graph:
            continue
        if facts.child(call) is None:
            return Spot(call.line, None, {}, call.at)
    return None
