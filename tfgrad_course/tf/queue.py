"""`tf.queue`: what goes in first comes out first, or at random."""

from __future__ import annotations

import collections
from typing import Any

import numpy as np

from tfgrad_course import tf


class QueueBase:
    """Elements of one or several tensors that wait."""

    def __init__(
        self, capacity: int, dtypes: Any, shapes: Any = None, names: Any = None, shared_name: Any = None, name: str = "queue"
    ) -> None:  # fmt: skip
        self.dtypes = [tf.as_dtype(d) for d in (dtypes if isinstance(dtypes, (list, tuple)) else [dtypes])]
        alone = shapes is not None and not (shapes and isinstance(shapes[0], (list, tuple, tf.TensorShape)))
        self.shapes = [
            tf.TensorShape(s) for s in ([shapes] if alone else shapes or [None] * len(self.dtypes))
        ]
        self.names = [names] if isinstance(names, str) else names
        self.name, self._capacity = name, int(capacity)
        self._waiting: collections.deque[list[Any]] = collections.deque()
        self._closed = False

    def _parts(self, vals: Any, more: bool = False) -> list[Any]:
        if isinstance(vals, dict):
            vals = [vals[name] for name in self.names or ()]
        elif not isinstance(vals, (list, tuple)) or (len(self.dtypes) == 1 and len(vals) != 1):
            vals = [vals]
        made = [tf.convert_to_tensor(v, dtype=d) for v, d in zip(vals, self.dtypes, strict=True)]
        for tensor, shape in zip(made, self.shapes, strict=True):
            found = tensor.shape[1:] if more else tensor.shape
            if not shape.is_compatible_with(found):
                raise ValueError(f"Shapes {found} and {shape} are incompatible")
        return made

    def enqueue(self, vals: Any, name: Any = None) -> None:
        """One element more."""
        self._put([self._parts(vals)])

    def enqueue_many(self, vals: Any, name: Any = None) -> None:
        """As many elements more as the tensors have rows."""
        parts = self._parts(vals, more=True)
        self._put([[part[i] for part in parts] for i in range(int(parts[0].shape[0]))])

    def _put(self, elements: list[list[Any]]) -> None:
        if self._closed:
            raise tf.errors.CancelledError(None, None, f"Queue '{self.name}' is closed.")
        if self._capacity >= 0 and len(self._waiting) + len(elements) > self._capacity:
            raise tf.errors.ResourceExhaustedError(
                None, None, f"Queue '{self.name}' holds {self._capacity} elements and is full: TensorFlow would wait here for "
                "another thread to take one out.",
            )  # fmt: skip
        self._waiting.extend(elements)

    def _take(self) -> list[Any]:
        if not self._waiting:
            raise tf.errors.OutOfRangeError(
                None, None, f"Queue '{self.name}' is closed and has insufficient elements (requested 1, current size 0)"
            )  # fmt: skip
        return self._next()

    def _next(self) -> list[Any]:
        return self._waiting.popleft()

    def _given(self, parts: list[Any]) -> Any:
        if self.names:
            return dict(zip(self.names, parts, strict=True))
        return parts[0] if len(parts) == 1 else parts

    def dequeue(self, name: Any = None) -> Any:
        """The next element."""
        return self._given(self._take())

    def dequeue_many(self, n: Any, name: Any = None) -> Any:
        """The next elements, stacked."""
        rows = [self._take() for _ in range(int(n))]
        return self._given([tf.stack([row[i] for row in rows]) for i in range(len(self.dtypes))])

    def dequeue_up_to(self, n: Any, name: Any = None) -> Any:
        """The next elements, fewer if there are no more."""
        return self.dequeue_many(min(int(n), len(self._waiting)))

    def size(self, name: Any = None) -> Any:
        """How many wait."""
        return tf.constant(len(self._waiting))

    def close(self, cancel_pending_enqueues: bool = False, name: Any = None) -> None:
        """Nothing more may come in."""
        self._closed = True

    def is_closed(self, name: Any = None) -> Any:
        """Whether nothing more may come in."""
        return tf.constant(self._closed)


class FIFOQueue(QueueBase):
    """What goes in first comes out first."""

    __module__ = "tensorflow.python.ops.data_flow_ops"


class PaddingFIFOQueue(FIFOQueue):
    """The same; elements taken together must be of one shape."""


class RandomShuffleQueue(QueueBase):
    """What comes out is drawn at random."""

    def __init__(
        self, capacity: int, min_after_dequeue: int, dtypes: Any, shapes: Any = None, names: Any = None, seed: Any = None,
        shared_name: Any = None, name: str = "random_shuffle_queue",
    ) -> None:  # fmt: skip
        super().__init__(capacity, dtypes, shapes, names, shared_name, name)
        self._draw = np.random.default_rng(seed)

    def _next(self) -> list[Any]:
        at = int(self._draw.integers(len(self._waiting)))
        self._waiting.rotate(-at)
        return self._waiting.popleft()


def __getattr__(name: str) -> Any:
    from tfgrad_course.tf import _public

    return _public.missing("tensorflow.queue", name)
