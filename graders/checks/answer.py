"""What was handed in is right, in the form that the exercise asks for."""

from __future__ import annotations

from graders import handed, parts, places
from graders.case import Case


def check(case: Case) -> tuple[bool, str]:
    """Whether number and word handed in are right and agree with each other, and what to say of it."""
    raised = case.recording.raised
    if raised is not None and raised.type != "SystemExit":
        return False, f"The program stopped with {raised.type}, so nothing was handed in."
    accepts = getattr(case.kind, "accepts", None)
    if accepts is not None:
        right = accepts(case.exercise, case.found, case.reference)
        return right, "The answer is right." if right else _missed(case)
    picked = case.picked
    if case.reference.words:
        return _word(case)
    if picked is not None:
        return (
            (True, "The answer is right.")
            if _is_choice(case, picked)
            else (False, "That is not the right choice.")
        )
    return _number(case)


def _missed(case: Case) -> str:
    if case.found.word is None and case.found.number is None and not case.found.named:
        return (
            f"No answer was found: put it in a variable named {case.exercise.answer_name}, or print it last."
        )
    return "That is not the answer that the exercise asks for."


def _is_choice(case: Case, picked: object) -> bool:
    right = case.reference.number
    if isinstance(picked, (int, float)) and right is not None and len(right.data) == 1:
        return any(abs(float(picked) - value) <= 1e-3 * max(1.0, abs(value)) for value in right.data)
    return str(picked) == str(case.exercise.answer)


def _number(case: Case) -> tuple[bool, str]:
    if case.answered or ("variable" not in case.kind.WEIGHTS and _plain(case)):
        return True, "The answer is right."
    name = case.exercise.answer_name
    if not case.found.named and case.derived:
        return (
            False,
            f"The tape gave the derivative, but what was handed in is something else: leave it in {name}.",
        )
    if case.found.number is None:
        return (
            False,
            f"No number was handed in: put it in a variable named {name}, or let the tape's result be it.",
        )
    return False, "The answer is not the number that the exercise asks for."


def _plain(case: Case) -> bool:
    """For kinds without a tape: the number that was named or printed."""
    found, right = case.found, case.reference.number
    if right is None or found.number is None:
        return False
    if found.ref is None:
        return handed.number_is(found, case.reference) or places.printed_exactly(case, right)
    return places.fits(case, found.number, found.shape, "float64", right) or handed.number_is(
        found, case.reference
    )


def _word(case: Case) -> tuple[bool, str]:
    reference, found = case.reference, case.found
    words = " or ".join(reference.words)
    word = found.word
    if word is not None and case.exercise.choices:
        picked = handed.choice_of(word, list(case.exercise.choices))
        word = str(picked) if picked is not None else word
    if found.named and word is None and reference.number is None:
        return False, f"A number was handed in; the exercise asks for a word: {words}."
    if word is None:
        word = case.kind.word(case.exercise, case.result if case.result is not None else found.number)
    if word is None:
        return False, f"No answer was found: the exercise asks for {words}."
    if parts.spelled(word, reference.words) is None:
        return False, f"{word!r} is none of the words asked for: {words}."
    if parts.spelled(word, reference.words) != reference.word:
        return False, "The word is not the right one."
    if reference.number is not None and not case.answered:
        return False, "The word is right, but the number beside it is missing or not right."
    return True, "The answer is right."
