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
    language_of,
    language_option,
    open_course,
    own_exercise,
    own_pool,
)
from graders.escape import plain

if TYPE_CHECKING:
    from graders.collect import Read
    from graders.evidence import Call, Finished
    from tfgrad_course.course.catalogue import Catalogue
    from tfgrad_course.course.exercise import Exercise
    from tfgrad_course.pictures.graph import Graph

FORMATS = ("text", "svg", "mermaid", "dot")


@click.command("graph", short_help="The computational graph of an exercise or a script.")
@click.argument("what", metavar="ID|FILE")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Default: text, or what OUT's name ends in."
)
@click.option("-o", "--output", "out", metavar="OUT", help="Write to this file (.svg, .mmd, .dot, .txt).")
@click.option("--down", is_flag=True, help="Draw from top to bottom.")
@click.option(
    "--exercise", "word", metavar="ID", help="The exercise that FILE answers, if its name does not say."
)
@language_option
@backend_option
@exercises_option
def command(
    what: str,
    form: str | None,
    out: str | None,
    down: bool,
    word: str | None,
    language: str | None,
    backend: str | None,
    root: str | None,
) -> None:
    """The computational graph: nodes are operations, edges carry tensors and local derivatives.

    With an ID: of the exercise's function at its point, with the paths of the chain rule. With a FILE: as the tape
    recorded the program, with the place where the way from target to source is cut (✕) and, if the file answers
    an exercise, where it departs from the exercise's function (≠).
    """
    from graders import terminal
    from graders.formats import write

    course = open_course(root)
    if os.path.isfile(what):
        graph = _of_file(what, word, course, backend_of(backend), language_of(language, course))
    else:
        graph = _of_exercise(what, course)
    endings = {".svg": "svg", ".mmd": "mermaid", ".md": "mermaid", ".dot": "dot", ".gv": "dot"}
    form = form or endings.get(os.path.splitext(out or "")[1].lower(), "text")
    turned, spoken = "down" if down else "right", language_of(language, course)
    drawn = _drawn(graph, form, turned, terminal.unicode() or out is not None, spoken)
    if out is None:
        click.echo(drawn)
    else:
        write(out, drawn.encode("utf-8") + b"\n")
        click.echo(f"Wrote {out}.")


def _drawn(graph: Graph, form: str, direction: str, unicode: bool, language: str) -> str:
    if form == "svg":
        from graders.drawing import legend
        from tfgrad_course.pictures.svg import svg

        return svg(graph, direction=direction, legend=legend(language))
    if form == "mermaid":
        from tfgrad_course.pictures.mermaid import mermaid

        return mermaid(graph, direction=direction)
    if form == "dot":
        from tfgrad_course.pictures.dot import dot

        return dot(graph, direction=direction)
    from tfgrad_course.pictures.indented import indented

    return indented(graph, ascii_only=not unicode)


def _of_exercise(word: str, course: Catalogue) -> Graph:
    from tfgrad_course.course.formulas import function_of
    from tfgrad_course.pictures.formula_graph import formula_graph

    exercise = find_exercise(course, word)
    function = function_of(exercise) if exercise.function is not None or exercise.functions else None
    if function is None or not exercise.point:
        raise click.UsageError(f"{exercise.id} has no formula at a point to draw")
    return formula_graph(function, exercise.point)


def _of_file(path: str, word: str | None, course: Catalogue, backend: str, language: str) -> Graph:
    """The graph that a script records, behind the gradient call that answers its exercise (else the last one)."""
    from graders.collect import read
    from graders.drawing import recorded_graph
    from graders.evidence import Run
    from graders.notebook import program

    found = read(path)
    exercise = _answered(path, found, word, course)
    cells = program(found.cells, exercise.id if exercise and _named(found, exercise, course) else None)
    source = cells.source if found.cells else found.source
    if source is None:
        raise click.UsageError(f"{path}: {found.problem}")
    asked = (exercise.answer_name,) if exercise else ("answer",)
    with own_pool(backend) as pool, pool.submission() as session:
        finished = session.run(Run(source, "submission.py", asked))
    call, compared = _calls(exercise, finished, backend)
    title = os.path.basename(path)
    where = cells.cells if found.cells else ()
    graph = recorded_graph(finished.recording, call, title, exercise, compared, language, where)
    if graph is None:
        raised = finished.recording.raised
        why = f" ({raised.type}: {raised.message})" if raised else ""
        raise click.UsageError(plain(f"{path} recorded no operations to draw{why}"))
    return graph


def _answered(path: str, found: Read, word: str | None, course: Catalogue) -> Exercise | None:
    """The exercise that a file answers, in the variant of whose work folder it is: said, marked, or by its name."""
    from graders.notebook import named
    from graders.progress import learner_of, work_folder

    marks = [cell.exercise for cell in found.cells] + [named((found.source or "").split("\n"))]
    known = word or next((mark for mark in marks if mark and course.id_of(mark)), None)
    if known is None:
        known = course.id_of(os.path.basename(path))
    return own_exercise(course, known, learner_of(work_folder())) if known else None


def _named(found: Read, exercise: Exercise, course: Catalogue) -> bool:
    """Whether a notebook has cells that name the exercise: then only these are its program."""
    return any(cell.exercise and course.id_of(cell.exercise) == exercise.id for cell in found.cells)


def _calls(exercise: Exercise | None, finished: Finished, backend: str) -> tuple[Call | None, Call | None]:
    """The call to draw, and the one whose target is compared with the exercise's function."""
    recording = finished.recording
    top = [call for call in recording.calls if not call.within] or list(recording.calls)
    last = top[-1] if top else None
    if exercise is None or not exercise.point:
        return last, None
    from graders.case import Case
    from graders.evidence import Evidence
    from graders.probing import at_point
    from graders.reference import Reference

    unplaced = Case(exercise, Reference(()), Evidence(finished, backend=backend), finished)
    case = at_point(unplaced, finished, exercise.point, 1.0)
    return case.meant.calls[0] if case.meant.calls else last, case.function_call
