"""`tfgrad try`: an exercise file as the learner meets it and as the grader judges it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graders.arguments import backend_of, backend_option, language_of, language_option, own_pool

if TYPE_CHECKING:
    from graders.prove import Tried
    from graders.verdict import Verdict
    from tfgrad_course.course.exercise import Exercise


@click.command("try", short_help="Try an exercise file as learner and grader see it.")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False))
@language_option
@backend_option
@click.pass_context
def command(ctx: click.Context, file: str, language: str | None, backend: str | None) -> None:
    """Show an exercise file as the learner meets it, then judge its solution, its starter and likely mistakes."""
    from graders import pipeline, wording
    from graders.escape import plain
    from graders.prove import prove
    from graders.submission import Submission
    from tfgrad_course.course.load import load

    exercise, spoken = load(Path(file)), language_of(language, None)
    rule = lambda title: click.secho(f"\n{title}", bold=True)
    rule(f"{exercise.text('title', spoken)} ({exercise.kind})")
    click.echo(plain(wording.prompt(exercise, language=spoken)))
    for index, hint in enumerate(wording.hints(exercise, spoken), 1):
        click.echo(f"hint {index}: {plain(hint)}")
    solution, starter = wording.solution(exercise), wording.starter(exercise, spoken)
    rule("solution")
    click.echo(solution)
    with own_pool(backend_of(backend)) as pool:
        good = pipeline.judge(exercise, Submission("solution", exercise.id, "solution.py", solution), pool)
        bare = pipeline.judge(exercise, Submission("starter", exercise.id, "starter.py", starter), pool)
        proof = prove(exercise, {pool.backend: pool})
    fine = _told("solution", good, good.outcome == "passed", "must pass")
    fine &= _told("starter", bare, bare.outcome != "passed", "must not pass")
    rule("likely mistakes, and what a learner would read")
    for one in proof.mutations:
        fine &= _refused(one, exercise)
    explain = wording.explanation(exercise, language=spoken)
    if explain:
        rule("after passing")
        click.echo(plain(explain))
    ctx.exit(0 if fine else 2)


def _refused(one: Tried, exercise: Exercise) -> bool:
    """One wrong program: whether it is refused, and the first thing that is said of it."""
    excuse = (exercise.slips or {}).get(one.what)
    said = next(iter((*one.verdict.findings, *one.verdict.advice)), None)
    missed = next((check.message for check in one.verdict.checks if not check.passed), "")
    words = f"line {said.line or '?'}: {said.title}. {said.message}" if said else missed
    if one.passed:
        words = (
            f"it passes ({excuse})" if excuse else "it passes: choose another point, or list it under `slips`"
        )
    mark, colour = ("no ", "red") if one.passed and not excuse else ("ok ", None)
    click.secho(f"{mark} {one.what:34} {words}", fg=colour)
    return not one.passed or excuse is not None


def _told(what: str, verdict: Verdict, fine: bool, rule: str) -> bool:
    from graders.reporting import Options, reason, words

    why = reason(verdict, Options())
    click.secho(
        f"{'ok ' if fine else 'no '} {what} {rule}: {words(verdict.outcome)} {verdict.score:g}/{verdict.max_score:g}"
        + (f" ({why})" if not fine and why else ""),
        fg="green" if fine else "red",
    )
    return fine
