"""YAML as authors mean it: YAML 1.2's core words, no aliases, no repeated keys, and every value knows its place.

PyYAML reads `1e-6` as text, `no` as false and `010` as 8, and its constructors know tags; so only its events are
used (the C parser's when there is one), and values are made here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tfgrad_course.course.fault import ExerciseError, Fault

MAX_BYTES, MAX_DEPTH, MAX_DIGITS = 256 * 1024, 20, 400
Keys = tuple["str | int", ...]

_NULL = re.compile(r"null|Null|NULL|~|")
_BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+|0o[0-7]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value or key begins (from 1) and how it is written, so that a spot inside it can be found."""

    line: int
    column: int
    style: str = ""
    last: int = 0


@dataclass(slots=True)
class Document:
    """A file's data and the places of all its keys and values."""

    path: str
    text: str
    data: Any = None
    values: dict[Keys, Place] = field(default_factory=dict)
    keys: dict[Keys, Place] = field(default_factory=dict)

    def where(self, at: Keys, key: bool = False) -> Place:
        """The place of a key or value; of the nearest one around it where there is none."""
        while True:
            place = (self.keys.get(at) if key else None) or self.values.get(at) or self.keys.get(at)
            if place is not None:
                return place
            if not at:
                return Place(1, 1)
            at, key = at[:-1], False

    def inside(self, at: Keys, line: int, column: int) -> tuple[int, int]:
        """Line and column of a character within a text value."""
        place = self.where(at)
        rows = self.text.split("\n")
        if place.style in ("|", ">"):
            body = [row for row in rows[place.line :] if row.strip()]
            indent = len(body[0]) - len(body[0].lstrip(" ")) if body else 0
            return (
                (place.line + line, indent + column) if place.style == "|" else (place.line + 1, indent + 1)
            )
        if place.last > place.line or line > 1:
            return place.line, place.column
        return place.line, place.column + column - 1 + (1 if place.style in ("'", '"') else 0)


def read(path: str | Path, content: bytes | None = None, name: str | None = None) -> Document:
    """Read a file (or `content` in its place); raises ExerciseError with all that is wrong with it as YAML."""
    shown_path = name or str(path)
    text = _decoded(Path(path).read_bytes() if content is None else content, shown_path)
    reader = _Reader(Document(shown_path, text))
    document = reader.document()
    if reader.faults:
        raise ExerciseError(reader.faults)
    return document


def _decoded(content: bytes, path: str) -> str:
    if len(content) > MAX_BYTES:
        found = f"{len(content) // 1024} KB"
        raise ExerciseError([Fault(path, 1, 1, f"a file of at most {MAX_BYTES // 1024} KB", found)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "ignore")) + 1
        found = f"the byte 0x{content[error.start]:02x}"
        advice = "save the file with the encoding UTF-8"
        raise ExerciseError([Fault(path, line, column, "text in UTF-8", found, advice=advice)]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _Reader:
    """One pass over the events of one file; collects what is wrong as it goes."""

    def __init__(self, document: Document) -> None:
        self.out = document
        self.faults: list[Fault] = []

    def document(self) -> Document:
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        events = yaml.parse(self.out.text, Loader=loader)
        try:
            self._documents(events)
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
        except yaml.YAMLError as error:  # a control character: the reader knows only its position
            position = min(getattr(error, "position", 0) or 0, len(self.out.text))
            before = self.out.text[:position]
            line, column = before.count("\n") + 1, len(before.rsplit("\n", 1)[-1]) + 1
            advice = "remove the control character"
            self._fault(
                (line, column), "text that YAML allows", "a character it does not allow", advice=advice
            )
        return self.out

    def _fault(self, at: tuple[int, int], expected: str, found: str, advice: str = "") -> None:
        self.faults.append(Fault(self.out.path, *at, expected, found, advice=advice))

    def _syntax(self, error: Any) -> None:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        rows = self.out.text.split("\n")
        tabs = [n for n, row in enumerate(rows, 1) if re.match(r" *\t", row) and row.strip()]
        here = rows[line - 1] if line <= len(rows) else ""
        if tabs and (here[column - 1 : column] == "\t" or here[: column - 1].strip(" \t") == ""):
            for n in tabs:
                where = (n, rows[n - 1].index("\t") + 1)
                self._fault(
                    where,
                    "spaces to indent",
                    "a tab",
                    "YAML does not allow tabs: put two spaces in its place",
                )
            return
        said = f"{error.context or ''}; {error.problem or ''}"
        other = (
            "",
            str(error.problem or "something else").strip(),
            "check colons and quotes near here",
            False,
        )
        _, found, advice, early = next((row for row in _SYNTAX if row[0] in said), other)
        if early and error.context_mark is not None:  # where the open quote, bracket or word began
            line, column = error.context_mark.line + 1, error.context_mark.column + 1
        self._fault((line, column), "YAML", found, advice)

    def _documents(self, events: Iterator[Any]) -> None:
        import yaml

        count = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                count += 1
                if count > 1:
                    self._fault(_mark(event), "one document in a file", "a second one after '---'")
                    return
            elif isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent, yaml.AliasEvent)):
                self.out.data = self._value(event, events, ())
        if count == 0:
            self._fault(
                (1, 1), "an exercise", "an empty file", "write at least id, kind, function, point and answer"
            )

    def _value(self, event: Any, events: Iterator[Any], at: Keys) -> Any:
        import yaml

        where = _mark(event)
        last = event.end_mark.line + (1 if event.end_mark.column else 0)
        self.out.values[at] = Place(*where, getattr(event, "style", None) or "", last)
        if isinstance(event, yaml.AliasEvent):
            self._fault(
                where, "the value itself", f"the alias '*{event.anchor}'", "write the value out again"
            )
            return None
        if event.anchor:
            self._fault(where, "a plain value", f"the anchor '&{event.anchor}'", "leave the '&' name out")
        if event.tag:
            self._fault(where, "a plain value", f"the tag '{event.tag}'", "leave the '!' word out")
        if isinstance(event, yaml.ScalarEvent):
            return event.value if event.style else self._plain(event.value, where)
        if len(at) >= MAX_DEPTH:
            found = "more levels"
            raise ExerciseError(
                [*self.faults, Fault(self.out.path, *where, f"at most {MAX_DEPTH} levels", found)]
            )
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, at)
        return self._sequence(events, at)

    def _sequence(self, events: Iterator[Any], at: Keys) -> list[Any]:
        import yaml

        items: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, events, (*at, len(items))))
        return items

    def _mapping(self, events: Iterator[Any], at: Keys) -> dict[str, Any]:
        import yaml

        made: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            where = _mark(event)
            if not isinstance(event, yaml.ScalarEvent):
                self._value(event, events, (*at, "?"))
                self._fault(
                    where, "a name before ':'", "a list or mapping", "a formula with braces needs quotes"
                )
                key = "?"
            else:
                key = event.value  # a key is always a name: `y` and `no` are no truth values here
                if event.anchor or event.tag:
                    self._fault(where, "a plain name", "an anchor or tag", "leave it out")
            inner = (*at, key)
            if key in made:
                before = self.out.keys[inner].line
                self._fault(
                    where, f"'{key}' once", f"it a second time (first in line {before})", "remove one of them"
                )
            else:
                self.out.keys[inner] = Place(*where)
            made[key] = self._value(next(events), events, inner)
        return made

    def _plain(self, text: str, where: tuple[int, int]) -> Any:
        """The value of an unquoted word by YAML 1.2's core schema."""
        if _NULL.fullmatch(text):
            return None
        if _BOOL.fullmatch(text):
            return text.lower() == "true"
        digits = len(text) <= MAX_DIGITS
        if _INT.fullmatch(text) and digits:
            return int(text)
        if _HEX.fullmatch(text) and digits:
            return int(text, 0)
        if _FLOAT.fullmatch(text) and digits:
            return float(text)
        if _SPECIAL.fullmatch(text):
            return float(text.lower().replace(".", ""))
        return text


# words of the YAML parser, what they mean, what to do, and whether the fault lies where the thing began
_SYNTAX: tuple[tuple[str, str, str, bool], ...] = (
    (
        "scanning a quoted scalar; found unexpected end",
        "a quote that is never closed",
        "close the quote",
        True,
    ),
    (
        "unknown escape",
        "a backslash in double quotes",
        "use single quotes, or a '|' with the text below it",
        False,
    ),
    (
        "expected ',' or ']'",
        "a list that is never closed",
        "put ']' at its end and commas between its entries",
        True,
    ),
    (
        "expected ',' or '}'",
        "a mapping that is never closed",
        "put '}' at its end and commas between entries",
        True,
    ),
    (
        "could not find expected ':'",
        "a line without a colon",
        "write 'name: value'; long text follows a '|'",
        True,
    ),
    (
        "mapping values are not allowed",
        "a colon in the middle of a value",
        "text with ': ' in it needs quotes",
        False,
    ),
    ("cannot start any token", "text that begins with @, ` or %", "put it in quotes", False),
    ("expected alphabetic", "text that begins with * or &", "put it in quotes", False),
    (
        "did not find expected '-'",
        "a line that is no entry of this list",
        "indent the entries of a list alike",
        False,
    ),
    (
        "did not find expected key",
        "text after a value",
        "indent the lines alike; put a formula in quotes",
        False,
    ),
    (
        "block sequence entries",
        "a '-' list behind a name",
        "put it on the lines below or write [a, b]",
        False,
    ),
    ("maximum nesting depth", "hundreds of levels", f"at most {MAX_DEPTH} are read", False),
)


def _mark(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
