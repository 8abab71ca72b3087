"""The grader's side of one zygote: starts it, orders children, hears how they end, and outlives none of them."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import select
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from graders.sandbox import clock, sweep
from graders.sandbox.environment import clean, command
from graders.sandbox.fork_line import ForkLine
from graders.sandbox.forksafe import SECONDS
from graders.sandbox.layers.cgroup import Groups
from graders.sandbox.layers.mounts import FOLDER
from graders.sandbox.line import Exit
from graders.sandbox.plan import Plan

_CHUNK = 1 << 16
_LAST_WORDS = 4000
_TICK_S = 5.0
SAFETY = "fork-safety"


class Mother:
    """One zygote, kept by a thread of its own (the kernel ends the zygote with the thread that made it)."""

    def __init__(self, plan: Plan, groups: Groups | None, heard: Callable[[Mother, str, Any], None]) -> None:
        self.plan = plan
        self.held: tuple[str, ...] = ()
        self.missing: dict[str, str] = {}
        self.ordered = 0
        self.coming = 0
        self.standing = self.ready = self.retiring = self.over = False
        self.last_words = ""
        self.lines: dict[int, ForkLine] = {}
        self._zygote: int | None = None
        self._groups = groups
        self._heard = heard
        self._numbers = itertools.count(1)
        self._control, self._theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._safety: tuple[ForkLine, float] | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._keep, daemon=True, name="tfgrad-zygote")
        self._thread.start()

    def order(self, purpose: str) -> ForkLine:
        """Ask for a child; it is heard of when it is there."""
        number = next(self._numbers)
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        folder, uid = "", None
        give = [theirs.fileno(), writing]
        if self.plan.uid is not None:
            uid = self.plan.uid + number % 100
        if "namespaces" not in self.held:
            folder = sweep.folder()
            give.append(os.open(folder, os.O_RDONLY | os.O_DIRECTORY))
            if uid is not None and "uid" in self.held:
                os.fchown(give[2], uid, uid)
        line = ForkLine(number, purpose, ours, reading, folder)
        with self._lock:
            self.ordered += 1
            if not self.over:
                self.lines[number] = line
        order = {
            "id": number,
            "purpose": purpose,
            "uid": uid,
            "folder": folder or FOLDER,
            "own": bool(folder),
        }
        try:
            socket.send_fds(self._control, [json.dumps(order).encode()], give)
        except OSError:
            pass  # it is ending: the keeper tells all its lines
        finally:
            theirs.close()
            for descriptor in give[1:]:
                os.close(descriptor)
        if self.over:
            line.over(None)
        return line

    def _keep(self) -> None:
        handles = self._groups.handles() if self._groups else []
        plan = replace(self.plan, groups=tuple(handles))
        try:
            with self._theirs:
                process = subprocess.Popen(
                    command("graders.sandbox.zygote", plan.text()),
                    stdin=self._theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    env=_environment(self.plan.backend),
                    cwd="/",
                    pass_fds=[descriptor for descriptor, _ in handles],
                    start_new_session=True,
                )
            with process:
                try:
                    self._listen(process)
                finally:
                    self._stop(process)
        except OSError as error:
            self.last_words += str(error)
        finally:
            for descriptor, _ in handles:
                os.close(descriptor)
            self._control.close()
            self.over = True
            self._heard(self, "over", None)  # first, so that nobody is given one of its children any more
            self._bury()

    def _stop(self, process: subprocess.Popen[bytes]) -> None:
        """It ends itself when we hang up, unless it is stuck."""
        self._control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(1.0 if self.standing else 0.0)
        process.kill()
        if self._zygote is not None:  # not our own child where it lives in a process namespace
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(self._zygote, signal.SIGKILL)
            os.close(self._zygote)
            self._zygote = None

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        words = process.stderr.fileno() if process.stderr else -1
        poll = select.poll()
        for descriptor in (self._control.fileno(), words):
            poll.register(descriptor, select.POLLIN)
        while True:
            ready = [descriptor for descriptor, _ in poll.poll(self._patience() * 1000)]
            if words in ready:
                said = os.read(words, _CHUNK)
                self.last_words = (self.last_words + said.decode(errors="replace"))[-_LAST_WORDS:]
                if not said:
                    poll.unregister(words)
            if self._control.fileno() in ready and not self._hear():
                return
            if self._safety and time.monotonic() > self._safety[1]:
                self._safety[0].kill()
            self._heard(self, "tick", None)

    def _patience(self) -> float:
        return min(_TICK_S, max(0.01, self._safety[1] - time.monotonic())) if self._safety else _TICK_S

    def _hear(self) -> bool:
        try:
            data, descriptors, _, _ = socket.recv_fds(self._control, _CHUNK, 1)
        except OSError:
            return False
        if not data:
            return False
        event = json.loads(data)
        what = event["event"]
        if what == "walls":
            self.held, self.missing = tuple(event["held"]), event["missing"]
            self.standing = True
            self._zygote = descriptors[0]
        elif what == "child":
            self._born(self.lines[event["id"]], descriptors[0])
        elif what == "warm":
            if self.plan.backend == "tensorflow" and self.plan.warm:
                self._safety = (self.order(SAFETY), time.monotonic() + SECONDS)
            else:
                self._become_ready()
        elif what in ("end", "no child"):
            self._ended(event)
        if what == "child":
            self._heard(self, what, self.lines.get(event["id"]))
        else:
            self._heard(self, "tick", None)
        return True

    def _become_ready(self) -> None:
        self.ready = True
        self._heard(self, "ready", None)

    def _born(self, line: ForkLine, process: int) -> None:
        line.pid = _pid_of(process)
        if self._groups is not None and line.purpose != SAFETY:
            with contextlib.suppress(OSError):
                line.group = self._groups.take()
                line.died_before = line.group.killed()
                line.group.add(line.pid)
        line.process = process

    def _ended(self, event: dict[str, Any]) -> None:
        with self._lock:
            line = self.lines.pop(event["id"])
        line.why = event.get("why", "")
        code = event.get("code", 1)
        killed = line.group is not None and line.group.killed() > line.died_before
        where = {"cpu_s": event.get("cpu", 0.0), "peak_mib": event.get("peak", 0.0), "no_memory": killed}
        line.over(Exit(code, **where) if code >= 0 else Exit(None, -code, **where))
        if event["event"] == "no child":
            self._heard(self, "no child", line)
        if line.group is not None and self._groups is not None:
            self._groups.give_back(line.group)
        if self._safety and line is self._safety[0]:
            self._safety = None
            line.hang_up()
            if code == 0:
                self._become_ready()
            else:
                self._heard(self, "unsafe", None)

    def _bury(self) -> None:
        """The zygote is gone: so are its children, and nobody else could tell how they ended."""
        with self._lock:
            lines, self.lines = list(self.lines.values()), {}
        for line in lines:
            line.kill()
        for line in lines:
            if line.process is not None:
                select.select([line.process], [], [], 5.0)
            line.over(None)
            if not line.taken:
                line.hang_up()
            if line.group is not None and self._groups is not None:
                self._groups.give_back(line.group)

    @property
    def burying(self) -> bool:
        """Whether it has still to put away what its children left."""
        return self._thread.is_alive()

    def end(self, *, wait: bool = True) -> None:
        """Let it end its children and go."""
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        if wait and threading.current_thread() is not self._thread:
            self._thread.join(10.0)


def _pid_of(process: int) -> int:
    _, found, rest = clock.read(f"/proc/self/fdinfo/{process}").partition(b"\nPid:")
    return max(0, int(rest.split(None, 1)[0])) if found else 0


def _environment(backend: str) -> dict[str, str]:
    """Huge pages make forks of TensorFlow's size several times cheaper; a small process is better off without."""
    environment = clean(FOLDER)
    if backend != "tensorflow":
        return environment
    with contextlib.suppress(OSError), open("/sys/kernel/mm/transparent_hugepage/enabled") as enabled:
        if "[never]" not in enabled.read():
            environment |= {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1", "PYTHONMALLOC": "malloc"}
    return environment
