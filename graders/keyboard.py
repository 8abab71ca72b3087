"""Single keys from a terminal without waiting for Enter, on POSIX and on Windows; none where input is no terminal."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator

_ARROWS = {"\x1b[A": "k", "\x1b[B": "j", "\x1bOA": "k", "\x1bOB": "j", "\xe0H": "k", "\xe0P": "j"}


@contextlib.contextmanager
def raw() -> Iterator[None]:
    """Keys come one by one and are not echoed while this holds; the terminal is put back in any case."""
    try:
        import termios
        import tty
    except ImportError:
        yield
        return
    if not sys.stdin.isatty():
        yield
        return
    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle)
        yield
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


def key(wait_s: float) -> str:
    """The key pressed within this time; empty if none was. Arrows come as j and k, Enter as "\\n"."""
    if not sys.stdin.isatty():
        time.sleep(wait_s)
        return ""
    text = _windows(wait_s) if os.name == "nt" else _posix(wait_s)
    return _ARROWS.get(
        text, "\n" if text == "\r" else text[:1].lower() if not text.startswith("\x1b") else ""
    )


def _posix(wait_s: float) -> str:
    import select

    handle = sys.stdin.fileno()
    if not select.select([handle], [], [], wait_s)[0]:
        return ""
    data = os.read(handle, 16)
    return data.decode("utf-8", "replace") if data else "q"


def _windows(wait_s: float) -> str:
    import msvcrt

    end = time.monotonic() + wait_s
    while time.monotonic() < end:
        if msvcrt.kbhit():  # type: ignore[attr-defined]
            first: str = msvcrt.getwch()  # type: ignore[attr-defined]
            return first + msvcrt.getwch() if first in "\x00\xe0" else first  # type: ignore[attr-defined]
        time.sleep(0.01)
    return ""
