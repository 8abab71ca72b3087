"""The grader's only door to learner code: whatever the code does, an answer comes back."""

from __future__ import annotations

import ast
import json
import os
import platform
import sys
import threading
import time
from dataclasses import replace
from importlib import metadata, util
from types import TracebackType
from typing import Any, Protocol

from graders.evidence import Finished, Raised, Run
from graders.sandbox import frame, gate, sweep, trees, watch
from graders.sandbox.child import TREE_BYTES, TREES
from graders.sandbox.limits import MINIMUM, ChildLost, Limits, SandboxError
from graders.sandbox.line import Line
from graders.sandbox.plan import plan_for
from graders.sandbox.process import Processes

__all__ = ["Limits", "Pool", "SandboxError", "Session", "open_pool"]

MODES = ("full", "no-namespaces", "limits-only")
_TOO_WEAK = "Strangers' code cannot be walled in on this machine."
_TRUST = "--trusted runs it all the same, and the report will say so"
_TREE_WAIT_S = 10.0
_READY_WAIT_S = 120.0
_TREES_PER_CHILD = 50


class Nursery(Protocol):
    """Where children come from."""

    @property
    def mode(self) -> str:
        """full, no-namespaces or limits-only."""

    @property
    def layers(self) -> tuple[str, ...]:
        """What holds around every child."""

    @property
    def warm(self) -> bool:
        """Whether children start with TensorFlow's one-time work done."""

    def take(self, purpose: str) -> Any:
        """A child that has run nothing yet, for runs or for syntax trees."""

    def retire(self, line: Any) -> None:
        """End a child nobody asks any more."""

    def refill(self) -> None:
        """Prepare the next children."""

    def close(self) -> None:
        """End everything, leave nothing behind."""


class Pool:
    """Children for one backend, all alike; safe to use from several threads."""

    def __init__(self, backend: str, nursery: Nursery, limits: Limits, trusted: bool) -> None:
        self.backend = backend
        self.backend_version = version_of(backend)
        self.limits = limits
        self.trusted = trusted
        self.mode = nursery.mode
        self._nursery = nursery
        self._trees: list[tuple[Line, int]] = []
        self._lock = threading.Lock()

    @property
    def layers(self) -> tuple[str, ...]:
        """What holds around every child, as probed when the pool was opened."""
        return self._nursery.layers

    @property
    def warm(self) -> bool:
        """Whether children start with TensorFlow's one-time work done (its fork-safety was tried)."""
        return self._nursery.warm

    def submission(self, limits: Limits | None = None) -> Session:
        """One submission's own child, as a context manager; its limits may differ, memory only downwards."""
        return Session(self, limits)

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every child; nothing is left running or on disk."""
        with self._lock:
            readers, self._trees = self._trees, []
        for line, _ in readers:
            self._nursery.retire(line)
        self._nursery.close()

    def take(self, purpose: str = "runs") -> Line:
        """A ready child that has run nothing yet; raises SandboxError when none can be had."""
        for _ in range(3):
            line: Line = self._nursery.take(purpose)
            try:
                if _ready(line):
                    return line
            except ChildLost:
                pass
            self._nursery.retire(line)
        raise SandboxError(
            f"No child of the sandbox became ready ({self.backend}).", ("run `tfgrad doctor` to see why",)
        )

    def give_back(self, line: Line) -> None:
        """A child is done with: it never sees another submission."""
        self._nursery.retire(line)

    def done(self) -> None:
        """A submission is done: the next child may be prepared."""
        self._nursery.refill()

    def tree(self, source: str, filename: str) -> tuple[ast.Module | None, Raised | None]:
        """The syntax tree, read in a child that never runs anything."""
        with self._lock:
            line, used = self._trees.pop() if self._trees else (None, 0)
        if line is None:
            line = self.take(TREES)
        answer = _read_tree(line, source, filename)
        if answer is None and used:  # its zygote may have gone meanwhile
            self._nursery.retire(line)
            line, used = self.take(TREES), 0
            answer = _read_tree(line, source, filename)
        if answer is None or used + 1 >= _TREES_PER_CHILD:
            self._nursery.retire(line)
        else:
            with self._lock:
                self._trees.append((line, used + 1))
        return answer or (None, Raised("Unparsable", "Python could not read it within its limits.", 0, 0))


class Session:
    """One submission: its runs share a child as long as each ends cleanly, and no other submission ever sees it."""

    def __init__(self, pool: Pool, limits: Limits | None = None) -> None:
        self._pool = pool
        self._own = limits or pool.limits
        self._line: Line | None = None
        self.shared = self._busy = False

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._drop()
        self._pool.done()

    def run(
        self,
        run: Run,
        *,
        fresh: bool = False,
        patience_s: float | None = None,
        limits: Limits | None = None,
    ) -> Finished:
        """Run the source under the submission's limits, or other ones (memory beyond the pool's is not given).

        Raises only if the sandbox itself breaks down twice.
        Afterwards `shared` says whether an earlier run was made in the same child; a `fresh` one never is.
        There it has `patience_s` at most: an earlier run's threads may take all the time.
        """
        return self.begin(run, fresh=fresh, patience_s=patience_s, limits=limits)()

    def begin(
        self,
        run: Run,
        *,
        fresh: bool = False,
        patience_s: float | None = None,
        limits: Limits | None = None,
    ) -> Asked:
        """Like `run`, but returns at once: the grader works while the child does.

        Another run may be asked for when this one came to its end; before, its child is given up.
        """
        if fresh or self._busy:
            self._drop()
        return Asked(self, run, limits or self._own, patience_s)

    def ask(self, run: Run) -> tuple[Line, watch.Seen]:
        """Send a run to this submission's child."""
        self.shared = self._line is not None
        if self._line is None:
            self._line = self._pool.take()
        self._busy = True
        return self._line, watch.begin(self._line, run)

    def holds(self, line: Line) -> bool:
        """Whether this child is still the submission's."""
        return self._line is line

    def free(self, line: Line) -> None:
        """A child came to the end of its run."""
        if self._line is line:
            self._busy = False

    def give_up(self, line: Line) -> None:
        """A child is of no more use."""
        if self._line is line:
            self._drop()

    def refusal(self, source: str) -> str:
        """Why a source is not run at all; empty if it may be."""
        return gate.refusal(source, self._pool.limits.source_bytes)

    def tree(self, source: str, filename: str = "submission.py") -> tuple[ast.Module | None, Raised | None]:
        """The syntax tree, or the syntax error and where it is; both None-safe and never from the run's own child."""
        refused = self.refusal(source)
        return (None, Raised("Unparsable", refused, 0, 0)) if refused else self._pool.tree(source, filename)

    def _drop(self) -> None:
        line, self._line, self._busy = self._line, None, False
        if line is not None:
            self._pool.give_back(line)


class Asked:
    """A run on its way in a submission's child; called, it gives how it ended."""

    def __init__(self, session: Session, run: Run, limits: Limits, patience_s: float | None) -> None:
        self._session, self._run = session, run
        self._whole, self._patience_s = limits, patience_s
        self._answered = self.shared = False
        self._refused = session.refusal(run.source)
        if not self._refused:
            self._send()

    def _send(self) -> None:
        self._line, self._seen = self._session.ask(self._run)
        self.shared, self._limits = self._session.shared, self._whole
        if self.shared and self._patience_s is not None:
            self._limits = replace(self._whole, wall_s=min(self._whole.wall_s, self._patience_s))

    @property
    def alive(self) -> bool:
        """Whether its child has not been given up meanwhile."""
        return bool(self._refused) or self._session.holds(self._line)

    def ended(self) -> bool:
        """Wait for its end, without reading what came: whether the child may be sent the next run."""
        if self._refused or not watch.follow(self._line, self._seen, self._limits):
            return False
        self._session.free(self._line)
        self._answered = True
        return True

    def __call__(self) -> Finished:
        """How it ended; asks once more if its child was lost through no fault of the submission's."""
        if self._refused:
            return Finished("rejected", detail=self._refused)
        for attempt in range(2):
            try:
                finished, clean = watch.end(self._line, self._seen, self._limits)
            except ChildLost:
                self._session.give_up(self._line)
                if attempt == 0:
                    self._send()
                continue
            if not clean:
                self._session.give_up(self._line)
            elif not self._answered:
                self._session.free(self._line)
            self._answered = True
            return finished
        raise SandboxError("The sandbox broke down twice while this submission ran; grade it again.")


def open_pool(
    backend: str,
    *,
    limits: Limits | None = None,
    standby: int | None = None,
    trusted: bool = False,
    own_code: bool = False,
    mode: str | None = None,
) -> Pool:
    """A pool with the best walls this machine has, or the weaker ones of `mode` (tests); raises SandboxError.

    Strangers' code needs the minimum (Landlock, seccomp, rlimits) unless `trusted`; a user's `own_code` never does.
    """
    limits = limits or Limits()
    if backend == "tensorflow" and util.find_spec("tensorflow") is None:
        raise SandboxError(
            "TensorFlow is not installed here.", ("pip install tensorflow, or --backend shim",)
        )
    wanted = mode or os.environ.get("TFGRAD_SANDBOX") or MODES[0]
    if wanted not in MODES:
        raise SandboxError(f"Unknown sandbox mode {wanted!r}; expected one of {', '.join(MODES)}.")
    free = trusted or own_code
    sweep.stale()
    if sys.platform == "linux" and wanted != "limits-only":
        nursery = _walled(backend, limits, standby, wanted, free)
    elif free:
        plan = plan_for(backend, limits, ("rlimits",) if os.name == "posix" else ())
        nursery = Processes(plan, 1 if standby is None else min(standby, 1))
    else:
        raise SandboxError(_TOO_WEAK, (f"{platform.system()}: grade in a Linux container or WSL2", _TRUST))
    return Pool(backend, nursery, limits, trusted)


def _walled(backend: str, limits: Limits, standby: int | None, mode: str, free: bool) -> Nursery:
    from graders.sandbox.readable import paths
    from graders.sandbox.zygotes import Zygotes

    own_recorder = util.find_spec(backend) if "." in backend else None
    readable, listable = paths()
    readable = (*readable, *([own_recorder.origin] if own_recorder and own_recorder.origin else []))
    plan = replace(plan_for(backend, limits), readable=readable, listable=listable, apart=mode == "full")
    nursery = Zygotes(plan, (os.cpu_count() or 1) + 2 if standby is None else standby)
    if nursery.mode == "limits-only" and not free:
        missing, advice = nursery.missing, nursery.advice()
        nursery.close()
        lacking = [f"{layer} ({missing[layer]}): {advice[layer]}" for layer in MINIMUM if layer in missing]
        raise SandboxError(_TOO_WEAK, (*lacking, _TRUST))
    return nursery


def version_of(backend: str) -> str:
    """The backend and its version in words, without importing it."""
    names = {"tensorflow": ("tensorflow", "tensorflow-cpu", "tf-nightly"), "shim": ("tfgrad",)}
    for name in names.get(backend, ()):
        try:
            return f"{backend} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            continue
    return backend


def _ready(line: Line) -> bool:
    inbox = frame.Inbox()
    until = time.monotonic() + _READY_WAIT_S
    while (left := until - time.monotonic()) > 0:
        heard = line.wait(left)
        inbox.feed(heard.channel)
        try:
            came = inbox.take()
        except frame.BrokenFrame:
            return False
        if came is not None:
            line.settle()
            return came[0]["k"] == "ready"
        if heard.closed:
            line.exit(1.0)  # raises ChildLost if the whole zygote went
            return False
    return False


def _read_tree(line: Line, source: str, filename: str) -> tuple[ast.Module | None, Raised | None] | None:
    inbox, rows = frame.Inbox(), bytearray()
    until = time.monotonic() + _TREE_WAIT_S
    line.send(frame.pack({"k": "tree", "run": "", "filename": filename}, source.encode()))
    while (left := until - time.monotonic()) > 0 and len(rows) <= TREE_BYTES:
        heard = line.wait(left)
        inbox.feed(heard.channel)
        try:
            while (came := inbox.take()) is not None:
                rows += came[1]
                if came[0]["k"] != "tree":
                    return None
                if not came[0]["more"]:
                    return _tree_of(came[0]["raised"], bytes(rows))
        except (frame.BrokenFrame, trees.BadTree, ValueError, TypeError, KeyError, RecursionError):
            return None
        if heard.closed:
            return None
    return None


def _tree_of(raised: Any, rows: bytes) -> tuple[ast.Module | None, Raised | None]:
    if raised is None:
        return trees.rebuild(json.loads(rows)), None
    kind, message, at, column = raised
    if type(kind) is not str or type(message) is not str or type(at) is not int:
        raise trees.BadTree("no syntax error")
    return None, Raised(kind, message, at, at, (), column if type(column) is int else None)
