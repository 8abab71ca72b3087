"""Classroom 50's result.json: whole points only (hundredths of ours), identity taken from the environment."""

from __future__ import annotations

import json
from typing import Any

from graders.escape import one_line, plain
from graders.reporting import Options, reason, remarks, worth
from graders.verdict import Report, Verdict

SCALE = 100


def render(report: Report, options: Options) -> str:
    """One test an exercise; what the runner did not say of the submission is named as unknown."""
    given = options.environment
    tests = [_test(verdict, report, options) for verdict in report.verdicts]
    commit = given.get("COMMIT_URL") or "unknown"
    kind = given.get("ASSIGNMENT_TYPE") or given.get("MODE") or "individual"
    data = {
        "schema": "classroom50/result/v1",
        "classroom": given.get("CLASSROOM") or "unknown",
        "assignment": given.get("ASSIGNMENT") or "unknown",
        "assignment_type": kind if kind in ("individual", "group") else "individual",
        "owner": given.get("OWNER") or _owner(report),
        "submission": given.get("SUBMISSION_TAG") or "submit/unknown",
        "commit": commit,
        "release": given.get("RELEASE_URL") or "unknown",
        "review": given.get("REVIEW_URL") or commit,
        "datetime": given.get("SUBMITTED_AT") or options.now or "1970-01-01T00:00:00Z",
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }
    return json.dumps(data, indent=1, ensure_ascii=True, allow_nan=False) + "\n"


def _owner(report: Report) -> str:
    return one_line(report.verdicts[0].learner) if report.verdicts else "unknown"


def _test(verdict: Verdict, report: Report, options: Options) -> dict[str, Any]:
    points, most_points = worth(verdict, report.weights)
    most = round(most_points * SCALE)
    text = [reason(verdict, options) or options.outcome(verdict.outcome)]
    text += [remark.hint for remark in remarks(verdict, options)[:1] if remark.hint]
    return {
        "test-name": one_line(
            f"{verdict.learner}: {verdict.exercise}" if verdict.learner else verdict.exercise
        ),
        "passed": verdict.outcome == "passed",
        "score": min(max(round(points * SCALE), 0), most),
        "max-score": most,
        "message": plain("\n".join(text)),
    }
