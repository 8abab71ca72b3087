"""tf.function as learners see it: traced once, its tensors without values, its steps taken once."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from tfgrad_course import tf
from tfgrad_course.tf._errors import MissingFromShim


def test_variables_made_on_the_first_call_do_not_run_its_steps_twice():
    """TensorFlow traces such a function twice and executes it once: one step of descent, not two."""
    x = tf.Variable(3.0)
    made: list[tf.Variable] = []

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


def test_what_the_stand_in_lacks_is_said_as_such_inside_functions():
    @tf.function
    def f(x):
        return tf.compat.v1.Session(x)

    with pytest.raises(MissingFromShim, match="not a mistake in your program"):
        f(tf.constant(1.0))


def test_defaults_and_names_of_arguments_make_no_new_trace():
    @tf.function
    def f(x, y=2.0, *, z=3.0):
        return x * y * z

    one = tf.constant(1.0)
    assert {float(f(one)), float(f(one, 2.0)), float(f(x=one, z=3.0)), float(f(y=2.0, x=one))} == {6.0}
    assert f.experimental_get_tracing_count() == 1


def test_a_trace_for_an_open_shape_serves_all_that_fit():
    @tf.function
    def f(x):
        return tf.reduce_sum(x)

    f.get_concrete_function(tf.TensorSpec([None], tf.float32))
    assert float(f(tf.constant([1.0, 2.0]))) == 3.0
    assert float(f(tf.constant([1.0, 2.0, 3.0]))) == 6.0
    assert f.experimental_get_tracing_count() == 1


def test_what_a_graph_prints_comes_after_what_python_prints(capsys: Any) -> None:
    """The order is TensorFlow 2.21's, which traces first and runs then."""

    @tf.function
    def inner(x: Any) -> Any:
        tf.print("inner runs", output_stream=sys.stdout)
        print("inner is traced")
        return x * 2

    @tf.function
    def outer(x: Any) -> Any:
        tf.print("outer runs", x, output_stream=sys.stdout)
        if x > 0:
            return inner(x)
        else:
            tf.print("below", output_stream=sys.stdout)
            return x

    outer(tf.constant(-1.0))
    outer(tf.constant(1.0))
    assert capsys.readouterr().out.splitlines() == [
        "inner is traced", "outer runs -1", "below", "outer runs 1", "inner runs",
    ]  # fmt: skip
    outer.get_concrete_function(tf.TensorSpec([], tf.float64))
    assert capsys.readouterr().out.splitlines() == ["inner is traced"]


def test_what_was_printed_before_an_error_at_run_time_is_printed(capsys: Any) -> None:
    @tf.function
    def checked(x: Any) -> Any:
        tf.print("before", output_stream=sys.stdout)
        tf.debugging.assert_positive(x)
        return x

    for _ in range(2):
        with pytest.raises(tf.errors.InvalidArgumentError):
            checked(tf.constant(-1.0))
    assert capsys.readouterr().out.splitlines() == ["before", "before"]
