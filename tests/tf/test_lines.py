"""Expressions of whole families of operations, beside real TensorFlow: the same value, or the same error."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

pytestmark = [pytest.mark.tensorflow]
FAMILIES = sorted(path for path in (Path(__file__).parent / "lines").glob("*.txt"))


def _lines(path: Path) -> list[str]:
    return [
        line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]


class Names(dict[str, Any]):
    """What the lines may use, made when first named."""

    MADE: ClassVar[dict[str, Any]] = {
        "x": lambda tf: tf.reshape(tf.range(24.0), [2, 3, 4]), "v": lambda tf: tf.range(5),
        "m": lambda tf: tf.constant([[1.0, 2, 3], [4, 5, 6]]), "s": lambda tf: tf.constant(3.0),
        "V": lambda tf: tf.Variable([[1.0, 2, 3], [4, 5, 6]]), "st": lambda tf: tf.constant(["a", "b", "c"]),
        "B": lambda tf: tf.constant([[True, False], [True, True]]), "e": lambda tf: tf.zeros([0, 3]),
        "S": lambda tf: tf.SparseTensor([[0, 1], [1, 0], [1, 2]], [1.0, 2.0, 3.0], [2, 3]),
        "U": lambda tf: tf.SparseTensor([[1, 0], [0, 1], [1, 2]], [2.0, 1.0, 3.0], [2, 3]),
        "I": lambda tf: tf.SparseTensor([[0, 1], [1, 0]], [5, 7], [2, 3]),
        "T": lambda tf: tf.SparseTensor([[0, 0]], ["a"], [2, 3]),
        "d": lambda tf: tf.constant([[1.0, 0], [0, 2], [3, 0]]),
        "R": lambda tf: tf.ragged.constant([[1.0, 2.0], [], [3.0]]),
        "Q": lambda tf: tf.ragged.constant([[1, 2, 3], [4]]),
        "N": lambda tf: tf.ragged.constant([[[1, 2], [3]], [[4, 5, 6]]]),
        "W": lambda tf: tf.ragged.constant([["a", "b"], ["c"]]),
        "t": lambda tf: tf.constant(["Hello World", "a b  c", ""]), "u": lambda tf: tf.constant("h\u00e9llo"),
        "n": lambda tf: tf.constant(["1", "2.5", "x"]), "A": lambda tf: tf.constant([["a", "b"], ["c", "d"]]),
        "e2": lambda tf: tf.zeros([2, 0]), "G": lambda tf: lambda f, *arrays: _slopes(tf, f, arrays),
        "F": lambda tf: lambda f, *arrays: tf.function(f)(*map(tf.constant, arrays)),
    }  # fmt: skip

    def __init__(self, tf: Any) -> None:
        super().__init__(tf=tf, np=np, c=tf.constant)

    def __missing__(self, name: str) -> Any:
        self[name] = made = self.MADE[name](self["tf"])
        return made


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
        agree(lambda tf, line=line: eval(line, {"tf": tf, "np": np}, Names(tf)), words=30)
