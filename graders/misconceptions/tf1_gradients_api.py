"""tf.gradients of TensorFlow 1 instead of a tape."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "tf1-gradients-api.title", "tf1-gradients-api.says", "tf1-gradients-api.hint"
STAGE = "stopped"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The program stopped at a call of tf.gradients."""
    raised = facts.raised
    if raised is None:
        return None
    calls = [
        c for c in facts.script.calls
        if facts.script.word(c.func) == "gradients" and facts.script.dotted(c.func).startswith("tensorflow")
    ]  # fmt: skip
    for call in calls:
        if call.lineno <= raised.line <= (call.end_lineno or 0) or "gradients" in raised.message:
            return Spot(call.lineno, column(call), {}, 0)
    return None
