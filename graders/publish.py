"""Reports out to files and the terminal, with what the surroundings (GitHub, Classroom 50) tell of themselves."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timezone

from graders.formats import Wanted, render, write
from graders.reporting import Options
from graders.verdict import Report

# What reports may take from the environment; nothing else of it is looked at.
ENVIRONMENT = (
    "CLASSROOM", "ASSIGNMENT", "ASSIGNMENT_TYPE", "MODE", "OWNER", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL",
    "REVIEW_URL", "SUBMITTED_AT",
)  # fmt: skip
SUMMARY_LIMIT = 900_000


def publish(report: Report, reports: Sequence[Wanted], options: Options, *, quiet: bool = False) -> None:
    """Write every report asked for; the terminal gets the text unless another format took its place."""
    options = replace(
        options,
        environment={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
        root=os.environ.get("GITHUB_WORKSPACE") or os.getcwd(),
        now=datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    for one in reports:
        data = render(report, one, options if _to_terminal(one) else _for_file(options))
        if _to_terminal(one):
            _print(data)
        else:
            write(str(one.out), data)
        if one.name == "github":
            _summary(report, options)
    if not quiet and not any(_to_terminal(one) for one in reports):
        _print(render(report, Wanted("text"), options))


def _to_terminal(one: Wanted) -> bool:
    return one.out in (None, "-")


def _for_file(options: Options) -> Options:
    return replace(options, colour=False, unicode=True, width=100)


def _summary(report: Report, options: Options) -> None:
    """The job summary, where GitHub asks for one; more than 1 MiB in all and it would drop the whole."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    there = os.path.getsize(path) if os.path.exists(path) else 0
    room = SUMMARY_LIMIT - there
    if room > 10_000:
        with open(path, "ab") as file:
            file.write(render(report, Wanted("markdown"), replace(_for_file(options), limit=room)) + b"\n")


def _print(data: bytes) -> None:
    """To standard output as it can show it."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    sys.stdout.write(data.decode("utf-8").encode(encoding, "replace").decode(encoding))
    sys.stdout.flush()
