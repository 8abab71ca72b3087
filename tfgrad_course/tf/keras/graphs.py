"""Models of layer calls as plain dictionaries: which layers there are, and what each was called on."""

from __future__ import annotations

from typing import Any

from tfgrad_course.tf.keras import serializing
from tfgrad_course.tf.keras.layer import Layer
from tfgrad_course.tf.keras.symbols import Symbol, apply_to_symbols, mapped, operation_kind, symbols_in

# Operations between layers, by the name under which a configuration refers to them.
_OPERATIONS: dict[str, Any] = {}


def told(model: Any) -> dict[str, Any]:
    """The configuration of a model made of inputs and outputs."""
    places = {id(symbol): [symbol.layer.name, 0, 0] for symbol in model.inputs}
    layers = [_input(symbol.layer) for symbol in model.inputs]
    by_layer: dict[int, Any] = {}
    for node in model.graph_nodes():
        name = node.name or node.function.name
        key = id(node.function) if isinstance(node.function, Layer) else id(node)
        one = by_layer.get(key)
        if one is None:
            one = by_layer[key] = {**_function(node.function, name), "name": name, "inbound_nodes": []}
            layers.append(one)
        number = len(one["inbound_nodes"])
        for i, symbol in enumerate(symbols_in(node.outputs)):
            places[id(symbol)] = [name, number, i]
        told_of = lambda leaf: (
            _symbol(leaf, places) if isinstance(leaf, Symbol) else serializing.serialize(leaf)
        )
        one["inbound_nodes"].append(
            {"args": mapped(told_of, tuple(node.args)), "kwargs": mapped(told_of, node.kwargs)}
        )
    ends = [
        mapped(lambda leaf: places[id(leaf)], structure) if isinstance(structure, (list, tuple, dict)) else places[id(structure)]
        for structure in (model.input, model.output)
    ]  # fmt: skip
    return {
        "name": model.name, "trainable": model.trainable, "layers": layers, "input_layers": ends[0],
        "output_layers": ends[1],
    }  # fmt: skip


def _input(layer: Any) -> dict[str, Any]:
    return {**serializing.serialize(layer), "name": layer.name, "inbound_nodes": []}


def _function(function: Any, name: str) -> dict[str, Any]:
    if isinstance(function, Layer):
        return dict(serializing.serialize(function))
    kind = operation_kind(function)
    _OPERATIONS[name] = function
    return {
        "module": "keras.src.ops.numpy",
        "class_name": kind,
        "config": {"name": name},
        "registered_name": kind,
    }


def _symbol(symbol: Symbol, places: dict[int, Any]) -> dict[str, Any]:
    return {
        "class_name": "__keras_tensor__",
        "config": {"shape": symbol.shape, "dtype": symbol.dtype, "keras_history": places[id(symbol)]},
    }


def made_of(kind: Any, config: dict[str, Any]) -> Any:
    """A model with new weights, made of a configuration."""
    from tfgrad_course.tf.keras.models import Functional, Model

    functions: dict[str, Any] = {}
    symbols: dict[tuple[str, int, int], Any] = {}
    for one in config["layers"]:
        name = one["name"]
        functions[name] = (
            _operation(name) if "src.ops" in (one["module"] or "") else serializing.deserialize(one)
        )
        if one["class_name"] == "InputLayer":
            symbols[name, 0, 0] = functions[name].symbol()
            symbols[name, 0, 0].layer = functions[name]
        for number, call in enumerate(one["inbound_nodes"]):
            args, kwargs = (_revived(call[part], symbols) for part in ("args", "kwargs"))
            function = functions[name]
            outputs = (
                function(*args, **kwargs)
                if isinstance(function, Layer)
                else apply_to_symbols(function, tuple(args), kwargs)
            )
            for i, symbol in enumerate(symbols_in(outputs)):
                symbols[name, number, i] = symbol
    kind = Model if kind is Functional else kind
    ends = (_ends(config[key], symbols) for key in ("input_layers", "output_layers"))
    return kind(*ends, name=config["name"])


def _operation(name: str) -> Any:
    if name not in _OPERATIONS:
        raise ValueError(
            f"The operation {name!r} stands between layers and was saved by another process: tfgrad's stand-in for Keras finds "
            "such operations in the process that made them only. Put it into a layer."
        )
    return _OPERATIONS[name]


def _revived(value: Any, symbols: dict[Any, Any]) -> Any:
    if isinstance(value, dict):
        if value.get("class_name") == "__keras_tensor__":
            return symbols[tuple(value["config"]["keras_history"])]
        return {key: _revived(item, symbols) for key, item in value.items()}
    return (
        type(value)(_revived(item, symbols) for item in value) if isinstance(value, (list, tuple)) else value
    )


def _ends(places: Any, symbols: dict[Any, Any]) -> Any:
    if isinstance(places, dict):
        return {key: _ends(place, symbols) for key, place in places.items()}
    if len(places) == 3 and isinstance(places[0], str):
        return symbols[tuple(places)]
    return [_ends(place, symbols) for place in places]
