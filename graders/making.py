"""How the answer was made: the expressions behind the name that was handed in, as the script has them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property

from graders.binds import Bind
from graders.script import GRADIENTS, Script

_MOST = 400


@dataclass(frozen=True)
class Making:
    """The expressions that an answer was made from; `name` is the name it is asked under."""

    script: Script
    name: str

    @cached_property
    def chain(self) -> tuple[Bind, ...]:
        """The plain copies from the answer's name (else from what was printed last) back to where it was made."""
        chains = (self.script.origin(name) for name in (self.name, *reversed(self._printed())))
        return next((chain for chain in chains if chain), ())

    @cached_property
    def root(self) -> Bind | None:
        """The assignment that made what was handed in."""
        return self.chain[-1] if self.chain else None

    def _printed(self) -> list[str]:
        names: list[str] = []
        for call in self.script.calls:
            if (
                isinstance(call.func, ast.Name)
                and call.func.id == "print"
                and self.script.scope(call) is None
            ):
                for argument in call.args:
                    plain = self.script.plain(argument)
                    if isinstance(plain, (ast.Name, ast.Attribute)):
                        names.append(ast.unparse(plain))
        return names

    @cached_property
    def expressions(self) -> tuple[ast.expr, ...]:
        """Every expression that went into the answer, the answer's own first; gradient calls are not entered."""
        found: list[ast.expr] = []
        todo: list[ast.expr] = (
            [self.root.value] if self.root is not None and self.root.value is not None else []
        )
        if not todo:
            todo = self._shown()
        for bind in self.script.bound(self.root.name) if self.root is not None else ():
            if bind.value is not None and bind.value not in todo:
                todo.append(bind.value)
        while todo and len(found) < _MOST:
            node = todo.pop(0)
            if node in found:
                continue
            found.append(node)
            for below in self._entered(node):
                todo += [value for value in self._behind(below) if value not in found]
        return tuple(found)

    def _shown(self) -> list[ast.expr]:
        """Without any name: what the last print shows."""
        calls = [c for c in self.script.calls if isinstance(c.func, ast.Name) and c.func.id == "print"]
        return list(calls[-1].args) if calls else []

    def _entered(self, node: ast.expr) -> list[ast.AST]:
        """The nodes of an expression, those within gradient calls left out."""
        if isinstance(node, ast.Call) and node in self.script.gradients:
            return []
        below: list[ast.AST] = [node]
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                below += self._entered(child)
            else:
                below += [grand for grand in ast.walk(child) if isinstance(grand, ast.expr)]
        return below

    def _behind(self, node: ast.AST) -> list[ast.expr]:
        """The expressions that a name or a call of the learner's own stands for."""
        if isinstance(node, (ast.Name, ast.Attribute)):
            line = node.lineno
            statement = self.script.statement(node)
            if statement is not None:
                line = statement.lineno
            binds = self.script.bound(ast.unparse(node), line + 1)
            return [bind.value for bind in binds if bind.value is not None]
        if isinstance(node, ast.Call) and not self.script.dotted(node.func):
            return [
                item.value
                for body in self.script.called(node)
                for item in ast.walk(body)
                if isinstance(item, ast.Return) and item.value is not None
            ]
        return []

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All nodes of these expressions, gradient calls not entered."""
        found: dict[ast.AST, None] = {}
        for expression in self.expressions:
            found.update(dict.fromkeys(self._entered(expression)))
        return tuple(found)

    def is_gradient(self, node: ast.expr | None, depth: int = 0) -> bool:
        """Whether an expression holds what a gradient call gave, perhaps indexed or unpacked, not computed with."""
        node = self.script.plain(node)
        if node is None or depth > 8:
            return False
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute) and node.func.attr in (*GRADIENTS, "jvp"):
                return not self.script.dotted(node.func)
            returned = [v for v in self._behind(node) if v is not None]
            return bool(returned) and all(self.is_gradient(v, depth + 1) for v in returned)
        if isinstance(node, ast.Subscript):
            return self.is_gradient(node.value, depth + 1)
        if isinstance(node, (ast.Name, ast.Attribute)):
            line = node.lineno
            statement = self.script.statement(node)
            bind = self.script.last(ast.unparse(node), statement.lineno if statement is not None else line)
            return bind is not None and bind.augmented is None and self.is_gradient(bind.value, depth + 1)
        if isinstance(node, (ast.ListComp, ast.GeneratorExp)):
            return self.is_gradient(node.generators[0].iter, depth + 1)
        return False

    def gradient_behind(self, node: ast.expr | None) -> ast.Call | None:
        """The gradient call that an expression holds the result of."""
        for _ in range(8):
            node = self.script.plain(node)
            if isinstance(node, ast.Call):
                if node in self.script.gradients:
                    return node
                behind = self._behind(node)
                node = behind[-1] if behind else None
            elif isinstance(node, ast.Subscript):
                node = node.value
            elif isinstance(node, (ast.Name, ast.Attribute)):
                statement = self.script.statement(node)
                bind = self.script.last(
                    ast.unparse(node), statement.lineno if statement is not None else node.lineno
                )
                node = bind.value if bind is not None else None
            else:
                return None
        return None

    def uses_gradient(self, node: ast.AST) -> bool:
        """Whether a gradient goes into an expression, also after computing with it."""
        todo, seen = [node], {node}
        while todo and len(seen) < _MOST:
            for below in ast.walk(todo.pop()):
                if isinstance(below, ast.expr) and self.is_gradient(below):
                    return True
                if isinstance(below, ast.Name) and isinstance(below.ctx, ast.Load):
                    fresh = [value for value in self._behind(below) if value not in seen]
                    seen.update(fresh)
                    todo += fresh
        return False
