"""Writes and reads a record in one straight piece of code, made from the table in `wire`: no call for each plain field.

Recordings are nearly all of what passes between child and grader, and field by field they cost twice the time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

TOO_EARLY = "a record ends too early"


class Field(Protocol):
    """How one field is written and read; `shape` is a key of the tables below, "" for what has code of its own."""

    @property
    def put(self) -> Callable[[Any, Any], None]:
        """Writes it."""

    @property
    def get(self) -> Callable[[Any], Any]:
        """Reads it."""

    @property
    def shape(self) -> str:
        """What it is like."""

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and the greatest whole number (of a list: the least, and the longest it may be)."""


_PUT = {
    "whole": "{x}",
    "maybe": "-1 if {x} is None else {x}",
    "flag": "1 if {x} else 0",
    "word": "word({x})",
    "maybe word": "-1 if {x} is None else word({x})",
    "wholes": "len({x}), *{x}",
}
_GET = {
    "whole": "{x}",
    "maybe": "None if {x} < 0 else {x}",
    "flag": "{x} == 1",
    "word": "words[{x}]",
    "maybe word": "None if {x} < 0 else words[{x}]",
}


def writing(tag: int, fields: Sequence[tuple[str, Field]]) -> Callable[[Any, Any], None]:
    """A function that writes the tag and every field of a record."""
    lines, plain = ["def put(writer, record):", " numbers, word = writer.numbers, writer.word"], [str(tag)]
    for name, field in fields:
        if field.shape:
            plain.append(_PUT[field.shape].format(x=f"record.{name}"))
            continue
        if plain:
            lines.append(f" numbers += ({', '.join(plain)},)")
        lines.append(f" put_{name}(writer, record.{name})")
        plain = []
    if plain:
        lines.append(f" numbers += ({', '.join(plain)},)")
    made: Callable[[Any, Any], None] = _made(
        lines, {f"put_{name}": field.put for name, field in fields}, "put"
    )
    return made


def reading(
    make: Callable[..., Any], fields: Sequence[tuple[str, Field]], refused: type[Exception]
) -> Callable[[Any], Any]:
    """A function that reads every field of a record, each within its bounds, or raises `refused`."""
    lines = ["def get(reader):", " wholes, words, at = reader.wholes_held, reader.words, reader.at", " try:"]
    for name, field in fields:
        lines += [f"  {line}" for line in _got(f"_{name}", field, name)]
    lines += [
        f' except IndexError:\n  raise refused("{TOO_EARLY}") from None',
        " reader.at = at",
        f" return make({', '.join(f'_{name}' for name, _ in fields)})",
    ]
    known = {f"get_{name}": field.get for name, field in fields}
    made: Callable[[Any], Any] = _made(lines, {**known, "make": make, "refused": refused}, "get")
    return made


def _got(x: str, field: Field, name: str) -> list[str]:
    if not field.shape:
        return ["reader.at = at", f"{x} = get_{name}(reader)", "at = reader.at"]
    low, high = field.bounds
    if field.shape == "wholes":
        return [
            "count = wholes[at]",
            *_within("count", 0, str(high)),
            "at += 1 + count",
            f"{x} = tuple(wholes[at - count : at])",
            f'if len({x}) != count:\n   raise refused("{TOO_EARLY}")',
            f'if count and min({x}) < {low}:\n   raise refused("expected whole numbers from {low}")',
        ]
    most = "len(words) - 1" if "word" in field.shape else str(high)
    lines = [f"{x} = wholes[at]", *_within(x, low, most), "at += 1"]
    value = _GET[field.shape].format(x=x)
    return lines if value == x else [*lines, f"{x} = {value}"]


def _within(x: str, low: int, most: str) -> list[str]:
    return [
        f'if not {low} <= {x} <= {most}:\n   raise refused("expected a whole number from {low} to {most}")'
    ]


def _made(lines: Sequence[str], known: dict[str, Any], name: str) -> Any:
    """The function of these lines: nothing in them comes from anywhere but the tables."""
    space = dict(known)
    exec("\n".join(lines), space)
    return space[name]
