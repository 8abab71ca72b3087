"""A helper function computes a value and does not hand it back."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "function-returns-none.title", "function-returns-none.says", "function-returns-none.hint"
STAGE = "stopped"
RANK = 2


def seen(case: Case, facts: Facts) -> Spot | None:
    """The target (or what a formula uses) is the result of a function without a return value."""
    if not facts.about_none and not _answer_is_none(facts):
        return None
    for call in facts.script.calls:
        name = (
            ast.unparse(call.func).split(".")[-1] if isinstance(call.func, (ast.Name, ast.Attribute)) else ""
        )
        function = facts.script.function(name)
        if function is None or name in ("__init__",) or _returns(function) or not _used(facts, call):
            continue
        return Spot(function.lineno, column(function), {"fn": name})
    return None


def _answer_is_none(facts: Facts) -> bool:
    named = facts.names.get(facts.answer_name)
    return named is not None and named.kind == "none" and not facts.losses


def _returns(function: ast.FunctionDef) -> bool:
    own = [node for statement in function.body for node in _within(statement)]
    return any(isinstance(n, ast.Return) and n.value is not None for n in own) or any(
        isinstance(n, (ast.Yield, ast.YieldFrom)) for n in own
    )


def _within(node: ast.AST) -> list[ast.AST]:
    """The node and what is below it, nested functions left out."""
    if isinstance(node, (ast.FunctionDef, ast.Lambda, ast.ClassDef)):
        return []
    return [node, *(below for child in ast.iter_child_nodes(node) for below in _within(child))]


def _used(facts: Facts, call: ast.Call) -> bool:
    """Whether the result goes somewhere: not a statement of its own, not only printed."""
    above = facts.script.parents.get(call)
    return not isinstance(above, ast.Expr) and not facts.script.only_shown(call)
