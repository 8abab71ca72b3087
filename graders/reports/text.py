"""The report for a terminal: one line a learner and exercise, then what failed, where, why and what to try."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from graders.escape import one_line, plain, shorten
from graders.reporting import (
    Options,
    code_line,
    duration,
    main_finding,
    number,
    place,
    points,
    reason,
    shown,
    tally,
    words,
)
from graders.verdict import Finding, Report, Verdict

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

_SKIPPED = 20
_DETAILS = 300
_STYLE = {"passed": "green", "failed": "red", "not_attempted": "dim", "could_not_grade": "yellow"}


def render(report: Report, options: Options) -> str:
    """A table, the details of what did not pass, and a line of sums."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out,
        width=max(options.width, 40),
        force_terminal=options.colour,
        color_system="standard" if options.colour else None,
        no_color=not options.colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    if len(report.verdicts) > 1:
        _table(report, options, console)
    told = [verdict for verdict in report.verdicts if _has_more(verdict, len(report.verdicts))]
    for verdict in told[:_DETAILS]:
        _details(verdict, options, console, named=len(report.verdicts) > 1)
    if len(told) > _DETAILS:
        console.print(
            f"\n{len(told) - _DETAILS} more are told in the other reports, as in --format html=report.html"
        )
    _closing(report, options, console)
    return "\n".join(_no_command(line.rstrip()) for line in out.getvalue().split("\n"))


def _has_more(verdict: Verdict, count: int) -> bool:
    """Whether there is more to say of a verdict than the table does."""
    return count == 1 or bool(verdict.advice) or verdict.outcome not in ("passed", "not_attempted")


def _no_command(line: str) -> str:
    """A log line no build service obeys: GitHub reads `::name::` after any spaces and `##[name]` anywhere."""
    line = re.sub(r"^(\s*):(?=:\S)", r"\1\\x3a", line)
    return re.sub(r"##(?=\[|vso\[)", r"#\\x23", line)


def _marks(options: Options) -> tuple[str, str]:
    return ("✓", "✗") if options.unicode else ("+", "x")


def _table(report: Report, options: Options, console: Console) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=box.SIMPLE_HEAD if options.unicode else None,
        pad_edge=False,
        padding=(0, 1 if options.unicode else 2, 0, 0),
    )
    left = console.width - 4
    for name, width in _widths(report, left):
        left -= width + 2
        table.add_column(
            name,
            width=width,
            no_wrap=True,
            justify="right" if name == "score" else "left",
            overflow="ellipsis" if options.unicode else "crop",
        )
    if left > 15:
        table.add_column(
            "why", width=left - 2, no_wrap=True, overflow="ellipsis" if options.unicode else "crop"
        )
    for verdict in report.verdicts:
        why = "" if verdict.outcome == "passed" else one_line(reason(verdict, options), 120)
        row = [
            Text(one_line(verdict.learner, 60)),
            Text(one_line(verdict.exercise, 60)),
            Text(words(verdict.outcome), _STYLE.get(verdict.outcome, "red")),
            Text(f"{number(verdict.score)}/{number(verdict.max_score)}"),
            Text(why, "dim"),
        ]
        table.add_row(*row[: len(table.columns)])
    console.print(table)


def _widths(report: Report, room: int) -> list[tuple[str, int]]:
    """The columns that always stand, each as wide as its longest entry needs, within bounds."""
    outcome = max((len(words(verdict.outcome)) for verdict in report.verdicts), default=0)
    score = max((len(number(v.score) + number(v.max_score)) + 1 for v in report.verdicts), default=0)
    names = max(room - outcome - score - 12, 16)
    exercise = max((_cells(one_line(verdict.exercise, 60)) for verdict in report.verdicts), default=0)
    learner = max((_cells(one_line(verdict.learner, 60)) for verdict in report.verdicts), default=0)
    exercise = min(max(exercise, 8), 32, names * 3 // 5)
    learner = min(max(learner, 7), 24, names - exercise)
    return [
        ("learner", learner),
        ("exercise", exercise),
        ("outcome", max(outcome, 7)),
        ("score", max(score, 5)),
    ]


def _details(verdict: Verdict, options: Options, console: Console, *, named: bool) -> None:
    from rich.text import Text

    mark = _marks(options)[0 if verdict.outcome == "passed" else 1]
    style = _STYLE.get(verdict.outcome, "red")
    head = Text(f"{mark} ", style)
    head.append(f"{one_line(verdict.learner, 60)}  " if named else "", "bold")
    head.append(one_line(verdict.exercise, 60), "bold")
    head.append(f"  {words(verdict.outcome)} {number(verdict.score)}/{number(verdict.max_score)}", style)
    console.print()
    console.print(head, soft_wrap=True)
    if verdict.detail:
        _paragraph(verdict.detail, console, "")
    for finding in verdict.findings:
        _finding(verdict, finding, options, console, "red")
    if verdict.exception:
        _exception(verdict, options, console)
    if verdict.outcome != "passed":
        _checks(verdict, options, console)
        _probes(verdict, console)
        _output(verdict, console)
    for finding in verdict.advice:
        _finding(verdict, finding, options, console, "yellow")
    if options.reveal and verdict.expected:
        _paragraph(f"expected: {verdict.expected}", console, "")


def _finding(verdict: Verdict, finding: Finding, options: Options, console: Console, style: str) -> None:
    from rich.text import Text

    console.print(Text(f"  {one_line(finding.title)}", f"bold {style}"))
    _pointed(verdict, finding.line, finding.column, finding.cell, options, console)
    _paragraph(finding.message, console, "")
    if finding.hint:
        _paragraph(f"Hint: {finding.hint}", console, "cyan")


def _exception(verdict: Verdict, options: Options, console: Console) -> None:
    raised = verdict.exception
    assert raised is not None
    _paragraph(f"{raised.type}: {plain(raised.message, lines=3)}", console, "red")
    found = main_finding(verdict)
    if found is None or found.line != raised.line or found.cell != verdict.exception_cell:
        _pointed(verdict, raised.line or None, raised.column, verdict.exception_cell, options, console)


def _pointed(
    verdict: Verdict,
    line: int | None,
    column: int | None,
    cell: int | None,
    options: Options,
    console: Console,
) -> None:
    """The place, the learner's line and a caret under the column."""
    from rich.text import Text

    if not line:
        return
    console.print(Text(f"    {one_line(place(verdict, line, column, cell))}", "dim"), soft_wrap=True)
    pointed = code_line(verdict, line, column, cell)
    if pointed is None:
        return
    bar = "│" if options.unicode else "|"
    gutter = f"    {line} {bar} "
    before = one_line_code(pointed.text[: (column or 1) - 1])
    text = shorten(one_line_code(pointed.text), max(options.width - len(gutter), 20))
    console.print(Text(gutter + text), no_wrap=True, crop=True)
    if column and len(before) < len(text):
        console.print(Text(" " * (len(gutter) - 2) + f"{bar} " + " " * _cells(before) + "^", "bold red"))


def one_line_code(text: str) -> str:
    """A code line with tabs as four spaces and its indentation kept."""
    return plain(text.replace("\t", "    "), width=2000)


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def _checks(verdict: Verdict, options: Options, console: Console) -> None:
    from rich.text import Text

    good, bad = _marks(options)
    for check in shown(verdict.checks, options):
        if check.message == verdict.detail and not check.passed:
            continue  # nothing ran: the reason stands above already
        line = Text()
        line.append(f"{good if check.passed else bad} ", "green" if check.passed else "red")
        line.append(f"{one_line(check.id, 40)} {number(check.score)}/{number(check.max_score)}")
        if check.message:
            line.append(f"  {one_line(check.message)}", "" if not check.passed else "dim")
        console.print(_hanging(line))


def _hanging(text: Text) -> RenderableType:
    from rich.padding import Padding

    return Padding(text, (0, 0, 0, 2))


def _probes(verdict: Verdict, console: Console) -> None:
    broken = [
        name
        for name, state in (
            ("hidden points", verdict.probes.hidden_points),
            ("marked gradient", verdict.probes.marked_gradient),
        )
        if state == "broken"
    ]
    if broken:
        _paragraph(f"did not hold: {' and '.join(broken)}", console, "red")


def _output(verdict: Verdict, console: Console) -> None:
    from rich.text import Text

    if not verdict.output.strip():
        return
    console.print(Text("  printed:", "dim"))
    for row in plain(verdict.output.rstrip("\n"), lines=8, width=200).split("\n"):
        console.print(Text(f"    {row}", "dim"))


def _paragraph(text: str, console: Console, style: str) -> None:
    from rich.text import Text

    console.print(_hanging(Text(plain(text), style)))


def _closing(report: Report, options: Options, console: Console) -> None:
    from rich.text import Text

    console.print()
    for exercise, who in report.alike:
        console.print(
            Text(f"the same program for {exercise}: {one_line(', '.join(who))}", "yellow"), soft_wrap=True
        )
    for path, why in report.skipped[:_SKIPPED]:
        console.print(Text(f"skipped {one_line(path)}: {one_line(why)}", "dim"), soft_wrap=True)
    if len(report.skipped) > _SKIPPED:
        console.print(Text(f"skipped {len(report.skipped) - _SKIPPED} files more", "dim"))
    counts = ", ".join(f"{count} {words(name)}" for name, count in tally(report).items() if count)
    score, most = points(report)
    if len(report.verdicts) != 1:
        console.print(Text(f"{counts or 'nothing graded'}; {number(score)} of {number(most)} points", "bold"))
    spent = sum(verdict.resources.cpu_s for verdict in report.verdicts)
    cpu = f", {duration(spent)} CPU in submissions" if spent else ""
    trusted = ", TRUSTED (no sandbox required)" if report.trusted else ""
    console.print(Text(f"{report.backend}, sandbox {report.sandbox}{trusted}{cpu}", "dim"), soft_wrap=True)
