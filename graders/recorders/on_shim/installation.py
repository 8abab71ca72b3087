"""The reference tape of this process: its patches, taken before learners' code runs and put in place for each run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from graders.recorders import tapes
from graders.recorders.on_shim.observer import Watcher
from graders.recorders.on_shim.reading import Reader
from graders.recorders.patches import Patches
from graders.recorders.scene import Scene
from tfgrad_course.tf import _install, _listening, _tape


class Installation:
    """Holds what is made once per process; `observe` is one run."""

    def __init__(self) -> None:
        self._tapes: tapes.Tapes | None = None
        self._patches = Patches()
        tapes.patch(self._patches, _tape.GradientTape, "_push", "_pop", lambda: self._tapes)

    def install(self) -> None:
        """Lets the tape answer `import tensorflow`, with a module no learner has changed."""
        _install.install()

    def reader(self) -> Reader:
        """A run's numbering of tensors and variables."""
        return Reader()

    @contextmanager
    def observe(self, scene: Scene, reader: Reader) -> Iterator[None]:
        """Everything run inside is noted in the scene."""
        watcher = Watcher(scene, reader)
        self._tapes = tapes.Tapes(scene, watcher)
        _listening.observe(watcher)
        try:
            with self._patches:
                yield
        finally:
            self._tapes = None
            _listening.unobserve(watcher)
            _listening.LISTENING.set(_listening.OBSERVERS)
