"""Text to tree: a whitelist over Python's grammar, so that a formula is read as Python reads it but never run."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable
from fractions import Fraction

from tfgrad_course.maths import mistakes
from tfgrad_course.maths.functions import COMPARISONS, CONSTANTS, WORDS
from tfgrad_course.maths.python import parsed
from tfgrad_course.maths.tree import (
    Apply,
    Assign,
    Constant,
    Function,
    Index,
    List,
    MathsError,
    Name,
    Node,
    Number,
    walk,
)

MAX_CHARACTERS, MAX_NODES, MAX_DEPTH, MAX_EXPANDED, MAX_LITERAL = 500, 200, 40, 2000, 1e30
RESERVED = ("tf", "np", "math", "numpy", "tensorflow", "tape")

_BINARY = {
    ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide", ast.Pow: "power",
    ast.MatMult: "matmul",
}  # fmt: skip
_COMPARE = {
    ast.Lt: "less", ast.LtE: "less_equal", ast.Gt: "greater", ast.GtE: "greater_equal", ast.Eq: "equal",
    ast.NotEq: "not_equal",
}  # fmt: skip


def parse(text: str, variables: Iterable[str] | None = None) -> Function:
    """Read a formula; with `variables` only these names may occur, without every new name is a variable."""
    return _Reader(text, None if variables is None else tuple(variables)).function()


def _tree(text: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "'int' object is not callable; perhaps you missed a comma?"
            return parsed(text)
    except SyntaxError as error:
        raise mistakes.syntax(error, text) from None
    except (ValueError, RecursionError, MemoryError):
        raise MathsError("the formula cannot be read", 1, 1, "write it in simpler steps") from None


class _Reader:
    """One text on its way to a tree; knows the lines, the names met so far and what is left of the limits."""

    def __init__(self, text: str, variables: tuple[str, ...] | None) -> None:
        self.text = text
        self.open = variables is None
        self.variables: list[str] = [check_name(name) for name in variables or ()]
        self.lines: dict[str, Assign] = {}
        self.nodes = 0

    def function(self) -> Function:
        text = self._prepared()
        self.rows = text.splitlines()
        statements = _tree(text).body
        if not statements:
            raise MathsError("there is no formula", 1, 1, "write one, as in x**2 + 1")
        done: list[Assign] = []
        for statement in statements[:-1]:
            done.append(self._assign(statement))
        last = statements[-1]
        name = ""
        if isinstance(last, ast.Expr):
            result = self._node(last.value, 1)
        else:
            final = self._assign(last)
            name, result = final.name, final.value
        name = name or next((free for free in "yzfw" if free not in self.variables), "result")
        function = Function(tuple(self.variables), tuple(done), result, name, self.text)
        self._expanded(function)
        return function

    def _prepared(self) -> str:
        if not isinstance(self.text, str):
            raise MathsError(
                f"expected a formula, found {type(self.text).__name__}", 1, 1, "write it as text"
            )
        if len(self.text) > MAX_CHARACTERS:
            message = f"the formula has {len(self.text)} characters, at most {MAX_CHARACTERS} are read"
            raise MathsError(message, 1, 1, "write it in fewer or shorter steps")
        if not self.text.strip():
            raise MathsError("there is no formula", 1, 1, "write one, as in x**2 + 1")
        text = "\n".join(self.text.splitlines())
        mistakes.characters(text)
        if "\n" in text.strip("\n"):
            return text
        # one formula may start anywhere on its line; blanks before it must not count as Python's indentation
        start = len(text) - len(text.lstrip())
        return text[:start].replace(" ", "\f").replace("\t", "\f") + text[start:]

    def _at(self, node: ast.AST) -> tuple[int, int]:
        line = getattr(node, "lineno", 1)
        row = self.rows[line - 1].encode()
        return line, len(row[: getattr(node, "col_offset", 0)].decode(errors="ignore")) + 1

    def _refuse(self, node: ast.AST, words: tuple[str, str]) -> MathsError:
        line, column = self._at(node)
        return MathsError(words[0], line, column, words[1])

    def _assign(self, statement: ast.stmt) -> Assign:
        line, column = self._at(statement)
        if isinstance(statement, ast.Expr):
            raise MathsError("this line is not used by the others", line, column, "give it a name: u = ...")
        if not isinstance(statement, ast.Assign):
            raise self._refuse(statement, mistakes.statement(statement))
        target = statement.targets[0]
        if len(statement.targets) > 1 or not isinstance(target, ast.Name):
            raise MathsError("only one plain name may stand before '='", line, column, "write y = ...")
        value = self._node(statement.value, 1)
        if target.id in self.variables:
            message = f"'{target.id}' is a variable and cannot be given a formula"
            raise MathsError(message, line, column, "choose another name before '='")
        assign = Assign(check_name(target.id, line, column), value, line, column)
        self.lines[target.id] = assign
        return assign

    def _node(self, node: ast.expr, depth: int) -> Node:
        self.nodes += 1
        line, column = self._at(node)
        if self.nodes > MAX_NODES:
            message = f"the formula has more than {MAX_NODES} parts"
            raise MathsError(message, line, column, "shorten it")
        if depth > MAX_DEPTH:
            raise MathsError(
                f"brackets are nested deeper than {MAX_DEPTH}", line, column, "write it in steps: u = ..."
            )
        if isinstance(node, ast.Constant):
            return self._number(node, line, column)
        if isinstance(node, ast.Name):
            return self._name(node.id, line, column)
        if isinstance(node, ast.UnaryOp):
            return self._unary(node, depth)
        if isinstance(node, ast.BinOp):
            return self._binary(node, depth)
        if isinstance(node, ast.Call):
            return self._call(node, depth)
        if isinstance(node, ast.List):
            return self._list(node, depth)
        if isinstance(node, ast.Subscript):
            return self._index(node, depth)
        if isinstance(node, ast.Compare):
            words = (
                "a comparison is no number",
                "use it in where(condition, a, b); a formula is named with one '='",
            )
            raise self._refuse(node, words)
        raise self._refuse(node, mistakes.expression(node))

    def _number(self, node: ast.Constant, line: int, column: int) -> Node:
        if isinstance(node.value, complex):
            words = ("imaginary numbers are not part of the language", "write real numbers")
            raise self._refuse(node, words)
        if isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
            raise self._refuse(node, mistakes.expression(node))
        start, end = node.col_offset, node.end_col_offset
        shown = self.rows[line - 1].encode()[start:end].decode()
        if abs(node.value) > MAX_LITERAL or (node.value == 0 and re.search(r"[1-9].*e", shown, re.I)):
            raise MathsError(f"the number {shown[:20]} is out of range", line, column, "use at most 1e30")
        if isinstance(node.value, int):
            return Number(Fraction(node.value), line, column)
        return Number(Fraction(shown.replace("_", "")), line, column)

    def _name(self, name: str, line: int, column: int) -> Node:
        if name in self.variables or name in self.lines:
            return Name(name, line, column)
        if name in CONSTANTS:
            return Constant(name, line, column)
        if name in WORDS:
            raise MathsError(f"{name} is a function and needs brackets", line, column, f"write {name}(...)")
        if not self.open or (name in mistakes.SYNONYMS):
            message, hint = mistakes.unknown(name, [*self.variables, *self.lines], call=False)
            raise MathsError(message, line, column, hint)
        self.variables.append(check_name(name, line, column))
        return Name(name, line, column)

    def _unary(self, node: ast.UnaryOp, depth: int) -> Node:
        line, column = self._at(node)
        if isinstance(node.op, ast.UAdd):
            return self._node(node.operand, depth + 1)
        if not isinstance(node.op, ast.USub):
            raise MathsError(
                "'not' and '~' are not part of the language", line, column, "turn the comparison round"
            )
        return Apply("negative", (self._node(node.operand, depth + 1),), line, column)

    def _binary(self, node: ast.BinOp, depth: int) -> Node:
        name = _BINARY.get(type(node.op))
        line, column = self._at(node)
        if name is None:
            words = {
                ast.FloorDiv: "write floor(a / b)",
                ast.BitXor: "write '**'",
                ast.Mod: "write a - b*floor(a/b)",
            }
            message = "this sign is not part of the language"
            raise MathsError(message, *self._operator_at(node), words.get(type(node.op), "use + - * / ** @"))
        # a long sum leans to the left; it is long, not deep
        deeper = depth if name in ("add", "subtract") else depth + 1
        left = self._node(node.left, deeper)
        right = self._node(node.right, depth + 1)
        return Apply(name, (left, right), line, column)

    def _operator_at(self, node: ast.BinOp) -> tuple[int, int]:
        line, end = node.left.end_lineno or 1, node.left.end_col_offset or 0
        rest = self.rows[line - 1].encode()
        after = rest[end:].decode(errors="ignore")
        return line, len(rest[:end].decode(errors="ignore")) + 1 + len(after) - len(after.lstrip(" )"))

    def _call(self, node: ast.Call, depth: int) -> Node:
        line, column = self._at(node)
        callee = node.func
        if not isinstance(callee, ast.Name) or callee.id in self.variables or callee.id in self.lines:
            shown = callee.id if isinstance(callee, ast.Name) else str(getattr(callee, "value", ""))
            raise self._refuse(node, mistakes.called(callee, shown))
        name = callee.id
        word = WORDS.get(name)
        if word is None:
            if name in CONSTANTS:
                raise self._refuse(node, mistakes.called(callee, name))
            words = mistakes.unknown(name, [*self.variables, *self.lines], call=True)
            if self.open and len(name) == 1:
                words = mistakes.called(callee, name)
            raise self._refuse(node, words)
        if node.keywords:
            first = node.keywords[0].arg or "**"
            message = f"arguments go by position, not by name ({first}=)"
            raise MathsError(
                message, line, column, f"write {name}(a)" if word.high == 1 else f"write {name}(a, b)"
            )
        self._arity(name, len(node.args), node)
        if name == "where":
            condition = self._condition(node.args[0], depth + 1)
            rest = tuple(self._node(argument, depth + 1) for argument in node.args[1:])
            return Apply("where", (condition, *rest), line, column)
        arguments = tuple(self._node(argument, depth + 1) for argument in node.args)
        return Apply({"pow": "power"}.get(name, name), arguments, line, column)

    def _arity(self, name: str, found: int, node: ast.Call) -> None:
        word = WORDS[name]
        if word.low <= found <= word.high:
            return
        wanted = f"{word.low}" if word.low == word.high else f"{word.low} to {word.high}"
        noun = "argument" if wanted == "1" else "arguments"
        hint = {
            "log": "for another base write log(x) / log(b), log2(x) or log10(x)",
            "round": "round(x) gives whole numbers",
            "where": "write where(condition, a, b), as in where(x > 0, x, -x)",
            "sum": "the sum of a vector is sum(v); of numbers write a + b",
            "mean": "the mean of a vector is mean(v), of numbers mean([a, b])",
            "atan": "the angle of two numbers is atan2(y, x)",
        }.get(name, "check the brackets and commas")
        raise self._refuse(node, (f"{name} takes {wanted} {noun}, found {found}", hint))

    def _condition(self, node: ast.expr, depth: int) -> Node:
        if not isinstance(node, ast.Compare):
            words = ("the first argument of where must be a comparison", "write where(x > 0, a, b)")
            if isinstance(node, ast.BoolOp):
                words = mistakes.expression(node)
            raise self._refuse(node, words)
        if len(node.ops) > 1:
            hint = "write where(a < b, where(b < c, ..., ...), ...)"
            raise self._refuse(node, ("two comparisons in one", hint))
        name = _COMPARE.get(type(node.ops[0]))
        if name is None:
            raise self._refuse(node, ("this comparison is not part of the language", "use < <= > >= == !="))
        self.nodes += 1
        line, column = self._at(node)
        left = self._node(node.left, depth + 1)
        return Apply(name, (left, self._node(node.comparators[0], depth + 1)), line, column)

    def _list(self, node: ast.List, depth: int) -> Node:
        line, column = self._at(node)
        if not node.elts:
            raise MathsError("an empty list has no entries", line, column, "write [a, b]")
        items = tuple(self._node(item, depth + 1) for item in node.elts)
        rows = {len(item.items) if isinstance(item, List) else None for item in items}
        if len(rows) > 1 and all(isinstance(item, List) for item in items):
            raise MathsError(
                "the rows of the matrix differ in length", line, column, "give each row as many entries"
            )
        return List(items, line, column)

    def _index(self, node: ast.Subscript, depth: int) -> Node:
        line, column = self._at(node)
        inner = node.slice
        parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        indices: list[int] = []
        for part in parts:
            sign, value = (
                (-1, part.operand)
                if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.USub)
                else (1, part)
            )
            if not isinstance(value, ast.Constant) or type(value.value) is not int or value.value > 10**6:
                words = ("an index must be a whole number", "write v[0] for the first entry")
                raise self._refuse(part if hasattr(part, "lineno") else node, words)
            indices.append(sign * value.value)
        if not 1 <= len(indices) <= 2:
            raise MathsError("an entry has one or two indices", line, column, "write v[0] or m[0, 1]")
        return Index(self._node(node.value, depth + 1), tuple(indices), line, column)

    def _expanded(self, function: Function) -> None:
        """Steps that double each other must not blow up when they are written out."""
        sizes: dict[str, int] = {}

        def size(node: Node) -> int:
            return sum(sizes.get(n.name, 1) if isinstance(n, Name) else 1 for n in walk(node))

        for line in (
            *function.lines,
            Assign("", function.result, function.result.line, function.result.column),
        ):
            sizes[line.name] = size(line.value)
            if sizes[line.name] > MAX_EXPANDED:
                message = f"written out, the steps have more than {MAX_EXPANDED} parts"
                raise MathsError(message, line.line, line.column, "use fewer steps")


def check_name(name: str, line: int = 1, column: int = 1) -> str:
    """The name if a variable or step may be called so, else a MathsError saying why not."""
    if not isinstance(name, str) or not name.isidentifier():
        raise MathsError(
            f"{name!r:.30} is not a name", line, column, "use letters and digits, a letter first"
        )
    if name in WORDS or name in CONSTANTS:
        what = "function" if name in WORDS else "number"
        raise MathsError(f"'{name}' is a {what} of the language", line, column, "choose another name")
    if name in RESERVED or name.startswith("_"):
        raise MathsError(f"'{name}' cannot be the name of a variable", line, column, "choose another name")
    if len(name) > 30:
        raise MathsError("the name is too long", line, column, "use at most 30 characters")
    import keyword

    if keyword.iskeyword(name):
        raise MathsError(f"'{name}' is a word of Python", line, column, "choose another name")
    return name


__all__ = ["COMPARISONS", "check_name", "parse"]
