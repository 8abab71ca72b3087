"""The derivative in a direction: the gradient's part along a vector of length 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders import expected, notation, program
from graders.reference import Numbers, Point, Reference, composed, exact, shape_of

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.TAPE_WEIGHTS


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """The gradient, and its product with the direction brought to length 1."""
    gradient = expected.first(exercise, point)
    length = sum(part * part for part in exercise.direction or ()) ** 0.5
    unit = exact([part / length for part in exercise.direction or ()])

    def along(way: expected.Factors) -> expected.Quantity:
        return composed(lambda g, u: (g.ravel() * u).sum(), gradient.times(way(1)), unit)

    return expected.at(exercise, point, mark, gradient, number=along)


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """A directional derivative is a number: no word follows from it."""
    return None


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """The direction as the author gives it; it need not have length 1."""
    shown = notation.numbers(exercise.direction)
    return (
        f"How fast does {notation.stated(exercise, say)} change at {notation.at_point(exercise, say)} "
        f"per unit of length in the direction {say(shown, shown.replace('-', '−'))}?"
    )


def starter(exercise: Exercise) -> str:
    """The three steps, each to be filled in."""
    return program.three_steps(exercise)


def solution(exercise: Exercise) -> str:
    """The gradient times the unit vector."""
    by, name = notation.wrt_of(exercise), notation.name_of(exercise)
    single = len(by) == 1
    call = (
        f"tape.gradient({name}, {by[0]})" if single else f"tf.stack(tape.gradient({name}, [{', '.join(by)}]))"
    )
    if not single and any(shape_of((exercise.point or {})[each]) for each in by):
        call = f"tf.concat([tf.reshape(part, [-1]) for part in tape.gradient({name}, [{', '.join(by)}])], 0)"
    return program.program(
        *program.start(exercise),
        [f"direction = tf.constant({program.literal(exercise.direction)})"],
        program.recording(program.formula(exercise)),
        [
            f"gradient = {call}",
            "unit = direction / tf.norm(direction)",
            f"{exercise.answer_name} = tf.reduce_sum(gradient * unit)",
            *program.shown(exercise.answer_name),
        ],
    )


def hints(exercise: Exercise) -> tuple[str, ...]:
    """Gradient, then length 1, then the product."""
    return (
        "The gradient holds the rates along the axes. Any other direction mixes them.",
        "Per unit of length: a direction that is longer than 1 would make the rate too large.",
        "Divide the direction by its length, multiply it by the gradient entry by entry, and add up.",
    )
