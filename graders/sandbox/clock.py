"""What the grader can read of another process without asking it: processor time and memory, on Linux."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any


def cpu_s(pid: int) -> float:
    """Processor time of a process, all threads, 0.0 if the system cannot say.

    The clock number is what glibc's clock_getcpuclockid computes; it needs no right over the process.
    """
    if not hasattr(time, "clock_gettime"):
        return 0.0
    try:
        return time.clock_gettime((~pid) << 3 | 2)
    except (OSError, OverflowError):
        return 0.0


def waited_s(pid: int) -> float:
    """How long a process was ready to run while others had the processors (its first thread; 0.0 if not told)."""
    try:
        with open(f"/proc/{pid}/schedstat") as line:
            return int(line.read().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def status(pid: int) -> dict[str, int]:
    """The sizes of /proc/PID/status in KiB, by their names there (VmHWM, RssAnon, VmSize ...)."""
    try:
        with open(f"/proc/{pid}/status") as lines:
            rows = [line.split() for line in lines]
    except (OSError, ValueError):
        return {}
    return {row[0][:-1]: int(row[1]) for row in rows if len(row) == 3 and row[2] == "kB"}


def resident_mib(pid: int) -> float:
    """Memory a process holds now: POSIX systems are asked by `ps`, Windows by its own call; 0.0 if untold."""
    if sys.platform == "win32":
        return _windows_mib(pid)
    try:
        told = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, timeout=5, check=False
        )
        return int(told.stdout or 0) / 1024
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0.0


def _windows_mib(pid: int) -> float:
    import ctypes

    counters = (ctypes.c_size_t * 9)()  # PROCESS_MEMORY_COUNTERS: two 32-bit fields, then sizes
    system: Any = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    system.OpenProcess.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(system.OpenProcess(0x1000, False, pid))  # may ask limited questions
    try:
        told = system.K32GetProcessMemoryInfo(handle, counters, ctypes.sizeof(counters))
    finally:
        system.CloseHandle(handle)
    return counters[2] / (1 << 20) if told else 0.0


def peak_mib(pid: int) -> float:
    """Most resident memory a process had, in MiB."""
    return status(pid).get("VmHWM", 0) / 1024
