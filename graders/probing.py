"""Runs the learner cannot foresee, and what they prove: hidden points, and once a secret mark on the tape's results."""

from __future__ import annotations

import functools
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from graders.case import Case, kind_of
from graders.differentiate import Frozen, frozen
from graders.evidence import Evidence, Finished, Run
from graders.formula import Same
from graders.parts import joined
from graders.path import leaves
from graders.places import Places
from graders.probes import hidden_points, marked_gradient, single_moves
from graders.reference import Reference
from graders.verdict import Probes

if TYPE_CHECKING:
    from graders.sandbox.pool import Asked, Session

Points = Sequence[Mapping[str, Any]]
_AGAINST_US = ("violation", "tampered")
_PATIENCE_S = 2.0
_LARGE = 10_000
"""A recording of more records than this is costly to read: its program is sent to one more point only."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One further run: where the program is sent, and whether the tape is marked."""

    run: Run
    point: Mapping[str, Any]
    hidden: bool


def probe(
    session: Session, case: Case, source: str, filename: str, seed: int, points: Points | None = None
) -> tuple[Probes, Evidence]:
    """Up to three runs; the last one is marked. The hidden `points` may have been drawn before.

    An answer that is more than the derivative (a tangent, a step of descent) is marked at the stated point, since a
    program may rightly use the stated numbers in it; else the mark comes with a hidden point.
    """
    plans = plans_for(case, source, filename, seed, points)
    spots, soft = case.spots, False
    finished: list[tuple[Plan, Finished]] = []
    told = {"hidden": "skipped", "marked": "not_run"}
    for plan, at, moved in _made(session, case, plans):
        finished.append((plan, at.finished))
        result, spots, lenient = judge(case, at, spots, plan, moved)
        soft = soft or lenient
        if plan.run.mark != 1.0:
            if soft and not marked_gradient.shows(case, at):
                result = "broken"
            told["marked"] = result
            if moved and result == "broken":
                told["hidden"] = told["hidden"] if told["hidden"] == "held" else "broken"
            elif moved and told["hidden"] == "skipped":
                told["hidden"] = result
        elif moved or result == "broken":
            told["hidden"] = result
        if result == "broken":
            break
    if told["hidden"] == "skipped" and told["marked"] != "broken" and is_another_function(case):
        told["hidden"] = "broken"
    if "broken" not in told.values() and case.forged:
        told["hidden"] = "broken"
    hidden = tuple(ended for plan, ended in finished if plan.run.mark == 1.0)
    marked = next((ended for plan, ended in finished if plan.run.mark != 1.0), None)
    return Probes(told["hidden"], told["marked"]), replace(case.evidence, hidden=hidden, marked=marked)


def _made(session: Session, case: Case, plans: list[Plan]) -> Iterator[tuple[Plan, Case, bool]]:
    """The runs one after the other, and whether each was moved; the next is on its way while one is read and judged."""
    asked: Asked | None = None
    for number, plan in enumerate(plans):
        following = plans[number + 1] if number + 1 < len(plans) else None
        asked = asked if asked is not None and asked.alive else _ask(session, plan, case)
        expected = _meanwhile(case, plan, following is None)
        upcoming = _ask(session, following, case) if asked.ended() and following else None
        ended = asked()
        # Perhaps it was stopped only by what an earlier run left behind; answers to no question are never innocent.
        if asked.shared and ended.outcome != "tampered" and _stopped(ended, case):
            ended = session.run(plan.run, fresh=True)
        asked = upcoming
        moved = plan.hidden and (ended.recording.replaced or not ended.recording.complete)
        if moved and expected is not None:
            yield plan, Case(case.exercise, expected, case.evidence, ended, case.strict), moved
        else:
            point = plan.point if moved else case.exercise.point or {}
            yield plan, at_point(case, ended, point, plan.run.mark), moved


def _meanwhile(case: Case, plan: Plan, last: bool) -> Reference | None:
    """What can be worked out while the program runs: what is right where it was sent, and what its tape followed."""
    if last and case.forged:
        return None
    if not plan.hidden or hasattr(case.kind, "asked_at"):
        return None
    return _sent(Same(case.exercise), frozen(plan.point), plan.run.mark)


@functools.lru_cache(maxsize=1024)
def _sent(same: Same, point: Frozen, mark: float) -> Reference:
    """What is right at a hidden point: worked out once for all who are sent there."""
    exercise = same.exercise
    found: Reference = kind_of(exercise.judged_as).reference(exercise, dict(point), mark)
    return found


def _ask(session: Session, plan: Plan, case: Case) -> Asked:
    return session.begin(plan.run, patience_s=max(_PATIENCE_S, 5 * case.finished.resources.wall_s))


def _stopped(ended: Finished, case: Case) -> bool:
    """Whether a run that came to its end at the stated point was stopped where it was sent."""
    return ended.outcome != "ended" or (ended.recording.raised is not None and case.recording.raised is None)


def plans_for(case: Case, source: str, filename: str, seed: int, points: Points | None = None) -> list[Plan]:
    """The further runs of a submission; only the marked one where its source cannot be replaced."""
    if (
        case.reference.unordered
    ):  # points that are searched for stay where they are, and a mark may lead astray
        return []
    name, stated = case.exercise.answer_name, case.exercise.point or {}
    mark = marked_gradient.mark_for(case.kind, secrets.randbits(32))
    forward = case.exercise.requires is not None and case.exercise.requires.derivative != "tape"
    points = hidden_points.inputs(case.exercise, seed) if points is None else points
    places = [(point, hidden_points.replacements(case, point)) for point in points]
    places = [(point, replace_) for point, replace_ in places if replace_]
    if _records(case) > _LARGE:
        places = places[:1]
    plans = [
        Plan(Run(source, filename, (name,), replace_, 1.0, seed + 1 + k), point, True)
        for k, (point, replace_) in enumerate(places)
    ]
    if not plans or composed(case):
        return [*plans[:2], Plan(Run(source, filename, (name,), (), mark, 0, forward), stated, False)]
    last = plans[-1]
    return [*plans[:-1], replace(last, run=replace(last.run, mark=mark, forward=forward))]


def _records(case: Case) -> int:
    told = case.recording
    return sum(map(len, (told.tensors, told.ops, told.reads, told.tapes, told.variables, told.assigns)))


def composed(case: Case) -> bool:
    """Whether what is handed in is made of the derivative rather than the derivative itself."""
    number, gradient = case.reference.number, case.reference.gradient
    return number is not None and (gradient is None or number.data != gradient.data)


def at_point(case: Case, finished: Finished, point: Mapping[str, Any], mark: float) -> Case:
    """A further run held against what is right where it was sent."""
    asked_at = getattr(case.kind, "asked_at", None)
    place = asked_at(case.exercise, finished.recording) if asked_at else point
    if mark == 1.0 and (place is case.exercise.point or not place):
        reference = _stated(Same(case.exercise))
    else:
        reference = case.kind.reference(case.exercise, place, mark)
    return Case(case.exercise, reference, case.evidence, finished, case.strict)


@functools.lru_cache(maxsize=512)
def _stated(same: Same) -> Reference:
    """What is right at the stated point: worked out once for a whole class."""
    exercise = same.exercise
    found: Reference = kind_of(exercise.judged_as).reference(exercise, exercise.point or {})
    return found


def judge(case: Case, at: Case, spots: Places, plan: Plan, moved: bool) -> tuple[str, Places, bool]:
    """held or broken; the places that are still right; and whether only the derivative followed.

    A run that did not end is judged like one that raised, by what it had recorded: else a program that ends itself
    wherever it is not at home would never be asked.
    """
    if at.finished.outcome in _AGAINST_US:
        return "broken", spots, False
    derivative = any(at.right(at.result, q) for q in (at.reference.gradient, *at.reference.gradients))
    still = spots.both(at.spots)
    if moved and plan.run.mark == 1.0 and not derivative and _tape_tells_nothing(case, at):
        return "broken", spots, False
    if derivative and "tape" in spots.whole and not composed(case):
        # what was shown may be this number cut short (int(slope)): it cannot be followed by its digits
        return "held", spots, False
    if case.reference.number is None or case.picked is not None or not case.answered:
        # a wrong answer cannot follow; the derivative beside it may still be the tape's
        # A number that was typed in does not follow.
        sent = case.picked is None or moved or plan.run.mark != 1.0
        followed = derivative or (bool(at.recording.calls) and still.found and sent)
        return ("held" if followed else "broken"), spots, False
    if still.found:
        return "held", still, False
    apart = spots.both(single_moves.spots(case, at, plan.point, plan.run.mark)) if moved else Places()
    if apart.found:
        return "held", apart, False
    stopped = _stopped(at.finished, case)
    # Who ends himself has something to hide.
    if at.finished.outcome == "crashed" and not _made_of_results(case):
        stopped = False
    if derivative and (moved or at.finished.outcome != "ended") and (stopped or composed(case)):
        return "held", spots, not stopped
    return "broken", spots, False


def _made_of_results(case: Case) -> bool:
    """Whether what was handed in under the asked name came from a tape, and was not typed in."""
    named = dict(case.recording.names).get(case.exercise.answer_name)
    if named is None:
        return True
    ancestors, _ = case.flow.ancestry(case.flow.starts(named))
    return any(leaf.id in ancestors for call in case.recording.calls for leaf in leaves(call.result))


def _tape_tells_nothing(case: Case, at: Case) -> bool:
    """Whether all tapes gave at a hidden point what they gave at the stated one, though the derivative is another.

    Such a tape knows nothing of the function: it may be there to find the mark out and carry it over to a formula.
    """
    stated, hidden = case.reference.gradient, at.reference.gradient
    if stated is None or hidden is None or case.right(hidden.data, stated):
        return False
    results = [[joined([call.result]) for call in one.recording.calls] for one in (case, at)]
    return results[0] == results[1]


def is_another_function(case: Case) -> bool:
    """Whether what was recorded, replayed at other points, is not the exercise's function: where no source moves."""
    from graders.likeness import Likeness

    if not case.meant.matches:
        return False
    calls = [call for call in case.meant.every if case.search.fits(call)]
    return any(Likeness(case, call).same is False for call in calls)
