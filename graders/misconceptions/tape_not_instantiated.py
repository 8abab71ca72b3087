"""tf.GradientTape without the brackets that make one."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "tape-not-instantiated.title", "tape-not-instantiated.says", "tape-not-instantiated.hint"
STAGE = "stopped"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The class itself is opened as a block or given a name, and the program stopped."""
    if facts.raised is None:
        return None
    for _, expression, name in facts.script.tapes:
        meaning = facts.script.meaning(expression)
        if not isinstance(meaning, ast.Call):
            return Spot(meaning.lineno, column(meaning), {"tape": name or "tape"})
    for bind in facts.script.binds:
        if (
            bind.value is not None
            and not isinstance(bind.value, ast.Call)
            and facts.script.makes_tape(bind.value)
        ):
            return Spot(bind.line, column(bind.value), {"tape": bind.name})
    return None
