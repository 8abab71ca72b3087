"""Copies of models: new layers with the settings of the old ones, and new weights."""

from __future__ import annotations

from typing import Any

from tfgrad_course.tf.keras.layer import Layer
from tfgrad_course.tf.keras.models import Functional, Model, Sequential
from tfgrad_course.tf.keras.symbols import Symbol, apply_to_symbols, mapped, symbols_in


def clone_model(model: Any, input_tensors: Any = None, clone_function: Any = None) -> Any:
    """The same model with new layers and new weights."""
    copy = clone_function or _copied
    if isinstance(model, Sequential):
        start = [] if model._start is None else [Symbol(model._start.shape, model._start.dtype)]
        return type(model)([*start, *(copy(layer) for layer in model.layers)], name=model.name)
    if not isinstance(model, Functional):
        return copy(model)
    values: dict[int, Any] = {}
    made: dict[int, Any] = {}
    for symbol in model.inputs:
        values[id(symbol)] = Symbol(symbol.shape, symbol.dtype, name=symbol.name)
    new = mapped(lambda leaf: values.get(id(leaf), leaf), model.input)
    for node in model.graph_nodes():
        if isinstance(node.function, Layer):
            made.setdefault(id(node.function), None)
            if made[id(node.function)] is None:
                made[id(node.function)] = copy(node.function)
        function = made.get(id(node.function), node.function)
        args, kwargs = (
            mapped(lambda leaf: values.get(id(leaf), leaf), part) for part in (node.args, node.kwargs)
        )
        found = (
            function(*args, **kwargs)
            if isinstance(function, Layer)
            else apply_to_symbols(function, args, kwargs)
        )
        for old, one in zip(symbols_in(node.outputs), symbols_in(found), strict=True):
            values[id(old)] = one
    return Model(new, mapped(lambda leaf: values.get(id(leaf), leaf), model.output), name=model.name)


def _copied(layer: Any) -> Any:
    if isinstance(layer, (Sequential, Functional)):
        return clone_model(layer)
    args, kwargs = layer._made_with
    made = type(layer)(*args, **kwargs)
    made._label = layer.name
    return made
