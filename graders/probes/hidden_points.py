"""The same program at points it could not foresee: typed-in numbers and patched results do not follow."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

from graders import parts
from graders.case import Case
from graders.evidence import Finished, Run, Value
from graders.path import leaves
from graders.reference import flat

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

COUNT = 3


def inputs(exercise: Exercise, seed: int) -> list[dict[str, object]]:
    """Points near the stated one, inside the domain, where the problem is well conditioned."""
    from tfgrad_course.course.points import hidden_points

    return hidden_points(exercise, seed, COUNT)


def replacements(case: Case, point: dict[str, object]) -> tuple[tuple[str, Value], ...] | None:
    """What to put in place of the meant call's sources, by creation; None when a source cannot be replaced."""
    order = case.order
    if order is None:
        return None
    numbers = {name: flat(value) for name, value in point.items()}
    made: dict[str, Value] = {}
    at = 0
    for source in (leaf for call in case.meant.calls for leaf in leaves(call.sources)):
        creation = _creation(case, source.kind, source.id)
        if creation is None or source.value is None:
            return None
        size = len(source.value.data)
        data = tuple(numbers[name][index] for name, index in order[at : at + size])
        at += size
        if creation in made and made[creation].data != data:
            return None
        made[creation] = Value(source.value.dtype, source.value.shape, data)
    return tuple(made.items())


def _creation(case: Case, kind: str, identity: int | None) -> str | None:
    if identity is None:
        return None
    if kind == "variable":
        variable = case.flow.variables.get(identity)
        return variable.creation if variable else None
    tensor = case.flow.tensors.get(identity)
    return tensor.creation if tensor else None


def runs(
    case: Case, source: str, filename: str, points: Sequence[dict[str, object]], mark: float, seed: int
) -> list[Run]:
    """One run a point, the last one with the marked tape; empty when a source cannot be replaced."""
    made: list[Run] = []
    for number, point in enumerate(points):
        replace = replacements(case, point)
        if not replace:
            return []
        marked = mark if number == len(points) - 1 else 1.0
        made.append(Run(source, filename, ("answer",), replace, marked, seed + 1 + number))
    return made


def judge(case: Case) -> str:
    """Whether one probe run agrees with its reference: held, broken or skipped (the source was not replaced)."""
    finished: Finished = case.finished
    if finished.outcome == "ended" and not finished.recording.replaced:
        return "skipped"
    if not case.right(case.result, case.reference.gradient):
        return "broken"
    if getattr(case.kind, "ANSWER_FOLLOWS", False):
        found: parts.Found = case.found
        if found.number is None or not case.right(found.number, case.reference.number):
            return "broken"
    return "held"


def shuffled_mark(seed: int) -> float:
    """A secret power of two: it leaves the bits of every float dtype's mantissa as they are."""
    return random.Random(seed).choice((2.0, 4.0, 8.0, 16.0, 0.5, 0.25))
