"""The gradients of a run that did not come through: None, refused, or silently incomplete."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from graders.evidence import Call, Ref
from graders.matching import alike
from graders.path import leaves

if TYPE_CHECKING:
    from graders.facts import Facts

MOST = 4
"""More gradients that did not come through say nothing new."""
PLAIN = ("number", "array", "word")


@dataclass(frozen=True, slots=True)
class Loss:
    """A gradient that did not come through from one source: `how` is none, refused or silent.

    none: the tape gave None. refused: the call raised since target or source is no tensor. silent: the value of
    the target is right but its derivative is not, so a part of the way is missing.
    """

    how: str
    call: Call
    source: Ref
    target: Ref
    index: int


def losses_of(facts: Facts) -> tuple[Loss, ...]:
    """The gradients that did not come through, as far as they matter for what was handed in."""
    found = list(islice(_lost(facts), MOST))
    if not found and _frozen(facts) and facts.base is not None:
        found = [
            Loss("silent", facts.base, source, facts.base.target, index)
            for index, source in enumerate(leaves(facts.base.sources))
        ]
    if not found and facts.case.meant.matches and _wrong_gradient(facts):
        found = [
            Loss("silent", call, source, call.target, index)
            for call in facts.case.meant.calls
            for index, source in enumerate(leaves(call.sources))
        ]
    return tuple(found)


def _wrong_gradient(facts: Facts) -> bool:
    """Whether the tape's derivative is wrong, here or (where it agrees by chance) at other points."""
    case = facts.case
    if case.reference.order != 1:
        return False
    elsewhere = facts.likeness is not None and facts.likeness.same is False
    return elsewhere or not case.right(case.result, case.reference.gradient)


def _frozen(facts: Facts) -> bool:
    """Under a higher derivative: the function is right at its point and nowhere else, so a part of it stood still."""
    likeness = facts.likeness
    if facts.case.reference.order == 1 or likeness is None or likeness.same is not False:
        return False
    if likeness.rebuilt is None or likeness.function is None or not likeness.at_point:
        return False
    here, there = likeness.rebuilt.at(likeness.stated), likeness.value_at(likeness.function, likeness.stated)
    return here is not None and there is not None and alike([here], [there])


def _lost(facts: Facts) -> Iterator[Loss]:
    if not _none_matters(facts):
        return
    for call in facts.calls:
        sources = leaves(call.sources)
        if call.error is not None:
            if _refused(facts, call):
                yield from (Loss("refused", call, s, call.target, i) for i, s in enumerate(sources))
            continue
        results = leaves(call.result)
        for index, source in enumerate(sources):
            if index < len(results) and (
                results[index].kind == "none" or _zeroed(facts, call, index, results[index])
            ):
                yield Loss("none", call, source, call.target, index)


def _zeroed(facts: Facts, call: Call, index: int, result: Ref) -> bool:
    """Whether a 0 stands for None: the call asked for zeros where nothing is connected."""
    node = facts.script.gradient_at(call.line)
    asks = node is not None and any(item.arg == "unconnected_gradients" for item in node.keywords)
    right = facts.case.reference.gradient
    flat = right is not None and index < len(right.data) and right.data[index] == 0
    return asks and not flat and result.value is not None and not any(result.value.data)


def _none_matters(facts: Facts) -> bool:
    """Not when the answer is a number after all: an attempt that failed and was put right is no mistake."""
    case = facts.case
    named = facts.names.get(facts.answer_name)
    if facts.raised is not None or "unconnected_gradients" in facts.script.keywords:
        return True
    if named is not None and any(leaf.kind == "none" for leaf in leaves(named)):
        return True
    result, right = case.meant.result, case.reference.number or case.reference.gradient
    return result is None or (right is not None and len(result) < len(right.data))


def _refused(facts: Facts, call: Call) -> bool:
    things = (*leaves(call.target), *leaves(call.sources))
    return any(thing.kind in PLAIN for thing in things) and bool(call.error)
