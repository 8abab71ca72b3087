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
    sums,
    worth,
)
from graders.verdict import Finding, Report, Total, Verdict

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
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
        _totals(report, options, console)
    told = [verdict for verdict in report.verdicts if _has_more(verdict, len(report.verdicts))]
    for verdict in told[:_DETAILS]:
        _details(verdict, options, console, named=len(report.verdicts) > 1)
    if len(told) > _DETAILS:
        more = "{count} more are told in the other reports, as in --format html=report.html"
        console.print("\n" + options.say(more, count=len(told) - _DETAILS))
    _closing(report, options, console)
    return "\n".join(_no_command(line.rstrip()) for line in out.getvalue().split("\n"))


def _has_more(verdict: Verdict, count: int) -> bool:
    """Whether there is more to say of a verdict than the table does."""
    told = verdict.outcome not in ("passed", "not_attempted")
    return (
        count == 1 or told or bool(verdict.advice) or (verdict.outcome == "passed" and bool(verdict.detail))
    )


def _no_command(line: str) -> str:
    """A log line no build service obeys: GitHub reads `::name::` after any spaces and `##[name]` anywhere."""
    line = re.sub(r"^(\s*):(?=:\S)", r"\1\\x3a", line)
    return re.sub(r"##(?=\[|vso\[|teamcity\[)", r"#\\x23", line)


def _marks(options: Options) -> tuple[str, str]:
    return ("✓", "✗") if options.unicode else ("+", "x")


def _table(report: Report, options: Options, console: Console) -> None:
    from rich.text import Text

    table = _empty(options)
    left = console.width - 4
    for name, width in _widths(report, left, options):
        left -= width + 2
        table.add_column(
            options.say(name),
            width=width,
            no_wrap=True,
            justify="right" if name == "points" else "left",
            overflow="ellipsis" if options.unicode else "crop",
        )
    if left > 15:
        table.add_column(
            options.say("why"),
            width=left - 2,
            no_wrap=True,
            overflow="ellipsis" if options.unicode else "crop",
        )
    for verdict in report.verdicts:
        why = "" if verdict.outcome == "passed" else one_line(reason(verdict, options), 120)
        row = [
            Text(one_line(verdict.learner, 60)),
            Text(one_line(verdict.exercise, 60)),
            Text(options.outcome(verdict.outcome), _STYLE.get(verdict.outcome, "red")),
            Text("/".join(map(number, worth(verdict, report.weights)))),
            Text(why, "dim"),
        ]
        table.add_row(*row[: len(table.columns)])
    console.print(table)


def _empty(options: Options) -> Table:
    """A table without its columns, in the signs the terminal has."""
    from rich import box
    from rich.table import Table

    return Table(
        box=box.SIMPLE_HEAD if options.unicode else None,
        pad_edge=False,
        padding=(0, 1 if options.unicode else 2, 0, 0),
    )


def _totals(report: Report, options: Options, console: Console) -> None:
    """Every learner's sum, where a learner has more than one exercise or the course weighs them."""
    from rich.text import Text

    if not report.totals or (len(report.verdicts) <= len(report.totals) and not report.weights):
        return
    table = _empty(options)
    room = max(console.width - 40, 12)
    for name, right in (
        ("learner", False),
        ("points", True),
        ("percent", True),
        ("passed", True),
        ("", False),
    ):
        table.add_column(
            options.say(name) if name else "", no_wrap=True, justify="right" if right else "left"
        )
    for total in report.totals:
        table.add_row(
            Text(one_line(total.learner, 24)),
            Text(f"{number(total.points)}/{number(total.most)}"),
            Text("" if total.percent is None else f"{total.percent:.0f} %"),
            Text(f"{total.passed}/{total.counted}"),
            Text(one_line(_besides(total, options), room), "dim"),
        )
    console.print(table)


def _besides(total: Total, options: Options) -> str:
    """What else there is to say of a total: work that is missing, late, excused or not graded."""
    lists = (
        ("{count} missing", total.missing),
        ("{count} late", total.late),
        ("{count} excused", total.excused),
        ("{count} could not be graded", total.ungraded),
    )
    return ", ".join(options.say(text, count=len(names)) for text, names in lists if names)


def _widths(report: Report, room: int, options: Options) -> list[tuple[str, int]]:
    """The columns that always stand, each as wide as its longest entry needs, within bounds."""
    outcome = max((len(options.outcome(verdict.outcome)) for verdict in report.verdicts), default=0)
    worths = [worth(verdict, report.weights) for verdict in report.verdicts]
    score = max((len("/".join(map(number, one))) for one in worths), default=0)
    names = max(room - outcome - score - 12, 16)
    exercise = max((_cells(one_line(verdict.exercise, 60)) for verdict in report.verdicts), default=0)
    learner = max((_cells(one_line(verdict.learner, 60)) for verdict in report.verdicts), default=0)
    exercise = min(max(exercise, 8), 32, names * 3 // 5)
    learner = min(max(learner, 7), 24, names - exercise)
    return [
        ("learner", learner),
        ("exercise", exercise),
        ("outcome", max(outcome, len(options.say("outcome")))),
        ("points", max(score, len(options.say("points")))),
    ]


def _details(verdict: Verdict, options: Options, console: Console, *, named: bool) -> None:
    from rich.text import Text

    mark = _marks(options)[0 if verdict.outcome == "passed" else 1]
    style = _STYLE.get(verdict.outcome, "red")
    head = Text(f"{mark} ", style)
    head.append(f"{one_line(verdict.learner, 60)}  " if named else "", "bold")
    head.append(one_line(verdict.exercise, 60), "bold")
    head.append(
        f"  {options.outcome(verdict.outcome)} {number(verdict.score)}/{number(verdict.max_score)}", style
    )
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
        _probes(verdict, options, console)
        _output(verdict, options, console)
    for finding in verdict.advice:
        _finding(verdict, finding, options, console, "yellow")
    if options.reveal and verdict.expected:
        _paragraph(f"{options.say('expected:')} {verdict.expected}", console, "")


def _finding(verdict: Verdict, finding: Finding, options: Options, console: Console, style: str) -> None:
    from rich.text import Text

    console.print(Text(f"  {one_line(finding.title)}", f"bold {style}"))
    _pointed(verdict, finding.line, finding.column, finding.cell, options, console)
    _paragraph(finding.message, console, "")
    if finding.hint:
        _paragraph(f"{options.say('Hint')}: {finding.hint}", console, "cyan")


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
    where = place(verdict, line, column, cell, options.language)
    console.print(Text(f"    {one_line(where)}", "dim"), soft_wrap=True)
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


def _probes(verdict: Verdict, options: Options, console: Console) -> None:
    broken = [
        options.say(name)
        for name, state in (
            ("hidden points", verdict.probes.hidden_points),
            ("marked gradient", verdict.probes.marked_gradient),
        )
        if state == "broken"
    ]
    if broken:
        _paragraph(f"{options.say('did not hold:')} {', '.join(broken)}", console, "red")


def _output(verdict: Verdict, options: Options, console: Console) -> None:
    from rich.text import Text

    if not verdict.output.strip():
        return
    console.print(Text(f"  {options.say('printed:')}", "dim"))
    for row in plain(verdict.output.rstrip("\n"), lines=8, width=200).split("\n"):
        console.print(Text(f"    {row}", "dim"))


def _paragraph(text: str, console: Console, style: str) -> None:
    from rich.text import Text

    console.print(_hanging(Text(plain(text), style)))


def _closing(report: Report, options: Options, console: Console) -> None:
    from rich.text import Text

    console.print()
    for exercise, who in report.alike:
        same = options.say("the same program for {exercise}:", exercise=exercise)
        console.print(Text(f"{same} {one_line(', '.join(who))}", "yellow"), soft_wrap=True)
    if report.strangers:
        away = options.say("not on the roster:")
        console.print(Text(f"{away} {one_line(', '.join(report.strangers))}", "yellow"), soft_wrap=True)
    skipped = options.say("skipped")
    for path, why in report.skipped[:_SKIPPED]:
        console.print(Text(f"{skipped} {one_line(path)}: {one_line(why)}", "dim"), soft_wrap=True)
    if len(report.skipped) > _SKIPPED:
        more = options.say("{count} files more", count=len(report.skipped) - _SKIPPED)
        console.print(Text(f"{skipped} {more}", "dim"))
    score, most = points(report)
    if len(report.verdicts) != 1:
        counts = sums(report, options) or options.say("nothing graded")
        reached = options.say("{score} of {most} points", score=number(score), most=number(most))
        console.print(Text(f"{counts}; {reached}", "bold"))
    _ground(report, options, console)


def _ground(report: Report, options: Options, console: Console) -> None:
    """What was graded on and what held."""
    from rich.text import Text

    spent = sum(verdict.resources.cpu_s for verdict in report.verdicts)
    cpu = f", {options.say('{time} CPU in submissions', time=duration(spent))}" if spent else ""
    trusted = f", {options.say('TRUSTED (no sandbox required)')}" if report.trusted else ""
    console.print(Text(f"{report.backend}, sandbox {report.sandbox}{trusted}{cpu}", "dim"), soft_wrap=True)
