"""A rounded constant in place of pi or e."""

from __future__ import annotations

import ast
import math

from graders.case import Case
from graders.facts import Facts
from graders.likeness import Likeness, is_rounded
from graders.script import column, shown
from graders.spot import Spot

TITLE, SAYS, HINT = "rounded-constant.title", "rounded-constant.says", "rounded-constant.hint"
STAGE = "function"


_WANTED = {"pi": ("pi",), "2*pi": ("pi", "tau"), "e": ("exp", "e**", "e **", "softplus", "sigmoid")}
_ROUGH = {"pi": math.pi, "e": math.e, "2*pi": 2 * math.pi}


def seen(case: Case, facts: Facts) -> Spot | None:
    """A literal near pi or e in the formula where the exercise has the constant, and no other edit explains it."""
    likeness = facts.likeness
    if likeness is not None and likeness.same is True:
        return _in_the_point(facts, likeness)
    if likeness is None or likeness.same is not False:
        return None
    edit = likeness.edit
    if edit is not None and edit.kind != "rounded-constant":
        return None
    stated = str(case.exercise.function) + str(case.exercise.functions)
    for node in facts.script.nodes:
        name = ""
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            name = _rough(node.value)
        elif isinstance(node, ast.BinOp) and ast.unparse(node) == "22 / 7":
            name = "pi"
        if name and any(word in stated for word in _WANTED[name]):
            line = getattr(node, "lineno", None)
            return Spot(line, column(node), {"val": shown(node), "other": name}, 0, name)
    return facts.edited("rounded-constant")


def _in_the_point(facts: Facts, likeness: Likeness) -> Spot | None:
    """3.14 as a number of the point, where the exercise has pi."""
    for index, (given, stated) in enumerate(zip(likeness.given, likeness.stated, strict=False)):
        if is_rounded(given, stated):
            line = facts.set_at(index)
            return Spot(line, facts.column_of(line), {"val": f"{given:g}", "other": "pi"}, 0, "pi")
    return None


def _rough(value: float) -> str:
    for name, exact in _ROUGH.items():
        if 1e-7 < abs(value - exact) / exact < 2e-2:
            return name
    return ""
