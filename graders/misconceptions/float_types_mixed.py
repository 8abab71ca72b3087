"""Two dtypes meet in one operation."""

from __future__ import annotations

import ast
import re

from graders.case import Case
from graders.evidence import Raised, Tensor, Variable
from graders.facts import Facts
from graders.spot import Spot

TITLE, SAYS, HINT = "float-types-mixed.title", "float-types-mixed.says", "float-types-mixed.hint"
STAGE = "stopped"
RANK = 1


_WANTED = re.compile(
    r"expected to be an? (\w+) tensor but is an? (\w+) tensor|type (\w+) that does not match type (\w+)"
    r"|Tensor conversion requested dtype (\w+) for Tensor with dtype (\w+)"
)
_NAMES = {"float": "float32", "double": "float64", "half": "float16"}


def seen(case: Case, facts: Facts) -> Spot | None:
    """The program stopped since an operation got a float and something of another dtype."""
    raised = facts.raised
    found = _WANTED.search(raised.message) if raised is not None else None
    if raised is None or found is None:
        return None
    groups = [g for g in found.groups() if g]
    dtypes = [_NAMES.get(word, word) for word in groups[:2]]
    if any(v.dtype in dtypes and v.dtype.startswith("int") for v in case.recording.variables):
        return None
    odd = _odd(case, facts, dtypes)
    line = _made_at(facts, odd, raised) if odd else raised.line
    other = next((d for d in dtypes if d != odd), "float32")
    return Spot(line, facts.column_of(line), {"dtype": odd or dtypes[0], "other": other})


def _odd(case: Case, facts: Facts, dtypes: list[str]) -> str:
    """The dtype that does not fit: of the two, the one that TensorFlow would not have chosen by itself."""
    return next((d for d in dtypes if d != "float32"), dtypes[0]) if dtypes else ""


def _made_at(facts: Facts, dtype: str, raised: Raised) -> int:
    """Where the operand of a dtype first got it."""
    ids = [o.id for o in raised.operands if o.id is not None and facts.dtype(o) == dtype]
    before, _ = facts.flow.ancestry(ids)
    everything: list[Tensor | Variable] = [*facts.case.recording.tensors, *facts.case.recording.variables]
    records = [r for r in everything if r.dtype == dtype and (r.id in before or not ids) and r.line]
    known = [r for r in records if isinstance(r, Variable) or r.made in ("constant", "op")]
    if known:
        first = min(known, key=lambda r: r.at)
        return _by_hand(facts, first.line, raised) if not ids else first.line
    return _by_hand(facts, raised.line, raised)


def _by_hand(facts: Facts, line: int, raised: Raised) -> int:
    """A NumPy operand has no record: the line that gave its name a value."""
    if line != raised.line:
        return line
    statement = facts.script.statement_at(raised.line)
    for node in ast.walk(statement) if statement is not None else ():
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            bind = facts.script.last(node.id, raised.line)
            made = (
                [facts.script.dotted(n.func) for n in ast.walk(bind.value) if isinstance(n, ast.Call)]
                if (bind is not None and bind.value is not None)
                else []
            )
            if bind is not None and any(name.startswith("numpy.") for name in made):
                return bind.line
    return line
