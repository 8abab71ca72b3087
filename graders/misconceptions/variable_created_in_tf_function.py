"""A tf.Variable made within a tf.function."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "variable-created-in-tf-function.title",
    "variable-created-in-tf-function.says",
    "variable-created-in-tf-function.hint",
)
STAGE = "stopped"


def seen(case: Case, facts: Facts) -> Spot | None:
    """TensorFlow's own words; the line is that of the variable within the traced function."""
    raised = facts.raised
    if raised is None or not facts.raised_by(
        "", "tf.function only supports singleton", "tf.function-decorated function tried to create"
    ):
        return None
    for call in facts.script.calls:
        if facts.script.word(call.func) == "Variable" and facts.script.traced(call):
            bind = facts.script.bind_at(call.lineno)
            return Spot(call.lineno, column(call), {"src": bind.name if bind else "the variable"})
    return Spot(raised.line, facts.column_of(raised.line), {"src": "the variable"})
