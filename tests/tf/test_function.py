"""tf.function as learners see it: traced once, its tensors without values, its steps taken once."""

from __future__ import annotations

import pytest

from tfgrad_course import tf


def test_variables_made_on_the_first_call_do_not_run_its_steps_twice():
    """TensorFlow traces such a function twice and executes it once: one step of descent, not two."""
    x = tf.Variable(3.0)
    made = []

    @tf.function
    def step():
        if not made:
            made.append(tf.Variable(0.0))
        made[0].assign_add(1.0)
        x.assign_sub(0.5)
        return x * 1.0

    assert float(step()) == 2.5
    assert float(step()) == 2.0
    assert float(made[0]) == 2.0


def test_a_gradient_inside_a_function_has_no_numpy():
    """As on TensorFlow 2.21: AttributeError, 'SymbolicTensor' object has no attribute 'numpy'."""
    x = tf.Variable(3.0)

    @tf.function
    def slope():
        with tf.GradientTape() as tape:
            y = x * x
        return tape.gradient(y, x).numpy()

    with pytest.raises(AttributeError, match="SymbolicTensor"):
        slope()
