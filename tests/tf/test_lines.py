"""Expressions of whole families of operations, beside real TensorFlow: the same value, or the same error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytestmark = [pytest.mark.tensorflow]
FAMILIES = sorted(path for path in (Path(__file__).parent / "lines").glob("*.txt"))


def _lines(path: Path) -> list[str]:
    return [
        line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]


def names(tf: Any) -> dict[str, Any]:
    """What the lines may use, made afresh on one backend."""
    return {
        "tf": tf, "np": np, "c": tf.constant, "x": tf.reshape(tf.range(24.0), [2, 3, 4]), "v": tf.range(5),
        "m": tf.constant([[1.0, 2, 3], [4, 5, 6]]), "V": tf.Variable([[1.0, 2, 3], [4, 5, 6]]), "s": tf.constant(3.0),
        "st": tf.constant(["a", "b", "c"]),
        "B": tf.constant([[True, False], [True, True]]), "e": tf.zeros([0, 3]), "e2": tf.zeros([2, 0]), "G": lambda f, *arrays: _slopes(tf, f, arrays),
        "F": lambda f, *arrays: tf.function(f)(*map(tf.constant, arrays)),
    }  # fmt: skip


def _slopes(tf: Any, function: Any, arrays: Any) -> Any:
    """Gradients of the sum of what `function` gives, weighed, with respect to float arrays."""
    xs = [tf.constant(np.asarray(a, np.float32) if isinstance(a, list | float) else a) for a in arrays]
    with tf.GradientTape() as tape:
        tape.watch(xs)
        made = function(*xs)
        total = sum(
            tf.reduce_sum(part * np.cos(np.arange(int(np.prod(part.shape))) + i).reshape(tuple(part.shape)))
            for i, part in enumerate(made if isinstance(made, list | tuple) else [made])
        )
    return [None if g is None else tf.convert_to_tensor(g) for g in tape.gradient(total, xs)]


@pytest.mark.parametrize("path", FAMILIES, ids=lambda path: path.stem)
def test_each_line_gives_or_raises_the_same(agree: Any, path: Path) -> None:
    """Every line starts from fresh names, so that assignments do not reach the next one."""
    for line in _lines(path):
        agree(lambda tf, line=line: eval(line, names(tf)), words=30)
