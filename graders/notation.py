"""How an exercise speaks of its function, its point and derivatives: LaTeX for pages, Unicode for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise
    from tfgrad_course.maths import Function

Say = Callable[[str, str], str]
"""Takes a formula as LaTeX and as Unicode text and gives the one that is shown."""


def in_markdown(latex: str, unicode: str) -> str:
    """Formulas as Markdown with LaTeX between dollar signs."""
    return f"${latex}$"


def in_terminal(latex: str, unicode: str) -> str:
    """Formulas as plain Unicode text."""
    return unicode


def functions(exercise: Exercise) -> dict[str, Function]:
    """The functions of an exercise by the names they go by in texts and code; none of them is a variable's name."""
    from tfgrad_course.course.formulas import functions_of

    taken = set(exercise.point or ())
    found: dict[str, Function] = {}
    for name, function in functions_of(exercise).items():
        free = (n for n in (name, "z", "f", "w", "result", "target") if n not in taken)
        found[next(free, f"{name}_of")] = function
    return found


def name_of(exercise: Exercise) -> str:
    """The name of the function's value: y, or z where y is a variable."""
    return next(iter(functions(exercise)), "y")


def stated(exercise: Exercise, say: Say) -> str:
    """The function as the exercise states it."""
    from tfgrad_course.maths import latex, unicode_text

    shown = [
        say(latex(function, name), unicode_text(function, name).replace("\n", ", "))
        for name, function in functions(exercise).items()
    ]
    return _listed(shown) if shown else "the function below"


def at_point(exercise: Exercise, say: Say, names: Sequence[str] = ()) -> str:
    """The point, as in "x = 2, y = 5"."""
    from tfgrad_course.maths import latex_symbol, symbol

    point = exercise.point or {}
    latex, unicode = [], []
    for name in names or point:
        tex, text = value(exercise, name)
        latex.append(f"{latex_symbol(name)} = {tex}")
        unicode.append(f"{symbol(name)} = {text}")
    return say(",\\ ".join(latex), ", ".join(unicode))


def value(exercise: Exercise, name: str) -> tuple[str, str]:
    """A variable's value at the point as the author wrote it, in LaTeX and Unicode: pi/6 stays pi/6."""
    written = (exercise.written.get("point") or {}) if not exercise.variant else {}
    text = written.get(name) if isinstance(written, dict) else None
    if isinstance(text, str):
        from tfgrad_course.maths import latex_node, parse, unicode_node

        node = parse(text, ()).result
        return latex_node(node), unicode_node(node)
    given = (exercise.point or {})[name]
    return numbers(given, "-"), numbers(given, "−")


def numbers(given: Any, minus: str = "-") -> str:
    """A number, vector or matrix as people write it."""
    if isinstance(given, (list, tuple)):
        return "(" + ", ".join(numbers(item, minus) for item in given) + ")"
    return f"{float(given):.10g}".replace("-", minus) if not isinstance(given, str) else given


def derivative(exercise: Exercise, say: Say, wrt: Sequence[str], name: str | None = None) -> str:
    """A derivative's symbol: dy/dx, or with a curly d where there are several variables."""
    from tfgrad_course.maths import derivative_symbol, latex_derivative

    partial = len(exercise.point or ()) > 1
    shown = name or name_of(exercise)
    return say(latex_derivative(shown, tuple(wrt), partial), derivative_symbol(shown, tuple(wrt), partial))


def variables(exercise: Exercise, say: Say, names: Sequence[str]) -> str:
    """Names of variables as a list: x, y and z."""
    from tfgrad_course.maths import latex_symbol, symbol

    return _listed([say(latex_symbol(name), symbol(name)) for name in names])


def wrt_of(exercise: Exercise) -> tuple[str, ...]:
    """The variables to differentiate by, each once."""
    return tuple(dict.fromkeys(exercise.wrt or exercise.point or exercise.variables))


def _listed(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def afterwards(exercise: Exercise, say: Say) -> str:
    """What `then` asks to make of the derivative, as a sentence of its own."""
    if exercise.then is None:
        return ""
    from tfgrad_course.maths import latex_node, parse, unicode_node

    result = parse(exercise.then).result
    return f" Hand in {say(latex_node(result), unicode_node(result))}."
