"""Proofs by running: an exercise's starter fails, its solution passes, and wrong programs made of it are refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graders import pipeline, wording
from graders.mutants import Mutant, mutations
from graders.submission import Submission
from graders.verdict import Verdict

if TYPE_CHECKING:
    from graders.sandbox.pool import Pool
    from tfgrad_course.course.exercise import Exercise

OWN = ("starter", "solution", "reference")
"""The programs of an exercise that are no mutations."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One program and what the grader said of it; `expected` tells whether it should pass."""

    what: str
    backend: str
    source: str
    verdict: Verdict
    expected: bool

    @property
    def passed(self) -> bool:
        """Whether it passed."""
        return self.verdict.outcome == "passed"

    @property
    def named(self) -> bool:
        """Whether the first finding is the very misconception that was planted."""
        return bool(self.verdict.findings) and self.verdict.findings[0].id == self.what

    @property
    def judged(self) -> bool:
        """Whether it was run at all: what is handed out as the starter of a repair is a mistake of the author's."""
        return self.verdict.outcome != "not_attempted"


@dataclass(frozen=True, slots=True)
class Proof:
    """All programs tried for one exercise."""

    exercise: Exercise
    tried: tuple[Tried, ...]

    @property
    def failures(self) -> tuple[Tried, ...]:
        """A starter that passes or a solution that does not."""
        return tuple(
            one
            for one in self.tried
            if one.what in ("starter", "solution") and one.passed is not one.expected
        )

    @property
    def slips(self) -> tuple[Tried, ...]:
        """Wrong programs that pass and that the exercise does not list with a reason."""
        known = self.exercise.slips or {}
        return tuple(one for one in self.mutations if one.passed and one.what not in known)

    @property
    def excused(self) -> tuple[Tried, ...]:
        """Wrong programs that pass, and that the exercise says may."""
        known = self.exercise.slips or {}
        return tuple(one for one in self.mutations if one.passed and one.what in known)

    @property
    def unnamed(self) -> tuple[Tried, ...]:
        """Wrong programs that are refused, but not by their names, and that the exercise does not list."""
        known = self.exercise.unnamed or {}
        return tuple(one for one in self._refused if not one.named and one.what not in known)

    @property
    def stale(self) -> tuple[str, ...]:
        """Mistakes that the exercise lists as unnamed, though every program with them is named."""
        found = {one.what for one in self._refused if not one.named}
        return tuple(name for name in self.exercise.unnamed or {} if name not in found)

    @property
    def _refused(self) -> tuple[Tried, ...]:
        return tuple(one for one in self.mutations if one.judged and not one.passed)

    @property
    def mutations(self) -> tuple[Tried, ...]:
        """The wrong programs."""
        return tuple(one for one in self.tried if one.what not in OWN)

    @property
    def proven(self) -> bool:
        """Whether nothing is wrong."""
        return not self.failures and not self.slips and not self.unnamed


def prove(exercise: Exercise, pools: Mapping[str, Pool], spoil_on: Sequence[str] | None = None) -> Proof:
    """Starter and solution on every backend of `pools`; mutations on those named in `spoil_on` (default: the first)."""
    solution = wording.solution(exercise)
    tried = []
    for backend, pool in pools.items():
        tried.append(_try(exercise, "solution", solution, backend, pool, True))
        tried.append(_try(exercise, "starter", started(exercise), backend, pool, False))
        if exercise.reference and not exercise.form.tape:
            told = f"import tensorflow as tf\n{exercise.reference}"
            tried.append(_try(exercise, "reference", told, backend, pool, True))
    for backend in tuple(pools)[:1] if spoil_on is None else spoil_on:
        for mutation in mutations(exercise, solution):
            tried.append(_try(exercise, mutation.kind, mutation.source, backend, pools[backend], False))
    return Proof(exercise, tuple(tried))


def prove_all(
    exercises: Sequence[Exercise],
    pools: Mapping[str, Pool],
    spoil_on: Sequence[str] | None = None,
    jobs: int = 2,
    on_proof: Callable[[Proof], None] | None = None,
) -> tuple[Proof, ...]:
    """Proofs of many exercises, in their order, a few at a time."""
    proofs = []
    with ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="prove") as threads:
        for proof in threads.map(lambda exercise: prove(exercise, pools, spoil_on), exercises):
            if on_proof:
                on_proof(proof)
            proofs.append(proof)
    return tuple(proofs)


def started(exercise: Exercise) -> str:
    """The starter as a program that somebody ran without filling it in: it is judged, not set aside as untouched."""
    return wording.starter(exercise) + "\nprint()\n"


def _try(exercise: Exercise, what: str, source: str, backend: str, pool: Pool, expected: bool) -> Tried:
    submission = Submission("author", exercise.id, f"{exercise.id}.py", source)
    return Tried(what, backend, source, pipeline.judge(exercise, submission, pool), expected)


__all__ = ["OWN", "Mutant", "Proof", "Tried", "mutations", "prove", "prove_all", "started"]
