"""Outer and inner tape in each other's role."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "nested-tapes-swapped.title", "nested-tapes-swapped.says", "nested-tapes-swapped.hint"
STAGE = "chain"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The tape opened first gave the first derivative, the one opened within it was asked for the second."""
    for loss in facts.losses:
        first = facts.parent(loss.call)
        if loss.how != "none" or first is None or first.tape == loss.call.tape:
            continue
        outer = facts.flow.events(first.tape, "enter")
        inner = facts.flow.events(loss.call.tape, "enter")
        if outer and inner and outer[0].at < inner[0].at and loss.call.tape not in first.within:
            node = facts.script.gradient_at(first.line)
            return Spot(first.line, column(node), facts.words(loss), first.at)
    return None
