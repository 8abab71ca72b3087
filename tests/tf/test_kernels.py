"""Lines about linear algebra, networks, random numbers and transforms, beside real TensorFlow: the same value or error.

`T` is tf.constant, `R(shape)` fixed numbers, `w` a weighted sum; `S`, `S2` slopes and second slopes of functions, `J` a
jacobian, `E` how far tf.test.compute_gradient's two ways are apart.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytestmark = [pytest.mark.tensorflow]
LINES = [
    pytest.param(line, id=f"{path.stem}: {line[:60]}")
    for path in sorted((Path(__file__).parent / "kernels").glob("*.txt"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def numbers(shape: Any, dtype: str = "float32", spd: bool = False) -> Any:
    """Fixed numbers between -1 and 1, or a positive definite matrix of them."""
    source = np.random.RandomState(sum(shape) * 7)
    made = source.uniform(-1, 1, shape)
    if np.dtype(dtype).kind == "c":
        made = made + 1j * source.uniform(-1, 1, shape)
    if spd:
        made = made @ np.conj(np.swapaxes(made, -1, -2)) + np.eye(shape[-1])
    return made.astype(dtype)


def weighed(tf: Any, y: Any) -> Any:
    """A sum in which no two entries count alike."""
    count = int(np.prod(y.shape))
    weights = (np.arange(count) * 0.7 + 0.3).reshape(y.shape.as_list())
    return tf.reduce_sum(y * tf.cast(tf.constant(weights), y.dtype))


def _slopes(tf: Any, function: Any, xs: Any, order: int) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(list(xs))
        found = function(*xs) if order == 1 else _slopes(tf, function, xs, order - 1)
        if isinstance(found, list):
            found = sum(weighed(tf, g) for g in found if g is not None)
        elif found.shape.rank:
            found = weighed(tf, found)
    return tape.gradient(found, list(xs))


def _jacobian(tf: Any, function: Any, x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        found = function(x)
    return tape.jacobian(found, x)


def _apart(tf: Any, function: Any, arrays: Any) -> Any:
    theirs, ours = tf.test.compute_gradient(function, list(arrays))
    return [np.shape(a) for a in theirs] + [
        np.allclose(a, b, atol=2e-2) for a, b in zip(theirs, ours, strict=True)
    ]


def _dense(tf: Any, found: Any) -> Any:
    if isinstance(found, list | tuple):
        return [_dense(tf, one) for one in found]
    return tf.convert_to_tensor(found) if isinstance(found, tf.IndexedSlices) else found


@pytest.mark.parametrize("line", LINES)
def test_a_line_gives_or_raises_the_same(agree: Any, line: str) -> None:
    """Statements before the last semicolon are run first."""

    def run(tf: Any) -> Any:
        names = {
            "tf": tf, "np": np, "T": tf.constant, "R": lambda *a, **k: tf.constant(numbers(*a, **k)), "A": numbers,
            "w": lambda y: weighed(tf, y), "S": lambda f, *xs: _slopes(tf, f, xs, 1),
            "S2": lambda f, *xs: _slopes(tf, f, xs, 2), "J": lambda f, x: _jacobian(tf, f, x),
            "E": lambda f, *arrays: _apart(tf, f, arrays),
        }  # fmt: skip
        first, _, last = line.rpartition("; ")
        exec(first, names)
        return _dense(tf, eval(last, names))

    agree(run, words=12)
