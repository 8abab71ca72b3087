"""A class graded: every learner's every submission, those that are missing, and what held while it ran."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graders.reporting import Facts, Person
from graders.roster import meant
from graders.submission import Submission
from graders.texts.shell import phrase
from graders.totals import totals
from graders.verdict import Report, Verdict

if TYPE_CHECKING:
    from graders.journal import Journal
    from graders.sandbox.pool import Pool
    from tfgrad_course.course.catalogue import Catalogue
    from tfgrad_course.course.exercise import Exercise

MISSING = "nothing was handed in"


def with_missing(
    submissions: Sequence[Submission], people: Mapping[str, Person] | None = None
) -> tuple[Submission, ...]:
    """The submissions and, for every learner (also of the roster), an empty one where a classmate has one.

    Excused work that was not handed in is left out.
    """
    people = people or {}
    everyone = dict.fromkeys([*people, *(one.learner for one in submissions)])
    exercises = list(dict.fromkeys(one.exercise for one in submissions))
    there = {(one.learner, one.exercise): one for one in submissions}
    made = []
    for who in everyone:
        person = people.get(who, Person())
        for what in exercises:
            one = there.get((who, what))
            if one is not None:
                made.append(replace(one, late=meant(person.late, what)))
            elif not meant(person.excused, what):
                made.append(Submission(who, what, "", None, MISSING))
    return tuple(made)


def variant_for(course: Catalogue, submission: Submission) -> Exercise:
    """The exercise as this learner was given it."""
    from tfgrad_course.course.variants import variant_of

    return variant_of(course[submission.exercise], submission.learner)


def grade_class(
    submissions: Sequence[Submission],
    course: Catalogue,
    pool: Pool,
    jobs: int,
    on_verdict: Callable[[Verdict], None] | None = None,
    journal: Journal | None = None,
    language: str = "en",
) -> tuple[Verdict, ...]:
    """The verdicts of all submissions, in their order; what the journal holds is not run again."""
    from graders.pipeline import grade

    keys = [journal.key(variant_for(course, one), one) for one in submissions] if journal else []
    verdicts: list[Verdict | None] = [
        journal.find(key, one) if journal else None
        for key, one in zip(keys or [""] * len(submissions), submissions, strict=True)
    ]
    for known in verdicts:
        if known is not None and on_verdict:
            on_verdict(known)
    open_ones = [index for index, verdict in enumerate(verdicts) if verdict is None]
    waiting = iter(open_ones)

    def keep(verdict: Verdict) -> None:
        index = next(waiting)
        verdicts[index] = verdict
        if journal:
            journal.add(keys[index], verdict)
        if on_verdict:
            on_verdict(verdict)

    grade(
        [(variant_for(course, submissions[i]), submissions[i]) for i in open_ones], pool, jobs, keep, language
    )
    return tuple(verdict for verdict in verdicts if verdict is not None)


def unchanged(
    submissions: Sequence[Submission], course: Catalogue, journal: Journal
) -> tuple[Submission, ...]:
    """The submissions that the journal does not hold yet."""
    return tuple(
        one for one in submissions if journal.find(journal.key(variant_for(course, one), one), one) is None
    )


def penalised(
    verdicts: Sequence[Verdict], submissions: Sequence[Submission], penalty: float, language: str = "en"
) -> tuple[Verdict, ...]:
    """The verdicts with late work's points reduced, each saying so."""
    late = {(one.learner, one.exercise) for one in submissions if one.late and one.path}
    made = []
    for verdict in verdicts:
        if penalty and (verdict.learner, verdict.exercise) in late:
            said = phrase(
                "late: {percent} % of {score} points count",
                language,
                percent=f"{100 * (1 - penalty):g}",
                score=f"{verdict.score:g}",
            )
            detail = f"{verdict.detail}; {said}" if verdict.detail else said
            verdict = replace(verdict, score=round(verdict.score * (1 - penalty), 6), detail=detail)
        made.append(verdict)
    return tuple(made)


def attempted(submissions: Sequence[Submission], verdicts: Sequence[Verdict]) -> tuple[Submission, ...]:
    """The submissions but those that are the starter as it was handed out, which all have alike."""
    idle = {(one.learner, one.exercise) for one in verdicts if one.outcome == "not_attempted"}
    return tuple(one for one in submissions if (one.learner, one.exercise) not in idle)


def alike(submissions: Sequence[Submission]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Exercises with learners whose programs are the same but for comments and white space."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in submissions:
        text = _bare(one.source or "")
        if len(text) > 40:
            groups.setdefault((one.exercise, text), []).append(one.learner)
    return tuple((exercise, tuple(who)) for (exercise, _text), who in groups.items() if len(who) > 1)


def _bare(source: str) -> str:
    """A program without comment lines and white space."""
    lines = (line.split("#", 1)[0] if line.lstrip().startswith("#") else line for line in source.split("\n"))
    return "".join("".join(lines).split())


def facts(
    course: Catalogue, ids: Iterable[str], *, curves: bool = False, language: str = "en"
) -> dict[str, Facts]:
    """What reports show of the exercises: title, code, formula, and the curve if asked; never an answer."""
    return {name: _facts(course[name], curves, language) for name in dict.fromkeys(ids)}


def _facts(exercise: Exercise, curves: bool, language: str) -> Facts:
    from tfgrad_course.course.formulas import function_of
    from tfgrad_course.maths import latex, unicode_text

    function = function_of(exercise) if exercise.function is not None or exercise.functions else None
    return Facts(
        title=exercise.text("title", language),
        code=exercise.code,
        latex=latex(function) if function else "",
        formula=unicode_text(function) + _at(exercise, language) if function else "",
        curve=_curve(exercise, "light") if curves else "",
        curve_dark=_curve(exercise, "dark") if curves else "",
    )


def _curve(exercise: Exercise, theme: str) -> str:
    """The curve with its tangent as SVG, no number told; empty where a picture would be the answer or there is none."""
    from tfgrad_course.course.formulas import function_of
    from tfgrad_course.pictures.curve import curve

    has_formula = exercise.function is not None or exercise.functions
    function = function_of(exercise) if has_formula and exercise.point and exercise.form.tape else None
    if function is None:
        return ""
    try:
        return curve(function, exercise.point or {}, theme=theme, width=6.4, tell=False).decode()
    except (ValueError, ArithmeticError):
        return ""


def _at(exercise: Exercise, language: str) -> str:
    """The point, said after the formula."""
    from tfgrad_course.pictures.graph import shown_number

    point = {name: value for name, value in (exercise.point or {}).items() if isinstance(value, (int, float))}
    stated = ", ".join(f"{name} = {shown_number(value)}" for name, value in point.items())
    return "   " + phrase("at {point}", language, point=stated) if stated else ""


def report_on(
    verdicts: Sequence[Verdict],
    course: Catalogue,
    pool: Pool,
    *,
    trusted: bool = False,
    skipped: Sequence[tuple[str, str]] = (),
    alike: Sequence[tuple[str, tuple[str, ...]]] = (),
    people: Mapping[str, Person] | None = None,
    language: str = "en",
) -> Report:
    """The report of a run: its verdicts, the conditions they were reached under, and with `people` the totals."""
    asked = dict.fromkeys(verdict.exercise for verdict in verdicts)
    weights = {name: course.outline.weights[name] for name in asked if name in course.outline.weights}
    handed_in = dict.fromkeys(verdict.learner for verdict in verdicts if verdict.submission)
    return Report(
        verdicts=tuple(verdicts),
        backend=pool.backend_version,
        sandbox=pool.mode,
        layers=tuple(pool.layers),
        trusted=trusted,
        versions=versions(),
        skipped=tuple(skipped),
        alike=tuple(alike),
        titles={name: course[name].text("title", language) for name in asked},
        weights=weights,
        totals=totals(verdicts, people, weights) if people is not None else (),
        strangers=tuple(who for who in handed_in if who not in people) if people else (),
    )


def versions() -> dict[str, str]:
    """The versions a verdict depends on."""
    import numpy

    from tfgrad_course import __version__

    return {"tfgrad": __version__, "python": platform.python_version(), "numpy": numpy.__version__}
