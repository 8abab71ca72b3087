"""What reading alone can tell of a course: each rule in one plain sentence that says how to mend what it finds.

Nothing of an author's code is run here; that (starter, solution, mutations) is the grader's part of `tfgrad lint`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tfgrad_course.course import apart, course_rules, points, variants
from tfgrad_course.course.calculus import Calculus, Exact, Taped
from tfgrad_course.course.catalogue import Catalogue, shown_path
from tfgrad_course.course.document import Document, read
from tfgrad_course.course.exercise import Exercise
from tfgrad_course.course.fault import ExerciseError, Fault
from tfgrad_course.course.load import built
from tfgrad_course.course.remark import RULES, Remark
from tfgrad_course.course.tidy import fix, untidy
from tfgrad_course.course.truth import NoFormula, Truth, truth


def both() -> tuple[Calculus, Calculus]:
    """The two calculi an answer is held against: sympy's and that of our own tape."""
    from tfgrad_course import tf

    return Exact(), Taped(tf)


def lint_course(course: Catalogue, calculi: Sequence[Calculus] | None = None) -> list[Remark]:
    """Everything that reading finds in a course: its exercises one by one, then the course as a whole."""
    found: list[Remark] = []
    calculi = both() if calculi is None else calculi
    for path in course.paths.values():
        found += lint_file(path, calculi)
    for name, path in course.duplicates:
        found.append(Remark("duplicate-id", shown_path(path), 1, 1, f"the id '{name}' is there twice"))
    for rule in (course_rules.numbers, course_rules.modules, course_rules.reach, course_rules.unused):
        found += rule(course)
    return found


def lint_file(path: Path, calculi: Sequence[Calculus] | None = None) -> list[Remark]:
    """Everything that reading finds in one exercise."""
    try:
        document = read(path, name=shown_path(path))
        exercise = built(document, path)
    except ExerciseError as error:
        return [_of_fault(fault) for fault in error.faults]
    found = [*untidy(path, document.path), *_texts(exercise, document), *_names(exercise, document)]
    found += lint_exercise(exercise, document, both() if calculi is None else calculi)
    return sorted(found, key=lambda remark: (remark.line, remark.column))


def lint_exercise(exercise: Exercise, document: Document, calculi: Sequence[Calculus]) -> Iterator[Remark]:
    """The mathematics of one exercise, and of each of its variants."""
    yield from _answer(exercise, document, calculi)
    if exercise.vary is None:
        yield from _apart(exercise, document)
    yield from _hidden(exercise, document)
    for parameters in variants.variants(exercise):
        shown = ", ".join(f"{name} = {value}" for name, value in parameters.items())
        try:
            one = variants.with_parameters(exercise, parameters)
        except ExerciseError as error:
            fault = error.faults[0]
            message = f"with {shown}: expected {fault.expected}, found {fault.found}"
            yield _remark("variant", document, ("vary",), message, key=True)
            continue
        for remark in (*_answer(one, document, calculi), *_apart(one, document)):
            yield Remark(
                "variant", remark.path, remark.line, remark.column, f"with {shown}: {remark.message}"
            )


def _of_fault(fault: Fault) -> Remark:
    message = str(fault).split(": ", 1)[1]
    return Remark("readable", fault.path, fault.line, fault.column, message)


def _remark(
    rule: str, document: Document, at: tuple[str | int, ...], message: str, key: bool = False
) -> Remark:
    place = document.where(at, key)
    return Remark(rule, document.path, place.line, place.column, message)


def _answer(exercise: Exercise, document: Document, calculi: Sequence[Calculus]) -> Iterator[Remark]:
    """The stated answer against every calculus at hand."""
    for calculus in calculi:
        by = "sympy" if isinstance(calculus, Exact) else "the tape"
        try:
            right = truth(exercise, calculus)
        except NoFormula:
            if exercise.answer is None:
                yield _remark("no-answer-derivable", document, (), "there is no answer and no formula for it")
            return
        except (ValueError, ArithmeticError, NotImplementedError) as error:
            yield _remark("answer", document, ("function",), f"{by} finds no answer: {error}")
            continue
        if exercise.answer is not None and not agrees(exercise, right):
            stated = _shown(exercise.answer)
            message = f"the stated answer is {stated}, {by} finds {_found(exercise, right)}"
            yield _remark("answer", document, ("answer",), message)
            return


def agrees(exercise: Exercise, right: Truth) -> bool:
    """Whether an exercise's stated answer is the right one, to the digits it shows."""
    if right.words:
        stated = exercise.answer if isinstance(exercise.answer, tuple) else (exercise.answer,)
        return sorted(map(str, stated)) == sorted(map(str, right.words))
    word = exercise.answer if exercise.kind in ("choice", "graph") else exercise.word
    if isinstance(word, str) and word != right.word:
        return False
    if exercise.number is None or isinstance(exercise.number, str):
        return True
    if right.number is None:
        return False
    given, found = np.asarray(exercise.number, dtype=float), np.asarray(right.number, dtype=float)
    if exercise.judged_as == "critical-points":
        given, found = np.sort(np.atleast_1d(given)), np.sort(np.atleast_1d(found))
    return given.shape == found.shape and bool(np.all(np.abs(given - found) <= _margin(given)))


def _margin(stated: Any) -> Any:
    """Half of the last digit that the author wrote, but never more than one part in 100,000."""
    digits = np.vectorize(_last_digit, otypes=[float])(stated)
    return np.minimum(0.5001 * digits, 1e-5 * np.abs(stated)) + 1e-9


def _last_digit(value: float) -> float:
    text = repr(float(value))
    if "e" in text or "." not in text:
        return 0.0
    return float(10.0 ** -len(text.split(".")[1]))


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_shown, value)) + "]"
    return f"{value:.7g}" if isinstance(value, (int, float)) else str(value)


def _found(exercise: Exercise, right: Truth) -> str:
    if right.words:
        return _shown(right.words)
    number = None if right.number is None else _shown(_nested(np.asarray(right.number).tolist()))
    if (
        exercise.word is not None
        and right.word is not None
        and number is not None
        and exercise.number is None
    ):
        return right.word
    return ", ".join(part for part in (right.word, number) if part)


def _nested(value: Any) -> Any:
    return tuple(_nested(item) for item in value) if isinstance(value, list) else value


def _apart(exercise: Exercise, document: Document) -> Iterator[Remark]:
    """The point against likely errors, and the excuses against the errors."""
    try:
        missed = apart.collisions(exercise)
        known = apart.likely(exercise)
    except (ValueError, ArithmeticError, NotImplementedError):
        return
    slips = exercise.slips or {}
    for name in missed:
        if name not in slips:
            message = f"at this point the likely error '{name}' gives the right answer, too"
            yield _remark("apart", document, ("point",), message)
    for name in slips:
        if name in known and name not in missed:
            yield _remark("slip", document, ("slips", name), f"'{name}' does not slip through", key=True)
    if exercise.kind == "monotonicity" and exercise.number is None:
        value, slope = known.get("value-for-slope"), truth(exercise).number
        if value is not None and slope is not None and float(value) * float(slope) > 0:
            message = "value and slope have the same sign, and only a word is asked for"
            yield _remark("word-needs-slope", document, ("answer",), message)


def _hidden(exercise: Exercise, document: Document) -> Iterator[Remark]:
    """Whether other points are to be had."""
    if not exercise.point or not exercise.form.tape:
        return
    count = min(len(points.hidden_points(exercise, seed)) for seed in range(3))
    if count < 3:
        found = f"only {count} hidden points" if count else "no hidden point"
        yield _remark("hidden-points", document, ("point",), f"{found} can be drawn near this point")


def _texts(exercise: Exercise, document: Document) -> Iterator[Remark]:
    """Braces without a parameter, dollars without a partner, languages that come and go."""
    parameters = set(exercise.variant or {})
    spoken: set[frozenset[str]] = set()
    for field in ("title", "prompt", "hints", "explain"):
        value = document.data.get(field)
        for at, text in _leaves(value, (field,)):
            plain = re.sub(r"\\\$", "", text)
            if plain.count("$") % 2:
                yield _remark("dollar", document, at, f"`{field}` has a formula that is not closed")
            outside = re.sub(r"\$[^$]*\$|`[^`]*`", "", plain)
            for name in re.findall(r"\{([A-Za-z_]\w*)\}", outside):
                if name not in parameters:
                    yield _remark(
                        "placeholder",
                        document,
                        at,
                        f"`{field}` names the parameter {{{name}}}, which is none",
                    )
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                spoken.add(frozenset(item))
    if len(spoken) > 1:
        every = sorted(set().union(*spoken))
        yield _remark("languages", document, (), f"not every text is there in {', '.join(every)}")


def _leaves(value: Any, at: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, (dict, list)):
        pairs: Iterable[tuple[str | int, Any]] = (
            value.items() if isinstance(value, dict) else enumerate(value)
        )
        for key, item in pairs:
            yield from _leaves(item, (*at, key))


def _names(exercise: Exercise, document: Document) -> Iterator[Remark]:
    """Names under `requires` that TensorFlow has not."""
    if exercise.requires is None:
        return
    from tfgrad_course import tf

    for field in ("use", "avoid"):
        for index, word in enumerate(getattr(exercise.requires, field)):
            node: Any = tf
            for part in word.split(".")[1:] if word.startswith("tf.") else ():
                node = getattr(node, part, None)
                if node is None:
                    yield _remark("name", document, ("requires", field, index), f"there is no {word}")
                    break


__all__ = ["RULES", "Remark", "agrees", "both", "fix", "lint_course", "lint_exercise", "lint_file"]
