"""The function's value handed in as its slope."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "value-reported-not-slope.title",
    "value-reported-not-slope.says",
    "value-reported-not-slope.hint",
)
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The number handed in is the value of the target, which is the exercise's function."""
    value = facts.amounts.value
    if (
        case.exercise.judged_as in ("value", "tangent", "optimiser")
        or facts.amounts.typed is not None
        or (case.reference.words and case.reference.number is None)
    ):
        return None
    if value is None or not facts.amounts.is_given(value) or not facts.making.chain:
        return None
    chain, targets = facts.making.chain, {facts.target_name(call) for call in facts.calls}
    line = chain[-1].line
    for bind in chain:
        shown_ = facts.script.plain(bind.value)
        if facts.script.returned(shown_) is not None:
            continue
        if shown_ is not None and (
            ast.unparse(shown_) in targets or not isinstance(shown_, (ast.Name, ast.Attribute))
        ):
            line = bind.line
            break
    call = facts.base
    names = {"tgt": facts.target_name(call) if call is not None else "y"}
    return Spot(line, facts.column_of(line), names)
