"""The formula uses another variable than the one differentiated."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.path import leaves
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "formula-uses-other-variable.title",
    "formula-uses-other-variable.says",
    "formula-uses-other-variable.hint",
)
STAGE = "source"
RANK = 5


def seen(case: Case, facts: Facts) -> Spot | None:
    """The source has no way to the target, another variable has."""
    for loss in facts.losses:
        record = facts.made(loss.source)
        if loss.how != "none" or record is None or facts.flow.goes_into(loss.source, loss.target):
            continue
        asked = {leaf.id for call in facts.calls for leaf in leaves(call.sources)}
        others = [
            v for v in facts.flow.variables_in(loss.target) if v.id not in asked and v.id != loss.source.id
        ]
        if not others:
            continue
        bind = facts.script.bind_at(others[0].line)
        names = {**facts.words(loss), "other": bind.name if bind else "another variable"}
        derived = facts.flow.descent({others[0].id, *facts.flow.reads(others[0].id)})
        ops = [
            op for op in facts.ops_of(loss.target)
            if op.type != "ReadVariableOp" and not derived.isdisjoint(op.outputs)
        ]  # fmt: skip
        line = ops[-1].line if ops else loss.call.line
        return Spot(line, facts.column_of(line), names, loss.call.at)
    return None
