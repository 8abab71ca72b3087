"""Where the recorded function and its sources stand in the script: lines and words for what differs."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from graders.calling import Calling
from graders.case import Case
from graders.evidence import Ref
from graders.likeness import Likeness
from graders.matching import Edit, written_terms
from graders.path import Flow
from graders.script import Script, column, shown
from graders.spot import Spot

_LOOK_ALIKE = {
    kind: kind.lower()
    for kind in ("Sin", "Cos", "Tan", "Sinh", "Cosh", "Tanh", "Asin", "Acos", "Atan", "Log", "Log1p", "Exp", "Expm1",
                 "Sigmoid", "Softplus", "Relu", "Abs", "Sign", "Sqrt", "Floor", "Ceil", "Round")
} | {"Maximum": "max", "Minimum": "min"}  # fmt: skip


@dataclass(frozen=True)
class Pointing:
    """The places of one recorded function."""

    case: Case
    script: Script
    likeness: Likeness
    calling: Calling

    @property
    def flow(self) -> Flow:
        """The recorded data flow."""
        return self.case.flow

    def edited(self, kind: str) -> Spot | None:
        """Where the recorded function shows one kind of edit of the exercise's."""
        likeness, edit = self.likeness, self.likeness.edit
        if edit is None or edit.kind != kind:
            return None
        line, node = self._written(likeness, edit)
        names = {"theirs": edit.theirs, "tgt": self.calling.target_name(likeness.call)}
        if node is not None and edit.place is not None:
            names |= {"mine": f"{'+' if edit.sign > 0 else '-'} {shown(node)}", "nth": str(edit.place + 1)}
        variant = "term" if names.get("mine") and edit.theirs else "theirs" if edit.theirs else ""
        spot = column(node) if node is not None and node.lineno == line else self.calling.column_of(line)
        return Spot(line, spot, names, likeness.call.at, variant)

    def _written(self, likeness: Likeness, edit: Edit) -> tuple[int, ast.expr | None]:
        """The line of an edit and, where the formula stands in one expression, the learner's term."""
        formula = self.calling.formula(likeness.call)
        terms = written_terms(formula[1]) if formula is not None else []
        rebuilt = likeness.rebuilt
        own = self._own_operation(likeness, edit)
        if own:
            return own, None
        if rebuilt is not None and edit.place is not None and len(terms) == len(rebuilt.terms):
            node = terms[edit.place][1]
            made_at = self.flow.producer.get(edit.tensor) if edit.tensor is not None else None
            bind = self.script.last(node.id, node.lineno) if isinstance(node, ast.Name) else None
            if (
                bind is not None
                and made_at is not None
                and made_at.line == bind.line
                and bind.value is not None
            ):
                node = bind.value  # the term was worked out on a line of its own
            if isinstance(node, ast.Call) and made_at is not None and self.script.called(node):
                return made_at.line, node  # ... or in a function of the learner's own
            return node.lineno, node
        made = [op for op in self.calling.ops_of(likeness.call.target) if op.type != "ReadVariableOp"]
        op = self.flow.producer.get(edit.tensor) if edit.tensor is not None else None
        if op is not None and op.type != "ReadVariableOp" and op.line:
            return op.line, None
        if formula is not None:
            return formula[0], None
        return (made[-1].line if made else likeness.call.line), None

    def _own_operation(self, likeness: Likeness, edit: Edit) -> int:
        """Where the other logarithm or function stands, perhaps far from the formula: the line of that operation."""
        ops = self.calling.ops_of(likeness.call.target)
        if edit.kind == "log-base-ten":
            logs = {out for op in ops if op.type == "Log" for out in op.outputs}
            hits = [
                op for op in ops if op.type in ("RealDiv", "Mul", "Div") and not logs.isdisjoint(op.inputs)
            ]
            lines = {op.line for op in hits if all(self._fixed(t, logs) for t in op.inputs)}
        elif edit.kind == "look-alike-function":
            text = str(self.case.exercise.function)
            lines = {op.line for op in ops if op.type in _LOOK_ALIKE and _LOOK_ALIKE[op.type] not in text}
        else:
            return 0
        return lines.pop() if len(lines) == 1 else 0

    def _fixed(self, tensor: int, logs: set[int]) -> bool:
        return tensor in logs or self.flow.producer.get(tensor) is None

    def set_at(self, index: int) -> int | None:
        """The line that gave one of the sources' numbers (counted through all sources) its value."""
        ref = self._holding(index)
        record = self.calling.made(ref) if ref is not None else None
        if record is None:
            return None
        assigned = [a for a in self.flow.assigns_of.get(record.id, ()) if a.how == "assign"]
        base = self.likeness.call
        before = [a for a in assigned if base.at > a.at > record.at]
        used = self.flow.reads(record.id)
        first = min((self.flow.tensors[t].at for t in used if t in self.flow.tensors), default=0)
        early = [a for a in before if a.at < first]
        if early:
            return early[-1].line
        return self._given_at(record.line, record.outer)

    def _given_at(self, line: int, outer: int) -> int:
        """A variable made in a helper from its argument was given its value where the helper is called."""
        made = self.script.on_line(line, ast.Call)
        literal = any(
            isinstance(n, ast.Constant) and isinstance(n.value, (int, float))
            for c in made
            for n in ast.walk(c)
        )
        names = [n.id for c in made for n in ast.walk(c) if isinstance(n, ast.Name)]
        if literal or line == outer:
            for name in () if literal else names:
                bind = self.script.last(name, line)
                if bind is not None and isinstance(
                    self.script.plain(bind.value), (ast.Constant, ast.UnaryOp)
                ):
                    return bind.line
            return line
        return outer or line

    def _holding(self, index: int) -> Ref | None:
        at = 0
        for ref in self.likeness.sources:
            at += len(ref.value.data) if ref.value is not None else 0
            if index < at:
                return ref
        return None

    def point_name(self, index: int) -> str:
        """What the learner calls the source that holds one of the numbers."""
        ref = self._holding(index)
        record = self.calling.made(ref) if ref is not None else None
        bind = self.script.bind_at(record.line) if record is not None else None
        return bind.name if bind is not None else "x"
