"""The body of a traced function, and how it is written into a recording once for every run of the function."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from graders.evidence import OWN_GRADIENT, Assign, Call, Op, Read, Ref, TapeEvent, Tensor, Value
from graders.recorders.lines import Place
from graders.recorders.on_tensorflow.operations import ASSIGNS, Operations
from graders.recorders.scene import Scene

_type = type
DEEPEST = 5
Made = tuple[int, str, tuple[int, ...]]


@dataclass
class BodyOp:
    """An operation of a body; `value` is a constant's content, `inner` the body of a function it calls."""

    type: str
    inputs: list[int]
    outputs: list[Made]
    place: Place
    tapes: tuple[int, ...]
    call: int | None
    value: Value | None = None
    creation: str | None = None
    inner: Body | None = None


@dataclass
class BodyCall:
    """A gradient call of a body, and the taps' values of its runs."""

    record: Call
    leaves: list[int]
    tapped: bool
    hits: list[list[Value | None]] = field(default_factory=list)


@dataclass(eq=False)
class Body:
    """What one traced function does, in order."""

    graph: Any
    outside: tuple[int, ...]
    learners: bool
    events: list[BodyOp | BodyCall | TapeEvent] = field(default_factory=list)
    runs: int = 0
    first: dict[int, int] = field(default_factory=dict)


class Telling:
    """One run of one body on its way into the recording."""

    def __init__(
        self,
        operations: Operations,
        body: Body,
        ids: dict[int, int],
        given: dict[int, Any],
        around: tuple[int, ...],
        outer: int = 0,
    ) -> None:
        self._operations = operations
        self._scene: Scene = operations.scene
        self._body = body
        self._ids = ids
        self._given = given
        self._around = around
        self._outer = outer
        self._calls: dict[int, int] = {}
        self._tapes: dict[int, int] = {}
        self._ops: dict[int, int] = {}

    def tell(self, depth: int) -> None:
        """Writes the events in their order."""
        for event in self._body.events:
            kind = _type(event)
            if kind is BodyOp:
                self._op(event, depth)  # type: ignore[arg-type]
            elif kind is BodyCall:
                self._call(event)  # type: ignore[arg-type]
            elif kind is TapeEvent:
                self._event(event)  # type: ignore[arg-type]
            else:
                self._scene.put(self._numbered_anew(event))

    def _numbered_anew(self, event: Any) -> Any:
        """An operation that ran while a body was traced got its number before those told in between."""
        log = self._scene.log
        if _type(event) is Op:
            self._ops[event.index] = log.ops
            return replace(event, index=log.ops, at=log.tick())
        if _type(event) is Tensor and event.op in self._ops:
            return replace(event, op=self._ops[event.op], at=log.tick())
        return event

    def _id(self, inner: int) -> int:
        found = self._ids.get(inner)
        if found is None:
            tensor = self._given.get(inner)
            found = self._ids[inner] = self._scene.new_id() if tensor is None else tensor._id
        return found

    def _tape(self, tape: int) -> int:
        """A tape made inside is another tape in each run."""
        if not self._body.runs or tape in self._body.outside:
            return tape
        if tape not in self._tapes:
            self._tapes[tape] = self._scene.tapes
            self._scene.tapes += 1
        return self._tapes[tape]

    def _number(self, call: int | None) -> int | None:
        if call is None:
            return None
        if call not in self._calls:
            self._calls[call] = call if not self._body.runs else self._scene.next_call()
        return self._calls[call]

    def _op(self, op: BodyOp, depth: int) -> None:
        scene = self._scene
        if op.inner is not None and depth < DEEPEST:
            self._inner(op, depth)
            return
        if op.type == "Const":
            self._made(op, "constant", None)
            return
        inputs = [self._id(inner) for inner in op.inputs]
        read = op.type == "ReadVariableOp" and inputs[0] in self._operations.variables
        outputs = tuple(self._id(inner) for inner, _, _ in op.outputs)
        call = self._number(op.call)
        tapes = (*self._around, *map(self._tape, op.tapes))
        index, at = scene.log.ops, scene.log.tick()
        line, outer = op.place[0], self._outer or op.place[1]
        if not scene.put(
            Op(index, op.type, tuple(inputs), outputs, line, outer, at, tapes, scene.paused, call, graph=True)
        ):
            return
        if op.type == OWN_GRADIENT:  # what it gives has been made by an operation before it
            return
        self._made(op, "read" if read else "op" if call is None else "gradient", index)
        if read:
            scene.put(Read(inputs[0], outputs[0], line, scene.log.clock))
        elif op.type in ASSIGNS and inputs[0] in self._operations.variables:
            variable = self._operations.variables[inputs[0]]
            value = self._operations.reader.variable_value(variable)
            scene.put(
                Assign(inputs[0], ASSIGNS[op.type], inputs[1], value, line, outer, scene.log.tick(), tapes)
            )

    def _made(self, op: BodyOp, made: str, index: int | None) -> None:
        scene = self._scene
        line, outer = op.place[0], self._outer or op.place[1]
        for inner, dtype, shape in op.outputs:
            tensor = self._given.get(inner)
            if tensor is not None:
                self._operations.tensor(tensor, made, index, (line, outer))
                scene.touched.add(tensor._id)
                continue
            identity = self._id(inner)
            if identity not in scene.log.known:
                at = scene.log.tick()
                scene.put(Tensor(identity, dtype, shape, made, index, line, outer, at, op.value, op.creation))

    def _inner(self, op: BodyOp, depth: int) -> None:
        """The body of a function called inside, with this call's inputs and outputs."""
        body = op.inner
        assert body is not None
        ids = {held._id: self._id(inner) for held, inner in zip(body.graph.inputs, op.inputs, strict=False)}
        for held, (inner, _, _) in zip(body.graph.outputs, op.outputs, strict=False):
            ids.setdefault(held._id, self._id(inner))
        given = {
            held._id: self._given[inner]
            for held, (inner, _, _) in zip(body.graph.outputs, op.outputs, strict=False)
            if inner in self._given
        }
        around = (*self._around, *map(self._tape, op.tapes))
        Telling(self._operations, body, ids, given, around, self._outer).tell(depth + 1)
        body.runs += 1

    def _event(self, event: TapeEvent) -> None:
        at = self._scene.log.tick()
        ref = None if event.ref is None else self._ref(event.ref)
        outer = self._outer or event.outer
        self._scene.put(replace(event, tape=self._tape(event.tape), at=at, ref=ref, outer=outer))

    def _call(self, call: BodyCall) -> None:
        scene, record = self._scene, call.record
        hits: list[list[Value | None]] = [[None] * len(call.leaves)]
        if call.tapped:
            if call.hits:
                hits, call.hits = call.hits, []
            elif scene.sink is None and self._body.runs:
                return
        inside = tuple(tape for tape in record.within if tape not in self._body.outside)
        for place, hit in enumerate(hits):
            values = {identity: value for identity, value in zip(call.leaves, hit, strict=True) if value}
            index = scene.next_call() if place else self._number(record.index) or 0
            at = scene.log.tick()
            scene.put(
                replace(
                    record,
                    index=index,
                    tape=self._tape(record.tape),
                    target=self._ref(record.target, values),
                    sources=self._ref(record.sources, values),
                    result=None if record.result is None else self._ref(record.result, values),
                    at=at,
                    done=scene.log.tick(),
                    outer=self._outer or record.outer,
                    within=(*self._around, *map(self._tape, inside)),
                )
            )
        scene.log.flush()

    def _ref(self, ref: Ref, values: dict[int, Value] | None = None) -> Ref:
        """A ref of symbolic tensors as one of this run's tensors, with their values where a tap gave them."""
        if ref.items:
            return replace(ref, items=tuple(self._ref(item, values) for item in ref.items))
        if ref.id is None:
            return ref
        value = (values or {}).get(ref.id, ref.value)
        if ref.kind == "variable":
            held = self._body.first.get(ref.id)
            return replace(ref, value=value, id=ref.id if held is None else self._ids.get(held, ref.id))
        return replace(ref, id=self._id(ref.id), value=value)
