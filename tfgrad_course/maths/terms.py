"""The terms of a sum, and edits at one place of a function: what lint and diagnosis change to see what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tfgrad_course.maths.tree import Apply, Function, Name, Node, children, with_children

Path = tuple[int, ...]
"""Line (-1 for the result), then which child at each level."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the result's top-level sum, with its sign apart."""

    sign: int
    node: Node

    @property
    def signed(self) -> Node:
        """The term as an expression."""
        return (
            self.node if self.sign > 0 else Apply("negative", (self.node,), self.node.line, self.node.column)
        )


def terms(function: Function) -> tuple[Term, ...]:
    """The top-level additive terms of the result; a result that only names a line is looked up first."""
    result = function.result
    known = {line.name: line.value for line in function.lines}
    if isinstance(result, Name) and result.name in known:
        result = function.inlined()
    return tuple(_split(result, 1))


def _split(node: Node, sign: int) -> Iterator[Term]:
    if isinstance(node, Apply) and node.name in ("add", "subtract"):
        left, right = node.arguments
        yield from _split(left, sign)
        yield from _split(right, sign if node.name == "add" else -sign)
    elif isinstance(node, Apply) and node.name == "negative":
        yield from _split(node.arguments[0], -sign)
    else:
        yield Term(sign, node)


def summed(parts: Sequence[Term]) -> Node:
    """The sum of terms as one expression."""
    result = parts[0].signed
    for term in parts[1:]:
        name = "add" if term.sign > 0 else "subtract"
        result = Apply(name, (result, term.node), result.line, result.column)
    return result


def with_terms(function: Function, parts: Sequence[Term]) -> Function:
    """The function with other terms in its result."""
    return replace(function, result=summed(parts), text="")


def places(function: Function) -> Iterator[tuple[Path, Node]]:
    """Every node with the way to it."""
    for index, line in enumerate(function.lines):
        yield from _below(line.value, (index,))
    yield from _below(function.result, (-1,))


def _below(node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    yield path, node
    for index, child in enumerate(children(node)):
        yield from _below(child, (*path, index))


def replaced(function: Function, path: Path, node: Node) -> Function:
    """The function with another node at one place."""
    if path[0] < 0:
        return replace(function, result=_put(function.result, path[1:], node), text="")
    lines = list(function.lines)
    lines[path[0]] = replace(lines[path[0]], value=_put(lines[path[0]].value, path[1:], node))
    return replace(function, lines=tuple(lines), text="")


def _put(tree: Node, path: Path, node: Node) -> Node:
    if not path:
        return node
    below = list(children(tree))
    below[path[0]] = _put(below[path[0]], path[1:], node)
    return with_children(tree, tuple(below))


def term_at(function: Function, path: Path) -> int | None:
    """Which top-level term a place belongs to; None within an intermediate line."""
    if path[0] >= 0:
        return None
    node, count, way = function.result, 0, list(path[1:])
    while way and isinstance(node, Apply) and node.name in ("add", "subtract", "negative"):
        step = way.pop(0)
        if step == 1:
            count += len(tuple(_split(node.arguments[0], 1)))
        node = node.arguments[step]
    return count
