"""What a traced function shows of itself, what leaks out of it, what it keeps: as with real TensorFlow."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import pytest

pytestmark = pytest.mark.tensorflow


def _shown(tf: Any) -> Any:
    function = tf.function(lambda x, y=2: x * y)
    function(tf.constant(1.0))
    function([1, 2], 3)
    return function.pretty_printed_concrete_signatures()


def _concrete(tf: Any) -> Any:
    double = tf.function(lambda a: a + a)
    text, number = (
        double.get_concrete_function(tf.constant("a")),
        double.get_concrete_function(tf.TensorSpec([2], tf.int32)),
    )
    return (
        str(text),
        str(text.function_type),
        str(number),
        text(tf.constant("b")),
        text(a=tf.constant("c")),
        number(a=[1, 2]),
    )


def _of_specs(tf: Any) -> Any:
    return tf.function(lambda a: a + a).get_concrete_function(tf.TensorSpec([], tf.string))(tf.constant("c"))


def _wrong_dtype(tf: Any) -> Any:
    return tf.function(lambda a: a + a).get_concrete_function(tf.constant("a"))(tf.constant(1))


def _other_constant(tf: Any) -> Any:
    power = tf.function(lambda a, b: a**b).get_concrete_function(a=tf.TensorSpec(None, tf.float32), b=2)
    assert power(tf.constant(10.0)) == 100
    return power(tf.constant(10.0), b=3)


def _open_shapes(tf: Any) -> Any:
    @tf.function(input_signature=[tf.TensorSpec([None], tf.int32)])
    def given(x: Any) -> Any:
        print("tracing", x)
        return x

    @tf.function(reduce_retracing=True)
    def widened(x: Any) -> Any:
        print("tracing", x)
        return x

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        for function in (given, widened):
            for size in (3, 5, 4):
                function(tf.range(size))
    return out.getvalue()


_leaked: Any = None


def _leak(tf: Any) -> Any:
    @tf.function
    def leaky(a: Any) -> Any:
        global _leaked
        _leaked = a + 1
        return a + 2

    global _leaked
    _leaked = None
    leaky(tf.constant(1))
    try:
        _leaked.numpy()
    except AttributeError as problem:
        return str(problem), str(_leaked), repr(_leaked)
    return None


def _leak_used(tf: Any) -> Any:
    _leak(tf)
    return tf.function(lambda b: b + _leaked)(tf.constant(2))


class _Line:
    def __init__(self) -> None:
        self.weight, self.bias = 2.0, 0.0


def _object_kept(tf: Any) -> Any:
    line, function = _Line(), tf.function(lambda model, x: model.weight * x + model.bias)
    before = function(line, tf.constant(10.0))
    line.bias += 5.0
    return before, function(line, tf.constant(10.0)), line.bias


@pytest.mark.parametrize("function", [_shown, _concrete, _of_specs, _open_shapes, _leak, _object_kept])
def test_the_same_is_shown(agree: Any, function: Any) -> None:
    agree(function)


@pytest.mark.parametrize("function", [_wrong_dtype, _other_constant, _leak_used])
def test_the_same_is_refused(agree: Any, function: Any) -> None:
    agree(function, words=0)


def _foreign(tf: Any) -> Any:
    @tf.numpy_function(Tout=[tf.float32, tf.int32])
    def step(x: Any) -> Any:
        return x * 2, (x > 1).astype("int32")

    return tf.function(lambda x: step(x))(tf.constant([1.0, 2.0]))


def _said(tf: Any) -> Any:
    """What TensorFlow says after the name of the operation."""
    t, found = tf.constant([1.0, 2.0, 3.0]), []
    for wrong in (
        lambda: tf.reshape(t, [7, -1]), lambda: tf.gather(t, [5]), lambda: tf.concat([t, tf.ones([3, 2])], 0),
        lambda: t[7],
        lambda: tf.stack([t, tf.ones(2)]), lambda: t + tf.ones(2), lambda: tf.tile(t, [1, 2]), lambda: tf.split(t, 2),
    ):  # fmt: skip
        with pytest.raises(tf.errors.InvalidArgumentError) as raised:
            wrong()
        found.append(str(raised.value).rpartition("[Op:")[2])
    return found


@pytest.mark.parametrize("function", [_foreign, _said])
def test_functions_as_decorators_and_the_ends_of_messages(agree: Any, function: Any) -> None:
    agree(function)
