"""Only the last data point's loss is differentiated."""

from __future__ import annotations

import ast
import re

from graders.case import Case
from graders.facts import Facts
from graders.likeness import Likeness
from graders.matching import alike
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "loss-on-one-sample.title", "loss-on-one-sample.says", "loss-on-one-sample.hint"
STAGE = "function"


_LIST = re.compile(r"\[([^\[\]]+)\]")


def seen(case: Case, facts: Facts) -> Spot | None:
    """The target's name is overwritten, not added to, in a loop over the data while recording."""
    likeness = facts.likeness
    if likeness is None or likeness.same is not False:
        return None
    for bind in facts.script.bound(facts.target_name(likeness.call)):
        loop = facts.script.inside(bind.node, (ast.For,))
        if not isinstance(loop, ast.For) or bind.value is None or bind.augmented is not None:
            continue
        names = {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)}
        read = {n.id for n in ast.walk(bind.value) if isinstance(n, ast.Name)}
        inner = {b.name for b in facts.script.binds if b.node in ast.walk(loop)}
        around = bind.node in facts.script.recorded or facts.recorded(bind.value)
        if bind.name not in read and (names & read or inner & read) and around:
            asked = facts.script.gradient_at(likeness.call.line)
            if asked is None or asked not in ast.walk(loop):
                return Spot(bind.line, column(bind.node), {"tgt": bind.name}, likeness.call.at)
    if _one_element(case, likeness):
        formula = facts.formula(likeness.call)
        line = formula[0] if formula is not None else likeness.call.line
        return Spot(line, facts.column_of(line), {"tgt": facts.target_name(likeness.call)}, likeness.call.at)
    return None


def _one_element(case: Case, likeness: Likeness) -> bool:
    """Whether the recorded function is the exercise's with one entry in place of each list of data."""
    from tfgrad_course.maths import MathsError, parse

    text = str(case.exercise.function or "")
    lists = _LIST.findall(text) if "mean" in text else []
    sizes = {len(found.split(",")) for found in lists}
    if len(sizes) != 1 or not likeness.mine:
        return False
    for place in range(sizes.pop()):
        single = _LIST.sub(lambda found, place=place: found[1].split(",")[place].strip(), text)  # type: ignore[misc]
        try:
            function = parse(single)
        except MathsError:
            return False
        if alike(likeness.mine, likeness.values(function)):
            return True
    return False
