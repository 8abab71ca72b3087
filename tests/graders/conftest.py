"""Recording a script in this process, on either backend, as a case for diagnosis."""

from __future__ import annotations

import ast
import contextlib
import importlib
import io
import sys
from collections.abc import Callable, Iterator
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
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Case]:
    """Runs a script and holds it against an exercise."""
    monkeypatch.chdir(tmp_path)

    def make(code: str, source: str, backend: str = "shim") -> Case:
        recording, output = record(source, backend)
        return held(exercises[code], references(code), source, recording, output)

    return make


def record(source: str, backend: str) -> tuple[Recording, str]:
    """What the recorder of a backend sees of a script."""
    if backend == "tensorflow":
        pytest.importorskip("tensorflow")
    recorder = importlib.import_module(f"graders.recorders.{backend}")
    frames: list[tuple[dict[str, Any], bytes]] = []
    output = io.StringIO()
    run = Run(source, "submission.py", ("answer",))
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(io.StringIO()), _stage(backend):
        recorder.record(run, lambda header, raw: frames.append((header, raw)))
    return decode(frames), output.getvalue()


@contextlib.contextmanager
def _stage(backend: str) -> Iterator[None]:
    """The reference tape takes TensorFlow's place only while it records."""
    if backend == "tensorflow":
        yield
        return
    real = {
        name: module for name, module in sys.modules.items() if name.split(".")[0] in ("tensorflow", "keras")
    }
    for name in real:
        del sys.modules[name]
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] in ("tensorflow", "keras")]:
            del sys.modules[name]
        sys.modules.update(real)


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
