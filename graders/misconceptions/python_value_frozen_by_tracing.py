"""A Python number was changed after a tf.function had been traced with it."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "python-value-frozen-by-tracing.title",
    "python-value-frozen-by-tracing.says",
    "python-value-frozen-by-tracing.hint",
)
STAGE = "point"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A traced function reads a global number that is assigned again between two of its calls."""
    script = facts.script
    for function in script.functions:
        if isinstance(function, ast.Lambda) or not function.body or not script.traced(function.body[0]):
            continue
        own = {arg.arg for arg in function.args.args} | {
            bind.name for bind in script.binds if script.scope_at(bind.line) is function
        }
        read = {
            n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
        } - own  # fmt: skip
        calls = [c for c in script.calls if _runs(c, function, script.scope(c))]
        for name in sorted(read):
            binds = [b for b in script.bound(name) if script.scope(b.node) is None]
            for bind in binds[1:] or ():
                before = any(c.lineno < bind.line for c in calls)
                after = any(c.lineno > bind.line for c in calls)
                if before and after and not script.is_tainted(bind.value or function, frozenset()):
                    return Spot(bind.line, column(bind.node), {"src": name})
    return None


def _runs(call: ast.Call, function: ast.AST, scope: ast.AST | None) -> bool:
    name = getattr(function, "name", "")
    return ast.unparse(call.func).split(".")[-1] == name and scope is None
