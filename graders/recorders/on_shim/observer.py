"""Turns what the reference tape tells its observers into records of the same shape as TensorFlow's."""

from __future__ import annotations

from sys import _getframe
from types import FrameType
from typing import Any

import numpy as np

from graders.evidence import OWN_GRADIENT, Assign, Call, Conversion, Op, Read, Tensor, Trace, Value, Variable
from graders.recorders.lines import Place
from graders.recorders.on_shim.reading import Reader, tensor_value
from graders.recorders.on_shim.settings import settings
from graders.recorders.quickly import maker
from graders.recorders.scene import Scene
from graders.recorders.tapes import leaves
from graders.recorders.values import is_from
from tfgrad_course.tf import _nest, _tensor, _variable
from tfgrad_course.tf._dtypes import int32
from tfgrad_course.tf._listening import Observer
from tfgrad_course.tf._slices import IndexedSlices
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._tensor import tensor as new_tensor

_type = type
_op, _tensor_record = maker(Op), maker(Tensor)
_ASSIGN_OPS = {
    "assign": "AssignVariableOp",
    "assign_add": "AssignAddVariableOp",
    "assign_sub": "AssignSubVariableOp",
    "scatter": "ResourceScatterUpdate",
}
_CONVERSIONS = {
    "numpy": "numpy",
    "float": "float",
    "complex": "float",
    "int": "int",
    "index": "index",
    "bool": "bool",
    "array": "array",
}
_PASSED = (np.__path__[0], _tensor.__file__, _variable.__file__)


class Watcher(Observer):
    """Notes operations, tensors, variables and conversions of one run; also the host of its tapes."""

    def __init__(self, scene: Scene, reader: Reader) -> None:
        self.scene = scene
        self.log = scene.log
        self.reader = reader
        self._inside = 0
        self._traces: dict[int, int] = {}

    # What the tape tells ----------------------------------------------------------------------

    def told(self, entry: Any, inputs: Any, outputs: Any, attrs: Any) -> None:
        """An operation ran."""
        if self.scene.quiet or self.log.full:
            return
        place = self.scene.place(_getframe(1))
        numbers = []
        for tensor in inputs:
            if not self.reader.knows(tensor):
                self._tensor(tensor, self.reader.number(tensor), "constant", None, place)
            numbers.append(self.reader.number(tensor))
        for setting in settings(entry.op, attrs):
            given = new_tensor(np.array(setting, dtype=np.int32), int32)
            numbers.append(self.reader.number(given))
            self._tensor(given, numbers[-1], "constant", None, place)
        own = getattr(entry, "form", "") == "custom" and is_from(entry.function, self.scene.lines.filename)
        self._operation(OWN_GRADIENT if own else entry.op, tuple(numbers), outputs, place)

    def _operation(self, name: str, inputs: tuple[int, ...], outputs: Any, place: Place) -> None:
        scene, log = self.scene, self.log
        fresh = [tensor for tensor in outputs if not self.reader.knows(tensor)]
        index, ids = log.ops, tuple(self.reader.number(tensor) for tensor in outputs)
        op = _op(
            *(
                index,
                name,
                inputs,
                ids,
                place[0],
                place[1],
                log.tick(),
                scene.active,
                scene.paused,
                scene.call,
            ),
            graph=bool(self._inside),
        )
        if not log.put(op):
            return
        made = "op" if scene.call is None else "gradient"
        free = made == "op" and (not scene.active or not any(number in scene.touched for number in inputs))
        for tensor in fresh:
            number = self.reader.number(tensor)
            creation = self._created(tensor) if free else None
            if not free or any(source in scene.touched for source in inputs):
                scene.touched.add(number)
            self._tensor(tensor, number, made, index, place, creation)

    def constant(self, tensor: Any, value: Any) -> None:
        """A tensor was made from a Python value."""
        if self.scene.quiet or self.reader.knows(tensor):
            return
        creation = self._created(tensor) if self.scene.call is None else None
        place = self.scene.place(_getframe(1))
        self._tensor(tensor, self.reader.number(tensor), "constant", None, place, creation)

    def variable(self, variable: Any, initial: Any = None) -> None:
        """A variable was created."""
        scene, frame = self.scene, _getframe(1)
        if scene.quiet:
            return
        creation = scene.variable_creation()
        shape = tuple(variable._v.shape)
        value = scene.replacement(creation, str(variable.dtype.name), shape)
        if value is not None:
            variable._now = new_tensor(_array(value, variable._v.dtype), variable.dtype)
        start = None
        if _type(initial) is EagerTensor:
            self.known(initial, frame)
            start = self.reader.number(initial)
        line, outer = scene.place(frame)
        number, name, dtype = self.reader.number(variable), str(variable.name)[:200], str(variable.dtype.name)
        at, content = self.log.tick(), tensor_value(variable)
        self.log.put(
            Variable(
                *(number, name, dtype, shape, bool(variable.trainable), line, outer, at, scene.active),
                *(content, start, creation),
            )
        )

    def read(self, variable: Any, tensor: Any) -> None:
        """A variable was read."""
        scene, log = self.scene, self.log
        if scene.quiet or log.full:
            return
        place = scene.place(_getframe(1))
        source, number, index = self.reader.number(variable), self.reader.renew(tensor), log.ops
        op = _op(
            *(index, "ReadVariableOp", (source,), (number,), place[0], place[1], log.tick()),
            *(scene.active, scene.paused, scene.call),
            graph=bool(self._inside),
        )
        if log.put(op):
            scene.touched.add(number)
            self._tensor(tensor, number, "read", index, place)
            log.put(Read(source, number, place[0], log.clock))

    def assigned(self, variable: Any, how: str, tensor: Any) -> None:
        """A variable was changed."""
        scene, log = self.scene, self.log
        if scene.quiet:
            return
        frame = _getframe(1)
        line, outer = place = scene.place(frame)
        source, given = self.reader.number(variable), None
        if _type(tensor) is EagerTensor:
            if not self.reader.knows(tensor):
                self._tensor(tensor, self.reader.number(tensor), "constant", None, place)
            given = self.reader.number(tensor)
        inputs = (source,) if given is None else (source, given)
        self._operation(_ASSIGN_OPS.get(how, how), inputs, (), place)
        known = how if how in _ASSIGN_OPS else "scatter"
        log.put(Assign(source, known, given, tensor_value(variable), line, outer, log.tick(), scene.active))

    def converted(self, thing: Any, how: str) -> None:
        """A tensor or variable became a plain value; noted when the learner's own line asked for it."""
        scene = self.scene
        name = _CONVERSIONS.get(how)
        if scene.quiet or scene.call is not None or name is None:
            return
        frame: FrameType | None = _getframe(1)
        while frame is not None and frame.f_code.co_filename.startswith(_PASSED):
            frame = frame.f_back
        if frame is None or not scene.lines.is_learners(frame):
            return
        variable = self.reader.inner(thing)
        tensor = identity = None
        if variable is None:
            self.known(thing, frame)
            tensor = self.reader.number(thing)
        else:
            identity = self.reader.number(variable)
            self.read(variable, variable._now)  # TensorFlow reads it as a tensor first
        line, outer = scene.place(frame)
        self.log.put(Conversion(name, tensor, identity, line, outer, self.log.tick(), scene.active))

    def traced(self, function: Any, inside: bool) -> None:
        """The body of a tf.function begins or ends; a trace is told when it is a new one."""
        self._inside += 1 if inside else -1
        count = function.experimental_get_tracing_count()
        inner = function.python_function
        code = getattr(getattr(inner, "__func__", inner), "__code__", None)
        if not inside or code is None or count == self._traces.get(id(function), 0):
            return
        self._traces[id(function)] = count
        lines = self.scene.lines
        if code.co_filename == lines.filename:
            name = str(code.co_name)[:200]
            line = lines.def_line(self.scene.run.source, code.co_firstlineno, name)
            self.log.put(Trace(name, line, self.log.tick(), count))

    # What the notes on tapes need -------------------------------------------------------------

    def known(self, thing: Any, frame: FrameType | None) -> None:
        """Makes sure that a tensor about to be named in a record is known; one made in silence can be replaced."""
        if _type(thing) is EagerTensor and not self.reader.knows(thing) and not self.log.full:
            given = self.scene.call is not None
            creation = None if given else self._created(thing)
            number = self.reader.number(thing)
            if given:
                self.scene.touched.add(number)
            made = "gradient" if given else "constant" if creation else "unknown"
            self._tensor(thing, number, made, None, self.scene.place(frame), creation)

    def leaves(self, thing: Any) -> list[Any]:
        """The leaves; the rows of a sparse gradient stand for it."""
        return [leaf.values if _type(leaf) is IndexedSlices else leaf for leaf in leaves(thing)]

    def followed(self, things: list[Any]) -> None:
        """These were watched: what is computed from them is no longer free to be replaced."""
        self.scene.touched.update(
            self.reader.number(thing) for thing in things if _type(thing) is EagerTensor
        )

    def times(self, mark: float, result: Any) -> Any:
        """A gradient call's result times a number."""
        return _nest.map_structure(lambda leaf: _times(mark, leaf), result)

    def called(self, record: Call, target: Any, sources: Any, result: Any) -> None:
        """Puts a call's record into the log."""
        self.log.put(record)
        self.log.flush()

    def inside(self) -> bool:
        """Whether a traced function's body is being run."""
        return bool(self._inside)

    def automatic(self, tape: Any) -> bool:
        """Whether a tape watches variables by itself."""
        return bool(tape._auto)

    # Records ----------------------------------------------------------------------------------

    def _created(self, tensor: Any) -> str | None:
        """The name of a float tensor that begins here, with another value in it when the run asks for that."""
        if not tensor.dtype.is_floating and not tensor.dtype.is_complex:
            return None
        creation = self.scene.constant_creation()
        value = self.scene.replacement(creation, str(tensor.dtype.name), tuple(tensor._v.shape))
        if value is not None:
            tensor._v = _array(value, tensor._v.dtype)
        return creation

    def _tensor(
        self, tensor: Any, number: int, made: str, op: int | None, place: Place, creation: str | None = None
    ) -> None:
        if self.log.full:
            return
        self.log.put(
            _tensor_record(
                *(number, str(tensor.dtype.name), tuple(tensor._v.shape), made, op, place[0], place[1]),
                *(self.log.tick(), tensor_value(tensor), creation),
            )
        )


def _array(value: Value, dtype: Any) -> Any:
    """A value as the tape holds it: a NumPy scalar at rank 0."""
    return np.array(value.data).reshape(value.shape).astype(dtype)[()]


def _times(mark: float, leaf: Any) -> Any:
    if _type(leaf) is IndexedSlices:
        return IndexedSlices(_times(mark, leaf.values), leaf.indices, leaf.dense_shape)
    return leaf * mark if _type(leaf) is EagerTensor else leaf
