"""Proofs: right programs pass, starters do not, and every program spoilt on purpose is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graders import lint, wording
from graders.case import kind_of
from graders.prove import Proof, Tried, prove
from graders.sandbox.pool import Pool, open_pool
from tfgrad_course.course.catalogue import Catalogue, catalogue
from tfgrad_course.course.load import load

_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
COURSE: Catalogue = catalogue(Path(__file__).parents[2] / "exercises")


@pytest.fixture(scope="module")
def shim() -> Iterator[Pool]:
    with open_pool("shim", own_code=True) as pool:
        yield pool


TEN = [
    "kind: slope\nfunction: sin(x)**2 + x\npoint: {x: 0.7}\nanswer: 1.98544973",
    "kind: slope\nfunction: x*exp(-x)\npoint: {x: 1}\nanswer: 0\ndomain: [0.2, 3]\n"
    "slips: {point-for-slope: hidden points tell them apart}",
    "kind: slope\nfunction: where(x > 1, x**2, 2*x - 1)\npoint: {x: 3}\nanswer: 6",
    "kind: slope\nfunction: where(x == 0, 1, sin(x)/x)\npoint: {x: 2}\ndomain: [-3, 3]\nanswer: -0.435397774",
    "kind: jacobian\nfunction: [x*y, x - y**2]\npoint: {x: 2, y: 3}\nanswer: [[3, 2], [1, -6]]",
    "kind: partials\nfunction: log(x) / y\npoint: {x: 2, y: 4}\nanswer: [0.125, -0.0433216988]",
    "kind: derivative\nfunction: tanh(x)\npoint: {x: 0.5}\nanswer: -0.726861981",
    "kind: gradient\nfunction: v[0]**2 * v[1] + v[2]\npoint: {v: [1.5, 2, 7]}\nanswer: [6, 2.25, 1]",
    "kind: optimiser\nfunction: (x - 2)**2 + y**2\npoint: {x: 0, y: 3}\nlearning_rate: 0.2\nsteps: 3\n"
    "answer: [1.568, 0.648]",
    "kind: tangent\nfunction: log(x)\npoint: {x: 2}\nanswer: [0.5, -0.306852819]",
]


@pytest.mark.parametrize("lines", TEN, ids=lambda text: text.split("\n")[1][:40])
def test_six_lines_make_a_proven_exercise(lines: str, shim: Pool, tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(f"id: one\n{lines}\n")
    proof = prove(load(path), {"shim": shim})
    assert proof.proven, [str(remark) for remark in lint.remarks([proof])]
    assert len(proof.mutations) >= 5


def test_most_planted_mistakes_are_named(shim: Pool) -> None:
    proof = prove(COURSE["polynomial-slope"], {"shim": shim})
    named = sum(one.named for one in proof.mutations)
    assert named >= 0.8 * len(proof.mutations)


def test_a_wrong_answer_a_leaking_starter_and_a_blind_point_are_told_at_their_places(
    shim: Pool, tmp_path: Path
) -> None:
    path = tmp_path / "one.yaml"
    solution = "".join(f"  {line}\n" for line in wording.solution(COURSE["smallest-case"]).splitlines())
    path.write_text(
        f"id: one\nkind: slope\nfunction: x**2\npoint: {{x: 3}}\nanswer: 7\nstarter: |\n{solution}"
        "solution: |\n  answer = 6\n"
    )
    found = {remark.rule: remark for remark in lint.remarks([prove(load(path), {"shim": shim})])}
    assert found["judged"].line == 5 and "6" in found["judged"].message
    assert found["starter"].line > 5 and found["solution"].line > found["starter"].line


UNNAMED = """id: one
kind: value
function: x**2
point: {x: 3}
answer: 9
unnamed:
  off-by-one: A number alone does not tell.
  term-missing: Nobody knows.
"""


def test_a_mistake_without_a_name_is_told_and_so_is_an_entry_that_nobody_needs(
    shim: Pool, tmp_path: Path
) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(UNNAMED)
    found = lint.remarks([prove(load(path), {"shim": shim})])
    assert [(one.rule, one.line, one.severity) for one in found] == [("named", 8, "warning")]
    path.write_text(UNNAMED.replace("  off-by-one: A number alone does not tell.\n", ""))
    found = lint.remarks([prove(load(path), {"shim": shim})])
    assert ("unnamed", "error") in {(one.rule, one.severity) for one in found}
    assert any("'off-by-one' is refused, but nothing is said of it" in one.message for one in found)


@pytest.mark.slow
def test_the_whole_course_is_proven_on_the_shim() -> None:
    proofs = lint.proofs(COURSE.exercises, ["shim"])
    assert [str(remark) for remark in lint.remarks(proofs)] == []
    assert sum(len(proof.mutations) for proof in proofs) >= 3000
    told = [
        (one.what, one.source, text)
        for proof in proofs
        for one in proof.mutations
        for text in _telling(proof, one)
    ]
    assert told == []


def _telling(proof: Proof, one: Tried) -> list[str]:
    """Texts of findings that show the answer, where it is a number that stands nowhere in the learner's program."""
    number = kind_of(proof.exercise.judged_as).reference(proof.exercise, proof.exercise.point or {}).number
    answers = {float(f"{value:.6g}") for value in (number.data if number is not None else ())}
    typed = {float(text) for text in _NUMBERS.findall(one.source)}
    stated = {float(text) for text in _NUMBERS.findall(f"{proof.exercise.function} {proof.exercise.point}")}
    secret = answers - typed - stated - {0.0, 1.0, 2.0, 3.0, -1.0}  # such numbers stand in many a sentence
    texts = [finding.title + finding.message + finding.hint for finding in one.verdict.findings]
    return [text for text in texts if secret & {float(found) for found in _NUMBERS.findall(text)}]


@pytest.mark.slow
@pytest.mark.tensorflow
def test_solutions_pass_and_starters_fail_on_tensorflow() -> None:
    with open_pool("tensorflow", own_code=True) as pool:
        for exercise in COURSE.exercises:
            proof = prove(exercise, {"tensorflow": pool}, spoil_on=())
            assert not proof.failures, [(exercise.id, one.what, one.verdict) for one in proof.failures]
