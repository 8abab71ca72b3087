"""Symbolic inputs: layer calls on them are noted down and replayed by a model on real tensors."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf


class Symbol:
    """A tensor to be: its shape (None where open) and, unless it is an input, the call that makes it."""

    def __init__(self, shape: Any, dtype: Any = "float32", call: Any = None, name: str | None = None) -> None:
        self.shape = tuple(shape)
        self.dtype = tf.as_dtype(dtype).name
        self.call = call
        self.name = name or "keras_tensor"

    def __repr__(self) -> str:
        return f"<KerasTensor shape={self.shape}, dtype={self.dtype}, name={self.name}>"

    def __add__(self, other: Any) -> Symbol:
        return apply_to_symbols(lambda x, y: x + y, (self, other), {})

    def __radd__(self, other: Any) -> Symbol:
        return apply_to_symbols(lambda x, y: y + x, (self, other), {})

    def __sub__(self, other: Any) -> Symbol:
        return apply_to_symbols(lambda x, y: x - y, (self, other), {})

    def __mul__(self, other: Any) -> Symbol:
        return apply_to_symbols(lambda x, y: x * y, (self, other), {})

    def __rmul__(self, other: Any) -> Symbol:
        return apply_to_symbols(lambda x, y: y * x, (self, other), {})

    def __truediv__(self, other: Any) -> Symbol:
        return apply_to_symbols(lambda x, y: x / y, (self, other), {})

    def __getitem__(self, key: Any) -> Symbol:
        return apply_to_symbols(lambda x: x[key], (self,), {})


def holds_symbol(value: Any) -> bool:
    """Whether a structure contains a symbolic tensor."""
    if isinstance(value, Symbol):
        return True
    if isinstance(value, (list, tuple)):
        return any(holds_symbol(item) for item in value)
    return isinstance(value, dict) and any(holds_symbol(item) for item in value.values())


def apply_to_symbols(function: Any, args: Any, kwargs: dict[str, Any]) -> Symbol:
    """The symbolic result of a call: run once on zeros to learn the shape (and to build layers)."""
    result = function(*_zeros(args), **kwargs)
    shape = tuple(int(n) for n in result.shape)
    return Symbol((None, *shape[1:]), result.dtype, (function, args, kwargs))


def _zeros(value: Any) -> Any:
    if isinstance(value, Symbol):
        return tf.zeros([1 if n is None else n for n in value.shape], dtype=value.dtype)
    if isinstance(value, (list, tuple)):
        return type(value)(_zeros(item) for item in value)
    return value


def replay(outputs: Any, values: dict[int, Any], training: bool | None = None) -> Any:
    """Real tensors for symbolic outputs, given those of the inputs by id; each call runs once."""
    if isinstance(outputs, Symbol):
        if id(outputs) not in values:
            if outputs.call is None:
                raise ValueError(f"Graph disconnected: cannot obtain a value for tensor {outputs}.")
            function, args, kwargs = outputs.call
            given = replay(args, values, training)
            extra = dict(kwargs)
            if training is not None and hasattr(function, "call"):
                extra.setdefault("training", training)
            values[id(outputs)] = function(*given, **extra)
        return values[id(outputs)]
    if isinstance(outputs, (list, tuple)):
        return type(outputs)(replay(item, values, training) for item in outputs)
    if isinstance(outputs, dict):
        return {key: replay(item, values, training) for key, item in outputs.items()}
    return outputs


def layers_behind(outputs: Any, seen: list[Any]) -> list[Any]:
    """All layers called on the way to symbolic outputs, inputs first."""
    if isinstance(outputs, Symbol) and outputs.call is not None:
        function, args, _ = outputs.call
        layers_behind(args, seen)
        if hasattr(function, "sublayers") and not any(function is layer for layer in seen):
            seen.append(function)
    elif isinstance(outputs, dict):
        layers_behind(list(outputs.values()), seen)
    elif isinstance(outputs, (list, tuple)):
        for item in outputs:
            layers_behind(item, seen)
    return seen
