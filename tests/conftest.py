"""What tests of both packages need: TensorFlow put aside while the shim stands in for it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest


@contextmanager
def _tensorflow_aside() -> Iterator[None]:
    """All of TensorFlow and Keras out of sys.modules, and back again: a second import would abort the process."""
    names = lambda: [name for name in sys.modules if name.split(".")[0] in ("tensorflow", "keras")]
    real = {name: sys.modules.pop(name) for name in names()}
    finders = list(sys.meta_path)
    try:
        yield
    finally:
        for name in names():
            del sys.modules[name]
        sys.meta_path[:] = finders
        sys.modules.update(real)


@pytest.fixture(scope="session")
def tensorflow_aside() -> Callable[[], AbstractContextManager[None]]:
    """Puts TensorFlow aside for the length of a `with`."""
    return _tensorflow_aside


@pytest.fixture(scope="session")
def shim_as_tensorflow() -> Callable[[], AbstractContextManager[None]]:
    """Lets `import tensorflow` find the tape for the length of a `with`."""

    @contextmanager
    def stand_in() -> Iterator[None]:
        from tfgrad_course.tf import _install

        with _tensorflow_aside():
            _install.install()
            yield

    return stand_in
