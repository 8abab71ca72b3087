"""`tfgrad show`: an exercise as it is asked."""

from __future__ import annotations

import click

from graders.arguments import exercises_option, open_course, own_exercise


@click.command("show", short_help="What an exercise asks.")
@click.argument("exercise", metavar="ID")
@click.option("--starter", is_flag=True, help="Only the starter file, as `start` writes it.")
@exercises_option
def command(exercise: str, starter: bool, root: str | None) -> None:
    """What an exercise asks. ID is its name (polynomial-slope) or its code (M03-01)."""
    from graders import terminal, wording
    from graders.escape import plain
    from graders.progress import learner_of, work_folder

    one = own_exercise(open_course(root), exercise, learner_of(work_folder()))
    if starter:
        click.echo(wording.starter(one), nl=False)
        return
    click.secho(f"{one.code}  {one.text('title')}".strip(), bold=True)
    click.echo(f"{one.id} ({one.kind})\n")
    click.echo(terminal.reflow(plain(wording.prompt(one))))
    click.echo(f"\nBegin with: tfgrad start {one.id}")
