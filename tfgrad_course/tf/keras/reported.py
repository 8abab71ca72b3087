"""What Keras adds to an error inside a layer: which layer was called, and with what."""

from __future__ import annotations

import inspect
from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras.symbols import mapped


def told(problem: Exception, layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Exception:
    """The error with the call told in it; the innermost layer tells, those around it pass it on."""
    if hasattr(problem, "_keras_call_info_injected"):
        return problem
    shown = f"{type(layer).__name__}.call()"
    try:
        given = inspect.signature(layer.call).bind(*args, **kwargs).arguments
    except TypeError:
        return problem
    lines = [
        f"  \u2022 {name}={mapped(_value, given[name]) if name in given else parameter.default}"
        for name, parameter in inspect.signature(layer.call).parameters.items()
    ]
    if not lines:
        return problem
    message = getattr(problem, "message", None) or (problem.args[0] if problem.args else "")
    text = (
        f"Exception encountered when calling {shown}.\n\n\x1b[1m{message}\x1b[0m\n\nArguments received by {shown}:\n"
        + "\n".join(lines)
    )
    if isinstance(problem, tf.errors.OpError):
        made: Any = type(problem)(None, None, text)
    else:
        try:
            made = type(problem)(text)
        except TypeError:
            made = RuntimeError(text)
    made._keras_call_info_injected = True
    return made.with_traceback(problem.__traceback__)  # type: ignore[no-any-return]


def _value(value: Any) -> str:
    if tf.is_tensor(value):
        return f"tf.Tensor(shape={value.shape}, dtype={value.dtype.name})"
    return repr(value)
