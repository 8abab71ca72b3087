"""Differentiated with respect to a copy that the formula never used."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.losses import Loss
from graders.script import column, shown
from graders.spot import Spot

TITLE, SAYS, HINT = "source-is-a-copy.title", "source-is-a-copy.says", "source-is-a-copy.hint"
STAGE = "source"
RANK = 1


def seen(case: Case, facts: Facts) -> Spot | None:
    """The source was made from a variable (or tensor) that goes into the target, but does not go in itself."""
    for loss in facts.losses:
        if loss.how != "none" or facts.flow.goes_into(loss.source, loss.target):
            continue
        original = _original(facts, loss)
        if original:
            names = {**facts.words(loss), "var": original}
            spot = column(facts.source_node(loss.call, loss.index))
            return Spot(loss.call.line, spot, names, loss.call.at)
    return None


def _original(facts: Facts, loss: Loss) -> str:
    """The name of what the source is a copy of; empty when it is none."""
    flow = facts.flow
    own = facts.variable(loss.source)
    start = {own.initial} if own is not None and own.initial is not None else flow.standing(loss.source)
    before, _ = flow.ancestry(start)
    target, _ = flow.ancestry(flow.standing(loss.target))
    producer = flow.producer.get(loss.source.id or -1)
    if producer is not None and producer.type in ("StridedSlice", "GatherV2", "GatherNd", "Slice"):
        return ""
    for variable in flow.recording.variables:
        stands = {variable.id, *flow.reads(variable.id)}
        if variable is not own and stands & before and stands & target:
            bind = facts.script.bind_at(variable.line)
            return bind.name if bind else "the variable"
    shared = (before & target) - set(start) if own is None else frozenset()
    for tensor in sorted(shared):
        record = flow.tensors.get(tensor)
        bind = facts.script.bind_at(record.line) if record and record.creation else None
        if bind is not None:
            return bind.name
    return _copied_by_hand(facts, loss)


def _copied_by_hand(facts: Facts, loss: Loss) -> str:
    """tf.constant(x) reads a variable without a trace: the script tells what was copied."""
    node = facts.source_node(loss.call, loss.index)
    bind = facts.script.last(shown(node), loss.call.line) if node is not None else None
    if bind is None or not isinstance(bind.value, ast.Call) or not facts.script.makes_tensor(bind.value):
        return ""
    argument = facts.script.plain(bind.value.args[0]) if bind.value.args else None
    if not isinstance(argument, (ast.Name, ast.Attribute)) or ast.unparse(argument) == bind.name:
        return ""
    used = {v.line for v in facts.flow.variables_in(loss.target)}
    original = facts.script.last(ast.unparse(argument), bind.line)
    return original.name if original is not None and original.line in used else ""
