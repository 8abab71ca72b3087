"""The table that `model.summary()` prints, drawn as Keras draws it."""

from __future__ import annotations

import shutil
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.keras.configured import of_keras
from tfgrad_course.tf.keras.depths import in_order
from tfgrad_course.tf.keras.symbols import Node, mapped, operation_kind, symbols_in


def summary(
    model: Any, print_fn: Any = None, line_length: int | None = None, expand_nested: bool = False
) -> None:
    """Layers, their output shapes, how many numbers they hold and, where the model branches, what feeds them."""
    rows, plain = _rows(model, expand_nested)
    header = ["Layer (type)", "Output Shape", "Param #"] + ([] if plain else ["Connected to"])
    width = min(line_length or (88 if plain else 108), shutil.get_terminal_size().columns - 4)
    ends = [0.45, 0.80, 1.0] if plain else [0.3, 0.56, 0.74, 1.0]
    widths = _narrowed(np.diff([0, *(int(end * width) for end in ends)]).tolist(), width)
    lines = [
        f'Model: "{model.name}"',
        _rule(tuple("┏━┳┓"), widths),
        _row(header, widths, "┃"),
        _rule(tuple("┡━╇┩"), widths),
    ]
    for number, row in enumerate(rows):
        lines += [_row(row, widths, "│"), _rule(tuple("├─┼┤" if number < len(rows) - 1 else "└─┴┘"), widths)]
    lines += _totals(model)
    (print_fn or print)("\n".join(lines))


def _narrowed(widths: list[int], total: int) -> list[int]:
    """Lines and blanks take of each column the same, rounded as rich rounds."""
    excess = sum(widths) + 3 * len(widths) + 1 - total
    found = []
    for left, width in zip(range(len(widths), 0, -1), widths, strict=True):
        found.append(width - round(excess / left))
        excess -= round(excess / left)
    return found


def _rule(marks: tuple[str, ...], widths: list[int]) -> str:
    left, line, middle, right = marks
    return left + middle.join(line * (w + 2) for w in widths) + right


def _row(cells: list[str], widths: list[int], mark: str) -> str:
    wrapped = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    lines = []
    for i in range(max(map(len, wrapped))):
        parts = [part[i] if i < len(part) else "" for part in wrapped]
        shown = [
            p.rjust(w) if at == 2 else p.ljust(w) for at, (p, w) in enumerate(zip(parts, widths, strict=True))
        ]
        lines.append(f"{mark} " + f" {mark} ".join(shown) + f" {mark}")
    return "\n".join(lines)


def _wrapped(cell: str, width: int) -> list[str]:
    """The words of a cell in lines; a word that is too long ends in three dots."""
    lines = [""]
    for word in cell.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if len(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line if len(line) <= width else line[: width - 1] + "…" for line in lines]


def _rows(model: Any, expand: bool) -> tuple[list[list[str]], bool]:
    if not hasattr(model, "graph_nodes"):
        return [row for layer in model.layers for row in _of(layer, layer._nodes, expand)], True
    nodes = model.graph_nodes()
    functions = [node.function for node in nodes]
    plain = len(model.inputs) == 1 and all(len(node.inputs()) == 1 for node in nodes)
    plain = plain and len({id(f) for f in functions}) == len(functions) and _straight(nodes)
    rows = []
    for node in in_order(model.output, model.inputs):
        if not isinstance(node, Node):
            rows.append([f"{node.layer.name} (InputLayer)", str(tuple(node.shape)), "0", "-"])
            continue
        fed = ", ".join(
            _source(symbol) for other in nodes if other.function is node.function for symbol in other.inputs()
        )
        rows += [[*row, fed or "-"] for row in _of(node.function, [node], expand)]
    return [row[:3] if plain else row for row in rows], plain


def _straight(nodes: list[Any]) -> bool:
    used = [id(symbol) for node in nodes for symbol in node.inputs()]
    return len(set(used)) == len(used)


def _source(symbol: Any) -> str:
    maker = symbol.layer.name if symbol.node is None else symbol.node.name or _name(symbol.node.function)
    if symbol.node is None:
        return f"{maker}[0][0]"
    calls = getattr(symbol.node.function, "_nodes", [symbol.node])
    number = next((i for i, call in enumerate(calls) if call is symbol.node), 0)
    place = next(i for i, one in enumerate(symbols_in(symbol.node.outputs)) if one is symbol)
    return f"{maker}[{number}][{place}]"


def _name(function: Any) -> str:
    return str(getattr(function, "name", None) or getattr(function, "__name__", "operation"))


def _of(layer: Any, nodes: list[Any], expand: bool, depth: int = 0) -> list[list[str]]:
    name = ("   " * depth + "└ " if depth else "") + _name(layer)
    if not hasattr(layer, "sublayers"):
        return [[f"{nodes[-1].name} ({operation_kind(layer)})", _shape(nodes[-1].outputs), "0"]]
    known = layer._shown is not None and not _shapeless(layer)
    shape = _shape(nodes[-1].outputs) if nodes else _listed(layer._shown) if known else "?"
    count = f"{layer.count_params():,}" if layer.built else "0 (unbuilt)"
    rows = [[f"{name} ({type(layer).__name__})", shape, count]]
    if expand and hasattr(layer, "layers"):
        for inner in layer.layers:
            rows += _of(inner, inner._nodes, expand, depth + 1)
    return rows


def _shapeless(layer: Any) -> bool:
    """Whether Keras takes a layer for built from the beginning, and so never hears of its shape."""
    if not of_keras(layer) and not hasattr(layer, "layers"):
        return "compute_output_shape" not in {
            name for kind in type(layer).__mro__ if not of_keras(kind) for name in vars(kind)
        }
    names = [kind.__name__ for kind in type(layer).__mro__ if of_keras(kind)]
    return any(name in _BUILT_AT_ONCE or "Pool" in name for name in names)


_BUILT_AT_ONCE = (
    "Activation", "ActivityRegularization", "AlphaDropout", "Dropout", "ELU", "GaussianDropout", "GaussianNoise",
    "Identity", "LeakyReLU", "Masking", "ReLU", "Softmax", "UnitNormalization",
)  # fmt: skip


def _shape(outputs: Any) -> str:
    return _listed(mapped(lambda symbol: tuple(symbol.shape), outputs))


def _listed(shape: Any) -> str:
    return str(shape).replace("'", "")


def _totals(model: Any) -> list[str]:
    trains, still = _count(model.trainable_weights), _count(model.non_trainable_weights)
    optimizer = model.optimizer if model.compiled else None
    state = (
        _count(optimizer.variables) if optimizer is not None and getattr(optimizer, "built", True) else (0, 0)
    )
    state = (
        state
        if len(getattr(optimizer, "variables", [])) > 2 or trains == (0, 0) or (state[0] and model.history)
        else (0, 0)
    )
    parts = [
        ("Total", (trains[0] + still[0] + state[0], trains[1] + still[1] + state[1])),
        ("Trainable", trains),
        ("Non-trainable", still),
        *([("Optimizer", state)] if state[0] else []),
    ]
    return [f" {name} params: {count:,} ({_bytes(size)})" for name, (count, size) in parts]


def _count(weights: Any) -> tuple[int, int]:
    sizes = [(int(np.prod(tuple(w.shape))), int(tf.as_dtype(w.dtype).size)) for w in weights]
    return sum(n for n, _ in sizes), sum(n * size for n, size in sizes)


def _bytes(size: float) -> str:
    for unit in ("B", "KB", "MB", "GB", "TB"):
        if size < 1024:
            return f"{size:.2f} {unit}"
        size /= 1024
    return f"{size:.2f} PB"
