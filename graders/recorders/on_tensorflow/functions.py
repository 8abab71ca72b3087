"""Functions that TensorFlow traces: what their bodies hold, told again each time such a function runs.

While a `tf.function` is traced there are no values. Its operations, tape events and gradient calls are kept as a
body; when the function has run, the body is written into the recording with the operation's real inputs and outputs
in the places of its symbolic ones. The values that a gradient call inside had are fetched by a small tap in the graph.
"""

from __future__ import annotations

from contextlib import suppress
from types import FrameType
from typing import Any

import numpy as np
from tensorflow.python.eager import record as tape_record
from tensorflow.python.framework import ops, tensor_util
from tensorflow.python.ops import gen_resource_variable_ops, script_ops
from tensorflow.python.util import tf_decorator, tf_stack

from graders.evidence import Call, Trace, Value
from graders.recorders.on_tensorflow.bodies import Body, BodyCall, BodyOp, Telling
from graders.recorders.on_tensorflow.operations import Operations
from graders.recorders.on_tensorflow.reading import DTYPES, EAGER, SYMBOLIC
from graders.recorders.scene import Scene
from graders.recorders.tapes import leaves
from graders.recorders.values import LARGE, SMALL, array_value

_type = type
LONGEST = 500
CALL = "PartitionedCall"
_INSIDE = ("while_body", "cond_true", "cond_false")


class Functions:
    """Keeps the bodies and writes them out."""

    def __init__(self, scene: Scene, operations: Operations) -> None:
        self.scene = scene
        self.operations = operations
        self._bodies: dict[int, Body] = {}
        self._open: list[Body] = []
        self._counts: dict[str, int] = {}

    # While a function is traced ---------------------------------------------------------------

    def trace(self, original: Any, function_type: Any, type_context: Any, graph: Any, options: Any) -> Any:
        """Traces one function with its body noted; told at once if the tracing fails."""
        scene = self.scene
        if scene.call is not None or scene.quiet:
            return original(function_type, type_context, graph, options)
        code = _code(options.python_function)
        learners = code is not None and code.co_filename == scene.lines.filename
        if options.attributes:
            # Compiled code has no place for a tap; without the wish to compile it gives the same numbers.
            options.attributes = {k: v for k, v in options.attributes.items() if k != "_XlaMustCompile"}
        body = Body(graph, scene.active, learners)
        self._bodies[id(graph)] = body
        self._open.append(body)
        before, scene.sink = scene.sink, body.events
        mapped, scene.lines.source_map = scene.lines.source_map, _source_map
        try:
            if learners and code is not None:
                self._traced(code)
            return original(function_type, type_context, graph, options)
        except BaseException:
            scene.sink = before
            self._tell(body, dict(_captured(graph)))
            raise
        finally:
            scene.sink, scene.lines.source_map = before, mapped
            self._open.pop()
            scene.active = tuple(tape for tape in scene.active if tape in body.outside)

    def _traced(self, code: Any) -> None:
        name = code.co_name[:200]
        self._counts[name] = self._counts.get(name, 0) + 1
        line = self.scene.lines.def_line(self.scene.run.source, code.co_firstlineno, name)
        self.scene.log.put(Trace(name, line, self.scene.log.tick(), self._counts[name]))

    def body_op(self, name: str, inputs: Any, outputs: Any, attrs: Any, graph: Any, frame: FrameType) -> None:
        """An operation put into a graph; those of graphs inside (loops, branches) are one operation each."""
        body = self._bodies.get(id(graph))
        if body is None or name in ("Placeholder", "NoOp") or body not in self._open:
            return
        scene = self.scene
        made = [(t._id, DTYPES.get(t.dtype.as_datatype_enum, t.dtype.name), _shape(t)) for t in outputs]
        tapes = tuple(tape for tape in scene.active if tape not in body.outside)
        noted = BodyOp(name, [t._id for t in inputs], made, scene.place(frame), tapes, scene.call)
        if name == "Const":
            noted.value = _constant(attrs)
            noted.creation = scene.naming
        elif name == CALL:
            inner = _called(frame)
            noted.inner = self._bodies.get(id(inner)) if inner is not None else None
        body.events.append(noted)

    def body_function(self, inputs: Any, outputs: Any, frame: FrameType) -> None:
        """A function called inside a function being traced (TensorFlow's callbacks do not tell of these)."""
        if not self.scene.quiet and outputs:
            self.body_op(CALL, inputs, outputs, (), ops.get_default_graph(), frame)

    def body_call(self, record: Call, target: Any, sources: Any, result: Any) -> None:
        """A gradient call inside a function being traced."""
        if not self._open:
            self.scene.put(record)
            return
        body = self._open[-1]
        passed = [leaf for thing in (target, sources, result) for leaf in leaves(thing)]
        noted = BodyCall(record, [_identity(self.operations, leaf) for leaf in passed], False)
        body.events.append(noted)
        graph = ops.get_default_graph()
        inside = graph is body.graph or str(graph.name).startswith(_INSIDE)
        if inside and body.learners and record.error is None:
            self._tap(noted, passed)

    def _tap(self, noted: BodyCall, passed: list[Any]) -> None:
        """Lets the graph hand out the values of these tensors when it runs."""
        scene = self.scene
        scene.quiet += 1
        try:
            with tape_record.stop_recording():
                taken = [self._tensor(leaf) for leaf in passed]
                present = [tensor for tensor in taken if tensor is not None]
                filled = [tensor is not None for tensor in taken]

                def hit(*arrays: Any) -> list[Any]:
                    given = iter(arrays)
                    noted.hits.append([_value(next(given)) if full else None for full in filled])
                    return []

                script_ops.numpy_function(hit, present, [])
                noted.tapped = True
        except Exception:
            noted.tapped = False
        finally:
            scene.quiet -= 1

    def _tensor(self, leaf: Any) -> Any:
        kind = _type(leaf)
        if kind is SYMBOLIC or kind is EAGER:
            return leaf
        variable = self.operations.reader.inner(leaf)
        if variable is not None:
            return gen_resource_variable_ops.read_variable_op(variable.handle, variable.dtype)
        return None

    # When it has run --------------------------------------------------------------------------

    def ran(self, inputs: Any, outputs: Any, frame: FrameType) -> bool:
        """Writes out the body of the function that has just run; False if there is none to write."""
        graph = _called(frame)
        body = self._bodies.get(id(graph)) if graph is not None else None
        if body is None or len(body.events) > LONGEST:
            return False
        place = self.scene.place(frame)
        self.operations.inputs(inputs, frame, place)
        ids = {held._id: given._id for held, given in zip(graph.inputs, inputs, strict=False)}
        if not body.runs:
            # A variable that is an argument was traced as itself: later runs may be given another one.
            body.first = {outer: inner for inner, outer in ids.items()}
        given = {}
        for held, tensor in zip(graph.outputs, outputs, strict=False):
            if held._id in ids or held._id in given:
                continue
            given[held._id] = tensor
        self._tell(body, ids, given, place[1])
        spare = [
            (held, tensor)
            for held, tensor in zip(graph.outputs, outputs, strict=False)
            if given.get(held._id) is not tensor
        ]
        for held, tensor in spare:
            source = given[held._id]._id if held._id in given else ids[held._id]
            self.operations.note("Identity", [source], (tensor,), place)
        return True

    def _tell(
        self, body: Body, ids: dict[int, int], given: dict[int, Any] | None = None, outer: int = 0
    ) -> None:
        Telling(self.operations, body, ids, given or {}, self.scene.active, outer).tell(0)
        body.runs += 1


def _identity(operations: Operations, leaf: Any) -> int:
    kind = _type(leaf)
    if kind is SYMBOLIC or kind is EAGER:
        return int(leaf._id)
    variable = operations.reader.inner(leaf)
    return int(variable._handle._id) if variable is not None else -1


def _value(array: Any) -> Value | None:
    return array_value(np.asarray(array), LARGE)


def _shape(tensor: Any) -> tuple[int, ...]:
    shape = tensor.shape
    return () if shape.rank is None else tuple(-1 if n is None else n for n in shape.as_list())


def _constant(attrs: Any) -> Value | None:
    """What a Const operation holds."""
    given = dict(zip(attrs[::2], attrs[1::2], strict=False))
    with suppress(Exception):
        return array_value(np.asarray(tensor_util.MakeNdarray(given["value"].tensor)), SMALL)
    return None


def _captured(graph: Any) -> list[tuple[int, int]]:
    with suppress(Exception):
        return [(inner._id, outer._id) for outer, inner in graph.captures]
    return []


def _called(frame: FrameType | None) -> Any:
    """The graph of the traced function that is being called from this frame."""
    for _ in range(30):
        if frame is None:
            return None
        if frame.f_code.co_name == "_call_flat":
            found = frame.f_locals.get("self")
            return getattr(found, "_func_graph", None)
        if frame.f_code.co_name in ("_backward_function_wrapper", "_rewrite_forward_and_call_backward"):
            return None
        frame = frame.f_back
    return None


def _code(function: Any) -> Any:
    """The code of the Python function that is traced."""
    with suppress(Exception):
        inner = tf_decorator.unwrap(function)[1]
        inner = getattr(inner, "__func__", inner)
        inner = getattr(inner, "func", inner)
        return inner.__code__
    return None


def _source_map() -> Any:
    """Where AutoGraph's generated lines came from, as TensorFlow keeps it while it traces."""
    stack = tf_stack._source_mapper_stacks.get(tf_stack._get_thread_key())
    return stack[-1].get_effective_source_map() if stack else {}
