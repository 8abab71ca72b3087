"""Learners' styles: right ones must pass whatever their names and routes, wrong ones must not, on both backends.

The scripts in styles/ are named exercise--style.py; the exercises are those of the course.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graders import pipeline
from graders.sandbox.pool import Pool, open_pool
from graders.submission import Submission
from graders.verdict import Verdict
from tfgrad_course.course.catalogue import Catalogue, catalogue

STYLES = sorted((Path(__file__).parent / "styles").rglob("*.py"))


@pytest.fixture(scope="module")
def course() -> Catalogue:
    return catalogue(Path(__file__).parents[2] / "exercises")


@pytest.fixture(scope="module")
def shim() -> Iterator[Pool]:
    with open_pool("shim", own_code=True) as pool:
        yield pool


@pytest.fixture(scope="module")
def tensorflow() -> Iterator[Pool]:
    with open_pool("tensorflow", own_code=True) as pool:
        yield pool


def judged(course: Catalogue, path: Path, pool: Pool) -> Verdict:
    exercise = course[path.stem.split("--")[0]]
    return pipeline.judge(exercise, Submission("learner", exercise.id, "work.py", path.read_text()), pool)


def told(verdict: Verdict) -> str:
    missed = [f"{check.id}: {check.message}" for check in verdict.checks if not check.passed]
    return f"{verdict.outcome} {verdict.probes} {verdict.given} {missed} {verdict.exception} {verdict.detail}"


@pytest.mark.parametrize("path", STYLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_style_is_judged_as_it_deserves(path: Path, course: Catalogue, shim: Pool) -> None:
    verdict = judged(course, path, shim)
    assert (verdict.outcome == "passed") is (path.parent.name == "right"), told(verdict)


@pytest.mark.tensorflow
@pytest.mark.slow
@pytest.mark.parametrize("path", STYLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_style_is_judged_so_on_tensorflow_too(path: Path, course: Catalogue, tensorflow: Pool) -> None:
    verdict = judged(course, path, tensorflow)
    assert (verdict.outcome == "passed") is (path.parent.name == "right"), told(verdict)
