"""Recall and precision of the diagnoses over wrong programs whose mistakes are known, per misconception."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graders import pipeline
from graders.mutants import UNNAMED, Mutant, mutants
from graders.submission import Submission

if TYPE_CHECKING:
    from graders.sandbox.pool import Pool
    from tfgrad_course.course.exercise import Exercise


@dataclass(frozen=True, slots=True)
class Row:
    """One wrong program and what was said first of it (None: nothing) at which line."""

    exercise: str
    mutant: Mutant
    said: str | None
    line: int | None

    @property
    def named(self) -> bool:
        """Whether the planted mistake was named first."""
        return self.said == self.mutant.kind

    @property
    def placed(self) -> bool:
        """Whether its line was told, too (a line that nobody knows is no mistake)."""
        return self.named and (not self.mutant.line or self.mutant.line == self.line)


def measured(
    exercises: Iterable[Exercise],
    pool: Pool,
    every: int,
    styles: Sequence[str],
    kinds: Sequence[str] = (),
    on_exercise: Callable[[], object] = lambda: None,
) -> list[Row]:
    """Every n-th wrong program of these exercises (of these kinds), run and judged; what passes is no mistake here."""
    rows, count = [], 0
    for exercise in exercises:
        for mutant in mutants(exercise, tuple(styles)):
            if kinds and mutant.kind not in kinds:
                continue
            count += 1
            if count % every or mutant.kind in UNNAMED:
                continue
            work = Submission("nobody", exercise.id, "work.py", mutant.source)
            verdict = pipeline.judge(exercise, work, pool)
            if verdict.outcome in ("passed", "not_attempted"):
                continue
            first = verdict.findings[0] if verdict.findings else None
            rows.append(Row(exercise.id, mutant, first.id if first else None, first.line if first else None))
        on_exercise()
    return rows


def table(rows: Sequence[Row]) -> str:
    """A Markdown table, the weakest misconception first, the whole last."""
    kinds = sorted({row.mutant.kind for row in rows})
    lines = [_line(kind, rows) for kind in kinds]
    lines.sort(key=lambda line: line[0])
    whole = [row for row in rows if row.said is not None]
    named = sum(row.named for row in rows)
    total = (
        f"| **whole** | {len(rows)} | {_share(named, len(rows))} | {_share(named, len(whole))} "
        f"| {_share(sum(row.placed for row in rows), named)} |"
    )
    head = ["| misconception | programs | recall | precision | line |", "|---|---|---|---|---|"]
    return "\n".join([*head, *(text for _, text in lines), total])


def _line(kind: str, rows: Sequence[Row]) -> tuple[float, str]:
    """Recall: of the programs with this mistake; precision: of those that were told to have it."""
    own = [row for row in rows if row.mutant.kind == kind]
    told = [row for row in rows if row.said == kind]
    named, placed = sum(row.named for row in own), sum(row.placed for row in own)
    text = f"| {kind} | {len(own)} | {_share(named, len(own))} | {_share(named, len(told))} | {_share(placed, named)} |"
    return named / len(own), text


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"
