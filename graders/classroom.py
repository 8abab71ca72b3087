"""A class graded: every learner's every submission, those that are missing, and what held while it ran."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from graders.submission import Submission
from graders.verdict import Report, Verdict

if TYPE_CHECKING:
    from graders.sandbox.pool import Pool
    from tfgrad_course.course.catalogue import Catalogue

MISSING = "nothing was handed in"


def with_missing(submissions: Sequence[Submission], learners: Iterable[str] = ()) -> tuple[Submission, ...]:
    """The submissions and, for every learner (also of a roster), an empty one where a classmate has one."""
    everyone = dict.fromkeys([*(one.learner for one in submissions), *learners])
    exercises = list(dict.fromkeys(one.exercise for one in submissions))
    there = {(one.learner, one.exercise): one for one in submissions}
    missing = lambda who, what: Submission(who, what, "", None, MISSING)
    return tuple(there.get((who, what)) or missing(who, what) for who in everyone for what in exercises)


def grade_class(
    submissions: Sequence[Submission],
    course: Catalogue,
    pool: Pool,
    jobs: int,
    on_verdict: Callable[[Verdict], None] | None = None,
) -> tuple[Verdict, ...]:
    """The verdicts of all submissions, in their order."""
    from graders.pipeline import grade

    return grade([(course[one.exercise], one) for one in submissions], pool, jobs, on_verdict)


def report_on(
    verdicts: Sequence[Verdict],
    course: Catalogue,
    pool: Pool,
    *,
    trusted: bool = False,
    skipped: Sequence[tuple[str, str]] = (),
) -> Report:
    """The report of a run: its verdicts and the conditions they were reached under."""
    asked = dict.fromkeys(verdict.exercise for verdict in verdicts)
    return Report(
        verdicts=tuple(verdicts),
        backend=pool.backend_version,
        sandbox=pool.mode,
        layers=tuple(pool.layers),
        trusted=trusted,
        versions=versions(),
        skipped=tuple(skipped),
        titles={name: course[name].text("title") for name in asked},
    )


def versions() -> dict[str, str]:
    """The versions a verdict depends on."""
    import numpy

    from tfgrad_course import __version__

    return {"tfgrad": __version__, "python": platform.python_version(), "numpy": numpy.__version__}
