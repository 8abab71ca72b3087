"""Shapes, axes and orders of tensors under NumPy's names."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.numpy_types import array, promoted

_tensor = array


def reshape(a: Any, newshape: Any, order: str = "C") -> Any:
    """Another shape."""
    return tf.reshape(array(a), newshape)


def ravel(a: Any) -> Any:
    """All in one axis."""
    return tf.reshape(array(a), [-1])


def transpose(a: Any, axes: Any = None) -> Any:
    """Axes in another order."""
    return tf.transpose(array(a), axes)


def expand_dims(a: Any, axis: Any) -> Any:
    """A new axis of one."""
    return tf.expand_dims(array(a), axis)


def squeeze(a: Any, axis: Any = None) -> Any:
    """Axes of one left out."""
    return tf.squeeze(array(a), axis)


def broadcast_to(a: Any, shape: Any) -> Any:
    """Repeated to a shape."""
    return tf.broadcast_to(array(a), shape)


def concatenate(arys: Any, axis: int = 0) -> Any:
    """Arrays one after another along an axis."""
    return tf.concat(promoted(tuple(arys), "."), axis)


def stack(arrays: Any, axis: int = 0) -> Any:
    """Arrays along a new axis."""
    return tf.stack(promoted(tuple(arrays), "."), axis)


def vstack(tup: Any) -> Any:
    """Arrays one below another."""
    return tf.concat(
        [tf.reshape(a, [1, -1]) if len(a.shape) < 2 else a for a in promoted(tuple(tup), ".")], 0
    )


def hstack(tup: Any) -> Any:
    """Arrays side by side."""
    parts = [tf.reshape(a, [1]) if len(a.shape) == 0 else a for a in promoted(tuple(tup), ".")]
    return tf.concat(parts, 0 if len(parts[0].shape) == 1 else 1)


def split(ary: Any, indices_or_sections: Any, axis: int = 0) -> Any:
    """Parts along an axis."""
    ary = array(ary)
    if not isinstance(indices_or_sections, int):
        ends = [0, *np.asarray(indices_or_sections).tolist(), int(ary.shape[axis])]
        indices_or_sections = [b - a for a, b in itertools.pairwise(ends)]
    return tf.split(ary, indices_or_sections, axis)


def tile(a: Any, reps: Any) -> Any:
    """Repeated as a whole."""
    a, reps = array(a), [reps] if isinstance(reps, int) else list(reps)
    shape = [1] * max(len(reps) - len(a.shape), 0) + [int(n) for n in a.shape]
    return tf.tile(tf.reshape(a, shape), [1] * (len(shape) - len(reps)) + reps)


def repeat(a: Any, repeats: Any, axis: int | None = None) -> Any:
    """Each entry several times."""
    return tf.repeat(array(a), repeats, axis)


def diagonal(a: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    """The diagonal of the last two axes."""
    a = array(a)
    others = [i for i in range(len(a.shape)) if i not in (axis1 % len(a.shape), axis2 % len(a.shape))]
    return tf.linalg.diag_part(tf.transpose(a, [*others, axis1, axis2]), k=offset)


def diag(v: Any, k: int = 0) -> Any:
    """A matrix of a diagonal, or the diagonal of a matrix."""
    v = array(v)
    return tf.linalg.diag(v, k=k) if len(v.shape) == 1 else tf.linalg.diag_part(v, k=k)


def tril(m: Any, k: int = 0) -> Any:
    """What lies on and below a diagonal."""
    m = array(m)
    return tf.where(array(np.tri(int(m.shape[-2]), int(m.shape[-1]), k, dtype=bool)), m, tf.zeros_like(m))


def triu(m: Any, k: int = 0) -> Any:
    """What lies on and above a diagonal."""
    m = array(m)
    return m - tril(m, k - 1)


def flip(m: Any, axis: Any = None) -> Any:
    """The other way round."""
    m = array(m)
    return tf.reverse(m, list(range(len(m.shape))) if axis is None else [axis])


def flipud(m: Any) -> Any:
    """Upside down."""
    return flip(m, 0)


def fliplr(m: Any) -> Any:
    """Left and right exchanged."""
    return flip(m, 1)


def roll(a: Any, shift: Any, axis: Any = None) -> Any:
    """Moved round."""
    a = array(a)
    return (
        tf.reshape(tf.roll(tf.reshape(a, [-1]), shift, 0), a.shape)
        if axis is None
        else tf.roll(a, shift, axis)
    )


def moveaxis(a: Any, source: Any, destination: Any) -> Any:
    """Axes at other places."""
    a = array(a)
    order = np.moveaxis(np.empty(range(1, len(a.shape) + 1)), source, destination).shape
    return tf.transpose(a, [n - 1 for n in order])


def swapaxes(a: Any, axis1: int, axis2: int) -> Any:
    """Two axes exchanged."""
    order = list(range(len(array(a).shape)))
    order[axis1], order[axis2] = order[axis2], order[axis1]
    return tf.transpose(array(a), order)


def pad(array: Any, pad_width: Any, mode: str, **kwargs: Any) -> Any:
    """A border around."""
    a = _tensor(array)
    width = np.broadcast_to(np.asarray(pad_width), (len(a.shape), 2)).tolist()
    return tf.pad(a, width, mode.upper(), constant_values=kwargs.get("constant_values", 0))


def meshgrid(*xi: Any, **kwargs: Any) -> Any:
    """Coordinates of a grid."""
    return tf.meshgrid(*(array(x) for x in xi), **kwargs)


def diff(a: Any, n: int = 1, axis: int = -1) -> Any:
    """Differences of neighbours."""
    a = array(a)
    for _ in range(n):
        low, high = (tf.gather(a, tf.range(i, a.shape[axis] - 1 + i), axis=axis) for i in (0, 1))
        a = high - low
    return a


def take(a: Any, indices: Any, axis: int | None = None, out: Any = None, mode: str = "clip") -> Any:
    """Entries by number."""
    a = array(a)
    return (
        tf.gather(tf.reshape(a, [-1]), array(indices))
        if axis is None
        else tf.gather(a, array(indices), axis=axis)
    )


def take_along_axis(arr: Any, indices: Any, axis: int) -> Any:
    """Entries by number along an axis."""
    arr, indices = array(arr), array(indices)
    return moveaxis(
        tf.gather(moveaxis(arr, axis, -1), moveaxis(indices, axis, -1), batch_dims=len(arr.shape) - 1),
        -1,
        axis,
    )


def sort(a: Any, axis: int = -1, kind: str = "quicksort", order: Any = None) -> Any:
    """In order."""
    return tf.sort(array(a), axis)


def argsort(a: Any, axis: int = -1, kind: str = "quicksort", order: Any = None) -> Any:
    """What puts in order."""
    return tf.cast(tf.argsort(array(a), axis, stable=True), tf.int64)


def argmax(a: Any, axis: int | None = None) -> Any:
    """Where the largest stands."""
    a = array(a)
    return tf.argmax(tf.reshape(a, [-1]) if axis is None else a, axis or 0)


def argmin(a: Any, axis: int | None = None) -> Any:
    """Where the smallest stands."""
    a = array(a)
    return tf.argmin(tf.reshape(a, [-1]) if axis is None else a, axis or 0)


def size(x: Any, axis: int | None = None) -> Any:
    """How many entries."""
    shape = array(x).shape
    return int(np.prod([int(n) for n in shape])) if axis is None else int(shape[axis])


def shape(a: Any) -> tuple[int, ...]:
    """The shape."""
    return tuple(array(a).shape)


def ndim(a: Any) -> int:
    """How many axes."""
    return len(array(a).shape)


def isscalar(num: Any) -> bool:
    """Whether it is a number."""
    return len(num.shape) == 0 if tf.is_tensor(num) else bool(np.isscalar(num))


def atleast_1d(*arys: Any) -> Any:
    """One axis at least."""
    return _each(arys, lambda a: tf.reshape(a, [1]) if len(a.shape) == 0 else a)


def atleast_2d(*arys: Any) -> Any:
    """Two axes at least."""
    return _each(arys, lambda a: tf.reshape(a, [1, -1]) if len(a.shape) < 2 else a)


def _each(arrays: Any, function: Any) -> Any:
    found = [function(array(a)) for a in arrays]
    return found[0] if len(found) == 1 else found
