"""Activation functions by name or as functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfgrad_course import tf


def linear(x: Any) -> Any:
    """x itself."""
    return x


def relu(x: Any, negative_slope: float = 0.0, max_value: float | None = None, threshold: float = 0.0) -> Any:
    """max(x, 0), with Keras' options for the slope below, a ceiling and a threshold."""
    x = tf.convert_to_tensor(x)
    if negative_slope == 0.0 and max_value is None and threshold == 0.0:
        return tf.nn.relu(x)
    above = tf.where(x > threshold, x, negative_slope * (x - threshold))
    return above if max_value is None else tf.minimum(above, tf.cast(max_value, above.dtype))


def sigmoid(x: Any) -> Any:
    """1 / (1 + exp(-x))."""
    return tf.sigmoid(x)


def tanh(x: Any) -> Any:
    """Hyperbolic tangent."""
    return tf.tanh(x)


def softmax(x: Any, axis: int = -1) -> Any:
    """exp(x), divided by its sum along the axis."""
    return tf.nn.softmax(x, axis=axis)


def log_softmax(x: Any, axis: int = -1) -> Any:
    """Logarithm of softmax."""
    return tf.nn.log_softmax(x, axis=axis)


def softplus(x: Any) -> Any:
    """log(1 + exp(x))."""
    return tf.nn.softplus(x)


def softsign(x: Any) -> Any:
    """x / (1 + |x|)."""
    return tf.nn.softsign(x)


def elu(x: Any, alpha: float = 1.0) -> Any:
    """x above 0, alpha (exp(x) - 1) below."""
    value = tf.nn.elu(x)
    return value if alpha == 1.0 else tf.where(tf.convert_to_tensor(x) > 0, value, alpha * value)


def selu(x: Any) -> Any:
    """Scaled exponential linear unit."""
    return tf.nn.selu(x)


def gelu(x: Any, approximate: bool = False) -> Any:
    """x times the normal distribution function of x."""
    return tf.nn.gelu(x, approximate=approximate)


def silu(x: Any) -> Any:
    """x times sigmoid(x)."""
    return tf.nn.silu(x)


swish = silu


def leaky_relu(x: Any, negative_slope: float = 0.2) -> Any:
    """x above 0, a small slope below."""
    return tf.nn.leaky_relu(x, alpha=negative_slope)


def relu6(x: Any) -> Any:
    """min(max(x, 0), 6)."""
    return tf.nn.relu6(x)


def exponential(x: Any) -> Any:
    """exp(x)."""
    return tf.exp(x)


def hard_sigmoid(x: Any) -> Any:
    """relu6(x + 3) / 6."""
    return tf.nn.relu6(tf.convert_to_tensor(x) + 3.0) / 6.0


NAMED: dict[str, Callable[..., Any]] = {
    f.__name__: f
    for f in (
        linear,
        relu,
        sigmoid,
        tanh,
        softmax,
        log_softmax,
        softplus,
        softsign,
        elu,
        selu,
        gelu,
        silu,
        leaky_relu,
        relu6,
        exponential,
        hard_sigmoid,
    )
} | {"swish": silu}


def get(identifier: Any) -> Callable[..., Any]:
    """The function for a name, a function or None (linear)."""
    if identifier is None:
        return linear
    if callable(identifier):
        return identifier
    if identifier in NAMED:
        return NAMED[identifier]
    raise ValueError(f"Could not interpret activation function identifier: {identifier}")


def serialize(activation: Callable[..., Any]) -> str:
    """The name of an activation function."""
    return activation.__name__


def deserialize(config: Any) -> Callable[..., Any]:
    """The activation function of a name."""
    return get(config)
