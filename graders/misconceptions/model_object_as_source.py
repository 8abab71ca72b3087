"""An object that holds variables passed as the source."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.path import leaves
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "model-object-as-source.title",
    "model-object-as-source.says",
    "model-object-as-source.hint",
)
STAGE = "stopped"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A gradient call failed, and one of its sources is neither tensor nor variable nor number."""
    for call in facts.calls:
        if not call.error or call.sources.type_name == "missing":
            continue
        for index, source in enumerate(leaves(call.sources)):
            if source.kind in ("other", "word"):
                node = facts.source_node(call, index)
                return Spot(call.line, column(node), {"src": facts.source_name(call, index)}, call.at)
    return None
