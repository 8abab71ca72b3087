"""`tfgrad grade`: a class, a repository or a file, in every format at once."""

from __future__ import annotations

import click

from graders.arguments import (
    backend_of,
    backend_option,
    cores,
    exercises_option,
    find_exercise,
    jobs_option,
    open_course,
)


@click.command("grade", short_help="Grade a class, a repository or a file.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path())
@click.option("--exercise", metavar="ID", help="Grade this exercise; files without a name answer it.")
@click.option("--learner", metavar="NAME", help="Whose files they are; in a class: only this learner.")
@click.option(
    "--format", "formats", metavar="F[=OUT]", multiple=True,
    help="text, json, junit, github, gradescope, classroom50, html, markdown, csv or sarif; repeat for several.",
)  # fmt: skip
@click.option(
    "-o", "--output", "out", metavar="OUT", help="A file, or a folder (ending in /) for all reports."
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
@click.option("-q", "--quiet", is_flag=True, help="No text report, no progress bar.")
@jobs_option
@backend_option
@exercises_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    exercise: str | None,
    learner: str | None,
    formats: tuple[str, ...],
    out: str | None,
    exit_zero: bool,
    trusted: bool,
    instructor: bool,
    phase: str,
    reveal: bool,
    quiet: bool,
    jobs: int | None,
    backend: str | None,
    root: str | None,
) -> None:
    """Grade every answer below the paths.

    A file says which exercise it answers by its name (polynomial-slope.py), by a line
    `# tfgrad: polynomial-slope`, or by --exercise. A folder below PATH is a learner.
    Exit codes: 0 all passed, 1 something did not, 2 wrong usage, 3 could not grade.
    """
    from graders import terminal
    from graders.classroom import grade_class, report_on, with_missing
    from graders.collect import collect
    from graders.formats import wanted
    from graders.publish import publish
    from graders.reporting import exit_code
    from graders.sandbox.pool import open_pool

    reports = wanted(formats, out)
    backend = backend_of(backend)
    course = open_course(root)
    named = find_exercise(course, exercise).id if exercise else None
    collection = collect(paths, course, exercise=named, learner=learner)
    submissions = with_missing(collection.submissions)
    lanes = min(jobs or cores(), len(submissions))
    with open_pool(backend, standby=lanes, trusted=trusted) as pool:
        with terminal.Bar(0 if quiet else len(submissions)) as bar:
            step = lambda verdict: bar.step(verdict.outcome == "passed")
            verdicts = grade_class(submissions, course, pool, lanes, step)
        report = report_on(verdicts, course, pool, trusted=trusted, skipped=collection.skipped)
    options = terminal.options(instructor=instructor, phase=phase, reveal=reveal)
    publish(report, reports, options, quiet=quiet)
    code = exit_code(report)
    ctx.exit(0 if exit_zero and code == 1 else code)
