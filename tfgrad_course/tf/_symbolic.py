"""tf.gradients inside a tf.function: a hidden tape that keeps everything the function computes."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf import _nest
from tfgrad_course.tf._asked import UnconnectedGradients
from tfgrad_course.tf._declare import traced
from tfgrad_course.tf._listening import LISTENING
from tfgrad_course.tf._tape import GradientTape


class _Everything(dict[int, Any]):
    """Takes every tensor for a watched one."""

    def __contains__(self, key: object) -> bool:
        return True


class WholeTape(GradientTape):
    """Records all, as a graph does."""

    def __init__(self) -> None:
        super().__init__(persistent=True)
        self.tracked = _Everything()

    def _ready(self) -> None:
        """A graph may be looked back over while it is being made."""

    def read(self, variable: Any, now: Any) -> None:
        """Every variable read counts, trainable or not."""
        if not any(one is now for one in self._reads.get(id(variable), ())):
            self._adopt(variable, now)


class AggregationMethod:
    """How `tf.gradients` adds up gradients; all ways give the same here."""

    ADD_N = 0
    DEFAULT = ADD_N
    EXPERIMENTAL_TREE = 1
    EXPERIMENTAL_ACCUMULATE_N = 2


def hessians(
    ys: Any,
    xs: Any,
    gate_gradients: bool = False,
    aggregation_method: Any = None,
    name: str = "hessians",
) -> list[Any]:
    """Second derivatives of the sum of ys by each of xs, inside a tf.function."""
    found = []
    for x in _nest.flatten(xs):
        (slope,) = gradients(ys, [x])
        size, shape = int(np.prod(x.shape, dtype=int)), tuple(x.shape)
        flat = traced.reshape_to(slope, (size,))
        rows = [gradients(flat[i], [x])[0] for i in range(size)]
        rows = [traced.zeros_like(x) if row is None else row for row in rows]
        found.append(traced.reshape_to(traced.stack(rows), shape + shape))
    return found


def gradients(
    ys: Any,
    xs: Any,
    grad_ys: Any = None,
    name: str = "gradients",
    gate_gradients: bool = False,
    aggregation_method: Any = None,
    stop_gradients: Any = None,
    unconnected_gradients: Any = UnconnectedGradients.NONE,
) -> Any:
    """Symbolic derivatives of the sum of ys, inside a tf.function."""
    tape = next((one for one in LISTENING.get() if isinstance(one, WholeTape)), None)
    if tape is None:
        raise RuntimeError(
            "tf.gradients is not supported when eager execution is enabled. Use tf.GradientTape instead."
        )
    flat, seeds = _nest.flatten(xs), None if grad_ys is None else _nest.flatten(grad_ys)
    targets = _nest.flatten(ys)
    if seeds is not None and len(seeds) != len(targets):
        raise ValueError(f"Length mismatch. Passed {len(seeds)} grad_ys for {len(targets)} ys")
    stops = {id(s) for s in _nest.flatten(stop_gradients)} if stop_gradients is not None else set()
    ops = tape.ops
    if stops:
        tape.ops = [record for record in ops if id(record[0]) not in stops]
    try:
        found = tape._gradient(targets, flat, seeds, unconnected_gradients)
    finally:
        tape.ops = ops
    return found
