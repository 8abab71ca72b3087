"""Checks in a running notebook: `from graders import check`, or `%load_ext graders` and `%%tfgrad ID`.

The notebook's own code is graded in the sandbox like any submission: the cells run so far that name no exercise,
and those that name this one.
"""

from __future__ import annotations

import atexit
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from graders import escape
from graders.notebook import CodeCell, named, program
from graders.reporting import Options, Remark, code_line, number, place, remarks, shown, veiled
from graders.verdict import Report, Verdict

if TYPE_CHECKING:
    from graders.sandbox.pool import Pool
    from tfgrad_course.course.catalogue import Catalogue

_COLOURS = {"passed": "#17693c", "could_not_grade": "#855600"}


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict as a notebook shows it: a card as HTML, plain text elsewhere."""

    report: Report
    language: str = "en"

    @property
    def passed(self) -> bool:
        """Whether it passed."""
        return all(verdict.outcome == "passed" for verdict in self.report.verdicts)

    def __str__(self) -> str:
        from graders.reports.text import render

        options = Options(language=self.language)
        return render(veiled(self.report, options), options)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return card(self.report, self.language)


def check(exercise: str, source: str | None = None, *, language: str | None = None) -> Checked:
    """Check this notebook's answer to an exercise (its id or code); or a program given as text."""
    return _live().check(exercise, source, language)


def load_ipython_extension(shell: Any) -> None:
    """Register the cell magic `%%tfgrad ID`: the cell runs as usual, then its answer is checked."""

    def tfgrad(line: str, cell: str) -> Checked | None:
        shell.run_cell(cell)
        if not line.strip():
            print("expected an exercise, as in %%tfgrad polynomial-slope")
            return None
        here = [*_history(shell), CodeCell(shell.execution_count, tuple(cell.split("\n")), line.split()[0])]
        return _live().check_cells(line.split()[0], here)

    shell.register_magic_function(tfgrad, "cell", "tfgrad")


@cache
def _live() -> _Live:
    return _Live()


class _Live:
    """The course and a warm pool, kept as long as the notebook's kernel lives."""

    def __init__(self) -> None:
        from graders.arguments import backend_of, open_course, own_pool

        self._course: Catalogue = open_course(None)
        self._pool: Pool = own_pool(backend_of(None))
        atexit.register(self._pool.close)

    def check(self, exercise: str, source: str | None, language: str | None = None) -> Checked:
        if source is not None:
            return self._judge(exercise, source, (), language)
        shell = _shell()
        if shell is None:
            raise RuntimeError("expected a notebook; elsewhere give the program: check(ID, source)")
        return self.check_cells(exercise, _history(shell), language)

    def check_cells(self, exercise: str, cells: Sequence[CodeCell], language: str | None = None) -> Checked:
        own = self._course.id_of(exercise)
        same = lambda name: exercise if name and self._course.id_of(name) == own else name
        ours = [CodeCell(cell.number, cell.lines, same(cell.exercise)) for cell in cells]
        marked = any(cell.exercise == exercise for cell in ours)
        made = (
            program(ours, exercise) if marked else program([cell for cell in ours if cell.exercise is None])
        )
        return self._judge(exercise, made.source, made.cells, language)

    def _judge(self, exercise: str, source: str, cells: Sequence[Any], language: str | None) -> Checked:
        from graders.arguments import find_exercise, language_of
        from graders.classroom import report_on
        from graders.pipeline import grade
        from graders.submission import Submission

        one = find_exercise(self._course, exercise)
        submission = Submission("", one.id, "notebook", source, cells=tuple(cells))
        spoken = language_of(language, self._course)
        verdicts = grade([(one, submission)], self._pool, 1, language=spoken)
        return Checked(report_on(verdicts, self._course, self._pool, language=spoken), spoken)


def _shell() -> Any:
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    return get_ipython()  # type: ignore[no-untyped-call]


def _history(shell: Any) -> list[CodeCell]:
    """The cells run so far as they were written, the last of equal ones; cells that only check are left out."""
    raw = shell.history_manager.input_hist_raw
    found: dict[str, CodeCell] = {}
    for count, text in enumerate(raw):
        if count == 0 or not text.strip() or _only_checks(text) or count == shell.execution_count:
            continue
        found.pop(text, None)
        lines = tuple(text.split("\n"))
        found[text] = CodeCell(count, lines, named(lines))
    return list(found.values())


def _only_checks(text: str) -> bool:
    """Cells that hold nothing but a call of ours: in the sandbox they would check themselves."""
    rows = [row.strip() for row in text.split("\n") if row.strip() and not row.strip().startswith("#")]
    return all(
        row.startswith(("check(", "from graders import", "%load_ext", "graders.check(")) for row in rows
    )


def card(report: Report, language: str = "en") -> str:
    """The report as one piece of HTML with its style inside, for a notebook's output cell."""
    options = Options(language=language)
    report = veiled(report, options)
    return "".join(_card(report, index, options) for index in range(len(report.verdicts)))


def _card(report: Report, index: int, options: Options) -> str:
    verdict = report.verdicts[index]
    colour = _COLOURS.get(verdict.outcome, "#a8231a")
    title = report.titles.get(verdict.exercise) or verdict.exercise
    rows = [
        f'<div style="border-left:4px solid {colour};padding:.4em 1em;margin:.4em 0;max-width:60em">',
        f'<div><b style="color:{colour}">{options.outcome(verdict.outcome)}</b> {escape.html(title)}, '
        f"{escape.html(_reached(verdict, options))}</div>",
    ]
    for remark in remarks(verdict, options):
        rows += _remark(verdict, remark, options)
    if verdict.outcome != "passed":
        rows.append('<ul style="margin:.4em 0;padding-left:0;list-style:none">')
        for one in shown(verdict.checks, options):
            if one.message != verdict.detail or one.passed:
                rows.append(
                    f"<li>{'✓' if one.passed else '✗'} {escape.html(one.id)}: {escape.html(one.message)}</li>"
                )
        rows.append("</ul>")
    rows.append(_picture(verdict.graph, options))
    note = f"{report.backend}, sandbox {report.sandbox}"
    return "".join([*rows, f'<div style="opacity:.6;font-size:.85em">{escape.html(note)}</div></div>'])


def _reached(verdict: Verdict, options: Options) -> str:
    score = {"score": number(verdict.score), "most": number(verdict.max_score)}
    return options.say("{score} of {most} points", **score)


def _remark(verdict: Verdict, remark: Remark, options: Options) -> list[str]:
    rows = [f'<div style="margin-top:.5em"><b>{escape.html(escape.one_line(remark.title))}</b></div>']
    pointed = code_line(verdict, remark.line, remark.column, remark.cell)
    if pointed is not None:
        where = place(verdict, remark.line, remark.column, remark.cell, options.language)
        text = f"{pointed.text}\n{pointed.caret}" if pointed.caret else pointed.text
        code = escape.html(text.replace("\t", " "))
        rows.append(
            f'<div style="opacity:.7">{escape.html(where)}</div><pre style="margin:.2em 0">{code}</pre>'
        )
    if remark.message != remark.title:
        rows.append(f'<div style="white-space:pre-line">{escape.html(remark.message)}</div>')
    if remark.hint:
        rows.append(f"<details><summary>{options.say('Hint')}</summary>{escape.html(remark.hint)}</details>")
    return rows


def _picture(graph: Any, options: Options) -> str:
    if not isinstance(graph, dict):
        return ""
    from graders.drawing import graph_of, legend, untold
    from tfgrad_course.pictures.svg import svg

    recorded = untold(graph_of(graph))
    drawn = svg(replace(recorded, note=""), with_paths=False, legend=legend(options.language))
    notes = [escape.html(escape.one_line(row)) for row in recorded.note.split("\n") if row]
    drawn += "".join(f'<div style="color:#7e3af2;font-weight:600">{note}</div>' for note in notes)
    return f"<details open><summary>{options.say('What the tape recorded')}</summary>{drawn}</details>"
