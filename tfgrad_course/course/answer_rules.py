"""What the answer must be: in the form its kind asks for, one of its words, among its choices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfgrad_course.course.draft import Draft
from tfgrad_course.course.exercise import Sheet
from tfgrad_course.course.fault import Problem, listed, nearest, shown
from tfgrad_course.course.values import flat, shape_of


def answer(draft: Draft) -> Iterator[Problem]:
    """The answer must have the form its kind asks for, and be one of the choices."""
    sheet = draft.sheet
    if not draft.has("answer") or not draft.sound("choices", "ask", "function", "point", "vary"):
        return
    if sheet.kind == "choice":
        if sheet.choices and sheet.answer not in sheet.choices:
            choices = ", ".join(map(str, sheet.choices))
            near = nearest(str(sheet.answer), sheet.choices)
            yield Problem(("answer",), f"one of the choices ({choices})", shown(sheet.answer), near)
        return
    if sheet.kind == "select":
        yield from _selected(sheet)
        return
    words = sheet.words
    for at, part in _words(sheet.answer, ("answer",)):
        if sheet.kind != "graph" and part not in words:
            expected = f"one of {', '.join(words)}" if words else "a number"
            yield Problem(at, expected, shown(part), nearest(part, words))
            return
    if words and sheet.word is None and sheet.judged_as in ("monotonicity", "concavity"):
        yield Problem(("answer",), f"one of {', '.join(words)}, or [word, number]", shown(sheet.answer))
    yield from _form(draft)
    if sheet.choices and sheet.kind != "graph" and not _among(sheet):
        choices = ", ".join(map(str, sheet.choices))
        yield Problem(("choices",), f"the answer {shown(sheet.answer)} among the choices", choices)


def _among(sheet: Sheet) -> bool:
    return any(
        part in (sheet.choices or ()) for part in (sheet.answer, sheet.word, sheet.number) if part is not None
    )


def _selected(sheet: Sheet) -> Iterator[Problem]:
    picked = sheet.answer if isinstance(sheet.answer, tuple) else (sheet.answer,)
    for index, item in enumerate(picked):
        if item not in (sheet.choices or (item,)):
            at = ("answer", index) if isinstance(sheet.answer, tuple) else ("answer",)
            choices = ", ".join(map(str, sheet.choices or ()))
            yield Problem(
                at, f"some of the choices ({choices})", shown(item), nearest(str(item), sheet.choices or ())
            )


def _words(answer: Any, at: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(answer, str):
        yield at, answer
    elif isinstance(answer, tuple):
        for index, item in enumerate(answer):
            yield from _words(item, (*at, index))


def _form(draft: Draft) -> Iterator[Problem]:
    """The number part: a number, a list of the right length or a matrix of the right size."""
    sheet = draft.sheet
    if (
        sheet.number is None
        or not draft.readable
        or not draft.sound("then", "wrt", "functions", "order", "direction", "weights", "estimate")
    ):
        return
    wanted = _wanted(sheet)
    if wanted is None:
        return
    found = sheet.number_shape
    if found != wanted and not (sheet.judged_as == "critical-points" and found == ()):
        expected = (
            "a number" if not wanted else f"a list of {wanted[0]}" if len(wanted) == 1 else _size(wanted)
        )
        given = "a number" if not found else f"a list of {found[0]}" if len(found) == 1 else _size(found)
        yield Problem(("answer",), f"{expected} for the kind {sheet.judged_as}", given)


def _size(shape: tuple[int, ...]) -> str:
    return "a matrix of " + " by ".join(map(str, shape))


def _wanted(sheet: Sheet) -> tuple[int, ...] | None:
    """The shape of the number asked for, where reading alone tells it."""
    kind, point = sheet.judged_as, sheet.point or {}
    entries = sum(len(flat(point.get(name, 0.0))) for name in (sheet.wrt or point)) if point else 0
    if sheet.then is not None or sheet.reference is not None:
        return None
    if kind in ("slope", "derivative", "directional", "monotonicity", "concavity", "custom-gradient"):
        return ()
    if kind in ("tangent", "normal"):
        return () if sheet.ask == "slope" or sheet.estimate else (entries + 1,)
    if kind in ("partials", "gradient") and point and sheet.functions is None:
        return (entries,) if all(shape_of(v) in ((), (entries,)) for v in point.values()) else None
    if kind == "hessian" and point:
        return (entries,) if sheet.direction else (entries, entries)
    if kind == "jacobian" and isinstance(sheet.function, tuple) and sheet.weights is None and entries > 1:
        return (len(sheet.function), entries)
    return None


def choices(draft: Draft) -> Iterator[Problem]:
    """Mistakes go by the letters of wrong choices."""
    sheet = draft.sheet
    if not draft.has("mistakes") or not draft.sound("choices", "answer"):
        return
    letters = [chr(ord("A") + index) for index in range(len(sheet.choices or ()))]
    for letter in sheet.mistakes or {}:
        if letter not in letters:
            expected = (
                f"the letter of a choice ({listed(letters)})" if letters else "choices to have mistakes in"
            )
            yield Problem(("mistakes", letter), expected, f"'{letter}'", key=True)
        elif (sheet.choices or ())[letters.index(letter)] in (sheet.answer, sheet.word, sheet.number):
            yield Problem(
                ("mistakes", letter), "the letter of a wrong choice", f"'{letter}', the right one", key=True
            )
