"""`tfgrad lint`: exercises proven before a learner sees them, each remark with its place and how to mend it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graders.arguments import cores, exercises_option, jobs_option

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise
    from tfgrad_course.course.remark import Remark


@click.command("lint", short_help="Prove exercises before a learner sees them.")
@click.argument("paths", metavar="[PATH...]", nargs=-1, type=click.Path(exists=True))
@click.option("--fix", is_flag=True, help="Mend what is safe to mend: line ends, tabs, the line for editors.")
@click.option("--read-only", is_flag=True, help="Only read the files: run no starter, solution or mutation.")
@click.option(
    "--backend",
    type=click.Choice(["tensorflow", "shim"]),
    help="Run on this backend only; with tensorflow all mutations, too. Default: starter and solution on both.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@jobs_option
@exercises_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    fix: bool,
    read_only: bool,
    backend: str | None,
    form: str,
    as_json: bool,
    jobs: int | None,
    root: str | None,
) -> None:
    """Read exercises (all of the course by default), run them, and say what would mislead a learner or a grader.

    Exit codes: 0 nothing wrong, 2 something is.
    """
    from graders.lintings import FORMATS
    from tfgrad_course.course.lint import fix as mend

    files = _files(paths)
    if fix:
        for path in files or _all(root):
            for done in mend(path):
                click.echo(f"{path}: {done}", err=form != "text")
    found = _found(files, root)
    if not read_only:
        found += _proven(files or _all(root), found, backend, jobs or cores())
    click.echo(FORMATS["json" if as_json else form](found))
    ctx.exit(2 if any(remark.severity == "error" for remark in found) else 0)


def _files(paths: tuple[str, ...]) -> list[Path]:
    found: list[Path] = []
    for path in map(Path, paths):
        found += sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    found = [path for path in found if path.name != "course.yaml"]
    if paths and not found:
        raise click.UsageError(f"no exercises (*.yaml) in {', '.join(paths)}")
    return found


def _all(root: str | None) -> list[Path]:
    from tfgrad_course.course.catalogue import catalogue

    return list(catalogue(root).paths.values())


def _found(files: list[Path], root: str | None) -> list[Remark]:
    from tfgrad_course.course.catalogue import catalogue
    from tfgrad_course.course.lint import lint_course, lint_file

    if not files:
        return lint_course(catalogue(root))
    return [remark for path in files for remark in lint_file(path)]


def _proven(paths: list[Path], found: list[Remark], backend: str | None, jobs: int) -> list[Remark]:
    """What running tells, of the exercises in whose files nothing is wrong yet."""
    from graders.lint import proofs, remarks

    wrong = {remark.path for remark in found if remark.severity == "error"}
    exercises = [exercise for path in paths if (exercise := _loaded(path, wrong)) is not None]
    there = importlib.util.find_spec("tensorflow") is not None
    backends = [backend] if backend else ["shim", *(["tensorflow"] if there else [])]
    if not exercises:
        return []
    with click.progressbar(length=len(exercises), label="proving", file=sys.stderr) as bar:
        return remarks(proofs(exercises, backends, jobs=jobs, on_proof=lambda proof: bar.update(1)))


def _loaded(path: Path, wrong: set[str]) -> Exercise | None:
    from tfgrad_course.course.fault import ExerciseError
    from tfgrad_course.course.load import load

    try:
        exercise = load(path)
    except ExerciseError:
        return None
    return None if any(Path(name).name == path.name for name in wrong) else exercise
