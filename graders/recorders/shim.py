"""Records a run on the reference tape, which answers `import tensorflow`: the same evidence as on TensorFlow."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from graders.evidence import Run
from graders.recorders.lines import Lines
from graders.recorders.log import Emit, Log
from graders.recorders.names import tell
from graders.recorders.program import operands, raised, run_source
from graders.recorders.scene import Scene
from graders.recorders.values import References

if TYPE_CHECKING:
    from graders.recorders.on_shim.installation import Installation


def warm() -> None:
    """Imports the tape, lets it answer `import tensorflow` and does the one-time work of a run."""
    _installation().install()
    _recorded_once()  # what is imported on first use (NumPy's random numbers) is imported before any fork


def ready() -> None:
    """Nothing: a fork of a warm process can record at once, and each page touched here would be copied."""


def _recorded_once() -> None:
    import os
    import tempfile

    folder = os.getcwd()
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        try:
            record(
                Run("import tensorflow as tf\nx = tf.Variable(1.0)\n", filename="ready.py"), lambda h, r: None
            )
        finally:
            os.chdir(folder)


def record(run: Run, emit: Emit) -> None:
    """Runs the source as `__main__` under observation and emits what was seen, the end last."""
    from tfgrad_course.tf import TensorShape

    installation = _installation()
    log = Log(emit)
    lines = Lines(run.filename)
    reader = installation.reader()
    scene = Scene(run, log, lines, References(reader.ref, (TensorShape,)))
    installation.install()
    ended = run_source(run, lines, functools.partial(_observed, installation, scene, reader))
    try:
        found = raised(ended, lines)
        if found is not None:
            log.put(replace(found, operands=operands(ended, lines, scene.references, reader.is_ours)))
        tell(ended.names, run, log, scene.references)
    except Exception:
        log.truncated = True
    log.end(scene.replaced)


@functools.cache
def _installation() -> Installation:
    from graders.recorders.on_shim.installation import Installation

    return Installation()


@contextmanager
def _observed(installation: Installation, scene: Scene, reader: object) -> Iterator[None]:
    with installation.observe(scene, reader):  # type: ignore[arg-type]
        yield
