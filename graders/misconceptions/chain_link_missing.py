"""A chain rule by hand with a link missing or counted twice."""

from __future__ import annotations

import ast

from graders.case import Case
from graders.evidence import Call
from graders.facts import Facts
from graders.path import leaves
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "chain-link-missing.title", "chain-link-missing.says", "chain-link-missing.hint"
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A gradient by an intermediate result is added to a link, or multiplied with something that is none."""
    if facts.right_gradient and case.exercise.then is None and case.answered:
        return None
    for node in facts.making.nodes:
        pair = _factors(facts, node)
        for one, other in (pair, pair[::-1]) if pair is not None else ():
            call = facts.call_at(one) if facts.making.is_gradient(one) else None
            if call is None or not _intermediate(facts, call):
                continue
            link = facts.call_at(other) if facts.making.is_gradient(other) else None
            added = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)
            if added and link is None:
                continue
            if added or link is None or not _joins(facts, call, link):
                return Spot(getattr(node, "lineno", None), column(node))
    return None


def _factors(facts: Facts, node: ast.AST) -> tuple[ast.expr, ast.expr] | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mult, ast.Add)):
        return node.left, node.right
    if isinstance(node, ast.Call) and facts.script.word(node.func) == "multiply" and len(node.args) == 2:
        return node.args[0], node.args[1]
    return None


def _intermediate(facts: Facts, call: Call) -> bool:
    ops = [facts.flow.producer.get(leaf.id or -1) for leaf in leaves(call.sources)]
    return any(op is not None and call.tape in op.tapes and op.call is None for op in ops)


def _joins(facts: Facts, outer: Call, inner: Call) -> bool:
    sources = frozenset().union(*(facts.flow.standing(leaf) for leaf in leaves(outer.sources)))
    return bool(sources & facts.flow.standing(inner.target))
