"""The TensorFlow installed here: its patches, taken before learners' code runs and put in place for each run."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from sys import _getframe
from typing import Any

from tensorflow.python import pywrap_tfe
from tensorflow.python.eager import backprop, context, forwardprop, record
from tensorflow.python.eager.polymorphic_function import (
    atomic_function,
    eager_function_run,
    tracing_compilation,
)
from tensorflow.python.framework import constant_op, op_callbacks, ops, tensor_shape
from tensorflow.python.ops import variable_scope
from tensorflow.python.trackable import data_structures
from tensorflow.python.util import traceback_utils

from graders.recorders import forward, tapes
from graders.recorders.on_tensorflow import conversions, own_gradients
from graders.recorders.on_tensorflow.functions import Functions
from graders.recorders.on_tensorflow.host import TensorFlowHost
from graders.recorders.on_tensorflow.operations import Operations
from graders.recorders.on_tensorflow.reading import Reader, handle_place
from graders.recorders.on_tensorflow.variables import creator
from graders.recorders.patches import Patches
from graders.recorders.scene import Scene


class Installation:
    """Holds what is found out once per process; `observe` is one run."""

    def __init__(self) -> None:
        self.reader = Reader()
        self.place = handle_place()
        self.sequences = (
            data_structures.ListWrapper,
            data_structures._TupleWrapper,
            tensor_shape.TensorShape,
        )
        self.mappings = (data_structures._DictWrapper,)
        self._operations: Operations | None = None
        self._tapes: tapes.Tapes | None = None
        self._functions: Functions | None = None
        self._patches = Patches()
        tapes.patch(self._patches, backprop.GradientTape, "_push_tape", "_pop_tape", lambda: self._tapes)
        kind = forwardprop.ForwardAccumulator
        forward.patch(self._patches, kind, "_push_accumulator", "_pop_accumulator", lambda: self._tapes)
        # Held by C++ code; it stays in place between runs, when it does nothing of its own.
        carry = forward.carrying(lambda: self._tapes, forwardprop._jvp_dispatch)
        pywrap_tfe.TFE_Py_RegisterJVPFunction(carry)
        conversions.patch(self._patches, lambda: self._operations)
        stated = functools.partial(own_gradients.recording, lambda: self._operations)
        self._patches.add(record, "record_operation", stated)
        self._patches.add(constant_op, "_constant_eager_impl", self._constant)
        self._patches.add(ops, "_create_graph_constant", self._graph_constant)
        self._patches.add(tracing_compilation, "_create_concrete_function", self._trace)
        self._patches.add(atomic_function, "make_call_op_in_graph", self._call_in_graph)
        traceback_utils.disable_traceback_filtering()

    def _constant(self, original: Any) -> Any:
        def constant(*args: Any, **kwargs: Any) -> Any:
            made = original(*args, **kwargs)
            operations = self._operations
            return made if operations is None else operations.constant(made, _getframe(1))

        return constant

    def _graph_constant(self, original: Any) -> Any:
        def constant(value: Any, dtype: Any, *args: Any, **kwargs: Any) -> Any:
            operations = self._operations
            if operations is None or not operations.names_constants(dtype, value):
                return original(value, dtype, *args, **kwargs)
            return operations.graph_constant(original, value, dtype, *args, **kwargs)

        return constant

    def _trace(self, original: Any) -> Any:
        def trace(function_type: Any, type_context: Any, func_graph: Any, tracing_options: Any) -> Any:
            if self._functions is None:
                return original(function_type, type_context, func_graph, tracing_options)
            return self._functions.trace(original, function_type, type_context, func_graph, tracing_options)

        return trace

    def _call_in_graph(self, original: Any) -> Any:
        def make_call_op_in_graph(function: Any, inputs: Any, attributes: Any) -> Any:
            outputs = original(function, inputs, attributes)
            if self._functions is not None:
                self._functions.body_function(inputs, outputs, _getframe(1))
            return outputs

        return make_call_op_in_graph

    @contextmanager
    def observe(self, scene: Scene) -> Iterator[None]:
        """Everything run inside is noted in the scene."""
        operations = Operations(scene, self.reader, self.place)
        self._functions = operations.functions = Functions(scene, operations)
        self._operations = operations
        self._tapes = tapes.Tapes(scene, TensorFlowHost(operations, self._functions))
        op_callbacks.add_op_callback(operations.seen)
        try:
            with self._patches, variable_scope.variable_creator_scope(creator(scene, operations)):
                yield
        finally:
            left = self._tapes
            self._operations = self._tapes = self._functions = None
            self._clean(operations, left)

    def _clean(self, operations: Operations, left: tapes.Tapes) -> None:
        """Takes back what a learner's program may have left on this thread."""
        with suppress(Exception):
            op_callbacks.remove_op_callback(operations.seen)
        for tape in reversed(left.recording.values()):
            with suppress(Exception):
                tape._pop_tape()
        for accumulator in reversed(left.forward):
            with suppress(Exception):
                accumulator._pop_accumulator()
        eager_function_run.run_functions_eagerly(False)
        state = context.context()._thread_local_data
        state.invoking_op_callbacks = False
        context.default_execution_mode = context.EAGER_MODE
        state.is_eager = True
