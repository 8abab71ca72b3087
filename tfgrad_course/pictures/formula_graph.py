"""The graph of a stated function at a point: each operation run on a tape of its own for its value and local slopes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from tfgrad_course.maths.evaluate import constant, evaluate, meant
from tfgrad_course.maths.functions import COMPARISONS, WORDS
from tfgrad_course.maths.text import symbol, unicode_node, unicode_text
from tfgrad_course.maths.tree import Apply, Function, Index, List, Name, Node, is_constant, with_children
from tfgrad_course.pictures.graph import Box, Edge, Graph, shown_number, shown_value
from tfgrad_course.pictures.paths import reaching

_OPERATIONS = {
    "add": "Add", "subtract": "Sub", "multiply": "Mul", "divide": "Div", "power": "Pow", "negative": "Neg",
    "matmul": "MatMul", "less": "Less", "less_equal": "LessEqual", "greater": "Greater",
    "greater_equal": "GreaterEqual", "equal": "Equal", "not_equal": "NotEqual",
}  # fmt: skip
DETAIL = 16


def formula_graph(
    function: Function, point: Mapping[str, Any], tf: Any = None, title: str | None = None
) -> Graph:
    """The operations of a function at a point, run one by one on `tf` (our own tape by default)."""
    if tf is None:
        import tfgrad_course.tf as own

        tf = own
    builder = _Builder(tf)
    for name in function.variables:
        if name in point and name in function.used:
            builder.variable(name, point[name])
    for line in function.lines:
        builder.named[line.name] = builder.node(line.value, line.name)
    last = builder.node(function.result, function.name)
    boxes = list(builder.boxes)
    if not boxes:
        boxes = [Box(last, function.name, unicode_node(function.result), "constant")]
    boxes = [replace(b, kind="target") if b.id == last and b.kind == "op" else b for b in boxes]
    sources = tuple(b.id for b in boxes if b.kind == "variable")
    graph = Graph(tuple(boxes), tuple(builder.edges), last, sources, _title(function, title))
    return marked(graph)


def _title(function: Function, title: str | None) -> str:
    return unicode_text(function).replace("\n", ",  ") if title is None else title


def marked(graph: Graph) -> Graph:
    """The graph with the edges between sources and target marked as on the path."""
    if graph.target not in graph.by_id:
        return graph
    towards = reaching(graph, graph.target)
    live = set(graph.sources)
    for name in graph.order:
        if name in live:
            live.update(edge.end for edge in graph.out_of[name] if not edge.control)
    edges = tuple(
        replace(e, on_path=not e.control and e.start in live and e.end in towards) for e in graph.edges
    )
    return replace(graph, edges=edges)


@dataclass
class _Builder:
    """Boxes and edges as they are met, and the tensor behind each box."""

    tf: Any
    boxes: list[Box] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)

    def variable(self, name: str, value: Any) -> None:
        given = constant(value) if isinstance(value, str) else np.array(_plain(value), dtype=np.float64)
        tensor = self.tf.constant(given, dtype=self.tf.float64)
        self.values[name] = tensor
        self.named[name] = name
        self.boxes.append(Box(name, symbol(name), _shown(tensor), "variable"))

    def node(self, node: Node, name: str = "") -> str:
        """The id of the box for a node; a name that stands for another line gives that line's box."""
        if isinstance(node, Name):
            return self.named[node.name]
        if is_constant(node):
            return self._constant(node, name)
        if isinstance(node, Apply) and _vectorless(node) and not _by_itself(node):
            return self.node(meant(node), name)
        below = list(_children(node))
        inputs: list[str] = []
        given: list[Node] = []
        for child in below:
            if is_constant(child):
                given.append(child)
            else:
                given.append(Name(f"in{len(inputs)}"))
                inputs.append(self.node(child))
        return self._operation(node, tuple(given), inputs)

    def _constant(self, node: Node, name: str) -> str:
        key = f"c{len(self.boxes)}"
        value = evaluate(Function((), (), node), self.tf, {})
        self.values[key] = value
        self.boxes.append(Box(key, name or unicode_node(node), _shown(value), "constant"))
        return key

    def _operation(self, node: Node, given: tuple[Node, ...], inputs: list[str]) -> str:
        step = with_children(node, given)
        names = [f"in{index}" for index in range(len(inputs))]
        tensors = [self.values[name] for name in inputs]
        # numbers first: the first value says which dtype constants get
        ordered = sorted(zip(names, tensors, strict=True), key=lambda pair: not _floating(pair[1]))
        with self.tf.GradientTape(persistent=True) as tape:
            for tensor in tensors:
                if _floating(tensor):
                    tape.watch(tensor)
            fresh = {name: self.tf.identity(tensor) for name, tensor in ordered}
            result = _evaluated(self.tf, step, names, fresh)
        key = f"n{len(self.boxes)}"
        self.values[key] = result
        self.boxes.append(Box(key, operation_of(node), _shown(result), "op", _detail(node), node.line))
        for name, start in zip(names, inputs, strict=True):
            edge = Edge(start, key, _shown(self.values[start]))
            if not _floating(result) or not _floating(fresh[name]):
                self.edges.append(replace(edge, control=True))
                continue
            gradient = tape.gradient(result, fresh[name])
            self.edges.append(_with_slope(edge, node, np.asarray(result), gradient))
        return key


def _with_slope(edge: Edge, node: Node, result: np.ndarray[Any, Any], gradient: Any) -> Edge:
    """The edge with its local derivative: a number, a vector, or the shape of the matrix it is."""
    if gradient is None:
        return replace(edge, slope="none", broken=True)
    array = np.asarray(gradient)
    if not array.shape and not result.shape:
        return replace(edge, slope=shown_number(float(array)), number=float(array))
    # the tape sums over the entries of the result: that is the derivative only where each entry has its own input
    if not result.shape or (result.shape == array.shape and _entrywise(node)):
        return replace(edge, slope=shown_value(array))
    return replace(edge, slope="×".join(map(str, (*result.shape, *array.shape))) + " matrix")


def _entrywise(node: Node) -> bool:
    if not isinstance(node, Apply) or node.name == "matmul":
        return False
    return node.name not in WORDS or WORDS[node.name].kind in ("elementwise", "where", "fold")


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else constant(value)


def _evaluated(tf: Any, step: Node, names: list[str], fresh: dict[str, Any]) -> Any:
    if isinstance(step, Apply) and step.name in COMPARISONS:
        sides = [
            fresh[side.name] if isinstance(side, Name) else float(_number(side)) for side in step.arguments
        ]
        tensors = [side if hasattr(side, "dtype") else tf.constant(side, dtype=tf.float64) for side in sides]
        return getattr(tf, step.name)(*tensors)
    return evaluate(Function(tuple(names), (), step), tf, fresh)


def _number(node: Node) -> Any:
    return evaluate(Function((), (), node), np, {})


def _children(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Apply):
        return node.arguments
    return node.items if isinstance(node, List) else (node.value,) if isinstance(node, Index) else ()


def _vectorless(node: Apply) -> bool:
    return node.name in WORDS and WORDS[node.name].means is not None


def _by_itself(node: Apply) -> bool:
    """Words that people read as one operation, though TensorFlow has two for them."""
    return node.name in ("log2", "log10", "dot", "cbrt")


def operation_of(node: Node) -> str:
    """The name of a node's operation: TensorFlow's, where there is one."""
    if isinstance(node, List):
        return "Stack"
    if isinstance(node, Index):
        return "Entry"
    if isinstance(node, Apply):
        if node.name == "where":
            return "Where"
        return _OPERATIONS.get(node.name) or WORDS[node.name].op or node.name
    return ""


def _detail(node: Node) -> str:
    shown = unicode_node(node)
    return shown if len(shown) <= DETAIL else ""


def _shown(tensor: Any) -> str:
    return shown_value(np.asarray(tensor))


def _floating(tensor: Any) -> bool:
    return np.asarray(tensor).dtype.kind == "f"
