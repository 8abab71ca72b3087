"""The shape of a tensor, as a list of whole numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graders import expected, handed, notation, program
from graders.parts import Found
from graders.reference import Numbers, Point, Reference, exact, flat

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.PLAIN_WEIGHTS


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """The shape of the formula's result; where only code tells, what the author states (lint runs the code)."""
    if not expected.has_formula(exercise):
        return Reference(point=(), number=exact(flat(exercise.number)))
    return Reference(point=(), number=exact(expected.value(exercise, point).shape))


def find(case: Any) -> Found:
    """The named answer, else the last shape printed."""
    return handed.plain(case)


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """A shape is numbers: no word follows from it."""
    return None


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """The shape of the result."""
    if exercise.function is None and exercise.functions is None:
        return "Which shape has the result of this program?"
    shapes = ", ".join(
        f"{notation.variables(exercise, say, [name])} has the shape {_shape(value)}"
        for name, value in (exercise.point or {}).items()
    )
    return f"Which shape has {notation.stated(exercise, say)}, when {shapes}?"


def starter(exercise: Exercise) -> str:
    """Room for the tensors, and the name of the answer."""
    return program.plain(exercise, "a shape is a list of whole numbers, as in [2, 3]; a single number has []")


def solution(exercise: Exercise) -> str:
    """The formula on tensors of the point, and its shape."""
    lines = [f"{name} = tf.constant({program.literal(at)})" for name, at in (exercise.point or {}).items()]
    name = notation.name_of(exercise)
    made = [*program.formula(exercise), f"{exercise.answer_name} = {name}.shape.as_list()"]
    return program.program(program.imports(exercise), lines, [*made, *program.shown(exercise.answer_name)])


def hints(exercise: Exercise) -> tuple[str, ...]:
    """Reading shapes."""
    return (
        "A matrix of 2 rows and 3 columns has the shape [2, 3].",
        "In a matrix product the inner sizes must agree; the outer ones remain.",
        "Every tensor knows its shape: look at `result.shape`.",
    )


def _shape(value: Any) -> str:
    sizes = []
    while isinstance(value, (list, tuple)):
        sizes.append(str(len(value)))
        value = value[0]
    return f"({', '.join(sizes)})"
