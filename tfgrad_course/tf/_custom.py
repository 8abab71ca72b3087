"""Gradients of one's own: custom_gradient, recompute_grad, grad_pass_through."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from tfgrad_course.tf import _nest
from tfgrad_course.tf._asked import UnconnectedGradients
from tfgrad_course.tf._calls import note
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import traced
from tfgrad_course.tf._listening import LISTENING, Observer, begin, end, silence
from tfgrad_course.tf._slices import IndexedSlices
from tfgrad_course.tf._tape import GradientTape
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf._variable import Variable


class _Watcher(Observer):
    """Notes which trainable variables are read."""

    def __init__(self) -> None:
        self.seen: dict[int, Variable] = {}

    def read(self, variable: Any, tensor: Any) -> None:
        """A variable was read."""
        if variable.trainable:
            self.seen.setdefault(id(variable), variable)


class _Own:
    """What a tape needs to know of an operation whose gradient is the user's own function."""

    form, inputs, attrs, batched, several = "custom", None, False, False, True
    dtypes: dict[Any, Any] = {}  # noqa: RUF012

    def __init__(self, name: str, grad: Callable[..., list[Any]], outputs: list[EagerTensor]) -> None:
        self.name = self.op = name
        self._grad, self._outputs = grad, outputs
        self.vjps = self.complex_vjps = (self._vjp,)

    def _vjp(self, F: Any, g: list[Any], z: Any, inputs: list[Any]) -> list[Any]:
        if F.life == "traced":
            return [None if d is None else _dense(d) for d in self._grad(*g)]
        given = [
            tensor(part if part.shape else part[()], out.dtype)
            for part, out in zip(g, self._outputs, strict=True)
        ]
        return [None if d is None else _dense(d)._v for d in self._grad(*given)]


def _dense(d: Any) -> EagerTensor:
    return convert(d._to_tensor() if isinstance(d, IndexedSlices) else d)


def custom_gradient(f: Any = None) -> Any:
    """Decorator to define a function with a custom gradient."""
    if f is None:
        return custom_gradient

    @functools.wraps(f)
    def decorated(*args: Any, **kwargs: Any) -> Any:
        watcher = _Watcher()
        begin(watcher)
        try:
            result, grad_fn = f(*args, **kwargs)
        finally:
            end(watcher)
        flat_args = _nest.flatten(args) if args else []
        given = flat_args + (_nest.flatten(kwargs) if kwargs else [])
        variables = [v for v in watcher.seen.values() if all(v is not one for one in given)]
        _check_variables(grad_fn, variables)
        return _recorded(f, result, grad_fn, flat_args, variables)

    return decorated


def _check_variables(grad_fn: Any, variables: list[Variable]) -> None:
    spec = inspect.getfullargspec(grad_fn)
    if variables and "variables" not in spec.args and "variables" not in spec.kwonlyargs and not spec.varkw:
        raise TypeError(
            "@tf.custom_gradient grad_fn must accept keyword argument 'variables', since function uses variables: "
            f"{variables}"
        )


def _recorded(f: Any, result: Any, grad_fn: Any, flat_args: list[Any], variables: list[Variable]) -> Any:
    flat = [traced.identity(x) for x in _nest.flatten(result)]
    inputs = tuple(convert(x) for x in [*flat_args, *variables])

    def grad(*upstream: Any) -> list[Any]:
        given = _nest.pack_sequence_as(result, list(upstream))
        given = given if isinstance(given, list | tuple) else [given]
        if variables:
            input_grads, variable_grads = grad_fn(*given, variables=variables)
            if len(variable_grads) != len(variables):
                raise ValueError("Must return gradient for each variable from @custom_gradient grad_fn.")
        else:
            input_grads, variable_grads = grad_fn(*given), []
        flat_grads = _nest.flatten(input_grads)
        if len(flat_grads) != len(flat_args):
            raise ValueError(
                f"custom_gradient function expected to return {len(flat_args)} gradients, but returned "
                f"{len(flat_grads)} instead."
            )
        return flat_grads + list(variable_grads)

    own = _Own(getattr(f, "__name__", "custom"), grad, flat)
    if flat:
        note(own, inputs, tuple(flat), (), own, True)
    return _nest.pack_sequence_as(result, flat)


@contextmanager
def stop_recording() -> Any:
    """Nothing is recorded inside."""
    token = silence()
    try:
        yield
    finally:
        LISTENING.reset(token)


def recompute_grad(f: Any) -> Any:
    """Defines a function as a recompute-checkpoint for the tape auto-diff."""

    def inner(*args: Any, **kwargs: Any) -> Any:
        watcher = _Watcher()
        with stop_recording():
            begin(watcher)
            try:
                result = f(*args, **kwargs)
            finally:
                end(watcher)
        for variable in watcher.seen.values():
            variable._read()

        def grad(*upstream: Any, variables: Any = None) -> Any:
            with GradientTape() as tape:
                fresh = _nest.map_structure(traced.identity, list(args))
                tape.watch(fresh)
                if variables is not None:
                    tape.watch(list(variables))
                again = f(*fresh, **kwargs)
            sources = fresh + list(variables or [])
            found = tape.gradient(
                again,
                sources,
                output_gradients=list(upstream),
                unconnected_gradients=UnconnectedGradients.ZERO,
            )
            if variables is None:
                return found
            return found[: len(fresh)], found[len(fresh) :]

        return result, grad

    return functools.wraps(f)(custom_gradient(inner))


def grad_pass_through(f: Any) -> Any:
    """Creates a grad-pass-through op with the forward behavior provided in f."""

    @custom_gradient
    def passed(*args: Any, **kwargs: Any) -> Any:
        def grad(*upstream: Any, **given: Any) -> Any:
            variables = given.get("variables")
            if variables is not None:
                return upstream, [None] * len(variables)
            return upstream

        return f(*args, **kwargs), grad

    return functools.wraps(f)(passed)
