"""The learner's program as text: which names stand for what, and which line says it. Nothing here is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from graders.binds import Bind, binds_of

GRADIENTS = ("gradient", "jacobian", "batch_jacobian")
_WRAPPERS = ("numpy", "item", "tolist", "copy", "read_value", "value")
_CASTS = (
    "float", "round", "abs_", "numpy.round", "numpy.asarray", "numpy.array", "numpy.float32", "numpy.float64",
    "tensorflow.identity", "tensorflow.convert_to_tensor", "tensorflow.squeeze", "tensorflow.cast",
    "numpy.around", "list", "tuple", "print",
)  # fmt: skip
_STARS = {
    "math": "sin cos tan exp log sqrt pow pi e tanh sinh cosh log10 log2 asin acos atan fabs floor ceil",
    "numpy": "sin cos tan exp log sqrt power pi e tanh sinh cosh log10 square array sum dot arctan abs",
}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
Functions = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True)
class Script:
    """A syntax tree with its look-up tables, each made on first use."""

    tree: ast.Module

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All nodes, parents before children."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """The node directly above each node."""
        return {child: node for node in self.nodes for child in ast.iter_child_nodes(node)}

    @cached_property
    def modules(self) -> dict[str, str]:
        """What imported names stand for: tf -> tensorflow, sin -> math.sin."""
        found: dict[str, str] = {}
        for node in self.nodes:
            if isinstance(node, ast.Import):
                for item in node.names:
                    full = item.name if item.asname else item.name.split(".")[0]
                    found[item.asname or full] = full
            elif isinstance(node, ast.ImportFrom) and node.module:
                for item in node.names:
                    if item.name == "*":
                        words = _STARS.get(node.module, "").split()
                        found.update({word: f"{node.module}.{word}" for word in words})
                    else:
                        found[item.asname or item.name] = f"{node.module}.{item.name}"
        return found

    def dotted(self, node: ast.AST | None) -> str:
        """The full name of what a name or attribute refers to in an imported module, else empty."""
        if isinstance(node, ast.Name):
            return self.modules.get(node.id, "")
        if isinstance(node, ast.Attribute):
            head = self.dotted(node.value)
            return f"{head}.{node.attr}" if head else ""
        return ""

    def word(self, node: ast.AST | None) -> str:
        """The last word of a dotted name of TensorFlow, NumPy or math: log for tf.math.log."""
        return self.dotted(node).rsplit(".", 1)[-1]

    @cached_property
    def calls(self) -> tuple[ast.Call, ...]:
        """All calls, in the order of their lines."""
        found = [node for node in self.nodes if isinstance(node, ast.Call)]
        return tuple(sorted(found, key=lambda node: (node.lineno, node.col_offset)))

    def methods(self, *names: str) -> tuple[ast.Call, ...]:
        """Calls of a method with one of these names, on anything."""
        return tuple(c for c in self.calls if isinstance(c.func, ast.Attribute) and c.func.attr in names)

    @cached_property
    def gradients(self) -> tuple[ast.Call, ...]:
        """Calls of a tape's gradient methods (anything called gradient that is no function of NumPy)."""
        return tuple(c for c in self.methods(*GRADIENTS) if not self.dotted(c.func))

    def gradient_at(self, line: int) -> ast.Call | None:
        """The gradient call whose text covers a line; the narrowest one."""
        hits = [c for c in self.gradients if c.lineno <= line <= (c.end_lineno or c.lineno)]
        return min(hits, key=lambda c: ((c.end_lineno or 0) - c.lineno, -c.col_offset)) if hits else None

    @cached_property
    def functions(self) -> tuple[Functions, ...]:
        """All functions, lambdas too."""
        return tuple(node for node in self.nodes if isinstance(node, _FUNCTIONS))

    def function(self, name: str) -> ast.FunctionDef | None:
        """The last function of this name."""
        hits = [f for f in self.functions if isinstance(f, ast.FunctionDef) and f.name == name]
        return hits[-1] if hits else None

    def scope(self, node: ast.AST) -> Functions | None:
        """The function a node stands in; None for the module (a class body counts as where it stands)."""
        above = self.parents.get(node)
        while above is not None and not isinstance(above, _FUNCTIONS):
            above = self.parents.get(above)
        return above

    def scope_at(self, line: int) -> Functions | None:
        """The innermost function with a body that covers a line."""
        hits = [
            f for f in self.functions
            if not isinstance(f, ast.Lambda) and f.body[0].lineno <= line <= (f.end_lineno or 0)
        ]  # fmt: skip
        return max(hits, key=lambda f: f.lineno) if hits else None

    def inside(self, node: ast.AST, kinds: type | tuple[type, ...]) -> ast.AST | None:
        """The nearest node above of one of these kinds, without leaving the function."""
        above = self.parents.get(node)
        while above is not None and not isinstance(above, _FUNCTIONS):
            if isinstance(above, kinds):
                return above
            above = self.parents.get(above)
        return None

    def statement(self, node: ast.AST) -> ast.stmt | None:
        """The statement a node belongs to."""
        at: ast.AST | None = node
        while at is not None and not isinstance(at, ast.stmt):
            at = self.parents.get(at)
        return at

    def statement_at(self, line: int) -> ast.stmt | None:
        """The innermost statement whose text covers a line."""
        hits = [
            node for node in self.nodes
            if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
        ]  # fmt: skip
        return (
            min(hits, key=lambda node: ((node.end_lineno or 0) - node.lineno, -node.lineno)) if hits else None
        )

    def on_line(self, line: int, kind: type[ast.AST]) -> list[ast.AST]:
        """Nodes of one kind that begin on a line, or in the statement that covers it."""
        exact = [n for n in self.nodes if isinstance(n, kind) and getattr(n, "lineno", 0) == line]
        if exact:
            return exact
        statement = self.statement_at(line)
        return [n for n in ast.walk(statement) if isinstance(n, kind)] if statement is not None else []

    @cached_property
    def binds(self) -> tuple[Bind, ...]:
        """All assignments to names and to attributes such as self.x, in the order of their lines."""
        found = [bind for node in self.nodes for bind in binds_of(node)]
        return tuple(sorted(found, key=lambda bind: bind.line))

    def bound(self, name: str, before: int | None = None) -> tuple[Bind, ...]:
        """The assignments to a name, those above a line when given (all if there is none above)."""
        hits = tuple(bind for bind in self.binds if bind.name == name)
        above = tuple(bind for bind in hits if before is None or bind.line < before)
        return above or (hits if before is not None else ())

    def last(self, name: str, before: int | None = None) -> Bind | None:
        """The last assignment to a name (above a line, when given)."""
        hits = self.bound(name, before)
        return hits[-1] if hits else None

    def bind_at(self, line: int) -> Bind | None:
        """An assignment whose statement covers a line."""
        for bind in reversed(self.binds):
            if bind.line <= line <= (getattr(bind.node, "end_lineno", None) or bind.line):
                return bind
        return None

    @cached_property
    def tapes(self) -> tuple[tuple[ast.AST, ast.expr, str], ...]:
        """Where tapes are made or opened: (statement, the expression of the tape, its name)."""
        found: list[tuple[ast.AST, ast.expr, str]] = []
        for node in self.nodes:
            if isinstance(node, ast.With):
                for item in node.items:
                    if self.makes_tape(self.meaning(item.context_expr)):
                        name = item.optional_vars
                        found.append((node, item.context_expr, ast.unparse(name) if name else ""))
        return tuple(found)

    def makes_tape(self, node: ast.AST) -> bool:
        """Whether an expression names GradientTape, called or not."""
        target = node.func if isinstance(node, ast.Call) else node
        return self.word(target) == "GradientTape" or (
            isinstance(target, ast.Attribute) and target.attr == "GradientTape"
        )

    def meaning(self, node: ast.expr) -> ast.expr:
        """What a name was last given, or the expression itself."""
        if isinstance(node, ast.Name):
            bind = self.last(node.id, node.lineno + 1)
            if bind is not None and bind.value is not None and bind.index is None:
                return bind.value
        return node

    def plain(self, node: ast.expr | None) -> ast.expr | None:
        """An expression without what only changes its form: float(...), .numpy(), round(...)."""
        while node is not None:
            if isinstance(node, ast.Call):
                if isinstance(node.func, ast.Attribute) and node.func.attr in _WRAPPERS and not node.args:
                    node = node.func.value
                    continue
                name = node.func.id if isinstance(node.func, ast.Name) else self.dotted(node.func)
                if (name in _CASTS or self.dotted(node.func) in _CASTS) and node.args:
                    node = node.args[0]
                    continue
            return node
        return None

    def origin(self, name: str, before: int | None = None) -> tuple[Bind, ...]:
        """The chain of plain copies that leads to a name: its own assignment first, where it was made last."""
        chain: list[Bind] = []
        seen: set[str] = set()
        while name not in seen:
            seen.add(name)
            bind = self.last(name, before)
            if bind is None:
                break
            chain.append(bind)
            value = self.plain(bind.value)
            if bind.index is not None or bind.augmented is not None:
                break
            back = self.returned(value)
            if back is not None:
                value = self.plain(back.value)
                if not isinstance(value, (ast.Name, ast.Attribute)):
                    chain.append(Bind(name, back.value, back, back.lineno))
                    break
                name, before = ast.unparse(value), back.lineno + 1
                seen.discard(name)
            elif isinstance(value, (ast.Name, ast.Attribute)):
                name, before = ast.unparse(value), bind.line
            else:
                break
            if len(chain) > 20:
                break
        return tuple(chain)

    def returned(self, value: ast.expr | None) -> ast.Return | None:
        """What a call of one of the learner's own functions gives back, when it has one return."""
        if not isinstance(value, ast.Call) or self.dotted(value.func):
            return None
        found = [n for body in self.called(value) for n in ast.walk(body) if isinstance(n, ast.Return)]
        return found[0] if len(found) == 1 and found[0].value is not None else None

    @cached_property
    def tainted(self) -> frozenset[str]:
        """Names that (may) hold tensors or variables: made by TensorFlow or from such names."""
        found: set[str] = set()
        while True:
            size = len(found)
            for bind in self.binds:
                if bind.value is not None and bind.name not in found and self.is_tainted(bind.value, found):
                    found.add(bind.name)
            for call in self.calls:
                found.update(self._parameters(call, found))
            if len(found) == size:
                return frozenset(found)

    def _parameters(self, call: ast.Call, found: set[str]) -> Iterator[str]:
        name = call.func.id if isinstance(call.func, ast.Name) else (
            call.func.attr if isinstance(call.func, ast.Attribute) else ""
        )  # fmt: skip
        function: Functions | None = self.function(name)
        bind = self.last(name) if function is None else None
        if bind is not None and isinstance(bind.value, ast.Lambda):
            function = bind.value
        if function is None:
            return
        given = [arg.arg for arg in function.args.args if arg.arg not in ("self", "cls")]
        for parameter, value in zip(given, call.args, strict=False):
            if self.is_tainted(value, found):
                yield parameter
        for keyword in call.keywords:
            if keyword.arg and self.is_tainted(keyword.value, found):
                yield keyword.arg

    def is_tainted(self, node: ast.AST, known: frozenset[str] | set[str] | None = None) -> bool:
        """Whether tensors go into an expression."""
        names = self.tainted if known is None else known
        for below in ast.walk(node):
            if isinstance(below, ast.Name) and below.id in names:
                return True
            if isinstance(below, ast.Attribute) and ast.unparse(below) in names:
                return True
            if isinstance(below, ast.Call) and self.makes_tensor(below):
                return True
        return False

    def makes_tensor(self, call: ast.Call) -> bool:
        """Whether a call is one of TensorFlow's (not of its dtypes or tapes)."""
        name = self.dotted(call.func)
        return name.startswith("tensorflow.") and not name.endswith(("GradientTape", "function"))

    @cached_property
    def recorded(self) -> frozenset[ast.AST]:
        """Nodes that run while a tape records: bodies of tape blocks and of functions called from there."""
        found: set[ast.AST] = set()
        todo: list[ast.AST] = [statement for node, _, _ in self.tapes for statement in node.body]  # type: ignore[attr-defined]
        while todo:
            for node in ast.walk(todo.pop()):
                if node in found:
                    continue
                found.add(node)
                if isinstance(node, ast.Call):
                    todo.extend(body for body in self.called(node) if body not in found)
        return frozenset(found)

    def called(self, call: ast.Call) -> list[ast.AST]:
        """The bodies of the learner's functions (or methods) that a call may run."""
        name = (
            ast.unparse(call.func).split(".")[-1] if isinstance(call.func, (ast.Name, ast.Attribute)) else ""
        )
        names = {name, "__call__"} if isinstance(call.func, ast.Name) else {name}
        bodies: list[ast.AST] = []
        for function in self.functions:
            if not isinstance(function, ast.Lambda) and function.name in names and not self.dotted(call.func):
                bodies.extend(function.body)
        for bind in self.bound(name):
            if isinstance(bind.value, ast.Lambda):
                bodies.append(bind.value.body)
        return bodies

    def traced(self, node: ast.AST) -> bool:
        """Whether a node stands in a function that is decorated with (or wrapped by) tf.function."""
        scope = self.scope(node)
        while scope is not None:
            marks = list(getattr(scope, "decorator_list", ()))
            name = getattr(scope, "name", "")
            if any(self.word(m.func if isinstance(m, ast.Call) else m) == "function" for m in marks):
                return True
            wrapped = (c for c in self.calls if self.dotted(c.func) == "tensorflow.function")
            if name and any(isinstance(a, ast.Name) and a.id == name for c in wrapped for a in c.args):
                return True
            scope = self.scope(scope)
        return False

    def only_shown(self, node: ast.AST) -> bool:
        """Whether a value is only printed or compared: it does not go into a formula."""
        above = self.parents.get(node)
        while above is not None and not isinstance(above, ast.stmt):
            if isinstance(above, (ast.JoinedStr, ast.Compare)):
                return True
            if isinstance(above, ast.Call) and isinstance(above.func, ast.Name) and above.func.id == "print":
                return True
            above = self.parents.get(above)
        return isinstance(above, ast.Assert)

    @cached_property
    def keywords(self) -> frozenset[str]:
        """The names of all keyword arguments."""
        return frozenset(item.arg for call in self.calls for item in call.keywords if item.arg)


def column(node: ast.AST | None) -> int | None:
    """Where a node begins in its line, counted from 1."""
    found = getattr(node, "col_offset", None)
    return None if found is None else found + 1


def shown(node: ast.AST | None, most: int = 40) -> str:
    """An expression as the learner might write it, cut when long."""
    if node is None:
        return ""
    text = ast.unparse(node)
    return text if len(text) <= most else text[: most - 3] + "..."
