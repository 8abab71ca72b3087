"""A plain Python number as the independent variable."""

from __future__ import annotations

import ast

from graders.binds import Bind
from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "source-is-python-number.title",
    "source-is-python-number.says",
    "source-is-python-number.hint",
)
STAGE = "source"
RANK = 2


def seen(case: Case, facts: Facts) -> Spot | None:
    """A gradient call was refused: its source is a number, not a tensor."""
    for loss in facts.losses:
        if loss.how != "refused" or loss.source.kind not in ("number", "array"):
            continue
        node = facts.source_node(loss.call, loss.index)
        bind = facts.script.last(ast.unparse(node), loss.call.line) if node is not None else None
        scope = facts.script.scope_at(loss.call.line)
        if bind is None and scope is not None and node is not None:
            bind = _passed(facts, ast.unparse(node), scope)
        line = bind.line if bind is not None else loss.call.line
        return Spot(line, facts.column_of(line), facts.words(loss), loss.call.at)
    return _assigned(facts)


def _assigned(facts: Facts) -> Spot | None:
    """The program stopped since a number has no assign: it should have been a variable."""
    raised = facts.raised
    if raised is None or not facts.raised_by("AttributeError", "'float' object has no attribute 'assign",
                                             "'int' object has no attribute 'assign"):  # fmt: skip
        return None
    for node in facts.script.on_line(raised.line, ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr.startswith("assign"):
            bind = facts.script.last(ast.unparse(node.value), raised.line)
            if bind is not None:
                return Spot(bind.line, column(bind.node), {"src": bind.name})
    return None


def _passed(facts: Facts, name: str, scope: ast.AST) -> Bind | None:
    """The number was passed to the function around: where it was given a name."""
    arguments = getattr(scope, "args", None)
    names = [arg.arg for arg in arguments.args] if arguments else []
    if name not in names:
        return None
    for call in facts.script.calls:
        if isinstance(call.func, ast.Name) and call.func.id == getattr(scope, "name", ""):
            position = names.index(name)
            value = call.args[position] if position < len(call.args) else None
            if isinstance(value, ast.Name):
                return facts.script.last(value.id, call.lineno)
            return Bind(name, value, call, call.lineno) if value is not None else None
    return None
