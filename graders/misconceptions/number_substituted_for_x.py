"""The number stands in the formula where the variable should."""

from __future__ import annotations

import ast

from graders.amounts import literal
from graders.case import Case
from graders.facts import Facts
from graders.losses import Loss
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "number-substituted-for-x.title",
    "number-substituted-for-x.says",
    "number-substituted-for-x.hint",
)
STAGE = "function"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The source was never used while recording, and the target was made of constants alone."""
    for loss in facts.losses:
        if loss.how == "silent" or facts.made(loss.source) is None or _used(case, facts, loss):
            continue
        if facts.flow.goes_into(loss.source, loss.target) or facts.flow.variables_in(loss.target):
            continue
        if loss.target.kind in ("none", "variable"):
            continue
        found = _formula(facts, loss)
        if found is not None:
            return Spot(found.lineno, column(found), facts.words(loss), loss.call.at)
    return None


def _used(case: Case, facts: Facts, loss: Loss) -> bool:
    """Whether anything was made of the source before the tape was asked: operations or conversions."""
    own = facts.flow.standing(loss.source)
    conversions = any(
        c.at < loss.call.at and (c.tensor in own or c.variable == loss.source.id)
        for c in case.recording.conversions
    )
    return conversions or any(
        op.tapes and op.at < loss.call.at and not own.isdisjoint(op.inputs) for op in case.recording.ops
    )


def _formula(facts: Facts, loss: Loss) -> ast.expr | None:
    """The expression with the number in it: the target's, or a call of the learner's function with a number."""
    node = facts.target_node(loss.call)
    for _ in range(8):
        if isinstance(node, (ast.Name, ast.Attribute)):
            bind = facts.script.last(ast.unparse(node), loss.call.line)
            node = bind.value if bind is not None and bind.index is None else None
        elif isinstance(node, ast.Call) and not facts.script.dotted(node.func):
            if any(literal(argument) for argument in node.args):
                return node
            bodies = facts.script.called(node)
            found = [n for body in bodies for n in ast.walk(body) if isinstance(n, ast.Return)]
            node = found[-1].value if found else None
        elif isinstance(node, ast.Call) and len(node.args) == 1 and facts.script.word(node.func) in _WRAPS:
            node = node.args[0]
        else:
            break
    return node


_WRAPS = ("constant", "convert_to_tensor", "Variable", "cast", "identity")
