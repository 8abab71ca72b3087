"""The order in which Keras lists the layers of a model: those far from the outputs first, then as one meets them from there."""

from __future__ import annotations

from typing import Any

from tfgrad_course.tf.keras.symbols import Node, Symbol, symbols_in


def in_order(outputs: Any, inputs: list[Symbol]) -> list[Any]:
    """Input symbols, and for each layer or operation the first of its calls, as Keras orders them."""
    met: dict[int, Any] = {}
    finished: list[Any] = []
    for symbol in symbols_in(outputs):
        _visit(symbol, inputs, met, finished)
    depths: dict[int, int] = {}
    of_function: dict[int, int] = {}
    for one in reversed(finished):
        depth = max(depths.get(id(one), 0), of_function.get(_key(one), 0))
        depths[id(one)] = of_function[_key(one)] = depth
        for symbol in one.inputs() if isinstance(one, Node) else ():
            before = symbol if _ends(symbol, inputs) else symbol.node
            depths[id(before)] = max(depth + 1, depths.get(id(before), 0))
    order = list(met)
    for symbol in inputs:  # what no output is made of comes last, as it comes
        if id(symbol) not in met:
            met[id(symbol)], of_function[id(symbol)] = symbol, 0
            order.append(id(symbol))
    ranked = sorted(order, key=lambda key: (-of_function[key], order.index(key)))
    return [met[key] for key in ranked]


def _ends(symbol: Symbol, inputs: list[Symbol]) -> bool:
    return symbol.node is None or any(symbol is one for one in inputs)


def _key(one: Any) -> int:
    return id(one.function) if isinstance(one, Node) and hasattr(one.function, "sublayers") else id(one)


def _visit(symbol: Symbol, inputs: list[Symbol], met: dict[int, Any], finished: list[Any]) -> None:
    one: Any = symbol if _ends(symbol, inputs) else symbol.node
    if any(one is known for known in finished):
        return
    met.setdefault(_key(one), one)
    if isinstance(one, Node):
        for before in one.inputs():
            _visit(before, inputs, met, finished)
    finished.append(one)
