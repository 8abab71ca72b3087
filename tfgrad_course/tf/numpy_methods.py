"""NumPy's methods, operators and indices on tensors, once a program has asked for them."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf import numpy_like as like
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._variable import Variable
from tfgrad_course.tf.numpy_types import prefer_float32

_OPERATORS = {
    "add": "add", "sub": "subtract", "mul": "multiply", "truediv": "true_divide", "floordiv": "floor_divide", "mod": "mod",
    "pow": "power", "matmul": "matmul",
}  # fmt: skip
_COMPARISONS = {
    "lt": "less", "le": "less_equal", "gt": "greater", "ge": "greater_equal", "eq": "equal", "ne": "not_equal",
}  # fmt: skip
_METHODS = ("ravel", "transpose", "clip", "max", "mean", "min", "squeeze")


def enable(small: bool = False) -> None:
    """NumPy's behaviour for all tensors from now on."""
    prefer_float32(small)
    if getattr(EagerTensor, "astype", None) is _astype:
        return
    for kind in (EagerTensor, Variable):
        for name, function in (_OPERATORS | _COMPARISONS).items():
            setattr(kind, f"__{name}__", _operator(getattr(like, function), getattr(kind, f"__{name}__")))
        for name, function in _OPERATORS.items():
            setattr(kind, f"__r{name}__", _operator(getattr(like, function), None, swapped=True))
    for name in _METHODS:
        setattr(EagerTensor, name, _method(getattr(like, name)))
    EagerTensor.astype, EagerTensor.reshape = _astype, _reshape  # type: ignore[attr-defined]
    EagerTensor.flatten = EagerTensor.ravel  # type: ignore[attr-defined]
    EagerTensor.T = property(like.transpose)  # type: ignore[attr-defined]
    EagerTensor.data = property(lambda self: self)  # type: ignore[attr-defined]
    EagerTensor.size = property(lambda self: np.int64(np.size(self.numpy())))  # type: ignore[attr-defined]
    EagerTensor.itemsize = property(lambda self: self.dtype.size)  # type: ignore[attr-defined]
    EagerTensor.tolist = lambda self: self.numpy().tolist()  # type: ignore[attr-defined]
    EagerTensor.__round__ = lambda self, digits=None: like.around(self, digits or 0)  # type: ignore[method-assign]
    EagerTensor.__getitem__ = _getting(EagerTensor.__getitem__)  # type: ignore[method-assign]


def _operator(function: Any, before: Any, swapped: bool = False) -> Any:
    def method(self: Any, other: Any) -> Any:
        if before is not None and (other is None or isinstance(other, str) or self.dtype.name == "string"):
            return before(self, other)
        return function(other, self) if swapped else function(self, other)

    return method


def _method(function: Any) -> Any:
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        return function(self, *args, **kwargs)

    return method


def _astype(self: Any, dtype: Any) -> Any:
    return tf.cast(self, dtype)


def _reshape(self: Any, *newshape: Any, **kwargs: Any) -> Any:
    return like.reshape(self, newshape[0] if len(newshape) == 1 else newshape, **kwargs)


def _getting(before: Any) -> Any:
    """Indices as TensorFlow takes them; arrays of indices and of truths as NumPy does."""

    def getitem(self: Any, key: Any) -> Any:
        parts = key if isinstance(key, tuple) else (key,)
        if not any(_is_array(part) for part in parts):
            return before(self, key)
        plain = tuple(np.asarray(p) if _is_array(p) else int(p) if tf.is_tensor(p) else p for p in parts)
        shape = [int(n) for n in self.shape]
        places = np.arange(int(np.prod(shape))).reshape(shape)[plain]
        return tf.gather(tf.reshape(self, [-1]), tf.constant(places))

    return getitem


def _is_array(part: Any) -> bool:
    if isinstance(part, (list, tuple, np.ndarray)):
        return True
    return tf.is_tensor(part) and (len(part.shape) > 0 or part.dtype.name == "bool")
