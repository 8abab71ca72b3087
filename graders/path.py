"""Questions about the recorded data flow: what a tensor was made from, and whether a source reaches a target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from graders.evidence import Assign, Op, Recording, Ref, Tensor, Variable


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
        """The op that made a tensor, by tensor id."""
        return {out: op for op in self.recording.ops for out in op.outputs}

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

    def reads(self, variable: int) -> tuple[int, ...]:
        """The tensors a variable was read as."""
        return tuple(tensor for tensor, owner in self.read_of.items() if owner == variable)

    def starts(self, ref: Ref) -> frozenset[int]:
        """Tensor ids that stand for what was passed: itself, or all reads of a variable, items flattened."""
        if ref.items:
            return frozenset().union(*(self.starts(item) for item in ref.items))
        if ref.id is None:
            return frozenset()
        return frozenset(self.reads(ref.id)) if ref.kind == "variable" else frozenset({ref.id})

    def ancestry(
        self, tensors: Iterable[int], tape: int | None = None
    ) -> tuple[frozenset[int], tuple[Op, ...]]:
        """All tensors that went into these, and the ops between; with `tape`, only along ops it recorded."""
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
        return frozenset(seen), tuple(ops[index] for index in sorted(ops))

    def reaches(self, source: Ref, target: Ref, tape: int | None = None) -> bool:
        """Whether a path leads from source to target (over ops the tape recorded, when given)."""
        ancestors, _ = self.ancestry(self.starts(target), tape)
        return bool(ancestors & self.starts(source))

    def dtypes(self, target: Ref) -> frozenset[str]:
        """Dtypes of all tensors that went into the target."""
        ancestors, _ = self.ancestry(self.starts(target))
        return frozenset(self.tensors[t].dtype for t in ancestors if t in self.tensors)


def leaves(ref: Ref | None) -> tuple[Ref, ...]:
    """A structure's leaves, in order."""
    if ref is None:
        return ()
    if ref.items or ref.kind in ("list", "tuple", "dict"):
        return tuple(leaf for item in ref.items for leaf in leaves(item))
    return (ref,)
