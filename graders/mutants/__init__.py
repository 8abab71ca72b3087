"""Wrong programs written on purpose: a solution with one misconception in it, in several styles of writing.

Lint asks with them whether every likely mistake is refused and named; `python -m graders.mutants` measures how well
diagnoses do. A mistake that a solution has no place for makes nothing.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graders.mutants import writing
from tfgrad_course.maths.python import parsed

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise

FAMILIES = ("recording", "lifecycle", "slips", "formulas", "handing", "walking", "choosing")
MOST_OF_A_KIND = 2


@dataclass(frozen=True, slots=True)
class Mutant:
    """One wrong program: the diagnosis it deserves, its style, its text and the line to blame (0: not known)."""

    kind: str
    style: str
    source: str
    line: int


def mutants(
    exercise: Exercise, styles: tuple[str, ...] = writing.STYLES, solution: str | None = None
) -> Iterator[Mutant]:
    """All applicable wrong versions of an exercise's solution, each in every style that can hold it."""
    from graders import wording

    right = wording.solution(exercise) if solution is None else solution
    plain = ast.unparse(parsed(right))
    for family in FAMILIES:
        for kind, marked in importlib.import_module(f"graders.mutants.{family}").made(exercise, right):
            seen: set[str] = {plain + "\n"}
            for style in styles:
                written = writing.write(marked, style)
                if written is not None and written[0] not in seen:
                    seen.add(written[0])
                    yield Mutant(kind, style, *written)


def mutations(exercise: Exercise, solution: str) -> list[Mutant]:
    """A few wrong programs of each kind as plain scripts, no two alike: what lint runs."""
    found: dict[str, Mutant] = {}
    counts: dict[str, int] = {}
    for mutant in mutants(exercise, ("script",), solution):
        key = ast.unparse(parsed(mutant.source)) if mutant.kind not in UNREADABLE else mutant.source
        single = mutant.kind in UNNAMED or counts.get(mutant.kind, 0) < MOST_OF_A_KIND
        if single and key not in found:
            counts[mutant.kind] = counts.get(mutant.kind, 0) + 1
            found[key] = mutant
    return list(found.values())


UNREADABLE = ("syntax-number-times-name",)
UNNAMED = ("wrong-choice", "off-by-one")
"""Answers that were typed in: nothing in them tells one wrong idea from another."""
