"""How well conditioned a recorded derivative is: the walk back with every contribution taken by its size.

Rounding errors grow with the sum of the absolute path contributions, however much they cancel in the derivative
itself. The grader's tolerance rests on this; nothing in the tape uses it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf import _backward, _lives
from tfgrad_course.tf._calls import MANY
from tfgrad_course.tf._declare import raw
from tfgrad_course.tf._slices import Rows


def absolute_contributions(tape: Any, target: Any, sources: list[Any]) -> list[Any]:
    """For each entry of each source the sum of the absolute contributions of all paths to the target.

    The tape must be one that has not been asked yet; it stays as it is.
    """
    arrived: dict[int, Any] = {id(target): np.ones_like(target._v)}
    kept: dict[int, Any] = {}
    wanted = {id(source) for source in sources}
    for z, x, vx, y, vy in reversed(tape.ops):
        g = arrived.pop(id(z), None)
        if g is None:
            continue
        if id(z) in wanted:
            kept[id(z)] = g
        for one, d in _passed_on(z, x, vx, y, vy, g):
            d = np.abs(d.dense() if type(d) is Rows else d)
            if d.shape != one._v.shape:
                d = _lives.sum_to(d, one._v.shape)
            before = arrived.get(id(one))
            arrived[id(one)] = d if before is None else before + d
    return [
        np.asarray(kept.get(id(source), arrived.get(id(source), np.zeros_like(source._v))))
        for source in sources
    ]


def _passed_on(z: Any, x: Any, vx: Any, y: Any, vy: Any, g: Any) -> list[tuple[Any, Any]]:
    """What one record sends to each of its inputs."""
    if y is None:
        return [(x, vx(raw, g, z._v, x._v))]
    if vy is MANY:
        found = _backward.cotangents(raw, z, x, vx, y, g, lambda tensor: tensor._v)
        return [(one, d) for one, d in zip(x, found, strict=True) if d is not None]
    pairs = [(x, vx(raw, g, z._v, x._v, y._v))] if vx is not None else []
    return [*pairs, (y, vy(raw, g, z._v, x._v, y._v))] if vy is not None else pairs
