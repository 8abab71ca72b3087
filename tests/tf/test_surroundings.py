"""Scopes, devices, arrays of tensors, bits and what else stands around the mathematics, against real TensorFlow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tfgrad_course import tf as shim

f = np.float32
A = np.arange(6, dtype=f).reshape(2, 3)


def _names(tf: Any) -> Any:
    with tf.name_scope("a") as one, tf.name_scope("b") as two:
        inner = tf.get_current_name_scope()
        name = tf.Variable(1.0).name
        with tf.name_scope(one):
            again = tf.Variable(1.0, name="w").name
    return one, two, inner, name, again, tf.get_current_name_scope()


def _creators(tf: Any) -> Any:
    seen = []

    def loud(following: Any, **settings: Any) -> Any:
        seen.append(settings["name"])
        return following(**settings)

    def renaming(following: Any, **settings: Any) -> Any:
        settings["name"] = "other"
        return following(**settings)

    with tf.variable_creator_scope(loud), tf.variable_creator_scope(renaming):
        v = tf.Variable(2.0, name="mine")
    return seen, v.name, v


def _written(tf: Any, *steps: Any, **settings: Any) -> Any:
    array = tf.TensorArray(tf.float32, **{"size": 3, **settings})
    result = array
    for name, *args in steps:
        result = getattr(array, name)(*args)
        if hasattr(result, "dynamic_size"):
            array = result
    return result if not hasattr(result, "dynamic_size") else array.stack()


def _scan(tf: Any, x: Any) -> Any:
    array = tf.TensorArray(tf.float32, size=0, dynamic_size=True)
    total = x[0] * 0
    for i in range(2):
        total = total * 0.5 + tf.sin(x[i])
        array = array.write(i, total)
    return array.stack()


def _step(x: Any) -> Any:
    return lambda *steps, **settings: lambda tf: _written(tf, *steps, **settings)


W = _step(None)
CASES: dict[str, Any] = {
    "names": _names,
    "name reentered": lambda tf: _entered(tf, "a/"),
    "name with a blank": lambda tf: _entered(tf, "a b"),
    "name empty": lambda tf: _entered(tf, ""),
    "name 3": lambda tf: tf.name_scope(3),
    "name None": lambda tf: tf.name_scope(None),
    "creators": _creators,
    "device": lambda tf: _on(tf, "/cpu:0"),
    "device GPU": lambda tf: _on(tf, "/GPU:0"),
    "device full": lambda tf: _on(tf, "/job:localhost/replica:0/task:0/device:CPU:0"),
    "device unknown": lambda tf: _on(tf, "blah:0"),
    "device None": lambda tf: _on(tf, None),
    "no_op": lambda tf: tf.no_op(),
    "group": lambda tf: tf.group(tf.constant(1.0), [tf.constant(2)]),
    "tuple": lambda tf: tf.tuple([tf.constant(1.0), None]),
    "static value": lambda tf: [
        tf.get_static_value(x) for x in (tf.constant([1, 2]), 3, tf.Variable(1.0), tf.constant("a"))
    ],
    "static shape": lambda tf: tf.broadcast_static_shape(tf.TensorShape([1, 2]), tf.TensorShape([3, 1])),
    "static shape misfit": lambda tf: tf.broadcast_static_shape(
        tf.TensorShape([4, 2]), tf.TensorShape([3, 1])
    ),
    "static shape unknown": lambda tf: tf.broadcast_static_shape(
        tf.TensorShape(None), tf.TensorShape([3, 1])
    ),
    "static shape half known": lambda tf: tf.broadcast_static_shape(
        tf.TensorShape([None, 2]), tf.TensorShape([3, 1])
    ),
    "static shape of lists": lambda tf: tf.broadcast_static_shape([1, 2], [3, 1]),
    "dynamic shape": lambda tf: tf.broadcast_dynamic_shape([1, 2], [3, 1]),
    "dynamic shape misfit": lambda tf: tf.broadcast_dynamic_shape([4, 2], [3, 1]),
    "dynamic shape int64": lambda tf: tf.broadcast_dynamic_shape(
        tf.constant([4, 2], tf.int64), tf.constant([1], tf.int64)
    ),
    "dynamic shape scalar": lambda tf: tf.broadcast_dynamic_shape([], [1]),
    "timestamp": lambda tf: tf.timestamp().dtype.name,
    "format": lambda tf: tf.strings.format("a {} b", tf.constant([1, 2, 3])),
    "format two": lambda tf: tf.strings.format("a {} b {}", (tf.constant([1.0, 2.5]), tf.constant("x"))),
    "format misfit": lambda tf: tf.strings.format("a {}", (1, 2)),
    "format long": lambda tf: tf.strings.format("a {}", tf.range(10)),
    "format all": lambda tf: tf.strings.format("a {}", tf.range(10), summarize=-1),
    "format matrix": lambda tf: tf.strings.format("a {}", tf.constant([[1, 2], [3, 4]])),
    "version": lambda tf: (tf.version.VERSION, tf.version.GRAPH_DEF_VERSION),
    "slices spec": lambda tf: repr(tf.IndexedSlicesSpec([2, 3], tf.float32)),
    "slices spec, nothing known": lambda tf: repr(tf.IndexedSlicesSpec()),
    "slices spec equal": lambda tf: tf.IndexedSlicesSpec([2, 3]) == tf.IndexedSlicesSpec([2, 3]),
    "eq": lambda tf: tf.__operators__.eq(tf.constant([1, 2]), 2),
    "ne": lambda tf: tf.__operators__.ne(tf.constant([1, 2]), 2),
    "newaxis": lambda tf: (tf.newaxis, tf.constant([1, 2])[:, tf.newaxis]),
    "numbers of errors": lambda tf: (tf.errors.INVALID_ARGUMENT, tf.errors.OUT_OF_RANGE, tf.errors.DATA_LOSS),
    "spec of a value": lambda tf: repr(tf.type_spec_from_value(tf.constant([1.0]))),
    "devices": lambda tf: [
        repr(d) for d in tf.config.list_physical_devices() + tf.config.list_logical_devices()
    ],
    "no GPU": lambda tf: tf.config.list_physical_devices("GPU"),
    "memory growth": lambda tf: tf.config.experimental.set_memory_growth(
        tf.config.list_physical_devices()[0], True
    ),
    "soft placement": lambda tf: tf.config.get_soft_device_placement(),
    "quantized": lambda tf: sorted(d.name for d in tf.dtypes.QUANTIZED_DTYPES if not d.name.endswith("_ref")),
    "compat": lambda tf: (
        tf.compat.as_str(b"a"),
        tf.compat.as_bytes("b"),
        tf.compat.as_text("c"),
        tf.compat.as_str_any(3),
    ),
    # Bits
    "bitcast": lambda tf: tf.bitcast(tf.constant([1.0, 2.0]), tf.int32),
    "bitcast smaller": lambda tf: tf.bitcast(tf.constant([1.0, 2.0]), tf.uint8),
    "bitcast larger": lambda tf: tf.bitcast(tf.constant([[1, 2, 3, 4]], tf.uint8), tf.float32),
    "bitcast misfit": lambda tf: tf.bitcast(tf.constant([[1, 2, 3]], tf.uint8), tf.float32),
    "bitcast scalar": lambda tf: tf.bitcast(tf.constant(1, tf.uint8), tf.float32),
    "bitcast to text": lambda tf: tf.bitcast(1.0, tf.string),
    "bitcast bool": lambda tf: tf.bitcast(True, tf.uint8),
    "bitcast complex": lambda tf: tf.bitcast(tf.constant(1 + 2j), tf.float64),
    "bitcast empty": lambda tf: tf.bitcast(tf.zeros([0], tf.float32), tf.int8),
    "bitcast half": lambda tf: tf.bitcast(tf.constant([1.0, -2.0], tf.float16), tf.bfloat16),
    "saturate": lambda tf: tf.saturate_cast([300, -5], tf.uint8),
    "saturate floats": lambda tf: tf.saturate_cast([300.5, -5.0, np.nan, np.inf], tf.uint8),
    "saturate doubles": lambda tf: tf.saturate_cast(np.array([1e40, -1e40, np.inf]), tf.float32),
    "saturate doubles to int": lambda tf: tf.saturate_cast(np.array([1e40, -1e40, np.inf]), tf.int32),
    "saturate floats to int": lambda tf: tf.saturate_cast(np.array([1e40, -1e40, 7.0], f), tf.int32),
    "saturate complex": lambda tf: tf.saturate_cast(np.array([1e40 + 1j, -1e40, np.inf]), tf.complex64),
    "saturate complex to real": lambda tf: tf.saturate_cast(np.array([300 + 1j]), tf.uint8),
    "saturate to half": lambda tf: tf.saturate_cast(np.array([1e6, -1e20], f), tf.float16),
    "saturate bool": lambda tf: tf.saturate_cast([True], tf.int32),
    "saturate int to half": lambda tf: tf.saturate_cast([2**31 - 1], tf.float16),
    "saturate int64": lambda tf: tf.saturate_cast(tf.constant([2**40, -(2**40), 5], tf.int64), tf.int32),
    "next": lambda tf: tf.math.nextafter([1.0, 2.0, 0.0, np.inf, np.nan], [2.0, 1.0, 1.0, 0.0, 1.0]),
    "next double": lambda tf: tf.math.nextafter(np.array([1.0]), 2.0),
    "next of whole numbers": lambda tf: tf.math.nextafter([1], [2]),
    "next wide": lambda tf: tf.math.nextafter([1.0, 2.0], [[1.0], [3.0]]),
    "next misfit": lambda tf: tf.math.nextafter([1.0, 2.0], [3.0, 3.0, 3.0]),
    # Arrays
    "array": W(("write", 0, 1.0), ("write", 1, 2.0), ("write", 2, 3.0)),
    "array unwritten": W(("write", 0, [1.0, 2.0])),
    "array all unwritten": W(element_shape=[2]),
    "array shapeless": W(),
    "array empty": W(size=0, element_shape=[2]),
    "array past the end": W(("write", 3, 1.0)),
    "array grows": W(("write", 4, 1.0), dynamic_size=True),
    "array negative": W(("write", -1, 1.0)),
    "array dtype": W(("write", 0, np.int32(1))),
    "array python int": W(("write", 0, 1)),
    "array shape": W(("write", 0, [1.0]), ("write", 1, [1.0, 2.0])),
    "array other shapes": W(("write", 0, [1.0]), ("write", 1, [1.0, 2.0]), ("read", 1), infer_shape=False),
    "array element shape": W(("write", 0, [1.0]), element_shape=[2]),
    "array read": W(("write", 0, [1.0]), ("read", 0)),
    "array read twice": W(("write", 0, [1.0]), ("read", 0), ("read", 0)),
    "array kept": W(("write", 0, [1.0]), ("read", 0), ("read", 0), clear_after_read=False),
    "array read unwritten": W(("write", 0, [1.0]), ("read", 1)),
    "array read past": W(("read", 5)),
    "array read negative": W(("read", -1)),
    "array unstack": W(("unstack", A[:, :]), ("read", 1)),
    "array unstack too many": W(("unstack", np.zeros((4, 2), f))),
    "array scatter": W(("scatter", [2, 0], A)),
    "array gather": W(("unstack", np.arange(3, dtype=f)), ("gather", [2, 0])),
    "array concat": W(
        ("write", 0, [1.0]), ("write", 1, [1.0, 2.0]), ("write", 2, [4.0]), ("concat",), infer_shape=False
    ),
    "array concat scalars": W(("unstack", np.arange(3, dtype=f)), ("concat",)),
    "array split": W(("split", np.arange(5, dtype=f), [1, 3, 1]), ("read", 1), infer_shape=False),
    "array split count": W(("split", np.arange(5, dtype=f), [1, 4])),
    "array split sum": W(("split", np.arange(5, dtype=f), [1, 1, 1])),
    "array split scalar": W(("split", np.float32(1), [1])),
    "array split lengths": W(("split", np.arange(5, dtype=f), 5)),
    "array size": W(("size",)),
    "array close": W(("close",)),
    "array grad": W(("grad", "x")),
    "array properties": lambda tf: _properties(tf.TensorArray(tf.float32, 2, element_shape=[None, 2])),
    "array no size": lambda tf: tf.TensorArray(tf.float32),
    "array handle": lambda tf: tf.TensorArray(tf.float32, 1, handle=3),
    "array size tensor": lambda tf: (
        tf.TensorArray(tf.int32, tf.constant(2)).write(tf.constant(1), 7).write(0, 1).stack()
    ),
    "array of variables": lambda tf: tf.TensorArray(tf.float32, 1).write(0, tf.Variable([1.0, 2.0])).stack(),
}
SLOPES: dict[str, Any] = {
    "array": (_scan, A),
    "array gather": (lambda tf, x: tf.TensorArray(tf.float32, 2).unstack(x * x).gather([1, 1]), A),
    "array concat": (lambda tf, x: tf.TensorArray(tf.float32, 2).unstack(x * x).concat(), A),
    "array split": (lambda tf, x: tf.TensorArray(tf.float32, 2).split(x * x, [1, 1]).stack(), A),
    "ensured shape": (lambda tf, x: tf.ensure_shape(x * x, [None, 3]), A),
}
ORDER = 2


def _properties(array: Any) -> Any:
    return array.dtype.name, array.element_shape, array.dynamic_size, array.handle, array.flow


def _entered(tf: Any, name: str) -> Any:
    with tf.name_scope("x"), tf.name_scope(name) as scope:
        return scope, tf.Variable(1.0).name


def _on(tf: Any, name: Any) -> Any:
    with tf.device(name):
        return (tf.constant(1.0) + 1).device


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", CASES)
def test_values_and_errors_agree(agree: Any, name: str) -> None:
    agree(CASES[name])


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", SLOPES)
def test_slopes_agree(agree: Any, name: str) -> None:
    function, *arrays = SLOPES[name]
    agree.slopes(function, arrays)


@pytest.mark.tensorflow
@pytest.mark.parametrize("kind", ["float32", "float64", "complex128"])
def test_compute_gradient_agrees(agree: Any, kind: str) -> None:
    x = np.array([[1.0, 2.0], [0.5, -1.0]]).astype(kind) * (1 + 0.5j if kind == "complex128" else 1)
    agree(lambda tf: tf.test.compute_gradient(lambda a: tf.linalg.matmul(a, a), [x]), within=2e-2)
    agree(lambda tf: tf.test.compute_gradient(lambda a: a, x))
    agree(lambda tf: tf.test.compute_gradient(lambda a, b: a * tf.sin(b), [x, x], 1e-3), within=2e-2)


def test_control_dependencies_call_what_is_callable() -> None:
    called: list[int] = []
    with shim.control_dependencies([lambda: called.append(1)]):
        pass
    assert called == [1]


def test_init_scope_is_not_recorded() -> None:
    x = shim.Variable(2.0)
    with shim.GradientTape() as tape, shim.init_scope():
        y = x * x
    assert tape.gradient(y, x) is None


def test_one_processor_can_be_seen_as_several() -> None:
    """Tests of TensorFlow divide the processor; programs then see as many, as real TensorFlow tells them."""
    (cpu,) = shim.config.list_physical_devices("CPU")
    kinds = [shim.config.LogicalDeviceConfiguration()] * 2
    shim.config.set_logical_device_configuration(cpu, kinds)
    try:
        assert [one.name for one in shim.config.list_logical_devices()] == ["/device:CPU:0", "/device:CPU:1"]
        assert shim.config.get_logical_device_configuration(cpu) == kinds
    finally:
        shim.config.set_logical_device_configuration(cpu, [])
    with pytest.raises(ValueError, match="memory limit on CPU"):
        shim.config.set_logical_device_configuration(cpu, [shim.config.LogicalDeviceConfiguration(5)])


@pytest.mark.tensorflow
def test_static_values_inside_a_function_are_those_of_constants(agree: Any) -> None:
    """What the function is given has none, nor what is computed of it by more than a look at its shape."""

    def asked(tf: Any) -> Any:
        found: list[Any] = []

        @tf.function(input_signature=[tf.TensorSpec([2], tf.float32)])
        def traced(x: Any) -> Any:
            found.clear()
            for one in (
                x,
                tf.constant([1, 2]),
                tf.shape(x),
                tf.rank(x),
                tf.range(3),
                tf.reshape(x, [2, 1]),
                x + 1.0,
            ):
                found.append(tf.get_static_value(one))
            return x

        traced(tf.zeros([2]))
        return found

    agree(asked)
