"""Tables for gradebooks: plain (one row a verdict), Canvas and Moodle (one row a learner); no cell is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from graders.escape import csv_cell
from graders.reporting import Options, Person, number, reason
from graders.roster import meant
from graders.verdict import Report, Verdict


def render(report: Report, options: Options) -> str:
    """The table of the dialect asked for."""
    rows = {"canvas": _canvas, "moodle": _moodle}.get(options.dialect, _plain)(report, options)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell if isinstance(cell, float) else csv_cell(str(cell)) for cell in row])
    return out.getvalue()


def _plain(report: Report, options: Options) -> Iterable[list[object]]:
    yield [
        "learner",
        "exercise",
        "submission",
        "outcome",
        "score",
        "max_score",
        "findings",
        "line",
        "why",
        "seconds",
    ]
    for verdict in report.verdicts:
        lines = [finding.line for finding in verdict.findings if finding.line]
        why = "" if verdict.outcome == "passed" else reason(verdict, options)
        yield [
            verdict.learner,
            verdict.exercise,
            verdict.submission or "",
            verdict.outcome,
            number(verdict.score),
            number(verdict.max_score),
            " ".join(finding.id for finding in verdict.findings),
            lines[0] if lines else "",
            why,
            f"{verdict.resources.wall_s:.3f}",
        ]


def _columns(report: Report) -> dict[str, float]:
    """Every exercise with its maximum."""
    most: dict[str, float] = {}
    for verdict in report.verdicts:
        most[verdict.exercise] = max(most.get(verdict.exercise, 0.0), verdict.max_score)
    return most


def _table(report: Report) -> dict[str, dict[str, Verdict]]:
    table: dict[str, dict[str, Verdict]] = {}
    for verdict in report.verdicts:
        table.setdefault(verdict.learner, {})[verdict.exercise] = verdict
    return table


def _score(verdict: Verdict | None) -> str:
    """Two decimals with a point; what could not be graded is no score, never a silent 0."""
    if verdict is None or verdict.outcome == "could_not_grade":
        return ""
    return f"{verdict.score:.2f}"


def _canvas_score(verdict: Verdict | None, person: Person, exercise: str) -> str:
    """Canvas excuses by EX."""
    return "EX" if verdict is None and meant(person.excused, exercise) else _score(verdict)


def _canvas(report: Report, options: Options) -> Iterable[list[object]]:
    columns = _columns(report)
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *columns]
    yield ["    Points Possible", "", "", "", "", *(f"{most:.2f}" for most in columns.values())]
    for learner, verdicts in _table(report).items():
        person = options.people.get(learner, Person())
        identity = [
            person.name or learner,
            person.id,
            person.sis_user_id,
            person.sis_login_id or learner,
            person.section,
        ]
        yield [*identity, *(_canvas_score(verdicts.get(name), person, name) for name in columns)]


def _moodle(report: Report, options: Options) -> Iterable[list[object]]:
    columns = _columns(report)
    yield ["email", "idnumber", *(part for name in columns for part in (name, f"{name} feedback"))]
    for learner, verdicts in _table(report).items():
        person = options.people.get(learner, Person())
        row: list[object] = [person.email, person.id or learner]
        for name in columns:
            verdict = verdicts.get(name)
            row += [
                _score(verdict),
                reason(verdict, options) if verdict and verdict.outcome != "passed" else "",
            ]
        yield row
