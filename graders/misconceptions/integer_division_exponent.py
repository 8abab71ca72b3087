"""An exponent cut off by whole-number division."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column, shown
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "integer-division-exponent.title",
    "integer-division-exponent.says",
    "integer-division-exponent.hint",
)
STAGE = "function"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A // in an exponent, and the recorded function is not the exercise's."""
    spot = facts.edited("integer-division-exponent")
    likeness = facts.likeness
    if spot is None and (likeness is None or likeness.same is not False):
        return None
    for node in facts.script.nodes:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv):
            value = _value(facts, node)
            if value is not None and (spot is not None or _in_exponent(facts, node)):
                return Spot(node.lineno, column(node), {"val": str(value), "op": shown(node)})
    return spot


def _value(facts: Facts, node: ast.BinOp) -> int | None:
    left, right = (_number(facts, side) for side in (node.left, node.right))
    return (
        int(left // right)
        if isinstance(left, (int, float)) and isinstance(right, (int, float)) and right
        else None
    )


def _number(facts: Facts, node: ast.expr) -> object:
    """A number as written, or the one that a name or a parameter was given."""
    if isinstance(node, ast.Name):
        scope = facts.script.scope(node)
        arguments = scope.args if scope is not None else None
        if arguments is not None and node.id in [arg.arg for arg in arguments.args]:
            place = [arg.arg for arg in reversed(arguments.args)].index(node.id)
            defaults = list(reversed(arguments.defaults))
            node = defaults[place] if place < len(defaults) else node
        else:
            node = facts.script.meaning(node)
    return node.value if isinstance(node, ast.Constant) else None


def _in_exponent(facts: Facts, node: ast.AST) -> bool:
    above = facts.script.parents.get(node)
    while isinstance(above, (ast.UnaryOp, ast.BinOp)) and not (
        isinstance(above, ast.BinOp) and isinstance(above.op, ast.Pow)
    ):
        above = facts.script.parents.get(above)
    power = isinstance(above, ast.BinOp) and isinstance(above.op, ast.Pow)
    called = isinstance(above, ast.Call) and facts.script.word(above.func) == "pow"
    return power or called or isinstance(above, ast.Assign)
