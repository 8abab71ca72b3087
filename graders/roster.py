"""A class list as gradebooks export it (CSV): who there is, and who is excused or late for what."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from graders.reporting import Person
from tfgrad_course.course.fault import nearest

if TYPE_CHECKING:
    from tfgrad_course.course.catalogue import Catalogue

LIMIT = 4 * 1024 * 1024
ALL = ("all", "*", "yes", "true", "x")
NONE = ("no", "false", "-", "0")
# Every field with the headers gradebooks give it, simplified to letters; the first match counts.
_HEADERS: dict[str, tuple[str, ...]] = {
    "learner": (
        "learner",
        "folder",
        "username",
        "user",
        "sisloginid",
        "login",
        "githubusername",
        "github",
        "identifier",
    ),
    "name": ("name", "student", "fullname"),
    "first": ("firstname", "first", "givenname"),
    "last": ("lastname", "last", "surname", "familyname"),
    "id": ("idnumber", "id", "studentid", "studentnumber"),
    "sis_user_id": ("sisuserid",),
    "sis_login_id": ("sisloginid",),
    "section": ("section", "sections", "group", "class"),
    "email": ("email", "emailaddress", "mail"),
    "excused": ("excused",),
    "late": ("late",),
}


class RosterError(ValueError):
    """A class list that cannot be read; the text says what was expected."""

    exit_code = 2


def read_roster(path: str) -> dict[str, Person]:
    """Everyone in the list, by the name of their folder."""
    try:
        data = Path(path).read_bytes()[: LIMIT + 1]
    except OSError as error:
        raise RosterError(f"cannot read the roster {path}: {error.strerror}") from None
    if len(data) > LIMIT:
        raise RosterError(f"expected a roster of at most {LIMIT // 1024} kB: {path}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RosterError(f"{path}:{line}: expected UTF-8 text; save the list as 'CSV UTF-8'") from None
    rows = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    if not rows:
        raise RosterError(f"{path}: expected a header line, found an empty file")
    columns = _columns(rows[0])
    if "learner" not in columns:
        wanted = "learner, username or SIS Login ID"
        raise RosterError(
            f"{path}:1: expected a column {wanted} (the name of the learner's folder), found {', '.join(rows[0])}"
        )
    return _people(rows[1:], columns, path)


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _columns(header: list[str]) -> dict[str, int]:
    words = [re.sub(r"[^a-z]", "", cell.lower()) for cell in header]
    found = {}
    for field, names in _HEADERS.items():
        index = next((words.index(name) for name in names if name in words), None)
        if index is not None:
            found[field] = index
    if "learner" not in found and "id" in found:
        found["learner"] = found["id"]
    return found


def _people(rows: list[list[str]], columns: Mapping[str, int], path: str) -> dict[str, Person]:
    people: dict[str, Person] = {}
    for number, row in enumerate(rows, 2):
        cell = lambda field, row=row: (
            row[columns[field]].strip() if columns.get(field, len(row)) < len(row) else ""
        )
        learner = cell("learner")
        if not learner or "points possible" in row[0].lower():
            continue
        if learner in people:
            raise RosterError(f"{path}:{number}: expected every learner once, found {learner!r} again")
        name = cell("name") or ", ".join(part for part in (cell("last"), cell("first")) if part)
        people[learner] = Person(
            name=name,
            id=cell("id"),
            sis_user_id=cell("sis_user_id"),
            sis_login_id=cell("sis_login_id"),
            section=cell("section"),
            email=cell("email"),
            excused=_words(cell("excused")),
            late=_words(cell("late")),
        )
    return people


def _words(cell: str) -> tuple[str, ...]:
    """Exercises in one cell, parted by spaces, commas or semicolons; a `no` means none."""
    words = tuple(word for word in re.split(r"[\s,;]+", cell) if word)
    return () if len(words) == 1 and words[0].lower() in NONE else words


def resolved(people: Mapping[str, Person], course: Catalogue, path: str) -> dict[str, Person]:
    """The same people with exercises by their ids, whatever spelling or code the list has for them."""

    def ids(words: tuple[str, ...], who: str, column: str) -> tuple[str, ...]:
        found = []
        for word in words:
            known = word.lower() if word.lower() in ALL else course.id_of(word)
            if known is None:
                near = nearest(word, course.ids)
                hint = f"; did you mean {near}?" if near else ""
                what = "exercises by id or code, or `all`"
                raise RosterError(f"{path}: {column} of {who}: expected {what}, found {word!r}{hint}")
            found.append(known)
        return tuple(found)

    return {
        who: replace(one, excused=ids(one.excused, who, "excused"), late=ids(one.late, who, "late"))
        for who, one in people.items()
    }


def meant(words: tuple[str, ...], exercise: str) -> bool:
    """Whether a list of exercises (or `all`) means this one."""
    return exercise in words or any(word in ALL for word in words)
