"""Recordings on TensorFlow and on the reference tape alike; the expected numbers are derivatives worked out by hand."""

from __future__ import annotations

import pytest

from graders.evidence import Value

CUBIC = """import tensorflow as tf
x = tf.Variable(-2.0)
with tf.GradientTape() as tape:
    y = 3 * x**3 + 5 * x**2 - 3 * x + 10
slope = tape.gradient(y, x)
"""


def test_the_three_steps_leave_a_call_with_its_values(recorded):
    recording = recorded(CUBIC)
    (call,) = recording.calls
    assert call.target.value.data == (12.0,)
    assert call.sources.value.data == (-2.0,)
    assert call.result.value.data == (13.0,)
    assert call.line == 5 and not call.open and recording.complete and recording.raised is None


def test_names_come_back_the_asked_one_first(recorded):
    names = dict(recorded(CUBIC + "answer = 'up'\n", names=("answer",)).names)
    assert next(iter(names)) == "answer" and names["answer"].value.data == ("up",)
    assert names["slope"].value.data == (13.0,)
    assert names["x"].kind == "variable"


def test_every_op_on_the_way_knows_its_line_and_its_tape(recorded):
    recording = recorded(CUBIC)
    forward = [op for op in recording.ops if op.call is None and op.type != "ReadVariableOp"]
    assert [op.type for op in forward] == ["Pow", "Mul", "Pow", "Mul", "AddV2", "Mul", "Sub", "AddV2"]
    assert {op.line for op in forward} == {4} and {op.tapes for op in forward} == {(0,)}


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
def test_a_source_is_replaced_and_the_mark_multiplies(recorded, name):
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


def test_marked_second_derivatives_carry_the_mark_twice(recorded):
    """(x^3)'' = 6x = 12 at 2; both calls are multiplied by 2."""
    source = """import tensorflow as tf
x = tf.Variable(2.0)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = x ** 3
    d = inner.gradient(y, x)
second = outer.gradient(d, x)
"""
    inner, outer = recorded(source, mark=2.0).calls
    assert inner.result.value.data == (24.0,)
    assert outer.result.value.data == (48.0,)
    assert inner.within == (outer.tape,) and outer.within == ()


def test_marked_jacobians_and_structures(recorded):
    source = """import tensorflow as tf
x, z = tf.Variable([1.0, 2.0]), tf.Variable(1.0)
with tf.GradientTape(persistent=True) as tape:
    y = x * x
jacobian = tape.jacobian(y, x)
both = tape.gradient(y, {"x": x, "z": z})
"""
    jacobian, both = recorded(source, mark=8.0).calls
    assert jacobian.how == "jacobian" and jacobian.result.value.data == (16.0, 0.0, 0.0, 32.0)
    assert both.result.keys == ("x", "z")
    assert both.result.items[0].value.data == (16.0, 32.0) and both.result.items[1].kind == "none"


def test_none_stays_none_and_says_why_in_the_graph(recorded):
    recording = recorded(CUBIC.replace("Variable", "constant"))
    (call,) = recording.calls
    assert call.result.kind == "none" and call.error is None
    assert not recording.tapes[0].ref and [e.what for e in recording.tapes] == ["new", "enter", "exit"]


def test_reads_assignments_and_their_order(recorded):
    recording = recorded("""import tensorflow as tf
x = tf.Variable(1.0)
x.assign_sub(0.25)
with tf.GradientTape() as tape:
    y = tf.sin(x)
    x.assign(5.0)
""")
    first, second = recording.assigns
    assert (first.how, first.value.data, first.line) == ("assign_sub", (0.75,), 3)
    assert (second.how, second.value.data, second.tapes) == ("assign", (5.0,), (0,))
    (read,) = recording.reads
    assert first.at < read.at < second.at
    assert next(op for op in recording.ops if op.type == "Sin").inputs == (read.tensor,)


def test_a_paused_tape_is_not_among_the_recording_ones(recorded):
    recording = recorded("""import tensorflow as tf
x = tf.Variable(1.0)
with tf.GradientTape() as tape:
    with tape.stop_recording():
        y = x * x
g = tape.gradient(y, x)
""")
    product = next(op for op in recording.ops if op.type == "Mul")
    assert product.tapes == () and product.paused == (0,)
    assert [e.what for e in recording.tapes] == ["new", "enter", "pause", "resume", "exit"]


def test_conversions_by_the_learner_are_noted_numpy_functions_too(recorded):
    recording = recorded("""import math
import numpy as np
import tensorflow as tf
x = tf.constant(1.0)
v = tf.Variable(1.0)
with tf.GradientTape() as tape:
    a = np.sin(x)
    b = np.exp(v)
    c = math.sin(x) + float(v)
    d = x.numpy()
    e = np.mean(x)
print(x, v)
""")
    found = [(c.how, c.line, c.tensor is None) for c in recording.conversions]
    assert found[:2] == [("array", 7, False), ("array", 8, True)]
    assert ("float", 9, False) in found and ("float", 9, True) in found and ("numpy", 10, False) in found
    assert ("array", 11, False) in found
    assert not [line for _, line, _ in found if line == 12]


@pytest.mark.parametrize(
    ("source", "kind", "line"),
    [
        ("x = 1\ny = 3x\n", "SyntaxError", 2),
        ("def f():\n    return g()\ndef g():\n    raise KeyError('a')\nf()\n", "KeyError", 4),
        ("class E(Exception):\n    def __str__(self):\n        raise SystemExit\nraise E\n", "E", 4),
        ("import sys\nsys.exit(0)\n", "SystemExit", 2),
        ("raise KeyboardInterrupt\n", "KeyboardInterrupt", 1),
        ("def f():\n    f()\nf()\n", "RecursionError", 2),
    ],
)
def test_whatever_ends_a_program_is_told_with_its_line(recorded, source, kind, line):
    recording = recorded(source)
    assert recording.complete and (recording.raised.type, recording.raised.line) == (kind, line)


def test_the_operands_of_a_failing_operation(recorded):
    recording = recorded("""import numpy as np
import tensorflow as tf
r = tf.Variable(2.0)
h = tf.constant(np.array([1.0]))
v = r * h
""")
    assert recording.raised.type == "InvalidArgumentError"
    assert [ref.value.dtype for ref in recording.raised.operands] == ["float32", "float64"]


def test_one_run_leaves_nothing_behind_for_the_next(recorded):
    recorded("""import builtins, sys, tensorflow as tf, numpy as np
builtins.print = None
sys.stdout = None
sys.modules['numpy'] = None
tf.GradientTape.gradient = lambda *a, **k: 13.0
tape = tf.GradientTape()
tape.__enter__()
tf.config.run_functions_eagerly(True)
left = 1
""")
    recording = recorded("import numpy\nprint('x')\n" + CUBIC)
    assert recording.raised is None and recording.calls[0].result.value.data == (13.0,)
    assert "left" not in dict(recording.names)
    assert {op.tapes for op in recording.ops if op.type == "Mul" and op.call is None} == {(0,)}


def test_forward_mode_leaves_a_call(recorded):
    """d(x^2 y) along (0.6, 0.8) at (3, 2) = 0.6 * 12 + 0.8 * 9 = 14.4."""
    recording = recorded("""import tensorflow as tf
x, y = tf.constant(3.0), tf.constant(2.0)
with tf.autodiff.ForwardAccumulator([x, y], [tf.constant(0.6), tf.constant(0.8)]) as acc:
    f = x**2 * y
slope = acc.jvp(f)
""")
    (call,) = recording.calls
    assert call.how == "jvp" and call.result.value.data == pytest.approx((14.4,))
    assert [item.value.data for item in call.sources.items] == [(3.0,), (2.0,)]
    assert [op.type for op in recording.ops if op.call is None] == ["Pow", "Mul"]


def test_a_tensor_of_zeros_begins_where_it_was_made(recorded):
    recording = recorded("""import tensorflow as tf
x = tf.zeros([2])
with tf.GradientTape() as tape:
    y = x * 3.0
g = tape.gradient(y, x)
""")
    source = recording.calls[0].sources
    made = next(t for t in recording.tensors if t.id == source.id)
    assert made.line == 2 and made.creation is not None


def test_a_variable_made_from_a_tensor_names_it(recorded):
    recording = recorded("""import tensorflow as tf
x = tf.Variable(3.0)
with tf.GradientTape() as tape:
    y = tf.Variable(x * x)
g = tape.gradient(y, x)
""")
    product = next(op for op in recording.ops if op.type == "Mul")
    assert recording.variables[1].initial == product.outputs[0]
    assert recording.calls[0].target.kind == "variable"


def test_errors_of_watch_and_gradient_are_noted_with_what_was_passed(recorded):
    recording = recorded("""import tensorflow as tf
x = 3.0
v = tf.Variable(1.0)
with tf.GradientTape() as tape:
    y = v * v
    try:
        tape.watch(x)
    except ValueError:
        pass
try:
    tape.gradient(y)
except TypeError:
    pass
tape.gradient(x, v)
""")
    watch = next(event for event in recording.tapes if event.what == "watch")
    assert watch.error.startswith("ValueError") and watch.ref.kind == "number"
    first, second = recording.calls
    assert first.error.startswith("TypeError") and first.sources.type_name == "missing"
    assert second.target.value.data == (3.0,) and "no attribute 'dtype'" in second.error


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


def test_a_variable_read_by_a_traced_function_is_replaced_and_marked(recorded):
    recording = recorded(TRACED, replace=(("v0", Value("float32", (), (1.5,))),), mark=2.0)
    assert recording.replaced
    assert recording.calls[-1].sources.value.data == (1.5,)
    assert recording.calls[-1].result.value.data == (4.0,)


def test_a_constant_inside_a_traced_function_is_replaced(recorded):
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
    first = recorded(source)
    creation = {t.id: t.creation for t in first.tensors}[first.calls[0].sources.id]
    probe = recorded(source, replace=((creation, Value("float32", (), (1.5,))),))
    assert probe.replaced and probe.calls[0].result.value.data == (3.0,)


def test_the_true_line_inside_a_traced_function(recorded):
    recording = recorded("""import tensorflow as tf
@tf.function
def made(value):
    x = tf.Variable(value)
    return x * x
first = made(3.0)
""")
    raised = recording.raised
    assert (raised.type, raised.line, raised.outer) == ("ValueError", 4, 6)
    assert "recorders" not in raised.message


def test_too_many_operations_cut_the_recording_but_not_the_answer(recorded):
    recording = recorded("""import tensorflow as tf
x = tf.Variable(0.0)
for _ in range(7000):
    x.assign_add(tf.sin(1.0) * 0.0 + 1.0)
answer = x.numpy()
""")
    assert recording.truncated and recording.complete and len(recording.ops) == 20_000
    assert dict(recording.names)["answer"].value.data == (7000.0,)


def test_a_traced_function_given_another_variable_is_told_with_that_one(recorded):
    recording = recorded("""import tensorflow as tf
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
