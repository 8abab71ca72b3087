"""The derivative of a tree as a tree, by the rules of school; what a learner types who differentiates by hand."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from tfgrad_course.maths.evaluate import meant
from tfgrad_course.maths.functions import WORDS
from tfgrad_course.maths.parse import MAX_EXPANDED, parse
from tfgrad_course.maths.tree import (
    Apply,
    Function,
    Index,
    List,
    Name,
    Node,
    Number,
    number,
    substitute,
    walk,
)

_ZERO, _ONE = Number(Fraction(0)), Number(Fraction(1))


def tree_derivative(function: Function, name: str) -> Function | None:
    """The derivative by one scalar variable, or None where a word in it has no formula for its slope."""
    node = slope(function.inlined(), name)
    if node is None or sum(1 for _ in walk(node)) > MAX_EXPANDED:
        return None
    return Function(function.variables, (), node, function.name)


def slope(node: Node, name: str) -> Node | None:
    """d node / d name, lightly simplified; None where there is no one formula."""
    if not any(isinstance(below, Name) and below.name == name for below in walk(node)):
        return _ZERO
    if isinstance(node, Name):
        return _ONE
    if isinstance(node, List):
        items = [slope(item, name) for item in node.items]
        return None if None in items else List(tuple(item for item in items if item is not None))
    if isinstance(node, Index):
        inner = slope(node.value, name)
        return Index(inner, node.indices) if isinstance(inner, (List, Apply)) else None
    if not isinstance(node, Apply):
        return _ZERO
    expanded = meant(node)
    if not isinstance(expanded, Apply):
        return slope(expanded, name)
    inner_slopes = [slope(argument, name) for argument in expanded.arguments]
    known = tuple(inner for inner in inner_slopes if inner is not None)
    return _rule(expanded, known) if len(known) == len(inner_slopes) else None


def _rule(node: Apply, d: tuple[Node, ...]) -> Node | None:
    x, *rest = node.arguments
    if node.name in ("add", "subtract"):
        return add(d[0], d[1], node.name)
    if node.name == "negative":
        return negative(d[0])
    if node.name == "multiply":
        return add(times(d[0], rest[0]), times(x, d[1]))
    if node.name == "divide":
        if d[1] == _ZERO:
            return d[0] if d[0] == _ZERO else Apply("divide", (d[0], rest[0]))
        above = add(times(d[0], rest[0]), times(x, d[1]), "subtract")
        return Apply("divide", (above, power(rest[0], number(2))))
    if node.name == "power":
        return _power_rule(x, rest[0], d)
    if node.name in ("sum", "mean"):
        return Apply(node.name, d)
    if node.name in WORDS and (given := _slope_of(node.name)) is not None:
        return times(substitute(given, {"a": x}), d[0])
    return None


@cache
def _slope_of(name: str) -> Node | None:
    text = WORDS[name].slope
    return parse(text, ("a",)).result if text is not None and WORDS[name].high == 1 else None


def _power_rule(base: Node, exponent: Node, d: tuple[Node, ...]) -> Node:
    if d[1] == _ZERO:
        lower = (
            number(exponent.value - 1) if isinstance(exponent, Number) else add(exponent, _ONE, "subtract")
        )
        return times(times(exponent, power(base, lower)), d[0])
    whole = Apply("power", (base, exponent))
    grown = times(times(whole, Apply("log", (base,))), d[1])
    if d[0] == _ZERO:
        return grown
    return add(grown, times(times(exponent, power(base, add(exponent, _ONE, "subtract"))), d[0]))


def add(x: Node, y: Node, name: str = "add") -> Node:
    """x + y or x - y without zeros."""
    if y == _ZERO:
        return x
    if x == _ZERO:
        return y if name == "add" else negative(y)
    return Apply(name, (x, y))


def negative(x: Node) -> Node:
    """-x without a double minus."""
    if isinstance(x, Apply) and x.name == "negative":
        return x.arguments[0]
    return x if x == _ZERO else Apply("negative", (x,))


def times(x: Node, y: Node) -> Node:
    """x * y without zeros and ones, the number first."""
    if _ZERO in (x, y):
        return _ZERO
    if x == _ONE or y == _ONE:
        return y if x == _ONE else x
    if isinstance(x, Number) and isinstance(y, Number):
        return Number(x.value * y.value)
    if isinstance(y, Number):
        return times(y, x)
    if (
        isinstance(x, Number)
        and isinstance(y, Apply)
        and y.name == "multiply"
        and isinstance(y.arguments[0], Number)
    ):
        return Apply("multiply", (Number(x.value * y.arguments[0].value), y.arguments[1]))
    return Apply("multiply", (x, y))


def power(base: Node, exponent: Node) -> Node:
    """base ** exponent, plain for the exponents 0 and 1."""
    if exponent == _ZERO:
        return _ONE
    return base if exponent == _ONE else Apply("power", (base, exponent))
