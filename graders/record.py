"""Verdicts as plain JSON data and back, without loss: the ground of the JSON report and the journal."""

from __future__ import annotations

import math
from typing import Any

from graders.evidence import Raised, Resources
from graders.submission import Cell
from graders.verdict import CheckResult, Finding, Given, Probes, Verdict

VERDICT_SCHEMA = "tfgrad/verdict/v1"
REPORT_SCHEMA = "tfgrad/report/v1"
_WORDS = {"nan": math.nan, "infinity": math.inf, "-infinity": -math.inf}


def number_word(value: Any) -> Any:
    """A number as JSON can carry it: NaN, infinities and None as words, complex numbers as text."""
    if value is None:
        return "none"
    if isinstance(value, complex):
        return str(value).strip("()")
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else ("infinity" if value > 0 else "-infinity")
    return value


def safe(value: Any) -> Any:
    """Any nested plain data with no bare NaN in it."""
    if isinstance(value, dict):
        return {str(key): safe(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [safe(item) for item in value]
    if isinstance(value, (float, complex)):
        return number_word(value)
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def _check(check: CheckResult) -> dict[str, Any]:
    return {
        "id": check.id,
        "passed": check.passed,
        "score": safe(check.score),
        "max_score": safe(check.max_score),
        "message": check.message,
        "visibility": check.visibility,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "line": finding.line,
        "column": finding.column,
        "cell": finding.cell,
        "title": finding.title,
        "message": finding.message,
        "hint": finding.hint,
    }


def _exception(verdict: Verdict) -> dict[str, Any] | None:
    raised = verdict.exception
    if raised is None:
        return None
    return {
        "type": raised.type,
        "message": raised.message,
        "line": raised.line or None,
        "cell": verdict.exception_cell,
    }


def _given(given: Given) -> dict[str, Any]:
    number = None if given.number is None else [number_word(item) for item in given.number]
    data: dict[str, Any] = {"number": number, "word": given.word}
    if given.shape is not None and len(given.shape) > 1:
        data["shape"] = list(given.shape)
    return data


def verdict_data(
    verdict: Verdict, checks: tuple[CheckResult, ...], *, reveal: bool = False
) -> dict[str, Any]:
    """A verdict as the verdict/v1 object, with the given checks only."""
    data: dict[str, Any] = {
        "schema": VERDICT_SCHEMA,
        "exercise": verdict.exercise,
        "learner": verdict.learner,
        "submission": verdict.submission,
        "variant": safe(verdict.variant),
        "outcome": verdict.outcome,
        "score": safe(verdict.score),
        "max_score": safe(verdict.max_score),
        "checks": [_check(check) for check in checks],
        "findings": [_finding(finding) for finding in verdict.findings],
        "advice": [_finding(finding) for finding in verdict.advice],
        "exception": _exception(verdict),
        "given": _given(verdict.given),
        "probes": {
            "hidden_points": verdict.probes.hidden_points,
            "marked_gradient": verdict.probes.marked_gradient,
        },
        "resources": {
            "wall_s": safe(round(verdict.resources.wall_s, 4)),
            "cpu_s": safe(round(verdict.resources.cpu_s, 4)),
            "peak_mib": safe(round(verdict.resources.peak_mib, 1)),
        },
        "output": verdict.output,
    }
    if verdict.detail:
        data["detail"] = verdict.detail
    if reveal and verdict.expected is not None:
        data["expected"] = verdict.expected
    return data


def full_data(verdict: Verdict) -> dict[str, Any]:
    """All of a verdict, for our own files only (it holds the expected answer and the learner's source)."""
    data = verdict_data(verdict, verdict.checks, reveal=True)
    data["source"] = verdict.source
    data["cells"] = [[cell.number, cell.first, cell.last] for cell in verdict.cells]
    data["graph"] = safe(verdict.graph) if isinstance(verdict.graph, (dict, list, str)) else None
    data["given"]["shape"] = None if verdict.given.shape is None else list(verdict.given.shape)
    raised = verdict.exception
    if raised is not None:
        data["exception"] |= {
            "outer": raised.outer,
            "column": raised.column,
            "frames": [list(frame) for frame in raised.frames],
        }
    return data


def _number(value: Any) -> Any:
    if isinstance(value, str):
        if value in _WORDS:
            return _WORDS[value]
        return None if value == "none" else complex(value)
    return value


def _read_raised(data: dict[str, Any] | None) -> Raised | None:
    if data is None:
        return None
    return Raised(
        type=data["type"],
        message=data["message"],
        line=data["line"] or 0,
        outer=data.get("outer", data["line"] or 0),
        frames=tuple((line, name) for line, name in data.get("frames", ())),
        column=data.get("column"),
    )


def _read_given(data: dict[str, Any]) -> Given:
    number, shape = data.get("number"), data.get("shape")
    return Given(
        number=None if number is None else tuple(_number(item) for item in number),
        shape=None if shape is None else tuple(shape),
        word=data.get("word"),
    )


def read_verdict(data: dict[str, Any]) -> Verdict:
    """A verdict from its JSON object; raises KeyError, TypeError or ValueError if it is none."""
    if data["schema"] != VERDICT_SCHEMA:
        raise ValueError(f"expected schema {VERDICT_SCHEMA!r}, found {data['schema']!r}")
    return Verdict(
        exercise=data["exercise"],
        learner=data["learner"],
        submission=data["submission"],
        outcome=data["outcome"],
        score=_number(data["score"]),
        max_score=_number(data["max_score"]),
        checks=tuple(CheckResult(**check) for check in data["checks"]),
        findings=tuple(Finding(**finding) for finding in data["findings"]),
        advice=tuple(Finding(**finding) for finding in data["advice"]),
        exception=_read_raised(data["exception"]),
        exception_cell=(data["exception"] or {}).get("cell"),
        given=_read_given(data["given"]),
        probes=Probes(**data["probes"]),
        resources=Resources(**data["resources"]),
        output=data["output"],
        variant=data["variant"],
        detail=data.get("detail", ""),
        expected=data.get("expected"),
        source=data.get("source", ""),
        cells=tuple(Cell(*cell) for cell in data.get("cells", ())),
        graph=data.get("graph"),
    )
