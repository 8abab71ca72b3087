"""Differentiated with respect to an intermediate result."""

from __future__ import annotations

from graders.amounts import near, numbers_of
from graders.case import Case
from graders.evidence import Call
from graders.facts import Facts
from graders.path import leaves
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "derivative-wrt-intermediate.title",
    "derivative-wrt-intermediate.says",
    "derivative-wrt-intermediate.hint",
)
STAGE = "call"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A source is a tensor that the tape itself recorded, and its derivative is what was handed in."""
    given = facts.amounts.given
    for call in facts.calls:
        numbers = numbers_of(call.result)
        if not numbers or facts.parent(call) is not None:
            continue
        for index, source in enumerate(leaves(call.sources)):
            op = facts.flow.producer.get(source.id or -1)
            if op is None or call.tape not in op.tapes or op.call is not None:
                continue
            part = given is not None and all(any(near((v,), (g,)) for g in given) for v in numbers)
            part = part or _left_out(case, facts, call)
            if (part and facts.flow.variables_in(source)) or (part and facts.flow.events(call.tape, "watch")):
                names = {"src": facts.source_name(call, index), "tgt": facts.target_name(call)}
                return Spot(call.line, column(facts.script.gradient_at(call.line)), names, call.at)
    return None


def _left_out(case: Case, facts: Facts, call: Call) -> bool:
    """Whether one of several derivatives asked for is missing, and this call's result stands in its place as it is."""
    right = facts.amounts.right or ()
    results = [numbers_of(other.result) for other in facts.calls]
    missing = [number for number in right if not any(near((number,), found) for found in results)]
    takers = [op for leaf in leaves(call.result) for op in facts.flow.consumers.get(leaf.id or -1, ())]
    used = any(op.call is None for op in takers)  # TensorFlow's own way back goes on from there
    return len(right) > 1 and bool(missing) and not used and facts.answer_name not in facts.names
