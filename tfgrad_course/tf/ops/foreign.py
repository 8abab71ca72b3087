"""Python functions called from a program of tensors: `py_function`, `numpy_function`."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf import _nest
from tfgrad_course.tf._convert import convert, convert_to_tensor
from tfgrad_course.tf._declare import composite
from tfgrad_course.tf._dtypes import as_dtype
from tfgrad_course.tf._errors import ERRORS, InvalidArgumentError, kernel_text
from tfgrad_course.tf._listening import LISTENING, TRACING, silence
from tfgrad_course.tf._variable import TENSORS

_KINDS = {
    ValueError: "InvalidArgumentError", TypeError: "InvalidArgumentError", StopIteration: "OutOfRangeError",
    MemoryError: "ResourceExhaustedError", NotImplementedError: "UnimplementedError",
}  # fmt: skip


def _called(op: str, func: Any, inp: Any, outputs: Any, convert_args: Any) -> Any:
    token = TRACING.set(None)
    several = isinstance(outputs, list | tuple)
    wanted = list(outputs) if several else [outputs]
    try:
        found = func(*[convert_args(convert(x)) for x in inp])
        found = [] if found is None else list(found) if isinstance(found, list | tuple) else [found]
        made = [_returned(f, t) for f, t in zip(found, wanted, strict=False)]
        return made if several else made[0]
    except Exception as problem:
        name = next((name for kind, name in _KINDS.items() if isinstance(problem, kind)), "UnknownError")
        kind = ERRORS["InvalidArgumentError" if isinstance(problem, InvalidArgumentError) else name]
        words = f"{type(problem).__name__}: {problem}"
        node = f"{op}_Tin_{len(inp)}_Tout_{len(wanted)}"
        raise kind(None, None, kernel_text(op, words, node)) from problem
    finally:
        TRACING.reset(token)


def _returned(value: Any, spec: Any) -> Any:
    wanted = as_dtype(getattr(spec, "dtype", spec))
    if isinstance(value, TENSORS):
        return convert(value, wanted)
    return convert(np.asarray(value) if isinstance(value, np.generic) else value, wanted)


@composite("py_function")
def py_function(func: Any = None, inp: Any = None, Tout: Any = None, name: str | None = None) -> Any:
    """A Python function called with eager tensors; gradients go through it."""
    if func is None:
        return lambda function: lambda *given: py_function(function, given, Tout, name)
    return _called("EagerPyFunc", func, inp or [], Tout, lambda x: x)


@composite("numpy_function")
def numpy_function(
    func: Any = None, inp: Any = None, Tout: Any = None, stateful: bool = True, name: str | None = None
) -> Any:
    """A Python function called with NumPy arrays; no gradients go through it."""
    if func is None:
        return lambda function: lambda *given: numpy_function(function, given, Tout, stateful, name)
    token = silence()
    try:
        if TRACING.get() is not None:
            return _called("PyFunc", func, inp or [], Tout, lambda x: x._numpy())
        # Eagerly TensorFlow calls the function as it is: what it returns has its own dtypes.
        found = _nest.flatten(func(*[np.array(x) for x in inp or []]))
        made = [x if x is None else convert_to_tensor(x) for x in found]
        return made[0] if len(made) == 1 else made
    finally:
        LISTENING.reset(token)
