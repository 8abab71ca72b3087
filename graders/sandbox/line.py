"""What the grader knows of one child, however it was made: a channel, its printing, and the power to end it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Exit:
    """How a process ended: by its exit code or by a signal; `no_memory` when a cgroup ended it."""

    code: int | None
    signal: int | None = None
    cpu_s: float = 0.0
    peak_mib: float = 0.0
    no_memory: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What came in: bytes of the channel, bytes printed, and whether the channel has ended."""

    channel: bytes = b""
    printed: bytes = b""
    closed: bool = False


class Line(Protocol):
    """One child; `marks_end` where the end of what a run printed has to be marked."""

    @property
    def marks_end(self) -> bool:
        """Whether printing is read apart from the channel."""

    def send(self, data: bytes) -> None:
        """Queue a job; never blocks and never raises, whatever the child does."""

    def wait(self, seconds: float) -> Heard:
        """What there is, at the latest after so many seconds (then perhaps nothing)."""

    def settle(self) -> None:
        """It is ready and has run nothing: from here on its memory counts."""

    def cpu_s(self) -> float:
        """Processor time of the child so far, all threads; 0 where the system does not say."""

    def waited_s(self) -> float:
        """How long it was ready to run and got no processor; 0 where the system does not say."""

    def peak_mib(self) -> float:
        """Most memory it had since `settle`, in MiB; 0 where the system does not say."""

    def memory_mib(self) -> float:
        """What it holds now, where the system does not bound it; else 0."""

    def folder_bytes(self) -> int:
        """Bytes it has written into its folder, 0 where the kernel bounds them."""

    def kill(self) -> None:
        """End it and all it started, now."""

    def exit(self, seconds: float) -> Exit | None:
        """How it ended, waiting at most so long; raises ChildLost when nobody can say any more."""
