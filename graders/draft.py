"""A program to be spoilt: its syntax tree with what edits look for in it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

Result: TypeAlias = "ast.Module | None"


GRADIENTS = ("gradient", "jacobian", "batch_jacobian")


@dataclass
class Draft:
    """A program to be spoilt (a copy), and the exercise it answers."""

    tree: ast.Module
    exercise: Exercise

    @property
    def variables(self) -> list[ast.Assign]:
        """Lines that make a `tf.Variable` from a literal."""
        return [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Assign) and called(node.value) == "Variable" and literal(node.value)
        ]

    @property
    def names(self) -> list[str]:
        """The names of those variables."""
        return [node.targets[0].id for node in self.variables if isinstance(node.targets[0], ast.Name)]

    @property
    def blocks(self) -> list[ast.With]:
        """The with-blocks of tapes, outer ones first."""
        return [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.With)
            and any(called(i.context_expr) == "GradientTape" for i in node.items)
        ]

    @property
    def innermost(self) -> ast.With | None:
        """The first block that holds no other tape's."""
        inner = [
            b for b in self.blocks if not any(isinstance(n, ast.With) for s in b.body for n in ast.walk(s))
        ]
        return inner[0] if inner else None

    @property
    def calls(self) -> list[ast.Call]:
        """Gradient calls in the order of the text."""
        found = [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in GRADIENTS
        ]
        return sorted(found, key=lambda node: (node.lineno, node.col_offset))

    @property
    def formulas(self) -> list[ast.Assign]:
        """The lines of the innermost block that compute something."""
        block = self.innermost
        return [line for line in block.body if isinstance(line, ast.Assign)] if block else []

    @property
    def target(self) -> str | None:
        """The name that the first gradient call differentiates."""
        call = self.calls[0] if self.calls else None
        return call.args[0].id if call and call.args and isinstance(call.args[0], ast.Name) else None

    @property
    def answers(self) -> list[ast.Assign]:
        """The lines that give the answer its name."""
        name = self.exercise.answer_name
        return [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == name
        ]

    def body_of(self, wanted: ast.stmt) -> tuple[list[ast.stmt], int] | None:
        """The list of statements that holds one, and where."""
        for node in ast.walk(self.tree):
            for field in ("body", "orelse"):
                body = getattr(node, field, None)
                if isinstance(body, list) and wanted in body:
                    return body, body.index(wanted)
        return None


def called(node: ast.AST) -> str:
    """The last name of what is called."""
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute):
            return node.func.attr
        if isinstance(node.func, ast.Name):
            return node.func.id
    return ""


def literal(call: ast.AST) -> bool:
    if not isinstance(call, ast.Call) or not call.args:
        return False
    try:
        ast.literal_eval(call.args[0])
    except ValueError:
        return False
    return True


def expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def statement(text: str) -> ast.stmt:
    return ast.parse(text).body[0]


class Swap(ast.NodeTransformer):
    """Puts other nodes in place of those that a function picks; counts how many."""

    def __init__(self, change: Callable[[ast.AST], ast.AST | None]) -> None:
        self.change, self.count = change, 0

    def visit(self, node: ast.AST) -> ast.AST:
        new = self.change(node)
        if new is None:
            return super().generic_visit(node)
        self.count += 1
        return new


def in_formulas(draft: Draft, change: Callable[[ast.AST], ast.AST | None]) -> Result:
    swap = Swap(change)
    for line in draft.formulas:
        line.value = swap.visit(line.value)  # type: ignore[assignment]
    return draft.tree if swap.count else None


def reads(draft: Draft) -> Callable[[ast.AST], bool]:
    names = set(draft.names)
    return lambda node: isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load)


def wrapped(draft: Draft, made: Result, function: str) -> Result:
    """The last line of the formula inside a call."""
    if made is None:
        return None
    last = draft.formulas[-1]
    last.value = ast.Call(expression(function), [last.value], [])
    return made


def is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
