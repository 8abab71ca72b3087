"""What `tfgrad lint` says: remarks from reading and from proofs, as text, JSON, SARIF or workflow commands."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from graders.escape import workflow_property, workflow_text
from graders.prove import Proof, Tried
from tfgrad_course.course.remark import RULES, Remark

SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def proven(proof: Proof, path: str) -> list[Remark]:
    """What running an exercise's programs found."""
    found = [_failure(one, path) for one in proof.failures]
    for what, ones in _grouped(proof.slips).items():
        found.append(Remark("slips-through", path, 1, 1, f"{_named(ones)} passes: {what}"))
    known = proof.exercise.slips or {}
    unnamed = [one for one in proof.mutations if not one.passed and not one.named and one.what not in known]
    for what, ones in _grouped(unnamed).items():
        if not what.startswith(_NOT_A_MISCONCEPTION):
            found.append(Remark("unnamed", path, 1, 1, f"{_named(ones)} fails without being named: {what}"))
    return found


_NOT_A_MISCONCEPTION = ("wrong-choice", "off-by-one")


def _grouped(tried: Sequence[Tried]) -> dict[str, list[Tried]]:
    found: dict[str, list[Tried]] = {}
    for one in tried:
        found.setdefault(one.what, []).append(one)
    return found


def _named(ones: Sequence[Tried]) -> str:
    backends = "/".join(dict.fromkeys(one.backend for one in ones))
    count = len(ones)
    return (
        f"a wrong program ({backends})"
        if count == 1
        else f"{count} wrong programs ({backends}), each of which"
    )


def _failure(one: Tried, path: str) -> Remark:
    verdict = one.verdict
    why = (
        next((check.message for check in verdict.checks if not check.passed), verdict.detail)
        or verdict.outcome
    )
    if one.what == "starter":
        return Remark("starter", path, 1, 1, f"the starter passes on {one.backend}")
    raised = f" ({verdict.exception.type}: {verdict.exception.message[:120]})" if verdict.exception else ""
    return Remark("solution", path, 1, 1, f"the solution does not pass on {one.backend}: {why}{raised}")


def text(remarks: Sequence[Remark], proofs: Sequence[Proof]) -> str:
    """One remark a paragraph with how to mend it, then what was tried."""
    lines = [f"{one}\n    {one.mend}" for one in remarks]
    for proof in proofs:
        known = proof.exercise.slips or {}
        for what in _grouped(proof.excused):
            lines.append(f"{proof.exercise.id}: {what} may pass: {known[what]}")
    wrong = sum(one.severity == "error" for one in remarks)
    lines.append(f"{wrong} errors, {len(remarks) - wrong} warnings")
    if proofs:
        lines.append(_tried(proofs))
    return "\n".join(lines)


def _tried(proofs: Sequence[Proof]) -> str:
    backends = Counter(one.backend for proof in proofs for one in proof.tried if one.what == "solution")
    spoilt = [one for proof in proofs for one in proof.mutations]
    refused = [one for one in spoilt if not one.passed]
    named = sum(one.named for one in refused)
    return (
        f"{len(proofs)} exercises: solution and starter run on {' and '.join(backends) or 'no backend'}; "
        f"{len(spoilt)} wrong programs, {len(refused)} refused, {named} named"
    )


def as_json(remarks: Sequence[Remark], proofs: Sequence[Proof]) -> str:
    """One object with all remarks and, a line each, what was tried for every exercise."""
    rows = [
        {
            "path": one.path,
            "line": one.line,
            "column": one.column,
            "rule": one.rule,
            "severity": one.severity,
            "message": one.message,
            "mend": one.mend,
        }
        for one in remarks
    ]
    runs = [
        {
            "exercise": proof.exercise.id,
            "proven": proof.proven,
            "wrong_programs": len(proof.mutations),
            "slips": sorted({one.what for one in proof.slips}),
            "excused": sorted({one.what for one in proof.excused}),
        }
        for proof in proofs
    ]
    return json.dumps({"schema": "tfgrad/lint/v1", "remarks": rows, "proofs": runs}, indent=1)


def sarif(remarks: Sequence[Remark], proofs: Sequence[Proof]) -> str:
    """SARIF 2.1.0, a rule a lint rule."""
    used = list(dict.fromkeys(one.rule for one in remarks))
    rules = [
        {
            "id": rule,
            "shortDescription": {"text": rule.replace("-", " ")},
            "fullDescription": {"text": RULES[rule]},
            "help": {"text": RULES[rule]},
        }
        for rule in used
    ]
    driver: dict[str, Any] = {"name": "tfgrad lint", "rules": rules}
    results = [_result(one) for one in remarks]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SARIF, "version": "2.1.0", "runs": [run]}, indent=1)


def _result(one: Remark) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": quote(one.path)},
        "region": {"startLine": max(one.line, 1), "startColumn": max(one.column, 1)},
    }
    return {
        "ruleId": one.rule,
        "level": one.severity,
        "message": {"text": f"{one.message}. {one.mend}"},
        "locations": [{"physicalLocation": place}],
    }


def github(remarks: Sequence[Remark], proofs: Sequence[Proof]) -> str:
    """Workflow commands, errors first, ten at most."""
    ordered = sorted(remarks, key=lambda one: one.severity)[:10]
    return "\n".join(
        f"::{one.severity} file={workflow_property(one.path)},line={one.line},col={one.column},"
        f"title={workflow_property(one.rule)}::{workflow_text(f'{one.message} {one.mend}')}"
        for one in ordered
    )


FORMATS = {"text": text, "json": as_json, "sarif": sarif, "github": github}
