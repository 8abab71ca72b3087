"""Data for training, cut into batches: arrays (also in lists and dictionaries), datasets, generators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.keras.symbols import mapped


def batches(
    x: Any,
    y: Any = None,
    weight: Any = None,
    size: int | None = None,
    shuffle: bool = False,
    steps: int | None = None,
) -> Iterator[tuple[Any, Any, Any]]:
    """Triples of inputs, targets and sample weights; what is missing is None."""
    if not _is_data(x):
        for number, batch in enumerate(x):
            if steps is not None and number >= steps:
                return
            yield unpacked(batch)
        return
    if any(_odd(part) for part in (x, y, weight)):
        raise ValueError(f"Unrecognized data type: x={x} (of type {type(x)})")
    x, y, weight = (mapped(_tensor, part) for part in (x, y, weight))
    _same_count(x=x, y=y, sample_weight=weight)
    order = np.arange(rows(x))
    if shuffle:
        order = tf.random.shuffle(tf.constant(order)).numpy()
    size = size or 32
    for number, start in enumerate(range(0, len(order), size)):
        if steps is not None and number >= steps:
            return
        chosen = order[start : start + size]
        yield _picked(x, chosen), _picked(y, chosen), _picked(weight, chosen)


def _odd(part: Any) -> bool:
    """Whether there are bare numbers in the place of arrays: Keras takes no lists of numbers."""
    if isinstance(part, (list, tuple)):
        return any(_odd(item) for item in part)
    if isinstance(part, dict):
        return any(_odd(item) for item in part.values())
    return isinstance(part, (bool, int, float, str))


def _same_count(**parts: Any) -> None:
    sizes: dict[str, list[int]] = {name: [] for name in parts}
    for name, part in parts.items():
        mapped(
            lambda leaf, name=name: (
                sizes[name].append(int(leaf.shape[0])) if leaf is not None and len(leaf.shape) else None
            ),
            part,
        )  # type: ignore[misc]
    if len({n for found in sizes.values() for n in found}) > 1:
        told = "".join(
            f"'{name}' sizes: {', '.join(map(str, found))}\n" for name, found in sizes.items() if found
        )
        raise ValueError(
            f"Data cardinality is ambiguous. Make sure all arrays contain the same number of samples.{told}"
        )


def _picked(parts: Any, chosen: Any) -> Any:
    return mapped(lambda part: None if part is None else tf.gather(part, chosen), parts)


def unpacked(batch: Any) -> tuple[Any, Any, Any]:
    """Inputs, targets and sample weights of what a dataset or a step of training was given."""
    if isinstance(batch, tuple) and len(batch) <= 3:
        x, y, weight = (*batch, None, None)[:3]
    else:
        x, y, weight = batch, None, None
    return mapped(_tensor, x), mapped(_tensor, y), mapped(_tensor, weight)


def packed(x: Any, y: Any, weight: Any) -> Any:
    """The data that `train_step` is given."""
    return (x, y, weight) if weight is not None else (x, y) if y is not None else (x,)


def split(share: float, *parts: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The first rows of all parts, and the share of last ones kept for validation."""
    count = rows(mapped(_tensor, parts[0]))
    at = int(np.floor(count * (1.0 - share)))
    first = tuple(mapped(lambda p: None if p is None else _tensor(p)[:at], part) for part in parts)
    last = tuple(mapped(lambda p: None if p is None else _tensor(p)[at:], part) for part in parts)
    return first, last


def rows(x: Any) -> int:
    """How many samples."""
    found: list[int] = []
    mapped(lambda leaf: found.append(int(leaf.shape[0]) if len(leaf.shape) else 1), x)
    return found[0]


def _is_data(x: Any) -> bool:
    return tf.is_tensor(x) or hasattr(x, "__array__") or isinstance(x, (list, tuple, dict))


def _tensor(value: Any) -> Any:
    if value is None:
        return None
    made = value if tf.is_tensor(value) else tf.convert_to_tensor(np.asarray(value))
    return tf.cast(made, "float32") if made.dtype.is_floating and made.dtype.name != "float32" else made
