"""Children forked from a warm zygote, a few always waiting; a zygote that dies or grows old is replaced."""

from __future__ import annotations

import contextlib
import importlib
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from graders.sandbox.fork_line import ForkLine
from graders.sandbox.layers import cgroup, uid
from graders.sandbox.limits import MINIMUM, SandboxError
from graders.sandbox.mother import Mother
from graders.sandbox.plan import Plan

RUNS = "runs"
_IDLE_S = 600.0  # a child that waited so long is replaced by a fresh one
_JOBS_PER_ZYGOTE = 5000
_DEATHS_IN_A_ROW = 3
_START_S = 180.0


class Zygotes:
    """The nursery of forked children."""

    def __init__(self, plan: Plan, ahead: int, jobs_per_zygote: int = _JOBS_PER_ZYGOTE) -> None:
        self._plan = replace(plan, uid=uid.choose(os.getpid()) if os.geteuid() == 0 else None)
        self._ahead = ahead
        self._jobs = jobs_per_zygote
        self._waiting: deque[ForkLine] = deque()
        self._deaths = 0
        self._closed = False
        self._failed = ""
        self._changed = threading.Condition(threading.RLock())
        self._groups = cgroup.prepare(plan.memory_bytes, plan.threads)
        self._next: Mother | None = None
        self._mothers: set[Mother] = set()
        self._gone: list[Mother] = []
        with self._changed:
            self._mother = self._start()
        try:
            self._wait_for(lambda: self._mother.standing, "its walls did not stand")
        except SandboxError:
            self.close()
            raise

    @property
    def layers(self) -> tuple[str, ...]:
        """What holds around every child."""
        return (*self._mother.held, *(("cgroup",) if self._groups else ()))

    @property
    def missing(self) -> dict[str, str]:
        """What does not, and why."""
        return {**self._mother.missing, **({} if self._groups else {"cgroup": "none delegated"})}

    @property
    def mode(self) -> str:
        """full, no-namespaces, or limits-only when a layer of the minimum is missing."""
        held = self._mother.held
        if not set(MINIMUM) <= set(held):
            return "limits-only"
        return "full" if "namespaces" in held else "no-namespaces"

    @property
    def warm(self) -> bool:
        """Whether a fork of the used TensorFlow proved safe."""
        return self._plan.warm

    def advice(self) -> dict[str, str]:
        """What to do about each missing layer."""
        return {
            name: importlib.import_module(f"graders.sandbox.layers.{name}").ADVICE for name in self.missing
        }

    def _start(self) -> Mother:
        mother = Mother(self._plan, self._groups, self._hear)
        self._mothers.add(mother)
        return mother

    def take(self, purpose: str) -> ForkLine:
        """A child that has run nothing yet."""
        with self._changed:
            if purpose != RUNS:
                line = self._mother.order(purpose)
                line.taken = True
                self._wait_for(lambda: line.process is not None or line.ended.is_set(), "no child came")
                return line
            if not self._waiting:
                self._fill()
            self._wait_for(lambda: self._mother.ready and bool(self._waiting), "no child came")
            line = self._waiting.popleft()
            line.taken = True
            self._deaths = 0
        return line  # the next one is made when this submission is done: its start would slow this one down

    def retire(self, line: ForkLine) -> None:
        """A child nobody asks any more."""
        line.hang_up()

    def refill(self) -> None:
        """Order what is missing."""
        with self._changed:
            self._fill()

    def _fill(self) -> None:
        mother = self._mother
        while (
            mother.standing
            and not (self._closed or mother.over)
            and mother.coming + len(self._waiting) < max(1, self._ahead)
        ):
            mother.coming += 1
            mother.order(RUNS)

    def _wait_for(self, condition: Callable[[], bool], problem: str) -> None:
        with self._changed:
            until = time.monotonic() + _START_S
            while not condition():
                left = until - time.monotonic()
                if self._failed or self._closed or left <= 0:
                    words = tuple(self._mother.last_words.strip().splitlines()[-3:])
                    reason = self._failed or ("the pool is closed" if self._closed else problem)
                    raise SandboxError(f"The sandbox could not start: {reason}.", words)
                self._changed.wait(left)

    def _hear(self, mother: Mother, what: str, line: ForkLine | None) -> None:
        """From the keeper of a zygote, in the keeper's thread."""
        with self._changed:
            if line is not None and line.purpose == RUNS and what in ("child", "no child"):
                self._born(mother, line, what)
            elif what == "unsafe" and not self._closed:
                self._plan = replace(self._plan, warm=False)
                self._replace(self._start())
            elif what == "ready" and mother is self._next:
                self._replace(mother)
            elif what == "over":
                self._over(mother)
            elif what == "tick":
                self._tidy()
            self._changed.notify_all()

    def _born(self, mother: Mother, line: ForkLine, what: str) -> None:
        mother.coming -= 1
        if mother is not self._mother or self._closed:
            line.hang_up()
        elif what == "child":
            self._waiting.append(line)
        else:
            self._failed = f"no child can be forked ({line.why})"

    def _over(self, mother: Mother) -> None:
        self._mothers.discard(mother)
        self._gone = [one for one in self._gone if one.burying] + [mother]
        if mother is self._next:
            self._next = None
        if mother is not self._mother or self._closed:
            return
        self._waiting.clear()
        self._deaths += 1
        if self._deaths >= _DEATHS_IN_A_ROW:
            words = mother.last_words.strip().splitlines()
            self._failed = (
                f"its zygote ended {self._deaths} times ({words[-1] if words else 'without a word'})"
            )
            return
        self._mother = self._start()
        self._fill()

    def _replace(self, mother: Mother) -> None:
        """A new zygote takes over; the old one goes when its last submission is done."""
        self._mother.retiring = True
        for line in self._waiting:
            line.hang_up()
        self._waiting.clear()
        self._mother, self._next = mother, None
        self._fill()
        self._tidy()

    def _tidy(self) -> None:
        """Now and then: a zygote that served long gets a successor, children that waited long are replaced."""
        if self._closed:
            return
        if self._mother.ordered > self._jobs and self._next is None:
            self._next = self._start()
        for mother in self._mothers:
            if mother.retiring and not any(line.purpose == RUNS for line in list(mother.lines.values())):
                mother.end(wait=False)
        old = time.monotonic() - _IDLE_S
        while self._waiting and self._waiting[0].made < old:
            self._waiting.popleft().hang_up()
        self._fill()

    def close(self) -> None:
        """End every zygote, and every child with it."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            mothers = [*self._mothers, *self._gone]  # what the dead leave is still being put away
            self._changed.notify_all()
        for mother in mothers:
            mother.end()
        if self._groups is not None:
            with contextlib.suppress(OSError):
                self._groups.close()
