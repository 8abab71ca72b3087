"""The function does not depend on a source, and None is taken for a failure."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.losses import Loss
from graders.path import leaves
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
    """Whether the exercise's own derivative by this source is 0."""
    right = case.reference.gradient
    if right is None:
        return False
    others = leaves(loss.call.sources)
    if len(right.data) == len(others):
        return right.data[loss.index] == 0
    if case.exercise.judged_as in ("partials", "gradient") and len(others) == 1:
        return any(number == 0 for number in right.data)  # one call a source
    return all(number == 0 for number in right.data)
