"""Holds the tape against real TensorFlow: the same function on both, value, dtype, shape, slopes or error compared."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from tfgrad_course import tf as shim

_LOOSE = 2e-2  # for numbers of 16 bits


class Agreement:
    """`agree(f)` runs `f(tf)` on both; `agree.slopes(f, arrays)` compares value, gradient and second gradient."""

    def __init__(self, tensorflow: Any) -> None:
        self.backends = (tensorflow, shim)

    def __call__(self, function: Callable[[Any], Any], within: float = 1e-5, words: int = 40) -> None:
        """Compare what `function(tf)` gives or raises (class, and the first `words` letters)."""
        expected, found = (_outcome(function, tf) for tf in self.backends)
        if expected[0] == found[0] == "raised":
            assert found[1] == expected[1], f"TensorFlow raises {expected}, the tape {found}"
            assert found[2][:words] == expected[2][:words]
            return
        assert _same(expected, found, within), f"\nTensorFlow: {expected}\nthe tape:   {found}"

    def slopes(
        self, function: Callable[..., Any], arrays: Sequence[Any], order: int = 2, within: float = 1e-4
    ) -> None:
        """Compare `function(tf, *tensors)` and its gradients up to an order."""
        self(lambda tf: function(tf, *map(tf.constant, arrays)), within, 0)
        self(lambda tf: _gradient(tf, function, arrays), within, 0)
        if order > 1:
            self(lambda tf: _second(tf, function, arrays), within * 5, 0)


def _gradient(tf: Any, function: Callable[..., Any], arrays: Sequence[Any]) -> Any:
    xs = [tf.constant(a) for a in arrays]
    with tf.GradientTape() as tape:
        tape.watch(_smooth(xs))
        total = _weighed(tf, function(tf, *xs))
    return [None if g is None else tf.convert_to_tensor(g) for g in tape.gradient(total, xs)]


def _second(tf: Any, function: Callable[..., Any], arrays: Sequence[Any]) -> Any:
    xs = [tf.constant(a) for a in arrays]
    with tf.GradientTape() as outer:
        outer.watch(_smooth(xs))
        with tf.GradientTape() as inner:
            inner.watch(_smooth(xs))
            total = _weighed(tf, function(tf, *xs))
        firsts = [tf.convert_to_tensor(g) for g in inner.gradient(total, xs) if g is not None]
        total = _weighed(tf, firsts)
    return [None if g is None else tf.convert_to_tensor(g) for g in outer.gradient(total, xs)]


def _smooth(xs: Sequence[Any]) -> list[Any]:
    return [x for x in xs if x.dtype.is_floating or x.dtype.is_complex]


def _weighed(tf: Any, made: Any) -> Any:
    """One number of all outputs, each entry with a weight of its own."""
    total = tf.constant(0.0, tf.float64)
    for i, t in enumerate(made if isinstance(made, list | tuple) else [made]):
        if t is None or not (t.dtype.is_floating or t.dtype.is_complex):
            continue
        size = int(np.prod(t.shape)) if len(t.shape) else 1
        weight = np.cos(1.7 * np.arange(size) + i + 0.3).reshape(tuple(t.shape))
        total += tf.reduce_sum(tf.cast(tf.math.real(t), tf.float64) * weight)
        if t.dtype.is_complex:
            total += tf.reduce_sum(tf.cast(tf.math.imag(t), tf.float64) * np.sin(weight + 1))
    return total


def _outcome(function: Callable[[Any], Any], tf: Any) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return "gave", _plain(function(tf))
    except Exception as problem:
        return "raised", type(problem).__name__, _tidy(str(problem))


def _tidy(text: str) -> str:
    text = re.sub(r"\{\{.*?\}\} ?", "", text)
    return re.sub(r"\s+", " ", re.sub(r" \[Op:.*", "", text, flags=re.DOTALL))


def _plain(x: Any) -> Any:
    if x is None or isinstance(x, bool | int | float | str | bytes | complex):
        return x
    if isinstance(x, dict):
        return {k: _plain(v) for k, v in x.items()}
    if type(x).__name__ == "IndexedSlices":
        return "slices", _plain(x.values), _plain(x.indices)
    if type(x).__name__ == "SparseTensor":
        return "sparse", _plain(x.indices), _plain(x.values), _plain(x.dense_shape)
    if type(x).__name__ == "RaggedTensor":
        return "ragged", x.to_list(), str(x.dtype), str(x.shape)
    if isinstance(x, list | tuple):
        return [type(x).__name__ if hasattr(x, "_fields") else "sequence", *map(_plain, x)]
    if isinstance(x, np.ndarray | np.generic):
        return "array", np.asarray(x)
    if hasattr(x, "dtype") and hasattr(x, "numpy"):
        return x.dtype.name, tuple(x.shape), np.asarray(x.numpy())
    return str(x)


def _same(a: Any, b: Any, within: float) -> bool:
    if type(a) is not type(b):
        return False
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(_same(p, q, within) for p, q in zip(a, b, strict=True))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(_same(a[k], b[k], within) for k in a)
    if isinstance(a, np.ndarray):
        return _same_array(a, b, within)
    if isinstance(a, float):
        return bool(np.isclose(a, b, within, within, equal_nan=True))
    return bool(a == b)


def _same_array(a: Any, b: Any, within: float) -> bool:
    if a.shape != b.shape or a.dtype != b.dtype:
        return False
    if a.dtype.kind in "OSU":
        return str(a.tolist()) == str(b.tolist())  # (rows of a ragged tensor are arrays within arrays)
    if a.dtype.kind in "biu":
        return bool(np.array_equal(a, b))
    if a.dtype.itemsize == 2:
        a, b, within = a.astype(np.float32), b.astype(np.float32), max(within, _LOOSE)
    return bool(np.allclose(a, b, within, within, equal_nan=True))


@pytest.fixture(scope="session")
def agree() -> Agreement:
    """The comparison with real TensorFlow."""
    return Agreement(pytest.importorskip("tensorflow"))


@pytest.fixture(autouse=True)
def _frames_of_tensorflow_stay_out_of_messages() -> Iterator[None]:
    """TensorFlow's TestCase lets them in for the rest of the process."""
    yield
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is not None:
        tensorflow.debugging.enable_traceback_filtering()
