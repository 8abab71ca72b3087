"""Recording a script in this process, on either backend, as a case for diagnosis."""

from __future__ import annotations

import ast
import contextlib
import importlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graders.case import Case, kind_of
from graders.decode import decode
from graders.evidence import Evidence, Finished, Raised, Recording, Run
from graders.sandbox.trees import in_characters


@pytest.fixture(scope="session")
def exercises() -> dict[str, Any]:
    """The exercises of the course by module and number."""
    from tfgrad_course.course.catalogue import catalogue

    return {exercise.code: exercise for exercise in catalogue().exercises}


@pytest.fixture(scope="session")
def references(exercises: dict[str, Any]) -> Callable[[str], Any]:
    """References by module and number, each computed once."""
    known: dict[str, Any] = {}

    def reference(code: str) -> Any:
        if code not in known:
            exercise = exercises[code]
            known[code] = kind_of(exercise.judged_as).reference(exercise, exercise.point or {})
        return known[code]

    return reference


@pytest.fixture
def case_of(
    exercises: dict[str, Any],
    references: Callable[[str], Any],
    tensorflow_aside: Callable[[], Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Case]:
    """Runs a script and holds it against an exercise."""
    monkeypatch.chdir(tmp_path)

    def make(code: str, source: str, backend: str = "shim") -> Case:
        stage = contextlib.nullcontext if backend == "tensorflow" else tensorflow_aside
        recording, output = record(source, backend, stage)
        return held(exercises[code], references(code), source, recording, output)

    return make


def record(source: str, backend: str, stage: Any) -> tuple[Recording, str]:
    """What the recorder of a backend sees of a script."""
    if backend == "tensorflow":
        pytest.importorskip("tensorflow")
    recorder = importlib.import_module(f"graders.recorders.{backend}")
    frames: list[tuple[dict[str, Any], bytes]] = []
    output = io.StringIO()
    run = Run(source, "submission.py", ("answer",))
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(io.StringIO()), stage():
        recorder.record(run, lambda header, raw: frames.append((header, raw)))
    return decode(frames), output.getvalue()


def held(exercise: Any, reference: Any, source: str, recording: Recording, output: str = "") -> Case:
    """A recording as a case, with the script's syntax tree."""
    try:
        tree, syntax = in_characters(ast.parse(source), source), None
    except SyntaxError as error:
        tree, syntax = (
            None,
            Raised("SyntaxError", error.msg, error.lineno or 0, error.lineno or 0, (), error.offset),
        )
    finished = Finished("ended", recording, output)
    return Case(exercise, reference, Evidence(finished, tree=tree, syntax=syntax), finished)
