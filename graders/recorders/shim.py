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
from graders.recorders.program import compiled, operands, raised, run_source
from graders.recorders.scene import Scene
from graders.recorders.values import References

if TYPE_CHECKING:
    from graders.recorders.on_shim.installation import Installation


# What programs do, so often that the interpreter has made its shortcuts before any fork: in a child each would be a
# page copied, and slower until then.
_WARM = """
import numpy as np
import tensorflow as tf
x = tf.Variable([1.0, 2.0]); c = tf.constant(2.0, dtype=tf.float64)
with tf.GradientTape(persistent=True) as tape:
    tape.watch(c)
    y = tf.reduce_sum(3 * x**3 - tf.pow(3.0, 0.2 * x) + tf.math.log(x) * tf.sin(x) / tf.exp(x) + tf.tanh(x)) + x[0]
    z = tf.square(c) + tf.sqrt(c) - c
    v = x * x + 10
answer = tape.gradient(y, x), tape.gradient(z, c), tape.jacobian(v, x), tape.gradient(y, [x])
x.assign(x - 0.1), x.assign_sub([1.0, 1.0]), x.numpy(), float(c)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = tf.matmul([[1.0]], [[1.0]])[0, 0] * x[0] ** 3
    d = inner.gradient(y, x)
print(outer.gradient(d, x), x, c.numpy(), file=open("warm.txt", "w"))
"""
_TIMES = 12


def warm() -> None:
    """Imports the tape, lets it answer `import tensorflow` and does the one-time work of a run."""
    installation = _installation()
    _recorded_often()  # what is imported on first use (NumPy's random numbers) is imported before any fork
    installation.prepare()


def ready() -> None:
    """Nothing: a fork of a warm process can record at once, and each page touched here would be copied."""


def _recorded_often() -> None:
    import os
    import tempfile

    folder = os.getcwd()
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        try:
            for mark in (1.0, 2.0) * _TIMES:
                record(Run(_WARM, filename="warm.py", names=("answer",), mark=mark), lambda header, raw: None)
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
    ended = run_source(run, lines, functools.partial(_observed, installation, scene, reader), compiled)
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
