"""The source holds whole numbers, so its dtype has no derivative."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.evidence import Raised, Variable
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "source-integer-dtype.title", "source-integer-dtype.says", "source-integer-dtype.hint"
STAGE = "source"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A source (or what was to become one) has an integer dtype."""
    for loss in facts.losses:
        dtype = facts.dtype(loss.source)
        if loss.source.kind in ("variable", "tensor") and dtype.startswith(("int", "uint")):
            line = facts.origin_line(loss)
            return Spot(line, facts.column_of(line), {**facts.words(loss), "dtype": dtype}, loss.call.at)
    return _refused(case, facts)


def _refused(case: Case, facts: Facts) -> Spot | None:
    """Mixed with a decimal the integer variable stops the program before the tape is asked."""
    raised = facts.raised
    if raised is None or not facts.raised_by("TypeError|InvalidArgumentError|ValueError", "int32", "int64"):
        return None
    for variable in case.recording.variables:
        if variable.dtype.startswith("int") and _used_at(facts, variable, raised):
            bind = facts.script.bind_at(variable.line)
            names = {"src": bind.name if bind else "x", "dtype": variable.dtype}
            return Spot(variable.line, facts.column_of(variable.line), names, variable.at)
    return None


def _used_at(facts: Facts, variable: Variable, raised: Raised) -> bool:
    if any(operand.kind == "variable" and operand.id == variable.id for operand in raised.operands):
        return True
    tensors = {operand.id for operand in raised.operands if operand.id is not None}
    if tensors & facts.flow.descent({variable.id, *facts.flow.reads(variable.id)}):
        return True
    named = facts.script.bind_at(variable.line)
    statement = facts.script.statement_at(raised.line)
    names = (
        {ast.unparse(n) for n in ast.walk(statement) if isinstance(n, (ast.Name, ast.Attribute))}
        if statement
        else set()
    )
    if named is not None and named.name in names:
        return True
    return any(r.variable == variable.id and r.line == raised.line for r in facts.case.recording.reads)
