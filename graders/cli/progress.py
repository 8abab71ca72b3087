"""`tfgrad progress`: a bar for every module."""

from __future__ import annotations

import click

from graders.arguments import exercises_option, open_course


@click.command("progress", short_help="How far you are, module by module.")
@exercises_option
def command(root: str | None) -> None:
    """How far you are, module by module."""
    from graders import terminal
    from graders.progress import load, work_folder
    from tfgrad_course.course.values import said

    course, state = open_course(root), load(work_folder())
    good, rest = ("█", "░") if terminal.unicode() else ("#", ".")
    rows = [(one.code, said(one.title), course.of_module(one.number)) for one in course.modules]
    rows = [row for row in rows if row[2]] or [("", "Exercises", course.ids)]
    wide = max(len(title) for _code, title, _ids in rows)
    total = 0
    for code, title, ids in rows:
        done = sum(state.of(one).passed for one in ids)
        total += done
        full = round(20 * done / len(ids))
        bar = good * full + rest * (20 - full)
        click.secho(
            f"{code:4} {title:{wide}}  {bar} {done}/{len(ids)}", fg="green" if done == len(ids) else None
        )
    tries = sum(one.checks for one in state.exercises.values())
    click.echo(f"\n{total} of {sum(len(ids) for _c, _t, ids in rows)} passed in {tries} checks.")
    if state.current:
        click.echo(f"You are at {state.current}.")
