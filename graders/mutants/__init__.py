"""Wrong programs written on purpose: a solution with one misconception in it, in several styles of writing.

Lint asks with them whether every likely mistake is rejected and named; the tests measure how well diagnoses do.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graders.mutants import writing

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

FAMILIES = ("recording", "lifecycle", "slips", "formulas", "handing", "walking")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One wrong program: the diagnosis it deserves, the style it is written in, its text and the line to blame."""

    kind: str
    style: str
    source: str
    line: int


def mutants(exercise: Exercise, styles: tuple[str, ...] = writing.STYLES) -> Iterator[Mutant]:
    """All applicable wrong versions of an exercise's solution, each in every style that can hold it."""
    for family in families():
        module = importlib.import_module(f"graders.mutants.{family}")
        for kind, marked in module.made(exercise):
            seen: set[str] = set()
            for style in styles:
                written = writing.write(marked, style)
                if written is not None and written[0] not in seen:
                    seen.add(written[0])
                    yield Mutant(kind, style, *written)


def families() -> tuple[str, ...]:
    """The families that exist, by their files."""
    found = {module.name for module in pkgutil.iter_modules(__path__)}
    return tuple(name for name in FAMILIES if name in found)
