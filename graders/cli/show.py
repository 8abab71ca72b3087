"""`tfgrad show`: an exercise as it is asked."""

from __future__ import annotations

import click

from graders.arguments import exercises_option, language_of, language_option, open_course, own_exercise


@click.command("show", short_help="What an exercise asks.")
@click.argument("exercise", metavar="ID")
@click.option("--starter", is_flag=True, help="Only the starter file, as `start` writes it.")
@language_option
@exercises_option
def command(exercise: str, starter: bool, language: str | None, root: str | None) -> None:
    """What an exercise asks. ID is its name (polynomial-slope) or its code (M03-01)."""
    from graders import terminal, wording
    from graders.escape import plain
    from graders.progress import learner_of, work_folder
    from graders.texts.shell import phrase

    course = open_course(root)
    spoken = language_of(language, course)
    one = own_exercise(course, exercise, learner_of(work_folder()))
    if starter:
        click.echo(wording.starter(one, spoken), nl=False)
        return
    click.secho(f"{one.code}  {one.text('title', spoken)}".strip(), bold=True)
    click.echo(f"{one.id} ({one.kind})\n")
    click.echo(terminal.reflow(plain(wording.prompt(one, language=spoken))))
    click.echo("\n" + phrase("Begin with: tfgrad start {id}", spoken, id=one.id))
