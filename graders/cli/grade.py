"""`tfgrad grade`: a class, a repository or a file, in every format at once, resumed where it was stopped."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from graders.arguments import (
    backend_of,
    backend_option,
    cores,
    exercises_option,
    find_exercise,
    jobs_option,
    language_of,
    language_option,
    open_course,
)

if TYPE_CHECKING:
    from graders.journal import Journal
    from graders.reporting import Options, Person
    from graders.sandbox.pool import Pool
    from graders.submission import Submission
    from graders.verdict import Report
    from tfgrad_course.course.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for."""

    paths: tuple[str, ...]
    exercise: str | None
    learner: str | None
    formats: tuple[str, ...]
    out: str | None
    roster: str | None
    journal: str | None
    changed: bool
    compare: str | None
    late_penalty: float | None
    exit_zero: bool
    trusted: bool
    instructor: bool
    phase: str
    language: str | None
    strict_junit: bool
    reveal: bool
    quiet: bool
    title: str
    jobs: int | None
    backend: str | None
    root: str | None


@click.command("grade", short_help="Grade a class, a repository or a file.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path())
@click.option("--exercise", metavar="ID", help="Grade this exercise; files without a name answer it.")
@click.option("--learner", metavar="NAME", help="Whose files they are; in a class: only this learner.")
@click.option(
    "--format", "formats", metavar="F[=OUT]", multiple=True,
    help="text, json, junit, github, gradescope, classroom50, html, markdown, csv or sarif; repeat for several. "
    "csv:totals, csv:canvas, csv:moodle and junit:strict (for Jenkins) are variants.",
)  # fmt: skip
@click.option(
    "--strict-junit", is_flag=True, help="JUnit as Jenkins' schema wants it: no file, line or properties."
)
@click.option(
    "-o", "--output", "out", metavar="OUT", help="A file, or a folder (ending in /) for all reports."
)
@click.option(
    "--roster", metavar="CSV", help="The class list: who is missing, excused or late, and gradebook ids."
)
@click.option(
    "--journal", metavar="FILE", help="Keep verdicts here and take up what is there (with -o DIR/: in DIR)."
)
@click.option("--changed", is_flag=True, help="Only what the journal does not hold yet.")
@click.option("--compare", metavar="JSON", help="Say what changed against an earlier JSON report.")
@click.option(
    "--late-penalty",
    type=click.FloatRange(0, 1),
    help="The share late work loses, as 0.2 (default: course.yaml's late_penalty).",
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 also when something did not pass.")
@click.option(
    "--trusted", is_flag=True, help="Run even where the sandbox cannot hold. Only for code you trust."
)
@click.option("--instructor", is_flag=True, help="Show hidden checks too: not for learners.")
@click.option(
    "--phase", type=click.Choice(["open", "due", "published"]), default="open", show_default=True,
    help="Show the checks that are visible after the due date, or after publishing.",
)  # fmt: skip
@click.option("--reveal", is_flag=True, help="Show the expected answers: not for learners.")
@click.option("--title", default="tfgrad", help="The title of the reports.")
@click.option("-q", "--quiet", is_flag=True, help="No text report, no progress bar.")
@language_option
@jobs_option
@backend_option
@exercises_option
@click.pass_context
def command(ctx: click.Context, **given: Any) -> None:
    """Grade every answer below the paths.

    A file says which exercise it answers by its name (polynomial-slope.py), by a line
    `# tfgrad: polynomial-slope`, or by --exercise. A folder below PATH is a learner.
    Exit codes: 0 all passed, 1 something did not, 2 wrong usage, 3 could not grade.
    """
    from graders.compare import changes, read_results, told
    from graders.formats import wanted
    from graders.publish import publish
    from graders.reporting import exit_code

    asked = Asked(**given)
    reports = wanted(asked.formats, asked.out)
    before = read_results(asked.compare) if asked.compare else None
    course = open_course(asked.root)
    people = _people(asked, course)
    language = language_of(asked.language, course)
    report = _report(asked, course, people, language)
    curves = any(one.name == "html" for one in reports)
    publish(report, reports, _options(asked, course, report, people, curves, language), quiet=asked.quiet)
    if before is not None and not asked.quiet:
        whole = asked.learner is None and not asked.changed
        click.echo(told(changes(before, report, whole=whole), str(asked.compare), language), nl=False)
    code = exit_code(report)
    ctx.exit(0 if asked.exit_zero and code == 1 else code)


def _people(asked: Asked, course: Catalogue) -> dict[str, Person]:
    from graders.roster import read_roster, resolved

    people = resolved(read_roster(asked.roster), course, asked.roster) if asked.roster else {}
    return {who: one for who, one in people.items() if asked.learner in (None, who)}


def _report(asked: Asked, course: Catalogue, people: dict[str, Person], language: str) -> Report:
    """Find the work, grade it, say under which conditions."""
    from graders import classroom
    from graders.collect import collect
    from graders.sandbox.pool import open_pool

    backend = backend_of(asked.backend)
    named = find_exercise(course, asked.exercise).id if asked.exercise else None
    collection = collect(asked.paths, course, exercise=named, learner=asked.learner)
    submissions = classroom.with_missing(collection.submissions, people)
    for one in dict.fromkeys(one.exercise for one in submissions):
        course[one]  # a faulty exercise ends the command before anything runs
    lanes = min(asked.jobs or cores(), max(len(submissions), 1))
    with open_pool(backend, standby=lanes, trusted=asked.trusted) as pool, contextlib.ExitStack() as stack:  # type: ignore[arg-type]
        journal = _journal(asked, pool, stack, language)
        if asked.changed and journal is not None:
            submissions = classroom.unchanged(submissions, course, journal)
        verdicts = _run(asked, submissions, course, pool, lanes, journal, language)
        penalty = course.outline.late_penalty if asked.late_penalty is None else asked.late_penalty
        return classroom.report_on(
            classroom.penalised(verdicts, submissions, penalty, language),
            course,
            pool,
            people=None if asked.changed else people,  # a part of the work has no totals
            language=language,
            trusted=asked.trusted,
            skipped=collection.skipped,
            alike=classroom.alike(classroom.attempted(submissions, verdicts)),
        )


def _journal(asked: Asked, pool: Pool, stack: contextlib.ExitStack, language: str) -> Journal | None:
    from graders.classroom import versions
    from graders.journal import Journal

    path = asked.journal
    if path is None and asked.out and (asked.out.endswith(("/", os.sep)) or os.path.isdir(asked.out)):
        path = os.path.join(asked.out, "journal.jsonl")
    if path is None:
        if asked.changed:
            raise click.UsageError("--changed needs a journal: --journal FILE, or -o DIR/")
        return None
    conditions = {**versions(), "backend": pool.backend_version, "sandbox": pool.mode, "language": language}
    return stack.enter_context(Journal(path, conditions))


def _run(
    asked: Asked,
    submissions: Sequence[Submission],
    course: Catalogue,
    pool: Pool,
    lanes: int,
    journal: Journal | None,
    language: str,
) -> tuple[Any, ...]:
    """Grade with a bar; Ctrl-C says what is kept."""
    from graders import terminal
    from graders.classroom import grade_class

    with terminal.Bar(0 if asked.quiet else len(submissions)) as bar:
        try:
            step = lambda verdict: bar.step(verdict.outcome == "passed")
            return grade_class(submissions, course, pool, lanes, step, journal, language)
        except KeyboardInterrupt:
            kept = "; what is done is in the journal, the same command goes on from there" if journal else ""
            raise click.ClickException(f"stopped{kept}") from None


def _options(
    asked: Asked, course: Catalogue, report: Report, people: dict[str, Person], curves: bool, language: str
) -> Options:
    from graders import terminal
    from graders.classroom import facts

    return terminal.options(
        instructor=asked.instructor,
        phase=asked.phase,
        reveal=asked.reveal,
        title=asked.title,
        people=people,
        facts=facts(
            course, (verdict.exercise for verdict in report.verdicts), curves=curves, language=language
        ),
        language=language,
        strict=asked.strict_junit,
    )
