"""Formulas with their numbers masked: two that share this form differ in coefficients, exponents and signs only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from graders.path import Flow

if TYPE_CHECKING:
    from tfgrad_course.maths.tree import Node

NUMBER = "#"
_LONGEST = 4_000
_SAME = ("Identity", "Cast", "StopGradient", "Reshape", "ReadVariableOp", "Squeeze", "ExpandDims")
_NAMES = {"Rsqrt": "sqrt", "Sum": "sum", "Mean": "mean", "SelectV2": "where", "Maximum": "max", "Minimum": "min",
          "EuclideanNorm": "norm", "Softmax": "softmax"}  # fmt: skip


def summed(parts: list[str]) -> str:
    """A sum: its terms in any order, the constant ones once."""
    flat = [p for part in parts for p in (part[4:-1].split("|") if part.startswith("sum{") else [part])]
    plain = sorted(p for p in flat if p != NUMBER)
    if not plain:
        return NUMBER
    if NUMBER in flat:
        plain.append(NUMBER)
    return plain[0] if len(plain) == 1 else "sum{" + "|".join(plain) + "}"


def product(parts: list[str]) -> str:
    """A product: its factors in any order, numbers and exponents left out."""
    flat: list[str] = []
    for part in parts:
        flat += part[5:-1].split("&") if part.startswith("prod{") else [part]
    plain = sorted({part for part in flat if part != NUMBER})
    return "prod{" + "&".join(plain) + "}" if plain else NUMBER


def of_node(node: Node) -> str:
    """The masked form of an exercise's formula."""
    from tfgrad_course.maths import Apply, Constant, Index, List, Name, Number
    from tfgrad_course.maths.evaluate import meant

    if isinstance(node, (Number, Constant)):
        return NUMBER
    if isinstance(node, Name):
        return product([node.name])
    if isinstance(node, Index):
        return product([f"{of_node(node.value)}[{','.join(map(str, node.indices))}]"])
    if isinstance(node, List):
        return "list(" + ",".join(of_node(item) for item in node.items) + ")"
    node = meant(node)
    if not isinstance(node, Apply):
        return of_node(node)
    below = [of_node(argument) for argument in node.arguments]
    if node.name in ("add", "subtract"):
        return summed(below)
    if node.name in ("multiply", "divide"):
        return product([_held(part) for part in below])
    if node.name == "negative":
        return below[0]
    if node.name == "sqrt" or (node.name == "power" and below[1] == NUMBER):
        return product([_held(below[0])])
    return _applied("pow" if node.name == "power" else node.name, below)


def _held(part: str) -> str:
    """A sum within a product stays together."""
    return part.replace("&", ";").replace("|", "!") if part.startswith("sum{") else part


def _applied(name: str, below: list[str]) -> str:
    if all(part == NUMBER for part in below):
        return NUMBER
    inside = ",".join(below).replace("&", ";").replace("|", "!")
    return product([f"{name}({inside})"])


def of_tensor(flow: Flow, tensor: int, slots: Mapping[int, str]) -> str | None:
    """The masked form of what was recorded; None when it is too long or unknown."""
    done: dict[int, str] = dict(slots)
    todo = [tensor]
    while todo:
        at = todo[-1]
        op = flow.producer.get(at)
        if at in done or op is None:
            done.setdefault(at, NUMBER)
            todo.pop()
            continue
        waiting = [item for item in op.inputs if item not in done]
        if waiting:
            todo += waiting
            continue
        made = _of_op(op.type, [done[item] for item in op.inputs])
        if len(made) > _LONGEST or len(done) > _LONGEST:
            return None
        for out in op.outputs:
            done[out] = made
        todo.pop()
    return done[tensor]


def _of_op(name: str, below: list[str]) -> str:
    if name in ("Add", "AddV2", "Sub", "AddN"):
        return summed(below)
    if name in ("Mul", "RealDiv", "Div", "DivNoNan"):
        return product([_held(part) for part in below])
    if name in ("Square", "Sqrt", "Reciprocal", "Rsqrt") or (name == "Pow" and below[1] == NUMBER):
        return product([_held(below[0])])
    if name == "Neg" or name in _SAME:
        return below[0]
    if name in ("Sum", "Mean", "EuclideanNorm"):
        below = below[:1]
    if name == "Pack":
        return "list(" + ",".join(below) + ")"
    return _applied(_NAMES.get(name, name.lower()), below)
