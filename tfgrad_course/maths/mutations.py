"""Likely wrong versions of a function: lint asks whether a point tells them apart, diagnosis which of them was typed.

The kinds are the names of the misconceptions they belong to.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from tfgrad_course.maths.parse import parse
from tfgrad_course.maths.slopes import tree_derivative
from tfgrad_course.maths.source import bracketed, text_without_brackets
from tfgrad_course.maths.terms import Path, Term, places, replaced, term_at, terms, with_terms
from tfgrad_course.maths.text import unicode_node
from tfgrad_course.maths.tree import (
    Apply,
    Constant,
    Function,
    MathsError,
    Name,
    Node,
    exact_number,
    is_constant,
    number,
)


@dataclass(frozen=True, slots=True)
class Mutation:
    """A function with one mistake in it: its kind, what was done in words, where, and in which term of the result."""

    kind: str
    function: Function
    words: str
    line: int = 1
    column: int = 1
    term: int | None = None


LOOK_ALIKES = {
    "sin": ("cos", "sinh"), "cos": ("sin", "cosh"), "tan": ("tanh", "atan"), "tanh": ("tan", "sigmoid"),
    "sinh": ("sin", "cosh"), "cosh": ("cos", "sinh"), "log": ("log1p",), "log1p": ("log",), "exp": ("expm1",),
    "expm1": ("exp",), "asin": ("acos", "asinh"), "acos": ("asin", "acosh"), "atan": ("tan", "atanh"),
    "asinh": ("asin",), "acosh": ("acos",), "atanh": ("atan",), "max": ("min",), "min": ("max",),
    "sigmoid": ("tanh", "softplus"), "softplus": ("relu", "sigmoid"), "relu": ("abs", "softplus"), "abs": ("sign",),
    "floor": ("round", "ceil"), "ceil": ("round", "floor"), "round": ("floor", "ceil"), "log2": ("log",),
    "sqrt": ("cbrt",), "cbrt": ("sqrt",),
}  # fmt: skip


def mutations(function: Function) -> list[Mutation]:
    """All likely mistakes in a function, each a different function; the commonest kinds first."""
    return list(_mutations(function, function.text))


@lru_cache(maxsize=256)
def _mutations(function: Function, text: str) -> tuple[Mutation, ...]:
    """Every wrong submission is held against the same ones; equal text has equal places in it."""
    found: list[Mutation] = []
    seen = {(function.lines, function.result)}
    for make in (_signs, _missing, _numbers, _words, _degrees, _brackets, _minus, _rounded, _whole):
        for mutation in make(function):
            key = (mutation.function.lines, mutation.function.result)
            if key not in seen:
                seen.add(key)
                found.append(mutation)
    return tuple(found)


def _at(function: Function, kind: str, path: Path, old: Node, new: Node, words: str) -> Mutation:
    changed = replaced(function, path, new)
    return Mutation(kind, changed, words, old.line, old.column, term_at(function, path))


def _signs(function: Function) -> Iterator[Mutation]:
    parts = terms(function)
    for index, term in enumerate(parts):
        changed = with_terms(function, _with(parts, index, Term(-term.sign, term.node)))
        words = f"the sign of {_named(term)} is turned round"
        yield Mutation("term-sign-error", changed, words, term.node.line, term.node.column, index)


def _missing(function: Function) -> Iterator[Mutation]:
    parts = terms(function)
    for index, term in enumerate(parts if len(parts) > 1 else ()):
        changed = with_terms(function, [*parts[:index], *parts[index + 1 :]])
        words = f"the term {_named(term)} is missing"
        yield Mutation("term-missing", changed, words, term.node.line, term.node.column, index)


def _with(parts: tuple[Term, ...], index: int, term: Term) -> list[Term]:
    return [*parts[:index], term, *parts[index + 1 :]]


def _named(term: Term) -> str:
    return unicode_node(term.node)


def _numbers(function: Function) -> Iterator[Mutation]:
    """Exponents and coefficients one too large or too small; a constant added to a sum has no slope to tell."""
    for path, node in places(function):
        if not isinstance(node, Apply) or node.name not in ("power", "multiply", "divide"):
            continue
        for index, part in enumerate(node.arguments):
            value = exact_number(part)
            if (
                value is None
                or value.denominator != 1
                or (node.name == "power" and index == 0 and is_constant(node))
            ):
                continue
            what = "exponent" if node.name == "power" and index == 1 else "number"
            for other in (value + 1, value - 1):
                if other == 0 or (node.name == "power" and index == 0 and other == 1):
                    continue
                words = f"the {what} {value} in {unicode_node(node)} became {other}"
                new = number(other, part)
                yield _at(function, "wrong-exponent-or-coefficient", (*path, index), part, new, words)


def _words(function: Function) -> Iterator[Mutation]:
    for path, node in places(function):
        if not isinstance(node, Apply):
            continue

        def swapped(kind: str, name: str, node: Apply = node, path: Path = path) -> Mutation:
            new = Apply(name, node.arguments, node.line, node.column)
            return _at(function, kind, path, node, new, f"{name} stands where {node.name} is meant")

        if node.name == "log":
            yield swapped("log-base-ten", "log10")
        for name in LOOK_ALIKES.get(node.name, ()):
            yield swapped("look-alike-function", name)
        if node.name in ("sum", "mean"):
            yield swapped("mean-instead-of-sum", "mean" if node.name == "sum" else "sum")
        if node.name == "dot":
            product = Apply("multiply", node.arguments, node.line, node.column)
            new = Apply("mean", (product,), node.line, node.column)
            yield _at(
                function, "mean-instead-of-sum", path, node, new, "the mean of the products, not their sum"
            )


def _degrees(function: Function) -> Iterator[Mutation]:
    half = number(180)
    for path, node in places(function):
        if not isinstance(node, Apply) or node.name not in ("sin", "cos", "tan"):
            continue
        angle = node.arguments[0]
        for above, below, way in (
            (half, Constant("pi"), "to degrees"),
            (Constant("pi"), half, "from degrees"),
        ):
            scaled = Apply("divide", (Apply("multiply", (angle, above)), below), angle.line, angle.column)
            words = f"the angle of {node.name} was converted {way}"
            yield _at(function, "degrees-not-radians", (*path, 0), angle, scaled, words)


def _brackets(function: Function) -> Iterator[Mutation]:
    """Each pair of brackets that the formula needs, left out."""
    for path, node in places(function):
        parent = _parent(function, path)
        if parent is None or not bracketed(parent, path[-1], node):
            continue
        try:
            changed = parse(text_without_brackets(function, node), function.variables)
        except MathsError:
            continue
        role = "parentheses-missing"
        if parent.name == "power" and path[-1] == 1:
            role = "exponent-missing-parentheses"
        elif parent.name == "divide" and path[-1] == 1:
            role = "denominator-missing-parentheses"
        words = f"the brackets around {unicode_node(node)} are missing"
        yield Mutation(role, changed, words, node.line, node.column, term_at(function, path))


def _parent(function: Function, path: Path) -> Apply | None:
    if len(path) < 2:
        return None
    node: Node = function.result if path[0] < 0 else function.lines[path[0]].value
    for step in path[1:-1]:
        node = node.arguments[step] if isinstance(node, Apply) else node
    return node if isinstance(node, Apply) and path[-1] < len(node.arguments) else None


def _minus(function: Function) -> Iterator[Mutation]:
    for path, node in places(function):
        if isinstance(node, Apply) and node.name == "negative":
            inner = node.arguments[0]
            if isinstance(inner, Apply) and inner.name == "power":
                base, exponent = inner.arguments
                new = Apply("power", (Apply("negative", (base,)), exponent), node.line, node.column)
                words = f"the minus is inside the power: {unicode_node(new)}"
                yield _at(function, "minus-inside-power", path, node, new, words)


def _rounded(function: Function) -> Iterator[Mutation]:
    typed = {
        "pi": (Fraction(314, 100),),
        "e": (Fraction(27, 10), Fraction(2718, 1000)),
        "tau": (Fraction(628, 100),),
    }
    for path, node in places(function):
        if isinstance(node, Constant):
            for value in typed[node.name]:
                words = f"{float(value):g} stands for {node.name}"
                yield _at(function, "rounded-constant", path, node, number(value, node), words)
        if isinstance(node, Apply) and node.name == "exp":
            for value in typed["e"]:
                new = Apply("power", (number(value), node.arguments[0]), node.line, node.column)
                yield _at(function, "rounded-constant", path, node, new, f"{float(value):g} stands for e")


def _whole(function: Function) -> Iterator[Mutation]:
    """Versions of the function as a whole, and the exponent that whole-number division cuts off."""
    for path, node in places(function):
        if isinstance(node, Apply) and node.name == "power":
            value = exact_number(node.arguments[1])
            if isinstance(node.arguments[1], Apply) and value is not None and value.denominator > 1:
                new = number(math.floor(value), node.arguments[1])
                words = f"the exponent {unicode_node(node.arguments[1])} was cut to {math.floor(value)}"
                yield _at(function, "integer-division-exponent", (*path, 1), node.arguments[1], new, words)
    if len(function.variables) != 1:
        return
    name = function.variables[0]
    vector = any(isinstance(node, Apply) and node.name in _VECTOR for node in function.nodes())
    derived = None if vector else tree_derivative(function, name)
    if derived is not None:
        yield Mutation(
            "derivative-typed-as-function", derived, "the derivative stands for the function", term=None
        )
    if not vector:
        ratio = Apply("divide", (function.inlined(), Name(name)))
        changed = Function(function.variables, (), ratio, function.name)
        yield Mutation("slope-as-y-over-x", changed, f"{function.name} divided by {name}", term=None)


_VECTOR = ("sum", "mean", "prod", "norm", "dot", "matmul", "softmax", "transpose")
