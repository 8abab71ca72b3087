"""Symbolic inputs: layer calls on them are noted down and replayed by a model on real tensors."""

from __future__ import annotations

import operator
from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras.variables import auto_name

_NAMES: dict[str, int] = {}
# How often there was an operation of each kind; layers are counted with them.
OPERATIONS: dict[str, int] = {}
_KINDS = {
    "sub": "Subtract", "mul": "Multiply", "truediv": "TrueDivide", "pow": "Power", "getitem": "GetItem", "neg": "Negative",
    "floordiv": "FloorDivide", "lt": "Less", "le": "LessEqual", "gt": "Greater", "ge": "GreaterEqual", "abs": "Absolute",
}  # fmt: skip


def operation_kind(function: Any) -> str:
    name = str(getattr(function, "__name__", "operation"))
    return _KINDS.get(name) or "".join(part.capitalize() for part in name.split("_"))


# What stands for an open axis while the shape of a result is found; the second try tells which axes stay open.
_TRIES = (16, 19)


class Node:
    """One call on symbols: the function, what it was given, and the symbols it gave."""

    __slots__ = ("args", "function", "kwargs", "name", "outputs")

    def __init__(self, function: Any, args: Any, kwargs: dict[str, Any]) -> None:
        self.function, self.args, self.kwargs = function, args, kwargs
        # Operations that are no layers are named and counted as layers are.
        self.name = (
            None if hasattr(function, "sublayers") else auto_name(operation_kind(function), OPERATIONS)
        )
        self.outputs: Any = None

    def inputs(self) -> list[Symbol]:
        """The symbols it was given."""
        return symbols_in((self.args, self.kwargs))


class Symbol:
    """A tensor to be: its shape (None where open) and, unless it is an input, the call that makes it."""

    __hash__ = object.__hash__

    def __init__(
        self, shape: Any, dtype: Any = "float32", node: Node | None = None, name: str | None = None
    ) -> None:
        self.shape = tuple(shape)
        self.dtype = tf.as_dtype(dtype).name
        self.node = node
        self.name = name or auto_name("keras_tensor", _NAMES)
        # The input layer that stands for it, where it is an input.
        self.layer: Any = None

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return len(self.shape)

    def get_shape(self) -> tuple[Any, ...]:
        """The shape."""
        return self.shape

    def __repr__(self) -> str:
        return f"<KerasTensor shape={self.shape}, dtype={self.dtype}, sparse=False, ragged=False, name={self.name}>"

    def __getitem__(self, key: Any) -> Any:
        return apply_to_symbols(operator.getitem, (self, key), {})

    def __iter__(self) -> Any:
        raise TypeError("Iterating over a symbolic KerasTensor is not supported.")

    def __bool__(self) -> bool:
        raise TypeError("A symbolic KerasTensor cannot be used as a boolean.")

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise ValueError(_UNREAL)

    def _no_tensor(self) -> str:
        return _UNREAL


_UNREAL = (
    "A KerasTensor cannot be used as input to a TensorFlow function. A KerasTensor is a symbolic placeholder for a shape and "
    "dtype, used when constructing Keras Functional models or Keras Functions. You can only use it as input to a Keras layer "
    "or a Keras operation (from the namespaces `keras.layers` and `keras.ops`)."
)


def _operator(function: Any, swapped: bool = False) -> Any:
    def method(self: Symbol, *other: Any) -> Any:
        return apply_to_symbols(function, (*other, self) if swapped else (self, *other), {})

    return method


for _name in ("add", "sub", "mul", "truediv", "pow", "matmul", "floordiv", "mod"):
    setattr(Symbol, f"__{_name}__", _operator(getattr(operator, _name)))
    setattr(Symbol, f"__r{_name}__", _operator(getattr(operator, _name), swapped=True))
for _name in ("lt", "le", "gt", "ge", "neg", "abs"):
    setattr(Symbol, f"__{_name}__", _operator(getattr(operator, _name)))


def holds_symbol(value: Any) -> bool:
    """Whether a structure contains a symbolic tensor."""
    if isinstance(value, Symbol):
        return True
    if isinstance(value, (list, tuple)):
        return any(holds_symbol(item) for item in value)
    return isinstance(value, dict) and any(holds_symbol(item) for item in value.values())


def symbols_in(value: Any) -> list[Symbol]:
    """All symbols of a structure, in order."""
    if isinstance(value, Symbol):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return [symbol for item in items for symbol in symbols_in(item)]


def mapped(function: Any, value: Any) -> Any:
    """A structure with `function` applied to its leaves."""
    if isinstance(value, dict):
        return {key: mapped(function, item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(mapped(function, item) for item in value)
    return function(value)


def apply_to_symbols(function: Any, args: Any, kwargs: dict[str, Any]) -> Any:
    """The symbolic result of a call: run on zeros to learn the shapes (and to build layers)."""
    node = Node(function, args, kwargs)
    given = node.inputs()
    told = _shapes_told(function, args)
    results = [_tried(node, size) for size in _TRIES[: 1 + any(None in symbol.shape[1:] for symbol in given)]]
    batches = {symbol.shape[0] for symbol in given if symbol.shape}
    leaves = [_leaves(result) for result in results]
    position = iter(range(len(leaves[0])))
    batch = batches.pop() if len(batches) == 1 else None

    def symbol(leaf: Any) -> Symbol:
        number = next(position)
        shapes = [tuple(int(n) for n in found[number].shape) for found in leaves]
        shape = [n if all(other[i] == n for other in shapes) else None for i, n in enumerate(shapes[0])]
        if shape and batch is None and shape[0] == 1:
            shape[0] = None
        return Symbol(shape, leaf.dtype, node)

    if told is not None:
        dtype = getattr(function, "compute_dtype", "float32")
        node.outputs = _of_shapes(told, lambda shape: Symbol(shape, dtype, node))
        return node.outputs
    node.outputs = mapped(symbol, results[0])
    return node.outputs


def _shapes_told(function: Any, args: Any) -> Any:
    """What a layer of one's own says of the shapes it gives, if it does."""
    own = getattr(type(function), "compute_output_shape", None)
    if own is None or own.__module__.startswith("tfgrad_course") or len(args) != 1:
        return None
    return function.compute_output_shape(mapped(lambda leaf: getattr(leaf, "shape", None), args[0]))


def _of_shapes(told: Any, made: Any) -> Any:
    if isinstance(told, dict):
        return {key: _of_shapes(shape, made) for key, shape in told.items()}
    shape = tuple(told)
    if not shape or all(n is None or isinstance(n, int) for n in shape):
        return made(shape)
    return type(told)(_of_shapes(one, made) for one in told)


def _tried(node: Node, size: int) -> Any:
    return node.function(*_zeros(node.args, size), **_zeros(node.kwargs, size))


def _leaves(value: Any) -> list[Any]:
    found: list[Any] = []
    mapped(found.append, value)
    return found


def _zeros(value: Any, size: int) -> Any:
    def zero(leaf: Any) -> Any:
        if not isinstance(leaf, Symbol):
            return leaf
        first = [1 if n is None else n for n in leaf.shape[:1]]
        return tf.zeros(first + [size if n is None else n for n in leaf.shape[1:]], dtype=leaf.dtype)

    return mapped(zero, value)


def replay(outputs: Any, values: dict[int, Any], training: bool | None = None) -> Any:
    """Real tensors for symbolic outputs, given those of the inputs by id; each call runs once."""

    def real(leaf: Any) -> Any:
        if not isinstance(leaf, Symbol):
            return leaf
        if id(leaf) not in values:
            _run(leaf, values, training)
        return values[id(leaf)]

    return mapped(real, outputs)


def _run(symbol: Symbol, values: dict[int, Any], training: bool | None) -> None:
    node = symbol.node
    if node is None:
        raise ValueError(f"Graph disconnected: cannot obtain a value for tensor {symbol}.")
    given, extra = replay(node.args, values, training), replay(node.kwargs, values, training)
    if training is not None and hasattr(node.function, "call"):
        extra.setdefault("training", training)
    made = node.function(*given, **extra)
    for leaf, value in zip(symbols_in(node.outputs), _leaves(made), strict=True):
        values[id(leaf)] = value


def nodes_behind(outputs: Any, stop: Any = (), seen: list[Any] | None = None) -> list[Node]:
    """All calls on the way to symbolic outputs, inputs first."""
    seen = [] if seen is None else seen
    for symbol in symbols_in(outputs):
        node = symbol.node
        if node is None or any(symbol is end for end in stop) or any(node is known for known in seen):
            continue
        nodes_behind(node.inputs(), stop, seen)
        if not any(node is known for known in seen):
            seen.append(node)
    return seen
