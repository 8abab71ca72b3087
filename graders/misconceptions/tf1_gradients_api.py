"""tf.gradients of TensorFlow 1 instead of a tape."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "tf1-gradients-api.title", "tf1-gradients-api.says", "tf1-gradients-api.hint"
STAGE = "stopped"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The program stopped at a call of tf.gradients, or asks no tape but this function."""
    raised = facts.raised
    for call in facts.script.calls:
        name = facts.script.dotted(call.func)
        if not name.startswith("tensorflow") or not name.endswith(".gradients"):
            continue
        stopped = raised is not None and (
            call.lineno <= raised.line <= (call.end_lineno or 0) or "gradients" in raised.message
        )
        if stopped or not facts.calls:
            return Spot(call.lineno, column(call), {}, 0)
    return None
