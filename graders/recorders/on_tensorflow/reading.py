"""Reads TensorFlow's tensors and variables without being recorded by anybody: by exact type, with saved methods."""

from __future__ import annotations

import ctypes
from contextlib import suppress
from typing import Any

import numpy as np
from tensorflow.python.eager import context
from tensorflow.python.eager import record as tape_record
from tensorflow.python.framework import constant_op, dtypes, indexed_slices, ops
from tensorflow.python.ops import gen_resource_variable_ops, resource_variable_ops

from graders.evidence import Ref, Value
from graders.recorders.values import LARGE, SMALL, array_value, type_name

_type = type
EAGER: Any = _type(constant_op.constant(0.0))
SYMBOLIC: Any = ops.SymbolicTensor
SLICES: Any = indexed_slices.IndexedSlices
_BASE = resource_variable_ops.BaseResourceVariable
_raw = EAGER._numpy
_make = constant_op._constant_eager_impl
DTYPES: dict[int, str] = {d.as_datatype_enum: d.name for d in dtypes._STRING_TO_TF.values()}
_UNREAD = frozenset({"resource", "variant"})
_FLOATING = frozenset({"float16", "bfloat16", "float32", "float64", "complex64", "complex128"})


def keras_variable_types() -> tuple[type, ...]:
    """The classes of Keras variables (only loaded when Keras is)."""
    with suppress(Exception):
        from keras.src import backend
        from keras.src.backend.tensorflow import core

        return (backend.Variable, core.Variable)
    return ()


def dtype_name(tensor: Any) -> str:
    """The dtype of an eager tensor as a word."""
    enum = tensor._datatype_enum()
    return DTYPES.get(enum) or str(tensor.dtype.name)


def is_floating(dtype: str) -> bool:
    """Whether a gradient can exist for this dtype."""
    return dtype in _FLOATING


def tensor_value(tensor: Any, dtype: str, most: int = SMALL) -> Value | None:
    """The numbers in an eager tensor, when there are not too many."""
    size = 1
    for length in tensor._shape_tuple():
        size *= length
    if size > most or dtype in _UNREAD:
        return None
    found = _raw(tensor)
    if dtype == "string":
        array = np.asarray(found, dtype=object)
        text = tuple(str(item, "utf-8", "replace")[:1000] for item in array.ravel().tolist())
        return Value(dtype, tuple(array.shape), text)
    return array_value(np.asarray(found), most, dtype)


def is_variable(thing: Any) -> bool:
    """Whether a thing is really one of TensorFlow's variables."""
    return issubclass(_type(thing), _BASE)


class Reader:
    """Knows the classes of this installation and reads values with all recording off."""

    def __init__(self) -> None:
        self._keras = keras_variable_types()
        self.busy = False

    def inner(self, thing: Any) -> Any:
        """The TensorFlow variable behind a thing; None if there is none."""
        if issubclass(_type(thing), _BASE):
            return thing
        if self._keras and issubclass(_type(thing), self._keras):
            inner = thing.__dict__.get("_value")
            return inner if issubclass(_type(inner), _BASE) else None
        return None

    def is_ours(self, thing: Any) -> bool:
        """Whether a thing is a tensor or a variable."""
        return _type(thing) in (EAGER, SYMBOLIC, SLICES) or self.inner(thing) is not None

    def variable_value(self, variable: Any, most: int = SMALL) -> Value | None:
        """What a variable holds at this moment; None while it holds nothing yet."""
        before, self.busy = self.busy, True
        try:
            with ops.init_scope(), tape_record.stop_recording():
                tensor = gen_resource_variable_ops.read_variable_op(variable._handle, variable._dtype)
                return tensor_value(tensor, dtype_name(tensor), most) if _type(tensor) is EAGER else None
        except Exception:
            return None
        finally:
            self.busy = before

    def ref(self, thing: Any) -> Ref | None:
        """A tensor or variable as a ref; None for anything else."""
        kind = _type(thing)
        if kind is EAGER:
            return Ref("tensor", type_name(thing), thing._id, tensor_value(thing, dtype_name(thing), LARGE))
        if kind is SYMBOLIC:
            return Ref("tensor", type_name(thing), thing._id)
        if kind is SLICES:
            return self._slices(thing)
        variable = self.inner(thing)
        if variable is not None:
            return Ref(
                "variable", type_name(thing), variable._handle._id, self.variable_value(variable, LARGE)
            )
        return None

    def _slices(self, thing: Any) -> Ref:
        """Rows of a gradient (of `tf.gather`): the whole array, as the learner would see it converted."""
        values, indices, shape = thing.values, thing.indices, thing.dense_shape
        if _type(values) is not EAGER or shape is None:
            return Ref("tensor", type_name(thing), values._id)
        dense = np.zeros([int(n) for n in np.asarray(_raw(shape)).ravel()], np.asarray(_raw(values)).dtype)
        np.add.at(dense, np.asarray(_raw(indices)), np.asarray(_raw(values)))
        return Ref("tensor", type_name(thing), values._id, array_value(dense, LARGE))


def eager(value: Value) -> Any:
    """An eager tensor holding a value."""
    data = np.array(value.data, dtype=object).reshape(value.shape) if value.dtype == "string" else None
    if data is None:
        data = np.array(value.data).reshape(value.shape)
    return _make(context.context(), data, dtypes.as_dtype(value.dtype), None, False)


def handle_place() -> int | None:
    """Which word of an EagerTensor object is its handle; None if this build's layout is not understood.

    TensorFlow gives no way to change what an eager operation returns. Two tensors of one dtype and shape can
    trade their handles, though. The handle is found as the word before the tensor's own number, and proven here.
    """
    one, two = (_make(context.context(), [5.0, number], None, None, False) for number in (1.0, 2.0))
    size = EAGER.__basicsize__ // 8
    words = [(ctypes.c_int64 * size).from_address(id(tensor)) for tensor in (one, two)]
    places = [
        place
        for place in range(3, size)
        if words[0][place] == one._id and words[1][place] == two._id and words[0][place - 1]
    ]
    if len(places) != 1:
        return None
    place = places[0] - 1
    trade(one, two, place)
    right = _raw(one).tolist() == [5.0, 2.0] and _raw(two).tolist() == [5.0, 1.0]
    return place if right else None


def trade(one: Any, two: Any, place: int) -> None:
    """Lets two eager tensors of equal dtype and shape trade what they hold."""
    first = (ctypes.c_int64 * (place + 2)).from_address(id(one))
    second = (ctypes.c_int64 * (place + 2)).from_address(id(two))
    if first[place + 1] == one._id and second[place + 1] == two._id:
        first[place], second[place] = second[place], first[place]
