"""JSON, schema report/v1: the whole report as one object, the source all other tools read."""

from __future__ import annotations

import json
from typing import Any

from graders.record import REPORT_SCHEMA, safe, verdict_data
from graders.reporting import Options, points, shown, tally
from graders.verdict import Report, Total


def render(report: Report, options: Options) -> str:
    """The report as one JSON object, ASCII only, with nothing in it this reader may not see."""
    score, max_score = points(report)
    data: dict[str, Any] = {
        "schema": REPORT_SCHEMA,
        "summary": {**tally(report), "score": safe(score), "max_score": safe(max_score)},
        "backend": report.backend,
        "sandbox": report.sandbox,
        "layers": list(report.layers),
        "trusted": report.trusted,
        "versions": dict(report.versions),
        "verdicts": [
            verdict_data(verdict, shown(verdict.checks, options), reveal=options.reveal)
            for verdict in report.verdicts
        ],
    }
    if report.weights:
        data["weights"] = {name: safe(weight) for name, weight in report.weights.items()}
    if report.totals:
        data["totals"] = [_total(total) for total in report.totals]
    if report.alike:
        data["alike"] = [{"exercise": name, "learners": list(who)} for name, who in report.alike]
    if report.strangers:
        data["not_on_the_roster"] = list(report.strangers)
    if report.skipped:
        data["skipped"] = [{"path": path, "reason": why} for path, why in report.skipped]
    # ASCII output keeps bidi overrides, control characters and lone surrogates as visible escapes.
    return json.dumps(data, indent=1, ensure_ascii=True, allow_nan=False) + "\n"


def _total(total: Total) -> dict[str, Any]:
    return {
        "learner": total.learner,
        "score": safe(total.points),
        "max_score": safe(total.most),
        "percent": safe(total.percent),
        "passed": total.passed,
        "counted": total.counted,
        "missing": list(total.missing),
        "late": list(total.late),
        "excused": list(total.excused),
        "ungraded": list(total.ungraded),
    }
