"""tf.gradients inside a tf.function: a hidden tape that keeps everything the function computes."""

from __future__ import annotations

from typing import Any

from tfgrad_course.tf import _nest
from tfgrad_course.tf._asked import UnconnectedGradients
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
    flat = _nest.flatten(xs)
    stops = {id(s) for s in _nest.flatten(stop_gradients)} if stop_gradients is not None else set()
    ops = tape.ops
    if stops:
        tape.ops = [record for record in ops if id(record[0]) not in stops]
    try:
        found = tape._gradient(_nest.flatten(ys), flat, grad_ys, unconnected_gradients)
    finally:
        tape.ops = ops
    return found
