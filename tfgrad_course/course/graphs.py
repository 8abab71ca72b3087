"""The computational graph of a stated function, read off its tree: nodes, paths, order, independence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tfgrad_course.maths.tree import Apply, Function, Index, List, Name, Node

OPERATIONS = {
    "add": "Add", "subtract": "Sub", "multiply": "Mul", "divide": "Div", "power": "Pow", "matmul": "MatMul",
    "negative": "Neg", "less": "Less", "less_equal": "LessEqual", "greater": "Greater",
    "greater_equal": "GreaterEqual", "equal": "Equal", "not_equal": "NotEqual",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One node: its operation's name, the indices of the nodes and the names of the variables it takes."""

    operation: str
    nodes: tuple[int, ...]
    variables: tuple[str, ...]
    name: str = ""
    tree: Node | None = None


@dataclass(frozen=True)
class Graph:
    """The operations of a function in an order of evaluation; the last one is the result."""

    steps: tuple[Step, ...]

    @cached_property
    def above(self) -> tuple[frozenset[int], ...]:
        """For each node, all nodes that it needs."""
        made: list[frozenset[int]] = []
        for step in self.steps:
            made.append(frozenset(step.nodes).union(*(made[n] for n in step.nodes)))
        return tuple(made)

    def paths(self, variable: str) -> int:
        """The number of paths from a variable to the result; an edge for each place it is used in."""
        counts: list[int] = []
        for step in self.steps:
            counts.append(step.variables.count(variable) + sum(counts[n] for n in step.nodes))
        return counts[-1] if counts else 0

    def independent(self) -> list[tuple[int, int]]:
        """Pairs of nodes of which neither needs the other: they can run at the same time."""
        pairs = [(a, b) for b in range(len(self.steps)) for a in range(b)]
        return [(a, b) for a, b in pairs if a not in self.above[b]]

    def find(self, name: str) -> int | None:
        """A node by the name of its step, else by its operation if only one has it."""
        named = [n for n, step in enumerate(self.steps) if step.name == name]
        same = [n for n, step in enumerate(self.steps) if step.operation.lower() == name.lower()]
        return named[-1] if named else same[0] if len(same) == 1 else None


def graph_of(function: Function) -> Graph:
    """The graph of a function as TensorFlow would record it: a named step is one node however often it is used."""
    steps: list[Step] = []
    known: dict[str, int | None] = {}

    def visit(node: Node, name: str = "") -> int | None:
        if isinstance(node, Name):
            return known.get(node.name)
        if isinstance(node, Apply):
            operation, below = operation_of(node.name), node.arguments
        elif isinstance(node, Index):
            operation, below = "StridedSlice", (node.value,)
        elif isinstance(node, List) and any(True for item in node.items if not _plain(item)):
            operation, below = "Pack", node.items
        else:
            return None
        nodes = [visit(argument) for argument in below]
        names = [a.name for a in below if isinstance(a, Name) and a.name not in known]
        steps.append(Step(operation, tuple(n for n in nodes if n is not None), tuple(names), name, node))
        return len(steps) - 1

    for line in function.lines:
        known[line.name] = visit(line.value, line.name)
    visit(function.result, function.name)
    return Graph(tuple(steps))


def operation_of(word: str) -> str:
    """The operation a word or operator of the language stands for, as course and TensorFlow name it: Mul, Sin."""
    from tfgrad_course.maths.functions import WORDS

    if word in OPERATIONS:
        return OPERATIONS[word]
    row = WORDS.get(word)
    return (row.op if row is not None and row.op else word.capitalize()) or word


def _plain(node: Node) -> bool:
    from tfgrad_course.maths.tree import is_constant

    return is_constant(node)
