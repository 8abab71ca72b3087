"""`keras.ops`: the tape's ops under Keras' names."""

from __future__ import annotations

from functools import wraps
from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras.symbols import apply_to_symbols, holds_symbol

_RENAMED = {
    "sum": "reduce_sum",
    "mean": "reduce_mean",
    "max": "reduce_max",
    "min": "reduce_min",
    "prod": "reduce_prod",
    "all": "reduce_all",
    "any": "reduce_any",
    "arange": "range",
    "power": "pow",
    "convert_to_tensor": "convert_to_tensor",
    "absolute": "abs",
    "take": "gather",
    "log1p": "math.log1p",
    "log": "math.log",
    "dot": "experimental.numpy.dot",
    "std": "math.reduce_std",
    "var": "math.reduce_variance",
    "logsumexp": "reduce_logsumexp",
    "top_k": "math.top_k",
    "clip": "clip_by_value",
    "flip": "experimental.numpy.flip",
    "norm": "norm",
    "relu": "nn.relu",
    "softmax": "nn.softmax",
    "sigmoid": "sigmoid",
    "softplus": "nn.softplus",
    "sqrt": "sqrt",
    "one_hot": "one_hot",
}


_PLACES = ("", "nn.", "math.", "linalg.", "experimental.numpy.", "keras.activations.")


def _below(path: str) -> Any:
    found: Any = tf
    for part in path.split("."):
        try:
            found = getattr(found, part)
        except AttributeError:
            return None
    return found


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    found = next(
        (made for place in _PLACES if (made := _below(f"{place}{_RENAMED.get(name, name)}")) is not None),
        None,
    )
    if found is None:
        from tfgrad_course.tf import _public

        return _public.missing("tensorflow.keras.ops", name)
    return _for_symbols(found) if callable(found) and not isinstance(found, type) else found


def _for_symbols(function: Any) -> Any:
    """The function of tensors; on symbolic inputs a note of the call."""

    @wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:
        if holds_symbol(args) or holds_symbol(kwargs):
            return apply_to_symbols(function, args, kwargs)
        return function(*args, **kwargs)

    return called


def convert_to_numpy(x: Any) -> Any:
    """A tensor's value as a NumPy array."""
    return x.numpy()


def concatenate(xs: Any, axis: int = -1) -> Any:
    """Tensors one after the other along an axis, the last unless said otherwise."""
    if holds_symbol(xs):
        return apply_to_symbols(concatenate, (xs, axis), {})
    return tf.concat(list(xs), axis=axis)


def shape(x: Any) -> tuple[Any, ...]:
    """The shape as a tuple."""
    return tuple(x.shape)


def argmax(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """Where the largest element is, of all or along an axis."""
    return _place(tf.argmax, x, axis, keepdims)


def argmin(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """Where the smallest element is, of all or along an axis."""
    return _place(tf.argmin, x, axis, keepdims)


def _place(function: Any, x: Any, axis: Any, keepdims: bool) -> Any:
    x = tf.convert_to_tensor(x)
    found = tf.cast(function(tf.reshape(x, [-1]) if axis is None else x, axis=axis or 0), "int32")
    return tf.expand_dims(found, axis) if keepdims and axis is not None else found
