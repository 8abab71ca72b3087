"""3x as on paper."""

from __future__ import annotations

import re

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "syntax-number-times-name.title",
    "syntax-number-times-name.says",
    "syntax-number-times-name.hint",
)
STAGE = "unreadable"


def seen(case: Case, facts: Facts) -> Spot | None:
    """Python could not read a number with a name right after it."""
    syntax = case.evidence.syntax
    if syntax is None:
        return None
    if syntax.type == "SyntaxError" and re.search(r"invalid \w+ literal|invalid imaginary", syntax.message):
        return Spot(syntax.line, syntax.column)
    return None
