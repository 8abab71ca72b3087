"""Step 3: the tape gave the derivative."""

from __future__ import annotations

from graders.case import Case


def check(case: Case) -> tuple[bool, str]:
    """Whether the meant calls' result is the reference's derivative, and what to say of it."""
    if case.derived:
        return True, "The tape gave the derivative."
    if not case.meant.calls:
        return False, "No gradient was asked of a tape (tape.gradient(target, sources))."
    if case.meant.result is None:
        return False, "The tape gave None: no recorded path leads from the source to the target."
    return False, "The tape gave a number, but not the derivative that the exercise asks for."
