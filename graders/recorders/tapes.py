"""Tapes and what is asked of them: `GradientTape`'s own methods, patched in place on the class of either backend."""

from __future__ import annotations

import functools
from collections.abc import Callable
from sys import _getframe
from types import FrameType
from typing import Any, Protocol

from graders.evidence import Call, Ref
from graders.recorders.patches import Patches
from graders.recorders.scene import Scene
from graders.recorders.values import type_name

_type = type
MISSING = Ref("other", "missing")
_OF_GRADIENT = ("target", "sources", "output_gradients")
_OF_JACOBIAN = ("target", "sources")
_OF_BATCH = ("target", "source")


class Host(Protocol):
    """What a backend does for the notes on tapes."""

    def known(self, thing: Any, frame: FrameType | None) -> None:
        """Makes sure that a tensor about to be named in a record is known."""

    def leaves(self, thing: Any) -> list[Any]:
        """The tensors and other leaves of what was passed."""

    def followed(self, things: list[Any]) -> None:
        """These were watched."""

    def times(self, mark: float, result: Any) -> Any:
        """A gradient call's result times a number, None and structure kept."""

    def called(self, record: Call, target: Any, sources: Any, result: Any) -> None:
        """Puts a call's record where it belongs."""

    def inside(self) -> bool:
        """Whether a traced function's body is being run."""

    def automatic(self, tape: Any) -> bool:
        """Whether a tape watches variables by itself."""


def patch(patches: Patches, kind: type, push: str, pop: str, current: Callable[[], Tapes | None]) -> None:
    """Adds the patches of a tape's class; `current()` is the run being recorded."""
    for name, make in {**_WRAPPERS, push: _moving, pop: _moving}.items():
        patches.add(kind, name, functools.partial(make, current))


class Tapes:
    """Notes the lives of tapes and the calls of their gradient methods."""

    def __init__(self, scene: Scene, host: Host) -> None:
        self.scene = scene
        self.host = host
        self.recording: dict[int, Any] = {}
        self.forward: list[Any] = []

    def refer(self, thing: Any, frame: FrameType | None) -> Ref:
        """A ref of what was passed; tensors in it become known."""
        for leaf in self.host.leaves(thing):
            self.host.known(leaf, frame)
        return self.scene.references.ref(thing)

    def call(
        self, how: str, names: tuple[str, ...], ask: Callable[..., Any], tape: Any, args: Any, kwargs: Any
    ) -> Any:
        """Runs one gradient call, notes it, and returns its result (times the mark)."""
        scene = self.scene
        if scene.call is not None or scene.quiet:
            return ask(tape, *args, **kwargs)
        frame = _getframe(2)
        given = {**dict(zip(names, args, strict=False)), **kwargs}
        target, sources = given.get("target", MISSING), given.get("sources", given.get("source", MISSING))
        target_ref, sources_ref = self._argument(target, frame), self._argument(sources, frame)
        number = scene.number(tape)
        within = tuple(other for other in scene.active if other != number)
        index, at, is_open = scene.next_call(), scene.log.tick(), number in scene.active
        result: Any = None
        error: str | None = None
        scene.call = index
        try:
            result = self.marked(ask(tape, *args, **kwargs))
            return result
        except BaseException as problem:
            error = problem_text(problem)
            raise
        finally:
            line, outer = scene.place(frame)
            found = None if error else self.refer(result, frame)
            scene.call = None
            self.follow(tape)
            weighted = given.get("output_gradients") is not None
            inside, done = self.host.inside(), scene.log.tick()
            record = Call(
                *(index, number, how, target_ref, sources_ref, found, line, outer, at, done),
                *(within, is_open, weighted, error, inside),
            )
            self.host.called(record, target, sources, result)

    def follow(self, tape: Any) -> None:
        """Notes whether a tape records now; a backend may enter and leave it in more ways than one."""
        number = self.scene.number(tape)
        if tape._recording and number not in self.scene.active:
            self.scene.push(number)
            self.recording[number] = tape
        elif not tape._recording and number in self.scene.active:
            self.scene.pop(number)
            self.recording.pop(number, None)

    def _argument(self, thing: Any, frame: FrameType | None) -> Ref:
        return MISSING if thing is MISSING else self.refer(thing, frame)

    def marked(self, result: Any) -> Any:
        """The result times the run's mark: a power of two, so that no bit of the mantissa changes."""
        mark = self.scene.run.mark
        return result if mark == 1.0 or result is None else self.host.times(mark, result)


def leaves(thing: Any, sequences: tuple[type, ...] = (list, tuple), depth: int = 0) -> list[Any]:
    """The leaves of what was passed."""
    kind = _type(thing)
    if kind in sequences and depth < 4:
        return [leaf for item in list(thing)[:200] for leaf in leaves(item, sequences, depth + 1)]
    if kind is dict and depth < 4:
        return [leaf for item in list(thing.values())[:200] for leaf in leaves(item, sequences, depth + 1)]
    return [thing]


def problem_text(problem: BaseException) -> str:
    """An exception in one line."""
    try:
        text = str(problem)
    except BaseException:
        text = ""
    return f"{type_name(problem)}: {text}"[:2000]


Current = Callable[[], "Tapes | None"]


def _new(current: Current, original: Any) -> Any:
    @functools.wraps(original)
    def __init__(tape: Any, *args: Any, **kwargs: Any) -> None:
        original(tape, *args, **kwargs)
        tapes = current()
        if tapes is not None and tapes.scene.call is None:
            tapes.scene.tape_event(
                tapes.scene.number(tape),
                "new",
                _getframe(1),
                persistent=bool(tape._persistent),
                automatic=tapes.host.automatic(tape),
            )

    return __init__


def _simple(what: str) -> Callable[[Current, Any], Any]:
    def make(current: Current, original: Any) -> Any:
        @functools.wraps(original)
        def method(tape: Any, *args: Any, **kwargs: Any) -> Any:
            tapes = current()
            if tapes is None:
                return original(tape, *args, **kwargs)
            error = None
            try:
                return original(tape, *args, **kwargs)
            except Exception as problem:
                error = problem_text(problem)
                raise
            finally:
                tapes.follow(tape)
                tapes.scene.tape_event(tapes.scene.number(tape), what, _getframe(1), error=error)

        return method

    return make


def _watch(current: Current, original: Any) -> Any:
    @functools.wraps(original)
    def watch(tape: Any, *args: Any, **kwargs: Any) -> Any:
        tapes = current()
        if tapes is None:
            return original(tape, *args, **kwargs)
        given = args[0] if args else kwargs.get("tensor")
        ref = tapes.refer(given, _getframe(1))
        error = None
        try:
            return original(tape, *args, **kwargs)
        except Exception as problem:
            error = problem_text(problem)
            raise
        finally:
            scene = tapes.scene
            tapes.host.followed(tapes.host.leaves(given))
            scene.tape_event(scene.number(tape), "watch", _getframe(1), ref, error)

    return watch


def _moving(current: Current, original: Any) -> Any:
    @functools.wraps(original)
    def move(tape: Any) -> None:
        original(tape)
        tapes = current()
        if tapes is not None:
            tapes.follow(tape)

    return move


class _Paused:
    """`stop_recording()` as TensorFlow gives it, with both ends noted."""

    def __init__(self, inner: Any, tapes: Tapes, number: int) -> None:
        self._inner, self._tapes, self._number = inner, tapes, number

    def __enter__(self) -> Any:
        result = self._inner.__enter__()
        scene = self._tapes.scene
        scene.pause(self._number)
        scene.tape_event(self._number, "pause", _getframe(1))
        return result

    def __exit__(self, *problem: Any) -> Any:
        scene = self._tapes.scene
        scene.resume(self._number)
        scene.tape_event(self._number, "resume", _getframe(1))
        return self._inner.__exit__(*problem)


def _stop(current: Current, original: Any) -> Any:
    @functools.wraps(original)
    def stop_recording(tape: Any) -> Any:
        tapes = current()
        inner = original(tape)
        return inner if tapes is None else _Paused(inner, tapes, tapes.scene.number(tape))

    return stop_recording


def _asking(how: str, names: tuple[str, ...]) -> Callable[[Current, Any], Any]:
    def make(current: Current, original: Any) -> Any:
        @functools.wraps(original)
        def method(tape: Any, *args: Any, **kwargs: Any) -> Any:
            tapes = current()
            if tapes is None:
                return original(tape, *args, **kwargs)
            return tapes.call(how, names, original, tape, args, kwargs)

        return method

    return make


_WRAPPERS: dict[str, Callable[[Current, Any], Any]] = {
    "__init__": _new,
    "__enter__": _simple("enter"),
    "__exit__": _simple("exit"),
    "watch": _watch,
    "reset": _simple("reset"),
    "stop_recording": _stop,
    "gradient": _asking("gradient", _OF_GRADIENT),
    "jacobian": _asking("jacobian", _OF_JACOBIAN),
    "batch_jacobian": _asking("batch_jacobian", _OF_BATCH),
}
