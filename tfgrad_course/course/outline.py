"""course.yaml: the modules of a course, how its points add up to a total, and the language it speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tfgrad_course.course.document import read
from tfgrad_course.course.fault import ExerciseError, Problem, nearest, shown
from tfgrad_course.course.load import faults, place_of

_WORDS = ("schema", "title", "modules", "grading", "language")
_ROW = ("module", "title", "needs", "about")
_GRADING = ("weights", "late_penalty")
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """What course.yaml says. `weights` holds the points of the exercises that it gives any, by id.

    Without a weight an exercise counts with its own points; 0 means graded, but not counted.
    """

    modules: tuple[dict[str, Any], ...] = ()
    weights: Weights = field(default_factory=dict)
    late_penalty: float = 0.0
    language: str = ""


def outline(path: Path, name: str, exercises: Mapping[str, Path]) -> Outline:
    """A course.yaml read and checked; raises ExerciseError with every fault and its place."""
    document = read(path, name=name)
    data = document.data
    found = list(_problems(data, exercises))
    if found:
        raise ExerciseError(faults(document, found))
    grading = data.get("grading") or {}
    return Outline(
        tuple(data.get("modules") or ()),
        _weights(grading.get("weights") or {}, exercises),
        float(grading.get("late_penalty") or 0.0),
        data.get("language") or "",
    )


def meant_by(key: str, exercises: Mapping[str, Path]) -> tuple[str, ...]:
    """The exercises that a key of `weights` means: an id, a code (M03-01), or a module (M03) for each of its own."""
    if key in exercises:
        return (key,)
    module = re.fullmatch(r"M0*(\d+)(?:-0*(\d+))?", key)
    if module is None:
        return ()
    wanted = int(module[1]), int(module[2]) if module[2] else None
    places = {name: place_of(path) for name, path in exercises.items()}
    return tuple(name for name, at in places.items() if at[0] == wanted[0] and wanted[1] in (None, at[1]))


def _weights(stated: Mapping[str, float], exercises: Mapping[str, Path]) -> Weights:
    """The weight of each exercise; what names one exercise goes before what names its module."""
    broad_first = sorted(stated, key=lambda key: -len(meant_by(key, exercises)))
    return {name: float(stated[key]) for key in broad_first for name in meant_by(key, exercises)}


def _problems(data: Any, exercises: Mapping[str, Path]) -> Iterator[Problem]:
    rows = data.get("modules") if isinstance(data, dict) else None
    if not isinstance(rows, list) and not (isinstance(data, dict) and "modules" not in data and data):
        yield Problem((), "`modules:`, a list of {module: 1, title: ...}", shown(data))
        return
    for key in data:
        if key not in _WORDS:
            words = f"{', '.join(_WORDS[:-1])} or {_WORDS[-1]}"
            yield Problem((key,), words, f"'{key}'", nearest(key, _WORDS), key=True)
    for index, row in enumerate(rows or ()):
        yield from _row_problems(row, ("modules", index), rows or ())
    language = data.get("language", "en")
    if not isinstance(language, str) or not re.fullmatch(r"[a-z]{2}", language):
        yield Problem(("language",), "a language in two letters, such as en or de", shown(language))
    if "grading" in data:
        yield from _grading_problems(data["grading"], exercises)


def _row_problems(row: Any, at: tuple[str | int, ...], rows: Sequence[Any]) -> Iterator[Problem]:
    if not isinstance(row, dict):
        yield Problem(at, "a module as {module: 1, title: ...}", shown(row))
        return
    for key in row:
        if key not in _ROW:
            yield Problem((*at, key), f"one of {', '.join(_ROW)}", f"'{key}'", nearest(key, _ROW), key=True)
    if type(row.get("module")) is not int:
        yield Problem((*at, "module"), "the module's number", shown(row.get("module")))
    if not isinstance(row.get("title"), (str, dict)):
        yield Problem((*at, "title"), "a title", shown(row.get("title")))
    known = [other.get("module") for other in rows if isinstance(other, dict)]
    needs = row.get("needs", [])
    if not isinstance(needs, list):
        yield Problem((*at, "needs"), "a list of module numbers", shown(needs))
        return
    for index, need in enumerate(needs):
        if need not in known:
            yield Problem((*at, "needs", index), "the number of a module of this course", shown(need))


def _grading_problems(grading: Any, exercises: Mapping[str, Path]) -> Iterator[Problem]:
    at: tuple[str | int, ...] = ("grading",)
    if not isinstance(grading, dict):
        yield Problem(at, "{weights: {...}, late_penalty: 0.2}", shown(grading))
        return
    for key in grading:
        if key not in _GRADING:
            yield Problem((*at, key), " or ".join(_GRADING), f"'{key}'", nearest(key, _GRADING), key=True)
    penalty = grading.get("late_penalty", 0)
    if not _number(penalty) or not 0 <= penalty <= 1:
        yield Problem((*at, "late_penalty"), "the share that late work loses, from 0 to 1", shown(penalty))
    weights = grading.get("weights", {})
    if not isinstance(weights, dict):
        yield Problem((*at, "weights"), "points by exercise or module: {M03: 1, ID: 2}", shown(weights))
        return
    for key, weight in weights.items():
        if not meant_by(str(key), exercises):
            words = "an exercise's id or code (M03-01), or a module (M03)"
            yield Problem((*at, "weights", key), words, f"'{key}'", nearest(str(key), exercises), key=True)
        if not _number(weight) or not 0 <= weight <= 10_000:
            yield Problem((*at, "weights", key), "points from 0 to 10000", shown(weight))


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
