"""One run from "sent" to "judged safe to read": the clock, the counters and the order of outcomes are the grader's."""

from __future__ import annotations

import errno
import os
import secrets
import signal
import time
from dataclasses import dataclass, field

from graders.decode import Tampered, decode
from graders.evidence import Finished, Raised, Recording, Resources, Run
from graders.sandbox import frame
from graders.sandbox.child import NO_MEMORY
from graders.sandbox.limits import PATIENCE, ChildLost, Limits
from graders.sandbox.line import Exit, Heard, Line

_EXIT_WAIT_S = 5.0
_DYING_S = 0.5
_MARK_S = 0.5  # a learner who closed stderr waits so long, nobody else
_LOOK_S = 0.1  # how often a folder without a bound of its own is measured
_OUT_OF_MEMORY = ("MemoryError", "ResourceExhaustedError")
_ENOMEM = f"[Errno {errno.ENOMEM}]"


@dataclass(slots=True)
class Seen:
    """What came in during a run and why the grader stopped it (empty: it ended by itself)."""

    frames: list[frame.Frame] = field(default_factory=list)
    printed: bytearray = field(default_factory=bytearray)
    inbox: frame.Inbox = field(default_factory=frame.Inbox)
    nonce: str = ""
    stopped: str = ""
    ended: bool = False
    started: float = 0.0
    began_cpu_s: float = 0.0
    began_waited_s: float = 0.0
    looked: float = 0.0
    wall_s: float = 0.0
    cpu_s: float = 0.0
    peak_mib: float = 0.0
    resources: Resources = field(default_factory=Resources)


def begin(line: Line, asked: Run) -> Seen:
    """Send a run off; the grader may do other things until it asks for the end."""
    seen = Seen()
    before = line.wait(0)
    if before.channel or before.closed:
        seen.stopped = "tampered" if before.channel else "closed"
        return seen
    seen.nonce = secrets.token_hex(8)
    seen.began_cpu_s, seen.began_waited_s = line.cpu_s(), line.waited_s()
    seen.started = seen.looked = time.monotonic()
    line.send(frame.run_frame(asked, seen.nonce))
    return seen


def follow(line: Line, seen: Seen, limits: Limits) -> bool:
    """Wait for the run's end; whether it came as it should, so that the child might be asked for the next run."""
    if not (seen.stopped or seen.ended):
        _follow(line, seen, limits)
        seen.resources = _resources(seen)
    return seen.ended and not seen.stopped


def end(line: Line, seen: Seen, limits: Limits) -> tuple[Finished, bool]:
    """The run as the grader saw it, and whether the child may be asked again."""
    follow(line, seen, limits)
    if seen.ended and not seen.stopped:
        return _clean(seen, seen.resources, limits)
    if seen.stopped == "closed":
        line.exit(_DYING_S)  # let it die of its own cause, if it is dying
    line.kill()
    outcome, detail = _unclean(line, seen, limits)
    seen.peak_mib = max(seen.peak_mib, line.peak_mib())
    return _finished(outcome, seen, _resources(seen), detail), False


def _resources(seen: Seen) -> Resources:
    return Resources(round(seen.wall_s, 4), round(seen.cpu_s, 4), round(seen.peak_mib, 1))


def _follow(line: Line, seen: Seen, limits: Limits) -> None:
    if not _early(seen, limits):
        _take(seen, line.wait(0), limits)  # what came while the grader was busy counts before its clock does
    while not (seen.ended or seen.stopped):
        _count(line, seen)
        left = limits.wall_s - seen.wall_s
        if left <= 0:  # on a busy machine, waiting for a processor is not the program's fault
            left += min(line.waited_s() - seen.began_waited_s, PATIENCE * limits.wall_s)
        spare = (limits.cpu_s - seen.cpu_s) / (os.cpu_count() or 1)
        if left <= 0 or spare <= 0:
            seen.stopped = "time"
            break
        heard = line.wait(max(0.001, min(left, spare, _LOOK_S)))
        _take(seen, heard, limits)
        if time.monotonic() - seen.looked >= _LOOK_S and not (seen.ended or seen.stopped):
            seen.stopped = _too_much(line, limits)
            seen.looked = time.monotonic()
    _count(line, seen)
    seen.peak_mib = line.peak_mib()
    if not seen.stopped and seen.peak_mib > limits.memory_mib:  # over before anybody looked
        seen.stopped = "memory"
    if seen.stopped in ("", "closed"):
        last = line.wait(0)  # what was printed before the end is in the pipe already
        channel = last.channel if seen.ended else b""
        _take(seen, Heard(channel, last.printed, seen.stopped == "closed"), limits)
    if line.marks_end and (seen.ended or seen.stopped == "garbage"):
        _to_the_mark(line, seen, limits)


def _early(seen: Seen, limits: Limits) -> bool:
    """Whether so little time has gone by that no limit can be reached yet, with all processors busy."""
    gone = time.monotonic() - seen.started
    return gone < limits.wall_s and gone * (os.cpu_count() or 1) < limits.cpu_s


def _count(line: Line, seen: Seen) -> None:
    seen.wall_s = time.monotonic() - seen.started
    seen.cpu_s = max(seen.cpu_s, line.cpu_s() - seen.began_cpu_s)


def _too_much(line: Line, limits: Limits) -> str:
    """What the grader has to measure itself, now and then: a folder and memory without bounds of their own."""
    if line.folder_bytes() > limits.folder_bytes:
        return "files"
    return "memory" if max(line.memory_mib(), line.peak_mib()) > limits.memory_mib else ""


def _to_the_mark(line: Line, seen: Seen, limits: Limits) -> None:
    mark = frame.end_of_printing(seen.nonce)
    until = time.monotonic() + (0.0 if seen.stopped else _MARK_S)
    while not seen.printed.endswith(mark) and not seen.stopped and (left := until - time.monotonic()) > 0:
        _take(seen, line.wait(left), limits)
    if seen.printed.endswith(mark):
        del seen.printed[-len(mark) :]


def _take(seen: Seen, heard: Heard, limits: Limits) -> None:
    seen.printed += heard.printed[: limits.output_bytes + 1 - len(seen.printed)]
    if len(seen.printed) > limits.output_bytes:
        seen.stopped = "output"
        return
    seen.inbox.feed(heard.channel)
    try:
        while (came := seen.inbox.take()) is not None:
            if seen.ended or came[0].pop("run", "") != seen.nonce or came[0]["k"] not in ("events", "end"):
                seen.stopped = "tampered"
                return
            seen.frames.append(came)
            seen.ended = came[0]["k"] == "end"
    except frame.BrokenFrame:
        seen.stopped = "garbage"
        return
    if seen.inbox.bytes > frame.RUN_BYTES or len(seen.frames) > frame.RUN_FRAMES:
        seen.stopped = "garbage"
    elif seen.ended and not seen.inbox.empty():
        seen.stopped = "tampered"
    elif heard.closed and not seen.ended:
        seen.stopped = "closed"


def _clean(seen: Seen, resources: Resources, limits: Limits) -> tuple[Finished, bool]:
    finished = _finished("ended", seen, resources, "")
    raised = finished.recording.raised
    if finished.outcome == "ended" and raised is not None and _out_of_memory(raised):
        return _finished("memory_limit", seen, resources, _words("memory", limits)), False
    return finished, finished.outcome == "ended"


def _out_of_memory(raised: Raised) -> bool:
    return raised.type.rpartition(".")[2].endswith(_OUT_OF_MEMORY) or raised.message.startswith(_ENOMEM)


def _unclean(line: Line, seen: Seen, limits: Limits) -> tuple[str, str]:
    """The outcome of a run that did not end by itself, in the fixed order of causes."""
    ended = _exit(line, surely=seen.stopped == "closed")
    if seen.stopped == "output":
        return "output_limit", _words("output", limits)
    if seen.stopped == "memory" or (ended is not None and ended.no_memory):
        return "memory_limit", _words("memory", limits)
    if seen.stopped == "time":
        return "time_limit", _words("time", limits)
    if seen.stopped == "files":
        return "output_limit", _words("files", limits)
    if seen.stopped == "garbage":
        return "violation", "It wrote what is no result into the channel between itself and the grader."
    if seen.stopped == "tampered":
        return "tampered", "It wrote a result nobody had asked for into the channel to the grader."
    if ended is None or (ended.signal == signal.SIGTERM.value and os.name == "nt"):
        return "crashed", "It closed its result channel and went on."
    if ended.signal == getattr(signal, "SIGSYS", -1):
        return "violation", "The sandbox stopped it: it asked the system for something no exercise needs."
    if ended.code == NO_MEMORY:
        return "memory_limit", _words("memory", limits)
    if ended.signal in (getattr(signal, "SIGXCPU", -1),) or seen.cpu_s >= limits.cpu_s:
        return "time_limit", _words("time", limits)
    if ended.signal:
        return (
            "crashed",
            f"Its process died by signal {ended.signal} ({_name(ended.signal)}) before there was a result.",
        )
    return "crashed", f"Its process ended (exit code {ended.code}) before its result could be taken."


def _exit(line: Line, *, surely: bool) -> Exit | None:
    """How it ended; a child that vanished with its zygote matters only if we did not stop it ourselves."""
    try:
        return line.exit(_EXIT_WAIT_S)
    except ChildLost:
        if surely:
            raise
        return None


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "unknown"


def _words(what: str, limits: Limits) -> str:
    return {
        "output": f"It printed more than {limits.output_bytes:,} bytes: look for a loop that never ends.",
        "time": f"It did not end within {limits.wall_s:g} s (time spent waiting for a busy processor not counted): "
        "look for a loop that never ends.",
        "memory": f"It needed more than {limits.memory_mib:,} MiB of memory: look for an array that is far too large.",
        "files": f"It wrote more than {limits.folder_bytes >> 20} MiB of files.",
    }[what]


def _finished(outcome: str, seen: Seen, resources: Resources, detail: str) -> Finished:
    try:
        recording = decode(seen.frames)
    except Tampered as error:
        recording = Recording()
        if outcome == "ended" or seen.stopped == "closed":
            outcome, detail = "tampered", f"What it reported is no recording: {error}"
    return Finished(outcome, recording, seen.printed.decode("utf-8", "replace"), resources, detail)
