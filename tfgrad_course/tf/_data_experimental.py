"""`tf.data.experimental`: what programs still call by these names."""

from __future__ import annotations

import enum
from typing import Any

AUTOTUNE, INFINITE_CARDINALITY, UNKNOWN_CARDINALITY = -1, -1, -2


class AutoShardPolicy(enum.IntEnum):
    """How a dataset is shared out; here there is one device to give it to."""

    OFF, AUTO, FILE, DATA, HINT = -1, 0, 1, 2, 3


def cardinality(dataset: Any) -> Any:
    """The number of elements as an int64 scalar."""
    return dataset.cardinality()


def assert_cardinality(expected_cardinality: int) -> Any:
    """A function that tells a dataset how many elements it has."""
    return lambda dataset: dataset._new(
        dataset._source, int(expected_cardinality), "AssertCardinality", lambda: dataset.element_spec
    )


def unique() -> Any:
    """Each element once."""
    return lambda dataset: dataset.unique()


def get_single_element(dataset: Any) -> Any:
    """The only element."""
    return dataset.get_single_element()


def group_by_window(*args: Any, **kwargs: Any) -> Any:
    """Elements of one key together."""
    return lambda dataset: dataset.group_by_window(*args, **kwargs)


def bucket_by_sequence_length(*args: Any, **kwargs: Any) -> Any:
    """Elements of like length in one batch."""
    return lambda dataset: dataset.bucket_by_sequence_length(*args, **kwargs)


def enumerate_dataset(start: int = 0) -> Any:
    """Pairs of number and element."""
    return lambda dataset: dataset.enumerate(start)


def ignore_errors(log_warning: bool = False) -> Any:
    """The elements that can be made."""
    return lambda dataset: dataset.ignore_errors()


def __getattr__(name: str) -> Any:
    from tfgrad_course.tf import _public

    return _public.missing("tensorflow.data.experimental", name)
