"""A slope worked out by hand and dressed as the tape's: the whole function stands under a gradient of one's own.

Where an exercise asks for that (`tf.custom_gradient`) it is right; where it asks for the tape's derivative, the tape
has followed nothing. A part of a function may well have a gradient of its own, and so may one that a tape works out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graders.case import Case
from graders.evidence import OWN_GRADIENT, Call, Op
from graders.likeness import Likeness
from graders.parts import joined
from graders.path import leaves
from graders.rebuild import Rebuilt

_MOST = 8  # numbers that such functions may give together
_STEP = 0.04  # of the numbers moved
_MORE = 3  # places beyond those that any such sum would fit
_ALLOWED = ("custom_gradient", "grad_pass_through", "recompute_grad")


@dataclass(frozen=True)
class _Under(Rebuilt):
    """A target made of what functions with gradients of their own gave: those are where the way back ends."""

    stated: frozenset[int] = frozenset()

    @cached_property
    def after(self) -> tuple[int, ...]:
        """The stated functions' own numbers that the target is made of."""
        seen: set[int] = set()
        found: list[int] = []
        todo = list(self.flow.starts(self.target))
        while todo:
            tensor = todo.pop()
            if tensor in seen or tensor in self.slots:
                continue
            seen.add(tensor)
            if tensor in self.stated:
                found.append(tensor)
                continue
            op = self.flow.producer.get(tensor)
            todo.extend(op.inputs if op is not None else ())
        return tuple(sorted(found))


def is_by_hand(case: Case) -> bool:
    """Whether the derivative is surely what the program itself states; if in doubt, not."""
    own = [op for op in case.recording.ops if op.type == OWN_GRADIENT]
    call = case.function_call if own else None
    if call is None or _asked_for(case) or _from_a_tape(case, call, own):
        return False
    return _is_the_whole(case, call, own)


def _asked_for(case: Case) -> bool:
    """Whether the exercise itself speaks of such gradients."""
    text = case.exercise.model_dump_json()
    return case.exercise.judged_as == "custom-gradient" or any(word in text for word in _ALLOWED)


def _from_a_tape(case: Case, call: Call, own: Sequence[Op]) -> bool:
    """Whether another tape, which followed no such function, gave the derivative too."""
    made = {output for op in own for output in op.outputs}
    wanted = [case.reference.gradient, *case.reference.gradients]
    meant = {one.index for one in case.meant.every}
    for other in case.recording.calls:
        if other.index in meant or other.error is not None or other.tape == call.tape:
            continue
        ancestors, _ = case.flow.ancestry(case.flow.starts(other.target))
        if not ancestors & made and any(case.right(joined([other.result]), one) for one in wanted):
            return True
    return False


def _is_the_whole(case: Case, call: Call, own: Sequence[Op]) -> bool:
    """Whether the target is a sum of such functions' numbers, times constants, and at most a straight line."""
    whole = Likeness(case, call)
    if whole.rebuilt is None or not whole.at_point:
        return not any(case.flow.gets_round(source, call.target, own) for source in leaves(call.sources))
    made = frozenset(output for op in own for output in op.outputs)
    under = _Under(whole.rebuilt.flow, whole.rebuilt.target, whole.rebuilt.slots, made)
    if not under.after or not made & case.flow.made_from(leaves(call.sources)[0]):
        return False
    return _fits(under, whole.stated)


def _fits(under: _Under, stated: Sequence[float]) -> bool:
    """Along a line through the point, in more places than there are numbers to choose."""
    import numpy as np

    places = _places(under)
    if not places:
        return False
    target, columns = [], []
    for step in places:
        moved = tuple(value + _STEP * max(1.0, abs(value)) * step * (1 + k) for k, value in enumerate(stated))
        given, parts = under.at(moved), [under.at(moved, tensor) for tensor in under.after]
        if given is None or any(part is None for part in parts):
            return True  # it is made of such a function, and cannot be replayed
        target.append(np.ravel(given))
        columns.append(np.concatenate([*(np.ravel(part) for part in parts), [1.0, step]]))
    right, table = np.array(target, dtype=float), np.array(columns, dtype=float)
    if not (np.isfinite(right).all() and np.isfinite(table).all()):
        return False
    scale = np.maximum(np.abs(table).max(axis=0), 1e-12)
    found, *_ = np.linalg.lstsq(table / scale, right, rcond=None)
    return bool(np.allclose((table / scale) @ found, right, rtol=1e-7, atol=1e-9 * (1 + np.abs(right).max())))


def _places(under: _Under) -> list[float]:
    count = sum(max(1, _size(under, tensor)) for tensor in under.after)
    return [] if count > _MOST else [k - (count + _MORE) / 2 for k in range(count + 2 + _MORE)]


def _size(under: _Under, tensor: int) -> int:
    record: Any = under.flow.tensors.get(tensor)
    return len(record.value.data) if record is not None and record.value is not None else 1
