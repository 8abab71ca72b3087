"""Keras' variable: a `tf.Variable` that is shown with its path and whose `value` is a property."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from tfgrad_course import tf


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
        super().__init__(initializer, trainable=trainable, name=name or "variable", dtype=dtype)
        self.path = path or name or "variable"
        self.regularizer = None

    @property
    def value(self) -> Any:
        """The current value as a tensor."""
        return self.read_value()

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return len(self.shape)

    def __repr__(self) -> str:
        return (
            f"<Variable path={self.path}, shape={tuple(self.shape)}, dtype={self.dtype.name}, "
            f"value={np.array2string(np.asarray(self.numpy()), separator=' ')}>"
        )


def auto_name(kind: str, taken: dict[str, int]) -> str:
    """`dense`, `dense_1`, ...: Keras' names for nameless objects of a class."""
    snake = re.sub(r"(?<=[a-z0-9])([A-Z])|(?<=[A-Z])([A-Z])(?=[a-z])", r"_\g<0>", kind).lower()
    count = taken.get(snake, 0)
    taken[snake] = count + 1
    return snake if count == 0 else f"{snake}_{count}"
