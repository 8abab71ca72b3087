"""GitHub Markdown for a job summary, a pull request or a release: a table, then details, always below its limit."""

from __future__ import annotations

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
    tally,
    words,
    worst_first,
)
from graders.verdict import Report, Verdict

LIMIT = 1_000_000
_SIGN = {"passed": "✅", "not_attempted": "⬜", "could_not_grade": "⚠️"}


def render(report: Report, options: Options) -> str:
    """The whole report; what would go beyond the limit is left out and counted."""
    limit = options.limit or LIMIT
    head = "\n".join([_head(report, options), "", *_questions(report, options)])
    parts = [head]
    left = limit - len(head.encode()) - 200
    dropped = 0
    table = [_row(verdict, options) for verdict in report.verdicts]
    titles = ["| learner | exercise | outcome | points | why |", "| --- | --- | --- | ---: | --- |"]
    kept, left, missing = _fit(table, left * 2 // 3, left)
    parts.append("\n".join([*titles, *kept]))
    dropped += missing
    details = [_details(verdict, options) for verdict in worst_first(report)]
    kept, left, missing = _fit(details, left, left)
    parts.append("\n".join(kept))
    dropped += missing
    if dropped:
        parts.append(f"*{dropped} entries more are in the other reports.*")
    return "\n\n".join(part for part in parts if part) + "\n"


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
    counts = ", ".join(f"{count} {words(name)}" for name, count in tally(report).items() if count)
    trusted = ", **trusted: no sandbox required**" if report.trusted else ""
    return (
        f"## {markdown(options.title)}: {number(score)} of {number(most)} points\n\n"
        f"{counts}. Graded on {markdown(report.backend)}, sandbox {markdown(report.sandbox)}{trusted}."
    )


def _questions(report: Report, options: Options) -> list[str]:
    """The exercises with their formulas, which GitHub sets as maths."""
    rows = []
    for name in dict.fromkeys(verdict.exercise for verdict in report.verdicts):
        facts = options.facts.get(name)
        if facts and facts.latex:
            rows.append(f"- **{markdown(facts.title or name)}**: ${facts.latex}$")
    return rows


def _row(verdict: Verdict, options: Options) -> str:
    sign = _SIGN.get(verdict.outcome, "❌")
    why = "" if verdict.outcome == "passed" else markdown(reason(verdict, options), 160)
    score = f"{number(verdict.score)}/{number(verdict.max_score)}"
    outcome = f"{sign} {words(verdict.outcome)}"
    return f"| {markdown(verdict.learner, 60)} | {markdown(verdict.exercise)} | {outcome} | {score} | {why} |"


def _details(verdict: Verdict, options: Options) -> str:
    title = f"{markdown(verdict.learner, 60)}: {markdown(verdict.exercise)}, {words(verdict.outcome)}"
    rows = [f"<details><summary>{title}</summary>", ""]
    for remark in remarks(verdict, options):
        rows += [f"**{markdown(remark.title)}**", ""]
        if remark.line:
            rows += [markdown(place(verdict, remark.line, remark.column, remark.cell)), ""]
            pointed = code_line(verdict, remark.line, remark.column, remark.cell)
            if pointed is not None:
                code = f"{pointed.text}\n{pointed.caret}" if pointed.caret else pointed.text
                rows += [markdown_code(code.replace("\t", " "), "python"), ""]
        rows += [_prose(remark.message), ""]
        if remark.hint:
            rows += [f"*Hint:* {_prose(remark.hint)}", ""]
    for check in shown(verdict.checks, options):
        mark = "x" if check.passed else " "
        rows.append(
            f"- [{mark}] {markdown(check.id)} {number(check.score)}/{number(check.max_score)}: "
            f"{markdown(check.message)}"
        )
    if verdict.output.strip():
        rows += ["", "printed:", "", markdown_code(verdict.output.rstrip("\n"), "text", lines=20)]
    if options.reveal and verdict.expected:
        rows += ["", f"expected: {markdown(verdict.expected)}"]
    mermaid = _graph(verdict)
    if mermaid:
        rows += ["", "```mermaid", mermaid, "```"]
    return "\n".join([*rows, "", "</details>", ""])


def _prose(text: str) -> str:
    """Several lines of text, each of them harmless."""
    return "  \n".join(markdown(line) for line in text.split("\n")[:20] if line.strip()) or markdown(
        one_line(text)
    )


def _graph(verdict: Verdict) -> str:
    """The recorded graph as Mermaid, which GitHub draws; the paths' sums would tell the answer and are left out."""
    if not isinstance(verdict.graph, dict):
        return ""
    from graders.drawing import graph_of
    from tfgrad_course.pictures.mermaid import mermaid

    drawn = mermaid(graph_of(verdict.graph))
    return drawn if len(drawn) < 20_000 and "```" not in drawn else ""
