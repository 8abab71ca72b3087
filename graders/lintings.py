"""Remarks of lint for machines: JSON, SARIF for code scanning, commands for GitHub's annotations."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from graders.escape import one_line

if TYPE_CHECKING:
    from tfgrad_course.course.remark import Remark

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_text(found: Sequence[Remark]) -> str:
    """One remark on two lines: where and what, then how to mend it."""
    wrong = sum(one.severity == "error" for one in found)
    rows = [f"{one}\n    {one.mend}" for one in found]
    return "\n".join([*rows, f"{wrong} errors, {len(found) - wrong} warnings"])


def as_json(found: Sequence[Remark]) -> str:
    """One object with all remarks."""
    rows = [
        {"path": one.path, "line": one.line, "column": one.column, "rule": one.rule, "severity": one.severity,
         "message": one.message, "mend": one.mend}
        for one in found
    ]  # fmt: skip
    return json.dumps({"schema": "tfgrad/lint/v1", "remarks": rows}, indent=1)


def as_github(found: Sequence[Remark]) -> str:
    """A workflow command for each remark."""
    return "\n".join(
        f"::{one.severity} file={_property(one.path)},line={one.line},col={one.column},"
        f"title={_property(one.rule)}::{_data(f'{one.message}. {one.mend}')}"
        for one in found
    )


def _data(text: str) -> str:
    return one_line(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(found: Sequence[Remark]) -> str:
    """SARIF 2.1.0 with one rule for each sort of remark."""
    rules = {one.rule: {"id": one.rule, "help": {"text": one.mend}} for one in found}
    results = [
        {
            "ruleId": one.rule,
            "level": one.severity,
            "message": {"text": f"{one.message}. {one.mend}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": one.path},
                        "region": {"startLine": one.line, "startColumn": one.column},
                    }
                }
            ],
        }
        for one in found
    ]
    driver = {"name": "tfgrad lint", "rules": list(rules.values())}
    data = {"$schema": SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
    return json.dumps(data, indent=1)


FORMATS: dict[str, Callable[[Sequence[Remark]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
