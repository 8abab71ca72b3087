"""Keras' variable: a `tf.Variable` that is shown with its path and whose `value` is a property."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf._tensor import shown
from tfgrad_course.tf._unread import UnreadVariable

# The names of the layers being built, outermost first.
_NAMES: dict[str, int] = {}
INSIDE: ContextVar[tuple[str, ...]] = ContextVar("inside", default=())


@contextmanager
def inside(name: str) -> Iterator[None]:
    """Variables made here belong to the layer of this name."""
    around = INSIDE.get()
    token = INSIDE.set(around if around[-1:] == (name,) else (*around, name))
    try:
        yield
    finally:
        INSIDE.reset(token)


class _Inner(UnreadVariable):
    """The TensorFlow variable that a Keras variable keeps its value in: the same under TensorFlow's name."""

    __slots__ = ()
    __module__ = "tensorflow.python.ops.resource_variable_ops"

    @property
    def name(self) -> str:
        """The name, with ":0" as TensorFlow writes it."""
        return f"{self._of.path}:0"  # type: ignore[attr-defined]

    def __repr__(self) -> str:
        of = self._of
        return f"<tf.Variable '{self.name}' shape={of.shape} dtype={of.dtype.name}, {shown(of._now)}>"


class Variable(tf.Variable):  # type: ignore[misc,name-defined]
    """A variable of a layer, an optimizer or a metric; `initializer` is a value or a function of shape and dtype."""

    def __init__(
        self,
        initializer: Any,
        shape: Any = None,
        dtype: Any = None,
        trainable: bool = True,
        name: str | None = None,
        path: str | None = None,
        **_: Any,
    ) -> None:
        if callable(initializer):
            initializer = initializer(tuple(shape or ()), dtype=dtype or "float32")
        elif dtype is None and not hasattr(initializer, "dtype"):
            dtype = "float32"
        name = name or auto_name("variable", _NAMES)
        super().__init__(initializer, trainable=trainable, name=name, dtype=dtype)
        self.path = path or "/".join((*INSIDE.get(), name))
        self.regularizer = None

    @property
    def value(self) -> Any:
        """The `tf.Variable` inside, by which tapes differentiate too."""
        inner = object.__new__(_Inner)
        inner._of = self
        return inner

    @property
    def name(self) -> str:
        """The name alone; the `path` tells the layers around it."""
        return self._given_name.rpartition("/")[2]

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return len(self.shape)

    def __repr__(self) -> str:
        return (
            f"<Variable path={self.path}, shape={tuple(self.shape)}, dtype={self.dtype.name}, "
            f"value={np.asarray(self.numpy())}>"
        )


def auto_name(kind: str, taken: dict[str, int]) -> str:
    """`dense`, `dense_1`, ...: Keras' names for nameless objects of a class."""
    snake = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W+", "", kind))
    snake = re.sub(r"([a-z])([A-Z])", r"\1_\2", snake).lower()
    count = taken.get(snake, 0)
    taken[snake] = count + 1
    return snake if count == 0 else f"{snake}_{count}"
