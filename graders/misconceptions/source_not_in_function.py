"""The function does not depend on a source, and None is taken for a failure."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.losses import Loss
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "source-not-in-function.title",
    "source-not-in-function.says",
    "source-not-in-function.hint",
)
STAGE = "source"
RANK = 3


def seen(case: Case, facts: Facts) -> Spot | None:
    """A followed float source without a way to a recorded target, where the exercise's derivative is 0."""
    for loss in facts.losses:
        variable = facts.variable(loss.source)
        followed = facts.flow.watched(loss.call.tape, loss.source) or (
            variable is not None and variable.trainable
        )
        if loss.how != "none" or not followed or facts.flow.goes_into(loss.source, loss.target):
            continue
        if not facts.ops_of(loss.target) or not _is_flat(case, facts, loss):
            continue
        node = facts.script.gradient_at(loss.call.line)
        return Spot(loss.call.line, column(node), facts.words(loss), loss.call.at)
    return None


def _is_flat(case: Case, facts: Facts, loss: Loss) -> bool:
    """Whether the exercise's own derivative by this source is 0 everywhere: its function has not this variable."""
    right, likeness = case.reference.gradient, facts.likeness
    if right is None or 0 not in right.data:
        return False
    if likeness is None or likeness.function is None:
        return True
    unused = [name for name in likeness.function.variables if name not in likeness.function.used]
    return bool(unused)
