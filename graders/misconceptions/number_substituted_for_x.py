"""The number stands in the formula where the variable should."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts, Loss
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "number-substituted-for-x.title",
    "number-substituted-for-x.says",
    "number-substituted-for-x.hint",
)
STAGE = "function"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The target was made of constants alone, and its formula names nothing that holds a tensor."""
    for loss in facts.losses:
        if loss.how == "silent" or facts.made(loss.source) is None or loss.source.kind == "number":
            continue
        if facts.flow.variables_in(loss.target) or facts.flow.goes_into(loss.source, loss.target):
            continue
        value = _formula(facts, loss)
        if (
            value is None
            or _names_tensors(facts, value[1])
            or any(
                isinstance(n, ast.Call)
                and not facts.script.makes_tensor(n)
                and not facts.script.dotted(n.func)
                for n in ast.walk(value[1])
            )
        ):
            continue
        return Spot(value[0], column(value[1]), facts.words(loss), loss.call.at)
    return None


def _names_tensors(facts: Facts, node: ast.expr) -> bool:
    names = (ast.unparse(n) for n in ast.walk(node) if isinstance(n, (ast.Name, ast.Attribute)))
    return any(name in facts.script.tainted for name in names)


def _formula(facts: Facts, loss: Loss) -> tuple[int, ast.expr] | None:
    """The line and the expression of the target: followed through names and into the function that made it."""
    node = facts.target_node(loss.call)
    for _ in range(8):
        if isinstance(node, (ast.Name, ast.Attribute)):
            bind = facts.script.last(ast.unparse(node), loss.call.line)
            node = bind.value if bind is not None and bind.index is None else None
        elif isinstance(node, ast.Call) and not facts.script.dotted(node.func):
            returned = [
                n for body in facts.script.called(node) for n in ast.walk(body) if isinstance(n, ast.Return)
            ]
            node = returned[-1].value if returned else None
        elif isinstance(node, ast.Call) and len(node.args) == 1 and facts.script.word(node.func) in _WRAPS:
            node = node.args[0]
        else:
            break
    return (node.lineno, node) if node is not None else None


_WRAPS = ("constant", "convert_to_tensor", "Variable", "cast", "identity")
