"""Differentiated with respect to a slice made for the gradient call."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column, shown
from graders.spot import Spot

TITLE, SAYS, HINT = "source-is-a-slice.title", "source-is-a-slice.says", "source-is-a-slice.hint"
STAGE = "source"


_SLICES = ("StridedSlice", "GatherV2", "GatherNd", "Slice", "Unpack", "Split")


def seen(case: Case, facts: Facts) -> Spot | None:
    """The source is a piece cut out of the variable, and the target was made from the whole."""
    for loss in facts.losses:
        tensor = facts.tensor(loss.source)
        if loss.how != "none" or tensor is None or facts.flow.goes_into(loss.source, loss.target):
            continue
        op = facts.flow.producer.get(tensor.id)
        if op is None or op.type not in _SLICES:
            continue
        before, _ = facts.flow.ancestry(op.inputs)
        variables = [
            v for v in facts.flow.variables_in(loss.target) if {v.id, *facts.flow.reads(v.id)} & before
        ]
        target, _ = facts.flow.ancestry(facts.flow.standing(loss.target))
        if variables or before & target:
            node = facts.source_node(loss.call, loss.index)
            whole = shown(node.value) if isinstance(node, ast.Subscript) else facts.source_name(loss.call)
            return Spot(loss.call.line, column(node), {**facts.words(loss), "var": whole}, loss.call.at)
    return None
