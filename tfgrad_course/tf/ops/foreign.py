"""Python functions called from a program of tensors: `py_function`, `numpy_function`."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from tfgrad_course.tf import _nest
from tfgrad_course.tf._convert import convert, convert_to_tensor
from tfgrad_course.tf._custom import custom_gradient, stop_recording
from tfgrad_course.tf._declare import composite
from tfgrad_course.tf._dry import is_dry
from tfgrad_course.tf._dtypes import as_dtype
from tfgrad_course.tf._errors import ERRORS, InvalidArgumentError, kernel_text
from tfgrad_course.tf._listening import TRACING, recording
from tfgrad_course.tf._tape import GradientTape
from tfgrad_course.tf._tracing import thawed
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
        given = [x if hasattr(x, "_components") else convert_args(convert(x)) for x in inp]
        with thawed():
            found = func(*given)
        found = [] if found is None else list(found) if isinstance(found, list | tuple) else [found]
        if len(found) < len(wanted):
            node = f"{op}_Tin_{len(inp)}_Tout_{len(wanted)}"
            said = f"pyfunc_0 returns {len(found)} values, but expects to see {len(wanted)} values."
            raise InvalidArgumentError(None, None, kernel_text(op, said, node))
        made = [_returned(f, t) for f, t in zip(found, wanted, strict=False)]
        return made if several else made[0]
    except Exception as problem:
        if isinstance(problem, InvalidArgumentError) and "pyfunc_0 returns" in str(problem):
            raise
        name = next((name for kind, name in _KINDS.items() if isinstance(problem, kind)), "UnknownError")
        kind = ERRORS["InvalidArgumentError" if isinstance(problem, InvalidArgumentError) else name]
        words = f"{type(problem).__name__}: {problem}"
        node = f"{op}_Tin_{len(inp)}_Tout_{len(wanted)}"
        raise kind(None, None, kernel_text(op, words, node)) from problem
    finally:
        TRACING.reset(token)


def _returned(value: Any, spec: Any) -> Any:
    if hasattr(value, "_components"):
        return value
    wanted = as_dtype(getattr(spec, "dtype", spec))
    if isinstance(value, TENSORS):
        return convert(value, wanted)
    return convert(np.asarray(value) if isinstance(value, np.generic) else value, wanted)


def _decorator(caller: Any, outputs: Any) -> Any:
    """Without a function, what takes one and makes it callable with tensors."""

    def decorate(function: Any) -> Any:
        return functools.wraps(function)(lambda *inputs: caller(function, list(inputs), outputs))

    return decorate


@composite("py_function")
def py_function(func: Any = None, inp: Any = None, Tout: Any = None, name: str | None = None) -> Any:
    """A Python function called with eager tensors; gradients go through it to its inputs, once."""
    if func is None:
        return _decorator(py_function, Tout)
    if is_dry():
        return _nothing(Tout)
    if not callable(func):
        raise ValueError(f"Expected func to be callable. Received func={func} of type {type(func)}.")
    given = [x if hasattr(x, "_components") else convert(x) for x in inp or []]
    if not recording() or any(hasattr(x, "_components") for x in given):
        return _called("EagerPyFunc", func, given, Tout, lambda x: x)

    @custom_gradient
    def differentiated(*inputs: Any) -> Any:
        # What the function computes is seen by a tape of its own, which knows its inputs only.
        with stop_recording(), GradientTape(persistent=True, watch_accessed_variables=False) as tape:
            tape.watch([x for x in inputs if x.dtype.trainable])
            result = _called("EagerPyFunc", func, inputs, Tout, lambda x: x)

        def grad(*upstream: Any) -> Any:
            with stop_recording():
                slopes = tape.gradient(result, list(inputs), list(upstream))
            return [convert(0.0, x.dtype) if slope is None and x.dtype.trainable else slope
                    for x, slope in zip(inputs, slopes, strict=True)]  # fmt: skip

        return result, grad

    return differentiated(*given)


@composite("numpy_function")
def numpy_function(
    func: Any = None, inp: Any = None, Tout: Any = None, stateful: bool = True, name: str | None = None
) -> Any:
    """A Python function called with NumPy arrays; no gradients go through it."""
    if func is None:
        return _decorator(numpy_function, Tout)
    if is_dry():
        return _nothing(Tout)
    with stop_recording():
        if TRACING.get() is not None:
            return _called("PyFunc", _strict(func, Tout), inp or [], Tout, lambda x: x._numpy())
        # Eagerly TensorFlow calls the function as it is: what it returns has its own dtypes.
        found = _nest.flatten(func(*[np.array(x) for x in inp or []]))
        made = [x if x is None else convert_to_tensor(x) for x in found]
        return made[0] if len(made) == 1 else made


def _nothing(outputs: Any) -> Any:
    """What stands for the results where the function is not called: in a branch that is only looked at."""
    made = [convert(b"" if t.name == "string" else t.np(0), t) for t in _dtypes(outputs)]
    return made if isinstance(outputs, list | tuple) else made[0]


def _dtypes(outputs: Any) -> list[Any]:
    listed = outputs if isinstance(outputs, list | tuple) else [outputs]
    return [as_dtype(getattr(one, "dtype", one)) for one in listed]


def _strict(func: Any, outputs: Any) -> Any:
    """The function, its arrays refused unless they have the dtypes it was announced to return."""
    wanted = [as_dtype(t) for t in (outputs if isinstance(outputs, list | tuple) else [outputs])]

    def checked(*arrays: Any) -> Any:
        found = func(*arrays)
        parts = found if isinstance(found, list | tuple) else [found]
        for i, (part, dtype) in enumerate(zip(parts, wanted, strict=False)):
            if isinstance(part, np.ndarray | np.generic) and part.dtype.kind in "biufc":
                kind = convert(part).dtype
                if kind is not dtype:
                    raise InvalidArgumentError(
                        None,
                        None,
                        f"{i}-th value returned by pyfunc_0 is {kind.kernel}, but expects {dtype.kernel}",
                    )
        return found

    return checked
