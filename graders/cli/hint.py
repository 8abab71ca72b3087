"""`tfgrad hint`: one hint more, never all of them at once."""

from __future__ import annotations

import click

from graders.arguments import exercises_option, language_of, language_option, open_course, own_exercise


@click.command("hint", short_help="The next hint; never all of them at once.")
@click.argument("file", metavar="[FILE|ID]", required=False)
@click.option("--all", "everything", is_flag=True, help="All hints there are.")
@language_option
@exercises_option
def command(file: str | None, everything: bool, language: str | None, root: str | None) -> None:
    """The next hint for the exercise last started (or of a file or ID)."""
    from graders import wording
    from graders.escape import plain
    from graders.progress import change, learner_of, load, work_folder

    course, folder = open_course(root), work_folder()
    state = load(folder)
    name = file or state.current
    if name is None:
        raise click.UsageError("nothing started yet: tfgrad start ID, or name one: tfgrad hint ID")
    import os

    one = own_exercise(course, os.path.basename(name), learner_of(folder))
    hints = wording.hints(one, language_of(language, course))
    if not hints:
        raise click.UsageError(f"{one.id} has no hints; tfgrad check says where your answer goes wrong")
    seen = state.of(one.id).hints
    upto = len(hints) if everything else min(seen + 1, len(hints))
    for index, hint in enumerate(hints[:upto], 1):
        click.secho(f"{index}/{len(hints)}  {plain(hint)}", dim=index < upto and not everything)
    change(folder, one.id, hints=max(upto, seen))
