# expect: pass
# why: dataclasses and types
from __future__ import annotations
import dataclasses
import typing
import tensorflow as tf
@dataclasses.dataclass
class Point:
    x: tf.Variable = dataclasses.field(default_factory=lambda: tf.Variable(-2.0))
    def slope(self) -> tf.Tensor:
        with tf.GradientTape() as tape:
            y = 3 * self.x**3 + 5 * self.x**2 - 3 * self.x + 10
        return typing.cast(tf.Tensor, tape.gradient(y, self.x))
answer = Point().slope()
