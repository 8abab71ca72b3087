"""The numbers that were handed in, and the numbers they may be mistaken for: values, slopes, walks of an optimiser."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graders import parts
from graders.case import Case
from graders.evidence import Ref
from graders.likeness import Likeness
from graders.making import Making
from graders.reference import Numbers

STEP = 1e-5
_MAKERS = ("float", "int", "constant", "array", "float32", "float64", "convert_to_tensor", "round")


@dataclass(frozen=True)
class Amounts:
    """The numbers of one case."""

    case: Case
    making: Making
    likeness: Likeness | None

    @cached_property
    def held(self) -> Ref | None:
        """What was handed in: the asked name, else what was printed last."""
        names = dict(self.case.recording.names)
        if self.making.name in names:
            return names[self.making.name]
        root = self.making.root
        return names.get(root.name) if root is not None else None

    @cached_property
    def given(self) -> Numbers | None:
        """The numbers handed in."""
        if self.held is not None:
            number = parts.joined([leaf for leaf in parts.leaves(self.held) if leaf.kind != "word"])
            if number is not None:
                return number
        return self.case.found.number if self.case.found.number is not None else self.case.result

    @cached_property
    def shape(self) -> tuple[int, ...] | None:
        """The shape in which they were handed in."""
        if self.held is not None:
            shape = parts.shape_of(self.held)
            if shape is not None:
                return shape
        return self.case.found.shape

    @cached_property
    def right(self) -> Numbers | None:
        """The numbers asked for."""
        number = self.case.reference.number or self.case.reference.gradient
        return number.data if number is not None else None

    @cached_property
    def derivative(self) -> Numbers | None:
        """The exercise's derivative."""
        return self.case.reference.gradient.data if self.case.reference.gradient is not None else None

    @cached_property
    def value(self) -> Numbers | None:
        """The exercise's function at the point."""
        return self.case.reference.target.data if self.case.reference.target is not None else None

    def is_given(self, numbers: Sequence[float] | None) -> bool:
        """Whether exactly these numbers were handed in, and they are not the right ones."""
        return near(self.given, numbers) and not near(self.given, self.right)

    @cached_property
    def typed(self) -> ast.expr | None:
        """The literal that was handed in, if it was typed and not computed."""
        root = self.making.root
        if root is None or root.value is None or root.index is not None:
            return None
        value = self.making.script.plain(root.value)
        return value if value is not None and literal(value) else None

    def slope(self, numbers: Sequence[float]) -> tuple[float, ...] | None:
        """The gradient of the exercise's (scalar) function anywhere, by central differences."""
        if self.likeness is None or self.likeness.function is None:
            return None
        found = []
        for place, number in enumerate(numbers):
            step = STEP * max(1.0, abs(number))
            sides = []
            for sign in (1, -1):
                moved = list(numbers)
                moved[place] += sign * step
                value = self.likeness.value_at(self.likeness.function, moved)
                if value is None or value.size != 1:
                    return None
                sides.append(float(value[0]))
            found.append((sides[0] - sides[1]) / (2 * step))
        return tuple(found)

    def walk(self, steps: int, rates: Sequence[float], overwrite: bool = False) -> Numbers | None:
        """Where steps of plain descent lead from the point: x - rate * slope, or only the step (`overwrite`)."""
        if self.likeness is None or len(rates) != len(self.likeness.stated):
            return None
        at = list(self.likeness.stated)
        for _ in range(steps):
            slope = self.slope(at)
            if slope is None or not all(abs(x) < 1e12 for x in at):
                return None
            at = [(0.0 if overwrite else x) - r * g for x, r, g in zip(at, rates, slope, strict=True)]
        return tuple(at)

    @cached_property
    def curvature(self) -> float | None:
        """The second derivative of the exercise's function at its point, where it has one variable."""
        at = self.likeness.stated if self.likeness is not None else ()
        if len(at) != 1:
            return None
        step = 1e-4 * max(1.0, abs(at[0]))
        above, below = self.slope((at[0] + step,)), self.slope((at[0] - step,))
        return (above[0] - below[0]) / (2 * step) if above and below else None

    @cached_property
    def rates(self) -> tuple[float, ...]:
        """The learning rate of every number of the point."""
        return tuple(self.rate for _ in (self.likeness.stated if self.likeness is not None else ()))

    def with_rate(self, rate: float) -> list[tuple[float, ...]]:
        """Another learning rate for all numbers of the point, or for one of them."""
        whole = tuple(rate for _ in self.rates)
        single = [
            tuple(rate if i == place else right for i, right in enumerate(self.rates))
            for place in range(len(self.rates))
        ]
        return [whole, *(single if len(single) > 1 else ())]

    def walked(self, steps: int) -> Numbers | None:
        """Where that many steps of the exercise's own method lead; None where that cannot be told."""
        exercise: Any = self.case.exercise
        if self.plain_walk:
            return self.walk(steps, self.rates)
        if exercise.method == "adam" and exercise.point is not None:
            return self._adam(steps)
        if exercise.method != "momentum" or self.likeness is None:
            return None
        keep = 0.9 if exercise.momentum is None else float(exercise.momentum)
        at = list(self.likeness.stated)
        speed = [0.0] * len(at)
        for _ in range(steps):
            slope = self.slope(at)
            if slope is None:
                return None
            speed = [keep * v - self.rate * g for v, g in zip(speed, slope, strict=True)]
            at = [x + v for x, v in zip(at, speed, strict=True)]
        return tuple(at)

    def _adam(self, steps: int) -> Numbers | None:
        from graders.formula import formula_of
        from graders.walk import end_of

        return end_of(
            self.case.exercise, formula_of(self.case.exercise), self.case.exercise.point or {}, steps
        )

    @cached_property
    def rate(self) -> float:
        """The learning rate of the exercise, negative where the way leads uphill."""
        exercise: Any = self.case.exercise
        rate = float(exercise.learning_rate or 0.0)
        return -rate if exercise.method == "ascent" else rate

    @cached_property
    def steps(self) -> int:
        """How many steps the exercise asks for."""
        return int(self.case.exercise.steps or 1)

    @cached_property
    def plain_walk(self) -> bool:
        """Whether the exercise is one of plain descent or ascent."""
        exercise = self.case.exercise
        return exercise.judged_as == "optimiser" and exercise.method in (None, "descent", "ascent")

    @cached_property
    def reached(self) -> Numbers | None:
        """Where the learner's steps led: what was handed in, else what the variables hold at the end."""
        if self.held is not None and self.given is not None:
            return self.given
        found: list[float] = []
        for ref in self.likeness.sources if self.likeness is not None else ():
            assigns = self.case.flow.assigns_of.get(ref.id or -1, ())
            value = assigns[-1].value if assigns else ref.value
            found += parts.numbers(value) or ()
        return tuple(found) or None


def numbers_of(ref: Ref | None) -> Numbers:
    """The real numbers of everything in a ref, one after another."""
    return tuple(
        float(v)
        for leaf in parts.leaves(ref)
        for v in (leaf.value.data if leaf.value is not None else ())
        if not isinstance(v, (str, complex))
    )


def near(one: Sequence[float] | None, other: Sequence[float] | None) -> bool:
    """Whether numbers agree but for the rounding of float32 computations."""
    if one is None or other is None or len(one) != len(other) or not one:
        return False
    return all(a == b or abs(a - b) <= 2e-4 * max(abs(b), 1e-2) for a, b in zip(one, other, strict=True))


def literal(node: ast.AST) -> bool:
    """Whether an expression is typed numbers only."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
    if isinstance(node, ast.UnaryOp):
        return literal(node.operand)
    if isinstance(node, (ast.List, ast.Tuple)):
        words = [item for item in node.elts if isinstance(item, ast.Constant) and isinstance(item.value, str)]
        rest = [item for item in node.elts if item not in words]
        return bool(rest) and all(literal(item) for item in rest)
    if isinstance(node, ast.Call):
        made = ast.unparse(node.func).split(".")[-1] in _MAKERS
        return made and bool(node.args) and all(literal(item) for item in node.args)
    return False
