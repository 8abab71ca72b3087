"""The small types exercises are made of; each refuses a wrong value in our words and at its exact place."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Annotated, Any, NoReturn, TypeAlias

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from tfgrad_course.course.fault import nearest, shown

LANGUAGES = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
MAX_ENTRIES = 10_000


def wrong(
    expected: str, found: object, at: tuple[str | int, ...] = (), said: str = "", **more: Any
) -> NoReturn:
    """Refuse a value (or a part of it, at `at`); the loader turns this into a fault with line and column."""
    raise PydanticCustomError(
        "tfgrad",
        "expected {expected}",
        {"expected": expected, "found": said or shown(found), "at": at, **more},
    )


def _text(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.strip() else wrong("text", "")
    if not isinstance(value, dict):
        advice = "put it in quotes" if isinstance(value, (bool, int, float)) else ""
        wrong("text, or one text a language ({en: ..., de: ...})", value, advice=advice)
    if not value:
        wrong("text, or one text a language ({en: ..., de: ...})", value)
    for language, words in value.items():
        if not LANGUAGES.fullmatch(language):
            wrong("a language such as en or de", language, (language,), key=True)
        if not isinstance(words, str) or not words.strip():
            wrong("text", words, (language,))
    return value


def _formula(value: Any) -> Any:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return repr(value)
    if not isinstance(value, str) or not value.strip():
        wrong("a formula as text, as in x**2 + 1", value)
    return value


def _formulas(value: Any) -> Any:
    if isinstance(value, list):
        if not value:
            wrong("a formula, or a list of them", value)
        return tuple(_at(_formula, item, index) for index, item in enumerate(value))
    return _formula(value)


def _at(check: Any, value: Any, *keys: str | int) -> Any:
    """Check a part of a value; what it refuses is told at its own place."""
    try:
        return check(value)
    except PydanticCustomError as error:
        context = dict(error.context or {})
        context["at"] = (*keys, *context.get("at", ()))
        raise PydanticCustomError("tfgrad", "expected {expected}", context) from None


def number(value: Any) -> int | float:
    """A finite number, or the one a constant formula such as pi/6 stands for."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        wrong("a number", value)
    if isinstance(value, str):
        return _constant(value)
    if not math.isfinite(value):
        wrong("a finite number", _spelled(value))
    if abs(value) > 1e30:
        wrong("a number of at most 1e30", value)
    return value


def _spelled(value: float) -> str:
    return "NaN" if math.isnan(value) else "infinity" if value > 0 else "minus infinity"


def _constant(text: str) -> int | float:
    from tfgrad_course.maths.evaluate import constant
    from tfgrad_course.maths.tree import MathsError

    try:
        value = constant(text)
    except MathsError as error:
        word = text.strip().lower().strip("+-.")
        if word in ("nan", "inf", "infinity"):
            wrong("a finite number", text)
        if word.isalpha() and len(word) > 1:
            wrong("a number", text)
        inside = (error.line, error.column)
        said = {"found": f"{shown(text)} ({error.message})", "at": (), "advice": error.hint, "inside": inside}
        raise PydanticCustomError("tfgrad", "expected {expected}", {"expected": "a number", **said}) from None
    return int(value) if value.is_integer() and abs(value) < 2**53 and "." not in text else value


def _tensor(value: Any) -> Any:
    """A number, a vector or a matrix (lists), no deeper than three levels and never ragged."""
    if not isinstance(value, list):
        return number(value)
    if not value:
        wrong("a number, or a list of numbers", value)
    items = tuple(_at(_tensor, item, index) for index, item in enumerate(value))
    shapes = [shape_of(item) for item in items]
    for index, shape in enumerate(shapes):
        if shape != shapes[0]:
            wrong(
                "rows of equal length", value[index], (index,), advice=f"the first has the shape {shapes[0]}"
            )
    if len(shapes[0]) > 2 or math.prod((len(items), *shapes[0])) > MAX_ENTRIES:
        wrong(f"a number, vector or matrix of at most {MAX_ENTRIES} entries", value)
    return items


def shape_of(value: object) -> tuple[int, ...]:
    """The shape of a number, vector or matrix of a point."""
    return (len(value), *shape_of(value[0])) if isinstance(value, tuple) else ()


def flat(value: object) -> tuple[float, ...]:
    """All numbers of a number, vector or matrix, row by row."""
    return tuple(x for item in value for x in flat(item)) if isinstance(value, tuple) else (float(value),)  # type: ignore[arg-type]


def _named(check: Any, expected: str) -> Any:
    def mapping(value: Any) -> Any:
        if not isinstance(value, dict) or not value:
            wrong(expected, value)
        return {_at(_name, key, key): _at(check, item, key) for key, item in value.items()}

    return mapping


def _name(key: Any) -> str:
    from tfgrad_course.maths.parse import check_name
    from tfgrad_course.maths.tree import MathsError

    try:
        return check_name(key)
    except MathsError as error:
        wrong("the name of a variable", key, key=True, advice=f"{error.message}; {error.hint}".strip("; "))


def _word(value: Any) -> Any:
    """A choice or an answer's entry: a number stays one, everything else is a word."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number(value)
    if not isinstance(value, str) or not value.strip():
        wrong("a number or a word", value)
    return value.strip()


def _choices(value: Any) -> Any:
    if not isinstance(value, list) or len(value) < 2:
        wrong("a list of at least two choices", value)
    made = tuple(_at(_word, item, index) for index, item in enumerate(value))
    for index, item in enumerate(made):
        if item in made[:index]:
            wrong("choices that differ", item, (index,), advice="it is there already")
    if len(made) > 26:
        wrong("at most 26 choices", value)
    return made


def _answer(value: Any) -> Any:
    if isinstance(value, list):
        if not value:
            wrong("an answer", value)
        return tuple(_at(_answer, item, index) for index, item in enumerate(value))
    if isinstance(value, dict):
        wrong("a number, a word or a list", value)
    return _word(value)


def _range(value: Any) -> Any:
    if not isinstance(value, list) or len(value) != 2:
        wrong("a range [low, high]", value)
    low, high = (_at(number, item, index) for index, item in enumerate(value))
    if not low < high:
        wrong("a range whose low end comes first", None, said=f"the empty range [{value[0]}, {value[1]}]")
    return (float(low), float(high))


def _domain(value: Any) -> Any:
    if isinstance(value, list):
        return _range(value)
    return _named(_range, "a range [low, high], or one a variable ({x: [0, 2]})")(value)


def _names(value: Any) -> Any:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not value:
        wrong("a variable, or a list of variables", value)
    return tuple(_at(_name, item, index) for index, item in enumerate(value))


def _vector(value: Any) -> Any:
    if not isinstance(value, list) or not value:
        wrong("a list of numbers", value)
    return tuple(_at(number, item, index) for index, item in enumerate(value))


def _code(value: Any) -> Any:
    if not isinstance(value, str) or not value.strip():
        wrong("Python code as text", value, advice="write it after a '|', indented, on the lines below")
    return value


def _positive(value: Any) -> Any:
    made = number(value)
    return made if made > 0 else wrong("a number above 0", value)


def _weights(value: Any) -> Any:
    if not isinstance(value, dict) or not value:
        wrong("weights by check, as in {answer: 1}", value)
    for name, weight in value.items():
        if _at(number, weight, name) < 0:
            wrong("a weight of at least 0", weight, (name,))
    if not sum(value.values()) > 0:
        wrong("at least one weight above 0", value)
    return {name: float(weight) for name, weight in value.items()}


def one_of(words: tuple[str, ...], value: Any) -> str:
    """One of the allowed words, else a refusal naming the nearest."""
    if value not in words:
        wrong(f"one of {', '.join(words)}", value, nearest=nearest(str(value), words))
    return str(value)


def _schema(*kinds: Any, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": list(kinds), **more} if len(kinds) > 1 else {**kinds[0], **more})


_STR = {"type": "string", "minLength": 1}
_NUM = {"anyOf": [{"type": "number"}, {"type": "string", "description": "a constant formula such as pi/6"}]}
_WORD = {"type": ["number", "string", "boolean"]}
_NESTED = {"type": "array", "minItems": 1, "items": {}}
_BY_LANGUAGE = {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}}
_RANGE = {"type": "array", "minItems": 2, "maxItems": 2, "items": _NUM}

Scalar: TypeAlias = "int | float"
PointValue: TypeAlias = "float | tuple[float, ...] | tuple[tuple[float, ...], ...]"
Text = Annotated[Any, BeforeValidator(_text), _schema(_STR, _BY_LANGUAGE)]
Formula = Annotated[str, BeforeValidator(_formula), _schema({"type": ["string", "number"]})]
Formulas = Annotated[
    Any,
    BeforeValidator(_formulas),
    _schema(_STR, {"type": "number"}, {"type": "array", "minItems": 1, "items": _STR}),
]
NamedFormulas = Annotated[
    dict[str, str],
    BeforeValidator(_named(_formula, "formulas by name, as in {u: x*y, v: x/y}")),
    _schema({"type": "object", "minProperties": 1, "additionalProperties": {"type": ["string", "number"]}}),
]
Point = Annotated[
    dict[str, Any],
    BeforeValidator(_named(_tensor, "a value for each variable, as in {x: 2}")),
    _schema(
        {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"anyOf": [*_NUM["anyOf"], {"type": "array"}]},
        }
    ),
]
Number = Annotated[float, BeforeValidator(number), _schema(*_NUM["anyOf"])]
Positive = Annotated[float, BeforeValidator(_positive), _schema({"type": "number", "exclusiveMinimum": 0})]
Choices = Annotated[
    tuple[Any, ...],
    BeforeValidator(_choices),
    _schema({"type": "array", "minItems": 2, "maxItems": 26, "uniqueItems": True, "items": _WORD}),
]
Answer = Annotated[Any, BeforeValidator(_answer), _schema(_WORD, _NESTED)]
Domain = Annotated[
    Any, BeforeValidator(_domain), _schema(_RANGE, {"type": "object", "additionalProperties": _RANGE})
]
Names = Annotated[
    tuple[str, ...], BeforeValidator(_names), _schema(_STR, {"type": "array", "minItems": 1, "items": _STR})
]
Vector = Annotated[
    tuple[float, ...], BeforeValidator(_vector), _schema({"type": "array", "minItems": 1, "items": _NUM})
]
Code = Annotated[str, BeforeValidator(_code), _schema(_STR)]
Weights = Annotated[
    dict[str, float],
    BeforeValidator(_weights),
    _schema({"type": "object", "minProperties": 1, "additionalProperties": {"type": "number", "minimum": 0}}),
]


def said(text: str | Mapping[str, str] | None, language: str = "en") -> str:
    """An author's text in a language, else in English, else in the first there is."""
    if text is None or isinstance(text, str):
        return text or ""
    return text.get(language) or text.get(language[:2]) or text.get("en") or next(iter(text.values()))
