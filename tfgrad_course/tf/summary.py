"""`tf.summary`: files for TensorBoard, begun as TensorFlow begins them; what fills them needs TensorBoard."""

from __future__ import annotations

import os
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf._records import framed

_WRITER: ContextVar[Any] = ContextVar("writer", default=None)


class TBNotInstalledError(ImportError):
    """TensorBoard is asked for and not installed."""

    def __init__(self, summary_api: str) -> None:
        super().__init__(f"TensorBoard is not installed, missing implementation for {summary_api}")


class SummaryWriter:
    """A file for TensorBoard."""

    def __init__(self, logdir: Any = None) -> None:
        self._path = None
        if logdir is not None:
            folder = os.fspath(logdir)
            os.makedirs(folder, exist_ok=True)
            now = time.time()
            name = f"events.out.tfevents.{int(now)}.{socket.gethostname()}.{os.getpid()}.{time.monotonic_ns() % 10000}.v2"
            self._path = os.path.join(folder, name)
            with open(self._path, "wb") as file:  # when it was begun, and the version of the format
                file.write(framed(b"\x09" + struct.pack("<d", now) + b"\x1a\x0dbrain.Event:2"))

    @contextmanager
    def as_default(self, step: Any = None) -> Iterator[SummaryWriter]:
        """Inside, summaries go to this file."""
        token = _WRITER.set(self)
        try:
            yield self
        finally:
            _WRITER.reset(token)

    def set_as_default(self, step: Any = None) -> None:
        """From now on summaries go to this file."""
        _WRITER.set(self)

    def init(self) -> None:
        """Nothing is left to begin."""

    def flush(self) -> None:
        """All is written."""

    def close(self) -> None:
        """All is written."""


def create_file_writer(logdir: Any, max_queue: Any = None, flush_millis: Any = None, filename_suffix: Any = None,
                       name: Any = None, experimental_trackable: bool = False, **_: Any) -> SummaryWriter:  # fmt: skip
    """A file for TensorBoard in a folder."""
    return SummaryWriter(logdir)


def create_noop_writer() -> SummaryWriter:
    """A writer that writes nothing."""
    return SummaryWriter()


def _needing_tensorboard(name: str) -> Any:
    def summary(*args: Any, **kwargs: Any) -> Any:
        raise TBNotInstalledError(f"tf.summary.{name}")

    summary.__doc__ = f"tf.summary.{name} is TensorBoard's: not installed, as with TensorFlow alone."
    return summary


scalar, histogram, image = (_needing_tensorboard(name) for name in ("scalar", "histogram", "image"))
audio, text = _needing_tensorboard("audio"), _needing_tensorboard("text")


def write(tag: str, tensor: Any, step: Any = None, metadata: Any = None, name: Any = None) -> Any:
    """Whether there is a file for it."""
    return tf.constant(_WRITER.get() is not None)


def should_record_summaries() -> bool:
    """Whether there is a file for summaries."""
    return _WRITER.get() is not None


@contextmanager
def record_if(condition: Any) -> Iterator[None]:
    """Inside, summaries are written if a condition holds."""
    yield


def flush(writer: Any = None, name: Any = None) -> None:
    """All is written."""


def graph(graph_data: Any) -> Any:
    """No graph is kept that could be shown."""
    return tf.constant(_WRITER.get() is not None)


def trace_on(graph: bool = True, profiler: bool = False, profiler_outdir: Any = None) -> None:
    """Watch what is computed: nothing is watched here."""


def trace_export(name: str, step: Any = None, profiler_outdir: Any = None) -> None:
    """Write down what was watched: nothing is."""


def trace_off() -> None:
    """Watch no longer."""


def __getattr__(name: str) -> Any:
    from tfgrad_course.tf import _public

    return _public.missing("tensorflow.summary", name)
