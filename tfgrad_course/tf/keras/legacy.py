"""`keras.optimizers.legacy`: names that Keras 3 keeps to say that they have gone."""

from __future__ import annotations

from typing import Any


class _Gone:
    def __init__(self, *_: Any, **__: Any) -> None:
        raise ImportError(
            "`keras.optimizers.legacy` is not supported in Keras 3. When using `tf.keras`, to continue using a "
            "`tf.keras.optimizers.legacy` optimizer, you can install the `tf_keras` package (Keras 2) and set the environment "
            "variable `TF_USE_LEGACY_KERAS=True` to configure TensorFlow to use `tf_keras` when accessing `tf.keras`."
        )


class SGD(_Gone):
    """Gone."""


class Adam(_Gone):
    """Gone."""


class Adagrad(_Gone):
    """Gone."""


class RMSprop(_Gone):
    """Gone."""


class Ftrl(_Gone):
    """Gone."""


class Optimizer(_Gone):
    """Gone."""
