"""Which misconceptions a submission shows, the root cause first: every diagnosis looks, one rule ranks.

The rule: what keeps the program from being read or run comes first; then the independent variable and the way
from target to source, the earliest break first; then the recorded function; what was made of the derivative last.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from graders import distractor, handed, misconceptions, texts
from graders.case import Case
from graders.facts import Facts
from graders.path import TooLong
from graders.spot import Spot
from graders.verdict import Finding

STAGES = (
    "unreadable",
    "stopped",
    "path",
    "source",
    "chain",
    "point",
    "function",
    "call",
    "use",
    "answer",
    "unknown",
)
ADVICE = "advice"
GENERAL = 5
"""Diagnoses of this RANK and above are shown alone: beside another they say the same in other words."""
MOST = 3
STEPS = 200_000
"""Steps along the recording that one diagnosis may take: some 50 ms."""
CERTAIN = ("unreadable", "stopped")
"""What a cut recording still shows: what kept the program from running, never what is missing from it."""


def explain(case: Case, language: str = "en") -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Findings (at most three, the one to mend first at the front) and advice on a submission that did not pass."""
    facts = Facts(case)
    case.flow.allow(STEPS)
    ranked = _distinct(sorted(_seen(case, facts, advice=False), key=_order))
    if not ranked or ranked[0][0].STAGE == "answer":
        ranked = _picked(case, facts) + ranked
    return tuple(_finding(part, spot, language) for part, spot in ranked[:MOST]), ()


def reads_script(case: Case) -> bool:
    """Whether advice on a right program needs its syntax tree: where a number was taken while recording."""
    return any(conversion.tapes for conversion in case.recording.conversions)


def advise(case: Case, language: str = "en") -> tuple[Finding, ...]:
    """What could be done better in a submission that passed; see `reads_script` for when it needs the tree."""
    return tuple(_finding(part, spot, language) for part, spot in _seen(case, Facts(case), advice=True))


@cache
def parts() -> tuple[ModuleType, ...]:
    """All diagnoses, by the names of their files."""
    names = sorted(module.name for module in pkgutil.iter_modules(misconceptions.__path__))
    return tuple(importlib.import_module(f"graders.misconceptions.{name}") for name in names)


@cache
def in_order() -> tuple[ModuleType, ...]:
    """All diagnoses, those of root causes first."""
    stages = (*STAGES, ADVICE)
    return tuple(sorted(parts(), key=lambda part: (stages.index(part.STAGE), getattr(part, "RANK", 0))))


def key_of(part: ModuleType) -> str:
    """The id of a diagnosis: its file's name."""
    return part.__name__.rsplit(".", 1)[-1].replace("_", "-")


def _seen(case: Case, facts: Facts, advice: bool) -> list[tuple[ModuleType, Spot]]:
    found = []
    for part in in_order():
        if (part.STAGE == ADVICE) is not advice or (case.recording.truncated and part.STAGE not in CERTAIN):
            continue
        try:
            spot = _look(part, case, facts)
        except TooLong:  # what would come later is no root cause
            break
        if spot is not None:
            found.append((part, spot))
    return found


def _picked(case: Case, facts: Facts) -> list[tuple[ModuleType, Spot]]:
    """The mistake that leads to a choice which was typed in without computing it."""
    choice = _chosen(case)
    kind = (
        distractor.behind(case.exercise, choice)
        if choice is not None and choice != case.exercise.answer
        else None
    )
    part = next((part for part in parts() if key_of(part) == kind), None)
    if part is None:
        return []
    return [(part, Spot(facts.root_line, facts.column_of(facts.root_line), variant="picked"))]


def _chosen(case: Case) -> object | None:
    """The one choice that was handed in."""
    if case.exercise.judged_as != "choice":
        return case.picked
    found = handed.choices_of(case.exercise, case.found)
    return found[0] if found is not None and len(found) == 1 else None


def _look(part: ModuleType, case: Case, facts: Facts) -> Spot | None:
    """What one diagnosis sees. Evidence comes from a program that may lie: one that trips over it sees nothing."""
    try:
        return part.seen(case, facts)  # type: ignore[no-any-return]
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None


def _order(item: tuple[ModuleType, Spot]) -> tuple[int, int, int, int]:
    part, spot = item
    return STAGES.index(part.STAGE), getattr(part, "RANK", 0), spot.at, spot.line or 0


def _distinct(ranked: list[tuple[ModuleType, Spot]]) -> list[tuple[ModuleType, Spot]]:
    """Without what restates an earlier finding: the more general ones of a stage, guesses beside a sure cause."""
    if not ranked:
        return []
    sure = STAGES.index("chain")
    first = STAGES.index(ranked[0][0].STAGE)
    best: dict[int, int] = {}
    kept: list[tuple[ModuleType, Spot]] = []
    for part, spot in ranked:
        stage = STAGES.index(part.STAGE)
        rank = getattr(part, "RANK", 0)
        if kept and rank >= GENERAL:
            continue
        if rank == best.setdefault(stage, rank) and stage <= max(first, sure):
            kept.append((part, spot))
    return kept


def _finding(part: ModuleType, spot: Spot, language: str) -> Finding:
    said = [texts.say(key, language, spot.names, spot.variant) for key in (part.TITLE, part.SAYS, part.HINT)]
    return Finding(key_of(part), spot.line or None, spot.column, None, *said)
