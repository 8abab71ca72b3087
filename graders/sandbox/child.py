"""What runs beside the learner's code: take a run, let the recorder watch it, answer in frames. Decides nothing."""

from __future__ import annotations

import _thread
import contextlib
import importlib
import io
import json
import os
import sys
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

from graders.sandbox import frame, sweep, trees
from graders.sandbox.plan import read_plan

END_OF_JOBS, NO_RESULT, NO_MEMORY = 0, 70, 71
TREE_BYTES = 4 << 20
TREES = "trees"
_LOOK_S = 1.0


def recorder(name: str) -> ModuleType:
    """The recorder of a backend; a name with a dot is a module of its own (tests bring theirs)."""
    return importlib.import_module(name if "." in name else f"graders.recorders.{name}")


def serve(jobs: int, frames: int, record: Callable[[Any, Any], None], printing: int | None = None) -> int:
    """Answer one run after the other until the grader hangs up.

    Where the grader cannot know that all printed text has arrived, its end is marked in `printing`.
    """

    def emit(header: dict[str, Any], raw: bytes = b"") -> None:
        if header["k"] == "end":
            _flush()
            if printing is not None:
                with contextlib.suppress(OSError):
                    _write(printing, frame.end_of_printing(asked[0]))
        _write(frames, frame.pack({**header, "run": asked[0]}, raw))

    asked, folder = [""], os.getcwd()
    _write(frames, frame.pack({"k": "ready"}))
    inbox = frame.Inbox()
    while (job := _next(jobs, inbox)) is not None:
        header, raw = job
        asked[0] = header["run"]
        if header["k"] == "tree":
            _answer_tree(header["filename"], raw.decode(), emit)
            continue
        try:
            _tidy(folder)
            record(frame.read_run(header, raw), emit)
        except MemoryError:
            return NO_MEMORY
        except BaseException:
            return NO_RESULT
    return END_OF_JOBS


def _tidy(folder: str) -> None:
    """What an earlier run of the same program left in the work folder is not there for the next one."""
    with contextlib.suppress(OSError):
        os.chdir(folder)
        os.chmod(folder, 0o700)
        if os.listdir(folder) and os.name == "posix":
            top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                sweep.empty(top)
            finally:
                os.close(top)


def _flush() -> None:
    for stream in (sys.stdout, sys.__stdout__, sys.stderr, sys.__stderr__):
        try:
            stream.flush()  # type: ignore[union-attr]
        except BaseException:  # the learner's own stream, or none
            continue


def _answer_tree(filename: str, source: str, emit: Callable[[dict[str, Any], bytes], None]) -> None:
    rows, raised = trees.parse(source, filename)
    text = json.dumps(rows, separators=(",", ":")).encode()
    error = None
    if len(text) > TREE_BYTES:
        text, error = b"null", ["Unparsable", "the program is too large to be looked at", 0, None]
    elif raised is not None:
        error = [raised.type, raised.message, raised.line, raised.column]
    step = frame.FRAME_BYTES // 2
    for start in range(0, len(text), step):
        emit({"k": "tree", "more": start + step < len(text), "raised": error}, text[start : start + step])


def _next(jobs: int, inbox: frame.Inbox) -> frame.Frame | None:
    while (job := inbox.take()) is None:
        data = os.read(jobs, 1 << 16)
        if not data:
            return None
        inbox.feed(data)
    return job


def _write(frames: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(frames, view) :]


def main(text: str) -> None:
    """A fresh process of its own: the channel comes in as stdin and stdout, all printing goes to stderr's pipe."""
    plan = read_plan(text)
    grader, folder = os.getppid() if os.name == "posix" else 0, os.getcwd()
    jobs, frames = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (jobs, frames):
            msvcrt.setmode(descriptor, os.O_BINARY)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    record = no_record
    if plan.backend != TREES:
        module = recorder(plan.backend)
        module.warm()
        module.ready()
        record = module.record
    if "rlimits" in plan.layers:
        from graders.sandbox.layers import rlimits

        rlimits.enter(plan)
    print_at_once()
    if os.name == "posix":
        _thread.start_new_thread(_follow_the_grader, (grader, folder))
    code = serve(jobs, frames, record, 2)
    if os.name == "posix":  # a grader that was killed while we waited cannot tidy up
        sweep.remove(folder)
    os._exit(code)


def _follow_the_grader(grader: int, folder: str) -> None:
    """A grader that is killed cannot end us: look whether it is still our parent, and leave nothing if it is not."""
    while os.getppid() == grader:
        time.sleep(_LOOK_S)
    sweep.remove(folder)
    os._exit(NO_RESULT)


def print_at_once() -> None:
    """Let a printed line leave the process when it is complete, so that a killed run has said what it said."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(line_buffering=True)


def no_record(run: Any, emit: Any) -> None:
    """What a child that only reads syntax trees does with a run: nothing can ask it for one."""
    raise AssertionError("a child that reads syntax trees never runs anything")
