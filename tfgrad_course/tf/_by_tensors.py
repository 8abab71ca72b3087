"""Rules of linear algebra are written once, on tensors; the lives on plain numbers run them so, unheard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course.tf._dtypes import from_numpy
from tfgrad_course.tf._listening import LISTENING
from tfgrad_course.tf._tensor import tensor


def on_tensors(vjp: Callable[..., Any]) -> Callable[..., Any]:
    """A vjp for a row, out of a function `(g, z, *inputs, *attributes)` of tensors."""

    def rule(F: Any, g: Any, z: Any, *rest: Any) -> Any:
        if F.life == "traced":
            return vjp(g, z, *rest)
        token = LISTENING.set(())
        try:
            return vjp(_wrapped(g), _wrapped(z), *map(_wrapped, rest))._v
        finally:
            LISTENING.reset(token)

    return rule


def _wrapped(value: Any) -> Any:
    if isinstance(value, list):
        return [_wrapped(one) for one in value]
    if isinstance(value, np.ndarray | np.generic):
        kind = from_numpy(value.dtype)
        assert kind is not None
        return tensor(value, kind)
    return value


def no_gradient(op: str) -> Callable[..., Any]:
    """The vjp of an operation for which TensorFlow has registered none."""

    def refuse(F: Any, g: Any, z: Any, *rest: Any) -> Any:
        raise LookupError(f"gradient registry has no entry for: {op}")

    return refuse
