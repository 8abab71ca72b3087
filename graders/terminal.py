"""What a terminal can show: its width, colours and signs, and a bar for work that takes long."""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
import time
from typing import TextIO

from graders.reporting import Options, duration

_KEEPS = re.compile(r"\s|[-*|>#]|\d+[.)]|[A-Z]\)|```")


def width() -> int:
    """Columns to write in."""
    return min(max(shutil.get_terminal_size((100, 24)).columns, 40), 140)


def colour(stream: TextIO | None = None) -> bool:
    """Whether colours are wanted: a terminal, and nobody said no (NO_COLOR) or insisted (FORCE_COLOR)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return escapes(stream)


def escapes(stream: TextIO | None = None) -> bool:
    """Whether a stream is a terminal that obeys escape sequences; an older Windows console has to be told to."""
    stream = stream or sys.stdout
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        return False
    return os.name != "nt" or _windows_obeys(stream)


def _windows_obeys(stream: TextIO) -> bool:
    import ctypes
    import msvcrt

    try:
        handle = msvcrt.get_osfhandle(stream.fileno())  # type: ignore[attr-defined]
        kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
        mode = ctypes.c_uint32()
        # 4 is ENABLE_VIRTUAL_TERMINAL_PROCESSING
        return bool(
            kernel.GetConsoleMode(handle, ctypes.byref(mode))
            and kernel.SetConsoleMode(handle, mode.value | 4)
        )
    except (AttributeError, OSError, ValueError):
        return False


def unicode(stream: TextIO | None = None) -> bool:
    """Whether the encoding has our signs."""
    encoding = getattr(stream or sys.stdout, "encoding", None) or "ascii"
    try:
        "✓✗│─█…".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def options(**more: object) -> Options:
    """Report options as this terminal needs them."""
    return Options(width=width(), colour=colour(), unicode=unicode(), **more)  # type: ignore[arg-type]


def reflow(text: str, columns: int | None = None) -> str:
    """Paragraphs set anew for the width there is; lists, choices and indented lines keep their lines."""
    columns = columns or width()
    parts = []
    for paragraph in text.split("\n\n"):
        rows = paragraph.split("\n")
        if not any(_KEEPS.match(row) for row in rows):
            rows = [" ".join(rows)]
        parts.append("\n".join(line for row in rows for line in textwrap.wrap(row, columns) or [""]))
    return "\n\n".join(parts)


class Bar:
    """A progress bar on standard error with rate and time left; silent when that is no terminal."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._total = total
        self._stream = stream or sys.stderr
        self._shown = total > 1 and escapes(self._stream)
        self._done = 0
        self._start = time.monotonic()
        self._last = 0.0
        self._passed = 0

    def __enter__(self) -> Bar:
        self._draw()
        return self

    def __exit__(self, *_exc: object) -> None:
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def step(self, passed: bool) -> None:
        """One more is done."""
        self._done += 1
        self._passed += passed
        now = time.monotonic()
        if now - self._last > 0.1 or self._done == self._total:
            self._last = now
            self._draw()

    def _draw(self) -> None:
        if not self._shown:
            return
        spent = max(time.monotonic() - self._start, 1e-6)
        room = 20
        full = room * self._done // self._total
        good, rest = ("█", "░") if unicode(self._stream) else ("#", ".")
        text = f"{good * full}{rest * (room - full)} {self._done}/{self._total}, {self._passed} passed"
        if self._done:
            left = spent / self._done * (self._total - self._done)
            text += f", {self._done / spent:.1f}/s, {duration(left)} left"
        self._stream.write("\r\x1b[K" + text[: width() - 1])
        self._stream.flush()
