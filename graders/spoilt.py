"""Wrong programs that are written anew rather than edited: another function, another way, a typed-in answer."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graders import notation, program

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

OF_A_KIND = 2
TRIES = 24


def programs(exercise: Exercise, solution: str) -> Iterator[tuple[str, str]]:
    """Misconception and source of each."""
    for maker in (_other_functions, _typed, _differences, _ratio, _other_choices, _other_numbers):
        for misconception, source in maker(exercise):
            yield misconception, ast.unparse(ast.parse(source))


def _other_functions(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """The kind's own solution for a function with a slip in it, a few of each kind of slip."""
    from graders.wording import solution
    from tfgrad_course.course.formulas import functions_of
    from tfgrad_course.maths import plain_text
    from tfgrad_course.maths.mutations import mutations

    if not isinstance(exercise.function, str) or exercise.judged_as in ("shape", "graph", "choice", "select"):
        return
    function = next(iter(functions_of(exercise).values()))
    seen: dict[str, int] = {}
    for mutation in mutations(function)[:TRIES]:
        if seen.get(mutation.kind, 0) < OF_A_KIND and mutation.function.used == function.used:
            other = exercise.model_copy(update={"function": plain_text(mutation.function), "solution": None})
            if exercise.judged_as == "optimiser" and _leads_there(exercise, other):
                continue
            try:
                source = solution(other)
            except (ValueError, ArithmeticError):
                continue
            seen[mutation.kind] = seen.get(mutation.kind, 0) + 1
            yield mutation.kind, source
    yield from _derivative_typed(exercise, function)


def _leads_there(exercise: Exercise, other: Exercise) -> bool:
    """Whether the steps of another function end at the same place from wherever they start."""
    from graders.formula import formula_of
    from graders.walk import walked
    from tfgrad_course.course.points import hidden_points

    for point in [exercise.point or {}, *hidden_points(exercise, 1)]:
        ends = [walked(one, formula_of(one), point, lambda order: 1.0) for one in (exercise, other)]
        allowed = ends[0].tolerance(frozenset({"float32"}))
        if any(abs(a - b) > t for a, b, t in zip(ends[0].data, ends[1].data, allowed, strict=True)):
            return False
    return True


def _derivative_typed(exercise: Exercise, function: Any) -> Iterator[tuple[str, str]]:
    from graders.wording import solution
    from tfgrad_course.maths import plain_text
    from tfgrad_course.maths.slopes import tree_derivative

    by = notation.wrt_of(exercise)
    if exercise.judged_as not in ("slope", "monotonicity") or len(exercise.point or ()) != 1:
        return
    found = tree_derivative(function, by[0])
    if found is not None and found.used:
        other = exercise.model_copy(update={"function": plain_text(found), "solution": None})
        yield "derivative-typed-as-function", solution(other)


def _typed(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """The right answer, typed in."""
    if exercise.form.tape:
        yield "hard-coded-answer", f"{exercise.answer_name} = {_python(exercise.answer)}\n"


def _differences(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """A difference quotient in place of the tape."""
    if exercise.judged_as != "slope" or exercise.then or exercise.reference or len(exercise.point or ()) != 1:
        return
    by, name = notation.wrt_of(exercise)[0], notation.name_of(exercise)
    yield (
        "finite-difference-instead-of-tape",
        program.program(
            program.imports(exercise),
            [f"def f({by}):", *program.indented([*program.formula(exercise), f"return {name}"])],
            [
                f"{by} = tf.Variable({program.literal((exercise.point or {})[by])}, dtype=tf.float64)",
                "h = 1e-6",
                f"{exercise.answer_name} = (f({by} + h) - f({by} - h)) / (2 * h)",
            ],
        ),
    )


def _ratio(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """The value divided by the variable."""
    if exercise.judged_as != "slope" or exercise.then or exercise.reference or len(exercise.point or ()) != 1:
        return
    by, name = notation.wrt_of(exercise)[0], notation.name_of(exercise)
    if (exercise.point or {})[by] == 0:
        return
    yield (
        "slope-as-y-over-x",
        program.program(
            *program.start(exercise),
            program.recording(program.formula(exercise)),
            [f"tape.gradient({name}, {by})", f"{exercise.answer_name} = {name} / {by}"],
        ),
    )


def _other_choices(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Every wrong choice, by its letter."""
    right = exercise.answer if isinstance(exercise.answer, tuple) else (exercise.answer,)
    wanted = {part for part in (*right, exercise.word, exercise.number) if not isinstance(part, (list, dict))}
    named = exercise.mistakes or {}
    for index, choice in enumerate(exercise.choices or ()):
        letter = chr(ord("A") + index)
        if choice not in wanted:
            yield named.get(letter, "wrong-choice"), f"{exercise.answer_name} = {letter!r}\n"


def _other_numbers(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """A number beside the right one, for kinds without a tape."""
    if exercise.form.tape or exercise.choices or not isinstance(exercise.number, (int, float)):
        return
    for step in (1, -1):
        yield "off-by-one", f"{exercise.answer_name} = {exercise.number + step!r}\n"


def _python(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_python(item) for item in value) + "]"
    return repr(value)
