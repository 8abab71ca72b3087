""".numpy() to choose a branch while recording."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "graph-branch-by-numpy.title", "graph-branch-by-numpy.says", "graph-branch-by-numpy.hint"
STAGE = "advice"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A number taken from a tensor while recording, although the tape has the whole way."""
    for conversion in case.recording.conversions:
        if conversion.how not in ("numpy", "float", "int") or not conversion.tapes:
            continue
        if _branches(facts, conversion.line):
            return Spot(conversion.line, None, {}, conversion.at)
    return None


def _branches(facts: Facts, line: int) -> bool:
    """Whether a condition on this line takes a number out of a tensor."""
    for node in facts.script.nodes:
        if isinstance(node, (ast.If, ast.IfExp, ast.While)) and node.test.lineno <= line <= (
            node.test.end_lineno or 0
        ):
            return True
    return False
