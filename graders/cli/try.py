"""`tfgrad try`: an exercise file as the learner meets it and as the grader judges it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graders.arguments import backend_of, backend_option, own_pool

if TYPE_CHECKING:
    from graders.verdict import Verdict


@click.command("try", short_help="Try an exercise file as learner and grader see it.")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False))
@backend_option
@click.pass_context
def command(ctx: click.Context, file: str, backend: str | None) -> None:
    """Show an exercise file as the learner meets it, then judge its own solution and its starter."""
    from graders import pipeline, wording
    from graders.escape import plain
    from graders.submission import Submission
    from tfgrad_course.course.load import load

    exercise = load(Path(file))
    rule = lambda title: click.secho(f"\n{title}", bold=True)
    rule(f"{exercise.text('title')} ({exercise.kind})")
    click.echo(plain(wording.prompt(exercise)))
    for index, hint in enumerate(wording.hints(exercise), 1):
        click.echo(f"hint {index}: {plain(hint)}")
    solution, starter = wording.solution(exercise), wording.starter(exercise)
    rule("solution")
    click.echo(solution)
    with own_pool(backend_of(backend)) as pool:
        good = pipeline.judge(exercise, Submission("solution", exercise.id, "solution.py", solution), pool)
        bare = pipeline.judge(exercise, Submission("starter", exercise.id, "starter.py", starter), pool)
    fine = _told("solution", good, good.outcome == "passed", "must pass")
    fine &= _told("starter", bare, bare.outcome != "passed", "must not pass")
    explain = wording.explanation(exercise)
    if explain:
        rule("after passing")
        click.echo(plain(explain))
    ctx.exit(0 if fine else 2)


def _told(what: str, verdict: Verdict, fine: bool, rule: str) -> bool:
    from graders.reporting import Options, reason, words

    why = reason(verdict, Options())
    click.secho(
        f"{'ok ' if fine else 'no '} {what} {rule}: {words(verdict.outcome)} {verdict.score:g}/{verdict.max_score:g}"
        + (f" ({why})" if not fine and why else ""),
        fg="green" if fine else "red",
    )
    return fine
