"""The kernel checks every path: code may be read, the work folder written, nothing else opened.

Paths are held as descriptors, opened before any learner code runs, so no name can be swapped under them.
"""

from __future__ import annotations

import functools
import os
import resource
import stat
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from graders.sandbox import kernel

ADVICE = "Landlock needs Linux 5.13 or later with lsm=landlock (in Docker: version 23 or later)"

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _REMOVE_DIR, _REMOVE_FILE = (1 << bit for bit in range(6))
_MAKE_DIR, _MAKE_REG, _MAKE_SYM = 1 << 7, 1 << 8, 1 << 12
_REFER, _TRUNCATE, _IOCTL = 1 << 13, 1 << 14, 1 << 15
_ALL_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_ALL = (1 << 16) - 1  # from version 5 on
_NETWORK = 3  # bind and connect, from version 4 on
_SCOPES = 3  # abstract sockets and signals, from version 6 on
_READ = _READ_FILE | _READ_DIR
_DEVICE = _READ_FILE | _WRITE_FILE
_WORK = (
    _READ | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _MAKE_SYM | _REFER | _TRUNCATE
)
_FILE_ONLY = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL
_PATH_BENEATH = 1


@functools.cache
def version() -> int:
    """The kernel's Landlock version, 0 if it has none."""
    try:
        return kernel.call(kernel.LANDLOCK_CREATE, "landlock", None, 0, 1)
    except OSError:
        return 0


def available() -> bool:
    """Whether the kernel has it and lets us use it."""
    return version() > 0


@dataclass(frozen=True, slots=True)
class Allowed:
    """A path held open and what may be done below it."""

    descriptor: int
    rights: int


def prepare(
    readable: Sequence[str], listable: Sequence[str] = (), devices: Sequence[str] = ()
) -> tuple[Allowed, ...]:
    """Hold open what every child may read, or list, or read and write; what is not there is left out."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    found = [(path, _READ) for path in readable] + [(path, _READ_DIR) for path in listable]
    found += [(path, _DEVICE) for path in devices]
    held = []
    for path, rights in found:
        try:
            held.append(_held(os.open(path, os.O_PATH | os.O_CLOEXEC), rights))
        except OSError:
            continue
    return tuple(held)


def _held(descriptor: int, rights: int) -> Allowed:
    folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
    return Allowed(descriptor, rights if folder else rights & _FILE_ONLY)


def ruleset(allowed: Sequence[Allowed], work: int) -> int:
    """A descriptor of rules: what is allowed, and the folder `work` (a descriptor) to write in.

    To be made before the number of open files is bounded: as many are held open as there are packages beside ours.
    """
    number = version()
    handled = _ALL_BY_VERSION.get(number, _ALL)
    attributes = struct.pack("<QQQ", handled, _NETWORK if number >= 4 else 0, _SCOPES if number >= 6 else 0)
    size = 8 if number < 4 else 16 if number < 6 else 24
    rules = kernel.call(kernel.LANDLOCK_CREATE, "landlock_create_ruleset", attributes, size, 0)
    packed = [
        struct.pack("<Qi", item.rights & handled, item.descriptor)
        for item in (*allowed, Allowed(work, _WORK))
    ]
    kernel.add_landlock_rules(rules, _PATH_BENEATH, packed)
    return rules


def enter(rules: int) -> None:
    """From here on only what the rules allow."""
    try:
        kernel.call(kernel.LANDLOCK_RESTRICT, "landlock_restrict_self", rules, 0)
    finally:
        os.close(rules)


def holds() -> bool:
    """Whether a file that everybody may read is closed to us."""
    try:
        os.close(os.open("/", os.O_RDONLY))
    except PermissionError:
        return True
    return False
