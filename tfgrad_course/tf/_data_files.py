"""Datasets of what files hold: lines, records."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf._records import records
from tfgrad_course.tf.data import Dataset


class TextLineDataset(Dataset):
    """The lines of text files."""

    def __init__(self, filenames: Any, compression_type: Any = None, buffer_size: Any = None,
                 num_parallel_reads: Any = None, name: Any = None) -> None:  # fmt: skip
        super().__init__(lambda: lines(filenames), None, "TextLine", tf.TensorSpec([], tf.string))
        self._kind = "TextLineDatasetV2"

    def __repr__(self) -> str:
        return "<TextLineDatasetV2 element_spec=TensorSpec(shape=(), dtype=tf.string, name=None)>"


class TFRecordDataset(Dataset):
    """The records of files."""

    def __init__(self, filenames: Any, compression_type: Any = None, buffer_size: Any = None,
                 num_parallel_reads: Any = None, name: Any = None) -> None:  # fmt: skip
        super().__init__(
            lambda: map(tf.constant, all_records(filenames)), None, "", tf.TensorSpec([], tf.string)
        )

    def __repr__(self) -> str:
        return "<TFRecordDatasetV2 element_spec=TensorSpec(shape=(), dtype=tf.string, name=None)>"


def all_records(filenames: Any) -> Iterator[bytes]:
    """The records of files."""
    given = filenames.numpy() if hasattr(filenames, "numpy") else filenames
    for name in given if isinstance(given, (list, tuple, np.ndarray)) else [given]:
        yield from records(name)


def lines(filenames: Any) -> Iterator[Any]:
    """The lines of text files, without their ends."""
    given = filenames.numpy() if hasattr(filenames, "numpy") else filenames
    for name in given if isinstance(given, (list, tuple, np.ndarray)) else [given]:
        with open(os.fsdecode(name), "rb") as file:
            for line in file.read().splitlines():
                yield tf.constant(line)
