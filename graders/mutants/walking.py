"""Mistakes with optimisers: another sign, no learning rate, a value overwritten, a tape recorded once, a step off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise


def made(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Training loops with one mistake each, as text with the blamed line marked."""
    if (
        exercise.judged_as != "optimiser"
        or exercise.ask == "convergence"
        or exercise.method in ("adam", "newton")
    ):
        return
    if exercise.method == "momentum":
        yield from _with_keras(exercise)
        return
    up = exercise.method == "ascent"
    step, back = ("assign_add", "assign_sub") if up else ("assign_sub", "assign_add")
    rate, steps = exercise.learning_rate, exercise.steps or 1
    yield "descent-sign", _loop(exercise, steps, f"{{v}}.{back}({rate} * {{g}})  #<")
    yield "learning-rate-missing", _loop(exercise, steps, f"{{v}}.{step}({{g}})  #<")
    if steps > 1:
        sign = "" if up else "-"
        yield "assign-overwrites", _loop(exercise, steps, f"{{v}}.assign({sign}{rate} * {{g}})  #<")
        yield (
            "step-count-off-by-one",
            _loop(exercise, steps - 1, f"{{v}}.{step}({rate} * {{g}})", loop="  #<"),
        )
        yield (
            "step-count-off-by-one",
            _loop(exercise, steps + 1, f"{{v}}.{step}({rate} * {{g}})", loop="  #<"),
        )
        sign = "+" if up else "-"
        yield (
            "variable-replaced-by-tensor",
            _loop(exercise, steps, f"{{v}} = {{v}} {sign} {rate} * {{g}}  #<"),
        )
        yield "tape-outside-loop", _stale(exercise, steps, f"{{v}}.{step}({rate} * {{g}})")
    yield (
        "variable-augmented-assign",
        _loop(exercise, steps, f"{{v}} {'+' if up else '-'}= {rate} * {{g}}  #<"),
    )


def _parts(exercise: Exercise) -> tuple[list[str], list[str], str]:
    from graders import program

    names = list(exercise.point or {})
    start = ["import tensorflow as tf", "", *program.variables(exercise)]
    return names, start, program.formula(exercise, "loss")[-1]


def _updates(names: list[str], update: str, indent: str) -> list[str]:
    """The update of every variable; only the first one is marked."""
    rows = [indent + update.format(v=name, g=f"g_{name}") for name in names]
    return [rows[0], *(row.replace("  #<", "") for row in rows[1:])]


def _asked(names: list[str]) -> str:
    gradients = ", ".join(f"g_{name}" for name in names)
    return (
        f"{gradients} = tape.gradient(loss, {names[0] if len(names) == 1 else '[' + ', '.join(names) + ']'})"
    )


def _answer(names: list[str]) -> list[str]:
    single = len(names) == 1
    return [f"answer = {names[0]}" if single else f"answer = [{', '.join(names)}]", "print(answer)", ""]


def _loop(exercise: Exercise, steps: int, update: str, loop: str = "") -> str:
    names, start, formula = _parts(exercise)
    rows = [*start, "", f"for step in range({steps}):{loop}", "    with tf.GradientTape() as tape:"]
    rows += [
        f"        {formula}",
        f"    {_asked(names)}",
        *_updates(names, update, "    "),
        "",
        *_answer(names),
    ]
    return "\n".join(rows)


def _stale(exercise: Exercise, steps: int, update: str) -> str:
    names, start, formula = _parts(exercise)
    rows = [*start, "", "with tf.GradientTape(persistent=True) as tape:  #<", f"    {formula}", ""]
    rows += [
        f"for step in range({steps}):",
        f"    {_asked(names)}",
        *_updates(names, update, "    "),
        "",
        *_answer(names),
    ]
    return "\n".join(rows)


def _with_keras(exercise: Exercise) -> Iterator[tuple[str, str]]:
    names, start, formula = _parts(exercise)
    keep = 0.9 if exercise.momentum is None else exercise.momentum
    made_ = f"opt = tf.keras.optimizers.SGD(learning_rate={exercise.learning_rate}, momentum={keep})"
    variables = "[" + ", ".join(names) + "]"
    for kind, update, steps, loop in (
        ("apply-gradients-swapped", f"opt.apply_gradients(zip({variables}, grads))  #<", 0, ""),
        ("apply-gradients-not-paired", "opt.apply_gradients(grads)  #<", 0, ""),
        ("step-count-off-by-one", f"opt.apply_gradients(zip(grads, {variables}))", 1, "  #<"),
    ):
        rows = [*start, made_, "", f"for step in range({(exercise.steps or 1) + steps}):{loop}"]
        rows += ["    with tf.GradientTape() as tape:", f"        {formula}"]
        rows += [f"    grads = tape.gradient(loss, {variables})", f"    {update}", "", *_answer(names)]
        yield kind, "\n".join(rows)
