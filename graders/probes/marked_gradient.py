"""Once, the tape's results are secretly multiplied: what does not come from the tape does not carry the factor."""

from __future__ import annotations

from graders.case import Case


def judge(case: Case) -> str:
    """Whether the run under the mark agrees with the reference under the same mark: held or broken."""
    if not case.right(case.result, case.reference.gradient):
        return "broken"
    if getattr(case.kind, "ANSWER_FOLLOWS", False):
        number = case.found.number
        if number is None or not case.right(number, case.reference.number):
            return "broken"
    return "held"
