"""A solution's syntax tree with its parts by role, to be changed in one place and marked there."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

MARK = "blamed"
TEXT = "its text is wrong"
FIRST = "its first part is wrong"
"""Attributes of marked nodes: the one to blame, and what of it when a style spreads it over lines."""


@dataclass
class Parts:
    """A program of the usual shape: imports, variables, one block (perhaps nested) with a formula, what follows."""

    tree: ast.Module
    outer: ast.With = field(init=False)
    block: ast.With = field(init=False)
    formula: ast.Assign = field(init=False)
    asked: ast.Call = field(init=False)
    variables: list[ast.Assign] = field(init=False)

    def __post_init__(self) -> None:
        self.outer = next(s for s in self.tree.body if isinstance(s, ast.With))
        self.block = self.outer
        while isinstance(self.block.body[0], ast.With):
            self.block = self.block.body[0]
        self.formula = [s for s in self.block.body if isinstance(s, ast.Assign)][-1]
        self.asked = next(n for n in ast.walk(self.tree) if _is_gradient(n))  # type: ignore[assignment]
        self.variables = [s for s in self.tree.body if _is_variable(s)]  # type: ignore[misc]

    @property
    def target(self) -> str:
        """The name of the target."""
        return ast.unparse(self.formula.targets[0])

    @property
    def tape(self) -> str:
        """The name of the inner tape."""
        return ast.unparse(self.block.items[0].optional_vars)  # type: ignore[arg-type]

    @property
    def names(self) -> list[str]:
        """The variables' names."""
        return [ast.unparse(s.targets[0]) for s in self.variables]

    @property
    def nested(self) -> bool:
        """Whether there is a tape within a tape."""
        return self.block is not self.outer

    @property
    def after(self) -> int:
        """The place right after the outer block."""
        return self.tree.body.index(self.outer) + 1

    def holder(self, node: ast.AST) -> list[ast.stmt]:
        """The list of statements that holds a statement."""
        for above in ast.walk(self.tree):
            body = getattr(above, "body", None)
            if isinstance(body, list) and node in body:
                return body
        raise LookupError("no such statement")

    def statement(self, node: ast.AST) -> ast.stmt:
        """The simple statement that holds an expression."""
        for above in ast.walk(self.tree):
            if isinstance(above, (ast.Assign, ast.Expr)) and node in ast.walk(above):
                return above
        raise LookupError("no such expression")


def parts_of(exercise: Exercise, source: str | None = None) -> Parts | None:
    """A solution's parts; None where it has not the usual shape."""
    from graders.wording import solution

    try:
        return Parts(ast.parse(source if source is not None else solution(exercise)))
    except (StopIteration, IndexError, SyntaxError, KeyError, TypeError):
        return None


def changed(parts: Parts, change: Callable[[Parts], ast.AST | None]) -> ast.Module | None:
    """A copy of the program with a change made to it; the node that `change` returns is the one to blame."""
    mine = Parts(copy.deepcopy(parts.tree))
    blamed = change(mine)
    if blamed is None:
        return None
    setattr(blamed, MARK, True)
    return mine.tree


def statement(text: str) -> ast.stmt:
    """One statement from its text."""
    return ast.parse(text).body[0]


def expression(text: str) -> ast.expr:
    """One expression from its text."""
    return ast.parse(text, mode="eval").body


def _is_gradient(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in (
        "gradient", "jacobian", "batch_jacobian",
    )  # fmt: skip


def _is_variable(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) == "tf.Variable"
    )


class Renamed(ast.NodeTransformer):
    """Names exchanged for other expressions."""

    def __init__(self, known: dict[str, ast.expr]) -> None:
        self.known = known

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """A known name becomes what it stands for; marks stay."""
        if node.id not in self.known:
            return node
        new = copy.deepcopy(self.known[node.id])
        if isinstance(new, (ast.Name, ast.Attribute)):
            new.ctx = node.ctx
        if hasattr(node, MARK):
            setattr(new, MARK, True)
        return new
