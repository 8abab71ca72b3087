"""A lower derivative was handed in than the one that is asked for."""

from __future__ import annotations

from graders.amounts import near, numbers_of
from graders.case import Case
from graders.evidence import Call
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "first-for-second-derivative.title",
    "first-for-second-derivative.says",
    "first-for-second-derivative.hint",
)
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The number is the result of a gradient call that is not nested as deep as the exercise asks."""
    order = case.reference.order
    if order < 2 or case.exercise.judged_as != "derivative" or case.exercise.then is not None:
        return None
    given, found = facts.amounts.given, None
    for call in facts.calls:
        numbers = numbers_of(call.result)
        if near(given, numbers) and _depth(facts, call) < order and not near(given, facts.amounts.right):
            found = call
    if found is None:
        return None
    names = {"tgt": facts.target_name(found), "src": facts.source_name(found)}
    return Spot(found.line, column(facts.script.gradient_at(found.line)), names, found.at)


def _depth(facts: Facts, call: Call) -> int:
    depth = 1
    before = facts.parent(call)
    while before is not None and depth < 8:
        depth, before = depth + 1, facts.parent(before)
    return depth
