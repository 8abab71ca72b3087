"""A second gradient call on a tape that keeps its recording for one."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "tape-used-twice.title", "tape-used-twice.says", "tape-used-twice.hint"
STAGE = "stopped"


def seen(case: Case, facts: Facts) -> Spot | None:
    """TensorFlow's own words about non-persistent tapes; it says the same of a tape that never recorded."""
    raised = facts.raised
    if raised is None or not facts.raised_by("RuntimeError", "non-persistent GradientTape can only"):
        return None
    last = facts.calls[-1] if facts.calls else None
    if last is not None and last.error is not None and not facts.flow.events(last.tape, "enter"):
        return None
    return Spot(raised.line, column(facts.script.gradient_at(raised.line)))
