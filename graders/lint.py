"""Lint's second half: what only running can tell of exercises, as remarks at their places in the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from graders.case import kind_of
from graders.escape import one_line
from graders.prove import Proof, Tried, prove_all

if TYPE_CHECKING:
    from graders.sandbox.pool import Pool
    from tfgrad_course.course.document import Document
    from tfgrad_course.course.exercise import Exercise
    from tfgrad_course.course.remark import Remark

MOST_VARIANTS = 5


def proofs(
    exercises: Sequence[Exercise],
    backends: Sequence[str],
    spoil_on: Sequence[str] | None = None,
    jobs: int = 2,
    on_proof: Callable[[Proof], None] | None = None,
    own_code: bool = True,
) -> tuple[Proof, ...]:
    """Runs of starter, solution and mutations, with one pool a backend; variants are proven by a few of them."""
    from graders.sandbox.pool import open_pool

    with ExitStack() as stack:
        pools: Mapping[str, Pool] = {
            backend: stack.enter_context(open_pool(backend, standby=jobs, own_code=own_code))
            for backend in backends
        }
        every = [variant for exercise in exercises for variant in variants_of(exercise)]
        return prove_all(every, pools, spoil_on, jobs, on_proof)


def variants_of(exercise: Exercise) -> list[Exercise]:
    """The exercise, or a few of its variants where its parameters are drawn."""
    if not exercise.vary:
        return [exercise]
    from tfgrad_course.course.variants import variants, with_parameters

    return [with_parameters(exercise, drawn) for drawn in variants(exercise, MOST_VARIANTS)[:MOST_VARIANTS]]


def remarks(found: Iterable[Proof]) -> list[Remark]:
    """What is wrong, each with its place; a mistake that slips through in several ways is told once."""
    from tfgrad_course.course.document import read

    documents: dict[Path, Document] = {}
    told: list[Remark] = []
    stale: dict[Path, list[set[str]]] = {}
    for proof in found:
        path = proof.exercise.path
        if path is None:
            continue
        document = documents.setdefault(path, read(path))
        told += _judged(proof.exercise, document)
        told += _too_coarse(proof.exercise, document)
        told += [_failed(one, document) for one in proof.failures]
        told += _slipped(proof, document)
        told += _unnamed(proof, document)
        if proof.mutations:
            stale.setdefault(path, []).append(set(proof.stale))
    for path, names in stale.items():  # of several variants, none may need the entry
        told += _stale(set.intersection(*names), documents[path])
    return list(dict.fromkeys(told))


def _judged(exercise: Exercise, document: Document) -> list[Remark]:
    """The grader's own reference against the stated answer."""
    reference = kind_of(exercise.judged_as).reference(exercise, exercise.point or {})
    stated, right = exercise.number, reference.number
    if right is None or stated is None or isinstance(stated, str):
        return []
    from graders.reference import flat

    try:
        numbers = flat(stated)
    except (TypeError, ValueError):
        return []
    pairs = zip(sorted(numbers), sorted(right.data), strict=False)
    near = len(numbers) == len(right.data) and all(abs(a - b) <= 1e-4 * max(1.0, abs(b)) for a, b in pairs)
    shown = ", ".join(f"{value:.7g}" for value in right.data)
    return [] if near else [_remark("judged", document, ("answer",), f"the grader finds {shown}")]


def _too_coarse(exercise: Exercise, document: Document) -> list[Remark]:
    """Likely errors that a float32 solution's tolerance all but covers: a tenth of their distance is its most."""
    from tfgrad_course.course.apart import likely, same

    right = kind_of(exercise.judged_as).reference(exercise, exercise.point or {}).number
    if right is None:
        return []
    tolerances = right.tolerance(frozenset({"float32"}), exercise.tolerance)
    known = exercise.slips or {}
    found = []
    for name, value in likely(exercise).items():
        wrong = [float(v) for v in value.ravel()]
        if len(wrong) != len(right.data) or name in known or same(value.ravel(), right.data):
            continue  # another shape tells them apart; the same number is what the rule `apart` is about
        parts = zip(wrong, right.data, tolerances, strict=True)
        if all(tolerance > 0.1 * abs(a - b) for a, b, tolerance in parts):
            found.append(
                _remark(
                    "coarse",
                    document,
                    ("point",),
                    f"the tolerance here is too wide to tell '{name}' apart surely",
                )
            )
    return found


def _failed(one: Tried, document: Document) -> Remark:
    at = (one.what,) if one.what in document.data else ()
    if one.what == "starter":
        return _remark("starter", document, at, f"the starter passes on {one.backend} as it is handed out")
    missed = next((check.message for check in one.verdict.checks if not check.passed), one.verdict.outcome)
    raised = one.verdict.exception
    if raised is not None:
        missed = f"{raised.type} in line {raised.line}: {one_line(raised.message)[:200]}"
    name = "the solution" if one.what == "solution" else "the code under `reference`"
    return _remark(one.what, document, at, f"{name} does not pass on {one.backend} ({missed})")


def _slipped(proof: Proof, document: Document) -> list[Remark]:
    return [
        _remark("slips-through", document, ("point",), f"a program with the mistake '{name}' passes")
        for name in dict.fromkeys(one.what for one in proof.slips)
    ]


def _unnamed(proof: Proof, document: Document) -> list[Remark]:
    at = ("unnamed",) if "unnamed" in document.data else ("point",)
    told = []
    for one in proof.unnamed:
        first = next((finding.id for finding in one.verdict.findings), None)
        said = f"but called '{first}'" if first else "but nothing is said of it"
        told.append(
            _remark("unnamed", document, at, f"a program with the mistake '{one.what}' is refused, {said}")
        )
    return told


def _stale(names: set[str], document: Document) -> list[Remark]:
    return [
        _remark("named", document, ("unnamed", name), f"every program with the mistake '{name}' is named")
        for name in sorted(names)
    ]


def _remark(rule: str, document: Document, at: tuple[str | int, ...], message: str) -> Remark:
    from tfgrad_course.course.remark import Remark

    place = document.where(at)
    return Remark(rule, document.path, place.line, place.column, message)
