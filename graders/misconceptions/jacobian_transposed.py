"""Rows and columns of the jacobian exchanged."""

from __future__ import annotations

import ast

from graders.amounts import near
from graders.case import Case
from graders.facts import Facts
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "jacobian-transposed.title", "jacobian-transposed.says", "jacobian-transposed.hint"
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The matrix handed in is the transpose of the one that is asked for."""
    right = case.reference.number or case.reference.gradient
    given, shape = facts.amounts.given, facts.amounts.shape
    if (
        right is None
        or given is None
        or len(right.shape) != 2
        or len(given) != len(right.data)
        or min(right.shape) < 2
    ):
        return None
    rows, columns = right.shape
    turned = tuple(right.data[i * columns + j] for j in range(columns) for i in range(rows))
    if shape is not None and len(shape) == 2 and shape != (columns, rows):
        return None
    if not near(given, turned) or (near(given, right.data) and shape in (None, right.shape)):
        return None
    for node in facts.making.nodes:
        if _turns(facts, node):
            return Spot(getattr(node, "lineno", None), column(node))
    line = facts.root_line or (facts.base.line if facts.base is not None else None)
    return Spot(line, facts.column_of(line))


def _turns(facts: Facts, node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "T"
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if name in ("transpose", "matrix_transpose", "swapaxes"):
            return True
        return name in ("stack", "concat", "column_stack", "array") and facts.making.uses_gradient(node)
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "zip"
