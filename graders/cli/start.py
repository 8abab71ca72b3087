"""`tfgrad start`: writes the starter file and remembers what the student is at."""

from __future__ import annotations

from pathlib import Path

import click

from graders.arguments import exercises_option, language_of, language_option, open_course, own_exercise


@click.command("start", short_help="Begin an exercise: writes its starter file.")
@click.argument("exercise", metavar="[ID]", required=False)
@click.option("--force", is_flag=True, help="Write the starter again over your file (kept as FILE.bak).")
@click.option(
    "--learner", metavar="NAME", help="Your name, as your teacher grades you (default: this folder's)."
)
@language_option
@exercises_option
def command(
    exercise: str | None, force: bool, learner: str | None, language: str | None, root: str | None
) -> None:
    """Begin an exercise: write its starter file here (never over your work) and say what is asked.

    Without ID: the next exercise that is not passed.
    """
    from graders import terminal, wording
    from graders.escape import plain
    from graders.formats import write
    from graders.progress import change, learner_of, load, name_learner, work_folder
    from graders.texts.shell import phrase

    course, folder = open_course(root), work_folder()
    spoken = language_of(language, course)
    state = name_learner(folder, learner) if learner else load(folder)
    name = exercise or next((one for one in course.ids if not state.of(one).passed), None)
    if name is None:
        click.echo(phrase("All exercises are passed. `tfgrad list` shows them.", spoken))
        return
    one = own_exercise(course, name, learner_of(folder))
    path = Path(f"{one.id}.py")
    known = state.of(one.id).file
    if known and not path.exists() and (folder / known).is_file():
        path = folder / known
    fresh = force or not path.exists()
    if fresh:
        if path.exists():
            write(f"{path}.bak", path.read_bytes())
        write(str(path), wording.starter(one, spoken).encode())
    change(folder, one.id, current=True, file=_kept(path, folder))
    click.secho(f"{one.code}  {one.text('title', spoken)}".strip(), bold=True)
    click.echo()
    click.echo(terminal.reflow(plain(wording.prompt(one, language=spoken))))
    done = (
        "Wrote {path}. Edit it, then: tfgrad check"
        if fresh
        else "Your file is {path}. Edit it, then: tfgrad check"
    )
    click.echo("\n" + phrase(done, spoken, path=path))


def _kept(path: Path, folder: Path) -> str:
    """The file's place as kept in the progress: relative to the work folder where it lies below."""
    try:
        return path.resolve().relative_to(folder).as_posix()
    except ValueError:
        return str(path.resolve())
