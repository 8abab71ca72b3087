"""A user id of its own when the grader is root: files and processes of no one else are within reach."""

from __future__ import annotations

import os
import pwd
from collections.abc import Sequence
from pathlib import Path

from graders.sandbox import kernel

ADVICE = "root's Python cannot be read by other users: install it for everybody (for example in /opt)"
_FIRST, _COUNT = 60_100, 400
_PRIVATE = 0o700


def available() -> bool:
    """Whether this process may take on another id."""
    return os.geteuid() == 0


def choose(seed: int) -> int:
    """An id that no account has; different graders on one machine seldom share one."""
    for step in range(_COUNT):
        uid = _FIRST + (seed + step) % _COUNT
        try:
            pwd.getpwuid(uid)
        except KeyError:
            return uid
    return 65534


def enter(uid: int) -> None:
    """Become that user, without any group; asks to stay dumpable, or our own /proc files would be root's."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)


def can_read(paths: Sequence[str]) -> bool:
    """Whether this process can still read the code it will need."""
    if not os.access(os.__file__, os.R_OK):
        return False
    return all(os.access(path, os.R_OK) for path in paths if Path(path).exists() or _hidden(path))


def _hidden(path: str) -> bool:
    try:
        os.stat(path)
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def holds() -> bool:
    """Whether we are nobody special."""
    return 0 not in (*os.getresuid(), *os.getresgid())
