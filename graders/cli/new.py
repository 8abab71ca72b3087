"""`tfgrad new`: an exercise file to fill in, its answer already derived from the function."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

_SAMPLES: dict[str, tuple[str, str]] = {
    "monotonicity": ("x**3 - 6*x**2 + 9*x", "x=2"),
    "concavity": ("x**3 - 6*x**2 + 9*x", "x=3"),
    "partials": ("x**2*y + 3*y", "x=2,y=5"),
    "gradient": ("x**2 + 3*y**2", "x=1,y=2"),
    "directional": ("x**2*y", "x=3,y=2"),
    "jacobian": ("[x*y, x/y]", "x=6,y=2"),
    "hessian": ("x**3 + x*y**2", "x=1,y=2"),
}


_STARTER = """starter: |
  import tensorflow as tf

  x = tf.Variable(4.0)
  with tf.GradientTape() as tape:
      y = x**2 - 3*x
  answer = {last}"""
_LIKE_SLOPE = ("value", "repair", "fill-in")
_NEEDED = {
    "directional": ["direction: [3, 4]"],
    "optimiser": ["learning_rate: 0.1", "steps: 1"],
    "graph": ["ask: nodes"],
    "repair": [_STARTER.format(last="y")],
    "fill-in": [_STARTER.format(last="____")],
}


@click.command("new", short_help="Write a new exercise of a kind.")
@click.argument("name", metavar="ID")
@click.option(
    "--kind", default="slope", show_default=True, help="The kind; `tfgrad new ID --kind ?` lists them."
)
@click.option("--function", help="The function, as in 3*x**2 + sin(x).")
@click.option("--point", help="The point, as in x=2 or x=1,y=2.")
@click.option(
    "--choices/--no-choices", default=True, help="Propose choices whose wrong ones are real mistakes."
)
@click.option("-o", "--output", "out", metavar="FILE", help="Default: ID.yaml here.")
def command(
    name: str, kind: str, function: str | None, point: str | None, choices: bool, out: str | None
) -> None:
    """Write a new exercise: its answer computed, all that is not written derived, and proven before it is written.

    Without --function and --point the kind's example stands there, to be changed.
    """
    from tfgrad_course.course.fault import nearest
    from tfgrad_course.course.kinds import KINDS

    if kind not in KINDS:
        if kind == "?":
            for one, form in KINDS.items():
                click.echo(f"{one:16} {form.says}")
            return
        near = nearest(kind, KINDS)
        raise click.UsageError(
            f"unknown kind '{kind}'" + (f": did you mean {near}?" if near else f"; {', '.join(KINDS)}")
        )
    path = Path(out or f"{name}.yaml")
    if path.exists():
        raise click.UsageError(f"{path} is there already")
    text = _text(name, kind, function, point)
    exercise = _checked(text, path)
    if choices and kind in ("slope", "derivative", "optimiser"):
        text += _proposed(exercise)
        exercise = _checked(text, path)
    _proven(exercise)
    path.write_text(text, encoding="utf-8")
    click.echo(f"Wrote {path}, proven. Try it: tfgrad try {path}")


def _text(name: str, kind: str, function: str | None, point: str | None) -> str:
    from tfgrad_course.course.kinds import KINDS
    from tfgrad_course.course.schema import modeline

    needs = " ".join(KINDS[kind].needs)
    sample = _SAMPLES.get(kind, ("x**2 - 3*x", "x=4"))
    lines = [modeline(), f"id: {name}", f"kind: {kind}"]
    if kind != "shape" and ("function" in needs or kind in _LIKE_SLOPE):
        lines.append(f"function: {function or sample[0]}")
    if "point" in needs or point or kind in _LIKE_SLOPE:
        lines.append(f"point: {{{_point(point or sample[1])}}}")
    lines += _NEEDED.get(kind, [])
    if "choices" in needs:
        lines += ["prompt: Which of these ...?", "choices: [first, second]", "answer: first"]
    elif kind == "shape":
        lines += [
            "solution: |",
            "  import tensorflow as tf",
            "  answer = tf.zeros([2, 3]).shape",
            "answer: [2, 3]",
        ]
    answer = _answer(name, "\n".join(lines) + "\n")
    if answer is not None and not any(line.startswith("answer") for line in lines):
        lines.append(f"answer: {answer}")
    return "\n".join(lines) + "\n"


def _point(text: str) -> str:
    parts = [part.partition("=") for part in text.split(",")]
    if not all(name.strip() and value.strip() for name, _, value in parts):
        raise click.UsageError(f"expected a point as in x=1,y=2, found {text!r}")
    return ", ".join(f"{name.strip()}: {value.strip()}" for name, _, value in parts)


def _answer(name: str, text: str) -> str | None:
    """The derived answer in YAML, where a formula gives one."""
    import numpy as np

    from tfgrad_course.course.fault import ExerciseError
    from tfgrad_course.course.load import load
    from tfgrad_course.course.truth import truth

    try:
        # With parameters to draw, an answer may be missing: that is how it is asked for here.
        found = truth(load(Path(f"{name}.yaml"), f"{text}vary: {{unused_parameter: [1]}}\n".encode()))
    except (ExerciseError, ValueError, ArithmeticError, NotImplementedError):
        return None
    if found.number is None:
        return found.word
    number = _yaml(np.asarray(found.number).tolist())
    return f"[{found.word}, {number}]" if found.word else number


def _yaml(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_yaml, value)) + "]"
    text = f"{float(value):.7g}"
    return text


def _checked(text: str, path: Path) -> Exercise:
    """What was asked for must load; its faults are told with their places."""
    from tfgrad_course.course.load import load

    return load(path, text.encode())


def _proposed(exercise: Exercise) -> str:
    """Lines with choices and the mistakes behind the wrong ones; nothing where too few are known."""
    from graders.propose import choices

    found = choices(exercise)
    if found is None:
        return ""
    numbers, mistakes = found
    behind = ", ".join(f"{letter}: {name}" for letter, name in sorted(mistakes.items()))
    return f"choices: [{', '.join(f'{number:.7g}' for number in numbers)}]\nmistakes: {{{behind}}}\n"


def _proven(exercise: Exercise) -> None:
    """Solution, starter and likely mistakes, run on the shim: nothing is written that would mislead."""
    from graders.lint import proofs

    for proof in proofs([exercise], ["shim"]):
        if proof.exercise.kind in ("repair", "fill-in", "choice", "select"):
            continue  # the author has yet to write what these are about
        wrong = [f"its {one.what} is judged '{one.verdict.outcome}'" for one in proof.failures]
        wrong += [
            f"a program with the mistake '{name}' passes"
            for name in dict.fromkeys(s.what for s in proof.slips)
        ]
        if wrong:
            raise click.UsageError(
                f"this exercise would mislead: {'; '.join(wrong)}. Choose another point or another function."
            )
