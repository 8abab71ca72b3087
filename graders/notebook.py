"""Notebooks read as hostile text: code cells joined to one program, magics blanked without shifting a line.

Nothing here parses Python: the parent never does. A small scanner knows strings, brackets and comments, which
is all that is needed to tell `%time` at the start of a statement from `% 2` inside an expression.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graders.submission import Cell

NOTEBOOK_LIMIT = 8 * 1024 * 1024
CELL_LIMIT = 2000
_KEPT = {"time", "timeit", "capture", "prun", "tfgrad", "python", "python3", "py", "snakeviz", "memit"}
_ASSIGNED = re.compile(r"^\s*[A-Za-z_][\w.,\s\[\]'\"*()]*=\s*[!%]\s*[\w{$./-]")
_INSTALL = re.compile(r"^\s*(?:pip3?|conda|mamba)\s+(?:install|uninstall|list|show|freeze)\b")
_MARK = re.compile(r"^\s*#\s*tfgrad:\s*([\w./-]+)\s*$")
_QUOTES = ("'''", '"""', "'", '"')


class NotebookError(ValueError):
    """A file that is no notebook we can read; its text is for the learner."""


@dataclass(frozen=True, slots=True)
class CodeCell:
    """One code cell as handed in: its number among the code cells, its lines and the exercise it names."""

    number: int
    lines: tuple[str, ...]
    exercise: str | None


@dataclass(frozen=True, slots=True)
class Program:
    """The Python program of one exercise in a notebook."""

    source: str
    cells: tuple[Cell, ...]


def read_notebook(text: str) -> tuple[CodeCell, ...]:
    """The code cells of a notebook, format 4."""
    try:
        data = json.loads(text, parse_int=_short_int, parse_float=_no_number, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise NotebookError(
            "expected a Jupyter notebook (JSON), found text that is none; save it again"
        ) from None
    if not isinstance(data, dict):
        raise NotebookError("expected a Jupyter notebook, found JSON of another kind")
    if data.get("nbformat") != 4 or not isinstance(data.get("cells"), list):
        raise NotebookError("expected notebook format 4, found another; open it in Jupyter and save it again")
    cells = [cell for cell in data["cells"] if isinstance(cell, dict) and cell.get("cell_type") == "code"]
    if len(cells) > CELL_LIMIT:
        raise NotebookError(f"expected at most {CELL_LIMIT} code cells, found {len(cells)}")
    return tuple(_code_cell(number, cell) for number, cell in enumerate(cells, 1))


def _short_int(text: str) -> int:
    return int(text) if len(text) < 10 else 0


def _no_number(_text: str) -> float:
    return 0.0


def _code_cell(number: int, cell: dict[str, Any]) -> CodeCell:
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(part, str) for part in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise NotebookError(f"expected text in code cell {number}, found something else")
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return CodeCell(number, tuple(lines), named(lines) or _tagged(cell))


def named(lines: Sequence[str]) -> str | None:
    """The exercise that a cell's first line names, by `%%tfgrad ID` or `# tfgrad: ID`."""
    for line in lines:
        if not line.strip():
            continue
        words = line.split()
        if words[0] == "%%tfgrad":
            return words[1] if len(words) > 1 else None
        mark = _MARK.match(line)
        return mark.group(1) if mark else None
    return None


def _tagged(cell: dict[str, Any]) -> str | None:
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    for tag in tags if isinstance(tags, list) else ():
        if isinstance(tag, str) and tag.startswith("tfgrad:"):
            return tag[len("tfgrad:") :].strip() or None
    return None


def program(cells: Sequence[CodeCell], name: str | None = None) -> Program:
    """The program of all cells, or, given a name, of the cells that name it and those that name nothing, up
    to the last that names it."""
    wanted = list(cells)
    if name is not None:
        wanted = [cell for cell in cells if cell.exercise in (None, name)]
        last = max((index for index, cell in enumerate(wanted) if cell.exercise == name), default=-1)
        wanted = wanted[: last + 1]
    lines: list[str] = []
    spans = []
    for cell in wanted:
        code = _python_lines(cell.lines)
        spans.append(Cell(cell.number, len(lines) + 1, len(lines) + len(code)))
        lines += code
    return Program("\n".join(lines) + "\n", tuple(spans))


def locate(cells: Sequence[Cell], line: int) -> tuple[int | None, int]:
    """A line of the joined program as (cell, line within the cell); (None, line) if there are no cells."""
    for cell in cells:
        if cell.first <= line <= cell.last:
            return cell.number, line - cell.first + 1
    return None, line


def _python_lines(lines: Sequence[str]) -> list[str]:
    """The cell's lines with every magic and shell line made harmless, one line for one line."""
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is not None and lines[first].startswith("%%"):
        name = lines[first][2:].split(maxsplit=1)[0] if lines[first][2:].strip() else ""
        if name not in _KEPT:
            return [""] * len(lines)
        lines = [*lines[:first], "", *lines[first + 1 :]]
    code = []
    for line, starts, end in _scan(lines):
        code.append(_plain_line(line, end) if starts else line)
    return code


def _plain_line(line: str, end: int) -> str:
    stripped = line.lstrip()
    indent = line[: len(line) - len(stripped)]
    if stripped.startswith("%time "):
        return indent + stripped[len("%time ") :].lstrip()
    asks = line[:end].rstrip().endswith("?")
    if stripped[:1] in ("%", "!", "?") or asks or _ASSIGNED.match(line) or _INSTALL.match(line):
        return indent + "pass"
    return line


def _scan(lines: Sequence[str]) -> Iterator[tuple[str, bool, int]]:
    """Each line, whether a statement may start on it, and where its code ends (before a comment)."""
    depth, quote, continued = 0, "", False
    for line in lines:
        starts = depth == 0 and not quote and not continued
        stripped = line.lstrip()
        if starts and stripped[:1] in ("%", "!", "?"):
            yield line, True, len(line)
            continue
        depth, quote, end = _scan_line(line, depth, quote)
        continued = not quote and end == len(line) and line.endswith("\\")
        if len(quote) == 1 and not line.endswith("\\"):
            quote = ""
        yield line, starts, end


def _scan_line(line: str, depth: int, quote: str) -> tuple[int, str, int]:
    """Bracket depth and open quote after the line, and where its comment starts."""
    at, size = 0, len(line)
    while at < size:
        if quote:
            if line[at] == "\\":
                at += 2
            elif line.startswith(quote, at):
                at += len(quote)
                quote = ""
            else:
                at += 1
            continue
        char = line[at]
        if char == "#":
            return depth, quote, at
        if char in "'\"":
            quote = next(mark for mark in _QUOTES if line.startswith(mark, at))
            at += len(quote)
            continue
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth = max(depth - 1, 0)
        at += 1
    return depth, quote, size
