"""Tensors and variables turned into plain numbers by the learner's own lines, NumPy's functions included.

NumPy 2 reads a tensor's memory without asking any method of it, so its functions are watched on NumPy's side: ufuncs
and `array` by a thin stand-in while a run lasts, all others by the protocol NumPy offers for that.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from sys import _getframe
from types import FrameType
from typing import Any

import numpy as np
from tensorflow.python.framework import ops
from tensorflow.python.ops import resource_variable_ops

from graders.evidence import Conversion
from graders.recorders.on_tensorflow.operations import Operations
from graders.recorders.on_tensorflow.reading import EAGER, keras_variable_types
from graders.recorders.patches import Patches

_type = type
_HOW = {
    "numpy": "numpy",
    "__float__": "float",
    "__complex__": "float",
    "__int__": "int",
    "__index__": "index",
    "__bool__": "bool",
    "__array__": "array",
}
_MAKERS = frozenset({"array", "asarray", "asanyarray", "ascontiguousarray"})
_PASSED = (np.__path__[0], __file__)
Current = Callable[[], "Operations | None"]


def patch(patches: Patches, current: Current) -> None:
    """Adds the patches of TensorFlow's, Keras' and NumPy's classes and functions."""
    owners: list[Any] = [ops._EagerTensorBase, resource_variable_ops.BaseResourceVariable]
    for kind in keras_variable_types():
        owners += [owner for owner in kind.__mro__ if owner.__module__.startswith("keras.")]
    for owner in dict.fromkeys(owners):
        for name, how in _HOW.items():
            if name in owner.__dict__:
                patches.add(owner, name, functools.partial(_converting, current, how))
    patches.put(ops._EagerTensorBase, "__array_function__", _array_function(current))
    for name, thing in vars(np).items():
        if _type(thing) is np.ufunc or name in _MAKERS:
            patches.put(np, name, Watched(thing, current))


def _converting(current: Current, how: str, original: Any) -> Any:
    @functools.wraps(original)
    def method(thing: Any, *args: Any, **kwargs: Any) -> Any:
        operations = current()
        if operations is not None:
            notice(operations, thing, how, _getframe(1))
        return original(thing, *args, **kwargs)

    return method


def notice(operations: Operations, thing: Any, how: str, frame: FrameType | None) -> None:
    """Notes a conversion that the learner's program asked for, directly or through NumPy."""
    scene = operations.scene
    if scene.quiet or scene.call is not None:
        return
    while frame is not None and frame.f_code.co_filename.startswith(_PASSED):
        frame = frame.f_back
    if frame is None or not scene.lines.is_learners(frame):
        return
    variable = operations.reader.inner(thing)
    tensor = None
    if variable is None:
        operations.known(thing, frame)
        tensor = thing._id
    line, outer = scene.place(frame)
    identity = None if variable is None else variable._handle._id
    scene.log.put(Conversion(how, tensor, identity, line, outer, scene.log.tick(), scene.active))


class Watched:
    """Stands in for one of NumPy's functions: the same calls, and a look at what they are given."""

    __slots__ = ("_current", "_inner")
    __module__ = "numpy"  # AutoGraph leaves NumPy's functions as they are

    def __init__(self, inner: Any, current: Current) -> None:
        self._inner = inner
        self._current = current

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        for given in args:
            if _type(given) is EAGER:
                operations = self._current()
                if operations is not None:
                    notice(operations, given, "array", _getframe(1))
        return self._inner(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def __repr__(self) -> str:
        return repr(self._inner)

    def __reduce__(self) -> str:
        return str(self._inner.__name__)


def _array_function(current: Current) -> Any:
    def __array_function__(tensor: Any, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        operations = current()
        if operations is not None:
            for given in (*args, *kwargs.values()):
                for leaf in given if _type(given) in (list, tuple) else (given,):
                    if _type(leaf) is EAGER:
                        notice(operations, leaf, "array", _getframe(1))
        return func._implementation(*args, **kwargs)

    return __array_function__
