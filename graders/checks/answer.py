"""What was handed in is right, in the form that the exercise asks for."""

from __future__ import annotations

from collections.abc import Sequence

from graders import parts
from graders.case import Case
from graders.reference import Quantity


def check(case: Case) -> tuple[bool, str]:
    """Whether number and word handed in are right and agree with each other, and what to say of it."""
    found, reference = case.found, case.reference
    choices = case.exercise.choices or ()
    chosen = letter(found.word, choices) if found.word is not None and choices else None
    if chosen is not None:
        found = _as_found(chosen, found)
    if reference.words:
        return _word(case, found)
    if found.number is None:
        return (
            False,
            "No number was handed in: put it in a variable named answer, or let the tape's result be it.",
        )
    return _number(case, found)


def _number(case: Case, found: parts.Found) -> tuple[bool, str]:
    if number_is_right(case, found, case.reference.number):
        return True, "The answer is right."
    return False, "The answer is not the number that the exercise asks for."


def _word(case: Case, found: parts.Found) -> tuple[bool, str]:
    words = " or ".join(case.reference.words)
    word = found.word
    if found.named and word is None and case.reference.number is None:
        return False, f"A number was handed in; the exercise asks for a word: {words}."
    if word is None:
        word = case.kind.word(case.exercise, case.result if case.result is not None else found.number)
    if word is None:
        return False, f"No answer was found: the exercise asks for {words}."
    if parts.spelled(word, case.reference.words) is None:
        return False, f"{word!r} is none of the words asked for: {words}."
    if parts.spelled(word, case.reference.words) != case.reference.word:
        return False, "The word is not the right one."
    asked = case.reference.number
    if asked is not None and found.number is not None and not number_is_right(case, found, asked):
        return False, "The word is right, but the number beside it is not."
    if asked is not None and found.number is None and case.result is None:
        return False, "The word is right, but the number behind it is missing."
    return True, "The answer is right."


def number_is_right(case: Case, found: parts.Found, right: Quantity | None) -> bool:
    """Within tolerance, or (for a number under the asked name) the reference correctly rounded."""
    if found.number is None or right is None or len(found.number) != len(right.data):
        return False
    if case.right(found.number, right):
        return True
    if not found.named:
        return False
    tolerances = right.tolerance(case.dtypes, case.exercise.tolerance)
    dtypes = [leaf.value.dtype for leaf in parts.leaves(found.ref) if leaf.value is not None]
    dtype = "float32" if dtypes and all(d == "float32" for d in dtypes) else "float64"
    return all(
        parts.agree(given, value, tolerance) or parts.rounded(given, value, dtype)
        for given, value, tolerance in zip(found.number, right.data, tolerances, strict=True)
    )


def letter(word: str, choices: Sequence[object]) -> object | None:
    """The choice a word means: its letter (A is the first), or its own text."""
    plain = word.strip().strip("().").upper()
    if len(plain) == 1 and 0 <= ord(plain) - ord("A") < len(choices):
        return choices[ord(plain) - ord("A")]
    return next((choice for choice in choices if str(choice).strip().lower() == word.strip().lower()), None)


def _as_found(choice: object, found: parts.Found) -> parts.Found:
    if isinstance(choice, (int, float)) and not isinstance(choice, bool):
        return parts.Found((float(choice),), (), None, found.named, found.ref)
    return parts.Found(found.number, found.shape, str(choice), found.named, found.ref)
