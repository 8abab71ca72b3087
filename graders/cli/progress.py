"""`tfgrad progress`: a bar for every module."""

from __future__ import annotations

import click

from graders.arguments import exercises_option, language_of, language_option, open_course


@click.command("progress", short_help="How far you are, module by module.")
@language_option
@exercises_option
def command(language: str | None, root: str | None) -> None:
    """How far you are, module by module."""
    from graders import terminal
    from graders.progress import load, work_folder
    from graders.texts.shell import phrase
    from tfgrad_course.course.values import said

    course, state = open_course(root), load(work_folder())
    spoken = language_of(language, course)
    good, rest = ("█", "░") if terminal.unicode() else ("#", ".")
    rows = [(one.code, said(one.title, spoken), course.of_module(one.number)) for one in course.modules]
    rows = [row for row in rows if row[2]] or [("", phrase("Exercises", spoken), course.ids)]
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
    told = {"done": total, "count": sum(len(ids) for _c, _t, ids in rows), "tries": tries}
    click.echo("\n" + phrase("{done} of {count} passed in {tries} checks.", spoken, **told))
    if state.current:
        click.echo(phrase("You are at {id}.", spoken, id=state.current))
