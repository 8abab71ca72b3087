"""`tf.data` in plain Python: a dataset is a function that gives a fresh iterator of structures of tensors."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf._data_more import Extras, Options
from tfgrad_course.tf._data_specs import (
    as_tensor,
    batched_spec,
    called,
    given,
    padded_spec,
    row_spec,
    spec_of,
    traced,
)
from tfgrad_course.tf._data_specs import mapped as _map
from tfgrad_course.tf._errors import invalid
from tfgrad_course.tf._going_through import (
    NumpyIterator,
    OwnedIterator,
    chosen,
    declared,
    in_turn,
    padded_stack,
)

__all__ = ["Dataset", "NumpyIterator", "Options"]
AUTOTUNE = -1
INFINITE_CARDINALITY = -1
UNKNOWN_CARDINALITY = -2


class Dataset(Extras):
    """Elements one after another; each method gives a new dataset."""

    def __init__(
        self, source: Callable[[], Iterator[Any]], size: int | None = None, kind: str = "", spec: Any = None
    ) -> None:
        self._source, self._size, self._kind, self._spec = source, size, kind, spec

    @staticmethod
    def _new(source: Any, size: Any = None, kind: str = "", spec: Any = None) -> Dataset:
        return Dataset(source, size, kind, spec)

    @staticmethod
    def from_tensor_slices(tensors: Any, name: Any = None) -> Dataset:
        """Slices along the first axis of every tensor in the structure."""
        whole = _map(_tensor, tensors)
        parts = _flat(whole)
        if not parts or any(len(part.shape) == 0 for part in parts):
            raise ValueError("Unbatching a tensor is only supported for rank >= 1")
        sizes = {int(part.shape[0]) for part in parts}
        if len(sizes) > 1:
            lengths = [int(part.shape[0]) for part in parts]
            found = f"{lengths[0]} and {next(n for n in lengths if n != lengths[0])}"
            raise ValueError(f"Dimensions {found} are not compatible")
        size = sizes.pop()
        row = lambda i: _map(lambda part: part[i], whole)
        spec = _map(row_spec, whole)
        return Dataset(lambda: (row(i) for i in range(size)), size, "TensorSlice", spec)

    @staticmethod
    def from_tensors(tensors: Any, name: Any = None) -> Dataset:
        """One element: the whole structure."""
        whole = _map(_tensor, tensors)
        return Dataset(lambda: iter([whole]), 1, "Tensor", _map(spec_of, whole))

    @staticmethod
    def from_generator(generator: Callable[..., Iterable[Any]], output_types: Any = None, output_shapes: Any = None,
                       args: Any = None, output_signature: Any = None, name: Any = None) -> Dataset:  # fmt: skip
        """Elements of a Python generator, converted to the dtypes asked for."""
        given = output_signature is not None
        dtypes = _map(lambda spec: spec.dtype, output_signature) if given else output_types

        def source() -> Iterator[Any]:
            for element in generator(*(args or ())):
                yield _convert(element, dtypes)

        spec = output_signature if given or output_types is None else declared(output_types, output_shapes)
        return Dataset(source, None, "FlatMap", spec)

    @staticmethod
    def range(*args: Any, output_type: Any = None, name: Any = None) -> Dataset:
        """Whole numbers as int64 scalars."""
        if not 1 <= len(args) <= 3:
            raise ValueError(
                f"Invalid `args`. The length of `args` should be between 1 and 3 but was {len(args)}."
            )
        numbers, dtype = range(*(int(a) for a in args)), output_type or tf.int64
        spec = tf.TensorSpec([], dtype)
        return Dataset(lambda: (tf.constant(n, dtype=dtype) for n in numbers), len(numbers), "Range", spec)

    @staticmethod
    def zip(*datasets: Any, datasets_: Any = None, name: Any = None) -> Dataset:
        """Elements of several datasets side by side."""
        given = datasets[0] if len(datasets) == 1 and isinstance(datasets[0], (tuple, list)) else datasets
        sizes = [d._size for d in given]
        size = None if any(s is None for s in sizes) else min(sizes)
        if sizes and all(s == INFINITE_CARDINALITY for s in sizes):
            size = INFINITE_CARDINALITY
        elif size == INFINITE_CARDINALITY:
            size = min(s for s in sizes if s != INFINITE_CARDINALITY)
        spec = lambda: tuple(d.element_spec for d in given)
        return Dataset(lambda: (tuple(items) for items in zip(*given, strict=False)), size, "Zip", spec)

    def __iter__(self) -> Any:
        return OwnedIterator(self._source(), lambda: self.element_spec)

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
        step = map_func if self._elements_unlike else traced(map_func, self.element_spec)
        kind = "Map" if num_parallel_calls is None else "ParallelMap"
        return Dataset(lambda: (called(step, e) for e in self), self._size, kind, self._given(map_func))

    @property
    def _elements_unlike(self) -> bool:
        """Whether what elements are like is known by looking at one only: then nothing is traced beforehand."""
        return self._spec is None

    def _given(self, function: Any) -> Any:
        """What a function of the elements gives, found out when asked for."""
        known: list[Any] = []

        def spec() -> Any:
            if not known:
                try:
                    known.append(given(function, self.element_spec))
                except Exception:  # it cannot be tried on made-up elements: the first element tells
                    known.append(_map(spec_of, called(function, next(iter(self)))))
            return known[0]

        return spec

    def filter(self, predicate: Callable[..., Any], name: Any = None) -> Dataset:
        """The elements for which the predicate is true."""
        keep = lambda e: bool(_call(predicate, e))
        return Dataset(lambda: (e for e in self if keep(e)), None, "Filter", lambda: self.element_spec)

    def batch(self, batch_size: int, drop_remainder: bool = False, num_parallel_calls: Any = None,
              deterministic: Any = None, name: Any = None) -> Dataset:  # fmt: skip
        """Runs of elements stacked along a new first axis."""
        count = int(batch_size)
        if count <= 0:
            raise invalid("BatchDatasetV2", "Batch size must be greater than zero.")

        def source() -> Iterator[Any]:
            elements = iter(self)
            while chunk := list(itertools.islice(elements, count)):
                if len(chunk) == count or not drop_remainder:
                    yield _stack(chunk)

        size = self._size
        if size is not None and size >= 0:
            size = size // count if drop_remainder else -(-size // count)
        lead = count if drop_remainder else None
        spec = lambda: _map(lambda s: batched_spec(s, lead), self.element_spec)
        return Dataset(source, size, "Batch" if num_parallel_calls is None else "ParallelBatch", spec)

    def unbatch(self, name: Any = None) -> Dataset:
        """Slices of each element along its first axis."""
        spec = lambda: _map(lambda s: tf.TensorSpec(s.shape[1:], s.dtype), self.element_spec)
        return Dataset(
            lambda: (item for e in self for item in Dataset.from_tensor_slices(e)), None, "Unbatch", spec
        )

    def shuffle(
        self, buffer_size: int, seed: Any = None, reshuffle_each_iteration: Any = True, name: Any = None
    ) -> Dataset:
        """Elements drawn at random from a buffer."""
        kept = np.random.default_rng(seed) if seed is not None and reshuffle_each_iteration else None

        def source() -> Iterator[Any]:
            random = kept or np.random.default_rng(seed if seed is not None else _fresh_seed())
            return _shuffled(iter(self), int(buffer_size), random)

        return Dataset(source, self._size, "Shuffle", lambda: self.element_spec)

    def repeat(self, count: Any = None, name: Any = None) -> Dataset:
        """The elements over and over (for ever without a count)."""
        endless = count is None or int(count) < 0

        def source() -> Iterator[Any]:
            for _ in itertools.count() if endless else range(int(count)):
                yield from self

        size = INFINITE_CARDINALITY if endless else None if self._size is None else self._size * int(count)
        return Dataset(source, size, "Repeat", lambda: self.element_spec)

    def take(self, count: Any, name: Any = None) -> Dataset:
        """The first elements."""
        limit = int(count)
        if limit < 0:
            return self
        size = None if self._size is None else limit if self._size < 0 else min(self._size, limit)
        return Dataset(lambda: itertools.islice(iter(self), limit), size, "Take", lambda: self.element_spec)

    def skip(self, count: Any, name: Any = None) -> Dataset:
        """All but the first elements."""
        size = (
            None if self._size is None else self._size if self._size < 0 else max(self._size - int(count), 0)
        )
        return Dataset(
            lambda: itertools.islice(iter(self), int(count), None), size, "Skip", lambda: self.element_spec
        )

    def concatenate(self, dataset: Dataset, name: Any = None) -> Dataset:
        """The elements of this dataset, then of another."""
        sizes = (self._size, dataset._size)
        size = None if None in sizes else -1 if -1 in sizes else sizes[0] + sizes[1]  # type: ignore[operator]
        return Dataset(
            lambda: itertools.chain(iter(self), iter(dataset)), size, "Concatenate", lambda: self.element_spec
        )

    def flat_map(self, map_func: Callable[..., Any], name: Any = None) -> Dataset:
        """The elements of the datasets that a function gives."""
        found = lambda: (item for e in self for item in _call(map_func, e))
        return Dataset(found, None, "FlatMap", self._inside(map_func))

    def _inside(self, function: Any) -> Any:
        """What the elements of the datasets are like that a function gives."""
        spec = self._given(function)
        return lambda: spec().element_spec

    def interleave(
        self, map_func: Callable[..., Any], cycle_length: Any = None, block_length: int = 1, num_parallel_calls: Any = None,
        deterministic: Any = None, name: Any = None,
    ) -> Dataset:  # fmt: skip
        """The elements of the datasets that a function gives, of several in turn."""
        cycle = 10 if cycle_length in (None, AUTOTUNE) else int(cycle_length)
        found = lambda: in_turn((_call(map_func, e) for e in self), cycle, int(block_length))
        kind = "Interleave" if num_parallel_calls is None else "ParallelInterleave"
        return Dataset(found, None, kind, self._inside(map_func))

    def padded_batch(self, batch_size: int, padded_shapes: Any = None, padding_values: Any = None,
                     drop_remainder: bool = False, name: Any = None) -> Dataset:  # fmt: skip
        """Runs of elements filled up to one shape and stacked."""

        def source() -> Iterator[Any]:
            elements = iter(self)
            while chunk := list(itertools.islice(elements, int(batch_size))):
                if len(chunk) == int(batch_size) or not drop_remainder:
                    yield padded_stack(chunk, padded_shapes, padding_values)

        size = self._size
        if size is not None and size >= 0:
            size = size // int(batch_size) if drop_remainder else -(-size // int(batch_size))
        lead = int(batch_size) if drop_remainder else None
        spec = lambda: padded_spec(self.element_spec, padded_shapes, lead)
        return Dataset(source, size, "PaddedBatch", spec)

    @staticmethod
    def choose_from_datasets(
        datasets: Any, choice_dataset: Dataset, stop_on_empty_dataset: bool = True
    ) -> Dataset:
        """The next element of the dataset that each number names."""
        found = lambda: chosen(datasets, choice_dataset, stop_on_empty_dataset)
        return Dataset(found, None, "DirectedInterleave", lambda: datasets[0].element_spec)

    def reduce(self, initial_state: Any, reduce_func: Callable[..., Any], name: Any = None) -> Any:
        """A running result over all elements."""
        state = _tensors(initial_state)
        for element in self:
            state = _tensors(reduce_func(state, element))
        return state

    def prefetch(self, buffer_size: Any, name: Any = None) -> Dataset:
        """The same elements: there is nothing to overlap here."""
        return Dataset(self._source, self._size, "Prefetch", lambda: self.element_spec)

    def apply(self, transformation_func: Callable[[Dataset], Any], name: Any = None) -> Any:
        """What a function makes of the dataset."""
        return transformation_func(self)

    def cache(self, filename: str = "", name: Any = None) -> Dataset:
        """The elements kept after the first pass."""
        kept: list[Any] = []

        def source() -> Iterator[Any]:
            if not kept:
                kept.extend(self)
            return iter(kept)

        return Dataset(source, self._size, "Cache", lambda: self.element_spec)

    def as_numpy_iterator(self) -> Iterator[Any]:
        """Elements as NumPy values."""
        return NumpyIterator(iter(self))

    @property
    def element_spec(self) -> Any:
        """Shapes and dtypes of an element."""
        if self._spec is not None:
            return self._spec() if callable(self._spec) else self._spec
        return _map(spec_of, next(iter(self)))

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        start = "" if self._kind in ("Cache", "TextLine") else "_"
        return f"<{start}{self._kind}Dataset element_spec={self.element_spec!r}>"


def _flat(value: Any) -> list[Any]:
    found: list[Any] = []
    _map(found.append, value)
    return found


def _tensor(value: Any) -> Any:
    return as_tensor(value)


def _tensors(value: Any) -> Any:
    return _map(_tensor, value)


def _call(function: Callable[..., Any], element: Any) -> Any:
    return function(*element) if type(element) is tuple else function(element)


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


def __getattr__(name: str) -> Any:
    if name == "experimental":
        from tfgrad_course.tf import _data_experimental

        return _data_experimental
    if name in ("TextLineDataset", "TFRecordDataset"):
        from tfgrad_course.tf import _data_files

        return getattr(_data_files, name)
    from tfgrad_course.tf import _public

    return _public.missing("tensorflow.data", name)
