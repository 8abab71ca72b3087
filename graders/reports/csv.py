"""Tables for gradebooks: plain (a row a verdict), totals, Canvas and Moodle (a row a learner); no cell is a formula.

Canvas and Moodle get points at the course's weights, so that their own sums are the course's; Canvas gets no column
of totals, since it would make an assignment of it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from graders.escape import csv_cell
from graders.reporting import Options, Person, number, reason, worth
from graders.roster import meant
from graders.verdict import Report, Verdict


def render(report: Report, options: Options) -> str:
    """The table of the dialect asked for."""
    dialects = {"canvas": _canvas, "moodle": _moodle, "totals": _totals}
    rows = dialects.get(options.dialect, _plain)(report, options)
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
        why = verdict.detail if verdict.outcome == "passed" else reason(verdict, options)
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
        most[verdict.exercise] = max(most.get(verdict.exercise, 0.0), worth(verdict, report.weights)[1])
    return most


def _table(report: Report) -> dict[str, dict[str, Verdict]]:
    """The verdicts of every learner; of one who is excused from everything there is none."""
    table: dict[str, dict[str, Verdict]] = {total.learner: {} for total in report.totals}
    for verdict in report.verdicts:
        table.setdefault(verdict.learner, {})[verdict.exercise] = verdict
    return table


def _score(verdict: Verdict | None, report: Report) -> str:
    """Two decimals with a point; what could not be graded is no score, never a silent 0."""
    if verdict is None or verdict.outcome == "could_not_grade":
        return ""
    return f"{worth(verdict, report.weights)[0]:.2f}"


def _totals(report: Report, options: Options) -> Iterable[list[object]]:
    columns = _columns(report)
    yield [
        *(
            "learner",
            "name",
            "id",
            "email",
            "section",
            "points",
            "max_points",
            "percent",
            "passed",
            "exercises",
        ),
        *("missing", "late", "excused", "ungraded", *columns),
    ]
    table = _table(report)
    for total in report.totals:
        person = options.people.get(total.learner, Person())
        theirs = table[total.learner]
        yield [
            *(total.learner, person.name, person.id, person.email, person.section),
            *(f"{total.points:.2f}", f"{total.most:.2f}"),
            "" if total.percent is None else f"{total.percent:.2f}",
            *(total.passed, total.counted),
            *(" ".join(names) for names in (total.missing, total.late, total.excused, total.ungraded)),
            *("EX" if name in total.excused else _score(theirs.get(name), report) for name in columns),
        ]


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
        excused = [meant(person.excused, name) for name in columns]
        scores = [_score(verdicts.get(name), report) for name in columns]
        yield [*identity, *("EX" if free else score for free, score in zip(excused, scores, strict=True))]


def _moodle(report: Report, options: Options) -> Iterable[list[object]]:
    columns = _columns(report)
    parts = [part for name in columns for part in (name, f"{name} feedback")]
    yield ["email", "idnumber", *parts, *(["total"] if report.totals else [])]
    totals = {total.learner: total for total in report.totals}
    for learner, verdicts in _table(report).items():
        person = options.people.get(learner, Person())
        row: list[object] = [person.email, person.id or learner]
        for name in columns:
            verdict = verdicts.get(name)
            free = meant(person.excused, name)
            row += [
                "" if free else _score(verdict, report),
                reason(verdict, options) if verdict and verdict.outcome != "passed" else "",
            ]
        total = totals.get(learner)
        yield [*row, *([f"{total.points:.2f}"] if total else [])]
