"""What learners type, line by line, beside real TensorFlow: the same value, or the same error in the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytestmark = [pytest.mark.tensorflow]
LINES = [
    line for line in (Path(__file__).with_name("words.txt")).read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]  # fmt: skip
BLOCKS = [LINES[i : i + 40] for i in range(0, len(LINES), 40)]


class Scene:
    """The names the lines use, made afresh on one backend."""

    def __init__(self, tf: Any) -> None:
        self.names = {
            "tf": tf, "np": np, "i": tf.constant(3), "f": tf.constant(1.5), "d": tf.constant(1.5, tf.float64),
            "v": tf.Variable(2.0), "iv": tf.Variable(3), "b": tf.constant(True), "vec": tf.constant([1.0, 2.0, 3.0]),
            "m": tf.constant([[1.0, 2.0], [3.0, 4.0]]), "c": tf.constant(1 + 2j), "v3": tf.Variable([1.0, 2.0, 3.0]),
            "G": self.gradient, "R": self.recorded, "watched": self.watched,
        }  # fmt: skip
        self.tf, self.tape = tf, None

    def gradient(self, function: Any, **options: Any) -> Any:
        """The gradient of what `function(tape, x)` gives as target and source; x is a watched 2."""
        x = self.tf.constant(2.0)
        with self.tf.GradientTape() as self.tape:
            self.tape.watch(x)
            found = function(self.tape, x)
        return "nothing" if found is None else self.tape.gradient(*found, **options)

    def recorded(self, function: Any) -> Any:
        """What `function(tape, x)` gives inside the tape."""
        x = self.tf.constant(2.0)
        with self.tf.GradientTape() as self.tape:
            self.tape.watch(x)
            return function(self.tape, x)

    def watched(self, tensor: Any) -> Any:
        """The tensor, watched by the tape under way."""
        self.tape.watch(tensor)
        return tensor


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_each_line_gives_or_raises_the_same(agree: Any, number: int) -> None:
    """Forty lines at a time, each in a fresh scene."""
    for line in BLOCKS[number]:
        agree(lambda tf, line=line: eval(line, Scene(tf).names), words=60)
