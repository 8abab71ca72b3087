"""Runs a source under a recorder in this process; the shim takes TensorFlow's place only while it does."""

from __future__ import annotations

import importlib
import sys

import pytest

from graders.decode import decode
from graders.evidence import Recording, Run


class Recorder:
    """One backend, asked for recordings."""

    def __init__(self, backend: str) -> None:
        self.backend = backend
        self._module = importlib.import_module(f"graders.recorders.{backend}")

    def __call__(self, source: str, **options) -> Recording:
        frames: list[tuple[dict, bytes]] = []
        run = Run(source, **options)
        if self.backend == "tensorflow":
            self._module.record(run, lambda header, raw: frames.append((header, raw)))
            return decode(frames)
        real = {
            name: module
            for name, module in sys.modules.items()
            if name.split(".")[0] in ("tensorflow", "keras")
        }
        for name in real:
            del sys.modules[name]
        try:
            self._module.record(run, lambda header, raw: frames.append((header, raw)))
        finally:
            for name in [name for name in sys.modules if name.split(".")[0] in ("tensorflow", "keras")]:
                del sys.modules[name]
            sys.modules.update(real)
        return decode(frames)


@pytest.fixture(autouse=True)
def scratch(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture(params=["shim", pytest.param("tensorflow", marks=pytest.mark.tensorflow)])
def recorded(request):
    """A recorder of either backend."""
    if request.param == "tensorflow":
        pytest.importorskip("tensorflow")
    return Recorder(request.param)


@pytest.fixture
def on_tensorflow():
    """The recorder of real TensorFlow."""
    pytest.importorskip("tensorflow")
    return Recorder("tensorflow")
