"""What a submission may use, and the error that says a machine cannot hold it: the grader owns every limit."""

from __future__ import annotations

from dataclasses import dataclass

MINIMUM = ("landlock", "seccomp", "rlimits")  # without these a stranger's code is not run


PATIENCE = 5  # so many times the seconds may be added for waiting: a busy machine is not the program's fault


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds (of the clock, of all processors) and bytes of one run; `memory_mib` is on top of TensorFlow's own."""

    wall_s: float = 10.0
    cpu_s: float = 10.0
    memory_mib: int = 1536
    output_bytes: int = 1_000_000
    file_bytes: int = 16 << 20
    folder_bytes: int = 64 << 20
    source_bytes: int = 256_000
    threads: int = 256


class SandboxError(Exception):
    """The sandbox cannot hold here; says what is missing and what to do, one line each."""

    exit_code = 3

    def __init__(self, message: str, advice: tuple[str, ...] = ()) -> None:
        super().__init__("\n".join((message, *(f"  - {line}" for line in advice))))
        self.advice = advice


class ChildLost(Exception):
    """A child vanished through no fault of the submission: the run may be asked for once more."""
