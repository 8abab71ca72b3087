"""Exact mathematics: the tree as sympy sees it, its derivatives, and their values rounded once, at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np

from tfgrad_course.maths.evaluate import meant
from tfgrad_course.maths.parse import parse
from tfgrad_course.maths.shapes import Shape, shape_of, shapes_at
from tfgrad_course.maths.tree import Apply, Constant, Function, Index, List, MathsError, Name, Node, Number

_DIGITS = 40
_BIG_POWER = 1000


def to_sympy(function: Function, shapes: Mapping[str, Shape] | None = None) -> Any:
    """The result as sympy sees it: an expression, or a Matrix (a vector is one column)."""
    return _shown(_grid(function, dict(shapes or {})))


def derivative(
    function: Function, *wrt: str, order: int = 1, shapes: Mapping[str, Shape] | None = None
) -> Any:
    """The exact derivative by the variables named, `order` times by a single one; a Matrix for vectors."""
    names = wrt or function.variables[:1]
    return _shown(_derived(function, names * order if len(names) == 1 else names, dict(shapes or {})))


def value_at(function: Function, point: Mapping[str, Any], *wrt: str, order: int = 1) -> np.ndarray[Any, Any]:
    """The value (or with names, the derivative by them) at a point, exact until one rounding to float64.

    The shape is the result's followed by those of the variables: a gradient is (n,), a jacobian (m, n), a hessian
    (n, n). Points are numbers, lists, or text such as "pi/6". Where there is no real value it is NaN.
    """
    shapes = shapes_at(point)
    names = wrt * order if len(wrt) == 1 else wrt
    grid = np.asarray(_derived(function, names, shapes) if names else _grid(function, shapes), dtype=object)
    where = _assignments(point, shapes)
    flat = [_number(entry, where) for entry in grid.reshape(-1)]
    return np.array(flat, dtype=np.float64).reshape(grid.shape)


def symbols(name: str, shape: Shape = ()) -> Any:
    """The sympy symbol of a variable; of a vector or matrix, an array of symbols v_0, v_1, ..."""
    import sympy

    if not shape:
        return sympy.Symbol(name, real=True)
    grid = np.empty(shape, dtype=object)
    for index in np.ndindex(*shape):
        grid[index] = sympy.Symbol("_".join([name, *map(str, index)]), real=True)
    return grid


def exact(value: Any) -> Any:
    """A number of a point as an exact sympy number: 0.1 is one tenth, "pi/6" a sixth of pi."""
    import sympy

    if isinstance(value, str):
        return to_sympy(parse(value, ()))
    if isinstance(value, Function):
        return to_sympy(value)
    return (
        sympy.Rational(repr(float(value)))
        if not isinstance(value, (int, np.integer))
        else sympy.Integer(int(value))
    )


@cache
def _own_functions() -> dict[str, Any]:
    """Functions that keep their value and have no slope; sympy would leave a Derivative(...) behind."""
    import sympy

    def made(name: str, compute: Callable[[Any], Any]) -> Any:
        def evaluated(cls: Any, x: Any) -> Any:
            return compute(x) if x.is_number else None

        body = {"eval": classmethod(evaluated), "fdiff": lambda self, index=1: sympy.S.Zero}
        return type(name, (sympy.Function,), body)

    def to_even(x: Any) -> Any:
        low = sympy.floor(x)
        rest = x - low - sympy.Rational(1, 2)
        return low if rest < 0 or (rest == 0 and low % 2 == 0) else low + 1

    return {
        "round": made("round", to_even),
        "floor": made("floor", sympy.floor),
        "ceil": made("ceil", sympy.ceiling),
        "stop_gradient": made("stop_gradient", lambda x: x),
        "sign": made("sign", sympy.sign),
    }


def _absolute(x: Any) -> Any:
    """|x| whose slope is our own sign: sympy's would carry a Dirac delta into the second derivative."""
    return x * _own_functions()["sign"](x)


def _elementwise(name: str) -> Callable[..., Any]:
    import sympy

    own = _own_functions()
    if name in own:
        return own[name]
    special: dict[str, Callable[..., Any]] = {
        "abs": _absolute,
        "expm1": lambda x: sympy.exp(x) - 1,
        "log1p": lambda x: sympy.log(1 + x),
        "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)),
        "softplus": lambda x: sympy.log(1 + sympy.exp(x)),
        "relu": lambda x: sympy.Piecewise((x, x > 0), (0, True)),
        # TensorFlow gives a tie to the first argument
        "max": lambda x, y: sympy.Piecewise((x, x >= y), (y, True)),
        "min": lambda x, y: sympy.Piecewise((x, x <= y), (y, True)),
        "where": lambda condition, x, y: sympy.Piecewise((x, condition), (y, True)),
        "power": _power,
        "add": lambda x, y: x + y,
        "subtract": lambda x, y: x - y,
        "multiply": lambda x, y: x * y,
        "divide": lambda x, y: x / y if y != 0 else sympy.nan,
        "negative": lambda x: -x,
        "less": sympy.Lt, "less_equal": sympy.Le, "greater": sympy.Gt, "greater_equal": sympy.Ge,
        "equal": sympy.Eq, "not_equal": sympy.Ne,
    }  # fmt: skip
    return special.get(name) or getattr(sympy, name)


def _power(x: Any, y: Any) -> Any:
    """x**y, never as a whole number of millions of digits."""
    if x.is_number and y.is_number and abs(y.evalf(5)) > _BIG_POWER:
        return x.evalf(_DIGITS) ** y.evalf(_DIGITS)
    return x**y


def _grid(function: Function, shapes: dict[str, Shape]) -> Any:
    known: dict[str, Any] = {name: symbols(name, shapes.get(name, ())) for name in function.variables}
    sized = {name: shapes.get(name, ()) for name in function.variables}
    for line in function.lines:
        sized[line.name] = shape_of(line.value, sized)
        known[line.name] = _value(line.value, known)
    shape_of(function.result, sized)
    return _value(function.result, known)


def _value(node: Node, known: Mapping[str, Any]) -> Any:
    import sympy

    if isinstance(node, Number):
        return sympy.Rational(node.value.numerator, node.value.denominator)
    if isinstance(node, Constant):
        return {"pi": sympy.pi, "e": sympy.E, "tau": 2 * sympy.pi}[node.name]
    if isinstance(node, Name):
        return known[node.name]
    if isinstance(node, List):
        items = [_value(item, known) for item in node.items]
        grid = np.empty((len(items), *np.shape(items[0])), dtype=object)
        for index, item in enumerate(items):
            grid[index] = item
        return grid
    if isinstance(node, Index):
        return _value(node.value, known)[node.indices if len(node.indices) > 1 else node.indices[0]]
    expanded = meant(node)
    if not isinstance(expanded, Apply):
        return _value(expanded, known)
    return _applied(expanded.name, [_value(argument, known) for argument in expanded.arguments])


def _applied(name: str, arguments: list[Any]) -> Any:
    import sympy

    first = arguments[0]
    if name == "matmul":
        return first @ arguments[1]
    if name == "transpose":
        return np.transpose(first)
    if name in ("sum", "mean", "prod", "norm"):
        flat = list(np.reshape(first, -1))
        if name == "prod":
            return sympy.Mul(*flat)
        total = sympy.Add(*(entry**2 for entry in flat) if name == "norm" else flat)
        return {"sum": total, "mean": total / len(flat), "norm": sympy.sqrt(total)}[name]
    if name == "softmax":
        grown = np.frompyfunc(sympy.exp, 1, 1)(first)
        return grown / grown.sum(axis=-1, keepdims=True)
    if name in ("min", "max"):
        return _extreme(name, arguments)
    kernel = _elementwise(name)
    if any(isinstance(argument, np.ndarray) for argument in arguments):
        return np.frompyfunc(kernel, len(arguments), 1)(*arguments)
    return kernel(*arguments)


def _extreme(name: str, arguments: list[Any]) -> Any:
    kernel = _elementwise(name)
    entries = list(np.reshape(arguments[0], -1)) if len(arguments) == 1 else arguments
    result = entries[0]
    for entry in entries[1:]:
        paired = isinstance(result, np.ndarray) or isinstance(entry, np.ndarray)
        result = np.frompyfunc(kernel, 2, 1)(result, entry) if paired else kernel(result, entry)
    return result


def _derived(function: Function, names: tuple[str, ...], shapes: dict[str, Shape]) -> Any:
    unknown = [name for name in names if name not in function.variables]
    if unknown:
        known = ", ".join(function.variables) or "none"
        raise MathsError(f"'{unknown[0]}' is no variable of the function", 1, 1, f"its variables: {known}")
    grid = _grid(function, shapes)
    for name in names:
        by = symbols(name, shapes.get(name, ()))
        outer, inner = np.asarray(grid, dtype=object), np.asarray(by, dtype=object)
        result = np.empty(outer.shape + inner.shape, dtype=object)
        for index in np.ndindex(*outer.shape):
            for below in np.ndindex(*inner.shape):
                result[index + below] = outer[index].diff(inner[below])
        grid = result if result.shape else result[()]
    return grid


def _shown(grid: Any) -> Any:
    import sympy

    if not isinstance(grid, np.ndarray):
        return grid
    if grid.ndim > 2:
        return sympy.ImmutableDenseNDimArray(grid.tolist())
    return sympy.ImmutableMatrix(grid.reshape(-1, 1).tolist() if grid.ndim == 1 else grid.tolist())


def _assignments(point: Mapping[str, Any], shapes: Mapping[str, Shape]) -> dict[Any, Any]:
    where: dict[Any, Any] = {}
    for name, value in point.items():
        names = np.reshape(np.asarray(symbols(name, shapes[name]), dtype=object), -1)
        entries = np.empty(shapes[name], dtype=object)
        for index in np.ndindex(*shapes[name]):
            entry = value
            for step in index:
                entry = entry[step]
            entries[index] = exact(entry)
        where.update(zip(names, entries.reshape(-1), strict=True))
    return where


def _number(expression: Any, where: Mapping[Any, Any]) -> float:
    """An expression's value at a point: exact rationals where powers are small, else 40 digits."""
    import sympy

    rough = {symbol: value.evalf(_DIGITS) for symbol, value in where.items()}
    big = any(_large(power.exp, rough) for power in expression.atoms(sympy.Pow, sympy.exp))
    found = _rounded(expression, rough) if big else expression.subs(where)
    if found.has(sympy.zoo, sympy.nan):
        return float("nan")
    real, imaginary = sympy.N(found, _DIGITS).as_real_imag()
    try:
        if abs(float(imaginary)) > 1e-25 * (1 + abs(float(real))):
            return float("nan")  # the formula leaves the real numbers here
        return float(real)
    except (TypeError, ValueError):
        return float("nan")


def _large(exponent: Any, rough: Mapping[Any, Any]) -> bool:
    size = _rounded(exponent, rough)
    return bool(size.is_number and size.is_extended_real and abs(size) > _BIG_POWER)


def _rounded(expression: Any, rough: Mapping[Any, Any]) -> Any:
    """Like subs, from the leaves up, with a power beyond all floats cut off before it is computed."""
    import sympy

    if not expression.args:
        value = rough.get(expression, expression)
        return value.evalf(_DIGITS) if value.is_number and not value.is_Integer else value
    below = [_rounded(argument, rough) for argument in expression.args]
    if isinstance(expression, (sympy.Pow, sympy.exp)):
        base, exponent = below if isinstance(expression, sympy.Pow) else (sympy.E, below[0])
        if all(part.is_number and part.is_extended_real for part in (base, exponent)) and base.is_positive:
            size = exponent * sympy.log(base).evalf(20)
            if size.is_extended_real and abs(size) > 10_000:
                return sympy.oo if size > 0 else sympy.Float(0)
    return expression.func(*below)


__all__ = ["derivative", "exact", "symbols", "to_sympy", "value_at"]
