"""The matrix of second derivatives, its product with a vector, or what it says of a point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders import expected, notation, program
from graders.reference import Numbers, Point, Quantity, Reference, composed, exact, shape_of

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.TAPE_WEIGHTS
WORDS = ("minimum", "maximum", "saddle", "not critical")


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """The matrix; two tapes on the way put the mark on twice."""
    matrix = expected.second(exercise, point)
    if exercise.direction is not None:
        vector = exact(exercise.direction)

        def product(way: expected.Factors) -> Quantity:
            size = len(vector.data)
            found = composed(lambda m, v: m.reshape(size, size) @ v, matrix.times(way(2)), vector)
            return expected.then(exercise, point, found, way)

        return expected.at(exercise, point, mark, matrix, order=2, number=product)
    if exercise.question != "kind-of-point" or exercise.ask is None:
        return expected.at(exercise, point, mark, matrix, order=2)
    named = expected.kind_of_point(expected.first(exercise, point).data, matrix)
    return expected.at(exercise, point, mark, matrix, order=2, word=named, words=WORDS)


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """A hessian alone does not say whether the point is critical."""
    return None


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """The hessian, or its product with a vector."""
    where = f"{notation.stated(exercise, say)} at {notation.at_point(exercise, say)}"
    if exercise.direction is not None:
        shown = notation.numbers(exercise.direction)
        vector = say(shown, shown.replace("-", "−"))
        return f"Multiply the hessian of {where} by the vector {vector}, without computing the whole matrix."
    if exercise.ask == "kind-of-point":
        return (
            f"Compute the hessian of {where}, and say what the point is: {', '.join(WORDS)}. "
            f"Hand in [hessian, word]."
        )
    return f"Compute the hessian of {where}." + notation.afterwards(exercise, say)


def starter(exercise: Exercise) -> str:
    """Two tapes, the rest to be filled in."""
    name = notation.name_of(exercise)
    return program.program(
        program.imports(exercise),
        program.given(exercise),
        [f"{each} = {program.BLANK}" for each in exercise.point or ()],
        program.recording(
            [*program.recording([f"{name} = {program.BLANK}"], "inner"), f"gradient = {program.BLANK}"],
            "outer",
        ),
        [f"{exercise.answer_name} = {program.BLANK}"],
    )


def solution(exercise: Exercise) -> str:
    """The jacobian of a gradient that an outer tape saw."""
    by, name = notation.wrt_of(exercise), notation.name_of(exercise)
    several = len(by) > 1
    flat = all(shape_of((exercise.point or {})[each]) == () for each in by)
    sources = f"[{', '.join(by)}]" if several else by[0]
    joined = "tf.stack({})" if flat else "tf.concat([tf.reshape(part, [-1]) for part in {}], 0)"
    gradient = f"inner.gradient({name}, {sources})"
    gradient = joined.format(gradient) if several else gradient
    lines = [*program.recording(program.formula(exercise), "inner"), f"gradient = {gradient}"]
    if exercise.direction is not None:
        lines += [f"direction = tf.constant({program.literal(exercise.direction)})"]
        lines += ["along = tf.reduce_sum(gradient * direction)"]
        call = f"outer.gradient(along, {sources})"
        call = joined.format(call) if several else call
    else:
        call = f"outer.jacobian(gradient, {sources})"
        if several:
            call = f"tf.stack({call}, axis=-1)" if flat else f"tf.concat({call}, axis=-1)"
    tail = program.handed_in(exercise, call, "hessian")
    if exercise.ask == "kind-of-point":
        tail = [
            f"hessian = {call}",
            "curvatures = np.linalg.eigvalsh(hessian)",
            "if tf.norm(gradient) > 1e-5:",
            '    kind = "not critical"',
            "else:",
            "    low, high = curvatures[0] > 0, curvatures[-1] < 0",
            '    kind = "minimum" if low else "maximum" if high else "saddle"',
            f"{exercise.answer_name} = [hessian, kind]",
            *program.shown(exercise.answer_name),
        ]
    head = program.start(exercise)
    if exercise.ask == "kind-of-point":
        head[0] = ["import numpy as np", *head[0]]
    return program.program(*head, program.recording(lines, "outer"), tail)


def hints(exercise: Exercise) -> tuple[str, ...]:
    """A gradient that is recorded, and its jacobian."""
    ladder = [
        "Two tapes: the outer one must be recording while the inner one is asked for the gradient.",
        "The gradient is a vector; `gradient` of a vector adds its entries up, `jacobian` keeps them apart.",
    ]
    if exercise.direction is not None:
        ladder.append(
            "Multiply the gradient by the vector inside the outer block, then differentiate that number."
        )
    if exercise.ask == "kind-of-point":
        ladder.append(
            "At a critical point the eigenvalues decide: all positive, all negative, or of both signs."
        )
    return tuple(ladder)
