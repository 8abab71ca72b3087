"""The kernel's own ceilings on one process: with no way to fork they bound the whole submission."""

from __future__ import annotations

import contextlib
import mmap
import os
import resource
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graders.sandbox.plan import Plan

ADVICE = "resource limits need a POSIX system: on Windows use WSL2"
OPEN_FILES = 256


def available() -> bool:
    """Whether this system enforces a limit on address space (macOS accepts one and ignores it)."""
    return os.uname().sysname == "Linux"


def address_space(statm: int | None = None) -> int:
    """Bytes of address space a process has now (this one, or the one whose statm is open), 0 if it is not told."""
    try:
        held = os.open("/proc/self/statm", os.O_RDONLY) if statm is None else statm
        pages = int(os.pread(held, 200, 0).split()[0])
        if statm is None:
            os.close(held)
    except OSError:
        return 0
    return pages * resource.getpagesize()


def threads_of_user() -> int:
    """How many threads the user of this process has now: the kernel counts a limit on them over all processes."""
    count, uid = 0, os.geteuid()
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():
        with contextlib.suppress(OSError):
            if name.isdigit() and os.stat(f"/proc/{name}").st_uid == uid:
                count += len(os.listdir(f"/proc/{name}/task"))
    return count


def enter(plan: Plan, base: int | None = None, threads: int | None = None) -> None:
    """Set every ceiling for good; what a system does not know is left out."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    base = address_space() if base is None else base
    cpu = int(used.ru_utime + used.ru_stime) + plan.cpu_s + 1
    ceilings = {
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": plan.file_bytes,
        "RLIMIT_NOFILE": OPEN_FILES,
        "RLIMIT_CPU": cpu,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_RTPRIO": 0,
    }
    if threads is not None:
        ceilings["RLIMIT_NPROC"] = threads
    if base:
        ceilings["RLIMIT_AS"] = base + plan.memory_bytes
    for name, most in ceilings.items():
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        hard = resource.getrlimit(kind)[1]
        ceiling = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (ceiling, ceiling))
        except (OSError, ValueError):
            if available():
                raise


def holds() -> bool:
    """Whether memory beyond the ceiling is refused, and the ceiling cannot be lifted."""
    try:
        mmap.mmap(-1, resource.getrlimit(resource.RLIMIT_AS)[0]).close()
        return False
    except OSError:
        pass
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (1, 1))
        return os.geteuid() == 0  # root may lift it until its capabilities are dropped
    return True
