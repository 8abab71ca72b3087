"""The recorded function held against the exercise's: the same, one edit away, or another one altogether.

Functions are compared by their numbers at several points, never by one; only then does an identity name the edit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from graders import parts
from graders.case import Case
from graders.evidence import Call, Ref
from graders.matching import Edit, Matching, alike, close_to
from graders.path import leaves
from graders.rebuild import Rebuilt
from graders.reference import shape_of

if TYPE_CHECKING:
    from tfgrad_course.maths import Function

_KNOWN = (math.pi / 12, math.e)
_MOVES = (0.37, -0.29, 0.61, -0.53, 0.83, 0.19, -0.71, 0.47)
COUNT = 6


@dataclass(frozen=True)
class Likeness:
    """One recorded target against the exercise's function.

    Sources stand for the point's numbers that they hold (or, where `named` has the exercise's names, that they are
    called by); `in_place`, for the ones at their own place.
    """

    case: Case
    call: Call
    in_place: bool = False
    named: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def function(self) -> Function | None:
        """The exercise's function; None when only code states it."""
        from tfgrad_course.course.formulas import function_of

        return function_of(self.case.exercise)

    @cached_property
    def variables(self) -> tuple[tuple[str, int], ...]:
        """The numbers of the exercise's point: variable and index."""
        point = self.case.exercise.point
        if point is None:  # critical points are looked for anywhere
            return tuple((name, 0) for name in self.case.exercise.variables)
        return tuple((name, i) for name, value in point.items() for i in range(len(_flat(value))))

    @cached_property
    def stated(self) -> tuple[float, ...]:
        """The numbers of the point as stated; where none is, the ones that were taken."""
        if self.case.exercise.point is None:
            return self.given
        return tuple(v for value in (self.case.exercise.point or {}).values() for v in _flat(value))

    @cached_property
    def sources(self) -> tuple[Ref, ...]:
        """What stands for the exercise's variables: the call's sources, else all variables in the target."""
        asked = leaves(self.call.sources)
        flow = self.case.flow
        independent = all(
            ref.kind == "variable" or (ref.id is not None and self._free(ref.id)) for ref in asked
        )
        if independent and self._count(asked) == len(self.variables):
            return asked
        inside = tuple(
            Ref("variable", "Variable", v.id, v.value)
            for v in flow.variables_in(self.call.target)
            if v.trainable
        )
        return inside if self._count(inside) == len(self.variables) else self._by_name()

    def _by_name(self) -> tuple[Ref, ...]:
        """Tensors and variables in the target that are called as the exercise calls its variables."""
        before, _ = self.case.flow.ancestry(self.case.flow.standing(self.call.target))
        found = []
        for name in dict.fromkeys(name for name, _ in self.variables):
            hits = [i for i in sorted(before) if self.named.get(i) == name and i in self.case.flow.tensors]
            if not hits:
                return ()
            found.append(Ref("tensor", "Tensor", hits[0], self.case.flow.tensors[hits[0]].value))
        return tuple(found) if self._count(found) == len(self.variables) else ()

    def _free(self, tensor: int) -> bool:
        op = self.case.flow.producer.get(tensor)
        return op is None or not any(t in self.case.flow.read_of for t in op.inputs)

    @staticmethod
    def _count(refs: Sequence[Ref]) -> int:
        return sum(len(ref.value.data) if ref.value is not None else 0 for ref in refs)

    @cached_property
    def given(self) -> tuple[float, ...]:
        """The numbers that the sources held, in their order, when the target was recorded."""
        flow, found = self.case.flow, list[float]()
        before, _ = flow.ancestry(flow.starts(self.call.target))
        for ref in self.sources:
            read = next((t for t in sorted(flow.standing(ref) & before) if t in flow.tensors), None)
            value = flow.tensors[read].value if read is not None else None
            found += parts.numbers(value or ref.value) or ()
        return tuple(found)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Which of the point's numbers each number of the sources is; by value, else by place."""
        count = len(self.stated)
        if len(self.given) != count or self.in_place:
            return tuple(range(count))
        names, own = (
            [self.named.get(ref.id or -1) for ref in self.sources],
            [name for name, _ in self.variables],
        )
        if len(names) == count and sorted(map(str, names)) == sorted(own):
            return tuple(own.index(str(name)) for name in names)
        found: dict[int, int] = {i: i for i in range(count) if close_to(self.given[i], self.stated[i])}
        for i in range(count):
            if i not in found:
                taken = set(found.values())
                equal = [
                    p for p in range(count) if p not in taken and close_to(self.given[i], self.stated[p])
                ]
                found.update({i: equal[0]} if equal else {})
        free = iter([place for place in range(count) if place not in set(found.values())])
        return tuple(found[i] if i in found else next(free) for i in range(count))

    @cached_property
    def at_point(self) -> bool:
        """Whether the sources hold the point's numbers."""
        return len(self.given) == len(self.stated) and all(
            close_to(self.given[i], self.stated[place]) for i, place in enumerate(self.order)
        )

    @cached_property
    def rebuilt(self) -> Rebuilt | None:
        """The target as a function of the point's numbers."""
        if not self.sources or len(self.given) != len(self.stated):
            return None
        slots: dict[int, tuple[int, ...]] = {}
        at = 0
        for ref in self.sources:
            size = len(ref.value.data) if ref.value is not None else 0
            places = self.order[at : at + size]
            at += size
            slots.update(dict.fromkeys(self.case.flow.standing(ref), places))
        return Rebuilt(self.case.flow, self.call.target, slots)

    @cached_property
    def probes(self) -> tuple[tuple[float, ...], ...]:
        """Points around the stated one, inside the domain."""
        found = []
        for row in range(COUNT):
            moved = []
            for i, (name, _) in enumerate(self.variables):
                move = _MOVES[(row + 3 * i) % len(_MOVES)]
                low, high = self._domain(name)
                value = self.stated[i]
                if low is not None and high is not None:
                    moved.append(low + (high - low) * (0.5 + 0.45 * move))
                else:
                    moved.append(value + move * max(1.0, 0.5 * abs(value)))
            found.append(tuple(moved))
        return tuple(found)

    def _domain(self, name: str) -> tuple[float | None, float | None]:
        domain: Any = self.case.exercise.domain
        limits = domain.get(name) if isinstance(domain, dict) else domain
        return (float(limits[0]), float(limits[1])) if limits else (None, None)

    def _shaped_point(self) -> dict[str, Any]:
        point = self.case.exercise.point
        return dict(point) if point is not None else {name: 0.0 for name, _ in self.variables}

    def value_at(self, function: Function, numbers: Sequence[float]) -> Any:
        """Any function of the exercise's variables at any numbers; None where it has no value."""
        shapes = tuple((name, shape_of(value)) for name, value in self._shaped_point().items())
        return _value(function, shapes, tuple(numbers))

    @cached_property
    def mine(self) -> list[Any]:
        """The recorded function's numbers at the probes; empty when it cannot be replayed."""
        if self.rebuilt is None:
            return []
        found = [self.rebuilt.at(probe) for probe in self.probes]
        return [] if any(part is None for part in found) else found

    @cached_property
    def theirs(self) -> list[Any]:
        """The exercise's function at the probes."""
        return self.values(self.function) if self.function is not None else []

    def values(self, function: Function) -> list[Any]:
        """Any function of the exercise's variables at the probes; empty when it has no value there."""
        found = [self.value_at(function, probe) for probe in self.probes]
        return [] if any(part is None for part in found) else found

    @cached_property
    def component(self) -> int | None:
        """Which output of the exercise's vector function a single target is; None when it is the whole."""
        if not self.mine or not self.theirs or self.mine[0].size == self.theirs[0].size:
            return None
        if self.mine[0].size != 1:
            return None
        count = self.theirs[0].size
        return next((i for i in range(count) if alike(self.mine, [t[i : i + 1] for t in self.theirs])), None)

    @cached_property
    def comparable(self) -> bool:
        """Whether the two functions can be held against each other at all."""
        return bool(self.mine and self.theirs) and self.mine[0].size == self.theirs[0].size

    @cached_property
    def same(self) -> bool | None:
        """Whether the recorded function is the exercise's; None when it cannot be told."""
        if self.component is not None:
            return True
        return alike(self.mine, self.theirs) if self.comparable else None

    @cached_property
    def matching(self) -> Matching:
        """The terms of the two functions laid side by side."""
        return Matching(self)

    @property
    def edit(self) -> Edit | None:
        """The one edit that explains the difference; None when they agree, or no single edit does."""
        return self.matching.edit


@lru_cache(maxsize=4096)
def _value(
    function: Function, shapes: tuple[tuple[str, tuple[int, ...]], ...], numbers: tuple[float, ...]
) -> Any:
    """Every submission to an exercise is held against the same functions at the same probes."""
    import numpy as np

    from tfgrad_course.maths import MathsError, evaluate

    values: dict[str, Any] = {}
    at = 0
    for name, shape in shapes:
        size = math.prod(shape)
        values[name] = np.array(numbers[at : at + size]).reshape(shape)
        at += size
    with np.errstate(all="ignore"):
        try:
            found = np.asarray(evaluate(function, np, values), dtype=float).ravel().copy()
        except (MathsError, ArithmeticError, ValueError, TypeError):
            return None
    found.flags.writeable = False
    return found


def is_rounded(given: float, stated: float) -> bool:
    """Whether a number of the point is one of pi's or e's parts, typed with a few digits only."""
    off = abs(given - stated) / max(abs(stated), 1e-9)
    parts_ = [stated / known for known in _KNOWN]
    return 1e-6 < off < 5e-3 and any(part and abs(part - round(part)) < 1e-9 for part in parts_)


def _flat(value: object) -> tuple[float, ...]:
    if isinstance(value, (list, tuple)):
        return tuple(number for item in value for number in _flat(item))
    return (float(value),)  # type: ignore[arg-type]
