"""The source's name is given to a new tensor while recording."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.path import leaves
from graders.script import column, shown
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "source-rebound-in-tape.title",
    "source-rebound-in-tape.says",
    "source-rebound-in-tape.hint",
)
STAGE = "source"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The source was made on the tape by an assignment to its own name from an expression that contains it."""
    for call in facts.calls:
        for index, source in enumerate(leaves(call.sources)):
            op = facts.flow.producer.get(source.id or -1)
            node = facts.source_node(call, index)
            if op is None or call.tape not in op.tapes or op.call is not None or node is None:
                continue
            name = ast.unparse(node)
            for bind in facts.script.bound(name, call.line):
                value = bind.value
                own = bind.augmented is not None or (value is not None and name in _names(value))
                if own and facts.recorded(value if value is not None else node):
                    names = {"src": name, "tgt": facts.target_name(call)}
                    return Spot(bind.line, column(bind.node), names, op.at)
    return _assigned(facts)


def _assigned(facts: Facts) -> Spot | None:
    """The program stopped since the name no longer stands for a variable that could be assigned to."""
    raised = facts.raised
    if raised is None or not facts.raised_by("AttributeError", "Tensor' object has no attribute 'assign"):
        return None
    for node in facts.script.on_line(raised.line, ast.Attribute):
        if not isinstance(node, ast.Attribute) or not node.attr.startswith("assign"):
            continue
        name = ast.unparse(node.value)
        for bind in facts.script.bound(name, raised.line):
            if bind.value is not None and name in _names(bind.value) and facts.recorded(bind.value):
                call = facts.script.gradient_at(raised.line)
                target = shown(call.args[0]) if call is not None and call.args else "y"
                return Spot(bind.line, column(bind.node), {"src": name, "tgt": target})
    return None


def _names(node: ast.AST) -> set[str]:
    return {ast.unparse(n) for n in ast.walk(node) if isinstance(n, (ast.Name, ast.Attribute))}
