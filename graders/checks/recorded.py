"""Step 2: the target was computed inside the tape and is the exercise's function at the point."""

from __future__ import annotations

from graders.case import Case
from graders.evidence import Call
from graders.parts import joined

_OTHER = "What the tape was asked about does not have the value of the exercise's function at the point."


def check(case: Case) -> tuple[bool, str]:
    """Whether the meant calls' targets have the right value and were recorded, and what to say of it."""
    meant = case.meant
    if case.derived:
        if _of_another_function(case):
            return False, _OTHER
        return True, "The function was computed while the tape was recording, and its value is right."
    if not meant.calls:
        return False, "No tape was asked for a gradient, so nothing that was recorded could be judged."
    if not meant.matches:
        return False, _OTHER
    if all(_recorded(case, call) for call in meant.every):
        return True, "The function was computed while the tape was recording, and its value is right."
    return False, "The value is right, but the tape did not see how it comes from the variable."


def _of_another_function(case: Case) -> bool:
    """Whether the derivative itself came from one call (or a chain of them) that began at another function's value.

    A function without its constant term has the same slope and yet is not the one asked about.
    """
    reference = case.reference
    if reference.gradient is None or reference.target is None or reference.unordered:
        return False
    if case.meant.matches and (case.search.is_right(case.result) or reference.order == 1):
        return False
    if reference.number is not None and reference.number.data != reference.gradient.data:
        return _of_another_function_before_more(case)
    calls = [call for call in case.recording.calls if call.error is None]
    levels = case.search.levels(calls)
    first = {call.index: call for call in calls}
    for call in calls:
        if case.search.is_right(joined([call.result])) and case.search.columns(call) is not None:
            below = [first[index] for index in levels[call.index] or {call.index}]
            if len(levels[call.index]) <= reference.order - 1 and all(_valued(one) for one in below):
                return True
    return False


def _of_another_function_before_more(case: Case) -> bool:
    """The same where more is made of the derivative: a call may give the number itself, as of -U for a force.

    Steps of an optimiser are free to go down a mirrored function.
    """
    if case.meant.matches or case.exercise.judged_as == "optimiser":
        return False
    calls = [call for call in case.recording.calls if call.error is None]
    if any(case.search.rows(call) is not None for call in calls):
        return False
    direct = [
        call for call in calls if any(case.right(joined([call.result]), number) for number in case.wanted)
    ]
    return not direct and any(case.search.columns(call) is not None and _valued(call) for call in calls)


def _valued(call: Call) -> bool:
    """Whether the call differentiates a value that can be compared with the function's."""
    return joined([call.target]) is not None and not call.weighted and not call.graph


def _recorded(case: Case, call: Call) -> bool:
    return case.flow.reaches(call.sources, call.target, call.tape)
