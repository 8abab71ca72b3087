"""tf.gradients inside a tf.function: a hidden tape that keeps everything the function computes."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf import _nest
from tfgrad_course.tf._asked import UnconnectedGradients
from tfgrad_course.tf._backward import ones
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import traced
from tfgrad_course.tf._listening import LISTENING, TRACING, Observer, begin, end
from tfgrad_course.tf._tape import GradientTape
from tfgrad_course.tf._taping import begins, record
from tfgrad_course.tf._variable import Variable


class WholeTape(Observer):
    """Records all, as a graph does: on `own`, every tensor that an operation takes is followed."""

    passive = False

    def __init__(self) -> None:
        self.own = GradientTape(persistent=True)
        self.own._clear()  # a graph may be looked back over while it is being made

    def __enter__(self) -> WholeTape:
        begin(self)
        return self

    def __exit__(self, *exception: Any) -> None:
        end(self)

    def told(
        self, entry: Any, inputs: tuple[Any, ...], outputs: tuple[Any, ...], attrs: tuple[Any, ...]
    ) -> None:
        """An operation ran."""
        for x in inputs:
            self.own._follow(x)
        record(self.own, entry, inputs, outputs, attrs, len(outputs) > 1 or entry.several)

    def read(self, variable: Any, now: Any) -> None:
        """Every variable read counts, trainable or not."""
        if not any(one is now for one in self.own._reads.get(id(variable), ())):
            self.own._adopt(variable, now)

    def has_read(self, variable: Any) -> None:
        """Take a variable for what it holds, and for what it held before the function changed it."""
        of = getattr(variable, "_of", variable)
        before = getattr(TRACING.get(), "before", {}).get(id(of), (of, of._now))[1]
        for held in (before, of._now):
            self.read(of, held)


def _node(one: Any) -> Any:
    if one is None:
        raise AttributeError("'NoneType' object has no attribute 'op'")
    return convert(one) if isinstance(one, bool | int | float | complex | np.ndarray | np.generic) else one


class AggregationMethod:
    """How `tf.gradients` adds up gradients; all ways give the same here."""

    ADD_N = 0
    DEFAULT = ADD_N
    EXPERIMENTAL_TREE = 1
    EXPERIMENTAL_ACCUMULATE_N = 2


_METHODS = [0, 1, 2]
_NO_VALUE = "None values not supported."


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
        if slope is None:
            raise ValueError(_NO_VALUE)
        size, shape = int(np.prod(x.shape, dtype=int)), tuple(x.shape)
        flat = traced.reshape_to(slope, (size,))
        rows = [gradients(flat[i], [x])[0] for i in range(size)]
        if any(row is None for row in rows):
            raise ValueError(_NO_VALUE)
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
    whole = next((one for one in LISTENING.get() if isinstance(one, WholeTape)), None)
    if whole is None:
        raise RuntimeError(
            "tf.gradients is not supported when eager execution is enabled. Use tf.GradientTape instead."
        )
    if aggregation_method not in (None, *_METHODS):
        raise ValueError(
            f"Invalid `aggregation_method` specified {aggregation_method}. Accepted values are {_METHODS}."
        )
    targets, flat = ([_node(one) for one in _nest.flatten(each)] for each in (ys, xs))
    seeds = None if grad_ys is None else _nest.flatten(grad_ys)
    if seeds is not None and len(seeds) != len(targets):
        raise ValueError(f"Length mismatch. Passed {len(seeds)} grad_ys for {len(targets)} ys")
    if seeds is not None:
        seeds = [ones(t) if g is None else g for g, t in zip(seeds, targets, strict=True)]
    for x in flat:
        if isinstance(x, Variable):
            whole.has_read(x)
    stops = {id(s) for s in _nest.flatten(stop_gradients)} if stop_gradients is not None else set()
    tape, ops = whole.own, whole.own.ops
    if stops:
        # What made a tensor is forgotten; the tensor keeps its place.
        tape.ops = [begins(r[0]) if id(r[0]) in stops else r for r in ops]
    try:
        return tape._gradient(targets, flat, seeds, unconnected_gradients)
    finally:
        # What the walk itself has recorded meanwhile stays, in its place.
        ops += tape.ops[len(ops) :]
        tape.ops = ops
