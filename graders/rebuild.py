"""The function that a learner recorded, replayed from the log at any point: what the wrong-number family compares."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graders import parts
from graders.evidence import Op, Ref, Tensor
from graders.kernels import Kernel, readings
from graders.near import near
from graders.path import Flow, leaves

MANY = 600
_CONSTANTS = (math.pi, math.e, math.tau, math.pi / 2, math.pi / 180, 180 / math.pi, math.log(2), math.log(10))
Slots = Mapping[int, tuple[int, ...]]
"""Which numbers of the point a tensor stands for, by tensor id."""


@dataclass(frozen=True)
class Rebuilt:
    """A target as a function of the numbers its sources were given."""

    flow: Flow
    target: Ref
    slots: Slots

    @cached_property
    def ops(self) -> tuple[Op, ...]:
        """The operations between sources and target, in order."""
        seen: set[int] = set()
        found: dict[int, Op] = {}
        todo = list(self.flow.starts(self.target))
        while todo:
            tensor = todo.pop()
            if tensor in seen or tensor in self.slots:
                continue
            seen.add(tensor)
            op = self.flow.producer.get(tensor)
            if op is not None:
                found[op.index] = op
                todo.extend(op.inputs)
        return tuple(found[index] for index in sorted(found))

    @cached_property
    def derived(self) -> frozenset[int]:
        """The tensors that depend on a source."""
        known = set(self.slots)
        for op in self.ops:
            if not known.isdisjoint(op.inputs):
                known.update(op.outputs)
        return frozenset(known)

    @cached_property
    def kernels(self) -> dict[int, Kernel] | None:
        """How each operation that depends on a source is computed; None when one cannot be told."""
        if len(self.ops) > MANY:
            return None
        found: dict[int, Kernel] = {}
        for op in self.ops:
            if self.derived.isdisjoint(op.outputs):
                continue
            kernel = self._kernel(op)
            if kernel is None:
                return None
            found[op.index] = kernel
        return found

    def _kernel(self, op: Op) -> Kernel | None:
        import numpy as np

        inputs = [self._recorded(t) for t in op.inputs]
        right = self._recorded(op.outputs[0]) if op.outputs else None
        for reading in readings(op.type, [np.zeros(()) if i is None else i for i in inputs]):
            if right is None or any(i is None for i in inputs):
                return reading
            with np.errstate(all="ignore"):
                try:
                    made = np.asarray(reading(*inputs), dtype=float)
                except (TypeError, ValueError, IndexError):
                    continue
            if near(made, right, 1e-3, 1e-3):
                return reading
        return None

    def _recorded(self, tensor: int) -> Any:
        """The recorded numbers of a tensor; a float32 is taken for the decimal it shows."""
        if tensor not in self._arrays:
            self._arrays[tensor] = array_of(self.flow.tensors.get(tensor))
        return self._arrays[tensor]

    @cached_property
    def _arrays(self) -> dict[int, Any]:
        return {}

    def at(self, numbers: Sequence[float], tensor: int | None = None) -> Any:
        """The target's numbers (or another tensor's) when the sources have these; None when it cannot be told."""
        import numpy as np

        known = self._all(tuple(numbers))
        if known is None:
            return None
        if tensor is not None:
            return known[tensor] if tensor in known else self._recorded(tensor)
        wanted = [known[t] if t in known else self._recorded(t) for t in self._wanted()]
        if not wanted or any(w is None for w in wanted):
            return None
        return np.concatenate([np.asarray(w, dtype=float).ravel() for w in wanted])

    @cached_property
    def _seen(self) -> dict[tuple[float, ...], dict[int, Any] | None]:
        return {}

    def _all(self, numbers: tuple[float, ...]) -> dict[int, Any] | None:
        """Every tensor that depends on the sources, when they have these numbers."""
        if numbers not in self._seen:
            self._seen[numbers] = self._replayed(numbers)
        return self._seen[numbers]

    def _replayed(self, numbers: tuple[float, ...]) -> dict[int, Any] | None:
        import numpy as np

        if self.kernels is None:
            return None
        known: dict[int, Any] = {}
        for source, places in self.slots.items():
            record = self.flow.tensors.get(source)
            value = np.array([numbers[place] for place in places])
            known[source] = (
                value.reshape(record.shape) if record is not None and -1 not in record.shape else value
            )
        with np.errstate(all="ignore"):
            for op in self.ops:
                if op.index not in self.kernels:
                    continue
                inputs = [known[t] if t in known else self._recorded(t) for t in op.inputs]
                if any(i is None for i in inputs):
                    return None
                try:
                    made = self.kernels[op.index](*inputs)
                except (TypeError, ValueError, IndexError):
                    return None
                known.update(dict.fromkeys(op.outputs, self._shaped(op, made)))
        return known

    def _wanted(self) -> list[int]:
        return [
            leaf.id
            for leaf in leaves(self.target)
            if leaf.kind in ("tensor", "variable") and leaf.id is not None
        ]

    def _shaped(self, op: Op, made: Any) -> Any:
        import numpy as np

        record = self.flow.tensors.get(op.outputs[0])
        if record is None or -1 in record.shape or np.size(made) != math.prod(record.shape):
            return made
        return np.reshape(made, record.shape)

    @cached_property
    def terms(self) -> tuple[tuple[int, int], ...]:
        """The target's top-level terms: (sign, tensor), in the order they were written."""
        wanted = self._wanted()
        return tuple(self._split(wanted[0], 1, 0)) if len(wanted) == 1 else ()

    def _split(self, tensor: int, sign: int, depth: int) -> list[tuple[int, int]]:
        op = self.flow.producer.get(tensor)
        if op is None or depth > 60 or tensor in self.slots:
            return [(sign, tensor)]
        deeper = depth + 1
        if op.type in ("AddV2", "Add", "Sub"):
            second = -sign if op.type == "Sub" else sign
            return self._split(op.inputs[0], sign, deeper) + self._split(op.inputs[1], second, deeper)
        if op.type == "AddN":
            return [term for item in op.inputs for term in self._split(item, sign, deeper)]
        if op.type == "Neg":
            return self._split(op.inputs[0], -sign, deeper)
        if op.type in ("Identity", "Cast"):
            return self._split(op.inputs[0], sign, deeper)
        return [(sign, tensor)]


def array_of(record: Tensor | None) -> Any:
    """A tensor's numbers as an array; a float32 is taken for the decimal it shows."""
    import numpy as np

    value = record.value if record is not None else None
    if value is None or any(isinstance(v, (str, complex)) for v in value.data):
        return None
    data = value.data
    if value.dtype == "float32" and len(data) <= 64:
        data = tuple(_exact(float(v)) for v in data)  # type: ignore[arg-type]
    return np.array(data, dtype=float).reshape(value.shape)


def _exact(value: float) -> float:
    """The number that a float32 was typed as: a well-known constant, or the shortest decimal."""
    near = min(_CONSTANTS, key=lambda constant: abs(constant - abs(value)))
    if abs(near - abs(value)) <= 6e-8 * near:
        return math.copysign(near, value)
    return float(parts.shortest(value, "float32"))
