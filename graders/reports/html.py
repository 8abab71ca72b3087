"""The report to look at and hand out: one self-contained page, no script, light and dark, phone and paper."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from keyword import kwlist
from statistics import median
from typing import Any

from graders.escape import one_line, plain
from graders.reporting import (
    Facts,
    Options,
    Remark,
    duration,
    number,
    points,
    remarks,
    shown,
    tally,
    worth,
)
from graders.verdict import CheckResult, Report, Total, Verdict

LIMIT = 30_000_000
SIGNS = {"passed": "✓", "not_attempted": "·", "could_not_grade": "!"}
_WORDS = frozenset(kwlist)
_TOKEN = re.compile(
    r"(?P<c>#.*)|(?P<s>\"\"\"|'''|\"(?:\\.|[^\"\\])*\"?|'(?:\\.|[^'\\])*'?)"
    r"|(?P<n>\b\d[\w.]*)|(?P<w>[^\W\d]\w*)|(?P<o>[^\w\s#'\"]+|\s+)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of code: its number, coloured pieces, and what is said under it."""

    number: str
    pieces: tuple[tuple[str, str], ...]
    said: tuple[Said, ...]
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A remark with the text before its column, which a caret is aligned by."""

    remark: Remark
    before: str | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A graph as SVG, the least width it is still read at, and where it departs from what was asked."""

    svg: str
    least: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One verdict as the page shows it."""

    anchor: str
    verdict: Verdict
    facts: Facts
    lines: tuple[Line, ...]
    elsewhere: tuple[Remark, ...]
    checks: tuple[CheckResult, ...]
    graph: Picture | None
    whole: bool
    expected: str


def render(report: Report, options: Options) -> str:
    """The page."""
    everyone: dict[str, list[Verdict]] = {}
    for verdict in report.verdicts:
        everyone.setdefault(verdict.learner, []).append(verdict)
    summed = {total.learner: total for total in report.totals}
    listed = dict.fromkeys([*(total.learner for total in report.totals), *everyone])
    exercises = list(dict.fromkeys(verdict.exercise for verdict in report.verdicts))
    anchors = {id(verdict): f"v{index}" for index, verdict in enumerate(report.verdicts, 1)}
    score, most = points(report)
    room = _Room(options.limit or LIMIT)
    return _template().render(
        report=report,
        options=options,
        style=_style(),
        score=score,
        most=most,
        counts=[(name, count) for name, count in tally(report).items() if count],
        total=len(report.verdicts),
        exercises=exercises,
        names={name: _facts(report, options, name).title or name for name in exercises},
        several=len(listed) > 1,
        say=options.say,
        summed=summed,
        rows=[
            _row(report, learner, summed.get(learner), everyone.get(learner, []), exercises, anchors)
            for learner in listed
        ],
        statistics=[_statistics(report, name) for name in exercises],
        mistakes=_mistakes(report),
        learners=[
            (learner, [_card(report, verdict, anchors[id(verdict)], options, room) for verdict in verdicts])
            for learner, verdicts in everyone.items()
        ],
        curves={name: pair for name in exercises if (pair := _curves(options, name))},
    )


class _Room:
    """How many bytes of code the page may still take."""

    def __init__(self, left: int) -> None:
        self._left = left

    def take(self, size: int) -> bool:
        """Whether so much still fits."""
        self._left -= size
        return self._left >= 0


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    environment.filters |= {
        "plain": plain,
        "line": one_line,
        "points": number,
        "time": duration,
        "sign": lambda outcome: SIGNS.get(outcome, "✗"),
    }
    text = files("graders.reports").joinpath("html.jinja").read_text(encoding="utf-8")
    return environment.from_string(text)


@cache
def _style() -> str:
    return files("graders.reports").joinpath("html.css").read_text(encoding="utf-8")


def _facts(report: Report, options: Options, name: str) -> Facts:
    return options.facts.get(name) or Facts(title=report.titles.get(name, ""))


def _curves(options: Options, name: str) -> tuple[str, str] | None:
    """The curve in light and dark as addresses that hold the picture themselves."""
    facts = options.facts.get(name)
    if facts is None or not facts.curve or not re.fullmatch(r"[a-z0-9-]+", name):
        return None
    address = lambda text: "data:image/svg+xml;base64," + b64encode(text.encode()).decode() if text else ""
    return address(facts.curve), address(facts.curve_dark)


def _row(
    report: Report,
    learner: str,
    total: Total | None,
    verdicts: list[Verdict],
    exercises: list[str],
    anchors: dict[int, str],
) -> dict[str, Any]:
    by_exercise = {verdict.exercise: verdict for verdict in verdicts}
    return {
        "learner": learner,
        "cells": [_cell(report, by_exercise.get(name), name, total, anchors) for name in exercises],
        "total": total,
        "anchor": anchors[id(verdicts[0])] if verdicts else "",
    }


def _cell(
    report: Report, verdict: Verdict | None, exercise: str, total: Total | None, anchors: dict[int, str]
) -> dict[str, Any]:
    """One learner's exercise in the matrix, and what is special about it."""
    score, most = worth(verdict, report.weights) if verdict else (0.0, 0.0)
    return {
        "verdict": verdict,
        "anchor": anchors[id(verdict)] if verdict else "",
        "score": score,
        "most": most,
        "late": total is not None and exercise in total.late,
        "excused": total is not None and exercise in total.excused,
    }


def _statistics(report: Report, name: str) -> dict[str, Any]:
    ours = [verdict for verdict in report.verdicts if verdict.exercise == name]
    times = [verdict.resources.wall_s for verdict in ours if verdict.resources.wall_s]
    return {
        "name": name,
        "count": len(ours),
        "passed": sum(verdict.outcome == "passed" for verdict in ours),
        "mean": sum(worth(verdict, report.weights)[0] for verdict in ours) / len(ours),
        "most": max(worth(verdict, report.weights)[1] for verdict in ours),
        "median": median(times) if times else 0.0,
        "longest": max(times, default=0.0),
    }


def _mistakes(report: Report) -> list[tuple[str, str, int, int]]:
    """Which misconceptions occurred how often, with the share of the most frequent."""
    titles: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for verdict in report.verdicts:
        for name in {finding.id for finding in verdict.findings}:
            counts[name] += 1
        for finding in verdict.findings:
            titles.setdefault(finding.id, finding.title)
    top = max(counts.values(), default=1)
    return [(name, titles[name], count, round(100 * count / top)) for name, count in counts.most_common(30)]


def _card(report: Report, verdict: Verdict, anchor: str, options: Options, room: _Room) -> Card:
    said = remarks(verdict, options)
    whole = room.take(6 * len(verdict.source) + len(verdict.output) + 2000)
    lines = _lines(verdict, said, whole)
    placed = {id(one.remark) for line in lines for one in line.said}
    expected = verdict.expected if options.reveal and verdict.expected else ""
    return Card(
        anchor=anchor,
        verdict=verdict,
        facts=_facts(report, options, verdict.exercise),
        lines=lines,
        elsewhere=tuple(one for one in said if id(one) not in placed),
        checks=shown(verdict.checks, options),
        graph=_graph(verdict, options, room) if whole else None,
        whole=whole,
        expected=expected,
    )


def _graph(verdict: Verdict, options: Options, room: _Room) -> Picture | None:
    """The graph that the program recorded, as SVG; the paths' sums would tell the answer and are left out."""
    if not isinstance(verdict.graph, dict):
        return None
    from graders.drawing import graph_of, legend, untold
    from tfgrad_course.pictures.svg import svg

    graph = graph_of(verdict.graph) if options.reveal else untold(graph_of(verdict.graph))
    drawn = svg(replace(graph, note=""), with_paths=False, legend=legend(options.language))
    width = re.search(r' width="(\d+)"', drawn)
    least = round(0.75 * int(width[1])) if width else 0
    return (
        Picture(drawn, least, tuple(graph.note.split("\n")) if graph.note else ())
        if room.take(len(drawn))
        else None
    )


def _lines(verdict: Verdict, said: tuple[Remark, ...], whole: bool) -> tuple[Line, ...]:
    """The learner's code with every remark under its line; only the lines spoken of when room is short."""
    if not verdict.source:
        return ()
    under: dict[tuple[int | None, int], list[Remark]] = {}
    for one in said:
        if one.line:
            under.setdefault((one.cell, one.line), []).append(one)
    rows = []
    text = verdict.source.rstrip("\n").split("\n")
    for index, row in enumerate(text[:2000], 1):
        cell, line, first = _numbered(verdict, index)
        spoken = under.get((cell, line), [])
        if whole or spoken:
            code = plain(row.replace("\t", "    ")).replace("\n", " ")
            placed = tuple(Said(one, _before(row, one.column)) for one in spoken)
            rows.append(Line(str(line), _coloured(code), placed, cell if first else None))
    return tuple(rows)


def _before(row: str, column: int | None) -> str | None:
    return None if column is None else plain(row[: column - 1].replace("\t", "    "))


def _numbered(verdict: Verdict, index: int) -> tuple[int | None, int, bool]:
    """The cell and line of a line of the joined source, and whether a cell begins there."""
    for cell in verdict.cells:
        if cell.first <= index <= cell.last:
            return cell.number, index - cell.first + 1, index == cell.first
    return None, index, False


def _coloured(code: str) -> tuple[tuple[str, str], ...]:
    """Code in pieces: comments, strings, numbers and keywords by class, all else plain."""
    pieces: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup or "", match.group()
        if kind == "w":
            kind = "k" if text in _WORDS else ""
        kind = "" if kind == "o" else kind
        if pieces and pieces[-1][0] == kind:
            pieces[-1] = (kind, pieces[-1][1] + text)
        else:
            pieces.append((kind, text))
    return tuple(pieces)
