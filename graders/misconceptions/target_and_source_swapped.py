"""tape.gradient(x, y): the arguments in the wrong order."""

from __future__ import annotations

from graders.case import Case
from graders.evidence import Call, Ref
from graders.facts import Facts
from graders.path import leaves
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "target-and-source-swapped.title",
    "target-and-source-swapped.says",
    "target-and-source-swapped.hint",
)
STAGE = "source"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The first argument (or all of a list) went into the second."""
    for call in facts.calls:
        targets, sources = leaves(call.target), leaves(call.sources)
        if not targets or not sources or not _lost(call):
            continue
        if not all(target.kind in ("variable", "tensor") and target.id is not None for target in targets):
            continue
        if all(_into(facts, target, source) for target in targets for source in sources):
            node = facts.script.gradient_at(call.line)
            names = {"src": facts.source_name(call), "tgt": facts.target_name(call)}
            return Spot(call.line, column(node), names, call.at)
    return None


def _lost(call: Call) -> bool:
    return call.error is not None or any(leaf.kind == "none" for leaf in leaves(call.result))


def _into(facts: Facts, first: Ref, second: Ref) -> bool:
    """Whether the first goes into the second and not the other way round."""
    if second.kind != "tensor" or second.id is None or first.id == second.id:
        return False
    return facts.flow.goes_into(first, second) and not facts.flow.goes_into(second, first)
