"""What the commands share: how a course, an exercise and a backend are named on the command line."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from graders.texts import LANGUAGES

if TYPE_CHECKING:
    from graders.sandbox.pool import Pool
    from tfgrad_course.course.catalogue import Catalogue
    from tfgrad_course.course.exercise import Exercise

F = TypeVar("F", bound=Callable[..., Any])


def exercises_option(command: F) -> F:
    """--exercises DIR: another course than the one that comes with tfgrad."""
    return click.option(
        "--exercises",
        "root",
        metavar="DIR",
        type=click.Path(exists=True, file_okay=False),
        help="Take the exercises of this folder.",
    )(command)


def backend_option(command: F) -> F:
    """--backend: real TensorFlow or the shim."""
    return click.option(
        "--backend",
        type=click.Choice(["tensorflow", "shim"]),
        help="Run on real TensorFlow or on the shim (default: TensorFlow if it is installed).",
    )(command)


def language_option(command: F) -> F:
    """--language: what learners read."""
    return click.option(
        "--language",
        type=click.Choice(LANGUAGES),
        help="What learners read: findings, hints, reports (default: course.yaml's, else en).",
    )(command)


def language_of(name: str | None, course: Catalogue | None) -> str:
    """The language named (also by TFGRAD_LANGUAGE), else the course's where we speak it, else English."""
    name = name or os.environ.get("TFGRAD_LANGUAGE") or None
    if name is not None and name not in LANGUAGES:
        raise click.UsageError(f"TFGRAD_LANGUAGE is one of {', '.join(LANGUAGES)}, found {name!r}")
    stated = course.outline.language if course is not None else ""
    return name or (stated if stated in LANGUAGES else "en")


def jobs_option(command: F) -> F:
    """--jobs N: how many submissions at a time."""
    return click.option(
        "--jobs", type=click.IntRange(1, 256), help="Submissions graded at a time (default: one a core)."
    )(command)


def cores() -> int:
    """The cores this process may use."""
    try:
        return max(len(os.sched_getaffinity(0)), 1)
    except AttributeError:
        return os.cpu_count() or 1


def backend_of(name: str | None) -> str:
    """The backend named (also by TFGRAD_BACKEND), else TensorFlow if it is installed, else the shim."""
    name = name or os.environ.get("TFGRAD_BACKEND") or None
    if name not in (None, "tensorflow", "shim"):
        raise click.UsageError(f"TFGRAD_BACKEND is tensorflow or shim, found {name!r}")
    there = importlib.util.find_spec("tensorflow") is not None
    if name == "tensorflow" and not there:
        raise click.UsageError(
            'TensorFlow is not installed for this Python: pip install "tfgrad[tensorflow]", or use --backend shim'
        )
    return name or ("tensorflow" if there else "shim")


def open_course(root: str | None) -> Catalogue:
    """The catalogue of exercises; faulty files end the command with all their faults."""
    from tfgrad_course.course.catalogue import catalogue

    return catalogue(root)


def find_exercise(course: Catalogue, word: str) -> Exercise:
    """The exercise of an id or code; else one message with the nearest."""
    found = course.id_of(word)
    if found is not None:
        return course[found]
    from difflib import get_close_matches

    near = get_close_matches(word.lower().replace("_", "-"), course.ids, 2)
    hint = f"did you mean {' or '.join(near)}?" if near else "`tfgrad list` names them all"
    raise click.UsageError(f"unknown exercise '{word}': {hint}")


def own_exercise(course: Catalogue, word: str, learner: str) -> Exercise:
    """The exercise of an id or code in the learner's own variant."""
    from tfgrad_course.course.variants import variant_of

    return variant_of(find_exercise(course, word), learner)


def own_pool(backend: str, *, standby: int = 1) -> Pool:
    """A pool for the user's own code: the best layers there are, never refused."""
    from graders.sandbox.pool import open_pool

    return open_pool(backend, standby=standby, own_code=True)  # type: ignore[arg-type]
