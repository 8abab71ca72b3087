"""GitHub workflow commands: annotations on the learner's own lines, at most ten of each sort, the worst first."""

from __future__ import annotations

from graders.escape import one_line, workflow_fence, workflow_property, workflow_text
from graders.reporting import (
    Options,
    Remark,
    number,
    place,
    points,
    reason,
    relative,
    remarks,
    sums,
    worst_first,
)
from graders.verdict import Report, Total, Verdict

SHOWN = 10
_DETAILS = 200


def render(report: Report, options: Options) -> str:
    """Commands for the runner, then what was said of whom, fenced so that no learner's text is a command."""
    errors = [
        _command("error", verdict, remark, options)
        for verdict in worst_first(report)
        for remark in remarks(verdict, options)[:1]
    ]
    advice = [
        _command("warning", verdict, remark, options)
        for verdict in report.verdicts
        for remark in remarks(verdict, options)
        if remark.advice
    ]
    rows = [*errors[:SHOWN], *advice[:SHOWN], _summary(report, max(len(errors) - SHOWN, 0), options)]
    rows += [
        f"::group::{options.say('All results')}",
        workflow_fence("\n".join(_lines(report, options))),
        "::endgroup::",
    ]
    return "\n".join(rows) + "\n"


def _command(sort: str, verdict: Verdict, remark: Remark, options: Options) -> str:
    properties = []
    if verdict.submission:
        properties.append(f"file={workflow_property(relative(verdict.submission, options))}")
        if remark.line and not remark.cell:
            properties.append(f"line={remark.line},endLine={remark.line}")
            if remark.column:
                properties.append(f"col={remark.column}")
    title = f"{verdict.exercise}: {remark.title}"
    properties.append(f"title={workflow_property(title)}")
    spot = (
        options.say("cell {cell}, line {line}: ", cell=remark.cell, line=remark.line) if remark.cell else ""
    )
    text = spot + remark.message
    if remark.hint:
        text += f"\n{options.say('Hint')}: {remark.hint}"
    return f"::{sort} {','.join(properties)}::{workflow_text(text)}"


def _summary(report: Report, left_out: int, options: Options) -> str:
    score, most = points(report)
    reached = options.say("{score} of {most} points", score=number(score), most=number(most))
    more = options.say("; {count} more in the log", count=left_out) if left_out else ""
    text = f"{sums(report, options)}; {reached}{more} ({report.backend}, sandbox {report.sandbox})"
    return f"::notice title=tfgrad::{workflow_text(text)}"


def _lines(report: Report, options: Options) -> list[str]:
    rows: list[str] = []
    for verdict in report.verdicts:
        score = f"{number(verdict.score)}/{number(verdict.max_score)}"
        row = f"{options.outcome(verdict.outcome):20} {score:>9}  {one_line(verdict.learner, 40)}  {verdict.exercise}"
        rows.append(row)
        if verdict.outcome == "passed" or len(rows) > _DETAILS:
            continue
        first = remarks(verdict, options)[0]
        rows.append(f"    {one_line(place(verdict, first.line, first.column, first.cell, options.language))}")
        rows.append(f"    {one_line(reason(verdict, options))}")
        rows += [f"    | {one_line(line)}" for line in verdict.output.split("\n")[:5] if line.strip()]
    return rows + [
        options.say("total of {learner}: {score} of {most} points", **_sum(total)) for total in report.totals
    ]


def _sum(total: Total) -> dict[str, str]:
    return {
        "learner": one_line(total.learner, 40),
        "score": number(total.points),
        "most": number(total.most),
    }
