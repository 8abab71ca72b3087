"""`tfgrad lint`: exercises proven before a learner sees them, each remark with its place and how to mend it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graders.arguments import exercises_option

if TYPE_CHECKING:
    from tfgrad_course.course.remark import Remark


@click.command("lint", short_help="Prove exercises before a learner sees them.")
@click.argument("paths", metavar="[PATH...]", nargs=-1, type=click.Path(exists=True))
@click.option("--fix", is_flag=True, help="Mend what is safe to mend: line ends, tabs, the line for editors.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@exercises_option
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], fix: bool, as_json: bool, root: str | None) -> None:
    """Read exercises (all of the course by default) and say what would mislead a learner or a grader.

    Exit codes: 0 nothing wrong, 2 something is.
    """
    from tfgrad_course.course.lint import fix as mend

    files = _files(paths)
    if fix:
        for path in files or _all(root):
            for done in mend(path):
                click.echo(f"{path}: {done}")
    found = _found(files, root)
    wrong = [remark for remark in found if remark.severity == "error"]
    if as_json:
        rows = [
            {"path": one.path, "line": one.line, "column": one.column, "rule": one.rule, "severity": one.severity,
             "message": one.message, "mend": one.mend}
            for one in found
        ]  # fmt: skip
        click.echo(json.dumps({"schema": "tfgrad/lint/v1", "remarks": rows}, indent=1))
    else:
        for one in found:
            click.echo(f"{one}\n    {one.mend}")
        click.echo(f"{len(wrong)} errors, {len(found) - len(wrong)} warnings")
    ctx.exit(2 if wrong else 0)


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
