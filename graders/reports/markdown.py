"""GitHub Markdown for a job summary, a pull request or a release: a table, then details, always below its limit."""

from __future__ import annotations

from collections.abc import Iterator

from graders.escape import markdown, markdown_code, one_line
from graders.reporting import (
    Options,
    code_line,
    number,
    place,
    points,
    reason,
    remarks,
    shown,
    sums,
    worst_first,
    worth,
)
from graders.verdict import Report, Total, Verdict

LIMIT = 1_000_000
_SIGN = {"passed": "✅", "not_attempted": "⬜", "could_not_grade": "⚠️"}


def render(report: Report, options: Options) -> str:
    """The whole report; what would go beyond the limit is left out and counted."""
    limit = options.limit or LIMIT
    head = "\n".join([_head(report, options), "", *_questions(report, options)])
    parts = [head]
    left = limit - len(head.encode()) - 500 - len("\n".join(_notes(report, options)).encode())
    dropped = 0
    for titles, rows, room in _tables(report, options, left):
        kept, left, missing = _fit(rows, room, left)
        parts.append("\n".join([*titles, *kept]))
        dropped += missing
    parts.append("\n".join(_notes(report, options)))
    details = [_details(verdict, options) for verdict in worst_first(report)]
    kept, left, missing = _fit(details, left, left)
    parts.append("\n".join(kept))
    dropped += missing
    if dropped:
        parts.append(f"*{options.say('{count} entries more are in the other reports.', count=dropped)}*")
    return "\n\n".join(part for part in parts if part) + "\n"


def _tables(report: Report, options: Options, left: int) -> Iterator[tuple[list[str], list[str], int]]:
    """Each table's heading, its rows, and the room it may take: totals of several learners, then every verdict."""
    if len(report.totals) > 1 or (report.totals and report.weights):
        names = ("learner", "points", "percent", "passed", "missing", "late", "excused", "not graded")
        titles = [
            f"| {' | '.join(map(options.say, names))} |",
            "| --- | ---: | ---: | ---: | --- | --- | --- | --- |",
        ]
        yield titles, [_sum(total) for total in report.totals], left // 3
    heads = ("learner", "exercise", "outcome", "points", "why")
    titles = [f"| {' | '.join(map(options.say, heads))} |", "| --- | --- | --- | ---: | --- |"]
    yield titles, [_row(verdict, report, options) for verdict in report.verdicts], left // 3


def _notes(report: Report, options: Options) -> list[str]:
    """What an instructor should look at: programs alike, and who is not on the class list."""
    rows = []
    for exercise, who in report.alike[:50]:
        same = options.say("the same program for {exercise}:", exercise=exercise)
        rows.append(f"- {markdown(same)} {markdown(', '.join(who), 300)}")
    if report.strangers:
        rows.append(f"- {options.say('not on the roster:')} {markdown(', '.join(report.strangers), 300)}")
    return rows


def _sum(total: Total) -> str:
    """One learner's total as a row."""
    lists = (total.missing, total.late, total.excused, total.ungraded)
    cells = [
        markdown(total.learner, 60),
        f"{number(total.points)}/{number(total.most)}",
        "" if total.percent is None else f"{total.percent:.0f} %",
        f"{total.passed}/{total.counted}",
        *(markdown(", ".join(names), 200) for names in lists),
    ]
    return f"| {' | '.join(cells)} |"


def _fit(entries: list[str], room: int, left: int) -> tuple[list[str], int, int]:
    """The entries that fit, what room is left in all, and how many did not fit."""
    kept: list[str] = []
    used = 0
    for entry in entries:
        size = len(entry.encode()) + 1
        if used + size > room:
            break
        kept.append(entry)
        used += size
    return kept, left - used, len(entries) - len(kept)


def _head(report: Report, options: Options) -> str:
    score, most = points(report)
    reached = options.say("{score} of {most} points", score=number(score), most=number(most))
    ground = options.say(
        "Graded on {backend}, sandbox {sandbox}.",
        backend=markdown(report.backend),
        sandbox=markdown(report.sandbox),
    )
    trusted = f" **{options.say('Trusted: no sandbox was required.')}**" if report.trusted else ""
    return f"## {markdown(options.title)}: {reached}\n\n{sums(report, options)}. {ground}{trusted}"


def _questions(report: Report, options: Options) -> list[str]:
    """The exercises with their formulas, which GitHub sets as maths."""
    rows = []
    for name in dict.fromkeys(verdict.exercise for verdict in report.verdicts):
        facts = options.facts.get(name)
        if facts and facts.latex:
            rows.append(f"- **{markdown(facts.title or name)}**: ${facts.latex}$")
    return rows


def _row(verdict: Verdict, report: Report, options: Options) -> str:
    sign = _SIGN.get(verdict.outcome, "❌")
    said = verdict.detail if verdict.outcome == "passed" else reason(verdict, options)
    why = markdown(said, 160) if said else ""
    score = "/".join(map(number, worth(verdict, report.weights)))
    outcome = f"{sign} {options.outcome(verdict.outcome)}"
    return f"| {markdown(verdict.learner, 60)} | {markdown(verdict.exercise)} | {outcome} | {score} | {why} |"


def _details(verdict: Verdict, options: Options) -> str:
    title = (
        f"{markdown(verdict.learner, 60)}: {markdown(verdict.exercise)}, {options.outcome(verdict.outcome)}"
    )
    rows = [f"<details><summary>{title}</summary>", ""]
    for remark in remarks(verdict, options):
        rows += [f"**{markdown(remark.title)}**", ""]
        if remark.line:
            where = place(verdict, remark.line, remark.column, remark.cell, options.language)
            rows += [markdown(where), ""]
            pointed = code_line(verdict, remark.line, remark.column, remark.cell)
            if pointed is not None:
                code = f"{pointed.text}\n{pointed.caret}" if pointed.caret else pointed.text
                rows += [markdown_code(code.replace("\t", " "), "python"), ""]
        rows += [_prose(remark.message), ""]
        if remark.hint:
            rows += [f"*{options.say('Hint')}:* {_prose(remark.hint)}", ""]
    for check in shown(verdict.checks, options):
        mark = "x" if check.passed else " "
        rows.append(
            f"- [{mark}] {markdown(check.id)} {number(check.score)}/{number(check.max_score)}: "
            f"{markdown(check.message)}"
        )
    if verdict.output.strip():
        rows += [
            "",
            options.say("printed:"),
            "",
            markdown_code(verdict.output.rstrip("\n"), "text", lines=20),
        ]
    if options.reveal and verdict.expected:
        rows += ["", f"{options.say('expected:')} {markdown(verdict.expected)}"]
    mermaid = _graph(verdict, options)
    if mermaid:
        rows += ["", "```mermaid", mermaid, "```"]
    return "\n".join([*rows, "", "</details>", ""])


def _prose(text: str) -> str:
    """Several lines of text, each of them harmless."""
    return "  \n".join(markdown(line) for line in text.split("\n")[:20] if line.strip()) or markdown(
        one_line(text)
    )


def _graph(verdict: Verdict, options: Options) -> str:
    """The recorded graph as Mermaid, which GitHub draws; the paths' sums would tell the answer and are left out."""
    if not isinstance(verdict.graph, dict):
        return ""
    from graders.drawing import graph_of, untold
    from tfgrad_course.pictures.mermaid import mermaid

    graph = graph_of(verdict.graph)
    drawn = mermaid(graph if options.reveal else untold(graph))
    return drawn if len(drawn) < 20_000 and "```" not in drawn else ""
