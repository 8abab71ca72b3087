"""The reference tape of this process: its patches, taken before learners' code runs and put in place for each run."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from graders.recorders import forward, tapes
from graders.recorders.on_shim.observer import Watcher
from graders.recorders.on_shim.reading import Reader
from graders.recorders.patches import Patches
from graders.recorders.scene import Scene
from tfgrad_course.tf import _forward, _function, _install, _listening, _tape
from tfgrad_course.tf._tensor import EagerTensor

_CREATORS = ("zeros", "ones", "fill", "range", "linspace", "eye", "zeros_like", "ones_like")
_DRAWN = ("normal", "uniform", "truncated_normal")
_RUNS = 4  # of one submission, as a rule: so many modules are made ahead


class Installation:
    """Holds what is made once per process; `observe` is one run."""

    def __init__(self) -> None:
        self._tapes: tapes.Tapes | None = None
        self._watcher: Watcher | None = None
        self._patches = Patches()
        self._ahead: tuple[ModuleType, ...] = ()
        self._next = 0
        self._untouched: ModuleType | None = None
        drawn = _install.install().random
        for name in _DRAWN:
            self._patches.put(drawn, name, self._creating(getattr(drawn, name)))
        tapes.patch(self._patches, _tape.GradientTape, "_push", "_pop", lambda: self._tapes)
        forward.patch(
            self._patches, _forward.ForwardAccumulator, "__enter__", "__exit__", lambda: self._tapes
        )
        self._patches.add(_forward, "_products", functools.partial(forward.carrying, lambda: self._tapes))

    def prepare(self) -> None:
        """Makes the modules of the next runs: in a fork, making one would copy every page with a public name on it."""
        self._untouched = None
        self._ahead, self._next = tuple(self._made() for _ in range(_RUNS)), 0
        self.install()
        self._untouched = sys.modules.get("tensorflow")

    def install(self) -> None:
        """Lets the tape answer `import tensorflow`, with a module no learner has changed."""
        untouched, self._untouched = self._untouched, None
        if untouched is not None and sys.modules.get("tensorflow") is untouched:
            return
        ahead = self._ahead[
            self._next : self._next + 1
        ]  # held on to: to let go of one costs as much as to make it
        self._next += 1
        _install.install(top=ahead[0] if ahead else self._made())

    def _made(self) -> ModuleType:
        top = _install.made()
        for name in _CREATORS:
            setattr(top, name, self._creating(getattr(top, name)))
        return top

    def _creating(self, function: Any) -> Any:
        """Tensors made of nothing but a shape run no operation that observers would hear of."""

        @functools.wraps(function)
        def create(*args: Any, **kwargs: Any) -> Any:
            made = function(*args, **kwargs)
            if self._watcher is not None and type(made) is EagerTensor:
                self._watcher.constant(made, None)
            return made

        return create

    def reader(self) -> Reader:
        """A run's numbering of tensors and variables."""
        return Reader()

    @contextmanager
    def observe(self, scene: Scene, reader: Reader) -> Iterator[None]:
        """Everything run inside is noted in the scene."""
        self._watcher = watcher = Watcher(scene, reader)
        self._tapes = tapes.Tapes(scene, watcher)
        _listening.observe(watcher)
        try:
            with self._patches:
                yield
        finally:
            self._tapes = self._watcher = None
            _listening.unobserve(watcher)
            _listening.LISTENING.set(_listening.OBSERVERS)
            _function.run_functions_eagerly(False)
