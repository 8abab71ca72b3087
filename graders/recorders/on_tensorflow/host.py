"""What TensorFlow does for the notes on tapes: its tensors, its structures, its multiplication."""

from __future__ import annotations

import functools
from types import FrameType
from typing import Any

from tensorflow.python.eager import context
from tensorflow.python.framework import constant_op, indexed_slices
from tensorflow.python.ops import math_ops
from tensorflow.python.util import nest

from graders.evidence import Call
from graders.recorders.on_tensorflow.functions import Functions
from graders.recorders.on_tensorflow.operations import Operations
from graders.recorders.on_tensorflow.reading import EAGER, SLICES, SYMBOLIC
from graders.recorders.tapes import leaves

_type = type


class TensorFlowHost:
    """The host of tapes on TensorFlow."""

    def __init__(self, operations: Operations, functions: Functions) -> None:
        self._operations = operations
        self._functions = functions
        self._scene = operations.scene

    def known(self, thing: Any, frame: FrameType | None) -> None:
        """Makes sure that a tensor about to be named in a record is known."""
        self._operations.known(thing, frame)

    def leaves(self, thing: Any) -> list[Any]:
        """The leaves; the rows of a sparse gradient stand for it."""
        return [leaf.values if _type(leaf) is SLICES else leaf for leaf in leaves(thing)]

    def followed(self, things: list[Any]) -> None:
        """These were watched: what is computed from them is no longer free to be replaced."""
        self._scene.touched.update(thing._id for thing in things if _type(thing) is EAGER)

    def times(self, mark: float, result: Any) -> Any:
        """A gradient call's result times a number."""
        return nest.map_structure(functools.partial(_times, mark), result)

    def called(self, record: Call, target: Any, sources: Any, result: Any) -> None:
        """Puts a call into the body of the function being traced, or into the log."""
        if record.graph:
            self._functions.body_call(record, target, sources, result)
        else:
            self._scene.log.put(record)
            self._scene.log.flush()

    def inside(self) -> bool:
        """Whether a function is being traced."""
        return not context.executing_eagerly()

    def automatic(self, tape: Any) -> bool:
        """Whether a tape watches variables by itself."""
        return bool(tape._watch_accessed_variables)


def _times(mark: float, thing: Any) -> Any:
    kind = _type(thing)
    if kind is SLICES:
        return indexed_slices.IndexedSlices(_times(mark, thing.values), thing.indices, thing.dense_shape)
    if kind is EAGER or kind is SYMBOLIC:
        return math_ops.multiply(thing, constant_op.constant(mark, dtype=thing.dtype))
    return thing
