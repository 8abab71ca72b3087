"""Jacobians taken in one walk equal the rows that one gradient after the other gives."""

import numpy as np
import pytest

from tfgrad_course import tf

M33 = np.array([[1.0, 2.0, 1.5], [0.25, 3.0, -1.0], [2.0, 0.0, -0.5]])
COLUMN = np.array([[0.5], [-1.5], [2.0]])

# Elements that keep to themselves: even the sign of each zero is the same. `m` is the matrix below.
ALONE = {
    "sums of elements": (lambda x, m: -x * x + tf.sin(x), COLUMN),
    "a slope that is infinite": (lambda x, m: tf.math.log(x) * 2.0, np.array([0.0, 1.0, -0.0])),
    "a factor per element": (lambda x, m: x * tf.math.log(m[0] - 1.0), COLUMN[:, 0]),
    "a broadcast input": (lambda x, m: x[0] * x + x * tf.reduce_sum(x), COLUMN),
    "a maximum": (lambda x, m: tf.maximum(x, 0.5) + tf.nn.relu(x), COLUMN),
    "nothing at all": (lambda x, m: x + 0.0, COLUMN),
}
MIXED = {
    "a matrix before": (lambda x, m: tf.tanh(m @ x), COLUMN),
    "a matrix with infinity": (lambda x, m: tf.tanh(tf.math.log(m - 1.0) @ x) * 3.0, COLUMN),
    "a matrix before, turned": (lambda x, m: tf.exp(tf.matmul(m, x, transpose_a=True)), COLUMN),
    "a matrix behind": (lambda x, m: tf.sin(x @ m), COLUMN.T),
    "a matrix behind, turned": (lambda x, m: tf.matmul(x, m, transpose_b=True) ** 2, COLUMN.T),
    "the vector itself turned": (lambda x, m: tf.matmul(m, x, transpose_b=True) ** 2, COLUMN.T),
    "a square of matrices": (lambda x, m: tf.matmul(x, x) * x, M33),
    "a diagonal met by rows": (lambda x, m: x * x + m @ x, COLUMN),
    "rows met by a diagonal": (lambda x, m: m @ x + x * x, COLUMN),
    "two layers": (lambda x, m: m @ tf.tanh(-m @ x), COLUMN),
}


def by_rows(function, x):
    """The jacobian out of one gradient an element."""
    rows = []
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = function(x)
    for i in range(y.numpy().size):
        seed = np.zeros(y.numpy().size, y.numpy().dtype)
        seed[i] = 1
        rows.append(tape.gradient(y, x, output_gradients=tf.constant(seed.reshape(y.shape))).numpy())
    return np.array(rows).reshape((*y.shape, *x.shape))


@pytest.mark.parametrize("name", ALONE | MIXED)
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "complex128"])
def test_a_jacobian_is_its_rows(name, dtype):
    function, at = (ALONE | MIXED)[name]
    if dtype == "complex128" and name in ("a maximum", "a matrix with infinity", "a slope that is infinite"):
        pytest.skip("not for complex numbers")
    x, m = tf.constant(at.astype(dtype)), tf.constant(M33.astype(dtype))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = function(x, m)
    found, wanted = tape.jacobian(y, x).numpy(), by_rows(lambda x: function(x, m), x)
    assert found.dtype == wanted.dtype
    np.testing.assert_allclose(found, wanted, rtol=1e-3 if dtype == "float16" else 1e-6)
    if name in ALONE and dtype != "complex128":
        np.testing.assert_array_equal(np.signbit(found), np.signbit(wanted))


def test_zeros_beside_the_diagonal_carry_the_sign_of_the_slope_as_in_tensorflow():
    # TensorFlow 2.21 prints [[-2. -0. -0.], [-0. -2. -0.], [-0. -0. -2.]].
    x = tf.Variable(np.ones(3, "f"))
    with tf.GradientTape() as tape:
        y = -x * x
    assert str(tape.jacobian(y, x).numpy()) == "[[-2. -0. -0.]\n [-0. -2. -0.]\n [-0. -0. -2.]]"


def test_a_gradient_that_relu_stops_is_multiplied_by_nought_as_tensorflow_does():
    # TensorFlow 2.21 gives [nan, -0, nan, -4] for both.
    for activation in (tf.nn.relu, tf.nn.relu6):
        x = tf.constant([-1.0, -1.0, 0.0, 2.0])
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = activation(x)
        g = tape.gradient(y, x, output_gradients=tf.constant([np.inf, -3.0, np.nan, -4.0])).numpy()
        np.testing.assert_array_equal(g, [np.nan, -0.0, np.nan, -4.0])
        assert np.signbit(g[1])


def test_an_outer_product_has_no_negative_zeros():
    # As TensorFlow 2.21 prints it.
    made = tf.constant([[-1.0], [2.0]]) @ tf.constant([[0.0, 1.0]])
    assert str(made.numpy()) == "[[ 0. -1.]\n [ 0.  2.]]"


def many_jacobians(tf):
    """Targets and sources of all kinds: themselves, several at once, sliced, joined, cast, broadcast."""
    x, v, w = tf.constant([1.0, 2.0, 3.0]), tf.Variable([[1.0, 2.0], [3.0, 4.0]]), tf.Variable(2.0)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        targets = [
            (x, x), (v, v), (x * w, w), (tf.sin(v) * w, v), (tf.sin(v) * w, w), (v @ v, v),
            (tf.reduce_sum(v * v, 0), v),
            (tf.gather(x, [2, 0, 0]) * x, x), (tf.concat([x, x * x], 0), x), (tf.where(x > 1.5, x * x, x), x),
            (tf.stack([w, w * w]), w), (tf.nn.softmax(x), x), (tf.cast(x, tf.float64) * 2.0, x),
            (tf.reshape(x, [3, 1]) * x, x), (x[::-1] * x, x),
        ]  # fmt: skip
    found = [tf.convert_to_tensor(tape.jacobian(y, source)).numpy() for y, source in targets]
    return [*found, tape.batch_jacobian(targets[3][0], v).numpy()]


@pytest.mark.tensorflow
def test_jacobians_of_all_kinds_are_tensorflow_s_to_the_sign_of_each_zero():
    import tensorflow

    for found, wanted in zip(many_jacobians(tf), many_jacobians(tensorflow), strict=True):
        assert found.dtype == wanted.dtype
        np.testing.assert_allclose(found, wanted, rtol=1e-6, atol=1e-7)
        np.testing.assert_array_equal(np.signbit(found), np.signbit(wanted))
