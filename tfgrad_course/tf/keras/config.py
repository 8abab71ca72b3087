"""`keras.config`: the settings of Keras that learners read."""

from __future__ import annotations

from tfgrad_course.tf.keras.backend import backend, epsilon, floatx, image_data_format
from tfgrad_course.tf.keras.mixed_precision import dtype_policy, set_dtype_policy

__all__ = ["backend", "dtype_policy", "epsilon", "floatx", "image_data_format", "set_dtype_policy"]


def is_interactive_logging_enabled() -> bool:
    """Whether progress is shown as a bar."""
    return True


def enable_interactive_logging() -> None:
    """Progress is shown as a bar, as it is anyway."""


def enable_unsafe_deserialization() -> None:
    """Lambdas are loaded by the process that saved them only, allowed or not."""


def disable_traceback_filtering() -> None:
    """Errors are told the same."""


def enable_traceback_filtering() -> None:
    """Errors are told the same."""
