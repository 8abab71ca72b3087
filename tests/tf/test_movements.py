"""What moves elements without computing does so for every dtype, or refuses it, as real TensorFlow does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytestmark = [pytest.mark.tensorflow]
LINES = [
    line for line in Path(__file__).with_name("movements.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]  # fmt: skip
DTYPES = [
    *("float16", "bfloat16", "float32", "float64", "complex64", "complex128", "bool", "string"),
    *("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
]

QUANTISED = [
    *("tf.gather(a, [1, 0])", "a[:, 1]", "tf.reshape(a, [3, 2])", "tf.identity(a)", "tf.squeeze(a[None])"),
    *("tf.pad(a, [[1, 0], [0, 1]])", "tf.gather_nd(a, [[0, 1]])", "tf.concat([a, a], 0)"),
]


def _grid(tf: Any, dtype: str) -> Any:
    numbers = np.arange(6).reshape(2, 3)
    if dtype == "string":
        return tf.constant(np.array([str(n).encode() for n in range(6)], object).reshape(2, 3))
    if dtype == "bool":
        return tf.constant(numbers % 2 == 0)
    return tf.cast(tf.constant(numbers.astype(np.float32)), dtype)


@pytest.mark.parametrize("dtype", DTYPES)
def test_elements_move_alike(agree: Any, dtype: str) -> None:
    """One dtype, all movements; of errors the class."""
    for line in LINES:
        agree(lambda tf, line=line: eval(line, {"tf": tf, "np": np, "a": _grid(tf, dtype)}), words=0)


@pytest.mark.parametrize("dtype", ["qint8", "quint8", "qint32"])
def test_quantised_numbers_move_too(agree: Any, dtype: str) -> None:
    """What TensorFlow's kernels do for quantised dtypes."""
    plain = {"qint8": np.int8, "quint8": np.uint8, "qint32": np.int32}[dtype]
    for line in QUANTISED:
        agree(
            lambda tf, line=line: tf.bitcast(
                eval(line, {"tf": tf, "a": tf.bitcast(np.arange(6, dtype=plain).reshape(2, 3), dtype)}), plain
            )
        )
