"""More of what datasets do: chosen by keys or by chance, read from files, with options, saved and loaded."""

from __future__ import annotations

import functools
import glob
import itertools
import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf._data_specs import DatasetSpec, as_tensor, given, mapped
from tfgrad_course.tf._errors import invalid
from tfgrad_course.tf._going_through import padded_stack


class Options:
    """How a dataset is to be run; here nothing of it changes anything."""

    def __init__(self) -> None:
        self.deterministic: Any = None
        self.framework_type: Any = None
        for part in ("autotune", "experimental_distribute", "experimental_optimization", "threading"):
            vars(self)[part] = _Part()

    def merge(self, other: Options) -> Options:
        """These options, with what the others say."""
        made = Options()
        vars(made).update({k: v for k, v in {**vars(self), **vars(other)}.items() if v is not None})
        return made


class _Part:
    """Some of the options."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


class Extras:
    """The rarer methods of a dataset."""

    _size: Any
    _new: Callable[..., Any]
    element_spec: Any
    if TYPE_CHECKING:

        def __iter__(self) -> Iterator[Any]: ...

    def unique(self, name: Any = None) -> Any:
        """Each element once."""

        def source() -> Iterator[Any]:
            seen = set()
            for element in self:
                key = element.numpy()
                key = key if isinstance(key, bytes) else key.item()
                if key not in seen:
                    seen.add(key)
                    yield element

        return self._new(source, None, "Unique", lambda: self.element_spec)

    def window(
        self, size: int, shift: Any = None, stride: int = 1, drop_remainder: bool = False, name: Any = None
    ) -> Any:
        """Datasets of neighbouring elements."""
        step = int(shift or size)

        def source() -> Iterator[Any]:
            elements = iter(self)
            kept: list[Any] = []
            while True:
                kept += itertools.islice(elements, size * stride - len(kept))
                part = kept[: size * stride : stride]
                if not part or (drop_remainder and len(part) < size):
                    return
                yield self._windows(part)
                if step > len(kept):
                    next(itertools.islice(elements, step - len(kept) - 1, step - len(kept)), None)
                kept = kept[step:]

        whole = self._size
        if whole is not None and whole >= 0:
            whole = max(
                0, (whole - (size - 1) * stride - 1) // step + 1 if drop_remainder else -(-whole // step)
            )
        return self._new(source, whole, "Window", lambda: mapped(DatasetSpec, self.element_spec))

    def _windows(self, part: list[Any]) -> Any:
        """For each part of the elements a dataset of its own."""

        def one(path: tuple[Any, ...], spec: Any) -> Any:
            if isinstance(spec, tuple):
                return tuple(one((*path, i), inner) for i, inner in enumerate(spec))
            if isinstance(spec, dict):
                return {key: one((*path, key), inner) for key, inner in spec.items()}
            leaves = [functools.reduce(lambda value, key: value[key], path, element) for element in part]
            return self._new(lambda: iter(leaves), len(leaves), "Variant", spec)

        return one((), self.element_spec)

    def shard(self, num_shards: int, index: int, name: Any = None) -> Any:
        """Every so manieth element."""
        if not 0 <= index < num_shards:
            raise invalid(
                "ShardDataset", f"Index must be between 0 and {num_shards - 1} (currently index = {index})."
            )
        size = (
            None
            if self._size is None
            else self._size
            if self._size < 0
            else len(range(index, self._size, num_shards))
        )
        return self._new(
            lambda: itertools.islice(iter(self), index, None, num_shards),
            size,
            "Shard",
            lambda: self.element_spec,
        )

    def take_while(self, predicate: Callable[..., Any], name: Any = None) -> Any:
        """The elements up to the first for which the predicate is false."""
        return self._new(
            lambda: itertools.takewhile(lambda e: bool(_spread(predicate, e)), iter(self)),
            None,
            "TakeWhile",
            lambda: self.element_spec,
        )

    def scan(self, initial_state: Any, scan_func: Callable[..., Any], name: Any = None) -> Any:
        """What a function with a state gives for each element."""

        def source() -> Iterator[Any]:
            state = tensors(initial_state)
            for element in self:
                state, out = scan_func(state, element)
                yield tensors(out)

        def spec() -> Any:
            step = lambda element: scan_func(tensors(initial_state), element)[1]
            return given(lambda *parts: step(parts if len(parts) > 1 else parts[0]), self.element_spec)

        return self._new(source, self._size, "Scan", spec)

    def enumerate(self, start: int = 0, name: Any = None) -> Any:
        """Pairs of number and element."""
        return self._new(
            lambda: ((tf.constant(i, dtype=tf.int64), e) for i, e in enumerate(self, start)),
            self._size,
            "Zip",
            lambda: (tf.TensorSpec([], tf.int64), self.element_spec),
        )

    def get_single_element(self, name: Any = None) -> Any:
        """The only element."""
        found = list(itertools.islice(iter(self), 2))
        if len(found) != 1:
            said = "Dataset was empty." if not found else "Dataset had more than one element."
            raise invalid("DatasetToSingleElement", said, "DatasetToSingleElement_output_types_1")
        return found[0]

    def group_by_window(
        self, key_func: Any, reduce_func: Any, window_size: Any = None, window_size_func: Any = None, name: Any = None
    ) -> Any:  # fmt: skip
        """Elements of one key together, a window at a time, made into one dataset after the other."""

        def source() -> Iterator[Any]:
            groups: dict[int, list[Any]] = {}
            for element in self:
                key = int(_spread(key_func, element))
                group = groups.setdefault(key, [])
                group.append(element)
                size = int(
                    window_size if window_size is not None else window_size_func(tf.constant(key, tf.int64))
                )
                if len(group) == size:
                    yield from self._reduced(reduce_func, key, groups.pop(key))
            for key in groups:
                yield from self._reduced(reduce_func, key, groups[key])

        return self._new(source, None, "GroupByWindow")

    def _reduced(self, reduce_func: Any, key: int, group: list[Any]) -> Any:
        part = self._new(lambda: iter(group), len(group), "Variant", lambda: self.element_spec)
        return reduce_func(tf.constant(key, tf.int64), part)

    def bucket_by_sequence_length(
        self, element_length_func: Any, bucket_boundaries: Any, bucket_batch_sizes: Any, padded_shapes: Any = None,
        padding_values: Any = None, pad_to_bucket_boundary: bool = False, no_padding: bool = False,
        drop_remainder: bool = False, name: Any = None,
    ) -> Any:  # fmt: skip
        """Elements of like length in one batch."""

        def source() -> Iterator[Any]:
            waiting: dict[int, list[Any]] = {}
            for element in self:
                length = int(_spread(element_length_func, element))
                bucket = int(np.searchsorted(bucket_boundaries, length, side="right"))
                group = waiting.setdefault(bucket, [])
                group.append(element)
                if len(group) == bucket_batch_sizes[bucket]:
                    yield padded_stack(waiting.pop(bucket), padded_shapes, padding_values)
            for bucket in [] if drop_remainder else waiting:
                yield padded_stack(waiting[bucket], padded_shapes, padding_values)

        return self._new(source, None, "GroupByWindow")

    def rejection_resample(
        self, class_func: Any, target_dist: Any, initial_dist: Any = None, seed: Any = None, name: Any = None
    ) -> Any:  # fmt: skip
        """Elements kept by chance so that their classes come as often as wanted, with their classes."""
        target = np.asarray(target_dist, "float64")

        def source() -> Iterator[Any]:
            draw = np.random.default_rng(seed)
            seen = (
                np.zeros(len(target)) if initial_dist is None else np.asarray(initial_dist, "float64") * 1e9
            )
            for element in self:
                kind = _spread(class_func, element)
                seen[int(kind)] += initial_dist is None
                share = target / np.maximum(seen / seen.sum(), 1e-12)
                if draw.random() < share[int(kind)] / share.max():
                    yield (kind, element)

        spec = lambda: (tf.TensorSpec([], tf.int32), self.element_spec)
        return self._new(source, None, "Filter", spec)

    def ragged_batch(self, batch_size: Any, drop_remainder: bool = False, name: Any = None) -> Any:
        """Runs of elements of differing shapes as ragged tensors."""

        def source() -> Iterator[Any]:
            elements = iter(self)
            while chunk := list(itertools.islice(elements, int(batch_size))):
                if len(chunk) == int(batch_size) or not drop_remainder:
                    yield mapped(lambda leaf: leaf, tf.ragged.stack(chunk))

        def spec() -> Any:
            ragged = lambda s: tf.RaggedTensorSpec(
                [None, *s.shape], s.dtype, ragged_rank=max(1, s.shape.rank)
            )
            return mapped(ragged, self.element_spec)

        return self._new(source, None, "Batch", spec)

    def with_options(self, options: Any, name: Any = None) -> Any:
        """The same elements; the options are kept."""
        made = self._new(self._source, self._size, "Options", lambda: self.element_spec)  # type: ignore[attr-defined]
        made._options = self.options().merge(options)
        return made

    def options(self) -> Options:
        """The options it was given."""
        found = vars(self).get("_options")
        return Options() if found is None else found

    def ignore_errors(self, log_warning: bool = False, name: Any = None) -> Any:
        """The elements that can be made; the others are left out."""

        def source() -> Iterator[Any]:
            elements = iter(self)
            while True:
                try:
                    yield next(elements)
                except StopIteration:
                    return
                except tf.errors.OpError:
                    continue

        return self._new(source, None, "IgnoreErrors", lambda: self.element_spec)

    def rebatch(self, batch_size: Any, drop_remainder: bool = False, name: Any = None) -> Any:
        """The same rows in batches of another size."""
        return self.unbatch().batch(batch_size, drop_remainder)  # type: ignore[attr-defined]

    def snapshot(self, path: Any, **_: Any) -> Any:
        """The same elements: nothing is written down on the way."""
        return self._new(self._source, self._size, "Snapshot", lambda: self.element_spec)  # type: ignore[attr-defined]

    def save(self, path: Any, *_: Any, **__: Any) -> None:
        """Write all elements into a folder."""
        os.makedirs(os.fspath(path), exist_ok=True)
        rows = [mapped(lambda leaf: leaf.numpy(), element) for element in self]
        with open(os.path.join(os.fspath(path), "elements.npy"), "wb") as file:
            np.save(file, np.array([*rows, None], dtype=object), allow_pickle=True)

    @classmethod
    def load(cls, path: Any, element_spec: Any = None, *_: Any, **__: Any) -> Any:
        """The elements that `save` wrote."""
        with open(os.path.join(os.fspath(path), "elements.npy"), "rb") as file:
            rows = list(np.load(file, allow_pickle=True))[:-1]
        made = [mapped(tf.constant, row) for row in rows]
        return cls._new(lambda: iter(made), len(made), "Load", element_spec)

    @classmethod
    def random(cls, seed: Any = None, rerandomize_each_iteration: Any = None, name: Any = None) -> Any:
        """Whole numbers of 32 bits drawn at random, without end."""

        def source() -> Iterator[Any]:
            draw = np.random.default_rng(seed)
            while True:
                yield tf.constant(int(draw.integers(2**32)), tf.int64)

        return cls._new(source, -1, "Random", tf.TensorSpec([], tf.int64))

    @classmethod
    def counter(cls, start: Any = 0, step: Any = 1, dtype: Any = None, name: Any = None) -> Any:
        """start, start + step, ... without end."""
        kind = dtype or tf.int64
        numbers = lambda: (tf.constant(n, dtype=kind) for n in itertools.count(start, step))
        return cls._new(numbers, -1, "Scan", tf.TensorSpec([], kind))

    @classmethod
    def sample_from_datasets(
        cls, datasets: Any, weights: Any = None, seed: Any = None, stop_on_empty_dataset: bool = False,
        rerandomize_each_iteration: Any = None,
    ) -> Any:  # fmt: skip
        """The next element of a dataset chosen by chance."""
        shares = [1.0] * len(datasets) if weights is None else [float(w) for w in np.asarray(weights)]

        def source() -> Iterator[Any]:
            draw = np.random.default_rng(seed)
            left = {i: iter(dataset) for i, dataset in enumerate(datasets) if shares[i] > 0}
            while left:
                total = np.array([shares[i] for i in left])
                at = int(draw.choice(list(left), p=total / total.sum()))
                try:
                    yield next(left[at])
                except StopIteration:
                    del left[at]
                    if stop_on_empty_dataset:
                        return

        return cls._new(source, None, "DirectedInterleave", lambda: datasets[0].element_spec)

    @classmethod
    def list_files(cls, file_pattern: Any, shuffle: Any = None, seed: Any = None, name: Any = None) -> Any:
        """The paths of files that fit a pattern."""
        given = file_pattern.numpy() if hasattr(file_pattern, "numpy") else file_pattern
        patterns = [os.fsdecode(p) for p in (given if isinstance(given, (list, tuple)) else [given])]
        found = sorted(path for pattern in patterns for path in glob.glob(pattern))
        if not found:
            raise tf.errors.InvalidArgumentError(
                None, None, f"No files matched pattern: {', '.join(patterns)}"
            )
        made = cls.from_tensor_slices(found)  # type: ignore[attr-defined]
        return made if shuffle is False else made.shuffle(len(found), seed)


def tensors(value: Any) -> Any:
    """A structure of tensors."""
    return mapped(as_tensor, value)


def _spread(function: Any, element: Any) -> Any:
    return function(*element) if isinstance(element, tuple) else function(element)
