"""Measure and remove folders a learner wrote into: no link is followed, no depth or mode can stop it."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile

_WAITING = 200  # folders open at once: more lie beside each other in no honest program
_FOLDER_ONLY = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_PREFIX = "tfgrad-"
TOO_LARGE = 1 << 62
_ENTRIES = 4096  # with more (a tmpfs of ours holds no more) a folder counts as too large, whatever the sizes
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
    """Bytes on disk below a folder (at least one block an entry); no name in it is followed, however it changes."""
    try:
        waiting = [(os.open(folder, os.O_RDONLY | _FOLDER_ONLY), 0)]
    except OSError:
        return 0
    total, seen = 0, 0
    try:
        while waiting:
            descriptor, depth = waiting.pop()
            inner, bytes_here, entries = _looked_into(descriptor)
            waiting += [(below, depth + 1) for below in inner]
            total += bytes_here
            seen += entries
            if seen > _ENTRIES or len(waiting) > _WAITING or depth > _DEPTH:
                return TOO_LARGE
    finally:
        for descriptor, _ in waiting:
            os.close(descriptor)
    return total


def _looked_into(folder: int) -> tuple[list[int], int, int]:
    """The folders in an open folder, opened; the bytes of its entries, and their number. Closes the folder."""
    inner: list[int] = []
    total = seen = 0
    with contextlib.suppress(OSError):
        for name in os.listdir(folder)[: _ENTRIES + 1]:
            seen += 1
            with contextlib.suppress(OSError):
                facts = os.stat(name, dir_fd=folder, follow_symlinks=False)
                total += max(4096, getattr(facts, "st_blocks", 0) * 512 or facts.st_size)
                if stat.S_ISDIR(facts.st_mode) and len(inner) <= _WAITING:
                    inner.append(os.open(name, os.O_RDONLY | _FOLDER_ONLY, dir_fd=folder))
    os.close(folder)
    return inner, total, seen


def remove(folder: str) -> None:
    """Remove a folder whose writers are dead; what cannot be removed is left rather than raised."""
    if os.rename not in os.supports_dir_fd or not hasattr(os, "O_NOFOLLOW"):
        shutil.rmtree(folder, ignore_errors=True)
        return
    with contextlib.suppress(OSError):
        top = os.open(folder, os.O_RDONLY | _FOLDER_ONLY)
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
            inner = os.open(name, os.O_RDONLY | _FOLDER_ONLY, dir_fd=top)
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
