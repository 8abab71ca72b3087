"""Assignments in a learner's script: which name is given which expression, and where."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bind:
    """One assignment to a name; `value` is what stands on the right, `index` its place when unpacked from it."""

    name: str
    value: ast.expr | None
    node: ast.AST
    line: int
    index: int | None = None
    augmented: ast.operator | None = None


def binds_of(node: ast.AST) -> Iterator[Bind]:
    """The assignments that one statement (or loop) makes."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _targets(target, node.value, node)
    elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)):
        if node.value is not None:
            yield from _targets(node.target, node.value, node)
    elif isinstance(node, ast.AugAssign):
        name = _name(node.target)
        if name:
            yield Bind(name, node.value, node, node.lineno, None, node.op)
    elif isinstance(node, (ast.For, ast.comprehension)):
        for bind in _targets(node.target, node.iter, node):
            yield Bind(
                bind.name, bind.value, node, node.target.lineno, bind.index if bind.index is not None else 0
            )


def _targets(target: ast.expr, value: ast.expr, node: ast.AST) -> Iterator[Bind]:
    line = getattr(node, "lineno", getattr(target, "lineno", 0))
    name = _name(target)
    if name:
        yield Bind(name, value, node, line)
    elif isinstance(target, (ast.Tuple, ast.List)):
        pairs = isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts)
        for index, item in enumerate(target.elts):
            if pairs:
                yield from _targets(item, value.elts[index], node)  # type: ignore[attr-defined]
            elif _name(item):
                yield Bind(_name(item), value, node, line, index)


def _name(target: ast.expr) -> str:
    if isinstance(target, ast.Name):
        return target.id
    if isinstance(target, ast.Attribute):
        return ast.unparse(target)
    if isinstance(target, ast.Starred):
        return _name(target.value)
    return ""
