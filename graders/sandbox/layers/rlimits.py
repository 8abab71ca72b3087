"""The kernel's own ceilings on one process: with no way to fork they bound the whole submission."""

from __future__ import annotations

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


def address_space() -> int:
    """Bytes of address space this process has now, 0 where the system does not say."""
    try:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def enter(plan: Plan, base_bytes: int | None = None) -> None:
    """Set every ceiling for good; what a system does not know is left out."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    base = address_space() if base_bytes is None else base_bytes
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
