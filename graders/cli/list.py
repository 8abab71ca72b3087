"""`tfgrad list`: the course, and where the student stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from graders.arguments import exercises_option, language_of, language_option, open_course
from graders.texts.shell import phrase

if TYPE_CHECKING:
    from graders.progress import Progress
    from tfgrad_course.course.catalogue import Catalogue
    from tfgrad_course.course.exercise import Exercise


@click.command("list", short_help="The exercises of the course and how far you are.")
@click.option("--module", type=int, help="Only this module.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@language_option
@exercises_option
def command(module: int | None, as_json: bool, language: str | None, root: str | None) -> None:
    """The exercises of the course, in order, and how far you are."""
    from graders.progress import load, work_folder

    course = open_course(root)
    chosen = [one for one in course.exercises if module in (None, one.module)]
    if not chosen:
        raise click.UsageError(
            f"no exercises in module {module}" if module is not None else "the course is empty"
        )
    state = load(work_folder())
    if as_json:
        click.echo(_json(chosen, state))
        return
    spoken = language_of(language, course)
    _print(course, chosen, state, spoken)
    done = sum(state.of(one.id).passed for one in chosen)
    told = {"done": done, "count": len(chosen), "id": _next(chosen, state)}
    click.echo("\n" + phrase("{done} of {count} passed. Begin with: tfgrad start {id}", spoken, **told))


def _json(chosen: Sequence[Exercise], state: Progress) -> str:
    import json

    rows = [
        {
            "id": one.id,
            "code": one.code,
            "kind": one.kind,
            "title": one.text("title"),
            "passed": state.of(one.id).passed,
            "started": state.of(one.id).file is not None,
        }
        for one in chosen
    ]
    return json.dumps({"schema": "tfgrad/list/v1", "current": state.current, "exercises": rows}, indent=1)


def _print(course: Catalogue, chosen: Sequence[Exercise], state: Progress, language: str) -> None:
    """One line an exercise, under its module."""
    from graders import terminal

    good, now = ("✓", "→") if terminal.unicode() else ("x", ">")
    wide = max(len(one.id) for one in chosen)
    last = None
    for one in chosen:
        if one.module != last:
            last = one.module
            click.secho(f"\n{_module(course, last, language)}", bold=True)
        mark = good if state.of(one.id).passed else now if one.id == state.current else " "
        line = f" {mark} {one.code:7} {one.id:{wide}}  {one.text('title', language)}"
        click.secho(line[: terminal.width()], fg="green" if mark == good else None)


def _module(course: Catalogue, number: int, language: str) -> str:
    module = course.module(number)
    return f"{module.code}  {_said(module.title, language)}" if module else phrase("Exercises", language)


def _next(chosen: Sequence[Exercise], state: Progress) -> str:
    return next((one.id for one in chosen if not state.of(one.id).passed), chosen[0].id)


def _said(title: str | dict[str, str], language: str) -> str:
    from tfgrad_course.course.values import said

    return said(title, language)
