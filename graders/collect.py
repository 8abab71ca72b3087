"""Finds submissions below the paths given and reads each as hostile text; nothing in it is run or parsed."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from graders.notebook import NOTEBOOK_LIMIT, CodeCell, NotebookError, program, read_notebook
from graders.submission import Submission

SOURCE_LIMIT = 256 * 1024
_SUFFIXES = (".py", ".ipynb")
_IGNORED = {"__pycache__", "site-packages", "dist-packages", "node_modules", "venv", "env", "__MACOSX"}
_MARK = re.compile(r"^[ \t\ufeff]*#[ \t]*tfgrad:[ \t]*([\w./-]+)[ \t]*$", re.MULTILINE)
_CODING = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)")
_MAX_DEPTH = 12


class Names(Protocol):
    """What is known of the course: its ids in order, and the id that a file's or a person's word means."""

    @property
    def ids(self) -> tuple[str, ...]: ...

    def id_of(self, name: str) -> str | None: ...


class CollectError(ValueError):
    """Paths that hold nothing to grade; the text says what to do."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Collection:
    """What was found: submissions in the order of learners, and what was left alone and why."""

    submissions: tuple[Submission, ...]
    skipped: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may be a submission, before it is known whose and to what."""

    root: str
    path: str
    parts: tuple[str, ...]
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A file's text or what is wrong with it; for a notebook its code cells."""

    source: str | None
    problem: str = ""
    cells: tuple[CodeCell, ...] = ()


@dataclass(slots=True)
class _Sorting:
    """Where files go while they are sorted."""

    course: Names
    exercise: str | None
    learner: str | None
    named: list[Submission] = field(default_factory=list)
    claimed: list[Submission] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)


def collect(
    paths: Sequence[str], course: Names, *, exercise: str | None = None, learner: str | None = None
) -> Collection:
    """The submissions in the paths, each with its learner and exercise."""
    sorting = _Sorting(course, exercise, learner)
    for path in paths:
        for found in _files(path, sorting.skipped):
            _sort(found, sorting)
    submissions = _join(sorting)
    if learner is not None:
        submissions = _only(submissions, learner)
    if not submissions:
        raise CollectError(_nothing(paths, sorting))
    return Collection(tuple(submissions), tuple(sorting.skipped))


def read(path: str) -> Read:
    """A file as text: at most 256 kB of UTF-8 without NUL; never through a link, never a device."""
    notebook = path.endswith(".ipynb")
    limit = NOTEBOOK_LIMIT if notebook else SOURCE_LIMIT
    try:
        data = _bytes(path, limit + 1)
    except OSError as error:
        return Read(None, f"expected a readable file, found: {error.strerror or type(error).__name__}")
    if data is None:
        return Read(None, "expected an ordinary file, found a link or a device")
    if len(data) > limit:
        return Read(None, f"expected at most {limit // 1024} kB, found more; hand in the program only")
    text, problem = _text(data)
    if text is None or not notebook:
        return Read(text, problem)
    try:
        return Read(text, "", read_notebook(text))
    except NotebookError as error:
        return Read(None, str(error))


def _bytes(path: str, limit: int) -> bytes | None:
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    if os.path.islink(path):
        return None
    handle = os.open(path, flags)
    with open(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        return file.read(limit)


def _text(data: bytes) -> tuple[str | None, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None, "expected UTF-8 text, found UTF-16; save the file as UTF-8"
    data = data.removeprefix(codecs.BOM_UTF8)
    if b"\0" in data:
        return None, f"expected Python text, found a NUL byte at position {data.index(0)}"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return (
            None,
            f"expected UTF-8 text, found byte 0x{data[error.start]:02x} in line {line}; save it as UTF-8",
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for row in text.split("\n", 2)[:2]:
        coding = _CODING.match(row)
        if coding and coding.group(1).lower().replace("_", "-") not in (
            "utf-8",
            "utf8",
            "utf-8-sig",
            "ascii",
        ):
            return (
                None,
                f"expected UTF-8 text, found a coding line for {coding.group(1)}; save the file as UTF-8",
            )
    return text, ""


def _name(path: str) -> str:
    """A path's last part as clean text, whatever bytes it is made of."""
    name = os.path.basename(os.path.abspath(path)) or "submission"
    return os.fsencode(name).decode("utf-8", "replace")


def _files(path: str, skipped: list[tuple[str, str]]) -> Iterator[Found]:
    if os.path.islink(path) and not os.path.exists(path):
        raise CollectError(f"expected a file or folder, found a broken link: {path}")
    if os.path.isdir(path):
        yield from _walk(path, path, (), skipped)
    elif os.path.isfile(path):
        if not path.endswith(_SUFFIXES):
            raise CollectError(f"expected a .py or .ipynb file or a folder, found {path}")
        yield Found(os.path.dirname(os.path.abspath(path)), path, (_name(path),), explicit=True)
    elif os.path.exists(path):
        raise CollectError(f"expected a .py or .ipynb file or a folder, found something else: {path}")
    else:
        raise CollectError(f"no such file or folder: {path}")


def _walk(root: str, folder: str, parts: tuple[str, ...], skipped: list[tuple[str, str]]) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: _natural(entry.name))
    except OSError as error:
        skipped.append((folder, f"not readable: {error.strerror}"))
        return
    for entry in entries:
        shown = os.path.normpath(entry.path)
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir(follow_symlinks=False):
            if _is_code_folder(entry):
                continue
            if len(parts) >= _MAX_DEPTH:
                skipped.append((shown, f"more than {_MAX_DEPTH} folders deep"))
                continue
            yield from _walk(root, entry.path, (*parts, entry.name), skipped)
        elif entry.is_file(follow_symlinks=False):
            if entry.name.endswith(_SUFFIXES):
                yield Found(root, shown, (*parts, entry.name))
            else:
                skipped.append((shown, "not a .py or .ipynb file"))


def _is_code_folder(entry: os.DirEntry[str]) -> bool:
    """Virtual environments and caches hold code that nobody hands in."""
    return entry.name in _IGNORED or os.path.exists(os.path.join(entry.path, "pyvenv.cfg"))


def _natural(name: str) -> list[tuple[int, str | int]]:
    return [(0, int(part)) if part.isdecimal() and len(part) < 10 else (1, part) for part in _parts(name)]


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"(\d+)", name.lower()) if part]


def _sort(found: Found, sorting: _Sorting) -> None:
    """Put one file where it belongs: named by itself, claimed by --exercise, or skipped."""
    content = read(found.path)
    if found.path.endswith(".ipynb"):
        ids = list(dict.fromkeys(cell.exercise for cell in content.cells if cell.exercise))
        if ids:
            _sort_notebook(found, content, ids, sorting)
            return
        content = _whole(content)
    by_name = sorting.course.id_of(found.parts[-1])
    marked = None if by_name else _marked(content)
    named = by_name or (sorting.course.id_of(marked) if marked else None)
    if named is not None:
        if sorting.exercise in (None, named):
            sorting.named.append(_submission(found, content, named, sorting, by_name=by_name is not None))
        elif found.explicit:
            sorting.named.append(_submission(found, content, str(sorting.exercise), sorting, by_name=True))
        else:
            sorting.skipped.append((found.path, f"answers {named}"))
    elif sorting.exercise is not None and marked is None:
        sorting.claimed.append(_submission(found, content, sorting.exercise, sorting, by_name=False))
    elif found.explicit:
        raise CollectError(_no_exercise(found.path, marked, sorting.course))
    else:
        sorting.skipped.append(
            (found.path, f"names no known exercise: {marked}" if marked else "names no exercise")
        )


def _sort_notebook(found: Found, content: Read, ids: list[str], sorting: _Sorting) -> None:
    for name in ids:
        exercise = sorting.course.id_of(name)
        if exercise is None:
            sorting.skipped.append((found.path, f"a cell names no known exercise: {name}"))
        elif sorting.exercise in (None, exercise):
            one = program(content.cells, name)
            read_one = _capped(one.source)
            made = _submission(found, read_one, exercise, sorting, by_name=True)
            sorting.named.append(replace(made, cells=one.cells))


def _whole(content: Read) -> Read:
    """A notebook in which no cell names an exercise: all its cells are the program."""
    if content.source is None:
        return content
    return replace(_capped(program(content.cells).source), cells=content.cells)


def _capped(source: str) -> Read:
    if len(source.encode("utf-8", "surrogatepass")) > SOURCE_LIMIT:
        return Read(None, f"expected at most {SOURCE_LIMIT // 1024} kB of code in the notebook, found more")
    if "\0" in source or any("\ud800" <= char <= "\udfff" for char in source):
        return Read(None, "expected UTF-8 text in the notebook's cells, found characters that are none")
    return Read(source)


def _marked(content: Read) -> str | None:
    mark = _MARK.search(content.source) if content.source else None
    return mark.group(1) if mark else None


def _submission(
    found: Found, content: Read, exercise: str, sorting: _Sorting, *, by_name: bool
) -> Submission:
    cells = program(content.cells).cells if content.cells else ()
    return Submission(
        learner=_learner(found, sorting, by_name=by_name),
        exercise=exercise,
        path=os.fsencode(found.path).decode("utf-8", "replace"),
        source=content.source,
        problem=content.problem,
        cells=cells,
    )


def _learner(found: Found, sorting: _Sorting, *, by_name: bool) -> str:
    """Whose file it is: the first folder's, or the root's own name, or (flat, --exercise) the file's."""
    if len(found.parts) > 1:
        return _name(found.parts[0])
    if sorting.exercise is not None and not by_name:
        return (
            sorting.learner
            if found.explicit and sorting.learner
            else _name(found.parts[-1]).rsplit(".", 1)[0]
        )
    return sorting.learner or _name(found.root)


def _join(sorting: _Sorting) -> list[Submission]:
    """One submission a learner and exercise; a claimed file counts only where no file names the exercise."""
    groups: dict[tuple[str, str], list[Submission]] = {}
    for submission in sorting.named:
        groups.setdefault((submission.learner, submission.exercise), []).append(submission)
    sure = set(groups)
    for submission in sorting.claimed:
        owner = (submission.learner, submission.exercise)
        if owner in sure:
            sorting.skipped.append((submission.path, "another file of this learner names the exercise"))
        else:
            groups.setdefault(owner, []).append(submission)
    order = {exercise: index for index, exercise in enumerate(sorting.course.ids)}
    joined = [_one(group) for group in groups.values()]
    return sorted(joined, key=lambda one: (_natural(one.learner), order.get(one.exercise, len(order))))


def _one(group: list[Submission]) -> Submission:
    if len(group) == 1:
        return group[0]
    paths = tuple(submission.path for submission in group)
    problem = (
        f"expected one file for {group[0].exercise}, found {len(paths)}: {', '.join(paths[:5])}; keep one"
    )
    return replace(group[0], source=None, problem=problem, duplicates=paths[1:], cells=())


def _only(submissions: list[Submission], learner: str) -> list[Submission]:
    mine = [one for one in submissions if one.learner == learner]
    if not mine and submissions:
        from difflib import get_close_matches

        names = list(dict.fromkeys(one.learner for one in submissions))
        near = get_close_matches(learner, names, 3) or names[:3]
        raise CollectError(f"no submission of learner {learner!r}; there are {', '.join(near)}")
    return mine


def _no_exercise(path: str, marked: str | None, course: Names) -> str:
    from difflib import get_close_matches

    word = (marked or os.path.splitext(os.path.basename(path))[0]).lower().replace("_", "-")
    near = get_close_matches(word, course.ids, 1)
    hint = f"; did you mean {near[0]}?" if near else ""
    said = f"names the unknown exercise {marked!r}" if marked else "does not say which exercise it answers"
    return f"{path} {said}{hint} (name it ID.py, add a line '# tfgrad: ID', or give --exercise ID)"


def _nothing(paths: Sequence[str], sorting: _Sorting) -> str:
    where = ", ".join(paths)
    what = f"an answer to {sorting.exercise}" if sorting.exercise else "a file named after an exercise"
    seen = f" ({len(sorting.skipped)} other files there)" if sorting.skipped else ""
    return (
        f"nothing to grade in {where}: expected {what}, found none{seen}; `tfgrad list` names the exercises"
    )
