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
    _ = x.shape  # Keras takes no lists here
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


def mish(x: Any) -> Any:
    """x tanh(softplus(x))."""
    x = tf.convert_to_tensor(x)
    return x * tf.tanh(tf.nn.softplus(x))


def celu(x: Any, alpha: float = 1.0) -> Any:
    """x above 0, alpha (exp(x / alpha) - 1) below."""
    x = tf.convert_to_tensor(x)
    return tf.maximum(x, 0.0) + alpha * tf.math.expm1(tf.minimum(x, 0.0) / alpha)


def glu(x: Any, axis: int = -1) -> Any:
    """One half times the sigmoid of the other."""
    first, second = tf.split(x, 2, axis=axis % len(x.shape))
    return first * tf.sigmoid(second)


def log_sigmoid(x: Any) -> Any:
    """Logarithm of sigmoid."""
    return tf.math.log_sigmoid(x)


def hard_tanh(x: Any) -> Any:
    """x between -1 and 1."""
    return tf.clip_by_value(x, -1.0, 1.0)


def hard_silu(x: Any) -> Any:
    """x times hard_sigmoid(x)."""
    return tf.convert_to_tensor(x) * hard_sigmoid(x)


def hard_shrink(x: Any, threshold: float = 0.5) -> Any:
    """0 near 0, x elsewhere."""
    x = tf.convert_to_tensor(x)
    return tf.where(tf.abs(x) > threshold, x, tf.zeros_like(x))


def soft_shrink(x: Any, threshold: float = 0.5) -> Any:
    """x moved towards 0 by a threshold."""
    x = tf.convert_to_tensor(x)
    return tf.sign(x) * tf.maximum(tf.abs(x) - threshold, 0.0)


def tanh_shrink(x: Any) -> Any:
    """x - tanh(x)."""
    x = tf.convert_to_tensor(x)
    return x - tf.tanh(x)


def squareplus(x: Any, b: float = 4) -> Any:
    """(x + sqrt(x^2 + b)) / 2."""
    x = tf.convert_to_tensor(x)
    return (x + tf.sqrt(tf.square(x) + float(b))) / 2.0


hard_swish = hard_silu

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
        mish,
        celu,
        glu,
        log_sigmoid,
        hard_tanh,
        hard_silu,
        hard_shrink,
        soft_shrink,
        tanh_shrink,
        squareplus,
    )
} | {"swish": silu, "hard_swish": hard_silu}


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
