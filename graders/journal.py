"""Verdicts kept as they are reached, one line each: an interrupted run resumes, unchanged work costs nothing.

The file only grows. A line is found by what the verdict depends on: the learner (variants differ), the exercise,
the submission, and the versions of grader, backend and sandbox. A line cut short by a sudden end is left out.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from graders.record import full_data, read_verdict
from graders.submission import Submission
from graders.verdict import Verdict

if TYPE_CHECKING:
    from tfgrad_course.course.exercise import Exercise


class Journal:
    """An open journal: what it holds already, and a way to add to it."""

    def __init__(self, path: str | os.PathLike[str], conditions: Mapping[str, str]) -> None:
        self._path = Path(path)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._conditions = json.dumps({**conditions, "code": _own_code()}, sort_keys=True)
        self._places: dict[str, tuple[int, int]] = {}
        self._file = open(self._path, "a+b")  # noqa: SIM115  (closed by close)
        self._index()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def key(self, exercise: Exercise, submission: Submission) -> str:
        """What a verdict depends on, as one hash."""
        spans = [(cell.number, cell.first, cell.last) for cell in submission.cells]
        parts = [
            self._conditions,
            _text_of(exercise),
            submission.learner,
            repr(submission.source),
            submission.problem,
            repr((submission.path, submission.duplicates)) if submission.source is None else "",
            repr(spans),
        ]
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def find(self, key: str, submission: Submission) -> Verdict | None:
        """The verdict reached before on the same work, under the path it has now."""
        place = self._places.get(key)
        if place is None:
            return None
        self._file.seek(place[0])
        try:
            verdict = read_verdict(json.loads(self._file.read(place[1]))["verdict"])
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
        return replace(verdict, submission=submission.path or None)

    def add(self, key: str, verdict: Verdict) -> None:
        """Keep a verdict; one that could not be reached is tried again next time."""
        if verdict.outcome == "could_not_grade":
            return
        line = json.dumps({"key": key, "verdict": full_data(verdict)}, allow_nan=False).encode() + b"\n"
        self._file.seek(0, os.SEEK_END)
        at = self._file.tell()
        self._file.write(line)
        self._file.flush()
        self._places[key] = (at, len(line))

    def _index(self) -> None:
        """Where each key's last line begins; a line without an end is cut off so that the next one stands alone."""
        self._file.seek(0)
        at = 0
        for line in self._file:
            if not line.endswith(b"\n"):
                self._file.truncate(at)
                break
            # The key comes first in every line we wrote: no need to read the rest of it.
            head = line[:80]
            if head.startswith(b'{"key": "') and head[73:74] == b'"':
                self._places[head[9:73].decode("ascii", "replace")] = (at, len(line))
            at += len(line)


def _text_of(exercise: Exercise) -> str:
    """All an exercise says, whatever file it stands in."""
    return exercise.model_dump_json() + json.dumps(exercise.variant, sort_keys=True, default=str)


@cache
def _own_code() -> str:
    """A hash of the grader's and the course's own code: a verdict of other code is not a verdict of ours."""
    import graders
    import tfgrad_course

    digest = hashlib.sha256()
    for package in (graders, tfgrad_course):
        root = Path(package.__path__[0])
        for path in sorted(root.rglob("*.py")):
            digest.update(str(path.relative_to(root)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
