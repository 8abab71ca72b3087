"""The computational graph as a learner's program recorded it, with the place where the way to the source is cut."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from graders.departing import WORDS, Departure, departures
from graders.evidence import Call, Op, Recording, Ref, Tensor, Value
from graders.path import Flow, leaves
from graders.submission import Cell
from graders.texts.shell import phrase
from tfgrad_course.pictures.formula_graph import marked
from tfgrad_course.pictures.graph import Box, Edge, Graph, shown_number

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

# Copies and reads that only carry a tensor along say nothing to a learner.
_SILENT = frozenset(("Identity", "ReadVariableOp"))
_WHY = {
    "outside": "not recorded",
    "paused": "recording paused",
    "reset": "forgotten by reset",
    "integer": "whole numbers",
    "staircase": "no derivative",
    "stopped": "stop_gradient",
}
MOST_OPS = 2000
# The slope of an operation by each of its inputs, from the scalars that went in (x, y) and came out (z).
_SLOPES: dict[str, tuple[Callable[[float, float, float], float], ...]] = {
    "AddV2": (lambda x, y, z: 1.0, lambda x, y, z: 1.0),
    "Add": (lambda x, y, z: 1.0, lambda x, y, z: 1.0),
    "Sub": (lambda x, y, z: 1.0, lambda x, y, z: -1.0),
    "Mul": (lambda x, y, z: y, lambda x, y, z: x),
    "RealDiv": (lambda x, y, z: 1 / y, lambda x, y, z: -x / y**2),
    "Pow": (lambda x, y, z: y * x ** (y - 1), lambda x, y, z: z * math.log(x)),
    "Neg": (lambda x, y, z: -1.0,),
    "Square": (lambda x, y, z: 2 * x,),
    "Sqrt": (lambda x, y, z: 0.5 / z,),
    "Exp": (lambda x, y, z: z,),
    "Log": (lambda x, y, z: 1 / x,),
    "Log1p": (lambda x, y, z: 1 / (1 + x),),
    "Sin": (lambda x, y, z: math.cos(x),),
    "Cos": (lambda x, y, z: -math.sin(x),),
    "Tan": (lambda x, y, z: 1 + z * z,),
    "Tanh": (lambda x, y, z: 1 - z * z,),
    "Sigmoid": (lambda x, y, z: z * (1 - z),),
    "Reciprocal": (lambda x, y, z: -z * z,),
    "Abs": (lambda x, y, z: math.copysign(1.0, x),),
}


def recorded_graph(
    recording: Recording,
    call: Call | None,
    title: str = "",
    exercise: Exercise | None = None,
    compared: Call | None = None,
    language: str = "en",
    cells: Sequence[Cell] = (),
) -> Graph | None:
    """The graph behind a gradient call (behind everything recorded, if there is none); None if there is nothing.

    With an exercise, what departs from its function is marked, as far as the call `compared` has it for its target;
    `cells` are those of a notebook, by which a place is then told.
    """
    flow = Flow(recording)
    targets = leaves(call.target) if call else ()
    ends = [tensor for target in targets for tensor in flow.standing(target)]
    if call is None:
        ends = [tensor for op in recording.ops[-1:] for tensor in op.outputs]
    tensors, ops = flow.ancestry(ends)
    if not ops or len(ops) > MOST_OPS or sum(len(op.inputs) for op in ops) > 8 * MOST_OPS:
        return None
    graph = _Drawing(flow, call, tensors, ops, language, cells)
    departed = departures(exercise, flow, compared) if exercise is not None and compared is not None else ()
    return graph.graph(ends, title, departed)


class _Drawing:
    """One graph while it is drawn."""

    def __init__(
        self,
        flow: Flow,
        call: Call | None,
        tensors: Iterable[int],
        ops: tuple[Op, ...],
        language: str,
        cells: Sequence[Cell],
    ) -> None:
        self._cells = cells
        self._flow = flow
        self._language = language
        self._call = call
        self._ops = ops
        self._tensors = frozenset(tensors)
        self._names = _names(flow.recording)
        self._boxes: dict[str, Box] = {}
        self._edges: dict[tuple[str, str, int], Edge] = {}
        self._derived: frozenset[int] = frozenset().union(*(flow.made_from(one) for one in self._asked()))
        self._sources = self._source_boxes()

    def graph(self, ends: list[int], title: str, departed: tuple[Departure, ...]) -> Graph | None:
        cuts = self._cuts()
        for op in self._ops:
            if op.type not in _SILENT:
                why = cuts.get(op.index, "")
                value = _shown(self._value(op.outputs[0])) if op.outputs else ""
                kind = "broken" if why else "op"
                self._boxes[f"o{op.index}"] = Box(f"o{op.index}", op.type, value, kind, why, op.line)
        for op in self._ops:
            if op.type not in _SILENT:
                for place, tensor in enumerate(op.inputs):
                    self._edge(tensor, op, place, broken=op.index in cuts and tensor in self._derived)
        target = next((name for end in ends if (name := self._box_of(end)) in self._boxes), "")
        if target in self._boxes and self._boxes[target].kind == "op":
            one = self._boxes[target]
            self._boxes[target] = Box(one.id, one.label, one.value, "target", one.detail, one.line)
        sources = tuple(name for name in self._sources if name in self._boxes)
        if not self._boxes:
            return None
        note = "\n".join(self._departs(one) for one in departed if self._box_of(one.tensor) in self._boxes)
        boxes, edges = tuple(self._boxes.values()), tuple(self._edges.values())
        return marked(Graph(boxes, edges, target, sources, title, note))

    def _departs(self, departure: Departure) -> str:
        """Mark the box where the exercise's function is left, and say how."""
        box = self._boxes[self._box_of(departure.tensor)]
        says = phrase(WORDS[departure.why], self._language)
        if box.kind != "broken":
            self._boxes[box.id] = replace(box, kind="differs", detail="")
        named = f"{box.label} = {box.value}" if box.value else box.label
        return f"≠ {named}{self._place(box.line)}: {says}"

    def _place(self, line: int) -> str:
        """A line of the program in words; in a notebook, the cell and the line within it."""
        if not line:
            return ""
        cell = next((one for one in self._cells if one.first <= line <= one.last), None)
        if cell is None:
            return phrase(" (line {line})", self._language, line=line)
        return phrase(
            " (cell {cell}, line {line})", self._language, cell=cell.number, line=line - cell.first + 1
        )

    def _asked(self) -> tuple[Ref, ...]:
        return leaves(self._call.sources) if self._call else ()

    def _unfollowed(self) -> bool:
        """Whether the tape gave None though nothing on the way stopped it: it never followed the source."""
        if self._call is None or self._call.result is None or self._cuts():
            return False
        return any(one.kind == "none" for one in leaves(self._call.result))

    def _cuts(self) -> dict[int, str]:
        """The ops that cut the way from target to source, and why in two words."""
        if self._call is None:
            return {}
        found = {}
        for source in self._asked():
            for cut in self._flow.breaks(self._call, source, self._call.target):
                found[cut.op.index] = phrase(_WHY.get(cut.why, cut.why), self._language)
        return found

    def _source_boxes(self) -> list[str]:
        """The boxes that the call differentiates by, drawn even when no way leads to them."""
        if self._call is None:
            return [f"v{variable.id}" for variable in self._flow.variables_in(_all(self._tensors))]
        names = []
        kind, says = (
            ("broken", phrase("not followed", self._language)) if self._unfollowed() else ("variable", "")
        )
        for source in self._asked():
            name = f"v{source.id}" if source.kind == "variable" else f"t{source.id}"
            producer = self._flow.producer.get(source.id or -1)
            if source.kind != "variable" and producer is not None:
                name = f"o{producer.index}"
            elif source.id is not None:
                said = self._names.get(source.id, "source")
                self._boxes[name] = Box(name, said, _shown(source.value), kind, says, 0)
            names.append(name)
        return names

    def _box_of(self, tensor: int) -> str:
        """The box a tensor comes out of; silent ops are passed through."""
        for _ in range(MOST_OPS):
            variable = self._flow.read_of.get(tensor)
            if variable is not None:
                return f"v{variable}"
            op = self._flow.producer.get(tensor)
            if op is None:
                return f"t{tensor}" if tensor not in self._flow.variables else f"v{tensor}"
            if op.type not in _SILENT or not op.inputs:
                return f"o{op.index}"
            tensor = op.inputs[0]
        return f"t{tensor}"

    def _edge(self, tensor: int, op: Op, place: int, *, broken: bool) -> None:
        start, end = self._box_of(tensor), f"o{op.index}"
        if start not in self._boxes:
            self._leaf(start, tensor)
        value = _shown(self._value(tensor))
        broken = broken or (self._boxes[start].kind == "broken" and start in self._sources)
        number = None if broken or tensor not in self._derived else self._slope(op, place)
        slope = "" if number is None else shown_number(number)
        self._edges.setdefault((start, end, place), Edge(start, end, value, slope, number, broken=broken))

    def _slope(self, op: Op, place: int) -> float | None:
        """The local derivative of an operation on scalars; None where our table or the numbers do not tell."""
        rules = _SLOPES.get(op.type, ())
        if place >= len(rules) or len(op.inputs) != len(rules) or not op.outputs:
            return None
        numbers = [_number(self._value(tensor)) for tensor in (*op.inputs, op.outputs[0])]
        if any(number is None for number in numbers):
            return None
        x, y, z = numbers[0], numbers[1 if len(rules) > 1 else 0], numbers[-1]
        try:
            slope = rules[place](x, y, z)  # type: ignore[arg-type]
        except (ValueError, ArithmeticError):
            return None
        return slope if isinstance(slope, float) and math.isfinite(slope) else None

    def _leaf(self, name: str, tensor: int) -> None:
        """A variable or constant that nothing recorded made."""
        if name.startswith("v"):
            variable = self._flow.variables.get(int(name[1:]))
            said = self._names.get(int(name[1:]), "variable")
            value = _shown(variable.value) if variable else ""
            self._boxes[name] = Box(name, said, value, "variable", "", variable.line if variable else 0)
        else:
            made = self._flow.tensors.get(tensor)
            said = self._names.get(tensor, phrase("constant", self._language))
            value = _shown(self._value(tensor))
            self._boxes[name] = Box(name, said, value, "constant", "", made.line if made else 0)

    def _value(self, tensor: int) -> Value | None:
        found: Tensor | None = self._flow.tensors.get(tensor)
        return found.value if found else None


def _all(tensors: frozenset[int]) -> Ref:
    return Ref("list", "list", items=tuple(Ref("tensor", "tensor", tensor) for tensor in sorted(tensors)))


def _names(recording: Recording) -> Mapping[int, str]:
    """The learner's own names of variables and tensors, by id."""
    return {ref.id: name for name, ref in recording.names if ref.id is not None}


def _number(value: Value | None) -> float | None:
    """A scalar as a float."""
    if value is None or value.shape or len(value.data) != 1:
        return None
    number = value.data[0]
    return float(number) if isinstance(number, (int, float)) else None


def _shown(value: Value | None) -> str:
    """A scalar in few digits, else the shape."""
    if value is None:
        return ""
    if len(value.data) == 1 and isinstance(value.data[0], (int, float)):
        return shown_number(value.data[0])
    return "×".join(map(str, value.shape)) if value.shape else ""


def untold(graph: Graph) -> Graph:
    """The graph without the local derivative of a way that is one step long: it would be the answer itself."""
    edges = tuple(
        replace(edge, slope="", number=None)
        if edge.start in graph.sources and edge.end == graph.target
        else edge
        for edge in graph.edges
    )
    return replace(graph, edges=edges)


def legend(language: str) -> tuple[str, str]:
    """What stands on the edges of a picture, in a language."""
    return phrase("the tensor's value", language), phrase("local derivative", language)


def graph_data(graph: Graph) -> dict[str, Any]:
    """A graph as plain data for a verdict."""
    return asdict(graph)


def graph_of(data: Mapping[str, Any]) -> Graph:
    """A graph from plain data."""
    return Graph(
        tuple(Box(**box) for box in data["boxes"]),
        tuple(Edge(**edge) for edge in data["edges"]),
        data["target"],
        tuple(data["sources"]),
        data["title"],
        data["note"],
    )
