"""Measure and remove folders a learner wrote into: no link is followed, no depth or mode can stop it."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile

_PREFIX = "tfgrad-"
TOO_LARGE = 1 << 62
_ENTRIES = (
    4096  # beyond this many (a tmpfs of ours holds no more) a folder counts as too large, whatever the sizes
)
_DEPTH = 64  # so does a deeper one: looking at it takes longer with every level


def folder() -> str:
    """A new folder for one child, named so that it is known whose it was."""
    return tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")


def stale() -> None:
    """Remove what graders that were killed left in the folder for temporary files."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            owner = entry.name.removeprefix(_PREFIX).partition("-")[0]
            if entry.name.startswith(_PREFIX) and owner.isdigit() and not _lives(int(owner)):
                remove(entry.path)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def size(folder: str) -> int:
    """Bytes on disk below a folder (at least one block an entry), without following a link."""
    total, seen, waiting = 0, 0, [(folder, 0)]
    while waiting:
        path, depth = waiting.pop()
        if depth > _DEPTH:
            return TOO_LARGE
        try:
            entries = os.scandir(path)
        except OSError:
            continue
        with entries:
            for entry in entries:
                seen += 1
                if seen > _ENTRIES:
                    return TOO_LARGE
                with contextlib.suppress(OSError):
                    facts = entry.stat(follow_symlinks=False)
                    total += max(4096, getattr(facts, "st_blocks", 0) * 512 or facts.st_size)
                    if stat.S_ISDIR(facts.st_mode):
                        waiting.append((entry.path, depth + 1))
    return total


def remove(folder: str) -> None:
    """Remove a folder whose writers are dead; what cannot be removed is left rather than raised."""
    if os.rename not in os.supports_dir_fd or not hasattr(os, "O_NOFOLLOW"):
        shutil.rmtree(folder, ignore_errors=True)
        return
    with contextlib.suppress(OSError):
        top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            empty(top)
        finally:
            os.close(top)
        os.rmdir(folder)


def empty(top: int) -> None:
    """Empty an open folder. Every folder found is first moved up to the top, so that no path ever grows long."""
    number = 0
    while names := os.listdir(top):
        for name in names:
            try:
                os.unlink(name, dir_fd=top)
                continue
            except IsADirectoryError:
                pass
            except PermissionError:  # what unlink of a folder is called on some systems
                if not stat.S_ISDIR(os.stat(name, dir_fd=top, follow_symlinks=False).st_mode):
                    return
            os.chmod(name, 0o700, dir_fd=top)
            inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=top)
            try:
                number = _raise(inner, top, number)
            finally:
                os.close(inner)
            os.rmdir(name, dir_fd=top)


def _raise(inner: int, top: int, number: int) -> int:
    for name in os.listdir(inner):
        if stat.S_ISDIR(os.stat(name, dir_fd=inner, follow_symlinks=False).st_mode):
            os.chmod(name, 0o700, dir_fd=inner)
            number += 1
            os.rename(name, f".swept-{os.getpid()}-{number}", src_dir_fd=inner, dst_dir_fd=top)
        else:
            os.unlink(name, dir_fd=inner)
    return number
