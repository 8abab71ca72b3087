"""A plain tensor as the source that the tape was never told to watch."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "source-not-watched.title", "source-not-watched.says", "source-not-watched.hint"
STAGE = "source"
RANK = 1


def seen(case: Case, facts: Facts) -> Spot | None:
    """A float tensor that nobody watched and that the tape did not make goes into the target; the result is None."""
    flow = facts.flow
    for loss in facts.losses:
        tensor = facts.tensor(loss.source)
        if (
            loss.how != "none"
            or tensor is None
            or not tensor.dtype.startswith(("float", "bfloat", "complex"))
        ):
            continue
        op = flow.producer.get(tensor.id)
        if flow.watched(loss.call.tape, loss.source) or (op is not None and loss.call.tape in op.tapes):
            continue
        if flow.goes_into(loss.source, loss.target):
            variant = "stopped" if facts.about_none else ""
            return Spot(tensor.line, facts.column_of(tensor.line), facts.words(loss), tensor.at, variant)
    return _no_variable(facts)


def _no_variable(facts: Facts) -> Spot | None:
    """The program stopped since a constant cannot be assigned to: it should have been a variable."""
    raised = facts.raised
    if raised is None or not facts.raised_by("AttributeError", "attribute 'assign"):
        return None
    for operand in raised.operands:
        tensor = facts.tensor(operand)
        if tensor is not None and tensor.made == "constant":
            bind = facts.script.bind_at(tensor.line)
            names = {"src": bind.name if bind is not None else "x"}
            return Spot(tensor.line, facts.column_of(tensor.line), names, tensor.at)
    for node in facts.script.on_line(raised.line, ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr.startswith("assign"):
            bind = facts.script.last(ast.unparse(node.value), raised.line)
            made = bind.value if bind is not None else None
            if bind is not None and isinstance(made, ast.Call) and facts.script.makes_tensor(made):
                return Spot(bind.line, column(bind.node), {"src": bind.name})
    return None
