"""What the tape followed, replayed close to the point: a straight line there is not the exercise's function.

Value and slope can be forged at one point (a tangent line whose slope was worked out by hand, a tape over x * x that
tells the secret mark); the values beside the point cannot, unless the function itself was recorded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from graders.case import Case
from graders.evidence import Call, Op
from graders.likeness import Likeness
from graders.parts import joined, numbers
from graders.rebuild import Rebuilt

_STOPS = ("StopGradient", "PreventGradient")
_STEP = 0.02  # of the number moved: a program's own branches are seldom so close
_ROUNDING = 1e-4
_NOISE = 2e-6
_DOUBLED, _GROWTH = (1, 2, 4, 8), 5.0
Values = tuple[float, ...]


@dataclass(frozen=True)
class _Followed(Rebuilt):
    """A target as the tape sees it: what stands behind a stop is a constant, of the value it has where it was made."""

    stated: Values = ()

    @cached_property
    def _whole(self) -> Rebuilt:
        return Rebuilt(self.flow, self.target, self.slots)

    def _recorded(self, tensor: int) -> Any:
        """In a traced function there are no values: there the whole is replayed at the stated point."""
        held = Rebuilt._recorded(self, tensor)
        return self._whole.at(self.stated, tensor) if held is None and self.stated else held

    @cached_property
    def ops(self) -> tuple[Op, ...]:
        """The operations between sources and target that a gradient comes through."""
        seen: set[int] = set()
        found: dict[int, Op] = {}
        todo = list(self.flow.starts(self.target))
        while todo:
            tensor = todo.pop()
            op = None if tensor in seen or tensor in self.slots else self.flow.producer.get(tensor)
            seen.add(tensor)
            if op is not None and op.type not in _STOPS:
                found[op.index] = op
                todo.extend(op.inputs)
        return tuple(found[index] for index in sorted(found))


def is_forged(case: Case) -> bool:
    """Whether the recorded function is surely another one than the exercise's beside the point; if in doubt, not."""
    reference = case.reference
    if reference.order != 1 or reference.unordered or case.exercise.function is None or _has_stops(case):
        return False
    plain = reference.number is not None and reference.gradient is not None
    plain = plain and reference.number.data == reference.gradient.data  # type: ignore[union-attr]
    if any(case.right(case.result, q) for q in (reference.gradient, *reference.gradients)):
        if _forward_alone(case):
            return True
        if case.meant.matches:
            return len(case.meant.calls) == 1 and _bent(case, case.meant.calls[0])
        if not all(call.weighted for call in case.meant.calls):  # a slope may be handed in as the weight
            return False
    return plain and len(reference.point) == 1 and _unexplained(case)


def _forward_alone(case: Case) -> bool:
    """Whether only forward mode gave the derivative, where the exercise asks for the tape's."""
    requires = case.exercise.requires
    if requires is not None and requires.derivative != "tape":
        return False
    wanted = (case.reference.gradient, *case.reference.gradients)
    right = [
        call
        for call in case.recording.calls
        if call.error is None and any(case.right(joined([call.result]), one) for one in wanted)
    ]
    return bool(right) and all(call.how == "jvp" for call in (*right, *case.meant.calls))


def _has_stops(case: Case) -> bool:
    """Whether the exercise itself holds a part still: then the tape rightly follows another function."""
    from tfgrad_course.course.formulas import function_of

    function = function_of(case.exercise)
    return function is not None and any(
        getattr(node, "name", "") == "stop_gradient" for node in function.nodes()
    )


def _bent(case: Case, call: Call) -> bool:
    """Whether the target leaves the function on both sides of the point, along one of its numbers."""
    likeness = Likeness(case, call)
    mine, theirs = _mine(case, likeness, call), _theirs(likeness)
    if mine is None or theirs is None:
        return False
    for place in range(len(likeness.stated)):
        if all(_apart(mine, theirs, _moved(likeness.stated, place, sign)) is True for sign in (1, -1)):
            return True
        if all(_leaves(mine, theirs, likeness.stated, place, sign) for sign in (1, -1)):
            return True
    return False


def _leaves(
    mine: Callable[[Values], Any], theirs: Callable[[Values], Any], stated: Values, place: int, sign: int
) -> bool:
    """Whether the target leaves the function as a parabola through the point does: eight times as far at each
    doubling. Roundings grow slower, and a program's branches and loops agree beside the point."""
    apart: list[float] = []
    for steps in _DOUBLED:
        at = _moved(stated, place, sign * steps)
        one, other = mine(at), theirs(at)
        if one is None or other is None or len(one) != len(other) or not all(map(math.isfinite, other)):
            return False
        apart.append(max((abs(a - b) / (1.0 + abs(b)) for a, b in zip(one, other, strict=True)), default=0.0))
    grows = all(far > _GROWTH * near for near, far in pairwise(apart))
    return apart[0] > _NOISE and apart[-1] > 10 * _ROUNDING and grows


def _apart(mine: Callable[[Values], Any], theirs: Callable[[Values], Any], place: Values) -> bool | None:
    one, other = mine(place), theirs(place)
    if one is None or other is None or len(one) != len(other):
        return None
    return any(
        abs(a - b) > _ROUNDING * (1.0 + abs(b)) for a, b in zip(one, other, strict=True) if math.isfinite(b)
    )


def _unexplained(case: Case) -> bool:
    """Whether no tape's target has to do with the function, though the right number was handed in."""
    calls = [call for call in case.recording.calls if call.error is None and call.result is not None]
    if not 0 < len(calls) < 3 or case.reference.target is None or case.reference.gradient is None:
        return False
    if len(calls) == 2 and _combined(case, calls):
        return False
    return all(_strange(case, call) for call in calls)


def _combined(case: Case, calls: Sequence[Call]) -> bool:
    """Whether two tapes' results or targets make up the derivative or the function: sums, products, quotients."""
    if _sum_of_others(case, calls):
        return False
    for of, wanted in (("result", case.reference.gradient), ("target", case.reference.target)):
        parts = [joined([getattr(call, of)]) for call in calls]
        if any(part is None or len(part) != 1 for part in parts):
            return True
        (a,), (b,) = parts  # type: ignore[misc]
        made = [a + b, a - b, b - a, a * b, *([a / b] if b else []), *([b / a] if a else [])]
        if any(case.right((made_of,), wanted) for made_of in made):
            return True
    return False


def _sum_of_others(case: Case, calls: Sequence[Call]) -> bool:
    """Whether the results' sum or difference is the derivative, and yet the targets' is surely not the function."""
    a, b = (joined([call.result]) or () for call in calls)
    likenesses = [Likeness(case, call) for call in calls]
    parts = [_mine(case, likeness, call) for likeness, call in zip(likenesses, calls, strict=True)]
    theirs = _theirs(likenesses[0])
    if theirs is None or None in parts or len(a) != 1 or len(b) != 1:
        return False
    signs = [
        (k, m)
        for k, m in ((1, 1), (1, -1), (-1, 1))
        if case.right((k * a[0] + m * b[0],), case.reference.gradient)
    ]
    for k, m in signs:
        off = []
        for step in (0, 1, -1):
            place = _moved(likenesses[0].stated, 0, step)
            values = [one(place) if one else None for one in (*parts, theirs)]
            if any(value is None or len(value) != 1 for value in values):
                return False
            off.append(k * values[0][0] + m * values[1][0] - values[2][0])  # type: ignore[index]
        if all(abs(one - off[0]) <= _ROUNDING * (1 + abs(off[0])) for one in off):
            return False
    return bool(signs)


def _strange(case: Case, call: Call) -> bool:
    """Whether a target is neither the function times something plus something nor made from the function."""
    likeness = Likeness(case, call)
    mine, theirs = _mine(case, likeness, call), _theirs(likeness)
    if mine is None or theirs is None or likeness.function is None:
        return False
    if len(likeness.stated) != 1 or not likeness.at_point:
        return False
    places = [_moved(likeness.stated, 0, sign) for sign in (0, 1, -1, 2)]
    ours, right = [mine(place) for place in places], [theirs(place) for place in places]
    if any(value is None or len(value) != 1 for value in (*ours, *right)):
        return False
    if _affine([value[0] for value in ours], [value[0] for value in right]):
        return False
    return not _made_from(case, likeness, call)


def _affine(ours: Sequence[float], right: Sequence[float]) -> bool:
    steps = [(a - ours[0], b - right[0]) for a, b in zip(ours[1:], right[1:], strict=True)]
    slopes = [a / b if b else math.inf for a, b in steps]
    return all(abs(slope - slopes[0]) <= 1e-3 * abs(slopes[0]) for slope in slopes) and slopes[0] != 0


def _made_from(case: Case, likeness: Likeness, call: Call) -> bool:
    """Whether a tensor on the way to the target is the function itself."""
    rebuilt = _rebuilt(likeness, call)
    theirs = _theirs(likeness)
    if rebuilt is None or theirs is None:
        return True
    here = theirs(_moved(likeness.stated, 0, 0))
    beside = _moved(likeness.stated, 0, 1)
    there = theirs(beside)
    for tensor in {output for op in rebuilt.ops for output in op.outputs}:
        held = _value(case, tensor)
        if held is None or len(held) != 1 or abs(held[0] - here[0]) > 1e-3 * (1 + abs(here[0])):
            continue
        moved = rebuilt.at(beside, tensor)
        if moved is None or abs(float(moved.ravel()[0]) - there[0]) <= _ROUNDING * (1 + abs(there[0])):
            return True
    return False


def _value(case: Case, tensor: int) -> Values | None:
    record = case.flow.tensors.get(tensor)
    return numbers(record.value) if record is not None else None


def _rebuilt(likeness: Likeness, call: Call) -> Rebuilt | None:
    whole = likeness.rebuilt
    return None if whole is None else _Followed(whole.flow, whole.target, whole.slots, likeness.stated)


def _mine(case: Case, likeness: Likeness, call: Call) -> Callable[[Values], Any] | None:
    rebuilt = _rebuilt(likeness, call)
    if rebuilt is None or not likeness.at_point:
        return None

    def at(given: Values) -> Any:
        found = rebuilt.at(given)
        return None if found is None else [float(v) for v in found.ravel()]

    return at if at(likeness.stated) is not None else None


def _theirs(likeness: Likeness) -> Callable[[Values], Any] | None:
    function = likeness.function
    if function is None:
        return None

    def at(given: Values) -> Any:
        found = likeness.value_at(function, given)
        return None if found is None else [float(v) for v in found.ravel()]

    return at


def _moved(point: Values, place: int, steps: int) -> Values:
    step = _STEP * max(1.0, abs(point[place])) * steps
    return tuple(value + step if k == place else value for k, value in enumerate(point))
