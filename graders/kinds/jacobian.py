"""The jacobian of a vector function: a row for each output; with weights, the weighted sum of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders import expected, notation, program
from graders.reference import Numbers, Point, Quantity, Reference, composed, exact, shape_of

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.TAPE_WEIGHTS


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """The matrix, outputs by entries of the variables; with weights the tape's own vector-jacobian product counts."""
    matrix = _shaped(exercise, point, expected.first(exercise, point, rows=True))
    if exercise.weights is None:
        return expected.at(exercise, point, mark, matrix)
    weights = exact(exercise.weights)

    def weighted(way: expected.Factors) -> Quantity:
        found = composed(
            lambda w, m: (w.reshape(-1, *[1] * (m.ndim - 1)) * m).sum(0), weights, matrix.times(way(1))
        )
        return expected.then(exercise, point, found, way)

    return expected.at(exercise, point, mark, matrix, number=weighted)


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """A jacobian is a matrix: no word follows from it."""
    return None


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """The jacobian, or its weighted rows."""
    where = f"{notation.stated(exercise, say)} at {notation.at_point(exercise, say)}"
    if exercise.weights is not None:
        shown = notation.numbers(exercise.weights)
        weights = say(shown, shown.replace("-", "−"))
        return f"Weight the outputs of {where} with {weights} and compute the gradient of their sum."
    return (
        f"Compute the jacobian of {where}: one row for each output, one column for each number it depends on."
        + notation.afterwards(exercise, say)
    )


def starter(exercise: Exercise) -> str:
    """The three steps, each to be filled in."""
    return program.three_steps(exercise)


def solution(exercise: Exercise) -> str:
    """The tape's jacobian; columns of several variables are put side by side."""
    names, by = list(notation.functions(exercise)) or [notation.name_of(exercise)], notation.wrt_of(exercise)
    lines = program.formula(exercise)
    target = names[0]
    if len(names) > 1:
        target = "outputs"
        lines.append(f"outputs = tf.stack([{', '.join(names)}])")
    if exercise.weights is not None:
        weights = f"output_gradients=tf.constant({program.literal(exercise.weights)})"
        call = f"tape.gradient({target}, {_sources(by)}, {weights})"
        call = call if len(by) == 1 else f"tf.stack({call})"
    else:
        call = f"tape.jacobian({target}, {_sources(by)})"
        flat = all(shape_of((exercise.point or {})[name]) == () for name in by)
        if len(by) > 1:
            call = f"tf.stack({call}, axis=-1)" if flat else f"tf.concat({call}, axis=-1)"
    return program.program(
        *program.start(exercise),
        program.recording(lines),
        program.handed_in(exercise, call, "jacobian"),
    )


def hints(exercise: Exercise) -> tuple[str, ...]:
    """gradient adds up, jacobian does not."""
    if exercise.weights is not None:
        return (
            "`tape.gradient` of a vector is the gradient of the sum of its entries.",
            "Its argument `output_gradients` weights the entries before they are summed.",
        )
    return (
        "`tape.gradient` of a vector adds up what belongs to its entries; the jacobian keeps them apart.",
        "The outputs must be one tensor, made inside the block, for instance by `tf.stack([...])`.",
        "`tape.jacobian(target, source)` has the target's axes first, then the source's.",
    )


def _shaped(exercise: Exercise, point: Point, found: Quantity) -> Quantity:
    by = notation.wrt_of(exercise)
    outputs = len(found.data) // expected.entries(exercise, point)
    if len(by) == 1 and shape_of(point[by[0]]) == ():
        return found.reshaped((outputs,))
    return found.reshaped((outputs, expected.entries(exercise, point)))


def _sources(by: tuple[str, ...]) -> str:
    return by[0] if len(by) == 1 else f"[{', '.join(by)}]"
