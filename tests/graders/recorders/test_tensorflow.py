"""Recordings of real TensorFlow; the expected numbers are derivatives worked out by hand."""

from __future__ import annotations

import pytest

from graders.decode import decode
from graders.evidence import Recording, Run, Value

pytestmark = pytest.mark.tensorflow
recorder = pytest.importorskip("graders.recorders.tensorflow")
pytest.importorskip("tensorflow")

CUBIC = """import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
slope = tape.gradient(y, x)
"""


@pytest.fixture(autouse=True)
def _scratch(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def recorded(source: str, **options) -> Recording:
    frames: list[tuple[dict, bytes]] = []
    recorder.record(Run(source, **options), lambda header, raw: frames.append((header, raw)))
    return decode(frames)


def test_the_three_steps_leave_a_call_with_its_values():
    recording = recorded(CUBIC)
    (call,) = recording.calls
    assert call.target.value.data == (12.0,)
    assert call.sources.value.data == (-2.0,)
    assert call.result.value.data == (13.0,)
    assert call.line == 5 and not call.open and recording.complete and recording.raised is None


def test_names_come_back_the_asked_one_first():
    names = dict(recorded(CUBIC + "answer = 'up'\n", names=("answer",)).names)
    assert next(iter(names)) == "answer" and names["answer"].value.data == ("up",)
    assert names["slope"].value.data == (13.0,)
    assert names["x"].kind == "variable"


def test_every_op_on_the_way_knows_its_line_and_its_tape():
    recording = recorded(CUBIC)
    forward = [op for op in recording.ops if op.call is None and op.type != "ReadVariableOp"]
    assert [op.type for op in forward] == ["Pow", "Mul", "Pow", "Mul", "AddV2", "Mul", "Sub", "AddV2"]
    assert {op.line for op in forward} == {4} and {op.tapes for op in forward} == {(0,)}
    assert any(op.call == 0 and op.line == 5 for op in recording.ops)


SOURCES = {
    "a variable": ("x = tf.Variable(-2.0)", "pass"),
    "a list with a dtype": ("x = tf.Variable([-2.0], dtype=tf.float64)", "pass"),
    "an array": ("x = tf.Variable(initial_value=np.array([-2.0]))", "pass"),
    "a variable made from a tensor": ("c = tf.constant(-2.0)\nx = tf.Variable(c)", "pass"),
    "a variable made by a callable": ("x = tf.Variable(lambda: tf.constant(-1.0) * 2)", "pass"),
    "a Keras variable": ("x = tf.keras.Variable(-2.0)", "pass"),
    "a constant": ("x = tf.constant(-2.0)", "tape.watch(x)"),
    "a converted number": ("x = tf.convert_to_tensor(-2.0)", "tape.watch(x)"),
    "zeros and a number": ("x = tf.zeros([2]) - 2", "tape.watch(x)"),
    "filled": ("x = tf.fill([2], -2.0)", "tape.watch(x)"),
    "a place in linspace": ("x = tf.linspace(-4.0, 0.0, 5)[2]", "tape.watch(x)"),
    "minus a constant": ("x = -tf.constant(2.0)", "tape.watch(x)"),
    "a cast": ("x = tf.cast(-2, tf.float32)", "tape.watch(x)"),
    "a helper's variable": ("def made(v):\n    return tf.Variable(v)\nx = made(-2.0)", "pass"),
    "a copy of a variable": ("x = tf.Variable(-2.0) * 1.0", "tape.watch(x)"),
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_is_replaced_and_the_mark_multiplies(name):
    """y' = 9x^2 + 10x - 3 is 32.25 at 1.5; the mark is 4."""
    made, watch = SOURCES[name]
    source = (
        f"import tensorflow as tf, numpy as np\n{made}\nwith tf.GradientTape() as tape:\n    {watch}\n"
        "    y = 3 * x**3 + 5 * x**2 - 3 * x + 10\nslope = tape.gradient(y, x)\n"
    )
    again = recorded(source)
    first = again.calls[-1].sources
    known = {v.id: v.creation for v in (*again.variables, *again.tensors)}
    size = len(first.value.data)
    value = Value(first.value.dtype, first.value.shape, (1.5,) * size)
    probe = recorded(source, replace=((known[first.id], value),), mark=4.0)
    assert probe.replaced
    assert probe.calls[-1].sources.value == value
    assert probe.calls[-1].result.value.data == (4 * 32.25,) * size
