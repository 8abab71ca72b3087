"""A bare number taken out of a tensor in the middle of the formula."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.losses import Loss
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "value-extracted-in-tape.title",
    "value-extracted-in-tape.says",
    "value-extracted-in-tape.hint",
)
STAGE = "path"
RANK = 1


_TAKING = ("numpy", "item", "tolist", "__float__", "eval")


def seen(case: Case, facts: Facts) -> Spot | None:
    """`.numpy()` (or a cast of a result that is wrapped again) while recording, and the way from the source is cut."""
    losses = facts.cut()
    if not losses:
        return None
    found = [call for call in facts.script.methods(*_TAKING) if _cuts(facts, call, losses[0])]
    found += [
        call
        for call in facts.script.calls
        if isinstance(call.func, ast.Name) and call.func.id == "float" and facts.recorded(call)
        and facts.rewrapped(call) and facts.script.is_tainted(call.args[0])
    ]  # fmt: skip
    if not found:
        return None
    call = min(found, key=lambda node: (node.lineno, node.col_offset))
    return Spot(call.lineno, column(call), facts.words(losses[0]), losses[0].call.at)


def _cuts(facts: Facts, call: ast.Call, loss: Loss) -> bool:
    if call.args or facts.script.only_shown(call) or facts.script.dotted(call.func):
        return False
    asked = facts.script.gradient_at(loss.call.line)
    passed = (
        asked is not None and asked.lineno <= call.lineno <= (asked.end_lineno or 0) and asked is not call
    )
    if passed and asked is not None and call not in [n for a in asked.args for n in ast.walk(a)]:
        passed = False
    return (facts.recorded(call) or passed) and facts.script.is_tainted(call)
