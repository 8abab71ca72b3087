"""The reference tape at work: a function's value and derivatives at a point, with their conditioning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graders.reference import Point, Quantity

Formula = Callable[[Any, dict[str, Any]], Any]
"""Takes a tf-like namespace and the point's tensors by name, gives the result as a tensor."""


def target_of(formula: Formula, point: Point) -> Quantity:
    """The function's value at the point; its scale is |f| + sum |x_j df/dx_j|."""
    names = list(point)
    return _measure(formula, point, names, 0, "gradient")


def derivative_of(
    formula: Formula, point: Point, wrt: Sequence[str], order: int = 1, how: str = "gradient"
) -> Quantity:
    """The `order`-th derivative with respect to `wrt` at the point, entries of all `wrt` one after another.

    `how` is gradient (sums a vector target), jacobian (rows are outputs) or hessian (jacobian of a gradient).
    Raises ValueError when the function does not depend on a tape at all.
    """
    return _measure(formula, point, list(wrt), order, how)


def _measure(formula: Formula, point: Point, wrt: list[str], order: int, how: str) -> Quantity:
    import numpy as np

    fine = np.asarray(_derive(formula, point, wrt, order, how, "float64"))
    coarse = np.asarray(_derive(formula, point, wrt, order, how, "float32"), dtype=float)
    scale = (
        np.abs(fine)
        + _sensitivity(formula, point, wrt, order, how)
        + _contributions(formula, point, wrt, order)
    )
    return Quantity(
        tuple(fine.shape),
        tuple(float(v) for v in fine.ravel()),
        tuple(float(v) for v in np.broadcast_to(scale, fine.shape).ravel()),
        tuple(float(v) for v in coarse.ravel()),
    )


def _derive(formula: Formula, point: Point, wrt: list[str], order: int, how: str, dtype: str) -> Any:
    from tfgrad_course import tf

    tensors = {name: tf.constant(value, dtype=dtype) for name, value in point.items()}

    def derive(depth: int, given: dict[str, Any]) -> Any:
        if depth == 0:
            return formula(tf, given)
        with tf.GradientTape() as tape:
            for name in wrt:
                tape.watch(given[name])
            inner = derive(depth - 1, given)
        sources = [given[name] for name in wrt]
        zero = tf.UnconnectedGradients.ZERO
        if how == "jacobian" or (how == "hessian" and depth == order):
            parts = tape.jacobian(inner, sources, unconnected_gradients=zero)
            lead = inner.shape.rank
            return (
                tf.concat([_columns(tf, part, lead) for part in parts], axis=-1)
                if len(parts) > 1
                else parts[0]
            )
        parts = tape.gradient(inner, sources, unconnected_gradients=zero)
        return tf.concat([tf.reshape(p, [-1]) for p in parts], 0) if len(parts) > 1 else parts[0]

    return derive(order, tensors).numpy()


def _columns(tf: Any, part: Any, lead: int) -> Any:
    """A jacobian's part with its source axes folded into one."""
    return tf.reshape(part, [*part.shape[:lead], -1])


def _sensitivity(formula: Formula, point: Point, wrt: list[str], order: int, how: str) -> Any:
    """sum_j |x_j dg/dx_j| by central differences of the float64 derivative: an estimate is enough here."""
    import numpy as np

    total: Any = 0.0
    for name in point:
        base = np.asarray(point[name], dtype=float)
        for index in np.ndindex(base.shape):
            step = 1e-5 * max(abs(float(base[index])), 1e-3)
            around = []
            for sign in (1, -1):
                moved = base.copy()
                moved[index] += sign * step
                around.append(
                    np.asarray(_derive(formula, {**point, name: moved.tolist()}, wrt, order, how, "float64"))
                )
            slope = np.abs(around[0] - around[1]) / (2 * step)
            total = total + abs(float(base[index])) * np.where(np.isfinite(slope), slope, 0.0)
    return total


def _contributions(formula: Formula, point: Point, wrt: list[str], order: int) -> float:
    """The sum of absolute path contributions of a first derivative, 0 where the tape cannot say."""
    from tfgrad_course import tf
    from tfgrad_course.tf._conditioning import absolute_contributions

    if order != 1:
        return 0.0
    tensors = {name: tf.constant(value, dtype="float64") for name, value in point.items()}
    with tf.GradientTape() as tape:
        for name in wrt:
            tape.watch(tensors[name])
        result = formula(tf, tensors)
    return absolute_contributions(tape, result, [tensors[name] for name in wrt])
