"""References for the kinds of exercise that a tape answers: value, derivative, what is made of it, and its marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from graders.differentiate import derivative_of, target_of
from graders.formula import formula_of
from graders.notation import wrt_of
from graders.reference import Numbers, Point, Quantity, Reference, composed, exact, flat, shape_of

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

TAPE_WEIGHTS = {"variable": 0.2, "recorded": 0.3, "gradient": 0.3, "answer": 0.2}
PLAIN_WEIGHTS = {"answer": 1.0}

Factors = Callable[[int], float]
"""The factor that a secretly marked tape puts on a derivative of some order."""


def sources_at(exercise: Exercise, point: Point) -> tuple[tuple[str, Numbers], ...]:
    """The numbers that are differentiated by, variable by variable."""
    return tuple((name, flat(point[name])) for name in point if name in wrt_of(exercise))


def entries(exercise: Exercise, point: Point) -> int:
    """How many numbers are differentiated by."""
    return sum(len(data) for _, data in sources_at(exercise, point))


def value(exercise: Exercise, point: Point) -> Quantity:
    """The function at the point."""
    return target_of(formula_of(exercise), point)


def first(exercise: Exercise, point: Point, rows: bool = False) -> Quantity:
    """The first derivative by all variables in question: a number for one, else their entries one after another."""
    names = [name for name in point if name in wrt_of(exercise)]
    found = derivative_of(formula_of(exercise), point, names, rows=rows)
    if not rows:
        single = len(names) == 1 and shape_of(point[names[0]]) == ()
        found = found.reshaped(() if single else (len(found.data),))
    return _sound(exercise, point, found, tuple(names), 1)


def second(exercise: Exercise, point: Point) -> Quantity:
    """The matrix of second derivatives (a number for one variable)."""
    names = [name for name in point if name in wrt_of(exercise)]
    found = derivative_of(formula_of(exercise), point, names, names, rows=True)
    size = entries(exercise, point)
    single = len(names) == 1 and shape_of(point[names[0]]) == ()
    return _sound(exercise, point, found.reshaped(() if single else (size, size)), tuple(names), 2)


def higher(exercise: Exercise, point: Point, by: Sequence[str]) -> Quantity:
    """A derivative taken by one variable after the other, the first one innermost."""
    found = derivative_of(formula_of(exercise), point, *([name] for name in by))
    return _sound(exercise, point, found, tuple(by), len(by))


def _sound(exercise: Exercise, point: Point, found: Quantity, by: tuple[str, ...], order: int) -> Quantity:
    """The derivative itself, or sympy's where the tape's is not a number (0/0 in an untaken branch of `where`)."""
    if all(v == v for v in found.data) or exercise.function is None:
        return found
    from tfgrad_course.course.formulas import function_of
    from tfgrad_course.maths import MathsError, value_at

    function = function_of(exercise)
    if function is None or len(set(by)) != 1:
        return found
    try:
        known = value_at(function, dict(point), by[0], order=order)
    except (MathsError, ArithmeticError, ValueError, TypeError):
        return found
    data = flat(known.tolist())
    size = max([abs(v) for v in data] + [1.0])
    return (
        Quantity(found.shape, data, tuple(size for _ in data), data)
        if len(data) == len(found.data)
        else found
    )


def factors(mark: float) -> list[Factors]:
    """How a mark may enter: once for every call on the way, but a chain rule by hand or forward mode differ."""
    if mark == 1:
        return [lambda order: 1.0]
    usual: list[Factors] = [lambda order: mark**order]
    return usual + [
        (lambda order, a=a, b=b: mark ** (a if order == 1 else b))  # type: ignore[misc]
        for a in (1, 2, 3)
        for b in (2, 1, 3, 4)
    ]


def at(
    exercise: Exercise,
    point: Point,
    mark: float,
    gradient: Quantity,
    *,
    order: int = 1,
    number: Callable[[Factors], Quantity] | None = None,
    counts: bool = True,
    **more: Any,
) -> Reference:
    """A reference; `number` makes what is handed in (None: what `then` makes of the gradient, or the gradient).

    With `counts` off no number is asked for beside the word.
    """
    ways = factors(mark)
    made = number or (lambda way: then(exercise, point, gradient.times(way(order)), way))
    gradients = _different([gradient.times(way(order)) for way in ways])
    numbers = _different([made(way) for way in ways]) if counts else []
    return Reference(
        point=sources_at(exercise, point),
        target=value(exercise, point),
        gradient=gradients[0],
        number=numbers[0] if counts else None,
        order=order,
        gradients=tuple(gradients[1:]),
        numbers=tuple(numbers[1:]),
        **more,
    )


def _different(quantities: Sequence[Quantity]) -> list[Quantity]:
    return list({quantity.data: quantity for quantity in quantities}.values())


def then(exercise: Exercise, point: Point, gradient: Quantity, way: Factors) -> Quantity:
    """What `then` makes of the derivative (already marked); the derivative itself when it says nothing."""
    if exercise.then is None:
        return gradient
    import numpy as np

    from tfgrad_course.course.formulas import partial_of, result_name
    from tfgrad_course.maths import evaluate, parse

    formula = parse(exercise.then)
    names, parts = [], []
    for name in formula.variables:
        by = partial_of(name, _function_name(exercise), tuple(exercise.variables))
        if name == result_name(exercise.judged_as):
            part = gradient
        elif name == "value":
            part = value(exercise, point)
        elif name in point:
            part = exact(flat(point[name]), shape_of(point[name]))
        elif by is not None:
            part = higher(exercise, point, by).times(way(len(by)))
        else:
            raise ValueError(f"`then` speaks of {name!r}, which the exercise does not know")
        names.append(name)
        parts.append(part)
    return composed(lambda *arrays: evaluate(formula, np, dict(zip(names, arrays, strict=True))), *parts)


def _function_name(exercise: Exercise) -> str:
    from tfgrad_course.course.formulas import functions_of

    return next(iter(functions_of(exercise)), "y")


def stated_number(exercise: Exercise) -> bool:
    """Whether the stated answer has a number part that must be handed in."""
    return exercise.number is not None


def kind_of_point(gradient: Numbers, hessian: Quantity) -> str | None:
    """What a point is by its gradient and hessian; None where the hessian does not decide."""
    import numpy as np

    size = max([abs(v) for v in hessian.data] + [1e-3])
    if max(abs(v) for v in gradient) > 1e-6 * size:
        return "not critical"
    matrix = np.asarray(hessian.data).reshape(len(gradient), len(gradient))
    curvatures = np.linalg.eigvalsh((matrix + matrix.T) / 2)
    up, down = bool((curvatures > 1e-6 * size).any()), bool((curvatures < -1e-6 * size).any())
    if up and down:
        return "saddle"
    if (abs(curvatures) <= 1e-6 * size).any():
        return None
    return "minimum" if up else "maximum"


def has_formula(exercise: Exercise) -> bool:
    """Whether a formula and values for all of its variables are stated, so that the answer can be computed."""
    from tfgrad_course.course.formulas import functions_of

    functions = functions_of(exercise).values()
    return bool(functions) and all(function.used <= set(exercise.point or ()) for function in functions)
