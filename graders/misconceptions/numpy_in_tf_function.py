""".numpy() within a tf.function."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "numpy-in-tf-function.title", "numpy-in-tf-function.says", "numpy-in-tf-function.hint"
STAGE = "stopped"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A tensor without a value yet was asked for its number while a function was traced."""
    raised = facts.raised
    if raised is None or not facts.raised_by(
        "AttributeError|NotImplementedError|TypeError", "numpy", "symbolic", "Symbolic"
    ):
        return None
    calls = [c for c in facts.script.methods("numpy", "item") if facts.script.traced(c)]
    calls += [
        c for c in facts.script.calls
        if facts.script.traced(c) and isinstance(c.func, ast.Name) and c.func.id == "float" and c.args
    ]  # fmt: skip
    near = [c for c in calls if c.lineno <= raised.line <= (c.end_lineno or 0)] or calls
    return Spot(near[0].lineno, column(near[0])) if near else None
