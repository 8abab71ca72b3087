"""The looks of an exercise's file, and mending what is safe to mend: line ends, tabs, the line for editors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tfgrad_course.course.remark import Remark
from tfgrad_course.course.schema import modeline


def modeline_of(path: Path) -> str:
    """The line for editors at the top of this file: the way to the schema from where it lies."""
    above = path.resolve().parents
    depth = next((n for n, folder in enumerate(above) if (folder / "course.yaml").is_file()), 1)
    return modeline(depth)


def untidy(path: Path, shown: str) -> Iterator[Remark]:
    """A missing line for editors, blanks at line ends, no single newline at the end."""
    raw = path.read_bytes()
    line = modeline_of(path)
    if not raw.startswith(line.encode() + b"\n"):
        yield Remark("modeline", shown, 1, 1, f"the file does not begin with '{line}'")
    rows = raw.split(b"\n")
    first = next((n for n, row in enumerate(rows, 1) if row != row.rstrip()), 0)
    if first:
        yield Remark("tidy", shown, first, 1, "blanks at the end of a line")
    elif not raw.endswith(b"\n") or raw.endswith(b"\n\n"):
        yield Remark("tidy", shown, len(rows), 1, "the file does not end with one newline")


def fix(path: Path) -> list[str]:
    """Mend what is safe to mend in one file; says what was done."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return []
    done: list[str] = []
    made = (
        "\n".join(row.rstrip() for row in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip(
            "\n"
        )
        + "\n"
    )
    indented = re.sub(r"(?m)^[ \t]*\t[ \t]*", lambda m: m.group().replace("\t", "  "), made)
    if indented != made:
        done.append("put two spaces in place of each tab")
    if made.encode() != raw:
        done.append("cleaned line ends")
    line = modeline_of(path)
    if not indented.startswith(line + "\n"):
        indented = line + "\n" + re.sub(r"\A# yaml-language-server:.*\n", "", indented)
        done.append("added the line for editors")
    if done:
        temporary = path.with_name(f".{path.name}.new")
        temporary.write_bytes(indented.encode())
        temporary.replace(path)
    return done
