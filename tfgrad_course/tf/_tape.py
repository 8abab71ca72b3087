"""GradientTape: records what is computed from what it watches, and walks it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from tfgrad_course.tf import _backward, _nest
from tfgrad_course.tf._asked import UnconnectedGradients, asked, fitting, repacked, wants_zero, watchable
from tfgrad_course.tf._convert import convert, number
from tfgrad_course.tf._listening import LISTENING, OBSERVERS, TRACING, begin, end, recording
from tfgrad_course.tf._log import warn_first
from tfgrad_course.tf._parts import beside
from tfgrad_course.tf._slices import Rows, TracedRows, packed
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf._variable import TENSORS, ResourceVariable, Variable

_listening, _listen, _tracing = LISTENING.get, LISTENING.set, TRACING.get
_NONE = UnconnectedGradients.NONE  # looking it up on the class costs as much as an operation
_NOTHING: dict[int, Any] = {}
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

    _spent: dict[int, Any] = {}  # noqa: RUF012 - never filled, only replaced

    def __init__(self, persistent: bool = False, watch_accessed_variables: bool = True) -> None:
        self._recording, self._fresh = False, True
        self._persistent, self._auto = persistent, watch_accessed_variables
        self.tracked: dict[int, Any] = {}
        self.ops: list[Any] = []
        # By the id of a variable: itself and the tensors it was read as, the last of them last.
        self._reads: dict[int, list[Any]] = {}
        if OBSERVERS:
            _tell(self, "new")

    def _clear(self) -> None:
        self.tracked, self.ops, self._reads = {}, [], {}

    # Recording -------------------------------------------------------------------------------

    def __enter__(self) -> GradientTape:
        if self._recording:
            raise ValueError(_STILL)
        self._fresh = False
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
        self._fresh = False
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
            self.tracked[id(now)] = now
            reads.append(now)

    def _adopt(self, variable: Variable, now: EagerTensor) -> None:
        reads = self._reads.get(id(variable))
        if reads is None:
            reads = self._reads[id(variable)] = [variable]
        if now.dtype.trainable:
            self.tracked[id(now)] = now
            reads.append(now)

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
                if id(one._now) not in self.tracked:
                    self._adopt(one, one._now)
            elif one.dtype.trainable:
                self.tracked[id(one)] = one
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
        grads: dict[int, Any] = {}
        found, reads = [], self._reads
        try:
            if id(target) in self.tracked:
                seed = _seed(target)
                grads[id(target)] = tensor(seed, target.dtype) if traced else seed
                (_backward.recorded if traced else _backward.plain)(self.ops, grads, _NOTHING, _NOTHING)
            for variable in variables:
                g = None
                for read in reads.get(id(variable), ()):
                    part = grads.get(id(read))
                    if part is not None:
                        g = part if g is None else g + part
                if g is not None and not traced:
                    g = _finished(g, variable)
                found.append(packed(g, variable.dtype) if type(g) is TracedRows else g)
        finally:
            if not self._persistent:
                self._spent, self._fresh = reads, True
                self.tracked, self.ops, self._reads = {}, [], {}
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
            if not self._persistent:
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
            self._clear()

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


def observed(tape: Any, how: str, target: Any, sources: Any, ask: Any) -> Any:
    """Ask, telling the observers before and after; one of them may put another result in its place."""
    observers = list(OBSERVERS)
    for one in observers:
        one.call_begins(tape, how, target, sources)
    result, error = None, None
    try:
        result = ask()
    except BaseException as problem:
        error = problem
        raise
    finally:
        for one in observers:
            changed = one.call_ends(tape, how, result, error)
            result = result if changed is None else changed
    return result


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
) -> dict[int, Any]:
    """Where the walk back starts, and with what."""
    grads: dict[int, Any] = {}
    for i, target in enumerate(targets):
        if type(target) is not EagerTensor:
            target = getattr(target, "_of", target)
        key, seed = id(target), _seed(target) if unwrap else tensor(_seed(target), target.dtype)
        if seeds is not None and i < len(seeds):
            given = fitting(seeds[i], target)
            seed = given._v if unwrap else given
        elif key not in tape.tracked and all(getattr(s, "_of", s) is not target for s in sources):
            found = beside(tape.ops, target, seed)
            if found is None:
                continue
            key, seed = found
        grads[key] = grads[key] + seed if key in grads else seed
    return grads


def _plain(tape: GradientTape, targets: list[Any], sources: list[Any], seeds: Any) -> list[Any]:
    grads = _seeded(tape, targets, sources, seeds, True)
    keep = {id(s): s for s in sources if type(s) is EagerTensor}
    kept: dict[int, Any] = {}
    _backward.plain(tape.ops, grads, keep, kept)
    return [_found(s, tape, grads, kept) for s in sources]


def _found(source: Any, tape: GradientTape, grads: dict[int, Any], kept: dict[int, Any]) -> Any:
    """The gradient of one source as its caller sees it."""
    if type(source) is EagerTensor:
        g = kept.get(id(source))
        g = grads.get(id(source)) if g is None else g
        return None if g is None else _finished(g, source)
    if type(source) is ResourceVariable:
        reads = tape._reads.get(id(source))
        if reads is not None and len(reads) == 2:  # the variable itself, and the one tensor it was read as
            g = grads.get(id(reads[1]))
            if g is not None and id(source) not in grads:
                return _finished(g, source)
    return _joined(_keys(source, tape), grads, kept, source, _finished)


def _joined(keys: list[int], grads: dict[int, Any], kept: dict[int, Any], source: Any, finish: Any) -> Any:
    total = None
    for key in keys:
        g = kept[key] if key in kept else grads.get(key)
        if g is not None:
            total = g if total is None else total + g
    return None if total is None else finish(total, source)


def _finished(g: Any, source: Any) -> Any:
    if type(g) is Rows:
        return packed(g, source.dtype)
    made = EagerTensor()
    made._v = g[()] if type(g) is np.ndarray and not g.shape else g
    made.dtype = source.dtype
    return made


def _recorded(tape: GradientTape, targets: list[Any], sources: list[Any], seeds: Any) -> list[Any]:
    grads = _seeded(tape, targets, sources, seeds, False)
    keep = {id(s): s for s in sources if type(s) is EagerTensor}
    kept: dict[int, Any] = {}
    _backward.recorded(tape.ops, grads, keep, kept)
    return [
        _joined(
            _keys(s, tape), grads, kept, s, lambda g, s: packed(g, s.dtype) if type(g) is TracedRows else g
        )
        for s in sources
    ]
