"""Records a run on real TensorFlow: operations, tapes, variables and calls, each with the learner's line."""

from __future__ import annotations

import functools
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from graders.evidence import Run
from graders.recorders.lines import Lines
from graders.recorders.log import Emit, Log
from graders.recorders.names import tell
from graders.recorders.program import operands, raised, run_source
from graders.recorders.scene import Scene
from graders.recorders.values import References

if TYPE_CHECKING:
    from graders.recorders.on_tensorflow.installation import Installation

_WARM = """
import numpy as np
import tensorflow as tf
x = tf.Variable([1.0, 2.0]); c = tf.constant(2.0, dtype=tf.float64)
with tf.GradientTape(persistent=True) as tape:
    tape.watch(c)
    y = tf.reduce_sum(3 * x**3 - tf.pow(3.0, 0.2 * x) + tf.math.log(x) * tf.sin(x) / tf.exp(x) + tf.tanh(x)) + x[0]
    z = tf.square(c) + tf.sqrt(c) - c
    v = x * x
tape.gradient(y, x), tape.gradient(z, c), tape.jacobian(v, x), tape.gradient(y, [x])
x.assign(x - 0.1), x.assign_sub([1.0, 1.0]), x.numpy(), float(c)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = tf.matmul([[1.0]], [[1.0]])[0, 0] * x[0] ** 3
    d = inner.gradient(y, x)
outer.gradient(d, x)
"""
# No forward mode here: it keeps functions traced in this context, and calling them in a forked child hangs.
_FIRST = """
import tensorflow as tf
x = tf.Variable([1.0])
with tf.GradientTape() as tape:
    y = 3 * x**2 - tf.math.log(x) + 10
tape.gradient(y, x).numpy()
"""
_WIDE = """
import tensorflow as tf
@tf.function(autograph=False)
def f(a):
    with tf.GradientTape() as tape:
        tape.watch(a)
        b = a * a
    return tape.gradient(b, a)
f(tf.constant(2.0))
x = tf.Variable(1.0)
with tf.GradientTape() as tape:
    y = f(x) * x
tape.gradient(y, x)
o = tf.keras.optimizers.SGD(0.1); o.apply_gradients([(tf.constant(1.0), x)])
"""


def warm() -> None:
    """Imports TensorFlow and does its one-time work, then throws the context away: a fork is safe after this."""
    _environment()
    _installation()
    for source in (_WARM, _WIDE):
        with suppress(Exception):
            exec(compile(source, "<warm>", "exec"), {"__name__": "warm"})
    with suppress(Exception):
        _recorded_once()
    import gc

    from tensorflow.python.eager import context

    context._reset_context()
    gc.collect()
    gc.freeze()


def load() -> None:
    """Imports TensorFlow and no more: what to do where a fork is not safe once anything was computed.

    Looking its kernels up makes no thread, but opens files in /proc, without which it would end the process later.
    """
    _environment()
    from tensorflow.python.framework import kernels

    kernels.get_registered_kernels_for_op("AddV2")


def ready() -> None:
    """Makes this process's own context and runs a first small gradient in it."""
    _environment()
    _installation()
    _recorded_once(_FIRST)


def record(run: Run, emit: Emit) -> None:
    """Runs the source as `__main__` under observation and emits what was seen, the end last."""
    installation = _installation()
    log = Log(emit)
    lines = Lines(run.filename)
    scene = Scene(
        run, log, lines, References(installation.reader.ref, installation.sequences, installation.mappings)
    )
    ended = run_source(run, lines, functools.partial(_observed, installation, scene))
    scene.quiet += 1
    try:
        found = raised(ended, lines)
        if found is not None:
            given = operands(ended, lines, scene.references, installation.reader.is_ours)
            log.put(replace(found, operands=given))
        tell(ended.names, run, log, scene.references)
    except Exception:
        log.truncated = True
    log.end(scene.replaced)


def _environment() -> None:
    """Settings that must stand before TensorFlow is imported (the first makes a fork safe, see the sandbox)."""
    os.environ.setdefault("TF_OVERRIDE_GLOBAL_THREADPOOL", "1")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")


@functools.cache
def _installation() -> Installation:
    from graders.recorders.on_tensorflow.installation import Installation

    return Installation()


@contextmanager
def _observed(installation: Installation, scene: Scene) -> Iterator[None]:
    logger = logging.getLogger("tensorflow")
    logger.addFilter(_not_ours)
    try:
        with installation.observe(scene):
            yield
    finally:
        logger.removeFilter(_not_ours)


def _not_ours(message: Any) -> bool:
    """Hides TensorFlow's remarks on how it computes a jacobian: the learner can do nothing about them."""
    text = message.getMessage() if message.levelno >= logging.WARNING else ""
    return "pfor.<locals>" not in text and "while_loop for converting" not in text


def _recorded_once(source: str = _WARM) -> None:
    """One recorded run of nothing: the paths of recording itself are warm too."""
    import tempfile

    folder = os.getcwd()
    with tempfile.TemporaryDirectory() as scratch:
        with suppress(OSError):
            os.chdir(scratch)
        try:
            record(Run(source, filename="warm.py"), lambda header, raw: None)
        finally:
            os.chdir(folder)
