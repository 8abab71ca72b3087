"""Gradients of one's own: custom_gradient, recompute_grad, grad_pass_through."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from tfgrad_course.tf import _nest
from tfgrad_course.tf._asked import UnconnectedGradients
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import traced
from tfgrad_course.tf._listening import LISTENING, TRACING, Observer, begin, end, silence
from tfgrad_course.tf._slices import IndexedSlices, Rows, TracedRows
from tfgrad_course.tf._tape import GradientTape
from tfgrad_course.tf._taping import note
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

    def __init__(
        self, name: str, grad: Callable[..., list[Any]], outputs: list[EagerTensor], function: Any
    ) -> None:
        self.name = self.op = name
        self.function = function
        self._grad, self._outputs = grad, outputs
        self.vjps = self.complex_vjps = (self._vjp,)

    def _vjp(self, F: Any, g: list[Any], z: Any, inputs: list[Any]) -> list[Any]:
        if F.life == "traced":
            return [_arriving(d, x, True) for d, x in zip(self._grad(*g), inputs, strict=True)]
        given = [
            tensor(part if part.shape else part[()], out.dtype)
            for part, out in zip(g, self._outputs, strict=True)
        ]
        return [_arriving(d, x, False) for d, x in zip(self._grad(*given), inputs, strict=True)]


def _arriving(d: Any, x: Any, as_tensor: bool) -> Any:
    """A gradient as it goes on from here: slices stay slices, and all are of the dtype of what they belong to."""
    if d is None:
        return None
    if isinstance(d, IndexedSlices):
        parts = convert(d.values), convert(d.indices)
        shape = tuple(x._v.shape if as_tensor else x.shape)
        return TracedRows(*parts, shape) if as_tensor else Rows(parts[0]._v, parts[1]._v, shape)
    made = convert(d)
    if as_tensor:
        return made if made.dtype is x.dtype else traced.cast(made, x.dtype)
    return made._v if made._v.dtype == x.dtype else made._v.astype(x.dtype)


def custom_gradient(f: Any = None) -> Any:
    """Decorator to define a function with a custom gradient."""
    return custom_gradient if f is None else Bind(f)


class Bind:
    """A function with a gradient of its own; a method, too, once it is looked up on an object."""

    __module__ = "tensorflow.python.ops.custom_gradient"

    def __init__(self, f: Callable[..., Any]) -> None:
        self._f = f
        functools.update_wrapper(self, f)

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        return self if instance is None else type(self)(self._f.__get__(instance, owner))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if kwargs and hasattr(TRACING.get(), "named"):
            raise ValueError(
                "The custom_gradient decorator currently supports keywords arguments only when eager execution is "
                "enabled."
            )
        watcher = _Watcher()
        begin(watcher)
        try:
            result, grad_fn = self._f(*args, **kwargs)
        finally:
            end(watcher)
        flat_args = _nest.flatten(args) if args else []
        given = flat_args + (_nest.flatten(kwargs) if kwargs else [])
        variables = [v for v in watcher.seen.values() if all(v is not one for one in given)]
        _check_variables(grad_fn, variables)
        return _recorded(self._f, result, grad_fn, flat_args, variables)


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
        if variables:
            input_grads, variable_grads = grad_fn(*upstream, variables=variables)
            if len(variable_grads) != len(variables):
                raise ValueError("Must return gradient for each variable from @custom_gradient grad_fn.")
        else:
            input_grads, variable_grads = grad_fn(*upstream), []
        flat_grads = _nest.flatten(input_grads)
        if len(flat_grads) != len(flat_args):
            raise ValueError(
                f"custom_gradient function expected to return {len(flat_args)} gradients, but returned "
                f"{len(flat_grads)} instead."
            )
        return flat_grads + list(variable_grads)

    own = _Own(getattr(f, "__name__", "custom"), grad, flat, f)
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
            return Bind(functools.partial(_recomputed, f, args, kwargs, variables))(*upstream)

        return result, grad

    return Bind(functools.wraps(f)(inner))


def _recomputed(f: Any, args: Any, kwargs: Any, variables: Any, *upstream: Any) -> Any:
    """The gradients of `f`, computed again; their own gradients are not to be had, as nothing was kept for them."""
    with GradientTape() as tape:
        fresh = _nest.map_structure(traced.identity, args)
        tape.watch(fresh)
        if variables is not None:
            tape.watch(variables)
        again = f(*fresh, **kwargs)
    found = tape.gradient(
        again,
        list(fresh) + list(variables or []),
        output_gradients=upstream,
        unconnected_gradients=UnconnectedGradients.ZERO,
    )

    def transpose(*_: Any, **__: Any) -> Any:
        raise NotImplementedError(
            f"recompute_grad tried to transpose grad of {f.__name__}. Consider not using recompute_grad in forward mode"
            "autodiff"
        )

    return (found[: len(fresh)], found[len(fresh) :]), transpose


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

    functools.update_wrapper(passed, f)
    return passed
