"""Step 2: the target was computed inside the tape and is the exercise's function at the point."""

from __future__ import annotations

from graders.case import Case
from graders.evidence import Call


def check(case: Case) -> tuple[bool, str]:
    """Whether the meant calls' targets have the right value and were recorded, and what to say of it."""
    meant = case.meant
    if case.derived:
        return True, "The function was computed while the tape was recording, and its value is right."
    if not meant.calls:
        return False, "No tape was asked for a gradient, so nothing that was recorded could be judged."
    if not meant.matches:
        return (
            False,
            "What the tape was asked about does not have the value of the exercise's function at the point.",
        )
    if all(_recorded(case, call) for call in meant.every):
        return True, "The function was computed while the tape was recording, and its value is right."
    return False, "The value is right, but the tape did not see how it comes from the variable."


def _recorded(case: Case, call: Call) -> bool:
    return case.flow.reaches(call.sources, call.target, call.tape)
