"""What `tfgrad watch` shows: one screen made from plain state, and where files have changed since the last look."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graders.escape import plain
from graders.reporting import Options

Stamp = tuple[int, int, int]
KEYS = (("h", "hint"), ("n", "next"), ("l", "list"), ("r", "reset"), ("q", "quit"))


@dataclass(frozen=True, slots=True)
class Row:
    """One exercise in the list."""

    id: str
    code: str
    title: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Screen:
    """All that one screen is made of; `chosen` is the list's cursor (None: the list is not shown)."""

    rows: tuple[Row, ...]
    current: str = ""
    file: str = ""
    body: str = ""
    hints: tuple[str, ...] = ()
    message: str = ""
    running: bool = False
    chosen: int | None = None
    footer: tuple[tuple[str, str], ...] = KEYS
    backend: str = ""


def drawn(screen: Screen, options: Options, height: int = 40) -> str:
    """The screen as text, no line wider than the terminal."""
    ink = _Ink(options)
    lines, below = [_head(screen, options, ink)], list[str]()
    body: list[str] = []
    if screen.chosen is not None:
        lines += ["", *_list(screen, options, ink, height - 5)]
        keys: Sequence[tuple[str, str]] = (
            ("j/k", "down/up"),
            ("enter", "start"),
            ("l", "back"),
            ("q", "quit"),
        )
    else:
        row = next((row for row in screen.rows if row.id == screen.current), None)
        title = f"{row.code}  {row.title}".strip() if row else options.say("no exercise started: press n")
        lines += ["", ink.bold(_cut(title, options)), ink.dim(_cut(screen.file, options)), ""]
        lines += [options.say("checking ...")] if screen.running else []
        body = screen.body.strip("\n").split("\n") if screen.body else []
        for index, hint in enumerate(screen.hints, 1):
            below += ["", *_wrapped(f"{options.say('hint {number}', number=index)}: {plain(hint)}", options)]
        keys = screen.footer
    if screen.message:
        below += ["", *_wrapped(screen.message, options)]
    below += ["", *_footer(keys, options, ink).split("\n")]
    return "\n".join([*lines, *_fitting(body, height - len(lines) - len(below), options, ink), *below])


def _fitting(body: list[str], room: int, options: Options, ink: _Ink) -> list[str]:
    """As much of the report as leaves the progress above and the keys below on the screen; what comes first counts."""
    if len(body) <= max(room, 6):
        return body
    kept = body[: max(room, 6) - 1]
    more = options.say("... {count} lines more: tfgrad check", count=len(body) - len(kept))
    return [*kept, ink.dim(more[: options.width])]


@dataclass(frozen=True, slots=True)
class _Ink:
    """Colours, or none."""

    options: Options

    def _put(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.options.colour and text else text

    def bold(self, text: str) -> str:
        return self._put("1", text)

    def dim(self, text: str) -> str:
        return self._put("2", text)

    def good(self, text: str) -> str:
        return self._put("32", text)

    def turned(self, text: str) -> str:
        return self._put("7", text)


def _cut(text: str, options: Options) -> str:
    return plain(text).replace("\n", " ")[: options.width]


def _wrapped(text: str, options: Options) -> list[str]:
    import textwrap

    return [line for row in text.split("\n") for line in textwrap.wrap(row, options.width) or [""]]


def _head(screen: Screen, options: Options, ink: _Ink) -> str:
    done = sum(row.passed for row in screen.rows)
    count = f" {done}/{len(screen.rows)}"
    room = max(min(options.width - len(count) - 8, 40), 5)
    full = room * done // max(len(screen.rows), 1)
    good, rest = ("█", "░") if options.unicode else ("#", ".")
    return ink.bold("tfgrad") + "  " + ink.good(good * full) + ink.dim(rest * (room - full)) + count


def _list(screen: Screen, options: Options, ink: _Ink, height: int) -> list[str]:
    """The part of the list around the cursor."""
    chosen = screen.chosen or 0
    height = max(height, 5)
    first = min(max(chosen - height // 2, 0), max(len(screen.rows) - height, 0))
    mark = "✓" if options.unicode else "x"
    lines = []
    for index, row in enumerate(screen.rows[first : first + height], first):
        text = _cut(f" {mark if row.passed else ' '} {row.code:7} {row.title}", options)
        lines.append(ink.turned(text.ljust(options.width)) if index == chosen else text)
        if index == chosen and not options.colour:
            lines[-1] = (">" + text[1:])[: options.width]
    return lines


def _footer(keys: Iterable[tuple[str, str]], options: Options, ink: _Ink) -> str:
    """The keys, on as many lines as they need."""
    lines, used = [""], 0
    for key, says in keys:
        says = options.say(says)
        size = len(key) + len(says) + 4
        if used and used + size > options.width:
            lines.append("")
            used = 0
        lines[-1] += f"{ink.bold(key)} {says}   "
        used += size
    return "\n".join(line.rstrip() for line in lines)


@dataclass(slots=True)
class Folder:
    """The programs in a folder and how they looked last; saving by rename is a change like any other."""

    path: str
    seen: dict[str, Stamp] = field(default_factory=dict)

    def changed(self) -> list[str]:
        """Programs that are new or differ since the last call, the last saved last."""
        now = stamps(self.path)
        found = [name for name, stamp in now.items() if self.seen.get(name) != stamp]
        self.seen = dict(now)
        return sorted(found, key=lambda name: now[name][0])


def stamps(path: str) -> Mapping[str, Stamp]:
    """Time, size and inode of every program in a folder."""
    found: dict[str, Stamp] = {}
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.name.endswith((".py", ".ipynb")) and not entry.name.startswith("."):
                    try:
                        stat = entry.stat(follow_symlinks=False)
                    except OSError:
                        continue  # gone between the look at the folder and at the file: saved by rename
                    found[entry.name] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    except OSError:
        return {}
    return found
