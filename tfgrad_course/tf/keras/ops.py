"""`keras.ops`: the tape's ops under Keras' names."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf

_RENAMED = {
    "sum": "reduce_sum",
    "mean": "reduce_mean",
    "max": "reduce_max",
    "min": "reduce_min",
    "prod": "reduce_prod",
    "all": "reduce_all",
    "any": "reduce_any",
    "arange": "range",
    "concatenate": "concat",
    "power": "pow",
    "convert_to_tensor": "convert_to_tensor",
    "absolute": "abs",
    "take": "gather",
    "log1p": "math.log1p",
    "log": "math.log",
    "dot": "linalg.matvec",
    "norm": "norm",
    "relu": "nn.relu",
    "softmax": "nn.softmax",
    "sigmoid": "sigmoid",
    "softplus": "nn.softplus",
    "sqrt": "sqrt",
    "one_hot": "one_hot",
}


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    found: Any = tf
    for part in _RENAMED.get(name, name).split("."):
        found = getattr(found, part)
    return found


def convert_to_numpy(x: Any) -> Any:
    """A tensor's value as a NumPy array."""
    return x.numpy()
