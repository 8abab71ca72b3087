"""What every report format needs to know: who reads it, what may be shown, in which language and width."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from graders.texts.shell import phrase
from graders.verdict import OUTCOMES, CheckResult, Finding, Report, Verdict

PHASES = ("open", "due", "published")


@dataclass(frozen=True, slots=True)
class Person:
    """A learner as the roster knows them."""

    name: str = ""
    id: str = ""
    sis_user_id: str = ""
    sis_login_id: str = ""
    section: str = ""
    email: str = ""
    excused: tuple[str, ...] = ()
    late: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report may show of an exercise: its code, question, formula and curve, none of it an answer."""

    title: str = ""
    code: str = ""
    latex: str = ""
    formula: str = ""
    curve: str = ""
    curve_dark: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """How a report is written. `instructor` shows everything; else `phase` says which checks may be seen.

    `root` is the folder that paths in annotations are relative to; `limit` the most bytes a report may have.
    """

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
    limit: int = 0
    people: Mapping[str, Person] = field(default_factory=dict)
    facts: Mapping[str, Facts] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    now: str = ""
    language: str = "en"

    def say(self, text: str, **values: object) -> str:
        """A text of ours in the reader's language."""
        return phrase(text, self.language, **values)

    def outcome(self, name: str) -> str:
        """An outcome as the reader says it."""
        return phrase(words(name), self.language)


@dataclass(frozen=True, slots=True)
class Pointed:
    """The code line something is said of: its number, text, and the column (from 1) for the caret."""

    line: int
    text: str
    column: int | None
    cell: int | None = None

    @property
    def caret(self) -> str:
        """A line to put below the text: blanks as wide as what stands before the column, then the caret."""
        from unicodedata import combining, east_asian_width

        if not self.column:
            return ""
        before = self.text[: self.column - 1]
        blank = lambda c: (
            c if c == "\t" else "" if combining(c) else "  " if east_asian_width(c) in "WF" else " "
        )
        return "".join(map(blank, before)) + " " * (self.column - 1 - len(before)) + "^"


def shown(checks: Iterable[CheckResult], options: Options) -> tuple[CheckResult, ...]:
    """The checks this reader may see."""
    open_to = {"visible"}
    if options.phase in ("due", "published"):
        open_to.add("after_due_date")
    if options.phase == "published":
        open_to.add("after_published")
    return tuple(check for check in checks if options.instructor or check.visibility in open_to)


def veiled(report: Report, options: Options) -> Report:
    """The report without what would tell of checks that this reader may not see.

    Findings, advice and the graph explain what was not met: where all of that is hidden, so are they.
    """
    return replace(report, verdicts=tuple(_veiled(verdict, options) for verdict in report.verdicts))


def _veiled(verdict: Verdict, options: Options) -> Verdict:
    if options.instructor or verdict.outcome != "failed" or verdict.exception is not None:
        return verdict
    missed = [check for check in verdict.checks if not check.passed]
    if not missed or shown(missed, options) or any(one.id == "tampering" for one in verdict.findings):
        return verdict
    return replace(verdict, findings=(), advice=(), graph=None, detail="")


def tally(report: Report) -> dict[str, int]:
    """How many submissions had each outcome, all outcomes in their fixed order."""
    counts = dict.fromkeys(OUTCOMES, 0)
    for verdict in report.verdicts:
        counts[verdict.outcome] = counts.get(verdict.outcome, 0) + 1
    return counts


def worth(verdict: Verdict, weights: Mapping[str, float]) -> tuple[float, float]:
    """Points and maximum of a verdict: at the weight its course gives the exercise, else as its checks do."""
    weight = weights.get(verdict.exercise)
    if weight is None or not verdict.max_score:
        return verdict.score, verdict.max_score
    return round(weight * verdict.score / verdict.max_score, 6), weight


def points(report: Report) -> tuple[float, float]:
    """Points and maximum over all verdicts but those that a learner is excused from."""
    reached = [worth(verdict, report.weights) for verdict in _due(report)]
    return round(sum(score for score, _ in reached), 6), round(sum(most for _, most in reached), 6)


def _due(report: Report) -> list[Verdict]:
    """The verdicts but those that a learner is excused from."""
    free = {(total.learner, name) for total in report.totals for name in total.excused}
    return [verdict for verdict in report.verdicts if (verdict.learner, verdict.exercise) not in free]


def sums(report: Report, options: Options) -> str:
    """The outcomes counted, in words: 11 passed, 3 failed."""
    counts = tally(report).items()
    return ", ".join(f"{count} {options.outcome(name)}" for name, count in counts if count)


def number(value: float) -> str:
    """A score without needless zeros: 1, 0.5, 0.33."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def exit_code(report: Report) -> int:
    """0 all passed, 1 something did not, 3 something could not be graded; excused work decides nothing."""
    outcomes = {verdict.outcome for verdict in _due(report)}
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


def place(
    verdict: Verdict,
    line: int | None,
    column: int | None = None,
    cell: int | None = None,
    language: str = "en",
) -> str:
    """file:line:column, or the notebook's cell and line."""
    path = verdict.submission or verdict.exercise
    if cell:
        spot = "{path}, cell {cell}" + (", line {line}" if line else "")
        return phrase(spot, language, path=path, cell=cell, line=line)
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
    return options.say(_UNSEEN) if any(not check.passed for check in verdict.checks) else ""


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


def relative(path: str, options: Options) -> str:
    """A path as annotations and alerts need it: with slashes, from the root of the checkout."""
    import os

    path = path.replace(os.sep, "/")
    root = options.root.replace(os.sep, "/").rstrip("/")
    if root and path.startswith(root + "/"):
        path = path[len(root) + 1 :]
    return os.path.normpath(path).replace(os.sep, "/")


_UNSEEN = "a check that is not shown here was not met"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say at one place: of a finding, an exception, or of what was asked and not met."""

    id: str
    title: str
    message: str
    hint: str
    line: int | None
    column: int | None
    cell: int | None
    advice: bool = False


def remarks(verdict: Verdict, options: Options) -> tuple[Remark, ...]:
    """What there is to say of a verdict, the most telling first; empty only for a pass without advice."""
    said = [_remark(finding) for finding in verdict.findings]
    raised = verdict.exception
    if raised is not None and not any(
        one.line == raised.line and one.cell == verdict.exception_cell for one in said
    ):
        place = (raised.line or None, raised.column, verdict.exception_cell)
        said.append(Remark("exception", raised.type, raised.message, "", *place))
    if not said and verdict.outcome != "passed":
        missed = [check.message for check in shown(verdict.checks, options) if not check.passed]
        text = (
            verdict.detail
            or " ".join(dict.fromkeys(missed))
            or options.say(_UNSEEN if verdict.checks else "what was asked was not found")
        )
        said.append(Remark(verdict.outcome, options.outcome(verdict.outcome), text, "", None, None, None))
    return (*said, *(replace(_remark(finding), advice=True) for finding in verdict.advice))


def _remark(finding: Finding) -> Remark:
    place = (finding.line, finding.column, finding.cell)
    return Remark(finding.id, finding.title, finding.message, finding.hint, *place)


_WORST = (
    "could_not_grade",
    "violation",
    "crashed",
    "memory_limit",
    "time_limit",
    "output_limit",
    "rejected",
    "failed",
)


def worst_first(report: Report) -> list[Verdict]:
    """What did not pass, the gravest first, then the lowest score."""
    rank = {outcome: index for index, outcome in enumerate(_WORST)}
    wrong = [verdict for verdict in report.verdicts if verdict.outcome != "passed"]
    return sorted(wrong, key=lambda one: (rank.get(one.outcome, len(rank)), one.score))
