"""A solution's syntax tree with its parts by role, to be changed in one place and marked there."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tfgrad_course.maths.python import parsed

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

MARK = "blamed"
TEXT = "its text is wrong"
FIRST = "its first part is wrong"
"""Attributes of marked nodes: the one to blame, and what of it when a style spreads it over lines."""


@dataclass
class Parts:
    """A program with a tape: its block (perhaps nested, in a loop or a function), formula, variables and calls."""

    tree: ast.Module
    answer_name: str = "answer"
    outer: ast.With = field(init=False)
    block: ast.With = field(init=False)
    formula: ast.Assign = field(init=False)
    asked: ast.Call = field(init=False)
    variables: list[ast.Assign] = field(init=False)

    def __post_init__(self) -> None:
        self.outer = next(s for s in ast.walk(self.tree) if _is_block(s))  # type: ignore[assignment]
        self.block = self.outer
        while _is_block(self.block.body[0]):
            self.block = self.block.body[0]  # type: ignore[assignment]
        self.formula = [s for s in self.block.body if isinstance(s, ast.Assign)][-1]
        self.asked = next(n for n in ast.walk(self.tree) if _is_gradient(n))  # type: ignore[assignment]
        near = self.tree.body if self.around is self.tree.body else [*self.tree.body, *self.around]
        self.variables = [s for s in near if _is_variable(s)]  # type: ignore[misc]

    @property
    def around(self) -> list[ast.stmt]:
        """The statements among which the outer block stands: the module's, or those of a loop or function."""
        return self.holder(self.outer)

    @property
    def answer(self) -> ast.Assign:
        """The line that gives the answer its name, else the last assignment."""
        lines = [s for s in ast.walk(self.tree) if isinstance(s, ast.Assign)]
        named = [s for s in lines if ast.unparse(s.targets[0]) == self.answer_name]
        return named[-1] if named else [s for s in self.tree.body if isinstance(s, ast.Assign)][-1]

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
        """The place right after the outer block, among what stands around it."""
        return self.around.index(self.outer) + 1

    @property
    def lines(self) -> list[ast.Assign]:
        """The assignments in the inner block: the formula, perhaps over several lines."""
        return [s for s in self.block.body if isinstance(s, ast.Assign)]

    def rename(self, name: str, text: str) -> None:
        """Puts an expression in a name's place all over the formula."""
        below = (n for line in self.lines for n in ast.walk(line.value))
        if not any(isinstance(n, ast.Name) and n.id == name for n in below):
            raise LookupError("the formula has no such name")
        for line in self.lines:
            line.value = Renamed({name: expression(text)}).visit(line.value)

    def holder(self, node: ast.AST) -> list[ast.stmt]:
        """The list of statements that holds a statement."""
        for above in ast.walk(self.tree):
            for name in ("body", "orelse"):
                body = getattr(above, name, None)
                if isinstance(body, list) and node in body:
                    return body
        raise LookupError("no such statement")

    def statement(self, node: ast.AST) -> ast.stmt:
        """The simple statement that holds an expression."""
        for above in ast.walk(self.tree):
            if isinstance(above, (ast.Assign, ast.Expr)) and node in ast.walk(above):
                return above
        raise LookupError("no such expression")


def parts_of(exercise: Exercise, source: str) -> Parts | None:
    """A solution's parts; None where there is no tape in it."""
    try:
        return Parts(parsed(source), exercise.answer_name)
    except (StopIteration, LookupError, SyntaxError):
        return None


def changed(parts: Parts, change: Callable[[Parts], ast.AST | None]) -> ast.Module | None:
    """A copy of the program with a change made to it; the node that `change` returns is the one to blame.

    None where the program has not what the change is about.
    """
    mine = Parts(copy.deepcopy(parts.tree), parts.answer_name)
    try:
        blamed = change(mine)
    except (AssertionError, AttributeError, LookupError, StopIteration, ValueError):
        return None
    if blamed is None:
        return None
    setattr(blamed, MARK, True)
    return mine.tree


def statement(text: str) -> ast.stmt:
    """One statement from its text."""
    return parsed(text).body[0]


def expression(text: str) -> ast.expr:
    """One expression from its text."""
    read = statement(text.strip())
    if not isinstance(read, ast.Expr):
        raise SyntaxError(f"not an expression: {text}")
    return read.value


def called(node: ast.AST | None) -> str:
    """The last name of what is called: assign_sub for x.assign_sub(...)."""
    if not isinstance(node, ast.Call):
        return ""
    return ast.unparse(node.func).rsplit(".", 1)[-1]


def _is_block(node: ast.AST) -> bool:
    return isinstance(node, ast.With) and any(called(i.context_expr) == "GradientTape" for i in node.items)


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
