"""SARIF 2.1.0: every finding as an alert on the learner's line, for code scanning and editors."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from graders.escape import one_line, plain
from graders.reporting import Options, Remark, relative, remarks
from graders.verdict import Report, Verdict

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST = 5000


def render(report: Report, options: Options) -> str:
    """One run with its rules (what can be said) and results (what was said, and where)."""
    rules: dict[str, dict[str, Any]] = {}
    results: list[dict[str, Any]] = []
    for verdict in report.verdicts:
        for remark in remarks(verdict, options):
            if verdict.submission and len(results) < MOST:
                rules.setdefault(remark.id, _rule(remark, options))
                results.append(_result(verdict, remark, options))
    driver = {
        "name": "tfgrad",
        "semanticVersion": report.versions.get("tfgrad", "0.0.0"),
        "rules": list(rules.values()),
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    data = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(data, indent=1, ensure_ascii=True, allow_nan=False) + "\n"


def _rule(remark: Remark, options: Options) -> dict[str, Any]:
    general = options.say(_GENERAL[remark.id]) if remark.id in _GENERAL else one_line(remark.title)
    return {
        "id": remark.id,
        "shortDescription": {"text": general},
        "fullDescription": {"text": general},
        "help": {"text": one_line(remark.hint) or options.say("Run `tfgrad hint` for the next hint.")},
    }


_GENERAL = {
    "exception": "The program ended with an exception.",
    "failed": "The answer is not the one asked for.",
    "rejected": "The file could not be read as a program.",
}


def _result(verdict: Verdict, remark: Remark, options: Options) -> dict[str, Any]:
    text = f"{verdict.exercise}: {remark.title}. {remark.message}"
    if remark.cell:
        text = options.say("cell {cell}, line {line}: ", cell=remark.cell, line=remark.line) + text
    location: dict[str, Any] = {
        "artifactLocation": {"uri": quote(relative(str(verdict.submission), options))}
    }
    if remark.line and not remark.cell:
        region = {"startLine": remark.line}
        if remark.column:
            region |= {"startColumn": remark.column}
        location["region"] = region
    return {
        "ruleId": remark.id,
        "level": "warning" if remark.advice else "error",
        "message": {"text": plain(text)},
        "locations": [{"physicalLocation": location}],
    }
