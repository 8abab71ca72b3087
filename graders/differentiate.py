"""The reference tape at work: a function's value and derivatives at a point, with their conditioning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graders.author import Authored
from graders.reference import Point, Quantity

Formula = Callable[[Any, dict[str, Any]], Any]
"""Takes a tf-like namespace and the point's tensors by name, gives the result as a tensor."""

MANY = 100
"""With more numbers than this in a point, its sensitivity is estimated along one line instead of number by number."""


def target_of(formula: Formula, point: Point) -> Quantity:
    """The function's value at the point; its scale is |f| + sum |x_j df/dx_j|."""
    return _measure(formula, point, (), False)


def derivative_of(formula: Formula, point: Point, *levels: Sequence[str], rows: bool = False) -> Quantity:
    """The derivative taken once for each level, by that level's variables, the innermost first.

    With `rows` the last level is a jacobian (rows are outputs, columns the variables' entries one after another);
    without, a vector target is summed as the tape's gradient does.
    """
    return _measure(formula, point, levels, rows)


def _measure(formula: Formula, point: Point, levels: Sequence[Sequence[str]], rows: bool) -> Quantity:
    import numpy as np

    with np.errstate(all="ignore"):
        fine = np.asarray(slope_of(formula, point, levels, rows, "float64"))
        coarse = np.asarray(slope_of(formula, point, levels, rows, "float32"), dtype=float)
        scale = np.abs(fine) + _sensitivity(formula, point, levels, rows, fine)
        if len(levels) == 1:
            paths = _contributions(formula, point, levels[0])
            scale = scale + (paths if rows else paths.reshape(fine.shape))
    return Quantity(
        tuple(fine.shape),
        tuple(float(v) for v in fine.ravel()),
        tuple(float(v) for v in np.broadcast_to(scale, fine.shape).ravel()),
        tuple(float(v) for v in coarse.ravel()),
    )


def slope_of(formula: Formula, point: Point, levels: Sequence[Sequence[str]], rows: bool, dtype: str) -> Any:
    """The bare derivative as a NumPy array of this dtype; see `derivative_of` for levels and rows."""
    if isinstance(formula, Authored):
        return formula.slope(point, levels, rows, dtype)
    from tfgrad_course import tf

    tensors = {name: tf.constant(value, dtype=dtype) for name, value in point.items()}

    def derive(depth: int) -> Any:
        if depth == 0:
            return formula(tf, tensors)
        names = levels[depth - 1]
        sources = [tensors[name] for name in names]
        with tf.GradientTape() as tape:
            tape.watch(sources)
            inner = derive(depth - 1)
        zero = tf.UnconnectedGradients.ZERO
        if rows and depth == len(levels):
            parts = tape.jacobian(inner, sources, unconnected_gradients=zero)
            lead = len(inner.shape)
            columns = [tf.reshape(part, [*part.shape[:lead], -1]) for part in parts]
            return tf.concat(columns, axis=-1)
        parts = tape.gradient(inner, sources, unconnected_gradients=zero)
        return tf.concat([tf.reshape(part, [-1]) for part in parts], 0) if len(parts) > 1 else parts[0]

    return derive(len(levels)).numpy()


def _sensitivity(
    formula: Formula, point: Point, levels: Sequence[Sequence[str]], rows: bool, here: Any
) -> Any:
    """sum_j |x_j dg/dx_j| by differences of the float64 derivative: an estimate is enough here.

    Of the two one-sided differences the smaller counts, so that a corner beside the point does not blow it up.
    """
    import numpy as np

    def slopes(moves: dict[str, Any], step: float) -> Any:
        sides = []
        for sign in (1, -1):
            moved = {
                name: (np.asarray(value, dtype=float) + sign * step * moves.get(name, 0.0)).tolist()
                for name, value in point.items()
            }
            sides.append(np.abs(np.asarray(slope_of(formula, moved, levels, rows, "float64")) - here) / step)
        slope = np.fmin(*sides)
        return np.where(np.isfinite(slope), slope, 0.0)

    arrays = {name: np.asarray(value, dtype=float) for name, value in point.items()}
    if sum(array.size for array in arrays.values()) > MANY:
        return slopes(arrays, 1e-5)
    total: Any = 0.0
    for name, array in arrays.items():
        for index in np.ndindex(array.shape):
            size = abs(float(array[index]))
            if size:
                unit = np.zeros(array.shape)
                unit[index] = 1.0
                total = total + size * slopes({name: unit}, 1e-5 * max(size, 1e-3))
    return total


def _contributions(formula: Formula, point: Point, wrt: Sequence[str]) -> Any:
    """For each number of the variables the sum of absolute path contributions to the function."""
    import numpy as np

    if isinstance(formula, Authored):
        return np.zeros(sum(np.size(point[name]) for name in wrt))
    from tfgrad_course import tf
    from tfgrad_course.tf._conditioning import absolute_contributions

    tensors = {name: tf.constant(value, dtype="float64") for name, value in point.items()}
    sources = [tensors[name] for name in wrt]
    with tf.GradientTape() as tape:
        tape.watch(sources)
        result = formula(tf, tensors)
    found = [np.ravel(part) for part in absolute_contributions(tape, result, sources)]
    total = np.concatenate(found)
    return np.where(np.isfinite(total), total, 0.0)
