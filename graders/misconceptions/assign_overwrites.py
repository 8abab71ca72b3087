"""assign(step) where the step should be added to the old value."""

from __future__ import annotations

from graders.amounts import near
from graders.case import Case
from graders.evidence import Assign
from graders.facts import Facts
from graders.path import leaves
from graders.spot import Spot

TITLE, SAYS, HINT = "assign-overwrites.title", "assign-overwrites.says", "assign-overwrites.hint"
STAGE = "use"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A variable was given a step that its old value does not go into, or the place reached is that of such steps."""
    amounts = facts.amounts
    if not amounts.plain_walk:
        return None
    for assign in case.recording.assigns:
        if assign.how == "assign" and assign.tensor is not None and _forgets(facts, assign):
            return Spot(assign.line, facts.column_of(assign.line), {}, assign.at)
    if any(a.how != "assign" for a in case.recording.assigns) or near(amounts.reached, amounts.right):
        return None
    if near(amounts.reached, amounts.walk(amounts.steps, amounts.rates, overwrite=True)):
        return Spot(facts.update_line, facts.column_of(facts.update_line))
    return None


def _forgets(facts: Facts, assign: Assign) -> bool:
    """Whether a gradient goes into the new value but not the old one (on another way than through the gradient)."""
    seen_, todo = set(), [assign.tensor]
    results = {leaf.id for call in facts.calls for leaf in leaves(call.result)}
    gradient = False
    while todo:
        tensor = todo.pop()
        if tensor is None or tensor in seen_:
            continue
        seen_.add(tensor)
        op = facts.flow.producer.get(tensor)
        if tensor in results or (op is not None and op.call is not None):
            gradient = True
        elif facts.flow.read_of.get(tensor) == assign.variable:
            return False
        elif op is not None:
            todo.extend(op.inputs)
    return gradient
