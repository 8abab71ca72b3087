"""An integer tensor as the base of a power with a float exponent."""

from __future__ import annotations

from graders.case import Case
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "pow-integer-base.title", "pow-integer-base.says", "pow-integer-base.hint"
STAGE = "stopped"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The program stopped at Pow between whole numbers and floats."""
    raised = facts.raised
    if raised is None or "Pow" not in raised.message or "int" not in raised.message:
        return None
    for operand in raised.operands[:2] or ():
        record = facts.made(operand)
        if record is not None and record.dtype.startswith("int"):
            return _spot(facts, record.line, record.dtype)
    whole = [
        t for t in case.recording.tensors if t.dtype.startswith("int") and t.made == "constant" and t.line
    ]
    if whole:
        named = [t for t in whole if facts.script.bind_at(t.line) is not None and t.line != raised.line]
        return _spot(facts, (named or whole)[-1].line, whole[-1].dtype)
    return None


def _spot(facts: Facts, line: int, dtype: str) -> Spot:
    bind = facts.script.bind_at(line)
    return Spot(line, facts.column_of(line), {"src": bind.name if bind else "the base", "dtype": dtype})
