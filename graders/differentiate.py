"""The reference tape at work: a function's value and derivatives at a point, with their conditioning."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from graders.author import Authored
from graders.reference import Point, Quantity

Formula = Callable[[Any, dict[str, Any]], Any]
"""Takes a tf-like namespace and the point's tensors by name, gives the result as a tensor."""

Frozen = tuple[tuple[str, Any], ...]
"""A point that can be a key."""

MANY = 100
"""With more numbers than this in a point, its sensitivity is estimated along one line instead of number by number."""


def target_of(formula: Formula, point: Point) -> Quantity:
    """The function's value at the point; its scale is |f| + sum |x_j df/dx_j|."""
    return _valued(formula, frozen(point))


@functools.lru_cache(maxsize=512)
def _valued(formula: Formula, place: Frozen) -> Quantity:
    import numpy as np

    point = dict(place)
    names = tuple(point)
    if isinstance(formula, Authored) or not names:
        return _measure(formula, point, (), False)
    value, gradient, _ = _recorded(formula, frozen(point), names, "float64")
    if np.ndim(value):
        return _measure(formula, point, (), False)
    coarse = _recorded(formula, frozen(point), names, "float32")[0]
    numbers = np.concatenate([np.ravel(np.asarray(part, dtype=float)) for part in point.values()])
    change = np.abs(numbers * gradient)
    scale = abs(float(value)) + float(np.where(np.isfinite(change), change, 0.0).sum())
    return Quantity((), (float(value),), (scale,), (float(coarse),))


def derivative_of(formula: Formula, point: Point, *levels: Sequence[str], rows: bool = False) -> Quantity:
    """The derivative taken once for each level, by that level's variables, the innermost first.

    With `rows` the last level is a jacobian (rows are outputs, columns the variables' entries one after another);
    without, a vector target is summed as the tape's gradient does.
    """
    return _derived(formula, frozen(point), tuple(map(tuple, levels)), rows)


@functools.lru_cache(maxsize=512)
def _derived(formula: Formula, place: Frozen, levels: tuple[tuple[str, ...], ...], rows: bool) -> Quantity:
    """The points of a stock come back with every submission, and with every mark."""
    return _measure(formula, dict(place), levels, rows)


def _measure(formula: Formula, point: Point, levels: Sequence[Sequence[str]], rows: bool) -> Quantity:
    import numpy as np

    with np.errstate(all="ignore"):
        fine = np.asarray(slope_of(formula, point, levels, rows, "float64"))
        coarse = np.asarray(slope_of(formula, point, levels, rows, "float32"), dtype=float)
        scale = np.abs(fine) + _sensitivity(formula, point, levels, rows, fine)
        if len(levels) == 1 and not isinstance(formula, Authored):
            paths = _recorded(formula, frozen(point), tuple(levels[0]), "float64")[2]
            scale = scale + (paths if rows else paths.reshape(fine.shape))
    return Quantity(
        tuple(fine.shape),
        tuple(float(v) for v in fine.ravel()),
        tuple(float(v) for v in np.broadcast_to(scale, fine.shape).ravel()),
        tuple(float(v) for v in coarse.ravel()),
    )


def frozen(point: Point) -> Frozen:
    """A point as a key."""
    return tuple((name, _tuples(value)) for name, value in point.items())


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, (list, tuple)) else float(value)


@functools.lru_cache(maxsize=256)
def _recorded(formula: Formula, point: Frozen, names: tuple[str, ...], dtype: str) -> tuple[Any, Any, Any]:
    """One recording: the value, the gradient of its sum by all entries of the names, absolute path contributions."""
    import numpy as np

    from tfgrad_course import tf
    from tfgrad_course.tf._conditioning import absolute_contributions

    tensors = {name: tf.constant(value, dtype=dtype) for name, value in point}
    sources = [tensors[name] for name in names]
    with np.errstate(all="ignore"), tf.GradientTape() as tape:
        tape.watch(sources)
        result = formula(tf, tensors)
    with np.errstate(all="ignore"):
        paths = np.concatenate([np.ravel(part) for part in absolute_contributions(tape, result, sources)])
        found = tape.gradient(result, sources, unconnected_gradients=tf.UnconnectedGradients.ZERO)
        gradient = np.concatenate([np.ravel(part.numpy()) for part in found])
    return np.asarray(result.numpy()), gradient, np.where(np.isfinite(paths), paths, 0.0)


def slope_of(formula: Formula, point: Point, levels: Sequence[Sequence[str]], rows: bool, dtype: str) -> Any:
    """The bare derivative as a NumPy array of this dtype; see `derivative_of` for levels and rows."""
    if isinstance(formula, Authored):
        return formula.slope(point, levels, rows, dtype)
    if len(levels) == 1 and not rows:
        import numpy as np

        gradient = _recorded(formula, frozen(point), tuple(levels[0]), dtype)[1]
        return gradient.reshape(np.shape(point[levels[0][0]])) if len(levels[0]) == 1 else gradient
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
