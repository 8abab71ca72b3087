"""Gradient calls as the script has them: what was passed, under which names, and how it was written."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property

from graders.case import Case
from graders.evidence import Call, Op, Ref, Tensor, Variable
from graders.path import Flow, leaves
from graders.script import Script, column, shown

_WRAPS = ("constant", "convert_to_tensor", "Variable", "cast", "identity")


@dataclass(frozen=True)
class Calling:
    """The gradient calls of one case."""

    case: Case
    script: Script

    @property
    def flow(self) -> Flow:
        """The recorded data flow."""
        return self.case.flow

    @cached_property
    def named(self) -> dict[int, str]:
        """What the learner calls variables and constants, by their ids: the names on the lines that made them."""
        made: dict[int, list[Variable | Tensor]] = {}
        everything: list[Variable | Tensor] = [*self.case.recording.variables, *self.case.recording.tensors]
        for record in everything:
            if isinstance(record, Variable) or (record.creation is not None and record.made == "constant"):
                made.setdefault(record.line, []).append(record)
        initial = {v.initial for v in self.case.recording.variables}
        found: dict[int, str] = {}
        for line, records in made.items():
            own = sorted((r for r in records if r.id not in initial), key=lambda r: r.at)
            binds = [
                b for b in self.script.binds if b.line == line and b.index is None and b.augmented is None
            ]
            if len(own) == len(binds):
                found.update({record.id: bind.name for record, bind in zip(own, binds, strict=True)})
        return found

    def variable(self, ref: Ref) -> Variable | None:
        """The variable that was passed."""
        return self.flow.variables.get(ref.id) if ref.kind == "variable" and ref.id is not None else None

    def tensor(self, ref: Ref) -> Tensor | None:
        """The tensor that was passed."""
        return self.flow.tensors.get(ref.id) if ref.kind == "tensor" and ref.id is not None else None

    def made(self, ref: Ref) -> Variable | Tensor | None:
        """Where a source comes from: the record of its creation."""
        return self.variable(ref) or self.tensor(ref)

    def argument(self, call: Call, position: int, keyword: str) -> ast.expr | None:
        """The expression passed to a gradient call."""
        node = self.script.gradient_at(call.line)
        if node is None:
            return None
        for item in node.keywords:
            if item.arg == keyword:
                return item.value
        return node.args[position] if len(node.args) > position else None

    def target_node(self, call: Call) -> ast.expr | None:
        """The expression that was differentiated."""
        return self.argument(call, 0, "target")

    def source_node(self, call: Call, index: int = 0) -> ast.expr | None:
        """The expression of one source."""
        node = self.argument(call, 1, "sources") or self.argument(call, 1, "source")
        if isinstance(node, ast.Name):
            bind = self.script.last(node.id, call.line)
            if (
                bind is not None
                and bind.index is None
                and isinstance(bind.value, (ast.List, ast.Tuple, ast.Dict))
            ):
                node = bind.value if len(leaves(call.sources)) > 1 else node
        if isinstance(node, (ast.List, ast.Tuple)):
            return node.elts[index] if index < len(node.elts) else node
        if isinstance(node, ast.Dict):  # a structure's leaves come in the order of their keys
            keys = [str(key.value) for key in node.keys if isinstance(key, ast.Constant)]
            order = sorted(range(len(keys)), key=keys.__getitem__)
            return node.values[order[index]] if index < len(order) == len(node.values) else node
        return node

    def source_name(self, call: Call, index: int = 0) -> str:
        """What the learner calls a source."""
        node = self.source_node(call, index)
        if node is not None:
            return shown(node)
        sources = leaves(call.sources)
        record = self.made(sources[index]) if index < len(sources) else None
        bind = self.script.bind_at(record.line) if record is not None else None
        return bind.name if bind is not None else "x"

    def target_name(self, call: Call) -> str:
        """What the learner calls a target."""
        return shown(self.target_node(call)) or "y"

    def column_of(self, line: int | None, kind: type[ast.AST] | None = None) -> int | None:
        """Where the statement (or the first node of a kind) on a line begins."""
        if line is None:
            return None
        if kind is not None:
            nodes = [n for n in self.script.on_line(line, kind) if getattr(n, "lineno", 0) == line]
            if nodes:
                return column(nodes[0])
        statement = self.script.statement_at(line)
        return column(statement) if statement is not None and statement.lineno == line else None

    def ops_of(self, target: Ref) -> tuple[Op, ...]:
        """The operations that made a target, in order."""
        return self.flow.ancestry(self.flow.standing(target))[1]

    def formula(self, call: Call) -> tuple[int, ast.expr] | None:
        """The line and the expression of a target: followed through names and into the function that made it."""
        node = self.target_node(call)
        if call.index < 0:  # no call at all: the value under the asked name
            bind = self.script.last(str(self.case.exercise.answer_name))
            node = self.script.plain(bind.value) if bind is not None else None
        for _ in range(8):
            if isinstance(node, (ast.Name, ast.Attribute)):
                bind = self.script.last(ast.unparse(node), call.line)
                node = bind.value if bind is not None and bind.index is None else None
            elif isinstance(node, ast.Call) and not self.script.dotted(node.func):
                bodies = self.script.called(node)
                found = [n for body in bodies for n in ast.walk(body) if isinstance(n, ast.Return)]
                lambdas = [body for body in bodies if isinstance(body, ast.expr)]
                node = found[-1].value if found else lambdas[-1] if lambdas else None
            elif isinstance(node, ast.Call) and len(node.args) == 1 and self.script.word(node.func) in _WRAPS:
                node = node.args[0]
            else:
                break
        return (node.lineno, node) if node is not None else None
