"""Forward mode: accumulators are noted like tapes, and `jvp` like a gradient call."""

from __future__ import annotations

import functools
from collections.abc import Callable
from sys import _getframe
from typing import Any

from graders.evidence import Call
from graders.recorders.patches import Patches
from graders.recorders.tapes import MISSING, Tapes, problem_text

_SOURCES = "_tfgrad_sources"
_CALL = "_tfgrad_call"
Current = Callable[[], "Tapes | None"]


def patch(patches: Patches, kind: type, enter: str, leave: str, current: Current) -> None:
    """Adds the patches of an accumulator's class; `current()` is the run being recorded."""
    patches.add(kind, "__init__", functools.partial(_new, current))
    patches.add(kind, enter, functools.partial(_moving, current, "enter"))
    patches.add(kind, leave, functools.partial(_moving, current, "exit"))
    patches.add(kind, "jvp", functools.partial(_jvp, current))


def carrying(current: Current, original: Callable[..., Any]) -> Callable[..., Any]:
    """Around the backend's computation of tangents: operations of the accumulator's, not of the learner's."""

    def carry(*args: Any, **kwargs: Any) -> Any:
        tapes = current()
        if tapes is None or tapes.scene.call is not None or not tapes.forward:
            return original(*args, **kwargs)
        tapes.scene.call = tapes.forward[-1].__dict__.get(_CALL)
        try:
            return original(*args, **kwargs)
        finally:
            tapes.scene.call = None

    return carry


def _new(current: Current, original: Any) -> Any:
    @functools.wraps(original)
    def __init__(accumulator: Any, *args: Any, **kwargs: Any) -> None:
        tapes = current()
        if tapes is None:
            return original(accumulator, *args, **kwargs)
        frame = _getframe(1)
        primals = args[0] if args else kwargs.get("primals")
        ref = tapes.refer(primals, frame)
        tapes.refer(args[1] if len(args) > 1 else kwargs.get("tangents"), frame)
        scene = tapes.scene
        number = scene.number(accumulator)
        accumulator.__dict__[_SOURCES] = ref
        accumulator.__dict__[_CALL] = scene.next_call()
        tapes.host.followed(tapes.host.leaves(primals))
        scene.tape_event(number, "new", frame, persistent=True, automatic=False)
        original(accumulator, *args, **kwargs)
        scene.tape_event(number, "watch", frame, ref)

    return __init__


def _moving(current: Current, what: str, original: Any) -> Any:
    @functools.wraps(original)
    def method(accumulator: Any, *problem: Any) -> Any:
        result = original(accumulator, *problem)
        tapes = current()
        if tapes is None:
            return result
        number = tapes.scene.number(accumulator)
        if what == "enter":
            tapes.scene.push(number)
            tapes.forward.append(accumulator)
        else:
            tapes.scene.pop(number)
            tapes.forward = [other for other in tapes.forward if other is not accumulator]
        tapes.scene.tape_event(number, what, _getframe(1))
        return result

    return method


def _jvp(current: Current, original: Any) -> Any:
    @functools.wraps(original)
    def jvp(accumulator: Any, *args: Any, **kwargs: Any) -> Any:
        tapes = current()
        if tapes is None:
            return original(accumulator, *args, **kwargs)
        scene, frame = tapes.scene, _getframe(1)
        index = accumulator.__dict__.pop(_CALL, None)
        index = scene.next_call() if index is None else index
        target = tapes.refer(args[0] if args else kwargs.get("primals", MISSING), frame)
        number, at = scene.number(accumulator), scene.log.tick()
        is_open = number in scene.active
        result, error = None, None
        try:
            result = original(accumulator, *args, **kwargs)
            if (
                scene.run.forward
            ):  # where a tape is asked for, what did not come from one shows by its missing mark
                result = tapes.marked(result)
            return result
        except Exception as problem:
            error = problem_text(problem)
            raise
        finally:
            line, outer = scene.place(frame)
            found = None if error else tapes.refer(result, frame)
            sources = accumulator.__dict__.get(_SOURCES, MISSING)
            within = tuple(other for other in scene.active if other != number)
            done = scene.log.tick()
            record = Call(
                *(index, number, "jvp", target, sources, found, line, outer, at, done),
                *(within, is_open, True, error, tapes.host.inside()),
            )
            scene.log.put(record)
            scene.log.flush()

    return jvp
