"""Every operation TensorFlow runs, from its op callbacks: forward and backward, with the learner's line.

Constants and the reads of variables that TensorFlow's fast path makes without telling are noted where they first
show up as an input.
"""

from __future__ import annotations

from collections.abc import Iterator
from sys import _getframe
from types import FrameType
from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes

from graders.evidence import Assign, Op, Read, Tensor
from graders.recorders.lines import Place
from graders.recorders.on_tensorflow.reading import (
    EAGER,
    Reader,
    dtype_name,
    eager,
    is_floating,
    is_variable,
    tensor_value,
    trade,
)
from graders.recorders.quickly import maker
from graders.recorders.scene import Scene

_type = type
_op, _tensor_record = maker(Op), maker(Tensor)
ASSIGNS = {
    "AssignVariableOp": "assign",
    "AssignAddVariableOp": "assign_add",
    "AssignSubVariableOp": "assign_sub",
}
_SILENT = frozenset({"VarHandleOp", "VarIsInitializedOp", "DestroyResourceOp", "NoOp"})


class Operations:
    """Notes operations, tensors, reads and assignments."""

    def __init__(self, scene: Scene, reader: Reader, place: int | None) -> None:
        self.scene = scene
        self.log = scene.log
        self.reader = reader
        self._place = place
        self.variables: dict[int, Any] = {}
        self.initial: int | None = None
        self.functions: Any = None
        self._noting = False

    def seen(
        self,
        op_type: str | bytes,
        inputs: Any,
        attrs: Any,
        outputs: Any,
        op_name: str | None = None,
        graph: Any = None,
    ) -> None:
        """The op callback; whatever goes wrong in it must not reach the learner's program."""
        scene = self.scene
        if scene.quiet or self.reader.busy or self._noting or (self.log.full and not scene.making):
            return
        self._noting = True  # noting one may free an object whose end is an operation itself (an iterator's)
        try:
            name = op_type.decode() if _type(op_type) is bytes else op_type
            if graph is not None:
                if self.functions is not None:
                    self.functions.body_op(name, inputs, outputs, attrs, graph, _getframe(1))
            elif name not in _SILENT:
                self._eager(str(name), inputs, outputs, _getframe(1))
        except Exception:
            self.log.truncated = True
        finally:
            self._noting = False

    def _eager(self, name: str, inputs: Any, outputs: Any, frame: FrameType) -> None:
        if self.scene.making and name == "AssignVariableOp":
            self.initial = inputs[1]._id
            return
        if name == "Fill" and _of_the_tape(frame):
            return
        if self.functions is not None and name.startswith(("__inference_", "__forward_")):
            name = "PartitionedCall"
            if self.functions.ran(inputs, outputs, frame):
                return
        place = self.scene.place(frame)
        self.inputs(inputs, frame, place)
        self.note(name, [t._id for t in inputs], outputs, place)
        how = ASSIGNS.get(name)
        if how is None and inputs and inputs[0]._id in self.variables and not outputs:
            how = "scatter"
        if how is not None:
            self._assigned(how, inputs, place)

    def note(self, name: str, inputs: list[int], outputs: Any, place: Place) -> None:
        """One operation and the tensors it made."""
        scene, log = self.scene, self.log
        index = log.ops
        ids = tuple(t._id for t in outputs if _type(t) is EAGER)
        op = _op(
            index,
            name,
            tuple(inputs),
            ids,
            place[0],
            place[1],
            log.tick(),
            scene.active,
            scene.paused,
            scene.call,
        )
        if not log.put(op):
            return
        made = "gradient" if scene.call is not None else "op"
        if name == "ReadVariableOp" and inputs and inputs[0] in self.variables:
            made = "read"
        for tensor in outputs:
            if _type(tensor) is EAGER and tensor._id not in log.known:
                self._output(tensor, made, index, inputs, place)
        if made == "read":
            log.put(Read(inputs[0], ids[0], place[0], log.clock))

    def _output(self, tensor: Any, made: str, index: int, inputs: list[int], place: Place) -> None:
        scene = self.scene
        dtype = dtype_name(tensor)
        creation = None
        if made == "op" and is_floating(dtype):
            if not scene.active or self._free(inputs):
                creation = scene.constant_creation()
                self._replace(tensor, creation, dtype)
            else:
                scene.touched.add(tensor._id)
        elif made != "op":
            scene.touched.add(tensor._id)
        self.tensor(tensor, made, index, place, creation, dtype)

    def _free(self, inputs: list[int]) -> bool:
        """Whether what is made here can be an independent variable: nothing recorded has gone into it."""
        touched = self.scene.touched
        return not any(tensor in touched or tensor in self.variables for tensor in inputs)

    def _replace(self, tensor: Any, creation: str, dtype: str) -> None:
        if self._place is None:
            return
        value = self.scene.replacement(creation, dtype, tensor._shape_tuple())
        if value is not None:
            trade(tensor, eager(value), self._place)

    def tensor(
        self,
        tensor: Any,
        made: str,
        op: int | None,
        place: Place,
        creation: str | None = None,
        dtype: str = "",
    ) -> None:
        """One tensor with its numbers."""
        dtype = dtype or dtype_name(tensor)
        shape = tensor._shape_tuple()
        value = tensor_value(tensor, dtype)
        at = self.log.tick()
        self.log.put(
            _tensor_record(tensor._id, dtype, shape, made, op, place[0], place[1], at, value, creation)
        )

    def constant(self, tensor: Any, frame: FrameType | None) -> Any:
        """A constant made in Python code: noted, and replaced when the run asks for it."""
        scene = self.scene
        if _type(tensor) is not EAGER or scene.quiet or tensor._id in self.log.known:
            return tensor
        place = scene.place(frame)
        dtype = dtype_name(tensor)
        creation = None
        if is_floating(dtype) and scene.call is None:
            creation = scene.constant_creation()
            value = scene.replacement(creation, dtype, tensor._shape_tuple())
            if value is not None:
                tensor = eager(value)
        if not self.log.full:
            self.tensor(tensor, "constant", None, place, creation, dtype)
        return tensor

    def names_constants(self, dtype: Any, value: Any) -> bool:
        """Whether a constant now put into a graph could be an independent variable of the learner's."""
        scene = self.scene
        if scene.sink is None or scene.quiet or scene.call is not None:
            return False
        return (
            is_floating(dtypes.as_dtype(dtype).name)
            if dtype is not None
            else not isinstance(value, (bool, int, str, bytes))
        )

    def graph_constant(self, original: Any, value: Any, dtype: Any, *args: Any, **kwargs: Any) -> Any:
        """A constant in a graph: named, and replaced when the run asks for it."""
        scene = self.scene
        scene.naming = creation = scene.constant_creation()
        wanted = scene.wanted.get(creation)
        if wanted is not None:
            value = np.array(wanted.data, wanted.dtype).reshape(wanted.shape)
            scene.applied.add(creation)
        try:
            return original(value, dtype, *args, **kwargs)
        finally:
            scene.naming = None

    def inputs(self, inputs: Any, frame: FrameType, place: Place) -> None:
        """Notes inputs never seen before: reads of variables, and constants made from Python numbers."""
        known, variables = self.log.known, self.variables
        new = [at for at, t in enumerate(inputs) if t._id not in known and t._id not in variables]
        if not new:
            return
        given = list(_arguments(frame)) if "/gen_" in frame.f_code.co_filename.replace("\\", "/") else []
        for at in new:
            tensor = inputs[at]
            if _type(tensor) is not EAGER or tensor._id in known:
                continue
            if at < len(given) and is_variable(given[at]) and given[at]._handle._id in variables:
                self.note("ReadVariableOp", [given[at]._handle._id], (tensor,), place)
            elif dtype_name(tensor) != "resource":
                self.tensor(tensor, "constant", None, place)

    def known(self, thing: Any, frame: FrameType | None) -> None:
        """Makes sure that a tensor which is about to be named in a record is known."""
        if _type(thing) is EAGER and thing._id not in self.log.known and not self.log.full:
            made = "unknown" if self.scene.call is None else "gradient"
            self.tensor(thing, made, None, self.scene.place(frame))

    def _assigned(self, how: str, inputs: Any, place: Place) -> None:
        identity = inputs[0]._id
        variable = self.variables.get(identity)
        if variable is None:
            return
        value = self.reader.variable_value(variable)
        tensor = inputs[1]._id if len(inputs) > 1 else None
        at = self.log.tick()
        self.log.put(Assign(identity, how, tensor, value, place[0], place[1], at, self.scene.active))


def _of_the_tape(frame: FrameType | None) -> bool:
    """Whether zeros or ones are the tape's own, which it keeps and uses again: a constant to whoever takes them."""
    for _ in range(8):
        if frame is None:
            return False
        if frame.f_code.co_name == "_fast_fill":
            return True
        frame = frame.f_back
    return False


def _arguments(frame: FrameType) -> Iterator[Any]:
    """The arguments of one of TensorFlow's generated functions, lists flattened: its inputs come first."""
    code = frame.f_code
    values = frame.f_locals
    for name in code.co_varnames[: code.co_argcount]:
        thing: Any = values.get(name)
        if _type(thing) in (list, tuple):
            yield from thing
        else:
            yield thing
