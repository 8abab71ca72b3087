"""Gradescope's results.json: one test a check with its own visibility, which Gradescope itself obeys."""

from __future__ import annotations

import json
from typing import Any

from graders.escape import one_line, plain
from graders.record import safe
from graders.reporting import Options, Remark, code_line, place, points, remarks, worth
from graders.verdict import CheckResult, Report, Verdict


def render(report: Report, options: Options) -> str:
    """The results; with several learners in the report their names stand before the tests'."""
    several = len({verdict.learner for verdict in report.verdicts}) > 1
    tests: list[dict[str, Any]] = []
    for index, verdict in enumerate(report.verdicts, 1):
        name = f"{one_line(verdict.learner)}: {verdict.exercise}" if several else verdict.exercise
        title = report.titles.get(verdict.exercise)
        tests.append(
            _summary(verdict, f"{name}: {title}" if title and not several else name, str(index), options)
        )
        for part, check in enumerate(verdict.checks, 1):
            tests.append(_test(check, name, f"{index}.{part}", _scale(verdict, report)))
    score, most = points(report)
    data = {
        "score": safe(score),
        "execution_time": safe(round(sum(verdict.resources.wall_s for verdict in report.verdicts), 3)),
        "output": options.say(
            "Graded on {backend}, sandbox {sandbox}.", backend=report.backend, sandbox=report.sandbox
        ),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"max_score": safe(most), "versions": dict(report.versions)},
        "tests": tests,
    }
    return json.dumps(data, indent=1, ensure_ascii=True, allow_nan=False) + "\n"


def _scale(verdict: Verdict, report: Report) -> float:
    """What a point of the checks is worth at the weight that the course gives the exercise."""
    most = worth(verdict, report.weights)[1]
    return most / verdict.max_score if verdict.max_score else 1.0


def _test(check: CheckResult, name: str, position: str, scale: float) -> dict[str, Any]:
    return {
        "name": f"{name}: {check.id}",
        "number": position,
        "score": safe(round(scale * check.score, 6)),
        "max_score": safe(round(scale * check.max_score, 6)),
        "status": "passed" if check.passed else "failed",
        "output": plain(check.message),
        "visibility": check.visibility,
    }


def _summary(verdict: Verdict, name: str, position: str, options: Options) -> dict[str, Any]:
    """A test without points that says what happened; it holds nothing a hidden check said."""
    rows = [options.outcome(verdict.outcome)]
    if verdict.outcome == "passed" and verdict.detail:
        rows.append(verdict.detail)
    for remark in remarks(verdict, options):
        rows += ["", f"{remark.title}", *_place(verdict, remark, options), remark.message]
        if remark.hint:
            rows.append(f"{options.say('Hint')}: {remark.hint}")
    if verdict.outcome != "passed" and verdict.output.strip():
        rows += ["", options.say("printed:"), *plain(verdict.output, lines=20).split("\n")]
    return {
        "name": name,
        "number": position,
        "status": "passed" if verdict.outcome == "passed" else "failed",
        "output": plain("\n".join(rows)),
        "output_format": "text",
        "visibility": "visible",
        "tags": [verdict.outcome, *(finding.id for finding in verdict.findings)],
    }


def _place(verdict: Verdict, remark: Remark, options: Options) -> list[str]:
    if not remark.line:
        return []
    rows = [place(verdict, remark.line, remark.column, remark.cell, options.language)]
    pointed = code_line(verdict, remark.line, remark.column, remark.cell)
    if pointed is not None:
        rows.append(f"    {pointed.text}")
        if pointed.caret:
            rows.append(f"    {pointed.caret}")
    return rows
