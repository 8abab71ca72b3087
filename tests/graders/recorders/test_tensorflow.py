"""Recordings of what only real TensorFlow does; the expected numbers are derivatives worked out by hand."""

from __future__ import annotations

import pytest

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
