"""Learners' scripts in many styles: the first finding names the mistake and its line, on both backends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graders.case import Case
from graders.diagnose import advise, explain
from graders.pipeline import judge
from graders.sandbox.pool import Pool, open_pool
from graders.submission import Submission


@dataclass(frozen=True)
class Script:
    """One script, what is wrong with it and where."""

    kind: str
    exercise: str
    source: str
    line: int
    advice: bool


def _scripts(file: str) -> list[Script]:
    text = (Path(__file__).parent / file).read_text(encoding="utf-8")
    found = []
    for chunk in re.split(r"^=== ", text, flags=re.M)[1:]:
        head, body = chunk.split("\n", 1)
        kind, exercise, result, *rest = head.split()
        rows = body.rstrip("\n").split("\n")
        line = next(number for number, row in enumerate(rows, 1) if row.endswith("  #<"))
        source = "\n".join(rows).replace("  #<", "") + "\n"
        if result not in ("answer", "-"):
            source += f"answer = {result}\n"
        found.append(Script(kind, exercise, source, line, bool(rest)))
    return found


SCRIPTS = [*_scripts("learners.txt"), *_scripts("unseen.txt")]
# where the two backends truly differ: the reference tape computes traced functions at once, so numbers exist there
ONLY_TENSORFLOW = {"numpy-in-tf-function"}


def _check(script: Script, case: Case) -> None:
    found = advise(case) if script.advice else explain(case)[0]
    assert [f.id for f in found[:1]] == [script.kind]
    assert found[0].line == script.line
    assert len(found) <= 3
    rows = script.source.splitlines()
    for finding in found:
        assert "{" not in finding.title + finding.message + finding.hint
        assert finding.column is None or 1 <= finding.column <= len(rows[(finding.line or 1) - 1]) + 1


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: f"{s.kind}-{s.exercise}")
def test_the_reference_tape_tells_the_mistake_and_its_line(
    script: Script, case_of: Callable[..., Case]
) -> None:
    if script.kind in ONLY_TENSORFLOW:
        pytest.skip("the reference tape computes traced functions at once")
    _check(script, case_of(script.exercise, script.source, "shim"))


@pytest.mark.tensorflow
@pytest.mark.slow
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: f"{s.kind}-{s.exercise}")
def test_tensorflow_tells_the_mistake_and_its_line(script: Script, case_of: Callable[..., Case]) -> None:
    _check(script, case_of(script.exercise, script.source, "tensorflow"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: f"{s.kind}-{s.exercise}")
def test_no_finding_shows_the_answer(script: Script, case_of: Callable[..., Case]) -> None:
    if script.kind in ONLY_TENSORFLOW:
        pytest.skip("needs TensorFlow")
    case = case_of(script.exercise, script.source, "shim")
    number = case.reference.number or case.reference.gradient
    said = " ".join(f.title + f.message + f.hint for f in explain(case)[0])
    for value in number.data if number is not None else ():
        shown = f"{value:.6g}"
        if len(shown.strip("-0.")) >= 3:
            assert shown not in said


def test_every_diagnosis_of_the_table_has_a_script() -> None:
    from graders import diagnose

    written = {script.kind for script in SCRIPTS}
    parts = {diagnose.key_of(part) for part in diagnose.parts()}
    assert written <= parts
    assert len(parts) >= 112


def _programs(file: str) -> list[tuple[str, str]]:
    text = (Path(__file__).parent / file).read_text(encoding="utf-8")
    chunks = [chunk.split("\n", 1) for chunk in re.split(r"^=== \w+ ", text, flags=re.M)[1:]]
    return [(code.strip(), source) for code, source in chunks]


RIGHT, NAMELESS = _programs("right.txt"), _programs("nameless.txt")


@pytest.mark.parametrize(("code", "source"), NAMELESS, ids=[code for code, _ in NAMELESS])
def test_a_slip_without_a_name_gets_none(code: str, source: str, case_of: Callable[..., Case]) -> None:
    assert explain(case_of(code, source))[0] == ()


@pytest.fixture(scope="module")
def shim() -> Iterator[Pool]:
    with open_pool("shim", own_code=True) as pool:
        yield pool


@pytest.mark.parametrize(("code", "source"), RIGHT, ids=[code for code, _ in RIGHT])
def test_a_right_program_passes_without_a_finding(
    code: str, source: str, exercises: dict[str, Any], shim: Pool
) -> None:
    exercise = exercises[code]
    verdict = judge(exercise, Submission("learner", exercise.id, "work.py", source), shim)
    assert (verdict.outcome, verdict.findings) == ("passed", ())


@pytest.mark.tensorflow
@pytest.mark.slow
def test_right_programs_pass_without_a_finding_on_tensorflow(exercises: dict[str, Any]) -> None:
    with open_pool("tensorflow", own_code=True) as pool:
        for code, source in RIGHT:
            verdict = judge(exercises[code], Submission("learner", code, "work.py", source), pool)
            assert (verdict.outcome, verdict.findings) == ("passed", ()), source
