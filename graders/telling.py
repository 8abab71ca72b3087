"""A verdict in the reader's language: what checks and the sandbox say is said in English first."""

from __future__ import annotations

from dataclasses import replace

from graders.texts.shell import sentence
from graders.verdict import Finding, Verdict


def told_in(verdict: Verdict, language: str) -> Verdict:
    """The same verdict with its checks' messages and its detail in a language; findings have theirs already."""
    if language == "en":
        return verdict
    return replace(
        verdict,
        checks=tuple(replace(one, message=sentence(one.message, language)) for one in verdict.checks),
        findings=tuple(_found(one, language) if one.id == "tampering" else one for one in verdict.findings),
        detail=sentence(verdict.detail, language),
    )


def _found(finding: Finding, language: str) -> Finding:
    """The finding that no diagnosis made."""
    return replace(
        finding,
        title=sentence(finding.title, language),
        message=sentence(finding.message, language),
        hint=sentence(finding.hint, language),
    )
