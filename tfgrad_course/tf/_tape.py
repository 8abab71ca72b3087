"""GradientTape: records what is computed from what it watches, and walks it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from tfgrad_course.tf import _backward, _nest
from tfgrad_course.tf._asked import UnconnectedGradients, asked, fitting, repacked, wants_zero, watchable
from tfgrad_course.tf._convert import convert, number
from tfgrad_course.tf._listening import LISTENING, OBSERVERS, TRACING, begin, end, observed, recording
from tfgrad_course.tf._log import warn_first
from tfgrad_course.tf._parts import beside
from tfgrad_course.tf._slices import Rows, TracedRows, packed
from tfgrad_course.tf._taping import begins
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf._variable import TENSORS, ResourceVariable, Variable

_listening, _listen, _tracing = LISTENING.get, LISTENING.set, TRACING.get
_NONE = UnconnectedGradients.NONE  # looking it up on the class costs as much as an operation
_NOTHING: frozenset[int] = frozenset()
_VARIABLES = frozenset([ResourceVariable])
_STILL = "Tape is still recording, This can happen if you try to re-enter an already-active tape."
_USED = "A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)"
_NO_TARGET = (
    "Argument `target` should be a list or nested structure of Tensors, Variables or CompositeTensors to be "
    "differentiated, but received None."
)
_INSIDE = (
    "Calling GradientTape.gradient on a persistent tape inside its context is significantly less efficient than "
    "calling it outside the context (it causes the gradient ops to be recorded on the tape, leading to increased CPU "
    "and memory usage). Only call GradientTape.gradient inside the context if you actually want to trace the gradient "
    "in order to compute higher order derivatives."
)


class GradientTape:
    """Record operations for automatic differentiation."""

    __module__ = "tensorflow.python.eager.backprop"
    passive = False

    # Never filled, only replaced, when the tape begins to listen.
    tracked: dict[int, int] = {}  # noqa: RUF012
    ops: list[Any] = []  # noqa: RUF012
    _reads: dict[int, list[Any]] = {}  # noqa: RUF012
    _spent = _reads

    def __init__(self, persistent: bool = False, watch_accessed_variables: bool = True) -> None:
        self._recording, self._fresh = False, True
        self._persistent, self._auto = persistent, watch_accessed_variables
        if OBSERVERS:
            _tell(self, "new")

    def _clear(self) -> None:
        self._fresh, self.ops = False, []
        # A tensor's place among the records stands in the tensor itself, beside this very dictionary, if this tape was the
        # first to record it; else in the dictionary, by its id (the records hold it).
        self.tracked = {}
        # By the id of a variable: itself and the tensors it was read as, the last of them last.
        self._reads = {}

    def place(self, tensor: Any) -> int | None:
        """Where in the records a tensor stands, None if the tape does not follow it."""
        if type(tensor) is EagerTensor and tensor._tape is self.tracked:
            return tensor._place
        return self.tracked.get(id(tensor))

    # Recording -------------------------------------------------------------------------------

    def __enter__(self) -> GradientTape:
        if self._recording:
            raise ValueError(_STILL)
        if self._fresh:
            self._fresh, self.ops, self.tracked, self._reads = False, [], {}, {}
        now = _listening()
        _listen((*now, self) if now else (self,))
        self._recording = True
        if OBSERVERS:
            _tell(self, "enter")
        return self

    def __exit__(self, kind: Any = None, error: Any = None, trace: Any = None) -> None:
        if self._recording:
            now = _listening()
            if len(now) == 1 and now[0] is self:
                _listen(OBSERVERS)
            else:
                end(self)
            self._recording = False
        if OBSERVERS:
            _tell(self, "exit")

    def _push(self) -> None:
        if self._recording:
            raise ValueError(_STILL)
        if self._fresh:
            self._clear()
        begin(self)
        self._recording = True

    def _pop(self) -> None:
        if not self._recording:
            raise ValueError("Tape is not recording.")
        end(self)
        self._recording = False

    def read(self, variable: Variable, now: EagerTensor) -> None:
        """A variable was read while this tape listened."""
        reads = self._reads.get(id(variable))
        if reads is None:
            if not (self._auto and variable._trainable):
                return
            reads = self._reads[id(variable)] = [variable]
        if now.dtype.trainable:
            ops = self.ops
            self.tracked[id(now)] = len(ops)
            ops.append((now, None, None, None, None, None, None))
            reads.append(now)

    def _adopt(self, variable: Variable, now: EagerTensor) -> None:
        reads = self._reads.get(id(variable))
        if reads is None:
            reads = self._reads[id(variable)] = [variable]
        if now.dtype.trainable:
            self._follow(now)
            reads.append(now)

    def _follow(self, tensor: EagerTensor) -> None:
        """From now on what is computed from `tensor` is recorded."""
        if self.place(tensor) is None:
            self.tracked[id(tensor)] = len(self.ops)
            self.ops.append(begins(tensor))

    def watch(self, tensor: Any) -> None:
        """Ensures that `tensor` is being traced by this tape."""
        for one in watchable(tensor):
            if not one.dtype.trainable:
                warn_first(
                    f"The dtype of the watched tensor must be floating (e.g. tf.float32), got {one.dtype!r}",
                    5,
                )
            if self._fresh:
                raise AttributeError("'NoneType' object has no attribute '_tape'")
            if isinstance(one, Variable):
                one = getattr(one, "_of", one)
                if self.place(one._now) is None:
                    self._adopt(one, one._now)
            elif one.dtype.trainable:
                self._follow(one)
        if OBSERVERS:
            _tell(self, "watch", tensor)

    @contextmanager
    def stop_recording(self) -> Iterator[None]:
        """Temporarily stops recording operations on this tape."""
        if self._fresh:
            raise RuntimeError("Trying to stop recording a tape which is not recording.")
        self._pop()
        if OBSERVERS:
            _tell(self, "pause")
        try:
            yield
        finally:
            self._push()
            if OBSERVERS:
                _tell(self, "resume")

    def reset(self) -> None:
        """Clears all information stored in this tape."""
        self._pop()
        self._clear()
        self._push()
        if OBSERVERS:
            _tell(self, "reset")

    def watched_variables(self) -> tuple[Any, ...]:
        """Returns variables watched by this tape in order of construction."""
        reads = self._spent if self._fresh else self._reads
        return tuple(sorted((each[0] for each in reads.values()), key=lambda variable: variable._born))

    # Asking ----------------------------------------------------------------------------------

    def gradient(
        self,
        target: Any,
        sources: Any,
        output_gradients: Any = None,
        unconnected_gradients: Any = _NONE,
    ) -> Any:
        """Computes the gradient using operations recorded in context of this tape."""
        if OBSERVERS:
            ask = lambda: self._gradient(target, sources, output_gradients, unconnected_gradients)
            return observed(self, "gradient", target, sources, ask)
        if (
            type(target) is EagerTensor
            and output_gradients is None
            and unconnected_gradients is _NONE
            and _tracing() is None
            and not (self._fresh or self._recording)
            and target.dtype.trainable
        ):
            kind = type(sources)
            if kind is ResourceVariable:
                return self._slopes(target, (sources,))[0]
            if kind is list and _VARIABLES.issuperset(map(type, sources)):
                return self._slopes(target, sources)
        return self._gradient(target, sources, output_gradients, unconnected_gradients)

    def _slopes(self, target: EagerTensor, variables: Sequence[Variable]) -> list[Any]:
        """The case of nearly all course work, one tensor by variables, without any ceremony."""
        traced = _listening() and recording()
        found, reads, ops = [], self._reads, self.ops
        kept: dict[int, Any] = {}
        try:
            place = target._place if target._tape is self.tracked else self.tracked.get(id(target))
            if place is not None:
                kind = target.dtype
                one = None if type(target._v) is np.ndarray else kind.small.get(1)
                seed = _seed(target) if one is None else one._v
                grads: list[Any] = [*[None] * place, tensor(seed, kind) if traced else seed]
                ops = ops if len(ops) == len(grads) else ops[: len(grads)]
                kept = (_backward.recorded if traced else _backward.plain)(ops, grads, _NOTHING)
            for variable in variables:
                g = None
                for read in reads.get(id(variable), ()):
                    part = kept.get(id(read))
                    if part is not None:
                        g = part if g is None else g + part
                if traced:
                    g = packed(g, variable.dtype) if type(g) is TracedRows else g
                elif g is not None:
                    g = _finished(g, variable)
                found.append(g)
        finally:
            if not self._persistent:
                self._spend()
        return found

    def _gradient(self, target: Any, sources: Any, output_gradients: Any, unconnected: Any) -> Any:
        self._ready()
        if target is None:
            raise TypeError(_NO_TARGET)
        targets = [target] if type(target) is EagerTensor else [asked(t) for t in _nest.flatten(target)]
        leaf, kind = isinstance(sources, TENSORS), type(sources)
        plain = kind is list and all(type(s) is ResourceVariable or type(s) is EagerTensor for s in sources)
        flat = [sources] if leaf else sources if plain else [asked(s) for s in _nest.flatten(sources)]
        zero = unconnected is not _NONE and wants_zero(unconnected)
        seeds = None if output_gradients is None else [convert(g) for g in _nest.flatten(output_gradients)]
        walk = _recorded if LISTENING.get() and recording() else _plain
        try:
            found = walk(self, targets, flat, seeds)
        finally:
            self._spend()
        if zero:
            found = [_zeros(s) if g is None else g for g, s in zip(found, flat, strict=True)]
        trace = TRACING.get()
        if hasattr(trace, "named"):
            # The plain walk makes no operations that the trace of a tf.function could have named.
            for g in found:
                if type(g) is EagerTensor and trace.name_of(g) is None:
                    trace.named(g, "gradients")
        return found[0] if leaf else found if plain else repacked(sources, found)

    def _ready(self) -> None:
        if self._fresh:
            raise RuntimeError(_USED)
        if self._recording:
            if self._persistent:
                warn_first(_INSIDE, 1)
            else:
                self._pop()

    def _spend(self) -> None:
        if not self._persistent:
            self._spent, self._fresh = self._reads, True
            # New ones: a task that was started inside the context may listen on.
            self.ops, self.tracked, self._reads = [], {}, {}

    def jacobian(
        self,
        target: Any,
        sources: Any,
        unconnected_gradients: Any = _NONE,
        parallel_iterations: int | None = None,
        experimental_use_pfor: bool = True,
    ) -> Any:
        """Computes the jacobian using operations recorded in context of this tape."""
        from tfgrad_course.tf._jacobian import jacobian

        ask = lambda: jacobian(self, target, sources, unconnected_gradients, experimental_use_pfor)
        return observed(self, "jacobian", target, sources, ask) if OBSERVERS else ask()

    def batch_jacobian(
        self,
        target: Any,
        source: Any,
        unconnected_gradients: Any = _NONE,
        parallel_iterations: int | None = None,
        experimental_use_pfor: bool = True,
    ) -> Any:
        """Computes and stacks per-example jacobians."""
        from tfgrad_course.tf._jacobian import batch_jacobian

        ask = lambda: batch_jacobian(self, target, source, unconnected_gradients, experimental_use_pfor)
        return observed(self, "batch_jacobian", target, source, ask) if OBSERVERS else ask()


def _tell(tape: GradientTape, what: str, ref: Any = None) -> None:
    for one in OBSERVERS:
        one.tape(tape, what, ref)


def _zeros(source: Any) -> EagerTensor:
    return tensor(np.zeros(source._v.shape, source._v.dtype)[()], source.dtype)


def _keys(source: Any, tape: GradientTape) -> list[int]:
    """The ids under which gradients of a source arrive."""
    if type(source) is EagerTensor:
        return [id(source)]
    source = getattr(source, "_of", source)
    reads = tape._reads.get(id(source))
    return [id(source)] if reads is None else [id(read) for read in reads]


def _seed(target: Any) -> Any:
    value = target._v
    if type(value) is np.ndarray:
        return np.ones(value.shape, value.dtype)
    return number(1, target.dtype)._v


def _seeded(
    tape: GradientTape, targets: list[Any], sources: list[Any], seeds: Any, unwrap: bool
) -> tuple[list[Any], list[Any], dict[int, Any]]:
    """Where the walk back starts, and with what; and what has no need to be walked, as the source is the target."""
    grads: dict[int, Any] = {}
    itself: dict[int, Any] = {}
    for i, target in enumerate(targets):
        if type(target) is not EagerTensor:
            target = getattr(target, "_of", target)
        place, seed = tape.place(target), _seed(target) if unwrap else tensor(_seed(target), target.dtype)
        if seeds is not None and i < len(seeds):
            given = fitting(seeds[i], target)
            seed = given._v if unwrap else given
        elif place is None and all(getattr(s, "_of", s) is not target for s in sources):
            found = beside(tape.ops, target, seed)
            if found is None:
                continue
            place, seed = found
        arrived, key = (itself, id(target)) if place is None else (grads, place)
        arrived[key] = arrived[key] + seed if key in arrived else seed
    return *_backward.begun(tape.ops, grads), itself


def _plain(tape: GradientTape, targets: list[Any], sources: list[Any], seeds: Any) -> list[Any]:
    ops, grads, itself = _seeded(tape, targets, sources, seeds, True)
    kept = _backward.plain(ops, grads, {id(s) for s in sources if type(s) is EagerTensor})
    kept.update(itself)
    return [_found(s, tape, kept) for s in sources]


def _found(source: Any, tape: GradientTape, kept: dict[int, Any]) -> Any:
    """The gradient of one source as its caller sees it."""
    if type(source) is EagerTensor:
        g = kept.get(id(source))
        return None if g is None else _finished(g, source)
    return joined(tape, kept, source, _finished)


def joined(tape: GradientTape, kept: dict[int, Any], source: Any, finish: Any) -> Any:
    """The gradient of a source out of what has arrived at each of the tensors that it was read as."""
    total = None
    for key in _keys(source, tape):
        g = kept.get(key)
        if g is not None:
            total = g if total is None else total + g
    return None if total is None else finish(total, source)


def _finished(g: Any, source: Any) -> Any:
    if type(g) is Rows:
        return packed(g, source.dtype)
    made = EagerTensor()
    made._v = g[()] if type(g) is np.ndarray and not g.shape else g
    made.dtype = source.dtype
    made._tape = None
    return made


def _recorded(tape: GradientTape, targets: list[Any], sources: list[Any], seeds: Any) -> list[Any]:
    ops, grads, itself = _seeded(tape, targets, sources, seeds, False)
    kept = _backward.recorded(ops, grads, {id(s) for s in sources if type(s) is EagerTensor})
    kept.update(itself)
    pack = lambda g, s: packed(g, s.dtype) if type(g) is TracedRows else g
    return [joined(tape, kept, s, pack) for s in sources]
