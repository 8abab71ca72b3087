"""Questions about the recorded data flow: what a tensor was made from, and whether a source reaches a target."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from graders.evidence import Assign, Call, Op, Recording, Ref, TapeEvent, Tensor, Variable

# what TensorFlow gives no derivative through: staircases, indices, comparisons
STAIRCASE = frozenset(
    (
        "Round", "Rint", "Floor", "Ceil", "ArgMax", "ArgMin", "OneHot", "Bucketize", "FloorDiv", "Greater",
        "GreaterEqual", "Less", "LessEqual", "Equal", "NotEqual", "ApproximateEqual", "LogicalAnd", "LogicalOr",
        "LogicalNot", "Shape", "Size", "Rank", "Where", "SearchSorted", "UpperBound", "LowerBound", "IsNan",
        "IsInf", "IsFinite", "All", "Any", "StringToNumber", "AsString",
    )
)  # fmt: skip
_WHOLE = ("int", "uint", "bool")
_MOST_STEPS = 3_000_000
_AT_ONCE = 1000
MANY_BREAKS = 3000
"""Of a way cut more often than this (a loop outside the tape) the part nearest to the target tells enough."""


class TooLong(Exception):
    """A recording takes more steps to follow than one submission may cost; it may have been made to."""


@dataclass(frozen=True, slots=True)
class Break:
    """An operation on the way from a target back to its source that the tape cannot pass.

    `why` is outside, paused, reset, integer, staircase or stopped.
    """

    why: str
    op: Op


@dataclass(frozen=True)
class Flow:
    """A recording with its look-up tables, each made on first use."""

    recording: Recording

    @cached_property
    def tensors(self) -> dict[int, Tensor]:
        """Tensors by id."""
        return {t.id: t for t in self.recording.tensors}

    @cached_property
    def variables(self) -> dict[int, Variable]:
        """Variables by id."""
        return {v.id: v for v in self.recording.variables}

    @cached_property
    def producer(self) -> dict[int, Op]:
        """The op that made a tensor, by tensor id; the first one, where a custom gradient names it once more."""
        return {out: op for op in reversed(self.recording.ops) for out in op.outputs}

    @cached_property
    def read_of(self) -> dict[int, int]:
        """Tensor id -> the variable it was read from."""
        return {read.tensor: read.variable for read in self.recording.reads}

    @cached_property
    def consumers(self) -> dict[int, tuple[Op, ...]]:
        """The ops that take a tensor, by tensor id, in order."""
        found: dict[int, list[Op]] = {}
        for op in self.recording.ops:
            for tensor in dict.fromkeys(op.inputs):
                found.setdefault(tensor, []).append(op)
        return {tensor: tuple(ops) for tensor, ops in found.items()}

    @cached_property
    def assigns_of(self) -> dict[int, tuple[Assign, ...]]:
        """Assignments by variable id, in order."""
        found: dict[int, list[Assign]] = {}
        for assign in self.recording.assigns:
            found.setdefault(assign.variable, []).append(assign)
        return {variable: tuple(made) for variable, made in found.items()}

    @cached_property
    def _reads(self) -> dict[int, frozenset[int]]:
        found: dict[int, list[int]] = {}
        for tensor, owner in self.read_of.items():
            found.setdefault(owner, []).append(tensor)
        return {variable: frozenset(tensors) for variable, tensors in found.items()}

    @cached_property
    def _events(self) -> dict[int, tuple[TapeEvent, ...]]:
        found: dict[int, list[TapeEvent]] = {}
        for event in self.recording.tapes:
            found.setdefault(event.tape, []).append(event)
        return {tape: tuple(events) for tape, events in found.items()}

    @cached_property
    def _spent(self) -> list[int]:
        return [0]

    def _spend(self, steps: int) -> None:
        self._spent[0] += steps
        if self._spent[0] > self._allowed[0]:
            raise TooLong("the recording takes too many steps to follow")

    @cached_property
    def _allowed(self) -> list[int]:
        return [_MOST_STEPS]

    @property
    def spent(self) -> int:
        """The steps taken so far."""
        return self._spent[0]

    def allow(self, steps: int) -> None:
        """From here on so many steps may be taken, not more: what is asked next must not cost without bound."""
        self._allowed[0] = min(self._spent[0] + steps, _MOST_STEPS)

    def reads(self, variable: int) -> frozenset[int]:
        """The tensors a variable was read as."""
        return self._reads.get(variable, frozenset())

    def starts(self, ref: Ref) -> frozenset[int]:
        """Tensor ids that stand for what was passed: itself, or all reads of a variable, items flattened."""
        if ref.items:
            parts = set(map(self.starts, ref.items))
            self._spend(len(ref.items) + sum(map(len, parts)))
            return frozenset().union(*parts)
        if ref.id is None:
            return frozenset()
        return self.reads(ref.id) if ref.kind == "variable" else frozenset({ref.id})

    def ancestry(
        self, tensors: Iterable[int], tape: int | None = None
    ) -> tuple[frozenset[int], tuple[Op, ...]]:
        """All tensors that went into these, and the ops between; with `tape`, only along ops it recorded."""
        key = (frozenset(tensors), tape)
        if key not in self._ancestries:
            self._ancestries[key] = self._ancestry(key[0], tape)
        return self._ancestries[key]

    @cached_property
    def _ancestries(self) -> dict[tuple[frozenset[int], int | None], tuple[frozenset[int], tuple[Op, ...]]]:
        return {}

    def _ancestry(self, tensors: frozenset[int], tape: int | None) -> tuple[frozenset[int], tuple[Op, ...]]:
        seen: set[int] = set()
        ops: dict[int, Op] = {}
        todo = list(tensors)
        while todo:
            tensor = todo.pop()
            if tensor in seen:
                continue
            seen.add(tensor)
            op = self.producer.get(tensor)
            if op is None or (tape is not None and tape not in op.tapes):
                continue
            ops[op.index] = op
            todo.extend(op.inputs)
            self._spend(1 + len(op.inputs))
        return frozenset(seen), tuple(ops[index] for index in sorted(ops))

    def reaches(self, source: Ref, target: Ref, tape: int | None = None) -> bool:
        """Whether a path leads from source to target (over ops the tape recorded, when given)."""
        ancestors, _ = self.ancestry(self.starts(target), tape)
        return bool(ancestors & self.starts(source))

    def standing(self, ref: Ref) -> frozenset[int]:
        """What stands for a source: its tensors and, for a variable, its handle."""
        own = frozenset({ref.id}) if ref.id is not None and not ref.items else frozenset()
        starts = self.starts(ref)
        self._spend(1 + len(starts))
        return starts | own

    def made_from(self, source: Ref) -> frozenset[int]:
        """Every tensor that operations made from a source, the source's own tensors included."""
        return self.descent(self.standing(source))

    def descent(self, start: Iterable[int]) -> frozenset[int]:
        """Every tensor that operations made from these, themselves included."""
        key = frozenset(start)
        if key not in self._descents:
            self._descents[key] = self._descent(key)
        return self._descents[key]

    @cached_property
    def _descents(self) -> dict[frozenset[int], frozenset[int]]:
        return {}

    def _descent(self, start: frozenset[int]) -> frozenset[int]:
        found, todo = set(start), list(start)
        consumers, reads, steps = self.consumers, self._reads, 0
        while todo:
            tensor = todo.pop()
            ops = consumers.get(tensor, ())
            steps += 1 + len(ops)
            if steps > _AT_ONCE:
                self._spend(steps)
                steps = 0
            for op in ops:
                for out in op.outputs:
                    if out not in found:
                        found.add(out)
                        todo.append(out)
            if tensor in reads:
                fresh = reads[tensor] - found
                found |= fresh
                todo += fresh
        self._spend(steps)
        return frozenset(found)

    def goes_into(self, source: Ref, target: Ref) -> bool:
        """Whether operations (on any tape or none) lead from the source to the target."""
        ancestors, _ = self.ancestry(self.standing(target))
        return bool(ancestors & self.standing(source))

    def variables_in(self, target: Ref) -> tuple[Variable, ...]:
        """The variables whose values went into a target, in the order of their creation."""
        ancestors, _ = self.ancestry(self.standing(target))
        self._spend(len(ancestors) + len(self.recording.variables))
        owners = {self.read_of[tensor] for tensor in ancestors if tensor in self.read_of}
        return tuple(v for v in self.recording.variables if v.id in owners or v.id in ancestors)

    def events(self, tape: int, *what: str) -> tuple[TapeEvent, ...]:
        """A tape's events of these kinds, in order."""
        key = (tape, what)
        if key not in self._kinds:
            events = self._events.get(tape, ())
            self._spend(1 + len(events))
            self._kinds[key] = tuple(event for event in events if event.what in what)
        return self._kinds[key]

    @cached_property
    def _kinds(self) -> dict[tuple[int, tuple[str, ...]], tuple[TapeEvent, ...]]:
        return {}

    def watched(self, tape: int, ref: Ref) -> TapeEvent | None:
        """When a tape was first told to watch something."""
        events = self.events(tape, "watch")
        self._spend(1 + len(events))
        for event in events:
            if event.error is None and any(w.kind == ref.kind and w.id == ref.id for w in leaves(event.ref)):
                return event
        return None

    def automatic(self, tape: int) -> bool:
        """Whether a tape watches trainable variables by itself."""
        return all(event.automatic for event in self.events(tape, "new"))

    def on_tape(self, op: Op, tape: int, before: int) -> bool:
        """Whether an operation is on a tape when the tape is asked."""
        if tape not in op.tapes or tape in op.paused:
            return False
        resets = self.events(tape, "reset")
        self._spend(1 + len(resets))
        return not any(op.at < event.at < before for event in resets)

    def _paused(self, op: Op, tape: int) -> bool:
        """Whether an operation ran between a tape's pause and its resuming."""
        events = self.events(tape, "pause", "resume")
        self._spend(1 + len(events))
        before = [event for event in events if event.at < op.at]
        return bool(before) and before[-1].what == "pause"

    def broken(self, op: Op, call: Call) -> str | None:
        """Why a call's tape cannot pass an operation; None when it can."""
        if op.type == "StopGradient":
            return "stopped"
        if op.type in STAIRCASE:
            return "staircase"
        if op.type == "Cast":
            outputs = [self.tensors[t] for t in op.outputs if t in self.tensors]
            if outputs and all(t.dtype.startswith(_WHOLE) for t in outputs):
                return "integer"
        if call.tape in op.paused:
            return "paused"
        if call.tape not in op.tapes:
            return "paused" if self._paused(op, call.tape) else "outside"
        return None if self.on_tape(op, call.tape, call.at) else "reset"

    def breaks(self, call: Call, source: Ref, target: Ref) -> tuple[Break, ...]:
        """The operations that cut the ways from target to source, the one nearest to the target first."""
        key = (call.index, source.id, target.id)
        if key not in self._breaks or source.id is None or target.id is None:
            self._breaks[key] = self._broken(call, source, target)
        return self._breaks[key]

    @cached_property
    def _breaks(self) -> dict[tuple[int, int | None, int | None], tuple[Break, ...]]:
        return {}

    def _broken(self, call: Call, source: Ref, target: Ref) -> tuple[Break, ...]:
        derived = self.made_from(source)
        own = self.standing(source)
        found: dict[int, Break] = {}
        todo = deque(t for t in self.standing(target) if t in derived)
        seen = set(todo)
        while todo and len(found) < MANY_BREAKS:
            tensor = todo.popleft()
            op = self.producer.get(tensor)
            if op is None or tensor in own:
                continue
            why = self.broken(op, call)
            if why is not None:
                found.setdefault(op.index, Break(why, op))
                if why != "outside":
                    continue
            before = [t for t in op.inputs if t in derived and t not in seen]
            seen.update(before)
            todo.extend(before)
            self._spend(2 + len(op.inputs))
        if todo:
            found |= self._first_break(call, target, derived)
        return tuple(found.values())

    def _first_break(self, call: Call, target: Ref, derived: frozenset[int]) -> dict[int, Break]:
        """The break that happened first, which is where a way that is cut very often begins to be."""
        for op in self.ancestry(self.standing(target))[1]:
            own = op.type != "ReadVariableOp" and not derived.isdisjoint(op.outputs)
            why = self.broken(op, call) if own else None
            if why is not None:
                return {op.index: Break(why, op)}
        return {}

    def gets_round(self, source: Ref, target: Ref, ops: Iterable[Op]) -> bool:
        """Whether a way leads from source to target that passes none of these operations."""
        barred = {out for op in ops for out in op.outputs}
        wanted, seen = self.standing(source), set(barred)
        todo = [t for t in self.standing(target) if t not in barred]
        while todo:
            tensor = todo.pop()
            if tensor in wanted:
                return True
            if tensor in seen:
                continue
            seen.add(tensor)
            op = self.producer.get(tensor)
            todo.extend(op.inputs if op is not None else ())
            self._spend(2)
        return False

    def dtypes(self, target: Ref) -> frozenset[str]:
        """Dtypes of all tensors that went into the target."""
        starts = self.starts(target)
        if starts not in self._dtypes:
            ancestors, _ = self.ancestry(starts)
            self._dtypes[starts] = frozenset(self.tensors[t].dtype for t in ancestors if t in self.tensors)
        return self._dtypes[starts]

    @cached_property
    def _dtypes(self) -> dict[frozenset[int], frozenset[str]]:
        return {}


def leaves(ref: Ref | None) -> tuple[Ref, ...]:
    """A structure's leaves, in order."""
    if ref is None:
        return ()
    if ref.items or ref.kind in ("list", "tuple", "dict"):
        return tuple(leaf for item in ref.items for leaf in leaves(item))
    return (ref,)
