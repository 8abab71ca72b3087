"""A gradient that the program itself states is no derivative of the tape's, unless it is for a part, or asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graders.pipeline import judge
from graders.sandbox.pool import Pool, open_pool
from graders.submission import Submission
from graders.verdict import Verdict
from tfgrad_course.course.catalogue import catalogue

ATTACKS = Path(__file__).parents[1] / "sandbox" / "attacks"
BY_HAND = (
    "cheat_custom_gradient",
    "cheat_custom_gradient_ahead",
    "cheat_custom_gradient_call",
    "cheat_custom_gradient_function",
    "cheat_custom_gradient_identity",
    "cheat_grad_pass_through",
    "cheat_taylor_second",
    "cheat_output_gradients_ratio",
)
RIGHT = tuple(path.stem for path in sorted(ATTACKS.glob("ok_*.py")))


@pytest.fixture(scope="module")
def shim() -> Iterator[Pool]:
    with open_pool("shim", own_code=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def tensorflow() -> Iterator[Pool]:
    with open_pool("tensorflow", own_code=True) as opened:
        yield opened


def judged(pool: Pool, source: str, name: str = "polynomial-slope") -> Verdict:
    exercise = catalogue()[name]
    return judge(exercise, Submission("learner", exercise.id, "s.py", source), pool)


def refused(pool: Pool, name: str) -> None:
    found = judged(pool, (ATTACKS / f"{name}.py").read_text())
    assert found.outcome == "failed" and found.probes.hidden_points == "broken", found
    missed = [check.message for check in found.checks if not check.passed]
    assert all("put in by hand" in message for message in missed), missed


@pytest.mark.parametrize("name", BY_HAND)
def test_a_slope_put_in_by_hand_is_refused_and_named(shim: Pool, name: str) -> None:
    refused(shim, name)


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", BY_HAND)
def test_a_slope_put_in_by_hand_is_refused_on_tensorflow(tensorflow: Pool, name: str) -> None:
    refused(tensorflow, name)


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_program_that_looks_alike_passes(shim: Pool, name: str) -> None:
    assert judged(shim, (ATTACKS / f"{name}.py").read_text()).outcome == "passed"


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", RIGHT)
def test_a_right_program_that_looks_alike_passes_on_tensorflow(tensorflow: Pool, name: str) -> None:
    assert judged(tensorflow, (ATTACKS / f"{name}.py").read_text()).outcome == "passed"


def test_where_the_exercise_asks_for_a_stated_gradient_it_is_right(shim: Pool) -> None:
    from graders.wording import solution

    exercise = catalogue()["stable-softplus"]
    assert judged(shim, solution(exercise), exercise.id).outcome == "passed"


def test_a_stated_gradient_of_a_whole_vector_function_is_seen_too(shim: Pool) -> None:
    source = """import tensorflow as tf
@tf.custom_gradient
def f(v):
    return tf.reduce_sum(v * v), lambda upstream: upstream * 2 * v
v = tf.Variable([1.0, 2.0, 3.0])
with tf.GradientTape() as tape:
    y = f(v)
answer = tape.gradient(y, v)
"""
    from tfgrad_course.course.load import load

    text = b"id: square\nkind: gradient\nfunction: v[0]**2 + v[1]**2 + v[2]**2\npoint: {v: [1, 2, 3]}\n"
    text += b"answer: [2, 4, 6]\n"
    exercise = load("square.yaml", text)
    found = judge(exercise, Submission("learner", exercise.id, "s.py", source), shim)
    assert found.outcome == "failed" and found.probes.hidden_points == "broken", found
