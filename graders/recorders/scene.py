"""What both recorders keep in mind during one run: which tapes record, which call is under way, what was made."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from graders.evidence import Ref, Run, TapeEvent, Value
from graders.recorders.lines import Lines, Place
from graders.recorders.log import Log
from graders.recorders.values import References

_NUMBER = "_tfgrad_number"
_OWN = 2**48


@dataclass
class Scene:
    """The state of one recorded run."""

    run: Run
    log: Log
    lines: Lines
    references: References
    active: tuple[int, ...] = ()
    paused: tuple[int, ...] = ()
    call: int | None = None
    calls: int = 0
    tapes: int = 0
    variables: int = 0
    constants: int = 0
    making: int = 0
    quiet: int = 0
    own: int = 0
    naming: str | None = None
    sink: list[Any] | None = None
    applied: set[str] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.wanted: dict[str, Value] = dict(self.run.replace)

    def number(self, tape: Any) -> int:
        """The tape's number, given at first sight and kept on the tape."""
        found = tape.__dict__.get(_NUMBER)
        if found is None:
            found = tape.__dict__[_NUMBER] = self.tapes
            self.tapes += 1
        return int(found)

    def next_call(self) -> int:
        """The index of a gradient call that begins."""
        self.calls += 1
        return self.calls - 1

    def push(self, tape: int) -> None:
        """A tape records from now on."""
        self.active = (*self.active, tape)

    def pop(self, tape: int) -> None:
        """A tape records no longer."""
        self.active = tuple(other for other in self.active if other != tape)

    def pause(self, tape: int) -> None:
        """A tape is told to look away."""
        self.paused = (*self.paused, tape)

    def resume(self, tape: int) -> None:
        """A tape looks again."""
        self.paused = tuple(other for other in self.paused if other != tape)

    def new_id(self) -> int:
        """An id for something that has none of its own; far from those the backend gives."""
        self.own += 1
        return _OWN + self.own

    def put(self, record: Any) -> bool:
        """Hands a record on: to the log, or to the body of the function that is being traced."""
        if self.sink is not None:
            self.sink.append(record)
            return True
        return self.log.put(record)

    def variable_creation(self) -> str:
        """The name of the variable being created."""
        self.variables += 1
        return f"v{self.variables - 1}"

    def constant_creation(self) -> str:
        """The name of the tensor being created."""
        self.constants += 1
        return f"c{self.constants - 1}"

    def replacement(self, creation: str, dtype: str, shape: tuple[int, ...]) -> Value | None:
        """What to put in place of a creation; nothing if it does not fit into its dtype and shape."""
        value = self.wanted.get(creation) if self.wanted else None
        if value is None or value.dtype != dtype or tuple(value.shape) != tuple(shape):
            return None
        self.applied.add(creation)
        return value

    @property
    def replaced(self) -> bool:
        """Whether everything asked for was put in place."""
        return bool(self.wanted) and self.applied == set(self.wanted)

    def tape_event(
        self,
        tape: int,
        what: str,
        frame: FrameType | None,
        ref: Ref | None = None,
        error: str | None = None,
        persistent: bool = False,
        automatic: bool = True,
    ) -> None:
        """Notes an event of a tape's life."""
        line, outer = self.lines.here(frame)
        at = self.log.tick()
        self.put(TapeEvent(tape, what, line, outer, at, persistent, automatic, ref, error))

    def place(self, frame: FrameType | None) -> Place:
        """The learner's line, innermost and outermost."""
        return self.lines.here(frame)
