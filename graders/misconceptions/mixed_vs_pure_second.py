"""Both derivatives by the same variable where the mixed one is asked for."""

from __future__ import annotations

from graders.case import Case
from graders.evidence import Call
from graders.facts import Facts
from graders.path import leaves
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "mixed-vs-pure-second.title", "mixed-vs-pure-second.says", "mixed-vs-pure-second.hint"
STAGE = "call"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A derivative of a derivative with one source throughout, and the exercise names several."""
    wanted = case.exercise.wrt or ()
    if len(set(wanted)) < 2 or case.exercise.judged_as != "derivative":
        return None
    for call in reversed(facts.calls):
        before = facts.parent(call)
        if before is None or call.result is None or call.result.kind == "none":
            continue
        second = tuple(leaf.id for leaf in leaves(call.sources))
        if len(second) == 1 and _by(before, call) == second:
            names = {"src": facts.source_name(call), "tgt": facts.target_name(call)}
            return Spot(call.line, column(facts.script.gradient_at(call.line)), names, call.at)
    return None


def _by(before: Call, call: Call) -> tuple[int | None, ...]:
    """What the derivative that is differentiated again was taken by: all sources, or the one of its place."""
    sources = tuple(leaf.id for leaf in leaves(before.sources))
    results = [leaf.id for leaf in leaves(before.result)]
    if len(sources) > 1 and call.target.id is not None and call.target.id in results:
        return (sources[results.index(call.target.id)],)
    return sources
