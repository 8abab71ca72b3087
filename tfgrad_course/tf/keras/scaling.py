"""The optimiser that keeps small gradients of 16 bits from vanishing: the loss is scaled up, the gradients down again."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras.stepping import Optimizer


class LossScaleOptimizer(Optimizer):
    """Another optimiser, given gradients of a scaled loss; steps that overflow are left out."""

    def __init__(
        self, inner_optimizer: Any, initial_scale: float = 2.0**15, dynamic_growth_steps: int = 2000, **options: Any
    ) -> None:  # fmt: skip
        super().__init__(0.0, **options)
        self.inner_optimizer, self.initial_scale = inner_optimizer, initial_scale
        self.dynamic_growth_steps = dynamic_growth_steps
        self._scale, self._good = float(initial_scale), 0

    @property
    def dynamic_scale(self) -> Any:
        """The factor now."""
        return tf.constant(self._scale)

    def build(self, variables: Any) -> None:
        """Make the slots of the optimiser inside."""
        self.inner_optimizer.build(variables)
        self.built = True

    def scale_loss(self, loss: Any) -> Any:
        """The loss times the factor."""
        return loss * tf.cast(self._scale, loss.dtype)

    def apply(self, grads: Any, trainable_variables: Any = None) -> None:
        """Update the variables by the gradients without the factor, unless one of them is not finite."""
        plain = [None if g is None else tf.cast(g, "float32") / self._scale for g in grads]
        if all(g is None or bool(tf.reduce_all(tf.math.is_finite(g))) for g in plain):
            self.inner_optimizer.apply(plain, trainable_variables)
            self._good += 1
            if self._good % self.dynamic_growth_steps == 0:
                self._scale *= 2.0
        else:
            self._scale, self._good = self._scale / 2.0, 0

    @property
    def iterations(self) -> Any:
        """How often gradients were applied."""
        return self.inner_optimizer.iterations

    @property
    def learning_rate(self) -> Any:
        """The rate of the optimiser inside."""
        return self.inner_optimizer.learning_rate

    @learning_rate.setter
    def learning_rate(self, value: Any) -> None:
        self.inner_optimizer.learning_rate = value
