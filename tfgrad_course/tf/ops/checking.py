"""`tf.test`: slopes compared with differences, and what tests ask about the machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import PUBLIC, composite
from tfgrad_course.tf._tensor import tensor


@composite("test.compute_gradient")
def compute_gradient(f: Callable[..., Any], x: Any, delta: float | None = None) -> tuple[Any, Any]:
    """The jacobian of f in each argument, by the tape and by differences."""
    if not isinstance(x, list | tuple):
        raise ValueError(
            "`x` must be a list or tuple of values convertible to a Tensor (arguments to `f`), not a "
            f"{type(x)}"
        )
    inputs = [convert(one) for one in x]
    y = f(*inputs)
    step = 1.0 / 1024 if delta is None else delta
    pairs = []
    for i, one in enumerate(inputs):
        for name, kind in ((f"argument {i}", one.dtype), ("y", y.dtype)):
            assert kind.trainable, f"Cannot compute gradient for unsupported type {kind.name} of {name}"
        pairs.append((_by_tape(f, y, inputs, i), _by_differences(f, y, inputs, i, step)))
    return tuple(zip(*pairs, strict=True))  # type: ignore[return-value]


def _reals(array: Any) -> Any:
    """An array as a flat one of real numbers."""
    flat = np.ascontiguousarray(array).reshape(-1)
    return flat.view(flat.real.dtype) if flat.dtype.kind == "c" else flat


def _by_tape(f: Any, y: Any, inputs: list[Any], at: int) -> Any:
    x = inputs[at]
    seed = np.zeros(tuple(y.shape), y.dtype.np)
    flat = _reals(seed)
    made = np.zeros((flat.size, _reals(x.numpy()).size), x.dtype.real_dtype.np)
    for row in range(max(flat.size, 1)):
        seed = np.zeros(flat.size, flat.dtype)
        seed[row : row + 1] = 1
        given = seed.view(y.dtype.np).reshape(tuple(y.shape))
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            out = f(*inputs)
        g = tape.gradient(out, x, output_gradients=tensor(given if given.shape else given[()], y.dtype))
        if g is None:
            continue
        g = convert(g).numpy() if not isinstance(g, tf.IndexedSlices) else tf.convert_to_tensor(g).numpy()
        if not flat.size and (np.shape(g) != tuple(x.shape) or np.any(g)):
            raise ValueError("Empty tensor with nonzero gradients")
        if flat.size:
            made[row] = _reals(g)
    return made


def _by_differences(f: Any, y: Any, inputs: list[Any], at: int, delta: float) -> Any:
    x = inputs[at]
    size = _reals(x.numpy()).size
    kind = y.dtype.real_dtype.np
    made = np.zeros((_reals(y.numpy()).size, size), x.dtype.real_dtype.np)
    for column in range(size):
        ends = []
        for step in (delta, -delta):
            moved = _reals(np.array(x.numpy())).copy()
            moved[column] += step
            value = moved.view(x.dtype.np).reshape(tuple(x.shape))
            point = [*inputs[:at], tensor(value if value.shape else value[()], x.dtype), *inputs[at + 1 :]]
            ends.append(np.asarray(f(*point).numpy()))
        made[:, column] = _reals((ends[0] - ends[1]) / kind(2 * delta))
    return made


PUBLIC |= {
    "test.gpu_device_name": lambda: "",
    "test.is_gpu_available": lambda cuda_only=False, min_cuda_compute_capability=None: False,
    "test.is_built_with_cuda": lambda: False,
    "test.is_built_with_rocm": lambda: False,
    "test.is_built_with_xla": lambda: False,
    "test.is_built_with_gpu_support": lambda: False,
    "test.is_cpu_target_available": lambda target: False,
}
