"""A rounded constant in place of pi or e."""

from __future__ import annotations

import ast
import math
from typing import Any

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "rounded-constant.title", "rounded-constant.says", "rounded-constant.hint"
STAGE = "function"


_ROUGH = {"pi": math.pi, "e": math.e, "2*pi": 2 * math.pi}


def seen(case: Case, facts: Facts) -> Spot | None:
    """A literal near pi or e, and the recorded function is the exercise's but for it."""
    likeness = facts.likeness
    if likeness is None or likeness.same is not False or not likeness.comparable:
        return None
    spot = facts.edited("rounded-constant")
    close = spot is not None or all(
        _roughly(a, b) for a, b in zip(likeness.mine, likeness.theirs, strict=True)
    )
    if not close:
        return None
    for node in facts.script.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            name = _rough(node.value)
            if name:
                return Spot(node.lineno, column(node), {"val": f"{node.value:g}", "other": name}, 0, name)
        if isinstance(node, ast.BinOp) and ast.unparse(node) == "22 / 7":
            return Spot(node.lineno, column(node), {"val": "22/7", "other": "pi"}, 0, "pi")
    return spot


def _rough(value: float) -> str:
    for name, exact in _ROUGH.items():
        if 1e-7 < abs(value - exact) / exact < 2e-2:
            return name
    return ""


def _roughly(one: Any, other: Any) -> bool:
    return all(
        abs(a - b) <= 0.1 * max(abs(b), 1e-3) for a, b in zip(one, other, strict=True) if math.isfinite(b)
    )
