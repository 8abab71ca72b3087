"""`tfgrad check`: the student's own file judged at once, with the finding under its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from graders.arguments import (
    backend_of,
    backend_option,
    exercises_option,
    find_exercise,
    language_of,
    language_option,
    open_course,
    own_exercise,
    own_pool,
)

if TYPE_CHECKING:
    from pathlib import Path

    from graders.verdict import Report, Verdict
    from tfgrad_course.course.catalogue import Catalogue


@click.command("check", short_help="Check your answer (to the exercise last started).")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path())
@click.option("--exercise", metavar="ID", help="The exercise the file answers.")
@click.option("--format", "formats", metavar="F[=OUT]", multiple=True, help="text (default), json, html, ...")
@click.option("-o", "--output", "out", metavar="OUT", help="Write the report to this file.")
@click.option("--reveal", is_flag=True, help="Show the expected answer too.")
@language_option
@backend_option
@exercises_option
@click.pass_context
def command(
    ctx: click.Context,
    file: str | None,
    exercise: str | None,
    formats: tuple[str, ...],
    out: str | None,
    reveal: bool,
    language: str | None,
    backend: str | None,
    root: str | None,
) -> None:
    """Check a file (or the exercise last started) and say what is wrong, where, and what to try."""
    from graders import terminal
    from graders.classroom import facts, grade_class, report_on
    from graders.collect import collect
    from graders.formats import wanted
    from graders.progress import learner_of, load, work_folder
    from graders.publish import publish
    from graders.reporting import exit_code

    reports = wanted(formats, out)
    backend = backend_of(backend)
    course, folder = open_course(root), work_folder()
    spoken = language_of(language, course)
    path, named = _what(file, exercise, course, folder)
    collection = collect([path], course, exercise=named, learner=learner_of(folder))
    before = load(folder)
    with own_pool(backend) as pool:
        verdicts = grade_class(collection.submissions, course, pool, 1, language=spoken)
        report = report_on(verdicts, course, pool, language=spoken)
    ids = [verdict.exercise for verdict in verdicts]
    told = facts(course, ids, curves=any(one.name == "html" for one in reports), language=spoken)
    publish(report, reports, terminal.options(reveal=reveal, language=spoken, facts=told))
    for verdict in verdicts:
        _keep(verdict, folder, path)
    if not reports or reports[0].name == "text":
        _next(report, course, before.of(verdicts[0].exercise).passed, learner_of(folder), spoken)
    ctx.exit(exit_code(report))


def _what(file: str | None, exercise: str | None, course: Catalogue, folder: Path) -> tuple[str, str | None]:
    """The file to check and the exercise it is for, from what was said and what was started last."""
    import os

    from graders.progress import load

    named = find_exercise(course, exercise).id if exercise else None
    if file is not None:
        if not os.path.exists(file) and course.id_of(file) is not None:
            named = course.id_of(file)
        else:
            return file, named
    state = load(folder)
    name = named or state.current
    if name is None:
        raise click.UsageError("nothing started yet: tfgrad start ID, or name a file: tfgrad check FILE")
    known = state.of(name).file
    place = folder / known if known else None
    if place is None or not place.is_file():
        if os.path.isfile(f"{name}.py"):
            return f"{name}.py", name
        raise click.UsageError(f"no file for {name} here: tfgrad start {name}, or name it: tfgrad check FILE")
    return os.path.relpath(place), name


def _keep(verdict: Verdict, folder: Path, path: str) -> None:
    import os

    from graders.progress import FOLDER, note

    # A work folder is one where `start` was used; a stray `check FILE` elsewhere leaves no trace.
    if (folder / FOLDER).is_dir():
        file = os.path.relpath(os.path.abspath(path), folder)
        note(folder, verdict.exercise, verdict.outcome == "passed", verdict.score, file)


def _next(report: Report, course: Catalogue, was_passed: bool, learner: str, language: str) -> None:
    """After passing: what was to be learnt and where to go on; else where help is."""
    from graders import terminal, wording
    from graders.texts.shell import phrase

    verdict = report.verdicts[0]
    if verdict.outcome == "passed":
        explain = wording.explanation(own_exercise(course, verdict.exercise, learner), language=language)
        if explain and not was_passed:
            click.echo(f"\n{terminal.reflow(explain)}")
        ids = course.ids
        after = ids[ids.index(verdict.exercise) + 1 :]
        said = "Next: tfgrad start {id}" if after else "That was the last exercise of the course."
        click.echo("\n" + phrase(said, language, id="".join(after[:1])))
    elif verdict.outcome not in ("could_not_grade",):
        click.echo("\n" + phrase("Stuck? tfgrad hint", language))
