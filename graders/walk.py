"""Steps of an optimiser from a point: where descent, momentum, Adam or Newton's method lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from graders.differentiate import Formula, slope_of
from graders.notation import wrt_of
from graders.reference import Point, Quantity, flat

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

Factors = Callable[[int], float]


def walked(exercise: Exercise, formula: Formula, point: Point, way: Factors) -> Quantity:
    """Where the variables are after the exercise's steps, with the conditioning of the whole walk."""
    import numpy as np

    with np.errstate(all="ignore"):
        end = _end(exercise, formula, point, way, "float64")
        coarse = _end(exercise, formula, point, way, "float32")
        scale = np.abs(end)
        for name in wrt_of(exercise):
            array = np.asarray(point[name], dtype=float)
            for index in np.ndindex(array.shape):
                size = max(abs(float(array[index])), 1e-2)
                moved = array.copy()
                moved[index] += 1e-6 * size
                there = _end(exercise, formula, {**point, name: moved.tolist()}, way, "float64")
                scale = scale + np.abs(there - end) * 1e6
        reached = np.abs(end - np.concatenate([flat(point[name]) for name in wrt_of(exercise)]))
    shape = () if len(end) == 1 and np.ndim(point[wrt_of(exercise)[0]]) == 0 else (len(end),)
    rows = [tuple(float(v) for v in row) for row in (end, scale + reached, coarse)]
    return Quantity(shape, rows[0], rows[1], rows[2])


def end_of(exercise: Exercise, formula: Formula, point: Point, steps: int) -> tuple[float, ...]:
    """Where another number of the exercise's steps leads."""
    import numpy as np

    if not steps:
        return tuple(v for name in wrt_of(exercise) for v in flat(point[name]))
    with np.errstate(all="ignore"):
        other = exercise.model_copy(update={"steps": steps})
        return tuple(float(v) for v in _end(other, formula, point, lambda order: 1.0, "float64"))


def _end(exercise: Exercise, formula: Formula, point: Point, way: Factors, dtype: str) -> Any:
    import numpy as np

    names = wrt_of(exercise)
    sizes = [len(flat(point[name])) for name in names]
    at = np.asarray([v for name in names for v in flat(point[name])], dtype=dtype)
    step = _STEPS[exercise.method or "descent"](exercise)
    for number in range(1, (exercise.steps or 1) + 1):
        here = dict(point)
        for name, part in zip(names, np.split(at, np.cumsum(sizes)[:-1]), strict=True):
            here[name] = part.reshape(np.shape(point[name])).tolist()
        slope = slope_of(formula, here, [names], False, dtype).ravel() * dtype_of(dtype)(way(1))
        bend = None
        if exercise.method == "newton":
            bend = slope_of(formula, here, [names, names], True, dtype).reshape(len(at), len(at)) * way(2)
        at = (at + step(number, slope, bend)).astype(dtype)
    return at.astype(float)


def dtype_of(name: str) -> Any:
    """NumPy's scalar type of this name."""
    import numpy as np

    return getattr(np, name)


Step = Callable[[int, Any, Any], Any]


def _descent(exercise: Exercise) -> Step:
    rate = exercise.learning_rate or 0.0
    return lambda number, slope, bend: -rate * slope


def _ascent(exercise: Exercise) -> Step:
    rate = exercise.learning_rate or 0.0
    return lambda number, slope, bend: rate * slope


def _momentum(exercise: Exercise) -> Step:
    rate = exercise.learning_rate or 0.0
    keep = 0.9 if exercise.momentum is None else exercise.momentum
    speed = [0.0]

    def step(number: int, slope: Any, bend: Any) -> Any:
        speed[0] = keep * speed[0] - rate * slope
        return speed[0]

    return step


def _adam(exercise: Exercise) -> Step:
    """The rule and constants of tf.keras.optimizers.Adam."""
    rate = exercise.learning_rate or 0.0
    means = [0.0, 0.0]

    def step(number: int, slope: Any, bend: Any) -> Any:
        means[0] = 0.9 * means[0] + 0.1 * slope
        means[1] = 0.999 * means[1] + 0.001 * slope**2
        return -rate * (1 - 0.999**number) ** 0.5 / (1 - 0.9**number) * means[0] / (means[1] ** 0.5 + 1e-7)

    return step


def _newton(exercise: Exercise) -> Step:
    import numpy as np

    return lambda number, slope, bend: -np.linalg.solve(bend, slope)


_STEPS: dict[str, Callable[[Exercise], Step]] = {
    "descent": _descent,
    "ascent": _ascent,
    "momentum": _momentum,
    "adam": _adam,
    "newton": _newton,
}
