"""The kernel calls that Python does not have, through the C library: each raises OSError when it is refused."""

from __future__ import annotations

import ctypes
import functools
import os
from collections.abc import Sequence
from typing import Any

CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x02000000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT, MS_BIND = 1, 2, 4, 8, 32, 4096
MADV_DONTNEED = 4
MS_REC, MS_PRIVATE, MNT_DETACH = 16384, 1 << 18, 2

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 4, 22, 24
PR_SET_SECUREBITS, PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 28, 38, 39, 47
PR_CAP_AMBIENT_CLEAR_ALL = 4

_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_SECCOMP = {"x86_64": 317, "aarch64": 277}
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446


def known_machine() -> bool:
    """Whether the tables of call numbers cover this processor."""
    return os.uname().machine in _PIVOT_ROOT


@functools.cache
def _library() -> Any:
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    library.signal.argtypes = [ctypes.c_int, ctypes.c_void_p]
    return library


@functools.cache
def _holding() -> Any:
    """The library, called without letting go of the interpreter's lock."""
    return ctypes.PyDLL(None, use_errno=True)


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def call(number: int, what: str, *arguments: Any) -> int:
    """A system call by its number; ints travel as 64 bits."""
    wide = [ctypes.c_long(item) if isinstance(item, int) else item for item in arguments]
    return _checked(_library().syscall(ctypes.c_long(number), *wide), what)


def unshare(flags: int) -> None:
    """Leave namespaces behind for new ones."""
    _checked(_library().unshare(ctypes.c_int(flags)), "unshare")


def setns(descriptor: int, kind: int) -> None:
    """Enter a namespace that is held open."""
    _checked(_library().setns(ctypes.c_int(descriptor), ctypes.c_int(kind)), "setns")


def mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """mount(2)."""
    words = [None if word is None else os.fsencode(word) for word in (source, target, kind)]
    result = _library().mount(*words, ctypes.c_ulong(flags), options.encode() or None)
    _checked(result, f"mount {target}")


def pivot_into(folder: str, old: str) -> None:
    """Make a folder (a mount) the root; what was the root is then seen at `old` within it."""
    os.chdir(folder)
    call(_PIVOT_ROOT[os.uname().machine], "pivot_root", b".", os.fsencode("." + old))
    os.chdir("/")


def let_go(place: str) -> None:
    """Unmount a tree, though files in it are open: nobody can reach it any more."""
    _checked(_library().umount2(os.fsencode(place), MNT_DETACH), "umount2")


def forget(address: int, size: int) -> None:
    """Let go of the pages of a mapping; those of a file are read again when they are needed."""
    _checked(_library().madvise(ctypes.c_void_p(address), ctypes.c_size_t(size), MADV_DONTNEED), "madvise")


def prctl(option: int, *arguments: int) -> int:
    """prctl(2)."""
    result = _library().prctl(option, *(*arguments, 0, 0, 0, 0)[:4])
    return result if result >= 0 else _checked(result, f"prctl {option}")


def add_landlock_rules(rules: int, kind: int, packed: Sequence[bytes]) -> None:
    """landlock_add_rule(2) for each; every child comes by here with dozens of them."""
    syscall, number, into, what, flags = (
        _library().syscall,
        *map(ctypes.c_long, (LANDLOCK_ADD, rules, kind, 0)),
    )
    for rule in packed:
        if syscall(number, into, what, rule, flags) < 0:
            _checked(-1, "landlock_add_rule")


def fork() -> int:
    """fork(2) for a process with one Python thread, without what Python does in a child for those with several.

    Its hooks (new locks for threading and logging, a new seed for random, which each run sets) touch 230 pages, each
    then copied. The call holds the interpreter's lock, so the child has it as its parent had.
    """
    return _checked(_holding().fork(), "fork")


def default_signal(number: int) -> None:
    """The system's own reaction to a signal, without asking Python what it was (which touches a dozen pages)."""
    _library().signal(number, None)


def seccomp(filter_mode: int, flags: int, program: Any) -> None:
    """seccomp(2)."""
    call(_SECCOMP[os.uname().machine], "seccomp", filter_mode, flags, program)


def capset(header: bytes, data: bytes) -> None:
    """capset(2)."""
    _checked(_library().capset(header, data), "capset")


def die_with_parent(signal: int) -> None:
    """Ask for a signal when the thread that made this process ends; credentials set later undo it."""
    prctl(PR_SET_PDEATHSIG, signal)
