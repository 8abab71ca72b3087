"""Lets go of what loading a library read of its files and no run needs: hundreds of MiB with TensorFlow.

A page that is needed again comes from the kernel's cache of the file; a fork never inherits these pages anyway.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator

from graders.sandbox import kernel

_HEAD = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ (\d+) +(/.*)")
_CHUNK = 1 << 16
_LEAST_KIB = 256


def let_go(smaps: int | None) -> int:
    """Give back the clean pages of the files this process has mapped to read or run; how many KiB they were.

    `smaps` is its own /proc/self/smaps, opened while there was a /proc.
    """
    given = 0
    for start, end, held in _clean(_read(smaps)) if smaps is not None else ():
        with contextlib.suppress(OSError):
            kernel.forget(start, end - start)
            given += held
    return given


def _read(descriptor: int) -> str:
    pieces = []
    with contextlib.suppress(OSError):
        os.lseek(descriptor, 0, os.SEEK_SET)
        while piece := os.read(descriptor, _CHUNK):
            pieces.append(piece)
    return b"".join(pieces).decode(errors="replace")


def _clean(text: str) -> Iterator[tuple[int, int, int]]:
    """Mappings of files that cannot be written to and of which no page was ever changed (as a loader does)."""
    place: tuple[int, int] | None = None
    held = 0
    for line in text.splitlines():
        head = _HEAD.match(line)
        if head is not None:
            start, end, rights, inode, _ = head.groups()
            place = (int(start, 16), int(end, 16)) if inode != "0" and rights[1:] in ("--p", "-xp") else None
        elif place is not None and line.startswith("Rss:"):
            held = int(line.split()[1])
        elif place is not None and line.startswith("Anonymous:"):
            if line.split()[1] == "0" and held >= _LEAST_KIB:
                yield *place, held
            place = None
