"""How well diagnoses do: `python -m graders.mutants` runs wrong programs of the course and tells how many are named."""

from __future__ import annotations

import click

from graders.mutants import writing


@click.command()
@click.option("--every", default=1, show_default=True, help="Run only each n-th wrong program.")
@click.option("--backend", default="shim", show_default=True, type=click.Choice(["shim", "tensorflow"]))
@click.option(
    "--style", "styles", multiple=True, type=click.Choice(writing.STYLES), help="Only these styles."
)
@click.option("--exercise", "wanted", multiple=True, help="Only these exercises.")
@click.option("--kind", "kinds", multiple=True, help="Only these misconceptions.")
@click.option("--missed", is_flag=True, help="Print the programs that were not named, too.")
def command(
    every: int,
    backend: str,
    styles: tuple[str, ...],
    wanted: tuple[str, ...],
    kinds: tuple[str, ...],
    missed: bool,
) -> None:
    """A row for each misconception: programs with it, named (first finding), at the right line, wrongly accused."""
    from graders.mutants.measure import measured, table
    from graders.sandbox.pool import open_pool
    from tfgrad_course.course.catalogue import catalogue

    course = catalogue()
    exercises = [course.find(name) for name in wanted] or list(course.exercises)
    with open_pool(backend, own_code=True) as pool, click.progressbar(length=len(exercises)) as bar:
        rows = measured(exercises, pool, every, styles or writing.STYLES, kinds, lambda: bar.update(1))
    for row in rows if missed else ():
        if not row.placed:
            click.echo(f"# {row.exercise}: {row.mutant.kind}:{row.mutant.line}, said {row.said}:{row.line}")
            click.echo(row.mutant.source)
    click.echo(table(rows))


if __name__ == "__main__":
    command()
