"""`tf.data` in plain Python: a dataset is a function that gives a fresh iterator of structures of tensors."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from tfgrad_course import tf

AUTOTUNE = -1
INFINITE_CARDINALITY = -1
UNKNOWN_CARDINALITY = -2


class Dataset:
    """Elements one after another; each method gives a new dataset."""

    def __init__(self, source: Callable[[], Iterator[Any]], size: int | None = None) -> None:
        self._source, self._size = source, size

    @staticmethod
    def from_tensor_slices(tensors: Any, name: Any = None) -> Dataset:
        """Slices along the first axis of every tensor in the structure."""
        whole = _map(_tensor, tensors)
        parts = _flat(whole)
        if not parts or any(len(part.shape) == 0 for part in parts):
            raise ValueError("Unbatching a tensor is only supported for rank >= 1")
        sizes = {int(part.shape[0]) for part in parts}
        if len(sizes) > 1:
            found = " and ".join(str(size) for size in sorted(sizes))
            raise ValueError(f"Dimensions {found} are not compatible")
        size = sizes.pop()
        row = lambda i: _map(lambda part: part[i], whole)
        return Dataset(lambda: (row(i) for i in range(size)), size)

    @staticmethod
    def from_tensors(tensors: Any, name: Any = None) -> Dataset:
        """One element: the whole structure."""
        whole = _map(_tensor, tensors)
        return Dataset(lambda: iter([whole]), 1)

    @staticmethod
    def from_generator(generator: Callable[..., Iterable[Any]], output_types: Any = None, output_shapes: Any = None,
                       args: Any = None, output_signature: Any = None, name: Any = None) -> Dataset:  # fmt: skip
        """Elements of a Python generator, converted to the dtypes asked for."""
        given = output_signature is not None
        dtypes = _map(lambda spec: spec.dtype, output_signature) if given else output_types

        def source() -> Iterator[Any]:
            for element in generator(*(args or ())):
                yield _convert(element, dtypes)

        return Dataset(source)

    @staticmethod
    def range(*args: Any, output_type: Any = None, name: Any = None) -> Dataset:
        """Whole numbers as int64 scalars."""
        numbers = range(*(int(a) for a in args))
        return Dataset(lambda: (tf.constant(n, dtype=output_type or tf.int64) for n in numbers), len(numbers))

    @staticmethod
    def zip(*datasets: Any, datasets_: Any = None, name: Any = None) -> Dataset:
        """Elements of several datasets side by side."""
        given = datasets[0] if len(datasets) == 1 and isinstance(datasets[0], (tuple, list)) else datasets
        sizes = [d._size for d in given]
        size = None if any(s is None for s in sizes) else min(sizes)
        return Dataset(lambda: (tuple(items) for items in zip(*given, strict=False)), size)

    def __iter__(self) -> Iterator[Any]:
        return self._source()

    def __len__(self) -> int:
        if self._size is None:
            raise TypeError("The dataset length is unknown.")
        if self._size == INFINITE_CARDINALITY:
            raise TypeError("The dataset is infinite.")
        return self._size

    def cardinality(self) -> Any:
        """The number of elements as an int64 scalar; -1 for infinite, -2 for unknown."""
        return tf.constant(UNKNOWN_CARDINALITY if self._size is None else self._size, dtype=tf.int64)

    def map(
        self,
        map_func: Callable[..., Any],
        num_parallel_calls: Any = None,
        deterministic: Any = None,
        name: Any = None,
    ) -> Dataset:
        """A function of each element (tuples are spread into arguments)."""
        return Dataset(lambda: (_tensors(_call(map_func, e)) for e in self), self._size)

    def filter(self, predicate: Callable[..., Any], name: Any = None) -> Dataset:
        """The elements for which the predicate is true."""
        return Dataset(lambda: (e for e in self if bool(_call(predicate, e))))

    def batch(self, batch_size: int, drop_remainder: bool = False, num_parallel_calls: Any = None,
              deterministic: Any = None, name: Any = None) -> Dataset:  # fmt: skip
        """Runs of elements stacked along a new first axis."""
        count = int(batch_size)

        def source() -> Iterator[Any]:
            elements = iter(self)
            while chunk := list(itertools.islice(elements, count)):
                if len(chunk) == count or not drop_remainder:
                    yield _stack(chunk)

        size = self._size
        if size is not None and size >= 0:
            size = size // count if drop_remainder else -(-size // count)
        return Dataset(source, size)

    def unbatch(self, name: Any = None) -> Dataset:
        """Slices of each element along its first axis."""
        return Dataset(lambda: (item for e in self for item in Dataset.from_tensor_slices(e)))

    def shuffle(
        self, buffer_size: int, seed: Any = None, reshuffle_each_iteration: Any = True, name: Any = None
    ) -> Dataset:
        """Elements drawn at random from a buffer."""
        kept = np.random.default_rng(seed) if seed is not None and reshuffle_each_iteration else None

        def source() -> Iterator[Any]:
            random = kept or np.random.default_rng(seed if seed is not None else _fresh_seed())
            return _shuffled(iter(self), int(buffer_size), random)

        return Dataset(source, self._size)

    def repeat(self, count: Any = None, name: Any = None) -> Dataset:
        """The elements over and over (for ever without a count)."""
        endless = count is None or int(count) < 0

        def source() -> Iterator[Any]:
            for _ in itertools.count() if endless else range(int(count)):
                yield from self

        size = INFINITE_CARDINALITY if endless else None if self._size is None else self._size * int(count)
        return Dataset(source, size)

    def take(self, count: Any, name: Any = None) -> Dataset:
        """The first elements."""
        limit = int(count)
        if limit < 0:
            return self
        size = None if self._size is None else limit if self._size < 0 else min(self._size, limit)
        return Dataset(lambda: itertools.islice(iter(self), limit), size)

    def skip(self, count: Any, name: Any = None) -> Dataset:
        """All but the first elements."""
        size = (
            None if self._size is None else self._size if self._size < 0 else max(self._size - int(count), 0)
        )
        return Dataset(lambda: itertools.islice(iter(self), int(count), None), size)

    def concatenate(self, dataset: Dataset, name: Any = None) -> Dataset:
        """The elements of this dataset, then of another."""
        sizes = (self._size, dataset._size)
        size = None if None in sizes else -1 if -1 in sizes else sizes[0] + sizes[1]  # type: ignore[operator]
        return Dataset(lambda: itertools.chain(iter(self), iter(dataset)), size)

    def enumerate(self, start: int = 0, name: Any = None) -> Dataset:
        """Pairs of number and element."""
        return Dataset(
            lambda: ((tf.constant(i, dtype=tf.int64), e) for i, e in enumerate(self, start)), self._size
        )

    def flat_map(self, map_func: Callable[..., Any], name: Any = None) -> Dataset:
        """The elements of the datasets that a function gives."""
        return Dataset(lambda: (item for e in self for item in _call(map_func, e)))

    interleave = flat_map

    def window(
        self, size: int, shift: Any = None, stride: int = 1, drop_remainder: bool = False, name: Any = None
    ) -> Dataset:
        """Datasets of neighbouring elements."""
        step = int(shift or size)

        def source() -> Iterator[Any]:
            elements = list(self)
            for start in range(0, len(elements), step):
                part = elements[start : start + size * stride : stride]
                if len(part) == size or not drop_remainder:
                    yield Dataset(lambda part=part: iter(part), len(part))  # type: ignore[misc]

        return Dataset(source)

    def reduce(self, initial_state: Any, reduce_func: Callable[..., Any], name: Any = None) -> Any:
        """A running result over all elements."""
        state = _tensors(initial_state)
        for element in self:
            state = _tensors(reduce_func(state, element))
        return state

    def prefetch(self, buffer_size: Any, name: Any = None) -> Dataset:
        """The same elements: there is nothing to overlap here."""
        return self

    def cache(self, filename: str = "", name: Any = None) -> Dataset:
        """The elements kept after the first pass."""
        kept: list[Any] = []

        def source() -> Iterator[Any]:
            if not kept:
                kept.extend(self)
            return iter(kept)

        return Dataset(source, self._size)

    def as_numpy_iterator(self) -> Iterator[Any]:
        """Elements as NumPy values."""
        return (_map(lambda leaf: leaf.numpy() if hasattr(leaf, "numpy") else leaf, e) for e in self)

    def get_single_element(self, name: Any = None) -> Any:
        """The only element."""
        return next(iter(self))

    @property
    def element_spec(self) -> Any:
        """Shapes and dtypes of an element."""
        return _map(lambda leaf: tf.TensorSpec(leaf.shape, leaf.dtype), next(iter(self)))

    def __repr__(self) -> str:
        return f"<_Dataset element_spec={self.element_spec!r}>"


def _map(function: Callable[[Any], Any], value: Any) -> Any:
    """Tuples and dictionaries are structure; lists are data, as in tf.data."""
    if isinstance(value, tuple):
        mapped = [_map(function, item) for item in value]
        return type(value)(*mapped) if hasattr(value, "_fields") else tuple(mapped)
    if isinstance(value, dict):
        return {key: _map(function, item) for key, item in value.items()}
    return function(value)


def _flat(value: Any) -> list[Any]:
    found: list[Any] = []
    _map(found.append, value)
    return found


def _tensor(value: Any) -> Any:
    return value if isinstance(value, Dataset) else tf.convert_to_tensor(value)


def _tensors(value: Any) -> Any:
    return _map(_tensor, value)


def _call(function: Callable[..., Any], element: Any) -> Any:
    return function(*element) if isinstance(element, tuple) else function(element)


def _convert(element: Any, dtypes: Any) -> Any:
    if isinstance(dtypes, (tuple, list)):
        return tuple(_convert(e, d) for e, d in zip(element, dtypes, strict=True))
    if isinstance(dtypes, dict):
        return {key: _convert(element[key], d) for key, d in dtypes.items()}
    return tf.convert_to_tensor(element, dtype=dtypes) if dtypes is not None else _tensors(element)


def _stack(chunk: list[Any]) -> Any:
    first = chunk[0]
    if isinstance(first, tuple):
        return tuple(_stack([element[i] for element in chunk]) for i in range(len(first)))
    if isinstance(first, dict):
        return {key: _stack([element[key] for element in chunk]) for key in first}
    return tf.stack(chunk)


def _shuffled(elements: Iterator[Any], size: int, random: np.random.Generator) -> Iterator[Any]:
    buffer = list(itertools.islice(elements, size))
    for element in elements:
        at = int(random.integers(len(buffer)))
        yield buffer[at]
        buffer[at] = element
    for at in random.permutation(len(buffer)):
        yield buffer[int(at)]


def _fresh_seed() -> int:
    return int(tf.random.uniform([], 0, 2**31 - 1, dtype=tf.int32).numpy())
