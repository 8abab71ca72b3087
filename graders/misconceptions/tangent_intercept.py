"""The value at the point used as the intercept of the tangent."""

from __future__ import annotations

import ast

from graders.amounts import near
from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "tangent-intercept.title", "tangent-intercept.says", "tangent-intercept.hint"
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The slopes handed in are right, and the last number is the value at the point."""
    given, right, value = facts.amounts.given, facts.amounts.right, facts.amounts.value
    if (
        case.exercise.judged_as not in ("tangent", "normal")
        or given is None
        or right is None
        or value is None
    ):
        return None
    if len(given) != len(right) or len(right) < 2 or not near(given[:-1], right[:-1]):
        return None
    if not near(given[-1:], value) or near(given, right):
        return None
    return _spot(facts)


def _spot(facts: Facts) -> Spot:
    root = facts.making.root
    value = root.value if root is not None else None
    if isinstance(value, (ast.List, ast.Tuple)) and value.elts:
        last = facts.script.plain(value.elts[-1])
        targets = {facts.target_name(call) for call in facts.calls}
        if isinstance(last, ast.Name) and last.id not in targets:
            for bind in facts.script.origin(last.id, value.lineno):
                shown_ = facts.script.plain(bind.value)
                if not isinstance(shown_, ast.Name) or shown_.id in targets:
                    return Spot(bind.line, column(bind.node))
    return Spot(facts.root_line, facts.column_of(facts.root_line))
