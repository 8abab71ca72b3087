"""Running code for what a graph would hold of it, not for its values: nothing it does to variables and tapes stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tfgrad_course.tf import _nest
from tfgrad_course.tf._custom import custom_gradient
from tfgrad_course.tf._declare import traced
from tfgrad_course.tf._errors import OpError
from tfgrad_course.tf._listening import LISTENING, NODES, TRACING, Observer, begin, end, recording
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._tracing import Trace, tracing


class _Inputs(Observer):
    """Collects what operations take from outside of the code that is run."""

    def __init__(self) -> None:
        self.taken: dict[int, Any] = {}
        self._made: dict[int, Any] = {}
        self._variables: dict[int, Any] = {}

    def told(self, entry: Any, inputs: Any, outputs: Any, attrs: Any) -> None:
        """An operation ran."""
        for x in inputs:
            if id(x) not in self._made:
                self.taken[id(x)] = x
        for z in outputs:
            self._made[id(z)] = z

    def read(self, variable: Any, tensor: Any) -> None:
        """A variable was read: what it holds comes from outside, too."""
        self._variables[id(variable)] = variable

    def found(self, tapes: Any) -> list[Any]:
        """Those that a tape follows."""
        for variable in self._variables.values():
            now = variable._read()
            self.taken[id(now)] = now
        return [x for x in self.taken.values() if any(tape.place(x) is not None for tape in tapes)]


def is_dry() -> bool:
    """Whether code is run only to be looked at."""
    trace = tracing()
    return trace is not None and trace.dry > 0


def _tapes() -> list[Any]:
    return [one for one in LISTENING.get() if not one.passive and one.tracked is not None]


def dry_run(code: Callable[[], Any]) -> tuple[Any, list[Any]]:
    """What the code gives, None if an operation fails in it, and the followed tensors it uses."""
    inputs, tapes = _Inputs(), _tapes()
    with _apart(inputs):
        try:
            found = code()
        except OpError:
            found = None
    return found, inputs.found(tapes)


@contextmanager
def _apart(inputs: _Inputs) -> Iterator[None]:
    trace, token = tracing(), None
    if trace is None:
        trace = Trace()
        token = TRACING.set(trace)
    kept, trace.before = trace.before, {}
    trace.dry += 1
    listening = LISTENING.set((trace, inputs))
    nodes: Any = NODES.get()
    drawn = None if nodes is None else (dict(nodes[0]), nodes[1])
    try:
        yield
    finally:
        LISTENING.reset(listening)
        trace.undo()
        trace.before = kept
        trace.dry -= 1
        if drawn is not None:
            nodes[0].clear()
            nodes[0].update(drawn[0])
            nodes[1] = drawn[1]
        if token is not None:
            TRACING.reset(token)


def follows() -> bool:
    """Whether gradients matter."""
    return recording() and bool(_tapes())


def connected(values: Any, seen: list[Any]) -> Any:
    """The values, depending on the tensors that were seen: gradients of zero for what was used in vain."""
    return _nest.map_structure(lambda v: _joined(v, seen), values) if seen else values


def watched(code: Callable[[], Any]) -> tuple[Any, list[Any]]:
    """What the code gives, and the followed tensors it uses."""
    tapes = _tapes() if recording() else []
    if not tapes:
        return code(), []
    inputs = _Inputs()
    begin(inputs)
    try:
        return code(), inputs.found(tapes)
    finally:
        end(inputs)


def _joined(value: Any, seen: list[Any]) -> Any:
    if not isinstance(value, EagerTensor) or not value.dtype.trainable:
        return value
    others = list({id(x): x for x in seen if x is not value and x.dtype.trainable}.values())
    if not others:
        return value

    @custom_gradient
    def joined(one: Any, *more: Any) -> Any:
        return traced.identity(one), lambda upstream: (upstream, *map(traced.zeros_like, more))

    return joined(value, *others)
