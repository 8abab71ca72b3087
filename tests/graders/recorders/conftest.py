"""Runs a source under a recorder in this process; the shim takes TensorFlow's place only while it does."""

from __future__ import annotations

import importlib
from contextlib import nullcontext
from typing import Any

import pytest

from graders.decode import decode
from graders.evidence import Recording, Run


class Recorder:
    """One backend, asked for recordings."""

    def __init__(self, backend: str, stage: Any) -> None:
        self.backend, self._stage = backend, stage
        self._module = importlib.import_module(f"graders.recorders.{backend}")

    def __call__(self, source: str, **options) -> Recording:
        frames: list[tuple[dict, bytes]] = []
        run = Run(source, **options)
        with self._stage():
            self._module.record(run, lambda header, raw: frames.append((header, raw)))
        return decode(frames)


@pytest.fixture(autouse=True)
def scratch(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture(params=["shim", pytest.param("tensorflow", marks=pytest.mark.tensorflow)])
def recorded(request, tensorflow_aside):
    """A recorder of either backend."""
    if request.param == "tensorflow":
        pytest.importorskip("tensorflow")
    return Recorder(request.param, nullcontext if request.param == "tensorflow" else tensorflow_aside)


@pytest.fixture
def on_tensorflow():
    """The recorder of real TensorFlow."""
    pytest.importorskip("tensorflow")
    return Recorder("tensorflow", nullcontext)
