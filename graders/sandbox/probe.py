"""Try a layer for real before anything depends on it: in a scrap process, which then ends."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable

_SECONDS = 10.0


def trial(attempt: Callable[[], bool | None], fork: Callable[[], int] = os.fork) -> str:
    """Empty if the attempt holds in a process of its own, else why not."""
    reading, writing = os.pipe()
    pid = fork()
    if pid == 0:
        _attempt(attempt, writing)
    os.close(writing)
    said = b""
    until = time.monotonic() + _SECONDS
    while (left := until - time.monotonic()) > 0 and select.select([reading], [], [], left)[0]:
        piece = os.read(reading, 4096)
        if not piece:
            break
        said += piece
    else:
        os.kill(pid, signal.SIGKILL)
        said = b"it did not answer"
    os.close(reading)
    _, status = os.waitpid(pid, 0)
    if said == b"ok":
        return ""
    return said.decode(errors="replace") or f"its trial ended with {os.waitstatus_to_exitcode(status)}"


def _attempt(attempt: Callable[[], bool | None], writing: int) -> None:
    said = b"it can be got around"
    try:
        if attempt() is not False:
            said = b"ok"
    except BaseException as error:
        said = (
            f"{error.strerror}" if isinstance(error, OSError) else f"{type(error).__name__}: {error}"
        ).encode()
    try:
        os.write(writing, said[:400])
    finally:
        os._exit(0)
