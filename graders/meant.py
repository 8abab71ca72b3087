"""The tape calls a submission stands on, however its author splits the question among calls (design section 5).

Calls are laid over the derivative that is asked for like tiles: rows are the function's outputs, columns the numbers
it is differentiated by. One call may cover all, or several each a part.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graders.evidence import Call, Recording, Ref
from graders.parts import agree, close, joined, numbers
from graders.path import Flow, leaves
from graders.reference import Numbers, Quantity, Reference

MOST = 60
"""Of more calls than this (training loops) only the first and last ones, and those at the point, are looked at."""
Slot = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Meant:
    """The calls whose results are the derivative asked for, and the `inner` ones they differentiate once more.

    `matches` is True when the innermost target has the value f(point) and the sources the value of the point.
    """

    calls: tuple[Call, ...] = ()
    matches: bool = False
    inner: tuple[Call, ...] = ()
    given: Numbers | None = None

    @property
    def sources(self) -> tuple[Ref, ...]:
        """All sources, in the order they were asked for."""
        return tuple(leaf for call in self.calls for leaf in leaves(call.sources))

    @property
    def result(self) -> Numbers | None:
        """What the calls gave: in the order of the exercise where they cover it, else as they come."""
        if self.given is not None:
            return self.given
        return joined([call.result for call in self.calls]) if self.calls else None

    @property
    def every(self) -> tuple[Call, ...]:
        """Inner and outer calls, in the order of the run."""
        return tuple(sorted((*self.inner, *self.calls), key=lambda call: call.at))


@dataclass(frozen=True)
class Search:
    """One recording held against one reference."""

    recording: Recording
    reference: Reference
    flow: Flow
    asked: str = "answer"
    absolute: float | None = None

    @property
    def slots(self) -> list[tuple[Slot, float]]:
        """The numbers that are differentiated by, each with its name and index."""
        return [((name, k), value) for name, data in self.reference.point for k, value in enumerate(data)]

    def meant(self) -> Meant:
        """The best explanation: what is right before what fits before what was asked last."""
        calls = [call for call in self.recording.calls if call.error is None]
        if len(calls) > MOST:
            ends = [*calls[: MOST // 3], *calls[-2 * MOST // 3 :]]
            there = [call for call in calls if self.columns(call) is not None][-MOST:]
            chosen = {call.index for call in (*ends, *there)}
            calls = [call for call in calls if call.index in chosen]
        if not calls:
            return Meant()
        fitting = [found for found in self._explanations(calls) if found.matches]
        if fitting:
            right = [found for found in fitting if self.is_right(found.result)]
            return (right or fitting)[-1]
        reached = self._reaching(calls)
        if reached is not None:
            return Meant((reached,))
        top = [call for call in calls if all(tape == call.tape for tape in call.within)]
        return Meant(((top or calls)[-1],))

    def is_right(self, result: Numbers | None) -> bool:
        """Whether numbers are the derivative, in one of the ways it may be marked."""
        wanted = [self.reference.gradient, *self.reference.gradients]
        return any(close(result, quantity, self._dtypes_seen, self.absolute) for quantity in wanted)

    @property
    def _dtypes_seen(self) -> frozenset[str]:
        seen = {
            leaf.value.dtype for call in self.recording.calls for leaf in leaves(call.result) if leaf.value
        }
        return frozenset(seen) or frozenset({"float32"})

    def _explanations(self, calls: Sequence[Call]) -> Iterator[Meant]:
        """Sets of calls that might be meant, in the order of the run, smaller ones later where they end together."""
        levels = self.levels(calls)
        base = [call for call in calls if self.fits(call)]
        found: list[tuple[tuple[Call, ...], tuple[Call, ...]]] = [(group, ()) for group in _groups(base)]
        if self.reference.order > 1:
            found = list(self._nested(calls, base, levels))
        found.sort(key=lambda pair: (pair[0][-1].at, -len(pair[0])))
        for group, inner in found:
            given = self.arranged(group) if self.reference.order == 1 else None
            covers = given is not None or self.reference.order > 1 or len(group) == 1
            if covers:
                yield Meant(group, True, tuple(inner), given)

    def _nested(
        self, calls: Sequence[Call], base: Sequence[Call], levels: dict[int, frozenset[int]]
    ) -> Iterator[tuple[tuple[Call, ...], tuple[Call, ...]]]:
        """Outer calls (alone, or all on one tape or level) whose targets come from inner ones that fit."""
        fitting = {call.index for call in base}
        outer = [call for call in calls if levels[call.index] & fitting]
        by_index = {call.index: call for call in calls}
        for group in [*_groups(outer), tuple(outer)]:
            if group:
                below = sorted(frozenset().union(*(levels[call.index] for call in group)))
                inner = tuple(by_index[index] for index in below if by_index[index] not in group)
                yield tuple(group), inner

    def levels(self, calls: Sequence[Call]) -> dict[int, frozenset[int]]:
        """For each call, the earlier calls whose results went into its target."""
        made = {leaf.id: call.index for call in calls for leaf in leaves(call.result) if leaf.id is not None}
        below: dict[int, frozenset[int]] = {}
        for call in calls:
            ancestors, _ = self.flow.ancestry(self.flow.starts(call.target))
            direct = {made[t] for t in ancestors if t in made and made[t] < call.index}
            below[call.index] = frozenset(direct).union(*(below.get(index, frozenset()) for index in direct))
        return below

    def fits(self, call: Call) -> bool:
        """Whether target and sources are (part of) the function and the point."""
        return self.rows(call) is not None and self.columns(call) is not None

    def rows(self, call: Call) -> list[int] | None:
        """Which outputs of the function the target holds; None if it holds something else."""
        target = self.reference.target
        given = joined([call.target])
        if target is None or given is None or not given:
            return None
        seen = self.flow.dtypes(call.target) | {
            leaf.value.dtype for leaf in leaves(call.target) if leaf.value
        }
        allowed = target.tolerance(frozenset(seen), self.absolute)
        if len(given) == len(target.data):
            same = all(agree(a, b, t) for a, b, t in zip(given, target.data, allowed, strict=True))
            return list(range(len(given))) if same else None
        found: list[int] = []
        for number in given:
            hits = [
                k for k, (b, t) in enumerate(zip(target.data, allowed, strict=True)) if agree(number, b, t)
            ]
            free = [k for k in hits if k not in found]
            if not free:
                return None
            found.append(free[0])
        return found

    def columns(self, call: Call) -> list[Slot] | None:
        """Which of the point's numbers the sources are, number by number; None if they are others."""
        return self.placed(list(leaves(call.sources)))

    def placed(self, sources: Sequence[Ref], taken: Sequence[Slot] = ()) -> list[Slot] | None:
        """The point's numbers that sources hold: by their names, else in the point's order, else by value."""
        slots = self.slots
        given = [numbers(source.value) for source in sources]
        if any(part is None for part in given):
            return None
        flat = [value for part in given for value in part or ()]
        named = self._by_name(sources)
        if named is not None:
            return named
        if len(flat) == len(slots) and all(same(a, b) for a, (_, b) in zip(flat, slots, strict=True)):
            return [slot for slot, _ in slots]
        left = [pair for pair in slots if pair[0] not in taken]
        found: list[Slot] = []
        for value in flat:
            hit = next((pair for pair in left if same(value, pair[1])), None)
            if hit is None:
                return None
            left.remove(hit)
            found.append(hit[0])
        return found

    def _by_name(self, sources: Sequence[Ref]) -> list[Slot] | None:
        """Sources that the program calls as the exercise does, and that hold those values."""
        known = {ref.id: name for name, ref in self.recording.names if ref.kind in ("variable", "tensor")}
        points = dict(self.reference.point)
        found: list[Slot] = []
        for source in sources:
            name = known.get(source.id)
            part = numbers(source.value)
            if name not in points or part is None or len(part) != len(points[name]):
                return None
            if not all(same(a, b) for a, b in zip(part, points[name], strict=True)):
                return None
            found += [(name, k) for k in range(len(part))]
        return found if len(set(found)) == len(found) else None

    def arranged(self, group: Sequence[Call]) -> Numbers | None:
        """The results of calls as rows and columns of the derivative; None unless every place is covered."""
        gradient = self.reference.gradient
        width = len(self.slots)
        if gradient is None or not width:
            return None
        height = len(gradient.data) // width
        order = {slot: k for k, (slot, _) in enumerate(self.slots)}
        cells: dict[tuple[int, int], float] = {}
        used_rows: dict[int | None, list[int]] = {}
        for call in group:
            if not self._lay(call, height, order, cells, used_rows):
                return None
        if len(cells) != height * width:
            return None
        return tuple(cells[row, column] for row in range(height) for column in range(width))

    def _lay(
        self,
        call: Call,
        height: int,
        order: dict[Slot, int],
        cells: dict[tuple[int, int], float],
        used: dict[int | None, list[int]],
    ) -> bool:
        """One call's numbers put into their cells; False where they do not belong."""
        rows = self._rows_of(call, height, used)
        sources = leaves(call.sources)
        results = leaves(call.result) if call.result is not None else ()
        if rows is None or len(results) != len(sources):
            return False
        free = [slot for slot in order if any((row, order[slot]) not in cells for row in rows)]
        columns = self.placed(sources, [slot for slot in order if slot not in free])
        if columns is None:
            return False
        at = 0
        for source, result in zip(sources, results, strict=True):
            size = len(numbers(source.value) or ())
            part = numbers(result.value)
            if result.kind == "none" and all(
                self._is_flat(r, order[c]) for r in rows for c in columns[at : at + size]
            ):
                part = (0.0,) * (len(rows) * size)
            if part is None or len(part) != len(rows) * size:
                return False
            for k, value in enumerate(part):
                cells[rows[k // size], order[columns[at + k % size]]] = value
            at += size
        return True

    def _is_flat(self, row: int, column: int) -> bool:
        """Whether the derivative there is 0: then None says the same."""
        gradient = self.reference.gradient
        return gradient is not None and gradient.data[row * len(self.slots) + column] == 0

    def _rows_of(self, call: Call, height: int, used: dict[int | None, list[int]]) -> list[int] | None:
        found = self.rows(call)
        if found is None or height == 1:
            return None if found is None else [0]
        if call.how == "gradient" and len(found) > 1:
            return None
        if len(found) == 1:
            found = self._next_row(call, found[0], used)
        return found

    def _next_row(self, call: Call, row: int, used: dict[int | None, list[int]]) -> list[int]:
        """Of outputs with equal values, the first that no other target has taken."""
        target = self.reference.target
        identity = next((leaf.id for leaf in leaves(call.target)), None)
        if identity in used:
            return used[identity]
        taken = {k for rows in used.values() for k in rows}
        equal = [
            k
            for k, value in enumerate(target.data if target else ())
            if same(value, (target.data if target else ())[row])
        ]
        chosen = next((k for k in equal if k not in taken), row)
        used[identity] = [chosen]
        return [chosen]

    def _reaching(self, calls: Sequence[Call]) -> Call | None:
        """The last call whose result went into what is handed in under the asked name."""
        named = dict(self.recording.names).get(self.asked)
        if named is None:
            return None
        ancestors, _ = self.flow.ancestry(self.flow.starts(named))
        for call in reversed(calls):
            if {leaf.id for leaf in leaves(call.result) if leaf.id is not None} & ancestors:
                return call
        return None


def _groups(calls: Sequence[Call]) -> list[tuple[Call, ...]]:
    """Every call alone, and the calls that share a target, their sources, a tape, or all of them."""
    keys: dict[tuple[object, ...], list[Call]] = {}
    for call in calls:
        target = tuple(leaf.id for leaf in leaves(call.target))
        sources = tuple(leaf.id for leaf in leaves(call.sources))
        for key in (("target", target), ("sources", sources), ("tape", call.tape), ("all",)):
            keys.setdefault((*key, call.how), []).append(call)
    groups: list[tuple[Call, ...]] = [(call,) for call in calls]
    groups += list(dict.fromkeys(tuple(group) for group in keys.values() if len(group) > 1))
    return groups


def same(given: float, asked: float) -> bool:
    """Whether a source holds the number asked for, as well as float32 can hold it."""
    return abs(given - asked) <= 1e-6 * max(1.0, abs(asked)) if math.isfinite(given) else False


def right(
    result: Numbers | None, wanted: Sequence[Quantity | None], dtypes: frozenset[str], absolute: float | None
) -> bool:
    """Whether numbers agree with one of several quantities."""
    return any(close(result, quantity, dtypes, absolute) for quantity in wanted)
