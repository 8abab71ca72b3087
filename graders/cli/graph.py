"""`tfgrad graph`: the computational graph of an exercise's function, or of a script as its tape recorded it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from graders.arguments import (
    backend_of,
    backend_option,
    exercises_option,
    find_exercise,
    open_course,
    own_pool,
)

if TYPE_CHECKING:
    from tfgrad_course.pictures.graph import Graph

FORMATS = ("text", "svg", "mermaid", "dot")


@click.command("graph", short_help="The computational graph of an exercise or a script.")
@click.argument("what", metavar="ID|FILE")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Default: text, or what OUT's name ends in."
)
@click.option("-o", "--output", "out", metavar="OUT", help="Write to this file (.svg, .mmd, .dot, .txt).")
@click.option("--down", is_flag=True, help="Draw from top to bottom.")
@backend_option
@exercises_option
def command(
    what: str, form: str | None, out: str | None, down: bool, backend: str | None, root: str | None
) -> None:
    """The computational graph: nodes are operations, edges carry tensors and local derivatives.

    With an ID: of the exercise's function at its point, with the paths of the chain rule. With a FILE: as the tape
    recorded the program, with the place where the way from target to source is cut.
    """
    from graders import terminal
    from graders.formats import write

    graph = _of_file(what, backend, root) if os.path.isfile(what) else _of_exercise(what, root)
    endings = {".svg": "svg", ".mmd": "mermaid", ".md": "mermaid", ".dot": "dot", ".gv": "dot"}
    form = form or endings.get(os.path.splitext(out or "")[1].lower(), "text")
    drawn = _drawn(graph, form, "down" if down else "right", terminal.unicode() or out is not None)
    if out is None:
        click.echo(drawn)
    else:
        write(out, drawn.encode("utf-8") + b"\n")
        click.echo(f"Wrote {out}.")


def _drawn(graph: Graph, form: str, direction: str, unicode: bool) -> str:
    if form == "svg":
        from tfgrad_course.pictures.svg import svg

        return svg(graph, direction=direction)
    if form == "mermaid":
        from tfgrad_course.pictures.mermaid import mermaid

        return mermaid(graph, direction=direction)
    if form == "dot":
        from tfgrad_course.pictures.dot import dot

        return dot(graph, direction=direction)
    from tfgrad_course.pictures.indented import indented

    return indented(graph, ascii_only=not unicode)


def _of_exercise(word: str, root: str | None) -> Graph:
    from tfgrad_course.course.formulas import function_of
    from tfgrad_course.pictures.formula_graph import formula_graph

    exercise = find_exercise(open_course(root), word)
    function = function_of(exercise) if exercise.function is not None or exercise.functions else None
    if function is None or not exercise.point:
        raise click.UsageError(f"{exercise.id} has no formula at a point to draw")
    return formula_graph(function, exercise.point)


def _of_file(path: str, backend: str | None, root: str | None) -> Graph:
    """The graph that a script records, behind its last gradient call."""
    from graders.collect import read
    from graders.drawing import recorded_graph
    from graders.evidence import Run
    from graders.notebook import program

    found = read(path)
    source = program(found.cells).source if found.cells else found.source
    if source is None:
        raise click.UsageError(f"{path}: {found.problem}")
    with own_pool(backend_of(backend)) as pool, pool.submission() as session:
        finished = session.run(Run(source))
    recording = finished.recording
    top = [call for call in recording.calls if not call.within] or list(recording.calls)
    graph = recorded_graph(recording, top[-1] if top else None, os.path.basename(path))
    if graph is None:
        raised = f" ({recording.raised.type}: {recording.raised.message})" if recording.raised else ""
        raise click.UsageError(f"{path} recorded no operations to draw{raised}")
    return graph
