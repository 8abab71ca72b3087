"""The derivative of a product taken for the product of the derivatives."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.evidence import Call
from graders.facts import Facts
from graders.path import leaves
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = (
    "product-of-derivatives.title",
    "product-of-derivatives.says",
    "product-of-derivatives.hint",
)
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """Two gradients are multiplied whose targets do not depend on each other and whose sources are the same."""
    for node in facts.making.nodes:
        pair = _factors(facts, node)
        if pair is None:
            continue
        left, right = facts.call_at(pair[0]), facts.call_at(pair[1])
        if left is None or right is None or left is right:
            continue
        chained = _links(facts, left, right) or _links(facts, right, left)
        if not chained and facts.parent(left) is not right and facts.parent(right) is not left:
            return Spot(getattr(node, "lineno", None), column(node))
    return None


def _factors(facts: Facts, node: ast.AST) -> tuple[ast.expr, ast.expr] | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        pair = (node.left, node.right)
    elif isinstance(node, ast.Call) and facts.script.word(node.func) == "multiply" and len(node.args) == 2:
        pair = (node.args[0], node.args[1])
    else:
        return None
    return pair if all(facts.making.is_gradient(part) for part in pair) else None


def _links(facts: Facts, outer: Call, inner: Call) -> bool:
    """Whether the outer call's source is what the inner call differentiated: a chain rule by hand."""
    sources = frozenset().union(*(facts.flow.standing(leaf) for leaf in leaves(outer.sources)))
    return bool(sources & facts.flow.standing(inner.target)) or facts.flow.goes_into(
        inner.target, outer.target
    )
