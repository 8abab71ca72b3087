"""Whoever observes is told of every operation, variable, tape and conversion; nobody pays when nobody does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from tfgrad_course import tf
from tfgrad_course.tf._listening import LISTENING, OBSERVERS, Observer, observe, unobserve
from tfgrad_course.tf._tensor import tensor


class Ear(Observer):
    """Writes down all it is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[Any, ...]] = []

    def told(self, entry: Any, inputs: Any, outputs: Any, attrs: Any) -> None:
        self.heard.append(("op", entry.op, len(inputs)))

    def constant(self, tensor: Any, value: Any) -> None:
        self.heard.append(("constant", value))

    def variable(self, variable: Any, value: Any = None) -> None:
        self.heard.append(("variable", variable.dtype.name))

    def read(self, variable: Any, tensor: Any) -> None:
        self.heard.append(("read",))

    def assigned(self, variable: Any, how: str, tensor: Any) -> None:
        self.heard.append(("assigned", how))

    def tape(self, tape: Any, what: str, ref: Any = None) -> None:
        self.heard.append(("tape", what))

    def call_begins(self, tape: Any, how: str, target: Any, sources: Any) -> None:
        self.heard.append(("begins", how))

    def call_ends(self, tape: Any, how: str, result: Any, error: Any) -> Any:
        self.heard.append(("ends", how, type(error).__name__))

    def converted(self, thing: Any, how: str) -> None:
        self.heard.append(("converted", how))


@pytest.fixture
def ear() -> Iterator[Ear]:
    """One who listens during a test."""
    one = Ear()
    observe(one)
    yield one
    unobserve(one)


def test_a_run_is_told_in_order(ear: Ear) -> None:
    x = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = x * x
    float(tape.gradient(y, x))
    assert ear.heard == [
        ("variable", "float32"), ("tape", "new"), ("tape", "enter"), ("read",), ("read",), ("op", "Mul", 2),
        ("tape", "exit"), ("begins", "gradient"), ("ends", "gradient", "NoneType"), ("converted", "float"),
    ]  # fmt: skip


def test_operations_without_a_tape_and_without_a_gradient_are_told_too(ear: Ear) -> None:
    x = tf.constant([1.5, 2.5])
    tf.floor(x), x > 2.0, tf.reduce_sum(x), tf.cast(x, tf.int32), tf.stack([x, x]), tf.unstack(x)
    assert [event[1] for event in ear.heard if event[0] == "op"] == [
        "Floor", "Greater", "Sum", "Cast", "Pack", "Unpack",
    ]  # fmt: skip


def test_second_orders_are_told_between_the_calls(ear: Ear) -> None:
    x = tf.Variable(2.0)
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            y = x * x
        inner.gradient(y, x)
    del outer
    begins, ends = ear.heard.index(("begins", "gradient")), ear.heard.index(("ends", "gradient", "NoneType"))
    assert ("op", "Mul", 2) in ear.heard[begins:ends]


def test_an_observer_may_put_another_value_in_place_and_another_result() -> None:
    class Changer(Observer):
        def variable(self, variable: Any, value: Any = None) -> None:
            variable._now = tensor(np.float32(5.0), tf.float32)

        def call_ends(self, tape: Any, how: str, result: Any, error: Any) -> Any:
            return result * 2.0

    one = Changer()
    observe(one)
    try:
        x = tf.Variable(2.0)
        with tf.GradientTape() as tape:
            y = x * x
        assert tape.gradient(y, x).numpy() == 20.0
    finally:
        unobserve(one)


def test_errors_are_told_and_raised(ear: Ear) -> None:
    with tf.GradientTape() as tape:
        pass
    with pytest.raises(TypeError):
        tape.gradient(None, tf.constant(1.0))
    assert ("ends", "gradient", "TypeError") in ear.heard


def test_nobody_listens_when_nobody_observes() -> None:
    assert OBSERVERS == []
    assert LISTENING.get() is OBSERVERS
    with tf.GradientTape():
        assert len(LISTENING.get()) == 1
    assert LISTENING.get() is OBSERVERS
