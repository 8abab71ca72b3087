"""What every report format needs to know: who reads it, what may be shown, in which language and width."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graders.verdict import OUTCOMES, CheckResult, Finding, Report, Verdict

PHASES = ("open", "due", "published")


@dataclass(frozen=True, slots=True)
class Options:
    """How a report is written. `instructor` shows everything; else `phase` says which checks may be seen."""

    instructor: bool = False
    phase: str = "open"
    reveal: bool = False
    strict: bool = False
    dialect: str = "plain"
    width: int = 100
    colour: bool = False
    unicode: bool = True
    title: str = "tfgrad"
    root: str = ""


@dataclass(frozen=True, slots=True)
class Pointed:
    """The code line something is said of: its number, text, and the column (from 1) for the caret."""

    line: int
    text: str
    column: int | None
    cell: int | None = None


def shown(checks: Iterable[CheckResult], options: Options) -> tuple[CheckResult, ...]:
    """The checks this reader may see."""
    open_to = {"visible"}
    if options.phase in ("due", "published"):
        open_to.add("after_due_date")
    if options.phase == "published":
        open_to.add("after_published")
    return tuple(check for check in checks if options.instructor or check.visibility in open_to)


def tally(report: Report) -> dict[str, int]:
    """How many submissions had each outcome, all outcomes in their fixed order."""
    counts = dict.fromkeys(OUTCOMES, 0)
    for verdict in report.verdicts:
        counts[verdict.outcome] = counts.get(verdict.outcome, 0) + 1
    return counts


def points(report: Report) -> tuple[float, float]:
    """Score and maximum over all verdicts."""
    score = sum(verdict.score for verdict in report.verdicts)
    return round(score, 6), round(sum(verdict.max_score for verdict in report.verdicts), 6)


def number(value: float) -> str:
    """A score without needless zeros: 1, 0.5, 0.33."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def exit_code(report: Report) -> int:
    """0 all passed, 1 something did not, 3 something could not be graded."""
    outcomes = {verdict.outcome for verdict in report.verdicts}
    if "could_not_grade" in outcomes:
        return 3
    return 0 if outcomes <= {"passed"} else 1


def words(outcome: str) -> str:
    """An outcome as a reader says it."""
    return outcome.replace("_", " ")


def code_line(
    verdict: Verdict, line: int | None, column: int | None = None, cell: int | None = None
) -> Pointed | None:
    """The learner's own line that a finding or exception speaks of, if it is in the file."""
    if not line or line < 1 or not verdict.source:
        return None
    at = line
    if cell is not None:
        first = next((item.first for item in verdict.cells if item.number == cell), None)
        if first is None:
            return None
        at = first + line - 1
    rows = verdict.source.split("\n", at)
    if at > len(rows):
        return None
    return Pointed(line, rows[at - 1].rstrip("\r"), column, cell)


def place(verdict: Verdict, line: int | None, column: int | None = None, cell: int | None = None) -> str:
    """file:line:column, or the notebook's cell and line."""
    path = verdict.submission or verdict.exercise
    if cell:
        return f"{path}, cell {cell}" + (f", line {line}" if line else "")
    if not line:
        return path
    return f"{path}:{line}" + (f":{column}" if column else "")


def main_finding(verdict: Verdict) -> Finding | None:
    """What to say first: the finding that explains most."""
    return verdict.findings[0] if verdict.findings else None


def reason(verdict: Verdict, options: Options) -> str:
    """One sentence on why a submission did not pass."""
    finding = main_finding(verdict)
    if finding:
        return finding.title
    if verdict.exception:
        return f"{verdict.exception.type}: {verdict.exception.message}"
    if verdict.detail:
        return verdict.detail
    for check in shown(verdict.checks, options):
        if not check.passed:
            return check.message
    return ""


def duration(seconds: float) -> str:
    """A time span for people: 12 ms, 1.4 s, 3 min 20 s."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min"
