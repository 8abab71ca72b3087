"""The kernel checks every call: no process, program or socket, and death for what only an attack does.

Our own filter rather than pyseccomp: that one is a binding to libseccomp, which pip cannot bring and slim images
lack, it starts programs to find the library, and tables for two machines are a page (see `syscalls`).
"""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import struct

from graders.sandbox import kernel, syscalls

ADVICE = "seccomp filters need Linux 4.14 or later on x86-64 or aarch64"

_LOAD, _JUMP, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x05, 0x15, 0x35, 0x45, 0x06
_KILL, _ERROR, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_NR, _ARCH = 0, 4
_X32 = 0x40000000
_CHECKS_TRUNCATE = 3  # the version of Landlock
_CLONE_THREAD = 0x00010000
_CREATE, _SET_ID_BITS = os.O_CREAT | 0o20000000, 0o6000  # with O_TMPFILE
_OWN_PID = 0x7FFFFFF1  # stands in the program until the child's own pid is known

_PRCTL = (3, 15, 16, 21, 23, 30, 39, 0x53564D41)  # questions about oneself; names of threads and of memory
_IOCTL = (
    0x5401,
    0x5413,
    0x541B,
    0x5421,
    0x5450,
    0x5451,
)  # is it a terminal, its size, bytes waiting, (non)blocking
_FCNTL = (0, 1, 2, 3, 4, 1030, 1032)  # duplicate, flags, size of a pipe: no locks, owners, leases or seals

Step = tuple[int, int, int, int]


def available() -> bool:
    """Whether this machine is in our tables and the kernel takes filters (EFAULT: it looked for one)."""
    if not kernel.known_machine():
        return False
    try:
        kernel.seccomp(1, 0, None)
    except OSError as error:
        return error.errno == errno.EFAULT
    return False


def program(owner: bool = False, landlock: int = 99) -> bytes:
    """The filter, with a place kept for the child's own pid.

    As `owner` of files outside its folder a child may change none of them in ways that this Landlock does not check.
    """
    machine = os.uname().machine
    steps: list[Step] = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, syscalls.AUDIT_ARCH[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NR),
    ]
    if machine == "x86_64":
        steps += [(_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _KILL)]
    steps += _search(_intervals(owner, landlock))
    return b"".join(struct.pack("<HBBI", *step) for step in steps)


def _intervals(owner: bool, landlock: int) -> list[tuple[int, list[Step]]]:
    """What happens from each number on: neighbours with the same answer are one; the last is for all beyond."""
    answers: dict[int, list[Step]] = {}
    known = syscalls.numbers(syscalls.ALLOWED) | syscalls.numbers(syscalls.BY_ARGUMENT)
    refused = _ERROR | errno.EPERM
    for table, action in ((syscalls.ALLOWED, _ALLOW), (syscalls.REFUSED, refused), (syscalls.FATAL, _KILL)):
        answers.update({number: [(_RETURN, 0, 0, action)] for number in syscalls.numbers(table).values()})
    for name, number in syscalls.numbers(syscalls.BY_ARGUMENT).items():
        answers[number] = _checks(name)
    for names, action in ((syscalls.UNCHECKED, _ERROR), (syscalls.CHECKED_LATER, refused)):
        for name in names.split() if owner and (action == _ERROR or landlock < _CHECKS_TRUNCATE) else ():
            if name in known:
                answers[known[name]] = [(_RETURN, 0, 0, action)]
    unknown: list[Step] = [(_RETURN, 0, 0, _ERROR | errno.ENOSYS)]
    found: list[tuple[int, list[Step]]] = []
    for number in range(max(answers) + 2):
        answer = answers.get(number, unknown)
        if not found or found[-1][1] != answer:
            found.append((number, answer))
    return found


def _search(intervals: list[tuple[int, list[Step]]]) -> list[Step]:
    """Halve until one is left: the kernel walks this for every number when it takes the filter in."""
    if len(intervals) == 1:
        return intervals[0][1]
    middle = len(intervals) // 2
    below, above = _search(intervals[:middle]), _search(intervals[middle:])
    return [(_AT_LEAST, 0, 1, intervals[middle][0]), (_JUMP, 0, 0, len(below)), *below, *above]


def _whole(number: int, action: int) -> list[Step]:
    return [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, action)]


def _argument(index: int, high: bool = False) -> Step:
    return (_LOAD, 0, 0, 16 + 8 * index + 4 * high)


def _one_of(index: int, values: tuple[int, ...], refusal: int = errno.EPERM) -> list[Step]:
    steps: list[Step] = [_argument(index)]
    for value in values:
        steps += _whole(value, _ALLOW)
    return [*steps, (_RETURN, 0, 0, _ERROR | refusal)]


def _without(index: int, bits: int) -> list[Step]:
    return [
        _argument(index),
        (_ANY_BIT, 0, 1, bits),
        (_RETURN, 0, 0, _ERROR | errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]


def _checks(name: str) -> list[Step]:
    """Which arguments pass; each list ends in a return."""
    allow: Step = (_RETURN, 0, 0, _ALLOW)
    refuse: Step = (_RETURN, 0, 0, _ERROR | errno.EPERM)
    if name == "clone":
        return [_argument(0), (_ANY_BIT, 0, 1, _CLONE_THREAD), allow, refuse]
    if name == "prlimit64":  # to look, at oneself
        pieces = (_argument(0), _argument(2), _argument(2, high=True))
        checks = [step for piece in pieces for step in (piece, (_EQUAL, 1, 0, 0), refuse)]
        return [*checks, allow]
    if name in ("kill", "tgkill"):
        return _one_of(0, (_OWN_PID,))
    if name in (
        "open",
        "openat",
    ):  # a mode counts only where a file is made; to read a file, nobody empties it
        flags = 1 if name == "open" else 2
        emptying = [(_ANY_BIT, 0, 2, os.O_TRUNC), (_ANY_BIT, 1, 0, os.O_WRONLY | os.O_RDWR), refuse]
        made = [(_ANY_BIT, 1, 0, _CREATE), allow, *_without(flags + 1, _SET_ID_BITS)]
        return [_argument(flags), *emptying, *made]
    if name in ("creat", "chmod", "fchmod", "fchmodat", "fchmodat2"):
        return _without(2 if name.startswith("fchmodat") else 1, _SET_ID_BITS)
    known = {"prctl": (0, _PRCTL), "ioctl": (1, _IOCTL), "fcntl": (1, _FCNTL)}
    index, values = known[name]
    return _one_of(index, values, errno.ENOTTY if name == "ioctl" else errno.EPERM)


def enter(filter_program: bytes) -> None:
    """From here on every call is checked."""
    own = struct.pack("<HBBI", _EQUAL, 0, 1, os.getpid())
    code = filter_program.replace(struct.pack("<HBBI", _EQUAL, 0, 1, _OWN_PID), own)
    held = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("<HxxxxxxQ", len(code) // 8, ctypes.addressof(held))
    kernel.seccomp(1, 0, ctypes.create_string_buffer(head, len(head)))


def holds() -> bool:
    """Whether a socket and a second process are refused."""
    try:
        socket.socket(socket.AF_UNIX).close()
        return False
    except PermissionError:
        pass
    try:
        pid = os.fork()
    except PermissionError:
        return True
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return False
