"""One child of a zygote as the grader holds it: its socket, the pipe it prints into, its pidfd."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import threading
import time

from graders.sandbox import clock, sweep
from graders.sandbox.layers.cgroup import Group
from graders.sandbox.limits import ChildLost
from graders.sandbox.line import Exit, Heard

_CHUNK, _CHUNKS = 1 << 16, 16


class ForkLine:
    """One child of a zygote: its socket, its printing, its pidfd."""

    def __init__(self, number: int, purpose: str, channel: socket.socket, printing: int, folder: str) -> None:
        self.number, self.purpose, self.folder = number, purpose, folder
        self.made = time.monotonic()
        self.process: int | None = None
        self.pid = 0
        self.group: Group | None = None
        self.died_before = 0
        self.ended = threading.Event()
        self.lost = self.taken = False
        self.why = ""
        self._exit: Exit | None = None
        self._settled_mib = 0.0
        self._channel, self._printing = channel, printing
        channel.setblocking(False)
        os.set_blocking(printing, False)
        self._unsent = bytearray()
        self._closed = False
        self._poll, self._watched = self._polling(), (True, printing, False)
        self._lock = threading.Lock()

    @property
    def marks_end(self) -> bool:
        """What was printed before a frame is in the pipe when the frame is here."""
        return False

    def send(self, data: bytes) -> None:
        """Queue a job."""
        self._unsent += data
        self._push()

    def _push(self) -> None:
        with contextlib.suppress(BlockingIOError):
            try:
                while self._unsent:
                    del self._unsent[: self._channel.send(self._unsent)]
            except BlockingIOError:
                raise
            except OSError:  # nobody reads it any more: the closed channel says so
                self._unsent.clear()

    def wait(self, seconds: float) -> Heard:
        """What came in."""
        watched = (not self._closed, self._printing, bool(self._unsent))
        if watched != self._watched:
            self._poll, self._watched = self._polling(), watched
        ready = dict(self._poll.poll(max(0.0, seconds) * 1000))
        number = self._channel.fileno()
        if ready.get(number, 0) & select.POLLOUT:
            self._push()
        printed = self._read_printed() if self._printing in ready else b""
        channel = self._read_channel() if number in ready else b""
        return Heard(channel, printed, self._closed)

    def _polling(self) -> select.poll:
        poll = select.poll()
        if not self._closed:
            poll.register(self._channel, select.POLLIN | (select.POLLOUT if self._unsent else 0))
        if self._printing >= 0:
            poll.register(self._printing, select.POLLIN)
        return poll

    def _read_channel(self) -> bytes:
        pieces = []
        with contextlib.suppress(BlockingIOError):
            for _ in range(_CHUNKS):
                try:
                    piece = self._channel.recv(_CHUNK)
                except ConnectionError:
                    piece = b""
                if not piece:
                    self._closed = True
                    break
                pieces.append(piece)
                if len(piece) < _CHUNK:
                    break
        return b"".join(pieces)

    def _read_printed(self) -> bytes:
        pieces = []
        with contextlib.suppress(BlockingIOError):
            for _ in range(_CHUNKS):
                piece = os.read(self._printing, _CHUNK)
                if not piece:
                    os.close(self._printing)
                    self._printing = -1
                    break
                pieces.append(piece)
                if len(piece) < _CHUNK:
                    break
        return b"".join(pieces)

    def settle(self) -> None:
        """Memory counts from here."""
        self._settled_mib = clock.peak_mib(self.pid)

    def cpu_s(self) -> float:
        """Processor time so far."""
        return self._exit.cpu_s if self._exit else clock.cpu_s(self.pid)

    def waited_s(self) -> float:
        """Time it waited for a processor."""
        return clock.waited_s(self.pid)

    def peak_mib(self) -> float:
        """Most memory since `settle`."""
        peak = self._exit.peak_mib if self._exit else clock.peak_mib(self.pid)
        return max(0.0, peak - self._settled_mib)

    def memory_mib(self) -> float:
        """The kernel bounds it."""
        return 0.0

    def folder_bytes(self) -> int:
        """Its folder, where no tmpfs bounds it."""
        return sweep.size(self.folder) if self.folder else 0

    def kill(self) -> None:
        """End it; it is the only process it could ever have."""
        with self._lock, contextlib.suppress(OSError):
            if self.process is not None:
                signal.pidfd_send_signal(self.process, signal.SIGKILL)

    def exit(self, seconds: float) -> Exit | None:
        """How it ended."""
        self.ended.wait(seconds)
        if self.lost and self._exit is None:
            raise ChildLost("the zygote ended")
        return self._exit

    def hang_up(self) -> None:
        """Nobody listens to it any more."""
        self.kill()
        self._channel.close()
        if self._printing >= 0:
            os.close(self._printing)
            self._printing = -1

    def over(self, ending: Exit | None) -> None:
        """It is dead: nothing of it stays."""
        with self._lock:
            self._exit = ending
            self.lost = ending is None
            process, self.process = self.process, None
            if process is not None:
                os.close(process)
        self.ended.set()
        if self.folder:
            sweep.remove(self.folder)
