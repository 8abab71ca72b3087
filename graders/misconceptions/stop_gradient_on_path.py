"""tf.stop_gradient on the way from source to target."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "stop-gradient-on-path.title", "stop-gradient-on-path.says", "stop-gradient-on-path.hint"
STAGE = "path"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A StopGradient operation cuts the way."""
    if "stop_gradient" in str(case.exercise.function):
        return None
    for loss in facts.losses:
        for found in facts.breaks(loss, "stopped"):
            return Spot(found.op.line, facts.column_of(found.op.line), facts.words(loss), found.op.at)
    return None
