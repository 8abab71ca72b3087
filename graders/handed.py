"""Answers to questions without a tape: read from the asked name, else from what was printed last."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from graders import printed
from graders.parts import Found, agree, answer_of, numbers
from graders.path import leaves
from graders.reference import Reference

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

_SPELLINGS = {
    "addv2": "add", "biasadd": "add", "plus": "add", "sum": "add", "addition": "add", "+": "add", "addn": "add",
    "multiply": "mul", "times": "mul", "product": "mul", "multiplication": "mul", "*": "mul",
    "subtract": "sub", "minus": "sub", "-": "sub", "subtraction": "sub", "difference": "sub",
    "divide": "div", "realdiv": "div", "truediv": "div", "division": "div", "/": "div", "quotient": "div",
    "power": "pow", "**": "pow", "negative": "neg", "negate": "neg", "logarithm": "log", "ln": "log", "sine": "sin",
    "cosine": "cos", "exponential": "exp", "squareroot": "sqrt", "selectv2": "select", "where": "select",
}  # fmt: skip


def plain(case: Any) -> Found:
    """The named answer; else the last numbers printed, as many as are asked for; else what a name holds."""
    found: Found = answer_of(case.recording, case.reference, case.exercise.answer_name)
    wanted = case.reference.number
    if found.named or wanted is None:
        return found
    size = len(wanted.data)
    shown = printed.numbers(case.finished.output)
    if shown and size:
        last = tuple(number for number, _ in shown[-size:])
        return Found(last, (len(last),), None)
    held = [
        (name, leaf) for name, ref in case.recording.names for leaf in leaves(ref) if leaf.kind in _TENSORS
    ]
    for _, leaf in reversed(held):
        given = numbers(leaf.value)
        if given is not None and len(given) == size:
            return Found(given, leaf.value.shape if leaf.value else None, None)
    if size == 0 and "[]" in case.finished.output.replace("()", "[]"):
        return Found((), (), None)
    return found


_TENSORS = ("tensor", "variable", "array", "number")


def chosen(case: Any) -> Found:
    """The named answer, else the last line printed, as words; a None that a tape gave is an outcome, not an answer."""
    found: Found = answer_of(case.recording, case.reference, case.exercise.answer_name)
    if found.named:
        return found
    lines = printed.lines(case.finished.output)
    said = lines[-1] if lines else None
    results = [leaf.kind for call in case.recording.calls for leaf in leaves(call.result)]
    return Found(None, None, None if said == "None" and "none" in results else said)


def number_is(found: Found, reference: Reference) -> bool:
    """Whether the numbers handed in are those asked for."""
    right = reference.number
    if found.number is None or right is None or len(found.number) != len(right.data):
        return False
    allowed = right.tolerance(frozenset())
    return all(agree(a, b, t) for a, b, t in zip(found.number, right.data, allowed, strict=True))


def choices_of(exercise: Exercise, found: Found) -> list[Any] | None:
    """The choices that were handed in: by value, letter or word, or by one truth value each; None when unreadable."""
    choices = list(exercise.choices or ())
    given = _items(found)
    if given and all(isinstance(item, bool) for item in given) and len(given) == len(choices):
        return [choice for choice, picked in zip(choices, given, strict=True) if picked]
    picked = []
    for item in given:
        hits = _choices(item, choices)
        if hits is None:
            return None
        picked += hits
    return list(dict.fromkeys(picked)) if picked or found.named else None


def _items(found: Found) -> list[Any]:
    if found.ref is not None:
        return [_item(leaf) for leaf in leaves(found.ref)]
    return [] if found.word is None else [found.word]


def _item(leaf: Any) -> Any:
    if leaf.kind == "none":
        return "None"
    if leaf.value is None or not leaf.value.data:
        return ""
    first = leaf.value.data[0]
    return first if len(leaf.value.data) == 1 else " ".join(map(str, leaf.value.data))


def _choices(item: Any, choices: list[Any]) -> list[Any] | None:
    """What one item means: a choice, a letter, or a line naming several."""
    one = choice_of(item, choices)
    if one is not None:
        return [one]
    if not isinstance(item, str):
        return None
    text = item.strip().strip("[](){}").strip()
    parts = [part.strip(" '\"") for part in re.split(r"[,;]|\band\b", text) if part.strip(" '\"")]
    if len(parts) == 1:
        tail = re.split(r"[:=]|\bis\b", text)[-1].strip()
        one = choice_of(tail, choices)
        return [one] if one is not None else None
    found = [choice_of(part, choices) for part in parts]
    return None if not found or any(part is None for part in found) else found


def choice_of(item: Any, choices: list[Any]) -> Any | None:
    """The choice that a value, its text or its letter (A is the first) means."""
    if isinstance(item, bool):
        item = str(item)
    if isinstance(item, (int, float)):
        near = [
            c for c in choices if isinstance(c, (int, float)) and abs(c - item) <= 1e-6 * max(1.0, abs(c))
        ]
        return near[0] if near else None
    text = str(item).strip().strip(".!'\"").strip()
    same = [c for c in choices if _spelling(str(c)) == _spelling(text)]
    if same:
        return same[0]
    letter = text.strip("().").upper()
    if len(letter) == 1 and 0 <= ord(letter) - ord("A") < len(choices):
        return choices[ord(letter) - ord("A")]
    try:
        return choice_of(float(text), choices)
    except ValueError:
        return None


def _spelling(text: str) -> str:
    plain = (
        re.sub(r"[\s_-]+", " ", text.strip().lower())
        if not re.fullmatch(r"-?[\d.]+", text.strip())
        else text.strip()
    )
    return plain.removeprefix("tf.").removeprefix("dtype ")


def operations_of(exercise: Exercise, found: Found) -> list[str] | None:
    """The operations that were handed in, as plain names in order; None when there are none."""
    named: list[str] = []
    for item in _items(found):
        text = str(item)
        if exercise.choices:
            hit = choice_of(item, list(exercise.choices))
            text = str(hit) if hit is not None else text
        text = re.split(r"[:=]", text)[-1] if found.ref is None else text
        named += [operation(part) for part in re.split(r"[,;>]|\band\b|->|→", text) if part.strip(" '\"[]()")]
    return named or None


def operation(word: str) -> str:
    """An operation's plain name, however it is spelled: AddV2, tf.add, + and Addition are all add."""
    text = word.strip().strip("'\"[]().!").strip()
    text = text or word.strip()
    plain = re.sub(r"[\s_]+", "", text.lower().removeprefix("tf.").removeprefix("math.")) or text
    plain = plain.removesuffix("node").removesuffix("operation")
    return _SPELLINGS.get(plain, plain)
