"""Variables as they are made, through TensorFlow's own creator scope (Keras variables pass through it too)."""

from __future__ import annotations

from collections.abc import Callable
from sys import _getframe
from typing import Any

import numpy as np
from tensorflow.python.eager import context
from tensorflow.python.framework import dtypes

from graders.evidence import Value, Variable
from graders.recorders.on_tensorflow.operations import Operations
from graders.recorders.on_tensorflow.reading import is_variable
from graders.recorders.scene import Scene


def creator(scene: Scene, operations: Operations) -> Callable[..., Any]:
    """The creator that notes every variable and starts it at another value when the run asks for it."""

    def create(next_creator: Callable[..., Any], **options: Any) -> Any:
        frame = _getframe(1)
        creation = scene.variable_creation()
        eagerly = context.executing_eagerly()
        value = scene.wanted.get(creation)
        if value is not None and not eagerly:
            options["initial_value"] = _array(value)
            scene.applied.add(creation)
        scene.making += 1
        operations.initial = None
        try:
            made = next_creator(**options)
        finally:
            scene.making -= 1
        if not is_variable(made):
            return made
        operations.variables[made._handle._id] = made
        if value is not None and eagerly:
            _start(scene, made, creation)
        _note(scene, operations, made, creation, frame)
        return made

    return create


def _array(value: Value) -> Any:
    return np.array(value.data).reshape(value.shape).astype(dtypes.as_dtype(value.dtype).as_numpy_dtype)


def _start(scene: Scene, made: Any, creation: str) -> None:
    """Puts the wanted value in; dtype and shape stay as the learner chose them."""
    shape = tuple(made.shape.as_list()) if made.shape.rank is not None else ()
    value = scene.replacement(creation, made.dtype.name, shape)
    if value is None:
        return
    scene.quiet += 1
    try:
        made.assign(_array(value))
    finally:
        scene.quiet -= 1


def _note(scene: Scene, operations: Operations, made: Any, creation: str, frame: Any) -> None:
    line, outer = scene.place(frame)
    shape = tuple(-1 if n is None else n for n in made.shape.as_list()) if made.shape.rank is not None else ()
    scene.log.put(
        Variable(
            made._handle._id,
            str(made.name)[:200],
            made.dtype.name,
            shape,
            bool(made.trainable),
            line,
            outer,
            scene.log.tick(),
            scene.active,
            operations.reader.variable_value(made) if context.executing_eagerly() else None,
            operations.initial,
            creation,
        )
    )
