"""Another number of steps than the exercise asks for."""

from __future__ import annotations

import ast

from graders.amounts import near
from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "step-count-off-by-one.title", "step-count-off-by-one.says", "step-count-off-by-one.hint"
STAGE = "use"
RANK = 1


def seen(case: Case, facts: Facts) -> Spot | None:
    """The place reached lies on the right way, some steps before or after its end."""
    amounts = facts.amounts
    if (
        case.exercise.judged_as != "optimiser"
        or facts.raised is not None
        or near(amounts.reached, amounts.right)
    ):
        return None
    counts = [n for n in range(amounts.steps + 4) if n != amounts.steps]
    for count in sorted(counts, key=lambda n: abs(n - amounts.steps))[:8]:
        if near(amounts.reached, amounts.walked(count)):
            line = _loop(facts) or facts.update_line
            return Spot(line, facts.column_of(line), {"val": str(count)})
    return None


def _loop(facts: Facts) -> int | None:
    for call in facts.script.gradients:
        node: ast.AST | None = call
        while node is not None:
            node = facts.script.parents.get(node)
            if isinstance(node, (ast.For, ast.While)):
                return node.lineno
    return None
