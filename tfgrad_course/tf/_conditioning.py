"""How well conditioned a recorded derivative is: the walk back with every contribution taken by its size.

Rounding errors grow with the sum of the absolute path contributions, however much they cancel in the derivative
itself. The grader's tolerance rests on this; nothing in the tape uses it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf import _backward, _lives
from tfgrad_course.tf._declare import raw
from tfgrad_course.tf._parts import MANY
from tfgrad_course.tf._slices import Rows


def absolute_contributions(tape: Any, target: Any, sources: list[Any]) -> list[Any]:
    """For each entry of each source the sum of the absolute contributions of all paths to the target.

    The tape must be one that has not been asked yet; it stays as it is.
    """
    place, kept = tape.place(target), {id(target): np.ones_like(target._v)}
    ops, arrived = _backward.begun(tape.ops, {} if place is None else {place: kept[id(target)]})
    wanted = {id(source) for source in sources}
    for z, x, i, vx, y, j, vy in reversed(ops):
        g = arrived.pop()
        if g is None:
            continue
        if id(z) in wanted:
            kept[id(z)] = g
        for one, at, d in _passed_on(z, x, i, vx, y, j, vy, g):
            d = np.abs(d.dense() if type(d) is Rows else d)
            if d.shape != one._v.shape:
                d = _lives.sum_to(d, one._v.shape)
            before = arrived[at]
            arrived[at] = d if before is None else before + d
    return [np.asarray(kept.get(id(source), np.zeros_like(source._v))) for source in sources]


def _passed_on(
    z: Any, x: Any, i: Any, vx: Any, y: Any, j: Any, vy: Any, g: Any
) -> list[tuple[Any, int, Any]]:
    """What one record sends to each of its inputs, and where that was made."""
    if y is None:
        return [] if vx is None else [(x, i, vx(raw, g, z._v, x._v))]
    if vy is MANY:
        found = _backward.cotangents(raw, z, x, i, y, g, _backward._value)
        return [(one, at, d) for one, at, d in zip(x, i, found, strict=True) if d is not None]
    pairs = [(x, i, vx(raw, g, z._v, x._v, y._v))] if vx is not None else []
    return [*pairs, (y, j, vy(raw, g, z._v, x._v, y._v))] if vy is not None else pairs
