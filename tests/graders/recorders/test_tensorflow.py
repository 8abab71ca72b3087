"""Recordings of what only real TensorFlow does; the expected numbers are derivatives worked out by hand."""

from __future__ import annotations

import pytest

from graders.evidence import Value

pytestmark = pytest.mark.tensorflow

TRACED = """import tensorflow as tf
x = tf.Variable(3.0)

@tf.function
def slope(a):
    with tf.GradientTape() as tape:
        tape.watch(a)
        y = tf.round(a) * x
    return tape.gradient(y, x), y

answer, height = slope(tf.constant(2.2))
answer, height = slope(tf.constant(2.2))
"""


def test_a_gradient_inside_a_traced_function_has_values_and_leads_to_the_result(on_tensorflow):
    recording = on_tensorflow(TRACED)
    assert [call.graph for call in recording.calls] == [True, True]
    call = recording.calls[-1]
    assert call.target.value.data == (6.0,) and call.sources.value.data == (3.0,)
    assert call.result.value.data == (2.0,)
    made = {out: op for op in recording.ops for out in op.outputs}
    back = made[dict(recording.names)["answer"].id]
    while back.type == "Identity":
        back = made[back.inputs[0]]
    assert call.result.id in back.outputs and back.call == call.index
    rounding = [op for op in recording.ops if op.type == "Round"]
    assert [op.line for op in rounding] == [8, 8] and all(op.graph and op.tapes for op in rounding)
    assert [(t.name, t.line, t.count) for t in recording.traces] == [("slope", 5, 1)]


def test_a_variable_read_by_a_traced_function_is_replaced_and_marked(on_tensorflow):
    recording = on_tensorflow(TRACED, replace=(("v0", Value("float32", (), (1.5,))),), mark=2.0)
    assert recording.replaced
    assert recording.calls[-1].sources.value.data == (1.5,)
    assert recording.calls[-1].result.value.data == (4.0,)


def test_a_constant_inside_a_traced_function_is_replaced(on_tensorflow):
    source = """import tensorflow as tf
@tf.function
def slope():
    x = tf.constant(3.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * x
    return tape.gradient(y, x)
answer = slope()
"""
    first = on_tensorflow(source)
    creation = {t.id: t.creation for t in first.tensors}[first.calls[0].sources.id]
    probe = on_tensorflow(source, replace=((creation, Value("float32", (), (1.5,))),))
    assert probe.replaced and probe.calls[0].result.value.data == (3.0,)


def test_the_true_line_inside_a_traced_function(on_tensorflow):
    recording = on_tensorflow("""import tensorflow as tf
@tf.function
def made(value):
    x = tf.Variable(value)
    return x * x
first = made(3.0)
""")
    raised = recording.raised
    assert (raised.type, raised.line, raised.outer) == ("ValueError", 4, 6)
    assert "recorders" not in raised.message


def test_too_many_operations_cut_the_recording_but_not_the_answer(on_tensorflow):
    recording = on_tensorflow("""import tensorflow as tf
x = tf.Variable(0.0)
for _ in range(7000):
    x.assign_add(tf.sin(1.0) * 0.0 + 1.0)
answer = x.numpy()
""")
    assert recording.truncated and recording.complete and len(recording.ops) == 20_000
    assert dict(recording.names)["answer"].value.data == (7000.0,)


def test_operations_of_the_backward_pass_belong_to_their_call(on_tensorflow):
    recording = on_tensorflow("""import tensorflow as tf
x = tf.Variable(3.0)
with tf.GradientTape() as tape:
    y = x * x
slope = tape.gradient(y, x)
""")
    backward = [op for op in recording.ops if op.call == 0]
    assert {op.line for op in backward} == {5} and backward[-1].type == "AddN"
    assert recording.calls[0].result.id in backward[-1].outputs


def test_a_traced_function_given_another_variable_is_told_with_that_one(on_tensorflow):
    recording = on_tensorflow("""import tensorflow as tf
@tf.function
def slope(x):
    with tf.GradientTape() as tape:
        y = x * x
    return tape.gradient(y, x)
a, b = tf.Variable(1.0), tf.Variable(3.0)
first, second = slope(a), slope(b)
""")
    assert [call.sources.id for call in recording.calls] == [v.id for v in recording.variables]
    assert [call.result.value.data for call in recording.calls] == [(2.0,), (6.0,)]
