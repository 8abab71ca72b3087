"""Shapes of every part of a function, found by reading alone: a vector that does not fit is named at its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tfgrad_course.maths.evaluate import meant
from tfgrad_course.maths.functions import WORDS
from tfgrad_course.maths.tree import Apply, Constant, Function, Index, List, MathsError, Name, Node, Number

Shape = tuple[int, ...]


def shapes_at(point: Mapping[str, Any]) -> dict[str, Shape]:
    """The shape of each variable of a point: a number (), a list (n,), rows (m, n)."""
    return {name: _shape_of_value(value) for name, value in point.items()}


def _shape_of_value(value: Any) -> Shape:
    if isinstance(value, (list, tuple)):
        inner = {_shape_of_value(item) for item in value}
        if len(inner) != 1:
            raise MathsError(
                "the entries of the point differ in shape", 1, 1, "give all rows the same length"
            )
        return (len(value), *inner.pop())
    return tuple(np.shape(value)) if not isinstance(value, str) else ()


def shape(function: Function, shapes: Mapping[str, Shape] | None = None) -> Shape:
    """The shape of the result; variables without a shape are numbers."""
    known: dict[str, Shape] = dict.fromkeys(function.variables, ()) | dict(shapes or {})
    for line in function.lines:
        known[line.name] = shape_of(line.value, known)
    return shape_of(function.result, known)


def shape_of(node: Node, known: Mapping[str, Shape]) -> Shape:
    """The shape of one part of a function, given the shapes of the names in it."""
    if isinstance(node, (Number, Constant)):
        return ()
    if isinstance(node, Name):
        return known.get(node.name, ())
    if isinstance(node, List):
        inner = [shape_of(item, known) for item in node.items]
        if len(set(inner)) > 1:
            raise MathsError(
                "the entries differ in shape", node.line, node.column, "give all rows the same length"
            )
        return (len(inner), *inner[0])
    if isinstance(node, Index):
        return _indexed(shape_of(node.value, known), node)
    expanded = meant(node)
    if isinstance(expanded, Apply):
        inner = [shape_of(argument, known) for argument in expanded.arguments]
        return _applied(expanded, inner)
    return shape_of(expanded, known)


def _indexed(inner: Shape, node: Index) -> Shape:
    if len(node.indices) > len(inner):
        what = "a number has no entries" if not inner else f"{len(node.indices)} indices for shape {inner}"
        raise MathsError(what, node.line, node.column, "give the point a list: v: [1, 2, 3]")
    for index, count in zip(node.indices, inner, strict=False):
        if not -count <= index < count:
            message = f"no entry {index} among {count}"
            raise MathsError(message, node.line, node.column, f"entries count from 0 to {count - 1}")
    return inner[len(node.indices) :]


def _applied(node: Apply, inner: list[Shape]) -> Shape:
    kind = WORDS[node.name].kind if node.name in WORDS and node.name != "matmul" else "elementwise"
    if node.name == "matmul":
        return _product(node, *inner)
    if kind == "reduce" or (kind == "fold" and len(inner) == 1):
        if not inner[0]:
            word = node.name
            raise MathsError(
                f"{word} needs a vector, found a number", node.line, node.column, "give it a list"
            )
        return ()
    if kind == "softmax" and not inner[0]:
        raise MathsError("softmax needs a vector, found a number", node.line, node.column, "give it a list")
    if kind == "transpose":
        return inner[0][::-1]
    try:
        return tuple(np.broadcast_shapes(*inner))
    except ValueError:
        found = " and ".join(map(str, inner))
        raise MathsError(
            f"the shapes {found} do not fit", node.line, node.column, "check the lengths"
        ) from None


def _product(node: Apply, left: Shape, right: Shape) -> Shape:
    if not 1 <= len(left) <= 2 or not 1 <= len(right) <= 2:
        message = "'@' multiplies vectors and matrices"
        raise MathsError(message, node.line, node.column, "write '*' for numbers")
    if left[-1] != right[0]:
        message = f"'@' of shapes {left} and {right} does not fit"
        raise MathsError(message, node.line, node.column, "the inner lengths must agree")
    return left[:-1] + right[1:]
