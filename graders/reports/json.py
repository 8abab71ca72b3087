"""JSON, schema report/v1: the whole report as one object, the source all other tools read."""

from __future__ import annotations

import json

from graders.record import REPORT_SCHEMA, safe, verdict_data
from graders.reporting import Options, points, shown, tally
from graders.verdict import Report


def render(report: Report, options: Options) -> str:
    """The report as one JSON object, ASCII only, with nothing in it this reader may not see."""
    score, max_score = points(report)
    data = {
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
    if report.skipped:
        data["skipped"] = [{"path": path, "reason": why} for path, why in report.skipped]
    # ASCII output keeps bidi overrides, control characters and lone surrogates as visible escapes.
    return json.dumps(data, indent=1, ensure_ascii=True, allow_nan=False) + "\n"
