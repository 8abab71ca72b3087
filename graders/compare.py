"""Two runs side by side: what a change of an exercise, of the grader or of the learners' work has changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graders.escape import one_line
from graders.record import REPORT_SCHEMA
from graders.reporting import number, words
from graders.texts.shell import phrase
from graders.verdict import Report


class CompareError(ValueError):
    """A file that is no report of ours."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Change:
    """One submission's outcome and score before and after; None where it was not graded."""

    learner: str
    exercise: str
    before: tuple[str, float] | None
    after: tuple[str, float] | None


def read_results(path: str) -> dict[tuple[str, str], tuple[str, float]]:
    """Outcome and score of every learner and exercise in a JSON report."""
    try:
        data: Any = json.loads(Path(path).read_bytes())
        if data["schema"] != REPORT_SCHEMA:
            raise ValueError
        return {
            (one["learner"], one["exercise"]): (one["outcome"], float(one["score"]))
            for one in data["verdicts"]
        }
    except OSError as error:
        raise CompareError(f"cannot read {path}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise CompareError(
            f"expected a report written by --format json (schema {REPORT_SCHEMA}): {path}"
        ) from None


def changes(
    before: dict[tuple[str, str], tuple[str, float]], report: Report, *, whole: bool = True
) -> tuple[Change, ...]:
    """What differs, in the order of the new report; what vanished comes last (of a `whole` class only)."""
    after = {(one.learner, one.exercise): (one.outcome, one.score) for one in report.verdicts}
    found = []
    for key in [*after, *(key for key in before if whole and key not in after)]:
        old, new = before.get(key), after.get(key)
        if old is None or new is None or old[0] != new[0] or abs(old[1] - new[1]) > 1e-9:
            found.append(Change(*key, old, new))
    return tuple(found)


def told(found: tuple[Change, ...], path: str, language: str = "en") -> str:
    """The changes as lines of text."""
    if not found:
        return "\n" + phrase("nothing changed against {path}", language, path=path) + "\n"
    rows = ["\n" + phrase("changed against {path}:", language, path=path)]
    for one in found[:500]:
        rows.append(
            f"  {one_line(one.learner, 40)}  {one_line(one.exercise)}  "
            f"{_state(one.before, language)} -> {_state(one.after, language)}"
        )
    if len(found) > 500:
        rows.append("  " + phrase("... and {count} more", language, count=len(found) - 500))
    return "\n".join(rows) + "\n"


def _state(state: tuple[str, float] | None, language: str) -> str:
    if state is None:
        return phrase("not there", language)
    return f"{phrase(words(state[0]), language)} {number(state[1])}"
