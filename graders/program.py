"""Pieces of the programs that exercises hand out and are solved by: imports, variables, recordings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from graders import notation

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

INDENT = "    "
BLANK = "..."


def literal(value: Any) -> str:
    """A number, vector or matrix as Python floats."""
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    return repr(float(value))


def variables(exercise: Exercise, names: Sequence[str] = ()) -> list[str]:
    """One line a variable, at the point of the exercise."""
    point = exercise.point or {}
    return [f"{name} = tf.Variable({literal(point[name])})" for name in names or point]


def formula(exercise: Exercise, name: str | None = None) -> list[str]:
    """The lines that compute the function (or the functions, each under its name)."""
    lines: list[str] = []
    for own, source in sources(exercise).items():
        lines += [*source.lines, f"{name or own} = {source.expression}"]
    if not lines:  # author's code defines it
        arguments = ", ".join(exercise.point or ())
        lines.append(f"{name or notation.name_of(exercise)} = function({arguments})")
    return lines


def sources(exercise: Exercise) -> dict[str, Any]:
    """The functions as TensorFlow code, by name."""
    from tfgrad_course.maths import python_source
    from tfgrad_course.maths.shapes import shapes_at

    shapes = shapes_at({name: _listed(value) for name, value in (exercise.point or {}).items()})
    return {
        name: python_source(function, shapes=shapes)
        for name, function in notation.functions(exercise).items()
    }


def imports(exercise: Exercise, *more: str) -> list[str]:
    """The import lines, standard library first."""
    needed = {module for source in sources(exercise).values() for module in source.imports} | set(more)
    lines = [f"import {module}" for module in sorted(needed)]
    return [*lines, ""] * bool(lines) + ["import tensorflow as tf"]


def recording(
    lines: Sequence[str], tape: str = "tape", options: str = "", watch: Sequence[str] = ()
) -> list[str]:
    """A with-block that records lines on a tape."""
    watched = [f"{tape}.watch({name})" for name in watch]
    return [f"with tf.GradientTape({options}) as {tape}:", *indented([*watched, *lines])]


def indented(lines: Sequence[str]) -> list[str]:
    """Lines one level deeper."""
    return [INDENT + line if line else line for line in lines]


def program(*blocks: Sequence[str]) -> str:
    """Blocks of lines parted by blank lines."""
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def given(exercise: Exercise) -> list[str]:
    """The author's function as code, where the exercise has no formula."""
    return exercise.reference.rstrip().splitlines() if exercise.reference and exercise.point else []


def start(exercise: Exercise) -> list[list[str]]:
    """The first blocks of every solution: imports, the author's function if any, variables."""
    return [imports(exercise), given(exercise), variables(exercise)]


def three_steps(exercise: Exercise, sources: str = "") -> str:
    """What is handed out for kinds with one tape: the three steps, each to be filled in."""
    names = list(exercise.point or {"x": 0})
    return program(
        imports(exercise),
        given(exercise),
        ["# step 1: the variables, as floats, at the point"],
        [f"{name} = {BLANK}" for name in names],
        ["# step 2: the function, while a tape records"],
        ["with tf.GradientTape() as tape:", INDENT + f"{notation.name_of(exercise)} = {BLANK}"],
        ["# step 3: the derivative"],
        [f"{exercise.answer_name} = {BLANK}"],
    )


def plain(exercise: Exercise, comment: str = "") -> str:
    """What is handed out for kinds without a set way: the import, room, and the name of the answer."""
    note = [f"# {comment}"] if comment else []
    return program(imports(exercise), [*note, f"{exercise.answer_name} = {BLANK}"])


def shown(name: str) -> list[str]:
    """The last line: print what is handed in."""
    return [f"print({name})"]


def _listed(value: Any) -> Any:
    return [_listed(item) for item in value] if isinstance(value, (list, tuple)) else value


def handed_in(exercise: Exercise, call: str, result: str) -> list[str]:
    """The last lines of a solution: the tape's answer, what `then` makes of it, and a look at it."""
    name = exercise.answer_name
    if exercise.then is None:
        return [f"{name} = {call}", *shown(name)]
    return [f"{result} = {call}", *made_of(exercise, result), *shown(name)]


def made_of(exercise: Exercise, result: str) -> list[str]:
    """The lines that make the answer of `then` from a result under its name."""
    from tfgrad_course.course.formulas import result_name
    from tfgrad_course.maths import parse, python_source

    formula = parse(exercise.then or "")
    shapes = {name: _shape(exercise, name) for name in formula.variables}
    own = {"value": notation.name_of(exercise), result_name(exercise.judged_as): result}
    source = python_source(formula, shapes=shapes)
    lines = [f"{name} = {made}" for name, made in own.items() if name in formula.variables and name != made]
    return [*lines, *source.lines, f"{exercise.answer_name} = {source.expression}"]


def _shape(exercise: Exercise, name: str) -> tuple[int, ...]:
    """The shape of a name in `then`: vectors and matrices are those of the kind's result."""
    if name in (exercise.point or {}):
        return _dimensions((exercise.point or {})[name])
    entries = sum(_size((exercise.point or {})[by]) for by in notation.wrt_of(exercise))
    shapes: dict[str, tuple[int, ...]] = {"gradient": (entries,), "hessian": (entries, entries)}
    shapes["jacobian"] = (_outputs(exercise), entries) if entries > 1 else (_outputs(exercise),)
    return shapes.get(name, ())


def _outputs(exercise: Exercise) -> int:
    if isinstance(exercise.function, tuple):
        return len(exercise.function)
    if exercise.functions:
        return len(exercise.functions)
    from tfgrad_course.maths.shapes import shape, shapes_at

    function = next(iter(notation.functions(exercise).values()))
    found = shape(function, shapes_at({k: _listed(v) for k, v in (exercise.point or {}).items()}))
    return found[0] if found else 1


def _dimensions(value: Any) -> tuple[int, ...]:
    return (len(value), *_dimensions(value[0])) if isinstance(value, (list, tuple)) else ()


def _size(value: Any) -> int:
    return sum(_size(item) for item in value) if isinstance(value, (list, tuple)) else 1


def by_partials(exercise: Exercise) -> dict[str, tuple[str, ...]]:
    """The partial derivatives that `then` speaks of by name (f_x, f_xy), with their variables."""
    if exercise.then is None:
        return {}
    from tfgrad_course.course.formulas import functions_of, partial_of
    from tfgrad_course.maths import parse

    own = next(iter(functions_of(exercise)), "y")
    found = {name: partial_of(name, own, exercise.variables) for name in parse(exercise.then).variables}
    return {name: by for name, by in found.items() if by is not None and name not in exercise.variables}


def from_partials(exercise: Exercise) -> str:
    """A solution by partial derivatives of first and second order, each under its own name."""
    needed = by_partials(exercise)
    y = notation.name_of(exercise)
    firsts = dict.fromkeys(by[0] for by in needed.values())
    seconds = {name: by for name, by in needed.items() if len(by) == 2}
    sources = ", ".join(firsts)
    targets = ", ".join(f"d_{name}" for name in firsts)
    call = f"inner.gradient({y}, [{sources}])" if len(firsts) > 1 else f"inner.gradient({y}, {sources})"
    block = [*recording(formula(exercise), "inner"), f"{targets} = {call}"]
    lines = block
    if seconds:
        lines = recording(block, "outer", "persistent=True")
    named = []
    for name, by in needed.items():
        made = f"outer.gradient(d_{by[0]}, {by[1]})" if len(by) == 2 else f"d_{by[0]}"
        named.append(f"{name} = {made}")
    return program(*start(exercise), [*lines, *named], [*made_of(exercise, ""), *shown(exercise.answer_name)])
