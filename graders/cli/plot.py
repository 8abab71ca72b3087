"""`tfgrad plot`: the function of an exercise, its point, and the tangent (or contours and the gradient)."""

from __future__ import annotations

import os

import click

from graders.arguments import exercises_option, find_exercise, open_course


@click.command("plot", short_help="The function, the point and the tangent.")
@click.argument("exercise", metavar="ID")
@click.option("-o", "--output", "out", metavar="OUT", help="A .png or .svg file (default: ID.png).")
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True)
@click.option(
    "--width", type=click.FloatRange(2, 20), default=7.2, show_default=True, help="In inches of 100 pixels."
)
@click.option("--untold", is_flag=True, help="Leave the slope's number out.")
@exercises_option
def command(exercise: str, out: str | None, theme: str, width: float, untold: bool, root: str | None) -> None:
    """Draw the function of an exercise at its point, with the tangent there."""
    from graders.formats import write
    from tfgrad_course.course.formulas import function_of
    from tfgrad_course.maths import MathsError
    from tfgrad_course.pictures.curve import FORMATS, curve

    one = find_exercise(open_course(root), exercise)
    function = function_of(one) if one.function is not None or one.functions else None
    if function is None or not one.point:
        raise click.UsageError(f"{one.id} has no formula at a point to plot")
    path = out or f"{one.id}.png"
    form = os.path.splitext(path)[1].lower().lstrip(".")
    if form not in FORMATS:
        raise click.UsageError(f"expected a file ending in .png or .svg, found {path}")
    try:
        made = curve(function, one.point, format=form, theme=theme, width=width, tell=not untold)
    except MathsError as fault:
        raise click.UsageError(f"{one.id}: {fault}") from None
    write(path, made)
    click.echo(f"Wrote {path}.")
