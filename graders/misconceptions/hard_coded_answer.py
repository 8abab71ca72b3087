"""The number that was handed in is typed, or worked out by hand."""

from __future__ import annotations

import ast

from graders.amounts import near
from graders.case import Case
from graders.facts import Facts
from graders.path import leaves
from graders.script import column, shown
from graders.spot import Spot

TITLE, SAYS, HINT = "hard-coded-answer.title", "hard-coded-answer.says", "hard-coded-answer.hint"
STAGE = "answer"


def seen(case: Case, facts: Facts) -> Spot | None:
    """A literal was handed in where a tape should compute the number, or a formula that no gradient goes into."""
    if not case.exercise.form.tape or (case.exercise.judged_as == "critical-points" and facts.calls):
        return None
    if facts.raised is not None and facts.answer_name not in facts.names:
        return None  # the program never came to its answer
    node, root = facts.amounts.typed, facts.making.root
    if node is not None:
        line = root.line if root is not None else getattr(node, "lineno", None)
        return Spot(line, column(node), {"val": shown(node)})
    if _word_typed(case, facts):
        return Spot(facts.root_line, facts.column_of(facts.root_line), {}, 0, "word")
    if case.exercise.judged_as == "optimiser":
        return _steps_by_hand(case, facts)
    if root is None or root.value is None or not near(facts.amounts.given, facts.amounts.right):
        return None
    if facts.wrong_word:
        return None  # the number may be the tape's own: it is the word that is wrong
    if facts.making.uses_gradient(root.value) or any(
        facts.making.uses_gradient(e) for e in facts.making.expressions
    ):
        return None
    return Spot(root.line, column(root.node), {}, 0, "by-hand")


def _word_typed(case: Case, facts: Facts) -> bool:
    """Whether one of the words was typed in, and no tape was asked at all."""
    root = facts.making.root
    typed = root.value if root is not None else None
    return (
        isinstance(typed, ast.Constant)
        and isinstance(typed.value, str)
        and bool(case.reference.words)
        and not facts.calls
    )


def _steps_by_hand(case: Case, facts: Facts) -> Spot | None:
    """Variables were moved by amounts that no gradient call gave."""
    moved = [assign for assign in case.recording.assigns if assign.tensor is not None]
    if not moved or not near(facts.amounts.reached, facts.amounts.right):
        return None
    before, ops = facts.flow.ancestry({assign.tensor for assign in moved if assign.tensor is not None})
    results = {leaf.id for call in facts.calls for leaf in leaves(call.result)}
    if results & before or any(op.call is not None for op in ops):
        return None
    return Spot(facts.update_line, facts.column_of(facts.update_line), {}, 0, "by-hand")
