"""jacobian() asked while its own tape still records."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "jacobian-inside-context.title",
    "jacobian-inside-context.says",
    "jacobian-inside-context.hint",
)
STAGE = "advice"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A jacobian asked within its tape's block, or any derivative of a persistent tape that still records."""
    for call in facts.calls:
        if call.how in ("jacobian", "batch_jacobian") and call.open and facts.child(call) is None:
            return Spot(call.line, None, {}, call.at)
    return None
