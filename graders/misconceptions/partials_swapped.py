"""The partial derivatives in another order than the one that is asked for."""

from __future__ import annotations

import ast

from graders.amounts import near
from graders.binds import Bind
from graders.case import Case
from graders.facts import Facts
from graders.path import leaves
from graders.script import column
from graders.spot import Spot

TITLE, SAYS, HINT = "partials-swapped.title", "partials-swapped.says", "partials-swapped.hint"
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """The numbers handed in are the right ones, exchanged; or sources were asked for in another order than needed."""
    return _exchanged(case, facts) or _asked(case, facts) or _crossed(case, facts)


def _crossed(case: Case, facts: Facts) -> Spot | None:
    """The tape's derivatives unpacked into names that end in each other's variable: df_dy, df_dx for [x, y]."""
    if case.exercise.judged_as not in ("partials", "gradient"):
        return None
    for bind in facts.script.binds:
        if bind.index != 0 or not facts.making.is_gradient(bind.value):
            continue
        asked = facts.making.gradient_behind(bind.value)
        sources = asked.args[1] if asked is not None and len(asked.args) > 1 else None
        if not isinstance(sources, (ast.List, ast.Tuple)):
            continue
        names = [ast.unparse(item).lower() for item in sources.elts]
        targets = [b.name.lower() for b in facts.script.binds if b.node is bind.node]
        own = [next((n for n in names if target.endswith(n)), None) for target in targets]
        if len(names) > 1 and own != names and sorted(map(str, own)) == sorted(names):
            return Spot(bind.line, column(bind.node))
    return None


_ORDERED = ("directional", "hessian", "jacobian", "tangent", "optimiser")


def _asked(case: Case, facts: Facts) -> Spot | None:
    """A list of sources in another order than the exercise's, where what is made of them depends on it."""
    own = list(case.exercise.variables)
    if (
        case.exercise.judged_as not in _ORDERED
        or len(own) < 2
        or near(facts.amounts.given, facts.amounts.right)
    ):
        return None
    for call in facts.calls:
        names = [facts.calling.named.get(leaf.id or -1) for leaf in leaves(call.sources)]
        if len(names) == len(own) and names != own and sorted(map(str, names)) == sorted(own):
            return Spot(call.line, column(facts.script.gradient_at(call.line)), {}, call.at)
    return None


def _exchanged(case: Case, facts: Facts) -> Spot | None:
    """The numbers handed in are a permutation of the right ones."""
    given, right = facts.amounts.given, facts.amounts.right
    if given is None or right is None or len(given) != len(right) or len(right) < 2:
        return None
    if case.exercise.judged_as not in (
        "partials",
        "gradient",
        "tangent",
        "choice",
    ) or not facts.amounts.is_given(given):
        return None
    if not _permuted(given, right):
        return None
    for bind in facts.script.binds:
        if bind.index is not None and facts.making.is_gradient(bind.value) and not _follows(facts, bind):
            return Spot(bind.line, column(bind.node))
    if facts.root_line is not None:
        return Spot(facts.root_line, facts.column_of(facts.root_line))
    call = facts.base
    return Spot(call.line, facts.column_of(call.line)) if call is not None else None


def _permuted(given: tuple[float, ...], right: tuple[float, ...]) -> bool:
    return near(tuple(sorted(given)), tuple(sorted(right)))


def _follows(facts: Facts, bind: Bind) -> bool:
    """Whether the names unpacked into follow the sources' names in their order, as far as names tell."""
    asked = facts.making.gradient_behind(bind.value)
    sources = asked.args[1] if asked is not None and len(asked.args) > 1 else None
    targets = [b.name for b in facts.script.binds if b.node is bind.node]
    if not isinstance(sources, (ast.List, ast.Tuple)):
        return False
    names = [ast.unparse(item) for item in sources.elts]
    return all(s.lower() in t.lower() for s, t in zip(names, targets, strict=False))
