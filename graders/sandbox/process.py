"""A fresh process per submission, with limits and nothing else: works on every system and is called "limits-only".

Not a sandbox: for one's own code, or code one trusts. Only what every Python has is imported here.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from typing import IO, Any

from graders.sandbox import clock, sweep
from graders.sandbox.child import TREES
from graders.sandbox.environment import clean, command
from graders.sandbox.line import Exit, Heard
from graders.sandbox.plan import Plan

_CHUNK = 1 << 16
_LOOK_S = 0.5
_WAITING = 64  # chunks read ahead; the pipe then fills and the child has to wait


class ProcessLine:
    """One child process, its three pipes each served by a thread of their own (Windows cannot poll pipes)."""

    def __init__(self, plan: Plan) -> None:
        self._work = sweep.folder()
        self._process = subprocess.Popen(
            command("graders.sandbox.child", plan.text()),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            cwd=self._work,
            env=clean(self._work),
            start_new_session=os.name == "posix",
        )
        self._came: queue.Queue[tuple[str, bytes]] = queue.Queue(_WAITING)
        self._jobs: queue.Queue[bytes | None] = queue.Queue()
        self._done = threading.Event()
        self._exit: Exit | None = None
        self._settled_mib = 0.0
        self._look = 0.0
        self._lock = threading.Lock()
        for serve, pipe in ((self._read, "stdout"), (self._read, "stderr"), (self._write, "stdin")):
            stream = getattr(self._process, pipe)
            threading.Thread(target=serve, args=(pipe, stream), daemon=True, name=f"tfgrad-{pipe}").start()

    def _read(self, name: str, pipe: IO[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError), pipe:
            while data := pipe.read(_CHUNK):
                self._put(name, data)
        self._put(name, b"")

    def _put(self, name: str, data: bytes) -> None:
        while not self._done.is_set():
            with contextlib.suppress(queue.Full):
                return self._came.put((name, data), timeout=0.2)

    def _write(self, _: str, pipe: IO[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError), pipe:
            while (data := self._jobs.get()) is not None:
                view = memoryview(data)
                while view:
                    view = view[pipe.write(view) or 0 :]

    @property
    def marks_end(self) -> bool:
        """A thread reads each pipe, so an end may be heard of before what was printed ahead of it."""
        return True

    def send(self, data: bytes) -> None:
        """Queue a job."""
        self._jobs.put(data)

    def wait(self, seconds: float) -> Heard:
        """What came in; printing that was written before a frame has come before it."""
        channel, printed, closed = bytearray(), bytearray(), False
        timeout = seconds
        while True:
            try:
                name, data = self._came.get(timeout=timeout) if timeout > 0 else self._came.get_nowait()
            except queue.Empty:
                break
            timeout = 0.0
            if name == "stderr":
                printed += data
            else:
                channel += data
                closed = closed or not data
        return Heard(bytes(channel), bytes(printed), closed)

    def cpu_s(self) -> float:
        """Processor time so far."""
        return clock.cpu_s(self._process.pid) if self._exit is None else self._exit.cpu_s

    def waited_s(self) -> float:
        """Time it waited for a processor."""
        return clock.waited_s(self._process.pid)

    def peak_mib(self) -> float:
        """Most memory it had at once."""
        peak = clock.peak_mib(self._process.pid) if self._exit is None else self._exit.peak_mib
        return max(0.0, peak - self._settled_mib)

    def settle(self) -> None:
        """Memory counts from here."""
        self._settled_mib = clock.peak_mib(self._process.pid) or clock.resident_mib(self._process.pid)

    def memory_mib(self) -> float:
        """What it holds now; Linux bounds it, macOS and Windows have to be watched."""
        if sys.platform == "linux" or time.monotonic() < self._look:
            return 0.0
        self._look = time.monotonic() + _LOOK_S
        return max(0.0, clock.resident_mib(self._process.pid) - self._settled_mib)

    def folder_bytes(self) -> int:
        """Bytes in its work folder."""
        return sweep.size(self._work) if os.name == "posix" else 0

    def kill(self) -> None:
        """End it and everything in its process group."""
        with self._lock:
            if self._exit is not None:
                return
            with contextlib.suppress(OSError):
                if os.name == "posix":
                    os.killpg(self._process.pid, signal.SIGKILL)
                else:
                    self._process.kill()

    def exit(self, seconds: float) -> Exit | None:
        """How it ended."""
        until = time.monotonic() + seconds
        while self._exit is None:
            self._reap()
            if self._exit is None:
                if time.monotonic() >= until:
                    return None
                time.sleep(0.005)
        return self._exit

    def _reap(self) -> None:
        with self._lock:
            if self._exit is not None:
                return
            if sys.platform == "win32":
                code = self._process.poll()
                self._exit = None if code is None else Exit(code)
                return
            pid, status, usage = os.wait4(self._process.pid, os.WNOHANG)
            if not pid:
                return
            code = os.waitstatus_to_exitcode(status)
            self._process.returncode = code  # so that Popen does not wait for it again
            cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
            self._exit = Exit(code, None, cpu, peak) if code >= 0 else Exit(None, -code, cpu, peak)

    def close(self) -> None:
        """End it and remove all traces."""
        self.kill()
        self.exit(5.0)
        if os.name == "posix":  # what it started may have outlived it
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._done.set()
        self._jobs.put(None)
        sweep.remove(self._work)


class Processes:
    """Children as fresh processes: the next one may be started ahead, because importing takes its time."""

    mode = "limits-only"
    warm = False

    def __init__(self, plan: Plan, ahead: int) -> None:
        self._plan = plan
        self._ahead = ahead
        self._waiting: list[ProcessLine] = []
        self._lock = threading.Lock()
        self._closed = False
        self.layers = plan.layers
        self.refill()

    def take(self, purpose: str) -> ProcessLine:
        """A child that has run nothing yet."""
        if purpose == TREES:
            return ProcessLine(_for_trees(self._plan))
        with self._lock:
            line = self._waiting.pop(0) if self._waiting else None
        return line or ProcessLine(self._plan)

    def retire(self, line: Any) -> None:
        """A child nobody asks any more."""
        line.close()

    def refill(self) -> None:
        """Start the next child; called when a submission is done, so that a single one costs a single process."""
        while True:
            with self._lock:
                if self._closed or len(self._waiting) >= self._ahead:
                    return
                self._waiting.append(ProcessLine(self._plan))

    def close(self) -> None:
        """End everything."""
        with self._lock:
            self._closed = True
            waiting, self._waiting = self._waiting, []
        for line in waiting:
            line.close()


def _for_trees(plan: Plan) -> Plan:
    return Plan(TREES, plan.layers, cpu_s=plan.cpu_s)
