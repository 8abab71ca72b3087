"""A function written as code: in the language itself, and as the TensorFlow a learner would write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tfgrad_course.maths.evaluate import meant
from tfgrad_course.maths.functions import COMPARISONS, OPERATORS, WORDS
from tfgrad_course.maths.shapes import Shape, shape_of
from tfgrad_course.maths.tree import (
    Apply,
    Constant,
    Function,
    Index,
    List,
    Name,
    Node,
    Number,
    is_constant,
    number_text,
    tightness,
)


@dataclass(frozen=True, slots=True)
class Source:
    """Python code: intermediate lines, the expression of the result, the modules to import besides TensorFlow."""

    lines: tuple[str, ...]
    expression: str
    imports: tuple[str, ...]

    def code(self, name: str = "y", indent: str = "") -> str:
        """All lines, the last one giving the result its name."""
        return "\n".join(indent + line for line in (*self.lines, f"{name} = {self.expression}"))


def plain_text(function: Function) -> str:
    """The function in its own language; reading this text again gives the same tree."""
    speller = _Plain()
    lines = [f"{line.name} = {speller.spell(line.value)}" for line in function.lines]
    result = speller.spell(function.result)
    return "\n".join([*lines, f"{function.name} = {result}"]) if lines else result


def node_text(node: Node) -> str:
    """One part of a function in the language itself."""
    return _Plain().spell(node)


def python_source(
    function: Function,
    tf_name: str = "tf",
    shapes: Mapping[str, Shape] | None = None,
    dtype: str | None = None,
) -> Source:
    """The function as idiomatic TensorFlow; `dtype` ("float64") is added where the code makes a constant tensor."""
    speller = _Python(tf_name, dict.fromkeys(function.variables, ()) | dict(shapes or {}), dtype)
    lines = []
    for line in function.lines:
        lines.append(f"{line.name} = {speller.spell(line.value)}")
        speller.note(line.name, line.value)
    result = function.result
    expression = speller.tensor(result) if speller.is_number(result) else speller.spell(result)
    return Source(tuple(lines), expression, ("math",) if speller.math else ())


class _Plain:
    """Writes a tree in the language of `function:`, with brackets only where they are needed."""

    def spell(self, node: Node) -> str:
        if isinstance(node, Number):
            return number_text(node.value)
        if isinstance(node, Constant):
            return self.constant(node.name)
        if isinstance(node, Name):
            return node.name
        if isinstance(node, Index):
            return f"{self.within(node.value, 5)}[{', '.join(map(str, node.indices))}]"
        if isinstance(node, List):
            return self.list(node)
        if node.name == "negative":
            return "-" + self.within(node.arguments[0], 3)
        if node.name in OPERATORS and len(node.arguments) == 2 and self.infix(node):
            return self.operator(node)
        return self.call(node)

    def within(self, node: Node, needed: int) -> str:
        """The node as part of something that binds with strength `needed`."""
        shown = self.spell(node)
        return shown if tightness(node) >= needed else f"({shown})"

    def infix(self, node: Apply) -> bool:
        return True

    def constant(self, name: str) -> str:
        return name

    def list(self, node: List) -> str:
        return "[" + ", ".join(self.spell(item) for item in node.items) + "]"

    def operator(self, node: Apply) -> str:
        left, right = node.arguments
        if node.name == "power":
            exponent = self.within(right, 4 if _signed(right) is None else 3)
            hugged = _simple(left) and _simple(right)
            return f"{self.within(left, 5)}{'**' if hugged else ' ** '}{exponent}"
        strength = tightness(node)
        sign = OPERATORS[node.name]
        # a minus in front of a right operand reads as a slip of the finger: x - (-3)
        least = 4 if isinstance(right, Apply) and right.name == "negative" else strength + 1
        if node.name in COMPARISONS:
            return f"{self.within(left, 1)} {sign} {self.within(right, 1)}"
        return f"{self.within(left, strength)} {sign} {self.within(right, least)}"

    def call(self, node: Apply) -> str:
        return f"{node.name}({', '.join(self.spell(argument) for argument in node.arguments)})"


class _Open(_Plain):
    """Writes a tree with the brackets around one node left out."""

    def __init__(self, bare: Node) -> None:
        self.bare = bare

    def within(self, node: Node, needed: int) -> str:
        return self.spell(node) if node is self.bare else super().within(node, needed)


def text_without_brackets(function: Function, bare: Node) -> str:
    """The function in its own language, but without the brackets around one of its nodes."""
    speller = _Open(bare)
    lines = [f"{line.name} = {speller.spell(line.value)}" for line in function.lines]
    return "\n".join([*lines, speller.spell(function.result)])


def bracketed(parent: Apply, index: int, node: Node) -> bool:
    """Whether writing the parent out puts brackets around its index-th argument."""
    if parent.name not in OPERATORS or tightness(node) == 5:
        return False
    shown = _Plain().spell(parent)
    return shown != _Open(parent.arguments[index]).spell(parent)


class _Python(_Plain):
    """Writes a tree as TensorFlow code; what has no variable in it becomes plain Python with `math`."""

    def __init__(self, tf: str, shapes: dict[str, Shape], dtype: str | None) -> None:
        self.tf, self.shapes, self.dtype = tf, shapes, dtype
        self.numbers: set[str] = set()
        self.math = False

    def note(self, name: str, value: Node) -> None:
        self.shapes[name] = shape_of(value, self.shapes)
        if self.is_number(value):
            self.numbers.add(name)
        else:
            self.numbers.discard(name)

    def is_number(self, node: Node) -> bool:
        """Whether the code written for it is a Python number."""
        if isinstance(node, List) or (isinstance(node, Apply) and not self._python_can(node)):
            return False
        if isinstance(node, Name):
            return node.name in self.numbers
        if isinstance(node, Apply):
            return all(self.is_number(argument) for argument in node.arguments)
        return not isinstance(node, Index)

    @staticmethod
    def _python_can(node: Apply) -> bool:
        if node.name in WORDS and node.name != "matmul":
            word = WORDS[node.name]
            return (
                bool(word.math) or word.means is not None or (word.kind == "fold" and len(node.arguments) > 1)
            )
        return node.name in OPERATORS and node.name != "matmul"

    def constant(self, name: str) -> str:
        self.math = True
        return f"math.{name}"

    def infix(self, node: Apply) -> bool:
        return node.name != "matmul"

    def tensor(self, node: Node) -> str:
        """A node as an argument that must be a tensor or a float."""
        if not self.is_number(node):
            return self.spell(node)
        return f"{self.tf}.constant({self.decimal(node)}{self._suffix()})"

    def decimal(self, node: Node) -> str:
        """A number with a point, so that TensorFlow does not make an integer of it."""
        shown = self.spell(node)
        whole = shown.lstrip("-").isdigit()
        return f"{shown}.0" if whole else shown if not self._whole(node) else f"float({shown})"

    @staticmethod
    def _whole(node: Node) -> bool:
        """Whether Python would compute an int."""
        if isinstance(node, Number):
            return node.value.denominator == 1
        if isinstance(node, Apply):
            return node.name in (
                "add",
                "subtract",
                "multiply",
                "power",
                "negative",
                "floor",
                "ceil",
                "max",
                "min",
            ) and all(_Python._whole(argument) for argument in node.arguments)
        return isinstance(node, Name)

    def _suffix(self) -> str:
        return f", dtype={self.tf}.{self.dtype}" if self.dtype else ""

    def argument(self, node: Node) -> str:
        return self.decimal(node) if self.is_number(node) else self.spell(node)

    def list(self, node: List) -> str:
        if is_constant(node):
            return f"{self.tf}.constant({self._entries(node)}{self._suffix()})"
        return f"{self.tf}.stack([{', '.join(self.argument(item) for item in node.items)}])"

    def _entries(self, node: Node) -> str:
        if isinstance(node, List):
            return "[" + ", ".join(self._entries(item) for item in node.items) + "]"
        return self.decimal(node)

    def call(self, node: Apply) -> str:
        expanded = meant(node)
        if expanded is not node:
            shown = self.spell(expanded)
            # the words of one name become an operator: it may need brackets where it stands
            return shown
        if self.is_number(node):
            return self._python_call(node)
        if node.name == "matmul":
            return self._matmul(node)
        word = WORDS[node.name]
        if node.name == "where":
            return self._where(node)
        if word.kind == "fold" and len(node.arguments) == 1:
            return f"{self.tf}.reduce_{node.name}({self.spell(node.arguments[0])})"
        if word.kind == "fold":
            shown = self.argument(node.arguments[0])
            for argument in node.arguments[1:]:
                shown = f"{self.tf}.{word.tf}({shown}, {self.argument(argument)})"
            return shown
        return f"{self.tf}.{word.tf}({', '.join(self.argument(argument) for argument in node.arguments)})"

    def within(self, node: Node, needed: int) -> str:
        return super().within(meant(node) if isinstance(node, Apply) else node, needed)

    def _python_call(self, node: Apply) -> str:
        shown = ", ".join(self.spell(argument) for argument in node.arguments)
        word = WORDS[node.name]
        if word.kind == "fold":
            return f"{node.name}({shown})"
        if node.name == "abs":
            return f"abs({shown})"
        self.math = True
        return f"math.{word.math}({shown})"

    def _where(self, node: Apply) -> str:
        condition, yes, no = node.arguments
        assert isinstance(condition, Apply)
        # `==` on tensors compares entries, on two numbers it would be decided before TensorFlow sees it
        left, right = condition.arguments
        if self.is_number(left) and self.is_number(right):
            shown = f"{self.tf}.{condition.name}({self.decimal(left)}, {self.decimal(right)})"
        else:
            shown = self.operator(condition)
        first = self.tensor(yes) if self.is_number(no) else self.argument(yes)
        return f"{self.tf}.where({shown}, {first}, {self.argument(no)})"

    def _matmul(self, node: Apply) -> str:
        left, right = node.arguments
        ranks = len(shape_of(left, self.shapes)), len(shape_of(right, self.shapes))
        if ranks == (1, 1):
            return f"{self.tf}.reduce_sum({self.within(left, 2)} * {self.within(right, 3)})"
        if ranks == (2, 1):
            return f"{self.tf}.linalg.matvec({self.spell(left)}, {self.spell(right)})"
        if ranks == (1, 2):
            return f"{self.tf}.linalg.matvec({self.spell(right)}, {self.spell(left)}, transpose_a=True)"
        return f"{self.tf}.matmul({self.spell(left)}, {self.spell(right)})"


def _signed(node: Node) -> str | None:
    return node.name if isinstance(node, Apply) and node.name == "negative" else None


def _simple(node: Node) -> bool:
    """Operands that stand next to ** without blanks, as formatters write them."""
    if isinstance(node, Apply) and node.name == "negative":
        return isinstance(node.arguments[0], (Number, Name, Constant))
    return isinstance(node, (Number, Name, Constant))
