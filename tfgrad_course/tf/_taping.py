"""What a tape keeps of an operation.

A record is `(z, x, i, vjp_x, y, j, vjp_y)`: the output, and for each of two inputs its place among the records (where it
was made, or began to be followed) and its rule. The rule is None where a tape need not go; `y` is None after one input,
`vjp_y` is MANY after more. The commonest operations write theirs where they compute (`_calls`).
"""

from __future__ import annotations

from typing import Any

from tfgrad_course.tf._listening import LISTENING
from tfgrad_course.tf._parts import MANY, Group, pick
from tfgrad_course.tf._tensor import EagerTensor


def begins(tensor: EagerTensor) -> tuple[Any, ...]:
    """The record of a tensor that nothing made: what is followed begins here."""
    return (tensor, None, None, None, None, None, None)


def note(entry: Any, inputs: Any, outputs: Any, attrs: Any, how: Any, several: bool) -> None:
    """Tell whoever listens that `outputs` came of `inputs`; `how` holds the vjps."""
    for one in LISTENING.get():
        if one.tracked is None:
            one.told(entry, inputs, outputs, attrs)
            continue
        record(one, how, inputs, outputs, attrs, several)


def record(tape: Any, how: Any, inputs: Any, outputs: Any, attrs: Any, several: bool) -> None:
    """Put on a tape that `outputs` came of `inputs`, if it follows any of these."""
    ops = tape.ops
    places = tuple(tape.place(x) if _takes(how, i) else None for i, x in enumerate(inputs))
    if all(i is None for i in places) or not any(z.dtype.trainable for z in outputs):
        return
    if not several:
        settled(tape, outputs[0])
        ops.append((outputs[0], inputs, places, None, (how, attrs), None, MANY))
        return
    group, at = Group(outputs), len(ops)
    ops.append((group, inputs, places, None, (how, attrs), None, MANY))
    for i, z in enumerate(outputs):
        if z.dtype.trainable:
            settled(tape, z)
            ops.append((z, group, at, pick(i), None, None, None))


def settled(tape: Any, z: EagerTensor) -> None:
    """The next record of the tape is that of `z`, even if it has one (a custom gradient goes before what it is made of)."""
    if z._tape is None or z._tape is tape.tracked:
        z._tape, z._place = tape.tracked, len(tape.ops)
    else:
        tape.tracked[id(z)] = len(tape.ops)


def _takes(how: Any, i: int) -> bool:
    return (how.vjps[i] if how.inputs is not None else how.vjps[0]) is not None
