"""From a file to an exercise, or to all of its faults at once, each with its line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tfgrad_course.course.document import Document, read
from tfgrad_course.course.draft import Draft
from tfgrad_course.course.exercise import Exercise, Sheet
from tfgrad_course.course.fault import ExerciseError, Fault, Problem, nearest, shown
from tfgrad_course.course.kinds import KINDS, LIKE, fields_of
from tfgrad_course.course.rules import problems

FIELDS = tuple(field.alias or name for name, field in Sheet.model_fields.items())


def load(path: str | Path, content: bytes | None = None, name: str | None = None) -> Exercise:
    """The exercise in a file (or in `content`, read in its place); raises ExerciseError with every fault.

    An exercise with `vary:` comes in its sample variant; variants.variant_of gives a learner's own.
    """
    path = Path(path)
    return built(read(path, content, name), path)


def built(document: Document, path: Path, parameters: Mapping[str, Any] | None = None) -> Exercise:
    """The exercise of a document, with the parameters of `vary:` as given (else those of the sample variant)."""
    data = document.data
    if not isinstance(data, dict):
        advice = "write `id: ...`, `kind: ...` and so on, one a line"
        place = document.where(())
        fault = Fault(
            document.path, place.line, place.column, "fields with names", shown(data), advice=advice
        )
        raise ExerciseError([fault])
    found: list[Problem] = list(_unknown(data))
    meant = frozenset(problem.nearest for problem in found if problem.nearest)
    concrete, variant = _concrete(data, parameters, found)
    sheet, broken = _validated(concrete, found)
    found += problems(Draft(sheet, frozenset(data) & frozenset(FIELDS), broken, meant))
    found += _named_as_file(sheet, path, broken)
    if found:
        raise ExerciseError(faults(document, found, varied=variant is not None))
    module, position = place_of(path)
    extra = {"path": path, "module": module, "position": position, "variant": variant, "written": data}
    return Exercise(**{**dict(_fields_set(sheet)), **extra})


def _fields_set(sheet: Sheet) -> Iterable[tuple[str, Any]]:
    """What was given, as the validators left it, spelled so that it validates again."""
    for name in sheet.model_fields_set:
        value = getattr(sheet, name)
        yield Sheet.model_fields[name].alias or name, _lists(value)


def _lists(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_lists(item) for item in value]
    return {key: _lists(item) for key, item in value.items()} if isinstance(value, dict) else value


def faults(document: Document, found: Iterable[Problem], varied: bool = False) -> list[Fault]:
    """Problems with their lines and columns; the same place is not blamed twice for one thing."""
    made: dict[tuple[int, int, str], Fault] = {}
    for problem in found:
        place = document.where(problem.at, problem.key)
        line, column = place.line, place.column
        if problem.inside is not None and not varied:
            line, column = document.inside(problem.at, *problem.inside)
        fault = Fault(
            document.path, line, column, problem.expected, problem.found, problem.nearest, problem.advice
        )
        made.setdefault((line, column, problem.expected), fault)
    return list(made.values())


def place_of(path: Path) -> tuple[int, int]:
    """Module and position from the numbers of the folder and the file; 0 where there is none."""
    module = re.match(r"(\d+)-", path.parent.name)
    position = re.match(r"(\d+)-", path.name)
    return int(module.group(1)) if module else 0, int(position.group(1)) if position else 0


def stem_of(path: Path) -> str:
    """The file's name without its number and ending: the id it should hold."""
    return re.sub(r"^\d+-", "", path.name.rsplit(".", 1)[0])


def _unknown(data: dict[str, Any]) -> Iterable[Problem]:
    kind, like = data.get("kind"), data.get("like")
    known = fields_of(kind, like if like in LIKE else None) if kind in KINDS else frozenset(FIELDS)
    for name in data:
        if name not in FIELDS:
            near = nearest(name, known) or nearest(name, FIELDS)
            yield Problem((name,), "a field of an exercise", f"'{name}'", near, key=True)


def _concrete(
    data: dict[str, Any], parameters: Mapping[str, Any] | None, found: list[Problem]
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The data with the parameters of `vary:` put in, and the parameters."""
    known = {name: value for name, value in data.items() if name in FIELDS}
    if not isinstance(known.get("vary"), dict):
        return known, None
    from tfgrad_course.course.variants import sample, substituted

    drawn = parameters if parameters is not None else sample(known, found)
    return (substituted(known, drawn, found), dict(drawn)) if drawn is not None else (known, None)


def _validated(data: dict[str, Any], found: list[Problem]) -> tuple[Sheet, frozenset[str]]:
    """Every field by itself: a sheet of the right ones, and the names of the wrong ones."""
    from pydantic import ValidationError

    data = {
        name: value for name, value in data.items() if value is not None or name in ("id", "kind", "point")
    }
    data = _numbers(data, found)
    broken: set[str | int] = {problem.at[0] for problem in found if problem.at and problem.at[0] in FIELDS}
    sheet: Sheet | None = None
    try:
        sheet = Sheet.model_validate(data)
    except ValidationError as error:
        for one in error.errors(include_url=False, include_input=True):
            found.append(_problem(dict(one)))
            broken.add(one["loc"][0] if one["loc"] else "")
    if sheet is None:
        good = {name: value for name, value in data.items() if name not in broken}
        good = {"id": "unnamed", "kind": "value"} | good
        sheet = Sheet.model_validate(good)
    return sheet, frozenset("schema_" if name == "schema" else str(name) for name in broken)


def _problem(error: dict[str, Any]) -> Problem:
    """One complaint of pydantic in our words."""
    at = tuple(error["loc"])
    context = error.get("ctx") or {}
    if error["type"] == "tfgrad":
        return Problem(
            (*at, *context.get("at", ())),
            context["expected"],
            context["found"],
            context.get("nearest"),
            context.get("advice", ""),
            context.get("key", False),
            context.get("inside"),
        )
    if error["type"] == "missing":
        name = str(at[-1])
        advice = {"id": "write the file's name", "kind": f"write one of {', '.join(KINDS)}"}.get(name, "")
        return Problem(at[:-1], f"`{name}`", "none", advice=advice)
    if error["type"] == "extra_forbidden":
        known = _subfields(at[:-1])
        return Problem(at, f"one of {', '.join(known)}", f"'{at[-1]}'", nearest(str(at[-1]), known), key=True)
    expected = _PLAIN.get(error["type"], error.get("msg", "something else"))
    return Problem(at, expected, shown(error.get("input")))


_PLAIN = {
    "string_type": "text",
    "model_type": "fields with names",
    "model_attributes_type": "fields with names",
    "dict_type": "fields with names",
    "list_type": "a list",
    "tuple_type": "a list",
}


def _subfields(at: tuple[Any, ...]) -> list[str]:
    from tfgrad_course.course.settings import Limits, Model, Requires

    models: dict[str, type[Model]] = {"limits": Limits, "requires": Requires}
    return list(models.get(str(at[0]) if at else "", Sheet).model_fields)


def _numbers(data: dict[str, Any], found: list[Problem]) -> dict[str, Any]:
    """Answers and choices that are constant formulas (20*pi) as the numbers they stand for."""
    kind, like = data.get("kind"), data.get("like")
    if kind not in KINDS or kind in ("choice", "select", "graph"):
        return data
    judge = (like if like in LIKE else "slope") if kind in ("repair", "fill-in") else kind
    words = KINDS[judge].words
    made = dict(data)
    for name in ("answer", "choices"):
        if name in made:
            made[name] = _evaluated(made[name], words, (name,), found if name == "answer" else None)
    return made


def _evaluated(
    value: Any, words: tuple[str, ...], at: tuple[str | int, ...], found: list[Problem] | None
) -> Any:
    if isinstance(value, list):
        return [_evaluated(item, words, (*at, index), found) for index, item in enumerate(value)]
    if not isinstance(value, str) or value in words:
        return value
    from pydantic_core import PydanticCustomError

    from tfgrad_course.course.values import number

    try:
        return number(value)
    except PydanticCustomError as error:
        context = error.context or {}
        formula = not value.replace("-", "").replace(" ", "").isalpha()
        if found is not None and formula and not words:
            inside = context.get("inside")
            found.append(
                Problem(at, "a number", context["found"], advice=context.get("advice", ""), inside=inside)
            )
        return value


def _named_as_file(sheet: Sheet, path: Path, broken: frozenset[str]) -> Iterable[Problem]:
    """The id is the file's name, so that one is found by the other."""
    stem = stem_of(path)
    if "id" not in broken and sheet.id not in (stem, "unnamed"):
        advice = f"write id: {stem}, or rename the file to {sheet.id}.yaml"
        yield Problem(("id",), f"the file's name, {stem}", f"'{sheet.id}'", advice=advice)
