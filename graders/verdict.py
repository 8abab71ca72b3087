"""Verdict and report: the plain data that every report format is written from (schema v1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graders.evidence import Raised, Resources
from graders.submission import Cell

OUTCOMES = (
    "passed",
    "failed",
    "not_attempted",
    "crashed",
    "time_limit",
    "memory_limit",
    "output_limit",
    "violation",
    "rejected",
    "could_not_grade",
)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check's verdict; `visibility` is visible, after_due_date, after_published or hidden."""

    id: str
    passed: bool
    score: float
    max_score: float
    message: str
    visibility: str = "visible"


@dataclass(frozen=True, slots=True)
class Finding:
    """A misconception named: where it is in the learner's file (or notebook cell) and what to say of it."""

    id: str
    line: int | None
    column: int | None
    cell: int | None
    title: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Given:
    """What was handed in: the number(s) flat (with shape) and the word, if any."""

    number: tuple[float, ...] | None = None
    shape: tuple[int, ...] | None = None
    word: str | None = None


@dataclass(frozen=True, slots=True)
class Probes:
    """held, broken, skipped or not_run."""

    hidden_points: str = "not_run"
    marked_gradient: str = "not_run"


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is said of one submission to one exercise."""

    exercise: str
    learner: str
    submission: str | None
    outcome: str
    score: float
    max_score: float
    checks: tuple[CheckResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    advice: tuple[Finding, ...] = ()
    exception: Raised | None = None
    exception_cell: int | None = None
    given: Given = field(default_factory=Given)
    probes: Probes = field(default_factory=Probes)
    resources: Resources = field(default_factory=Resources)
    output: str = ""
    variant: dict[str, Any] | None = None
    detail: str = ""
    expected: str | None = None
    source: str = ""
    cells: tuple[Cell, ...] = ()
    graph: Any = None


@dataclass(frozen=True, slots=True)
class Total:
    """One learner's sum over the exercises that count for them.

    Excused exercises count for nothing; those that could not be graded (`ungraded`) wait and are no zeros.
    """

    learner: str
    points: float
    most: float
    passed: int = 0
    counted: int = 0
    missing: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    ungraded: tuple[str, ...] = ()

    @property
    def percent(self) -> float | None:
        """The share reached in percent; None where nothing counts."""
        return round(100 * self.points / self.most, 2) if self.most else None


@dataclass(frozen=True, slots=True)
class Report:
    """One run of the grader over any number of submissions, with what held while it ran.

    `weights` holds the points that a course gives to exercises, `totals` each learner's sum, `strangers` those who
    handed in but are not on the class list.
    """

    verdicts: tuple[Verdict, ...]
    backend: str
    sandbox: str
    layers: tuple[str, ...] = ()
    trusted: bool = False
    versions: dict[str, str] = field(default_factory=dict)
    skipped: tuple[tuple[str, str], ...] = ()
    titles: dict[str, str] = field(default_factory=dict)
    alike: tuple[tuple[str, tuple[str, ...]], ...] = ()
    weights: dict[str, float] = field(default_factory=dict)
    totals: tuple[Total, ...] = ()
    strangers: tuple[str, ...] = ()
