"""The value of a formula or of a piece of code: no tape, the last number printed counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graders import expected, handed, notation, program
from graders.parts import Found
from graders.reference import Numbers, Point, Reference, exact, flat, shape_of

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.PLAIN_WEIGHTS


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """The formula's value at the point; where only code tells, what the author states (lint runs the code)."""
    if not expected.has_formula(exercise):
        number = exact(flat(exercise.number), shape_of(exercise.number))
    else:
        number = expected.value(exercise, point)
    return Reference(point=(), number=number)


def find(case: Any) -> Found:
    """The named answer, else the last numbers printed."""
    return handed.plain(case)


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """A value is a number: no word follows from it."""
    return None


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """The value of the function, or of the code below."""
    if exercise.function is None and exercise.functions is None:
        return "What is the result of this program? Work it out, then let TensorFlow compute it."
    where = f" at {notation.at_point(exercise, say)}" if exercise.point else ""
    return f"Compute {notation.stated(exercise, say)}{where} with TensorFlow."


def starter(exercise: Exercise) -> str:
    """Room for the tensors and the formula."""
    names = [f"{name} = {program.BLANK}" for name in exercise.point or ()]
    return program.program(program.imports(exercise), names, [f"{exercise.answer_name} = {program.BLANK}"])


def solution(exercise: Exercise) -> str:
    """Constants at the point, and the formula."""
    lines = [f"{name} = tf.constant({program.literal(at)})" for name, at in (exercise.point or {}).items()]
    names = list(notation.functions(exercise))
    if not names:
        answer = f"{exercise.answer_name} = {_plain(exercise.number)}"
        return program.program([answer, *program.shown(exercise.answer_name)])
    if len(names) == 1:
        made = program.formula(exercise, exercise.answer_name)
    else:
        made = [*program.formula(exercise), f"{exercise.answer_name} = [{', '.join(names)}]"]
    return program.program(program.imports(exercise), lines, [*made, *program.shown(exercise.answer_name)])


def hints(exercise: Exercise) -> tuple[str, ...]:
    """Floats, TensorFlow's functions, and Python's order of operations."""
    return (
        "Write numbers with a point (2.0), so that TensorFlow makes floats of them.",
        "Python has its own order: powers before the minus sign, products before sums.",
        f"Leave the result in `{exercise.answer_name}`, or print it last.",
    )


def _plain(value: Any) -> str:
    """A stated answer as Python writes it."""
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_plain(item) for item in value) + "]"
    return repr(value)
