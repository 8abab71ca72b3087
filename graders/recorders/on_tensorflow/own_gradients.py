"""Gradients that the program states itself: TensorFlow puts them on the tape without telling its op callbacks."""

from __future__ import annotations

import functools
from collections.abc import Callable
from sys import _getframe
from types import FrameType
from typing import Any

from tensorflow.python.eager import context
from tensorflow.python.framework import ops

from graders.evidence import OWN_GRADIENT
from graders.recorders.on_tensorflow.operations import Operations
from graders.recorders.on_tensorflow.reading import EAGER, SYMBOLIC
from graders.recorders.values import is_from

_type = type
_THREE = 3  # its name, what it gives, what it takes


def recording(current: Callable[[], Operations | None], original: Callable[..., Any]) -> Callable[..., Any]:
    """Around `record_operation`, which every custom gradient goes through."""

    @functools.wraps(original)
    def record_operation(*args: Any, **kwargs: Any) -> Any:
        result = original(*args, **kwargs)
        operations = current()
        if operations is not None and not operations.scene.quiet and operations.scene.call is None:
            frame = _getframe(1)
            if len(args) >= _THREE and _stated(operations, frame):
                _note(operations, args[2], args[1], frame)
        return result

    return record_operation


def _stated(operations: Operations, frame: FrameType) -> bool:
    """Whether it is the program's own function whose gradient is stated, not one of TensorFlow's."""
    return operations.scene.lines.is_learners(frame) or is_from(
        frame.f_locals.get("f"), operations.scene.lines.filename
    )


def _note(operations: Operations, inputs: Any, outputs: Any, frame: FrameType) -> None:
    try:
        given = [t for t in inputs if _type(t) in (EAGER, SYMBOLIC)]
        made = [t for t in outputs if _type(t) in (EAGER, SYMBOLIC)]
        if context.executing_eagerly():
            operations.note(OWN_GRADIENT, [t._id for t in given], made, operations.scene.place(frame))
        elif operations.functions is not None:
            graph = ops.get_default_graph()
            operations.functions.body_op(OWN_GRADIENT, given, made, (), graph, frame)
    except Exception:
        operations.log.truncated = True
