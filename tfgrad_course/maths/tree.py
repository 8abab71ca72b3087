"""The expression tree behind `function:`: small frozen nodes, each knowing where it stands in the author's text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A number as typed, kept exactly: 0.2 is one fifth."""

    constant: ClassVar[bool] = True
    value: Fraction
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Constant:
    """One of pi, e and tau."""

    constant: ClassVar[bool] = True
    name: str
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, or the name of an earlier line."""

    constant: ClassVar[bool] = False
    name: str
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Apply:
    """An operator or function applied to its arguments; operators go by name (add, power, less, ...)."""

    name: str
    arguments: tuple[Node, ...]
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)
    constant: bool = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "constant", all(argument.constant for argument in self.arguments))


@dataclass(frozen=True, slots=True)
class List:
    """A vector, or a matrix as a list of rows."""

    items: tuple[Node, ...]
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)
    constant: bool = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "constant", all(item.constant for item in self.items))


@dataclass(frozen=True, slots=True)
class Index:
    """One entry of a vector or matrix: v[0], m[1, 2]; counted from 0, or from the end with a minus."""

    value: Node
    indices: tuple[int, ...]
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)
    constant: bool = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "constant", self.value.constant)


Node: TypeAlias = "Number | Constant | Name | Apply | List | Index"


@dataclass(frozen=True, slots=True)
class Assign:
    """A line that names an intermediate value."""

    name: str
    value: Node
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Function:
    """A function as an author states it: its variables, intermediate lines and result."""

    variables: tuple[str, ...]
    lines: tuple[Assign, ...]
    result: Node
    name: str = "y"
    text: str = field(default="", compare=False)

    def inlined(self) -> Node:
        """The result with every intermediate line written out."""
        known: dict[str, Node] = {}
        for line in self.lines:
            known[line.name] = substitute(line.value, known)
        return substitute(self.result, known)

    def nodes(self) -> Iterator[Node]:
        """Every node of every line, the result's last."""
        for line in self.lines:
            yield from walk(line.value)
        yield from walk(self.result)

    @property
    def used(self) -> frozenset[str]:
        """The variables that occur in the text."""
        seen = {node.name for node in self.nodes() if isinstance(node, Name)}
        return frozenset(name for name in self.variables if name in seen)


class MathsError(ValueError):
    """What is wrong with a formula, where (1-based, in characters) and what to write instead."""

    def __init__(self, message: str, line: int = 1, column: int = 1, hint: str = "") -> None:
        self.message, self.line, self.column, self.hint = message, line, column, hint
        super().__init__(message, line, column, hint)

    def __str__(self) -> str:
        where = f"line {self.line}, column {self.column}: {self.message}"
        return f"{where}; {self.hint}" if self.hint else where


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below a node."""
    if isinstance(node, Apply):
        return node.arguments
    if isinstance(node, List):
        return node.items
    return (node.value,) if isinstance(node, Index) else ()


def with_children(node: Node, below: tuple[Node, ...]) -> Node:
    """The same node with other nodes below it."""
    if isinstance(node, Apply):
        return replace(node, arguments=below)
    if isinstance(node, List):
        return replace(node, items=below)
    return replace(node, value=below[0]) if isinstance(node, Index) else node


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, in reading order of the tree."""
    yield node
    for below in children(node):
        yield from walk(below)


def rewrite(node: Node, change: Callable[[Node], Node]) -> Node:
    """The tree with `change` applied to every node, from the leaves up."""
    below = children(node)
    if below:
        new = tuple(rewrite(child, change) for child in below)
        if any(a is not b for a, b in zip(new, below, strict=True)):
            node = with_children(node, new)
    return change(node)


def substitute(node: Node, known: Mapping[str, Node]) -> Node:
    """The tree with names replaced by what is known of them."""
    if not known:
        return node
    return rewrite(node, lambda n: known.get(n.name, n) if isinstance(n, Name) else n)


def is_constant(node: Node) -> bool:
    """Whether no variable occurs below (known since the node was made: evaluating asks it of every node)."""
    return node.constant


def number(value: int | Fraction, like: Node | None = None) -> Node:
    """A number as the parser would make it: a negative one is a minus before a positive one."""
    line, column = (like.line, like.column) if like is not None else (0, 0)
    plain = Number(abs(Fraction(value)), line, column)
    return plain if value >= 0 else Apply("negative", (plain,), line, column)


def exact_number(node: Node) -> Fraction | None:
    """The value of a plain number, also with a minus before it or as a fraction of two; else None."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Apply) and node.name == "negative":
        inner = exact_number(node.arguments[0])
        return None if inner is None else -inner
    if isinstance(node, Apply) and node.name == "divide":
        top, bottom = (exact_number(argument) for argument in node.arguments)
        return top / bottom if top is not None and bottom else None
    return None


_TIGHTNESS = {"add": 1, "subtract": 1, "multiply": 2, "divide": 2, "matmul": 2, "negative": 3, "power": 4}


def tightness(node: Node) -> int:
    """How strongly a node holds together when written out: comparison 0, sum 1, product 2, minus 3, power 4, else 5."""
    if isinstance(node, Apply):
        return _TIGHTNESS.get(node.name, 0 if node.name in _COMPARED else 5)
    return 5


_COMPARED = ("less", "less_equal", "greater", "greater_equal", "equal", "not_equal")


def number_text(value: Fraction) -> str:
    """A number as one would type it."""
    if value.denominator == 1 and abs(value) < 10**16:
        return str(value.numerator)
    return re.sub(r"e([+-]?)0*(\d)", lambda m: f"e{m[1].strip('+')}{m[2]}", repr(float(value)))


def split_name(name: str) -> tuple[str, tuple[str, ...]]:
    """A name without the numbers at its end, and these: x1 is x with 1, m_0_2 is m with 0 and 2."""
    found = re.fullmatch(r"(.*?[^\d_])_?(\d+(?:_\d+)*)", name)
    return (found[1], tuple(found[2].split("_"))) if found else (name, ())
