"""What an exercise says and hands out: prompt, starter, solution, hints and explanation; derived where not written."""

from __future__ import annotations

import functools
import textwrap
from typing import TYPE_CHECKING

from graders import latex_text, program
from graders.case import kind_of
from graders.formula import Same
from graders.notation import Say, in_markdown, in_terminal
from graders.texts.shell import phrase, sentence

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise
    from tfgrad_course.maths import Function

LONGEST = 120
"""A derivative longer than this explains nothing."""


def prompt(exercise: Exercise, say: Say = in_terminal, language: str = "en") -> str:
    """What the learner is asked; `say` decides between Unicode for the terminal and Markdown with LaTeX."""
    written = _flowing(exercise.text("prompt", language).strip())
    if written:
        asked = written if say is in_markdown else latex_text.unicode_of(written)
    else:
        asked = sentence(kind_of(exercise.kind).prompt(exercise, say), language)
    closing = "" if f"`{exercise.answer_name}`" in asked else _handing_in(exercise, language)
    return "\n\n".join(part for part in (asked, _choices(exercise), closing) if part)


def _flowing(text: str) -> str:
    """Paragraphs on one line each; lists, tables and indented code keep their lines."""
    kept = ("-", "*", "|", " ", "\t", ">", "#", "1.")
    paragraphs = text.split("\n\n")
    plain = [
        "\n" in part and not any(row.startswith(kept) for row in part.split("\n")) for part in paragraphs
    ]
    return "\n\n".join(
        " ".join(part.split("\n")) if flows else part for part, flows in zip(paragraphs, plain, strict=True)
    )


def _choices(exercise: Exercise) -> str:
    if not exercise.choices:
        return ""
    rows = [f"{chr(ord('A') + index)}) {choice}" for index, choice in enumerate(exercise.choices)]
    return "\n".join(rows) if max(map(len, rows)) > 20 else "    ".join(rows)


def _handing_in(exercise: Exercise, language: str) -> str:
    ways = {
        "choice": "Leave your choice in `{name}`: its letter, or the choice itself.",
        "select": "Leave all that fit in `{name}`, as a list of letters or of the choices themselves.",
    }
    way = ways.get(exercise.kind, "Leave the answer in `{name}`.")
    return phrase(way, language, name=exercise.answer_name)


def starter(exercise: Exercise, language: str = "en") -> str:
    """The file to begin with: the question as comments, and a program with gaps that does not pass."""
    return _starter(Same(exercise), language)


@functools.lru_cache(maxsize=512)
def _starter(same: Same, language: str) -> str:
    """Every submission is held against the starter: it is made once."""
    exercise = same.exercise
    code = exercise.starter or kind_of(exercise.kind).starter(exercise)
    code = code.rstrip("\n") + "\n"
    return f"{_header(exercise, language)}\n{code}"


def _header(exercise: Exercise, language: str) -> str:
    """Title, id and question as comment lines; the id is what names the file's exercise."""
    title = f"# {exercise.code + '  ' if exercise.code else ''}{exercise.text('title', language)}"
    lines = [title, f"# tfgrad: {exercise.id}", "#"]
    for paragraph in prompt(exercise, language=language).split("\n\n"):
        for row in paragraph.split("\n"):
            lines += [f"# {line}".rstrip() for line in textwrap.wrap(row, 96) or [""]]
        lines.append("#")
    return "\n".join(lines[:-1]) + "\n"


def solution(exercise: Exercise) -> str:
    """A right program in the way of the course: the author's, else the kind's own."""
    if exercise.solution:
        return exercise.solution.rstrip("\n") + "\n"
    if program.by_partials(exercise):
        return program.from_partials(exercise)
    made: str = kind_of(exercise.kind).solution(exercise)
    return made


def hints(exercise: Exercise, language: str = "en") -> tuple[str, ...]:
    """A ladder of hints, the gentlest first: the author's, then the kind's."""
    own = tuple(latex_text.unicode_of(text) for text in exercise.hint_texts(language))
    derived: tuple[str, ...] = kind_of(exercise.kind).hints(exercise)
    return (*own, *(sentence(hint, language) for hint in derived if hint not in own))


def explanation(exercise: Exercise, say: Say = in_terminal, language: str = "en") -> str:
    """What is shown after passing: the author's words, else how the exact derivative looks."""
    written = exercise.text("explain", language).strip()
    if written:
        return written if say is in_markdown else latex_text.unicode_of(written)
    return _derived_explanation(exercise, say, language)


def _derived_explanation(exercise: Exercise, say: Say, language: str) -> str:
    """The exact derivative as a formula, for kinds about one derivative of one variable."""
    from graders.notation import at_point, derivative, numbers, wrt_of

    order = {
        "slope": 1,
        "monotonicity": 1,
        "custom-gradient": 1,
        "concavity": 2,
        "derivative": exercise.order or 2,
    }
    by = wrt_of(exercise) if exercise.function is not None and exercise.point else ()
    if exercise.judged_as not in order or len(by) != 1 or exercise.reference:
        return ""
    from tfgrad_course.course.formulas import function_of
    from tfgrad_course.maths import value_at

    function = function_of(exercise)
    times = order[exercise.judged_as]
    shown = _exact(function, by[0], times, say) if function is not None else ""
    if function is None or not shown:
        return ""
    try:
        value = float(value_at(function, exercise.point or {}, by[0], order=times))
    except (ValueError, TypeError, ArithmeticError, NotImplementedError):
        return ""
    symbol = derivative(exercise, say, by * times)
    told = {"symbol": symbol, "shown": shown, "point": at_point(exercise, say, by), "value": numbers(value)}
    return phrase("{symbol} is {shown}, and at {point} that is {value}.", language, **told)


def _exact(function: Function, name: str, times: int, say: Say) -> str:
    """The exact derivative by the rules of school as people write it; nothing where it is no one short formula."""
    from tfgrad_course.maths import latex_node, unicode_node
    from tfgrad_course.maths.slopes import tree_derivative

    found: Function | None = function
    for _ in range(times):
        found = tree_derivative(found, name) if found is not None else None
    if found is None:
        return ""
    plain = unicode_node(found.result)
    return "" if len(plain) > LONGEST or " if " in plain else say(latex_node(found.result), plain)
