"""What a class has in all: each exercise at the weight its course gives it, summed up learner by learner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graders.reporting import Person, worth
from graders.roster import meant
from graders.verdict import Total, Verdict


def totals(
    verdicts: Sequence[Verdict], people: Mapping[str, Person], weights: Mapping[str, float]
) -> tuple[Total, ...]:
    """Every learner's total, those of the roster first and in its order."""
    by_learner: dict[str, list[Verdict]] = {who: [] for who in people}
    for verdict in verdicts:
        by_learner.setdefault(verdict.learner, []).append(verdict)
    exercises = tuple(dict.fromkeys(verdict.exercise for verdict in verdicts))
    return tuple(
        _total(who, theirs, people.get(who, Person()), exercises, weights)
        for who, theirs in by_learner.items()
    )


def _total(
    learner: str,
    verdicts: Sequence[Verdict],
    person: Person,
    exercises: Sequence[str],
    weights: Mapping[str, float],
) -> Total:
    due = [verdict for verdict in verdicts if not meant(person.excused, verdict.exercise)]
    counted = [verdict for verdict in due if verdict.outcome != "could_not_grade"]
    reached = [worth(verdict, weights) for verdict in counted]
    return Total(
        learner,
        round(sum(points for points, _ in reached), 6),
        round(sum(most for _, most in reached), 6),
        passed=sum(verdict.outcome == "passed" for verdict in counted),
        counted=len(counted),
        missing=tuple(verdict.exercise for verdict in counted if not verdict.submission),
        late=tuple(v.exercise for v in due if v.submission and meant(person.late, v.exercise)),
        excused=tuple(name for name in exercises if meant(person.excused, name)),
        ungraded=tuple(verdict.exercise for verdict in due if verdict.outcome == "could_not_grade"),
    )
