"""Submission and exercise in, verdict out: run, check, probe, and explain only what did not pass."""

from __future__ import annotations

import hashlib
import importlib
import secrets
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from graders.case import Case, kind_of
from graders.evidence import Evidence, Finished, Resources, Run
from graders.path import TooLong
from graders.probes import hidden_points
from graders.probing import at_point, probe
from graders.reference import Reference
from graders.submission import Submission
from graders.telling import told_in
from graders.verdict import CheckResult, Finding, Given, Probes, Verdict

if TYPE_CHECKING:
    from graders.sandbox.limits import Limits
    from graders.sandbox.pool import Pool, Session
    from tfgrad_course.course.exercise import Exercise

OUTPUT_KEPT = 20_000
"""Characters of what a program printed that go into its verdict: a class of ten thousand must fit into memory."""
ENDED_BADLY = ("time_limit", "memory_limit", "output_limit", "crashed", "violation")


def grade(
    work: Iterable[tuple[Exercise, Submission]],
    pool: Pool,
    jobs: int = 2,
    on_verdict: Callable[[Verdict], None] | None = None,
    language: str = "en",
) -> tuple[Verdict, ...]:
    """Verdicts of all submissions, in the order given; one that cannot be graded never stops the others."""
    with ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="grade") as threads:
        verdicts = []
        try:
            for verdict in threads.map(lambda pair: _safely(pair[0], pair[1], pool, language), list(work)):
                if on_verdict:
                    on_verdict(verdict)
                verdicts.append(verdict)
        except BaseException:
            # Ctrl-C: what waits is dropped, what runs is waited for.
            threads.shutdown(wait=False, cancel_futures=True)
            raise
    return tuple(verdicts)


def _safely(exercise: Exercise, submission: Submission, pool: Pool, language: str) -> Verdict:
    try:
        return told_in(judge(exercise, submission, pool, language), language)
    except Exception as fault:
        detail = f"the grader could not judge this submission ({type(fault).__name__}: {fault}); it is not your fault"
        return told_in(_without_a_run(exercise, submission, "could_not_grade", detail[:500]), language)


def judge(exercise: Exercise, submission: Submission, pool: Pool, language: str = "en") -> Verdict:
    """The verdict on one submission, its findings in a language; raises only for faults of the grader itself."""
    if submission.duplicates:
        names = ", ".join((submission.path, *submission.duplicates))
        return _without_a_run(
            exercise, submission, "could_not_grade", f"several files answer this exercise: {names}"
        )
    if submission.source is None:
        outcome = "rejected" if submission.path else "not_attempted"
        return _without_a_run(exercise, submission, outcome, submission.problem)
    if _untouched(exercise, submission.source):
        detail = "the starter file as it was handed out" if submission.source.strip() else "the file is empty"
        return _without_a_run(exercise, submission, "not_attempted", detail)
    with pool.submission(limits_of(exercise, pool.limits)) as session:
        try:
            return _judge_in(session, exercise, submission, pool.backend, language)
        except TooLong:
            return _without_a_run(exercise, submission, "failed", _TOO_LONG)


def limits_of(exercise: Exercise, usual: Limits) -> Limits:
    """What a run of a submission to this exercise may use: the usual, but for what its author states.

    Seconds may be more or less; memory only less, since a child is walled in before it is known whose it is.
    """
    own = exercise.limits
    if own is None:
        return usual
    seconds = float(own.seconds or usual.wall_s)
    mib = usual.memory_mib if own.mib is None else min(int(own.mib), usual.memory_mib)
    return replace(usual, wall_s=seconds, cpu_s=max(seconds, 1.0), memory_mib=mib)


def _judge_in(
    session: Session, exercise: Exercise, submission: Submission, backend: str, language: str
) -> Verdict:
    source = submission.source or ""
    seed = int.from_bytes(hashlib.sha256(source.encode()).digest()[:6], "big") ^ secrets.randbits(30)
    filename = "submission.py"
    asked = session.begin(Run(source, filename, (exercise.answer_name,), seed=0))
    tape = "gradient" in kind_of(exercise.judged_as).WEIGHTS
    points = hidden_points.inputs(exercise, seed) if tape else []  # drawn while the program runs
    finished = asked()
    evidence = Evidence(finished, backend=backend)
    if exercise.requires is not None and (exercise.requires.use or exercise.requires.avoid):
        tree, syntax = session.tree(source)
        evidence = replace(evidence, tree=tree, syntax=syntax)
    unplaced = Case(exercise, Reference(()), evidence, finished)
    case = at_point(unplaced, finished, exercise.point or {}, 1.0)
    checks = _checks(case)
    if finished.outcome in ENDED_BADLY:
        checks = [
            c if c.id in ("variable", "recorded") else _taken(c, "the program did not end") for c in checks
        ]
    probes, ended = Probes(), finished
    if finished.outcome == "ended" and tape and _met(checks, "gradient"):
        probes, evidence = probe(session, case, source, filename, seed, points)
        if "broken" in (probes.hidden_points, probes.marked_gradient):
            ended = _stopped(evidence) or finished
            why = _FORGED if case.known_forged else _BROKEN if ended is finished else _STOPPED
            case = replace(case, strict=True)
            checks = [_taken(c, why) if c.id in ("gradient", "answer") else c for c in _checks(case)]
    verdict = _verdict(case, ended, submission, checks, probes)
    if ended.outcome == "tampered":
        return verdict
    if verdict.outcome == "passed":
        return _advised(verdict, case, submission, session, language)
    tree, syntax = session.tree(source)
    if syntax is not None and syntax.type != "Unparsable" and verdict.outcome == "failed":
        verdict = replace(
            verdict, outcome="rejected", detail="this is not Python: the line below cannot be read"
        )
    case = replace(case, evidence=replace(evidence, tree=tree, syntax=syntax))
    return _explained(verdict, case, submission, language)


_TOO_LONG = (
    "The program computes too much to be followed: hand in what answers the question, and nothing else."
)
_BROKEN = (
    "The number is right at the stated point only: at other points, or when the tape's result is changed, "
    "the program does not follow."
)
_FORGED = (
    "The tape's number follows, but it did not come from the exercise's function: its slope was put in by hand. "
    "Let the tape record the formula itself."
)
_STOPPED = (
    "The number is right at the stated point, but at another point the program did not come to its end."
)


def _stopped(evidence: Evidence) -> Finished | None:
    """The last further run, if it did not end by itself."""
    last = evidence.marked or (evidence.hidden[-1] if evidence.hidden else None)
    return last if last is not None and last.outcome in (*ENDED_BADLY, "tampered") else None


def _checks(case: Case) -> list[CheckResult]:
    results = []
    for name, weight in weights_of(case.exercise).items():
        passed, message = importlib.import_module(f"graders.checks.{name}").check(case)
        shown = (case.exercise.visibility or {}).get(name, "visible")
        results.append(
            CheckResult(name, passed, float(weight) if passed else 0.0, float(weight), message, shown)
        )
    return results


def weights_of(exercise: Exercise) -> dict[str, float]:
    """The checks of an exercise and their weights: the kind's, a share for what is required, the author's changes."""
    weights = dict(kind_of(exercise.judged_as).WEIGHTS)
    if exercise.requires is not None and exercise.requires.derivative == "any":
        weights = {"answer": 1.0}
    if exercise.requires is not None and (exercise.requires.use or exercise.requires.avoid):
        weights = {name: round(0.8 * weight, 6) for name, weight in weights.items()} | {"requires": 0.2}
    return weights | (exercise.points or {})


def _taken(check: CheckResult, why: str) -> CheckResult:
    return replace(check, passed=False, score=0.0, message=why) if check.passed else check


def _met(checks: list[CheckResult], name: str) -> bool:
    return any(check.id == name and check.passed for check in checks)


def _verdict(
    case: Case, finished: Finished, submission: Submission, checks: list[CheckResult], probes: Probes
) -> Verdict:
    """`finished` is the run that decides how the submission ended."""
    raised = case.recording.raised
    passed = finished.outcome == "ended" and all(check.passed for check in checks)
    outcome = "passed" if passed else _outcome(finished)
    score = sum(check.score for check in checks)
    total = sum(check.max_score for check in checks)
    findings = _tampering(finished)
    return Verdict(
        exercise=case.exercise.id,
        learner=submission.learner,
        submission=submission.path,
        outcome=outcome,
        score=round(0.0 if outcome in ("rejected", "violation") or findings else score, 6),
        max_score=round(total, 6),
        checks=tuple(checks),
        findings=findings,
        exception=raised,
        exception_cell=_cell(submission, raised.line)[0] if raised else None,
        given=Given(case.found.number, case.found.shape, case.found.word),
        probes=probes,
        resources=_resources(case.evidence),
        output=finished.output[:OUTPUT_KEPT],
        detail=finished.detail,
        expected=_expected(case),
        source=submission.source or "",
        cells=submission.cells,
        variant=case.exercise.variant,
    )


def _outcome(finished: Finished) -> str:
    return "failed" if finished.outcome in ("ended", "tampered") else finished.outcome


def _tampering(finished: Finished) -> tuple[Finding, ...]:
    if finished.outcome != "tampered":
        return ()
    message = (
        "The program wrote into the channel between itself and the grader, so nothing it reported counts."
    )
    return (
        Finding(
            "tampering",
            None,
            None,
            None,
            "Result tampered with",
            message,
            "Hand in a program that only computes.",
        ),
    )


def _expected(case: Case) -> str | None:
    shown = [] if case.reference.word is None else [case.reference.word]
    if case.reference.number is not None:
        shown += [f"{number:.10g}" for number in case.reference.number.data]
    return ", ".join(shown) or None


def _resources(evidence: Evidence) -> Resources:
    runs = [evidence.stated, *evidence.hidden, *([evidence.marked] if evidence.marked else [])]
    return Resources(
        round(sum(run.resources.wall_s for run in runs), 4),
        round(sum(run.resources.cpu_s for run in runs), 4),
        max(run.resources.peak_mib for run in runs),
    )


def _explained(verdict: Verdict, case: Case, submission: Submission, language: str) -> Verdict:
    """The same verdict with what was misunderstood, at the learner's own lines (or notebook cells)."""
    from graders.diagnose import explain
    from graders.drawing import graph_data, recorded_graph

    findings, advice = explain(case, language)
    place = lambda finding: _placed(finding, submission)
    try:
        call = case.meant.calls[0] if case.meant.calls else None
        graph = recorded_graph(
            case.recording,
            call,
            exercise=case.exercise,
            compared=case.function_call,
            language=language,
            cells=submission.cells,
        )
    except TooLong:
        graph = None
    return replace(
        verdict,
        findings=(*verdict.findings, *map(place, findings)),
        advice=tuple(map(place, advice)),
        graph=graph_data(graph) if graph else None,
    )


def _advised(
    verdict: Verdict, case: Case, submission: Submission, session: Session, language: str
) -> Verdict:
    """A right program's verdict with what could be done better; nothing is read again unless advice needs it."""
    from graders.diagnose import advise, reads_script

    if reads_script(case):
        tree, _ = session.tree(submission.source or "")
        case = replace(case, evidence=replace(case.evidence, tree=tree))
    return replace(verdict, advice=tuple(_placed(finding, submission) for finding in advise(case, language)))


def _placed(finding: Finding, submission: Submission) -> Finding:
    cell, line = _cell(submission, finding.line)
    return replace(finding, cell=cell, line=line)


def _cell(submission: Submission, line: int | None) -> tuple[int | None, int | None]:
    """A line of the joined source as the notebook's cell and the line within it."""
    for cell in submission.cells:
        if line is not None and cell.first <= line <= cell.last:
            return cell.number, line - cell.first + 1
    return None, line


def _untouched(exercise: Exercise, source: str) -> bool:
    """Nothing but blank lines, or what the starter file already held."""
    from graders.wording import starter

    plain = lambda text: [
        line.rstrip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")
    ]
    return not plain(source) or plain(source) == plain(starter(exercise))


def _without_a_run(exercise: Exercise, submission: Submission, outcome: str, detail: str) -> Verdict:
    weights = weights_of(exercise)
    checks = tuple(CheckResult(name, False, 0.0, float(weight), detail) for name, weight in weights.items())
    return Verdict(
        exercise=exercise.id,
        learner=submission.learner,
        submission=submission.path or None,
        outcome=outcome,
        score=0.0,
        max_score=round(sum(check.max_score for check in checks), 6),
        checks=checks,
        detail=detail,
        source=submission.source or "",
        cells=submission.cells,
    )
