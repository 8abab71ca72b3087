"""Forward mode: accumulators are noted like tapes, and `jvp` like a gradient call."""

from __future__ import annotations

import functools
from collections.abc import Callable
from sys import _getframe
from typing import Any

from tensorflow.python import pywrap_tfe
from tensorflow.python.eager import forwardprop

from graders.evidence import Call
from graders.recorders.patches import Patches
from graders.recorders.tapes import MISSING, Tapes, problem_text

_SOURCES = "_tfgrad_sources"
_CALL = "_tfgrad_call"
Current = Callable[[], "Tapes | None"]


def patch(patches: Patches, current: Current) -> None:
    """Adds the patches of the accumulator's class."""
    kind = forwardprop.ForwardAccumulator
    patches.add(kind, "__init__", functools.partial(_new, current))
    patches.add(kind, "_push_accumulator", functools.partial(_moving, current, "enter"))
    patches.add(kind, "_pop_accumulator", functools.partial(_moving, current, "exit"))
    patches.add(kind, "jvp", functools.partial(_jvp, current))
    # Held by C++ code; it stays in place between runs, when it does nothing of its own.
    pywrap_tfe.TFE_Py_RegisterJVPFunction(functools.partial(_dispatch, current))


def _dispatch(current: Current, *args: Any, **kwargs: Any) -> Any:
    """TensorFlow's own computation of tangents: operations of the accumulator's, not of the learner's."""
    tapes = current()
    if tapes is None or tapes.scene.call is not None or not tapes.forward:
        return forwardprop._jvp_dispatch(*args, **kwargs)
    tapes.scene.call = tapes.forward[-1].__dict__.get(_CALL)
    try:
        return forwardprop._jvp_dispatch(*args, **kwargs)
    finally:
        tapes.scene.call = None


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
    def method(accumulator: Any) -> None:
        original(accumulator)
        tapes = current()
        if tapes is None:
            return
        number = tapes.scene.number(accumulator)
        if what == "enter":
            tapes.scene.push(number)
            tapes.forward.append(accumulator)
        else:
            tapes.scene.pop(number)
            tapes.forward = [other for other in tapes.forward if other is not accumulator]
        tapes.scene.tape_event(number, what, _getframe(2))

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
            result = tapes.marked(original(accumulator, *args, **kwargs))
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
            scene.log.put(
                Call(
                    index,
                    number,
                    "jvp",
                    target,
                    sources,
                    found,
                    line,
                    outer,
                    at,
                    done,
                    within,
                    is_open,
                    True,
                    error,
                )
            )
            scene.log.flush()

    return jvp
