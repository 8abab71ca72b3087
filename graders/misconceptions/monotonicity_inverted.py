"""The slope is right and was read the wrong way round."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "monotonicity-inverted.title", "monotonicity-inverted.says", "monotonicity-inverted.hint"
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The word is wrong although the comparison behind it looks at the right slope."""
    kind = case.exercise.judged_as
    if kind not in ("monotonicity", "concavity") or not facts.wrong_word or not facts.right_gradient:
        return None
    for test in facts.deciding.on_gradient:
        return Spot(test.lineno, column(test), {}, 0, "concavity" if kind == "concavity" else "")
    if facts.deciding.tests or facts.root_line is None or facts.making.root is None:
        return None
    value = facts.making.root.value
    if value is not None and facts.making.uses_gradient(value):
        return Spot(facts.root_line, facts.column_of(facts.root_line))
    return None
