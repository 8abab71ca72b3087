"""Random operations inside a tf.function: TensorFlow's own numbers, run after run."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.tensorflow]
DRAWS = {
    "normal": lambda tf, **seed: tf.random.normal([3], **seed),
    "uniform": lambda tf, **seed: tf.random.uniform([3], **seed),
    "integers": lambda tf, **seed: tf.random.uniform([3], 0, 1000, tf.int32, **seed),
    "truncated": lambda tf, **seed: tf.random.truncated_normal([3], **seed),
}


@pytest.mark.parametrize("seed", [{}, {"seed": 1}], ids=["unseeded", "seeded"])
@pytest.mark.parametrize("name", DRAWS)
def test_each_operation_of_a_graph_goes_on_by_itself(agree: Any, name: str, seed: Any) -> None:
    """Two operations in one function called twice, then a second function, then outside."""

    def program(tf: Any) -> Any:
        tf.random.set_seed(3)

        @tf.function
        def two() -> Any:
            return DRAWS[name](tf, **seed), DRAWS[name](tf, **seed)

        @tf.function
        def other() -> Any:
            return DRAWS[name](tf, **seed)

        return [*two(), *two(), other(), other(), DRAWS[name](tf, **seed)]

    agree(program)


def test_setting_the_seed_starts_functions_anew(agree: Any) -> None:
    """But a graph keeps the seed it was traced with."""

    def program(tf: Any) -> Any:
        tf.random.set_seed(3)
        draw = tf.function(lambda: tf.random.normal([2]))
        first = [draw(), draw()]
        tf.random.set_seed(3)
        again = [draw(), draw()]
        tf.random.set_seed(4)
        return [*first, *again, draw()]

    agree(program)


@pytest.mark.parametrize("alg", ["philox", "threefry", "foo", 7])
def test_stateless_functions_look_at_the_algorithm(agree: Any, alg: Any) -> None:
    """Only Philox runs without an accelerator."""
    agree(lambda tf: tf.random.stateless_normal([3], [1, 2], alg=alg), words=30)


@pytest.mark.parametrize(
    "draw",
    [
        lambda tf: tf.random.stateless_poisson([5], [1, 2], [1.5, 2.0]),
        lambda tf: tf.random.stateless_binomial([5], [1, 2], [10.0], [0.5]),
        lambda tf: tf.random.gamma([-1], 1.0),
        lambda tf: tf.random.gamma(5, 1.0),
        lambda tf: tf.random.poisson(5, 1.0),
        lambda tf: tf.random.categorical([[1.0, 2.0]], 3.5),
        lambda tf: tf.random.Generator.from_seed(1).uniform([2], 2, 9, tf.uint8),
        lambda tf: tf.random.stateless_parameterized_truncated_normal([5], [1, 2], 0.0, 1.0, -1.0, 1.0).shape,
    ],
)
def test_shapes_and_dtypes_are_refused_alike(agree: Any, draw: Any) -> None:
    """What cannot be drawn."""
    agree(draw, words=20)


@pytest.mark.parametrize("alpha", [0.5, 1.5, 4.0])
def test_gamma_numbers_have_a_slope_in_their_shape(alpha: float) -> None:
    """The mean is the shape, so the mean slope is 1 (a law of expectation, not of TensorFlow)."""
    from tfgrad_course import tf

    shape = tf.constant(alpha, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(shape)
        mean = tf.reduce_mean(tf.random.gamma([20000], shape, dtype=tf.float64, seed=3))
    assert abs(float(tape.gradient(mean, shape)) - 1) < 0.06


@pytest.mark.parametrize(
    "draw",
    [
        lambda tf, x: tf.random.gamma([3], x, seed=1),
        lambda tf, x: tf.random.gamma([3], 1.5, x, seed=1),
        lambda tf, x: tf.random.stateless_gamma([3], [1, 2], x),
        lambda tf, x: tf.random.poisson([3], x, seed=1),
        lambda tf, x: tf.random.stateless_poisson([3], [1, 2], x, tf.float32),
        lambda tf, x: tf.random.normal([3], x, seed=1),
        lambda tf, x: tf.random.truncated_normal([3], 0.0, x, seed=1),
    ],
)
def test_gradients_reach_the_same_parameters(agree: Any, draw: Any) -> None:
    """There is a slope, none, or a refusal."""

    def run(tf: Any) -> Any:
        x = tf.constant(2.0)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = draw(tf, x)
        return tape.gradient(y, x) is not None

    agree(run, words=20)
