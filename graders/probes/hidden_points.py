"""The same program at points it could not foresee: typed-in numbers and patched results do not follow."""

from __future__ import annotations

import functools
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graders.case import Case
from graders.evidence import Call, Ref, Value
from graders.formula import Same
from graders.meant import MOST, Slot, same
from graders.parts import numbers
from graders.path import leaves
from graders.reference import flat

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

COUNT = 3
STOCK = 16  # sets of points: which one a submission gets depends on its source and on chance
_FLOATS = ("float16", "bfloat16", "float32", "float64")


@dataclass(frozen=True, slots=True)
class Creation:
    """A variable or constant that the program makes: `n` is its name for further runs."""

    n: str
    identity: int
    value: Value
    trainable: bool


def inputs(exercise: Exercise, seed: int) -> list[dict[str, Any]]:
    """Points near the stated one, inside the domain, where the problem is well conditioned."""
    return list(_drawn(Same(exercise), seed % STOCK))


@functools.lru_cache(maxsize=2048)
def _drawn(same: Same, number: int) -> tuple[dict[str, Any], ...]:
    """One of the secret sets of points of an exercise: drawn anew by every grader, and worked out once for a class."""
    from tfgrad_course.course.points import hidden_points

    return tuple(hidden_points(same.exercise, secrets.randbits(48) + number, COUNT))


def replacements(case: Case, point: Mapping[str, Any]) -> tuple[tuple[str, Value], ...]:
    """What to put in place of the creations that hold the stated point; empty when one cannot be found."""
    places = held_by(case)
    if places is None:
        return ()
    moved = {name: flat(value) for name, value in point.items()}
    return tuple(
        (made.n, Value(made.value.dtype, made.value.shape, tuple(moved[name][k] for name, k in slots)))
        for made, slots in places
    )


def held_by(case: Case) -> list[tuple[Creation, list[Slot]]] | None:
    """The creations that hold the numbers of the point, and which; None unless all numbers are covered.

    What the tape calls were asked about comes first, then what went into their targets, then any other variable.
    """
    found: dict[str, tuple[Creation, list[Slot]]] = {}
    made = {creation.identity: creation for creation in _creations(case)}
    calls = (*case.meant.every, *_again(case)) if case.meant.matches else case.recording.calls
    for call in calls:
        _take(case, [made[s.id] for s in leaves(call.sources) if s.id in made], found)
    wanted = {slot for slot, _ in case.search.slots}
    if _covered(found) >= wanted:
        return list(found.values())
    for candidates in (
        _behind(case, calls, made),
        sorted(made.values(), key=lambda each: not each.trainable),
    ):
        for creation in candidates:
            if creation.n not in found and not _covered(found) >= wanted:
                _take(case, [creation], found, _covered(found))
    return list(found.values()) if _covered(found) >= wanted else None


def _again(case: Case) -> list[Call]:
    """Other calls that answer the same question: a program may check itself, and all of it has to move."""
    meant = {call.index for call in case.meant.every}
    others = [call for call in case.recording.calls if call.error is None and call.index not in meant]
    return [call for call in others[:MOST] if case.search.fits(call)]


def _covered(found: Mapping[str, tuple[Creation, list[Slot]]]) -> set[Slot]:
    return {slot for _, slots in found.values() for slot in slots}


def _take(
    case: Case,
    creations: Sequence[Creation],
    found: dict[str, tuple[Creation, list[Slot]]],
    taken: set[Slot] | None = None,
) -> None:
    """Notes which numbers of the point these creations hold together, if they do."""
    refs = [Ref("variable" if c.n.startswith("v") else "tensor", "", c.identity, c.value) for c in creations]
    slots = case.search.placed(refs, tuple(taken or ()))
    if slots is None or (taken and set(slots) & taken):
        return
    at = 0
    for creation in creations:
        size = len(creation.value.data)
        found.setdefault(creation.n, (creation, slots[at : at + size]))
        at += size


def _creations(case: Case) -> Iterator[Creation]:
    for variable in case.recording.variables:
        if variable.value is not None and variable.dtype in _FLOATS and numbers(variable.value):
            yield Creation(variable.creation, variable.id, variable.value, variable.trainable)
    chosen = _chosen(case)
    for tensor in case.recording.tensors:
        if (
            tensor.id in chosen
            and tensor.creation
            and tensor.value is not None
            and tensor.dtype in _FLOATS
            and numbers(tensor.value)
        ):
            yield Creation(tensor.creation, tensor.id, tensor.value, False)


def _chosen(case: Case) -> set[int]:
    """Tensors the program has a use of its own for: watched, asked about or named; a number in a formula is none."""
    recording = case.recording
    refs = [event.ref for event in recording.tapes if event.what == "watch"]
    refs += [call.sources for call in recording.calls] + [ref for _, ref in recording.names]
    started = {variable.initial for variable in recording.variables}
    return {leaf.id for ref in refs for leaf in leaves(ref) if leaf.id is not None} - started


def _behind(case: Case, calls: Sequence[Any], made: Mapping[int, Creation]) -> list[Creation]:
    """Creations that went into the targets, variables first."""
    starts = frozenset().union(*(case.flow.starts(call.target) for call in calls)) if calls else frozenset()
    ancestors, _ = case.flow.ancestry(starts)
    owners = {case.flow.read_of[t] for t in ancestors if t in case.flow.read_of}
    return [made[i] for i in sorted(owners) if i in made] + [
        made[t] for t in sorted(ancestors) if t in made and t not in owners
    ]


__all__ = ["COUNT", "Creation", "held_by", "inputs", "replacements", "same"]
