"""The number that was handed in is typed, or worked out by hand."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column, shown
from graders.spot import Spot

TITLE, SAYS, HINT = "hard-coded-answer.title", "hard-coded-answer.says", "hard-coded-answer.hint"
STAGE = "answer"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A literal was handed in where a tape should compute the number."""
    if not case.exercise.form.tape or facts.amounts.typed is None:
        return None
    node, root = facts.amounts.typed, facts.making.root
    line = root.line if root is not None else getattr(node, "lineno", None)
    return Spot(line, column(node), {"val": shown(node)})
