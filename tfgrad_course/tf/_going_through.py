"""How datasets are gone through: their iterators, several taken in turn, elements of differing shapes in one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf._data_specs import mapped


class OwnedIterator:
    """The elements of a dataset, one at a time."""

    __module__ = "tensorflow.python.data.ops.iterator_ops"

    def __init__(self, elements: Iterator[Any], spec: Callable[[], Any]) -> None:
        self._elements, self._spec = elements, spec

    def __iter__(self) -> OwnedIterator:
        return self

    def __next__(self) -> Any:
        return next(self._elements)

    def get_next(self) -> Any:
        """The next element."""
        try:
            return next(self._elements)
        except StopIteration:
            raise tf.errors.OutOfRangeError(None, None, "End of sequence") from None

    @property
    def element_spec(self) -> Any:
        """Shapes and dtypes of an element."""
        return self._spec()


class NumpyIterator:
    """The elements of a dataset as NumPy values."""

    def __init__(self, elements: Any) -> None:
        self._elements = elements

    def __iter__(self) -> NumpyIterator:
        return self

    def __next__(self) -> Any:
        return mapped(_as_numpy, next(self._elements))

    def __repr__(self) -> str:
        return f"NumpyIterator(iterator={self._elements!r})"


def _as_numpy(leaf: Any) -> Any:
    return leaf.numpy() if hasattr(leaf, "numpy") else leaf


def declared(types: Any, shapes: Any) -> Any:
    """The specs of elements whose dtypes and shapes are given apart; shapes may be left out."""
    if isinstance(types, (tuple, list)):
        given = [None] * len(types) if shapes is None else shapes
        return tuple(declared(one, shape) for one, shape in zip(types, given, strict=True))
    if isinstance(types, dict):
        return {key: declared(one, None if shapes is None else shapes[key]) for key, one in types.items()}
    return tf.TensorSpec(shapes, types)


def in_turn(datasets: Iterator[Any], cycle: int, block: int) -> Iterator[Any]:
    """`block` elements of each of `cycle` datasets in turn; when one ends the turn passes on, then a new one begins."""
    slots: list[Any] = [None] * cycle
    place, taken, more = 0, 0, True
    while more or any(slot is not None for slot in slots):
        if slots[place] is None and more:
            following = next(datasets, None)
            more = following is not None
            slots[place] = None if following is None else iter(following)
            continue
        element = _END if slots[place] is None else next(slots[place], _END)
        if element is _END:
            slots[place] = None
        else:
            taken += 1
            yield element
        if element is _END or taken == block:
            place, taken = (place + 1) % cycle, 0


_END: Any = object()


def chosen(datasets: Any, numbers: Any, stops: bool) -> Iterator[Any]:
    """The next element of the dataset that each number names."""
    each = [iter(dataset) for dataset in datasets]
    for number in numbers:
        element = next(each[int(number)], _END)
        if element is not _END:
            yield element
        elif stops:
            return


def padded_stack(chunk: list[Any], shapes: Any = None, values: Any = None) -> Any:
    """Elements in one batch, each of their parts filled up by itself."""
    first = chunk[0]
    if isinstance(first, tuple):
        parts = range(len(first))
        given = shapes if isinstance(shapes, tuple) and len(shapes) == len(first) else [None] * len(first)
        fills = values if isinstance(values, tuple) else [values] * len(first)
        return tuple(padded_stack([element[i] for element in chunk], given[i], fills[i]) for i in parts)
    if isinstance(first, dict):
        pick = lambda given, key: given[key] if isinstance(given, dict) else given
        return {
            key: padded_stack([e[key] for e in chunk], pick(shapes, key), pick(values, key)) for key in first
        }
    return padded(chunk, shapes, values)


def padded(tensors: list[Any], shape: Any, value: Any) -> Any:
    """Tensors filled up to one shape, the largest where it is open, and stacked."""
    arrays = [t.numpy() for t in tensors]
    rank = np.ndim(arrays[0])
    wanted: list[Any] = (
        [None] * rank if shape is None else [None if n in (None, -1) else int(n) for n in shape]
    )
    sizes = [max(a.shape[i] for a in arrays) if wanted[i] is None else wanted[i] for i in range(rank)]
    kind: Any = object if tensors[0].dtype.name == "string" else arrays[0].dtype
    fill = (b"" if kind is object else 0) if value is None else value
    made: Any = np.full((len(arrays), *sizes), fill, dtype=kind)
    for i, array in enumerate(arrays):
        if any(n > m for n, m in zip(array.shape, sizes, strict=True)):
            raise tf.errors.DataLossError(
                None,
                None,
                f"Attempted to pad to a smaller size than the input element: {list(array.shape)} to {sizes}",
            )
        place: Any = (i, *(slice(n) for n in array.shape))
        made[place] = array
    return tf.constant(made)
