"""The function's value handed in as its slope."""

from __future__ import annotations

import ast

from graders.amounts import near, numbers_of
from graders.case import Case
from graders.evidence import Call
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "value-reported-not-slope.title",
    "value-reported-not-slope.says",
    "value-reported-not-slope.hint",
)
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """What was handed in is the target of a gradient call, or has the value of the exercise's function."""
    if case.exercise.judged_as == "value" or facts.amounts.typed is not None or not facts.making.chain:
        return None
    if case.reference.words and case.reference.number is None:
        return None
    call = _reported(facts)
    value = facts.amounts.value
    if call is None and (value is None or not facts.amounts.is_given(value)):
        return None
    if call is None and case.exercise.judged_as in ("tangent", "optimiser"):
        return None
    base = call or facts.base
    names = {"tgt": facts.target_name(base) if base is not None else "y"}
    line = _line(facts)
    return Spot(line, facts.column_of(line), names)


def _reported(facts: Facts) -> Call | None:
    """The gradient call whose very target was handed in, by its identity or by its name and value."""
    held, given = facts.amounts.held, facts.amounts.given
    right = near(given, facts.amounts.right)  # here only: at other points value and slope differ
    last = facts.script.plain(facts.making.chain[-1].value)
    for call in reversed(facts.calls):
        if facts.parent(call) is not None or call.target.kind not in ("tensor", "variable"):
            continue
        same = held is not None and held.id is not None and held.id == call.target.id
        by_name = last is not None and ast.unparse(last) == facts.target_name(call)
        made = {bind.name for bind in facts.making.chain}
        if same or (
            not right
            and (by_name or facts.target_name(call) in made)
            and near(given, numbers_of(call.target))
        ):
            return call
    return None


def _line(facts: Facts) -> int | None:
    """The first copy of the target, or where the value was made."""
    targets = {facts.target_name(call) for call in facts.calls}
    for bind in facts.making.chain:
        plain = facts.script.plain(bind.value)
        if facts.script.returned(plain) is not None:
            continue
        if plain is not None and (
            ast.unparse(plain) in targets or not isinstance(plain, (ast.Name, ast.Attribute))
        ):
            return bind.line
    return facts.making.chain[-1].line
