"""The tape's own rules: what it watches, when it gives None, how often it may be asked. Numbers from mathematics."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import Any

import numpy as np
import pytest

from tfgrad_course import tf


def slope(function: Any, at: Any = 2.0, **options: Any) -> Any:
    """The gradient of a function at a watched constant."""
    x = tf.constant(at)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = function(x)
    return tape.gradient(y, x, **options)


def test_the_course_s_first_question_has_slope_13() -> None:
    x = tf.Variable([-2.0], dtype=float)
    with tf.GradientTape() as tape:
        y = 3 * tf.pow(x, 3) + 5 * tf.pow(x, 2) - 3 * x + 10
    assert tape.gradient(y, x).numpy()[0] == 13.0


def test_the_course_s_second_question_rises() -> None:
    x = tf.Variable(10.0, dtype=tf.float64)
    with tf.GradientTape() as tape:
        y = tf.pow(tf.constant(3.0, tf.float64), 0.2 * x) + 5 * x**2 - tf.math.log(x) + tf.math.tanh(x)
    wanted = 3**2 * 0.2 * np.log(3) + 100 - 0.1 + 1 / np.cosh(10) ** 2
    assert float(tape.gradient(y, x)) == pytest.approx(wanted, rel=1e-12)


def test_a_constant_must_be_watched() -> None:
    x = tf.constant(3.0)
    with tf.GradientTape() as tape:
        y = x * x
    assert tape.gradient(y, x) is None


def test_what_is_computed_before_the_tape_is_not_on_it() -> None:
    x = tf.Variable(3.0)
    y = x * x
    with tf.GradientTape() as tape:
        z = 2 * y
    assert tape.gradient(z, x) is None


@pytest.mark.parametrize(
    "function",
    [tf.floor, tf.round, lambda x: tf.cast(x, tf.int32), tf.stop_gradient, lambda x: x > 1, tf.zeros_like,
     lambda x: tf.constant(x.numpy()), lambda x: tf.argmax([x, x])],
)  # fmt: skip
def test_what_breaks_the_way_gives_none(function: Any) -> None:
    assert slope(function) is None


def test_sign_gives_zero_and_not_none() -> None:
    assert slope(tf.sign).numpy() == 0.0


def test_unconnected_sources_are_none_or_zeros() -> None:
    other = tf.Variable([1.0, 2.0])
    x = tf.Variable(1.0)
    with tf.GradientTape(persistent=True) as tape:
        y = x * x
    assert tape.gradient(y, other) is None
    assert tape.gradient(y, other, unconnected_gradients="zero").numpy().tolist() == [0.0, 0.0]
    with pytest.raises(ValueError, match="Unknown value for unconnected_gradients: 'null'"):
        tape.gradient(y, other, unconnected_gradients="null")


def test_a_tape_answers_once_unless_persistent() -> None:
    x = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = x * x
    assert tape.gradient(y, x).numpy() == 4.0
    with pytest.raises(
        RuntimeError, match="A non-persistent GradientTape can only be used to compute one set of"
    ):
        tape.gradient(y, x)
    with tf.GradientTape(persistent=True) as tape:
        y = x * x
    assert [tape.gradient(y, x).numpy() for _ in range(3)] == [4.0] * 3


def test_an_active_tape_cannot_be_entered_but_a_left_one_goes_on() -> None:
    x = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = x * x
        with pytest.raises(ValueError, match="Tape is still recording"):
            tape.__enter__()
    with tape:
        z = y * 3
    assert tape.gradient(z, x).numpy() == 12.0


def test_recording_stops_and_goes_on() -> None:
    x = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = x * x
        with tape.stop_recording():
            factor = x * 5
        z = y * factor
    assert tape.gradient(z, x).numpy() == 40.0
    with pytest.raises(RuntimeError, match="Trying to stop recording a tape which is not recording"), \
            tf.GradientTape().stop_recording():  # fmt: skip
        pass


def test_reset_forgets_what_came_before() -> None:
    x = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = x * x
        tape.reset()
        z = y + 3 * x
    assert tape.gradient(z, x).numpy() == 3.0
    with pytest.raises(ValueError, match="Tape is not recording"):
        tf.GradientTape().reset()


def test_automatic_watching_can_be_turned_off() -> None:
    x, w = tf.Variable(2.0), tf.Variable(3.0)
    with tf.GradientTape(persistent=True, watch_accessed_variables=False) as tape:
        tape.watch(x)
        y = x * w
    assert tape.gradient(y, x).numpy() == 3.0
    assert tape.gradient(y, w) is None
    assert tape.watched_variables() == (x,)


def test_variables_not_trainable_are_not_watched_unless_asked() -> None:
    x = tf.Variable(2.0, trainable=False)
    with tf.GradientTape(persistent=True) as tape:
        y = x * x
        tape.watch(x)
        z = x * x
    assert tape.gradient(y, x) is None or tape.gradient(y, x).numpy() in (4.0,)
    assert tape.gradient(z, x).numpy() == 4.0


def test_values_read_before_an_assign_stay() -> None:
    x = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = x * x
        x.assign(10.0)
        z = y + x
    assert z.numpy() == 14.0
    assert tape.gradient(z, x).numpy() == 5.0


def test_sources_keep_their_structure() -> None:
    x, y = tf.Variable(2.0), tf.Variable(3.0)
    with tf.GradientTape() as tape:
        z = x * y
    found = tape.gradient(z, {"b": [x], "a": (y, x)})
    assert found["b"][0].numpy() == 3.0
    assert [g.numpy() for g in found["a"]] == [2.0, 3.0]


def test_several_targets_are_summed_and_weighed() -> None:
    assert slope(lambda x: [x * x, 3 * x]).numpy() == 7.0
    x = tf.constant([1.0, 2.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * x
    assert tape.gradient(y, x, output_gradients=tf.constant([10.0, 100.0])).numpy().tolist() == [20.0, 400.0]


@pytest.mark.parametrize("order", [2, 3, 4])
def test_tapes_nest_to_any_order(order: int) -> None:
    """The derivatives of x^5 at 2 are 5 * 4 * ... * 2^(5 - order)."""
    x = tf.Variable(2.0, dtype=tf.float64)

    def derivative(n: int) -> Any:
        if n == 0:
            return x**5
        with tf.GradientTape() as tape:
            below = derivative(n - 1)
        return tape.gradient(below, x)

    wanted = np.prod([5.0 - k for k in range(order)]) * 2.0 ** (5 - order)
    assert derivative(order).numpy() == wanted


def test_the_slope_of_an_intermediate_value() -> None:
    x = tf.constant(3.0)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = x * x
        z = y * y
    assert tape.gradient(z, y).numpy() == 18.0
    assert [g.numpy() for g in tape.gradient(z, [x, y])] == [108.0, 18.0]


def test_a_target_that_is_its_own_source_has_slope_one() -> None:
    x = tf.constant([3.0, 4.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
    assert tape.gradient(x, x).numpy().tolist() == [1.0, 1.0]


CORNERS: list[tuple[Any, float, float]] = [
    (tf.abs, 0.0, 0.0), (tf.nn.relu, 0.0, 0.0), (tf.sqrt, 0.0, np.inf), (lambda x: tf.sqrt(x) * 0.0, 0.0, 0.0),
    (lambda x: tf.maximum(x, 1.0), 1.0, 1.0), (lambda x: tf.minimum(x, 1.0), 1.0, 1.0),
    (lambda x: tf.clip_by_value(x, 0.0, 1.0), 0.0, 1.0), (lambda x: tf.clip_by_value(x, 0.0, 1.0), 1.0, 1.0),
    (lambda x: tf.norm([x]), 0.0, np.nan), (lambda x: x**2, 0.0, 0.0), (lambda x: x**0, 0.0, np.nan),
    (lambda x: tf.pow(-2.0, x), 3.0, -0.0), (lambda x: 1 / x, 0.0, -np.inf), (tf.math.log, 0.0, np.inf),
    (lambda x: tf.where(x > 0, tf.math.log(x), 0.0), 0.0, np.nan),
]  # fmt: skip


@pytest.mark.parametrize(("function", "at", "wanted"), CORNERS)
def test_slopes_at_corners_are_tensorflow_s(function: Any, at: float, wanted: float) -> None:
    """As measured on TensorFlow 2.21."""
    np.testing.assert_equal(slope(function, at).numpy(), np.float32(wanted))


def test_ties_of_reduce_max_share_and_prod_survives_zeros() -> None:
    assert slope(tf.reduce_max, [2.0, 5.0, 5.0]).numpy().tolist() == [0.0, 0.5, 0.5]
    assert slope(tf.reduce_prod, [0.0, 3.0, 4.0]).numpy().tolist() == [12.0, 0.0, 0.0]
    assert slope(tf.reduce_prod, [0.0, 0.0, 4.0]).numpy().tolist() == [0.0, 0.0, 0.0]


def test_complex_slopes_are_conjugated() -> None:
    """TensorFlow gives the conjugate of the derivative: conj(2x) for x^2."""
    assert slope(lambda x: x * x, 1 + 2j).numpy() == np.conj(2 * (1 + 2j))


def test_a_jacobian_lies_target_first() -> None:
    matrix = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    x = tf.Variable([1.0, 2.0, 3.0], dtype=tf.float64)
    with tf.GradientTape() as tape:
        y = tf.linalg.matvec(matrix, x)
    np.testing.assert_array_equal(tape.jacobian(y, x).numpy(), matrix)


def test_a_hessian_through_a_jacobian_of_a_gradient() -> None:
    """Of x0^2 x1: [[2 x1, 2 x0], [2 x0, 0]]."""
    x = tf.Variable([3.0, 5.0])
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            y = x[0] ** 2 * x[1]
        g = inner.gradient(y, x)
    assert outer.jacobian(g, x).numpy().tolist() == [[10.0, 6.0], [6.0, 0.0]]


def test_a_jacobian_under_another_tape_can_be_differentiated() -> None:
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            y = x**3
        jac = inner.jacobian(y, x)
        total = tf.reduce_sum(jac)
    assert outer.gradient(total, x).numpy().tolist() == [6.0, 12.0]


def test_batch_jacobians_need_examples_along_the_first_axis() -> None:
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = x * x
    found = tape.batch_jacobian(y, x).numpy()
    assert found.tolist() == [[[2.0, 0.0], [0.0, 4.0]], [[6.0, 0.0], [0.0, 8.0]]]
    with pytest.raises(ValueError, match="Need first dimension of target shape"):
        tape.batch_jacobian(y[:1], x)


def test_gathers_give_slices_and_anything_dense_makes_them_dense() -> None:
    table = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    with tf.GradientTape(persistent=True) as tape:
        rows = tf.gather(table, [0, 2, 0])
        mixed = tf.reduce_sum(rows) + tf.reduce_sum(table)
    found = tape.gradient(rows, table)
    assert isinstance(found, tf.IndexedSlices)
    assert found.indices.numpy().tolist() == [0, 2, 0]
    assert tf.convert_to_tensor(found).numpy().tolist() == [[2.0, 2.0], [0.0, 0.0], [1.0, 1.0]]
    assert tape.gradient(mixed, table).numpy().tolist() == [[3.0, 3.0], [1.0, 1.0], [2.0, 2.0]]


@pytest.mark.slow
def test_a_chain_of_a_hundred_thousand_operations_needs_no_recursion() -> None:
    x = tf.Variable(1.0, dtype=tf.float64)
    with tf.GradientTape() as tape:
        y = x + 0.0
        for _ in range(100_000):
            y = y + 1.0
    assert tape.gradient(y, x).numpy() == 1.0


def test_a_tape_hears_its_own_thread_only() -> None:
    x = tf.Variable(2.0)
    heard: list[Any] = []

    def elsewhere() -> None:
        with tf.GradientTape() as tape:
            y = x * x * x
        heard.append(tape.gradient(y, x).numpy())

    with tf.GradientTape(persistent=True) as tape:
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        y = x * x
    assert heard == [12.0]
    assert tape.gradient(y, x).numpy() == 4.0
    assert [record[0].numpy() for record in tape.ops] == [2.0, 4.0]  # x and its square


def test_no_warning_of_numpy_leaks_and_the_learner_s_own_stay() -> None:
    """In a process of its own: test runners reset the filters the tape sets when imported."""
    program = """
import numpy as np
from tfgrad_course import tf
tf.math.log(0.0), tf.constant(1.0) / 0.0, tf.exp(1000.0), tf.sqrt([-1.0]), tf.constant(200, tf.uint8) * 2
x = tf.Variable(0.0)
with tf.GradientTape() as tape:
    y = tf.math.log(x) / x
tape.gradient(y, x)
print("quiet so far", flush=True)
np.log(np.zeros(1))
"""
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "quiet so far\n"
    assert done.stderr.count("RuntimeWarning") == 1


def test_indices_beside_values_give_zeros_by_a_variable_too() -> None:
    """As TensorFlow 2.21: they come of an operation whose values have a slope; argmax has none."""
    x = tf.Variable([1.0, 3.0, 2.0])
    for sources in (x, [x]):
        with tf.GradientTape(persistent=True) as tape:
            indices, none = tf.math.top_k(x, 2).indices, tf.argmax(x)
        (found,) = tf.nest.flatten(tape.gradient(indices, sources))
        assert found.numpy().tolist() == [0.0, 0.0, 0.0]
        assert tf.nest.flatten(tape.gradient(none, sources)) == [None]
