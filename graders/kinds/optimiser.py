"""Where the variables are after some steps of descent, ascent, momentum, Adam or Newton's method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graders import expected, notation, program
from graders.formula import formula_of
from graders.reference import Numbers, Point, Reference, flat
from graders.walk import walked

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

WEIGHTS = expected.TAPE_WEIGHTS
WORDS = ("converges", "diverges")
MARKS = (0.5, 0.25, 0.125)
"""Marks that make steps shorter: longer ones would run away."""


def reference(exercise: Exercise, point: Point, mark: float = 1.0) -> Reference:
    """The first step's gradient, and the place after all steps with every gradient marked."""
    formula = formula_of(exercise)
    named = _course_of(exercise, point) if exercise.ask == "convergence" else None
    return expected.at(
        exercise,
        point,
        mark,
        expected.first(exercise, point),
        number=lambda way: walked(exercise, formula, point, way),
        counts=exercise.ask != "convergence" or expected.stated_number(exercise),
        word=named,
        words=WORDS if exercise.ask == "convergence" else (),
    )


def word(exercise: Exercise, number: Numbers | None) -> str | None:
    """A place alone does not say whether the steps lead anywhere."""
    return None


def _course_of(exercise: Exercise, point: Point) -> str:
    """Whether the steps lead towards the optimum or away from it."""
    end = walked(exercise, formula_of(exercise), point, lambda order: 1.0).data
    there, at = dict(point), 0
    for name in notation.wrt_of(exercise):
        size = len(flat(point[name]))
        there[name] = end[at] if not isinstance(point[name], (list, tuple)) else list(end[at : at + size])
        at += size
    before, after = (sum(expected.value(exercise, place).data) for place in (point, there))
    return "diverges" if (after < before if exercise.method == "ascent" else after > before) else "converges"


def prompt(exercise: Exercise, say: notation.Say) -> str:
    """Function, start, rule, rate and number of steps."""
    rate = exercise.learning_rate
    steps = exercise.steps or 1
    rule = {
        "descent": f"gradient descent with learning rate {rate:g}" if rate else "",
        "ascent": f"gradient ascent (uphill) with learning rate {rate:g}" if rate else "",
        "momentum": f"SGD with learning rate {rate:g} and momentum {_momentum(exercise):g}" if rate else "",
        "adam": f"Adam with learning rate {rate:g}" if rate else "",
        "newton": "Newton's method",
    }[exercise.method or "descent"]
    goal = "Maximise" if exercise.method == "ascent" else "Minimise"
    ask = (
        "Where are you after"
        if exercise.ask != "convergence"
        else "Where are you, and do the steps converge or diverge, after"
    )
    return (
        f"{goal} {notation.stated(exercise, say)} from {notation.at_point(exercise, say)} by {rule}. "
        f"{ask} {steps} step{'s' * (steps != 1)}?"
    )


def starter(exercise: Exercise) -> str:
    """Variables and a loop, to be filled in."""
    name = notation.name_of(exercise)
    return program.program(
        program.imports(exercise),
        program.given(exercise),
        [f"{each} = {program.BLANK}" for each in exercise.point or ()],
        [
            f"for step in range({program.BLANK}):" if (exercise.steps or 1) > 1 else "# one step",
            *(
                program.indented(program.recording([f"{name} = {program.BLANK}"]))
                if (exercise.steps or 1) > 1
                else program.recording([f"{name} = {program.BLANK}"])
            ),
        ],
        [f"{exercise.answer_name} = {program.BLANK}"],
    )


def solution(exercise: Exercise) -> str:
    """A loop that records anew in every step and changes the variables in place."""
    by, answer = notation.wrt_of(exercise), exercise.answer_name
    made = {"momentum": "SGD", "adam": "Adam"}.get(exercise.method or "")
    options = f", momentum={_momentum(exercise):g}" if made == "SGD" else ""
    optimiser = (
        [f"optimizer = tf.keras.optimizers.{made}(learning_rate={exercise.learning_rate!r}{options})"]
        if made
        else []
    )
    one = _newton(exercise) if exercise.method == "newton" else _step(exercise, made)
    steps = exercise.steps or 1
    loop = [f"for step in range({steps}):", *program.indented(one)] if steps > 1 or made else one
    final = f"{by[0]}.numpy()" if len(by) == 1 else f"[{', '.join(f'{each}.numpy()' for each in by)}]"
    if exercise.ask == "convergence":
        better = ">=" if exercise.method == "ascent" else "<="
        return program.program(
            *program.start(exercise),
            optimiser,
            program.formula(exercise, "before"),
            loop,
            program.formula(exercise, "after"),
            [
                f'word = "converges" if after {better} before else "diverges"',
                f"{answer} = [{final}, word]" if expected.stated_number(exercise) else f"{answer} = word",
                *program.shown(answer),
            ],
        )
    return program.program(
        *program.start(exercise), optimiser, loop, [f"{answer} = {final}", *program.shown(answer)]
    )


def hints(exercise: Exercise) -> tuple[str, ...]:
    """The step, its sign, and the fresh recording."""
    up = exercise.method == "ascent"
    ladder = [
        "Every step needs its own recording: the gradient belongs to where the variable is now.",
        f"{'Uphill: add' if up else 'Downhill: subtract'} the learning rate times the gradient.",
        f"`variable.{'assign_add' if up else 'assign_sub'}(...)` changes a variable in place; `=` would replace it.",
    ]
    if exercise.method in ("momentum", "adam"):
        ladder[1:] = [
            "`optimizer.apply_gradients(zip(gradients, variables))`: pairs of a gradient and its variable."
        ]
    if exercise.method == "newton":
        ladder[1:] = [
            "Newton's step is the slope divided by the second derivative, so two nested tapes are needed."
        ]
    return tuple(ladder)


def _momentum(exercise: Exercise) -> float:
    return 0.9 if exercise.momentum is None else exercise.momentum


def _step(exercise: Exercise, made: str | None) -> list[str]:
    by, name = notation.wrt_of(exercise), notation.name_of(exercise)
    recorded = program.recording(program.formula(exercise))
    if made:
        sources = f"[{', '.join(by)}]"
        return [
            *recorded,
            f"gradients = tape.gradient({name}, {sources})",
            f"optimizer.apply_gradients(zip(gradients, {sources}))",
        ]
    rate = exercise.learning_rate
    change = "assign_add" if exercise.method == "ascent" else "assign_sub"
    if len(by) == 1:
        return [*recorded, f"{by[0]}.{change}({rate!r} * tape.gradient({name}, {by[0]}))"]
    parts = [f"d{each}" for each in by]
    return [
        *recorded,
        f"{', '.join(parts)} = tape.gradient({name}, [{', '.join(by)}])",
        *[f"{each}.{change}({rate!r} * {part})" for each, part in zip(by, parts, strict=True)],
    ]


def _newton(exercise: Exercise) -> list[str]:
    by, name = notation.wrt_of(exercise)[0], notation.name_of(exercise)
    inside = [*program.recording(program.formula(exercise), "inner"), f"slope = inner.gradient({name}, {by})"]
    scalar = not isinstance((exercise.point or {})[by], (list, tuple))
    if scalar:
        tail = [f"bend = outer.gradient(slope, {by})", f"{by}.assign_sub(slope / bend)"]
    else:
        tail = [
            f"bend = outer.jacobian(slope, {by})",
            f"{by}.assign_sub(tf.linalg.solve(bend, slope[:, tf.newaxis])[:, 0])",
        ]
    return [*program.recording(inside, "outer"), *tail]
