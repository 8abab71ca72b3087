"""The mother of all children: TensorFlow is loaded and warmed here once, then every submission gets a fork of it.

Runs trusted code only, holds no secret, and is told what to do over its standard input, a packet socket.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import tempfile
import warnings
from typing import Any

from graders.sandbox import child, forksafe, kernel, sweep, trim, walls
from graders.sandbox.layers import cgroup, mounts, namespaces
from graders.sandbox.plan import read_plan

MOST_BYTES = 1 << 16
SAFETY = "fork-safety"


class Zygote:
    """The loop: fork when asked, tell when one ends, go when the grader goes."""

    def __init__(self, wall: walls.Walls, control: socket.socket) -> None:
        self._walls = wall
        self._control = control
        self._children: dict[int, tuple[int, int]] = {}
        # All ever ordered, also of children that are gone: a grader that is killed had perhaps not come to removing
        # them, for its sockets close, and idle children end, before its death is told to us.
        self._folders: list[str] = []
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)

    def tell(self, event: dict[str, Any], *descriptors: int) -> None:
        """Say something to the grader; if it is gone, so are we."""
        try:
            socket.send_fds(self._control, [json.dumps(event).encode()], list(descriptors))
        except OSError:
            self.end()

    def serve(self) -> None:
        """Until the grader hangs up."""
        while True:
            for descriptor, _ in self._poll.poll():
                if descriptor in self._children:
                    self._reap(descriptor)
                else:
                    self._obey()

    def _obey(self) -> None:
        try:
            data, descriptors, _, _ = socket.recv_fds(self._control, MOST_BYTES, 3)
        except OSError:
            data, descriptors = b"", []
        if not data:
            self.end()
        self.spawn(json.loads(data), descriptors)
        for descriptor in descriptors:
            os.close(descriptor)

    def spawn(self, order: dict[str, Any], descriptors: list[int]) -> None:
        """Fork a child that takes the channel, the pipe for its printing and perhaps a folder."""
        home = self._walls.home
        if order["own"]:
            self._folders.append(order["folder"])
        try:
            pid = kernel.fork() if home is None else namespaces.fork(home)
        except OSError as error:
            self.tell({"event": "no child", "id": order["id"], "why": str(error)})
            return
        if pid == 0:
            self._become(order, descriptors)
        process = os.pidfd_open(pid)
        self._children[process] = (order["id"], pid)
        self._poll.register(process, select.POLLIN)
        self.tell({"event": "child", "id": order["id"]}, process)

    def _become(self, order: dict[str, Any], descriptors: list[int]) -> None:
        """In the child: never returns."""
        code = child.NO_RESULT
        try:
            code = _live(self._walls, order, descriptors)
        except BaseException as error:
            with contextlib.suppress(BaseException):
                print(f"tfgrad: a child could not start: {type(error).__name__}: {error}", flush=True)
        finally:
            os._exit(code)

    def _reap(self, process: int) -> None:
        number, pid = self._children.pop(process)
        self._poll.unregister(process)
        _, status, usage = os.wait4(pid, 0)
        os.close(process)
        event = {"event": "end", "id": number, "code": os.waitstatus_to_exitcode(status)}
        self.tell({**event, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / 1024})

    def _note_never_used(self) -> None:
        """Folders of orders that we did not come to."""
        with contextlib.suppress(OSError):
            while data := self._control.recv(MOST_BYTES, socket.MSG_DONTWAIT):
                order = json.loads(data)
                if order["own"]:
                    self._folders.append(order["folder"])

    def end(self) -> None:
        """End all children and ourselves; what a grader that was killed could not tidy up goes too."""
        signal.signal(
            signal.SIGTERM, signal.SIG_IGN
        )  # it comes when the grader has gone, and would cut this short
        for process in self._children:
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(process, signal.SIGKILL)
        for _, pid in self._children.values():
            with contextlib.suppress(OSError):
                os.waitpid(pid, 0)
        self._note_never_used()
        for folder in self._folders:
            sweep.remove(folder)
        for above, name in self._walls.plan.groups:
            cgroup.remove(above, name)
        os._exit(0)


def _live(wall: walls.Walls, order: dict[str, Any], descriptors: list[int]) -> int:
    os.setsid()
    kernel.default_signal(signal.SIGTERM.value)
    channel, printing, *folder = descriptors
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    work = os.dup(folder[0]) if folder else None
    high = os.dup(channel)  # the numbers below are about to be taken
    for number in (1, 2):
        os.dup2(printing, number)
    walls.enter(wall, work, order.get("uid"), high)
    _at_home(order.get("folder") or mounts.FOLDER)
    child.print_at_once()
    gc.enable()
    record: Any = child.no_record
    if order["purpose"] == SAFETY:
        forksafe.attempt()
        return 0
    if order["purpose"] != child.TREES:
        module = child.recorder(wall.plan.backend)
        module.ready()
        record = module.record
    return child.serve(walls.CHANNEL, walls.CHANNEL, record)


def _at_home(folder: str) -> None:
    """Where its folder is not where the zygote said: without namespaces each child has one of its own."""
    if folder == mounts.FOLDER:
        return
    for name in ("HOME", "TMPDIR", "TEMP", "TMP", "MPLCONFIGDIR", "USERPROFILE"):
        os.environ[name] = folder
    tempfile.tempdir = None


def main(text: str) -> None:
    """Started by the grader with a packet socket as standard input."""
    kernel.die_with_parent(signal.SIGTERM)
    warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 on forking with threads: see `forksafe`
    os.chdir("/")
    control = socket.socket(fileno=os.dup(0))
    plan = read_plan(text)
    wall = walls.prepare(plan)
    kernel.die_with_parent(signal.SIGTERM)
    zygote = Zygote(wall, control)
    signal.signal(signal.SIGTERM, lambda *_: zygote.end())
    ourselves = os.pidfd_open(os.getpid())
    zygote.tell({"event": "walls", "held": wall.held, "missing": wall.missing}, ourselves)
    os.close(ourselves)
    if plan.backend != child.TREES:
        module = child.recorder(plan.backend)
        if plan.warm:
            module.warm()
        elif plan.backend == "tensorflow":
            module.load()
    gc.collect()
    gc.freeze()
    gc.disable()
    trim.let_go(wall.smaps)
    zygote.tell({"event": "warm"})
    zygote.serve()
