"""Models: subclassed, a sequence of layers, or a graph of layer calls."""

from __future__ import annotations

from typing import Any

from tfgrad_course import tf
from tfgrad_course.tf.keras import graphs, saving, serializing
from tfgrad_course.tf.keras.depths import in_order
from tfgrad_course.tf.keras.layer import _NAMES as _LAYERS
from tfgrad_course.tf.keras.layer import OPEN
from tfgrad_course.tf.keras.layers import Input, InputLayer, Layer
from tfgrad_course.tf.keras.saving import load_model, save_model
from tfgrad_course.tf.keras.storing import Stored, model_from_json
from tfgrad_course.tf.keras.summary import summary
from tfgrad_course.tf.keras.symbols import _NAMES as _SYMBOLS
from tfgrad_course.tf.keras.symbols import (
    Node,
    Symbol,
    mapped,
    nodes_behind,
    replay,
    symbols_in,
)
from tfgrad_course.tf.keras.training import Trainer
from tfgrad_course.tf.keras.variables import auto_name, inside

__all__ = ["Functional", "Model", "Sequential", "clone_model", "load_model", "model_from_json", "save_model"]


class Model(Layer, Trainer, Stored):
    """A layer with a training loop; `Model(inputs, outputs)` is a graph of layer calls."""

    casts = False

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        symbolic = [*args[:2], kwargs.get("inputs"), kwargs.get("outputs")]
        if symbols_in(symbolic) and not issubclass(cls, (Functional, Sequential)):
            cls = Functional if cls is Model else _with_graph(cls)
        return super().__new__(cls, *args, **kwargs)

    def __init__(self, *args: Any, **options: Any) -> None:
        if args:
            raise TypeError(
                f"{type(self).__name__}() takes keyword arguments, or inputs and outputs that are symbolic."
            )
        super().__init__(**options)
        self.start_training()
        self.history: Any = None

    @property
    def layers(self) -> list[Layer]:
        """The layers, in order."""
        return self.sublayers()

    def get_layer(self, name: str | None = None, index: int | None = None) -> Layer:
        """The layer of a name or at a place."""
        if index is not None:
            return self.layers[index]
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise ValueError(
            f"No such layer: {name}. Existing layers are: {[layer.name for layer in self.layers]}."
        )

    def build(self, input_shape: Any = None) -> None:
        """Make the weights for inputs of this shape, by a call on zeros."""
        if input_shape is not None and not self.built and type(self).build is Model.build:
            shapes = [1 if n is None else int(n) for n in input_shape]
            if not _busy(self):
                self.built = True
                self.call(tf.zeros(shapes))
        self.built = True

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        """A model with new weights, made of a configuration."""
        with saving.custom_object_scope(custom_objects or {}):
            return graphs.made_of(cls, config) if "input_layers" in config else super().from_config(config)

    def summary(self, line_length: Any = None, positions: Any = None, print_fn: Any = None, expand_nested: bool = False, **_: Any) -> None:  # fmt: skip
        """Layers, shapes and how many numbers they hold."""
        summary(self, print_fn, line_length, expand_nested)


def _busy(model: Any) -> bool:
    return any(layer.built for layer in model.sublayers())


class Functional(Model):
    """Layer calls on symbolic inputs, replayed on tensors."""

    def __init__(
        self, inputs: Any = None, outputs: Any = None, name: str | None = None, **options: Any
    ) -> None:
        if name is None and type(self) is Functional:
            name = auto_name("Functional", _LAYERS)
        super().__init__(name=name, **options)
        self._given_inputs, self._given_outputs = inputs, outputs
        self._check()
        self.built = True

    def _check(self) -> None:
        for node in nodes_behind(self._given_outputs, self.inputs):
            for symbol in node.inputs():
                if symbol.node is None and not any(symbol is known for known in self.inputs):
                    raise ValueError(
                        f"`inputs` not connected to `outputs`: the graph needs {symbol}, which is not among the inputs."
                    )

    @property
    def inputs(self) -> list[Symbol]:
        """The symbolic inputs."""
        return symbols_in(self._given_inputs)

    @property
    def outputs(self) -> list[Symbol]:
        """The symbolic outputs."""
        return symbols_in(self._given_outputs)

    @property
    def input(self) -> Any:
        """The symbolic input, or the structure of them."""
        return self._given_inputs

    @property
    def output(self) -> Any:
        """The symbolic output, or the structure of them."""
        return self._given_outputs

    @property
    def input_shape(self) -> Any:
        """The shape of the input."""
        return mapped(lambda symbol: symbol.shape, self._given_inputs)

    @property
    def output_shape(self) -> Any:
        """The shape of the output."""
        return mapped(lambda symbol: symbol.shape, self._given_outputs)

    def _fits(self, number: int, symbol: Symbol, value: Any) -> None:
        shape = tuple(value.shape)
        same = len(shape) == len(symbol.shape) and all(
            n is None or m is None or m == n for n, m in zip(symbol.shape[1:], shape[1:], strict=True)
        )
        if not same and len(shape) + 1 != len(symbol.shape):
            raise ValueError(
                f"Input {number} with name '{symbol.name}' of layer '{self.name}' is incompatible with the layer: expected "
                f"shape={symbol.shape}, found shape={shape}"
            )

    def graph_nodes(self) -> list[Node]:
        """The calls it is made of, inputs first."""
        return nodes_behind(self._given_outputs, self.inputs)

    def sublayers(self) -> list[Layer]:
        found: list[Layer] = []
        if "_given_inputs" not in vars(self):
            return found
        for symbol in self.inputs:
            if symbol.layer is None:
                symbol.layer = InputLayer(symbol=symbol)
        for one in in_order(self._given_outputs, self.inputs):
            layer = one.function if isinstance(one, Node) else one.layer
            if isinstance(layer, Layer) and not any(layer is known for known in found):
                found.append(layer)
        return found

    def call(self, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:
        """The layer calls again, on tensors."""
        values: dict[int, Any] = {}
        _bind(self._given_inputs, inputs, values)
        for number, symbol in enumerate(self.inputs):
            self._fits(number, symbol, values[id(symbol)])
        return replay(self._given_outputs, values, training)

    def get_config(self) -> dict[str, Any]:
        """Its layers, and what each was called on."""
        return graphs.told(self)

    def get_build_config(self) -> None:
        """None: the calls tell the shapes."""


_GRAPHS: dict[type, type] = {}


def _with_graph(kind: type) -> type:
    """A model class of the learner's own, given symbolic inputs and outputs."""
    if kind not in _GRAPHS:
        body = {"__module__": kind.__module__, "__init__": _graph_init(kind)}
        _GRAPHS[kind] = type(kind.__name__, (kind, Functional), body)
    return _GRAPHS[kind]


def _graph_init(kind: type) -> Any:
    own = kind.__init__ is not Model.__init__  # type: ignore[misc]

    def init(self: Any, *args: Any, **options: Any) -> None:
        if own:
            kind.__init__(self, *args, **options)  # type: ignore[misc]
        else:
            Functional.__init__(self, *args, **options)

    return init


def _bind(symbols: Any, given: Any, values: dict[int, Any]) -> None:
    if isinstance(symbols, Symbol):
        while isinstance(given, (list, tuple)) and len(given) == 1:
            given = given[0]
        if isinstance(given, dict):
            given = given[symbols.name] if symbols.name in given else next(iter(given.values()))
        if tf.is_tensor(given) and len(given.shape) == 1 and len(symbols.shape) == 2:
            given = given[:, tf.newaxis]
        values[id(symbols)] = given
    elif isinstance(symbols, dict):
        for key, symbol in symbols.items():
            _bind(symbol, given[key], values)
    elif isinstance(given, dict):
        for symbol in symbols:
            _bind(symbol, given[symbol.name], values)
    else:
        given = given if isinstance(given, (list, tuple)) else [given]
        for symbol, value in zip(symbols, given, strict=True):
            _bind(symbol, value, values)


class Sequential(Model):
    """Layers one after another."""

    def __init__(self, layers: Any = None, trainable: bool = True, name: str | None = None) -> None:
        super().__init__(name=name, trainable=trainable)
        self._stack: list[Any] = []
        self._start: Any = None
        self._ends: list[Any] = []
        for layer in layers or []:
            self._put(layer)
        if self._ends:
            auto_name("Functional", _LAYERS)  # Keras draws a graph of the layers, which counts

    def add(self, layer: Any, rebuild: bool = True) -> None:
        """Put a layer (or an input) at the end."""
        for _ in (
            self._ends if self._start is not None and not isinstance(layer, (Symbol, InputLayer)) else ()
        ):
            auto_name("KerasTensor", _SYMBOLS)  # Keras calls all layers anew
        self._put(layer)
        if self._ends and not isinstance(layer, (Symbol, InputLayer)):
            auto_name("Functional", _LAYERS)

    def _put(self, layer: Any) -> None:
        if isinstance(layer, (Symbol, InputLayer)):
            self._start = layer if isinstance(layer, Symbol) else layer.symbol()
            return
        if not isinstance(layer, Layer):
            if not callable(layer):
                raise ValueError(
                    f"Only instances of `keras.Layer` can be added to a Sequential model. Received: {layer} (of type {type(layer)})"
                )
            from tfgrad_course.tf.keras.layers import Lambda

            layer = Lambda(layer)
        given = layer._given_shape
        if not self._stack and self._start is None:
            if given is not None:
                self._start = Input(batch_shape=(None, *given))
            elif (
                isinstance(layer, (Functional, Sequential)) and layer.built and isinstance(layer.inputs, list)
            ):
                self._start = Input(batch_shape=layer.input_shape)
        self._stack.append(layer)
        if self._start is not None:
            self._lead(layer)

    def _lead(self, layer: Layer) -> None:
        with inside(self.name):
            self._ends.append(layer(self._ends[-1] if self._ends else self._start))
        self.built = True

    def pop(self, rebuild: bool = True) -> Any:
        """Take the last layer away."""
        if self._ends:
            self._ends.pop()
            for kind, names in [("KerasTensor", _SYMBOLS)] * len(self._ends) + [("Functional", _LAYERS)]:
                auto_name(kind, names)  # Keras calls those that are left anew
        return self._stack.pop()

    @property
    def layers(self) -> list[Layer]:
        """The layers, in order."""
        return list(self._stack)

    def sublayers(self) -> list[Layer]:
        return list(vars(self).get("_stack", ()))

    def build(self, input_shape: Any = None) -> None:
        """Make the weights for inputs of this shape."""
        if input_shape is not None and self._start is None:
            self._start = Input(batch_shape=tuple(None if n is None else int(n) for n in input_shape))
            for layer in self._stack:
                self._lead(layer)
            auto_name("Functional", _LAYERS)
        self.built = bool(self._stack)

    @property
    def inputs(self) -> list[Symbol]:
        """The symbolic input, in a list."""
        return [self.input]

    @property
    def outputs(self) -> list[Symbol]:
        """The symbolic output, in a list."""
        return symbols_in(self.output)

    @property
    def input(self) -> Any:
        """The symbolic input."""
        if self._start is None:
            raise AttributeError(
                f"The layer {self.name} has never been called and thus has no defined input."
            )
        return self._start

    @property
    def output(self) -> Any:
        """The symbolic output."""
        if not self._ends:
            raise AttributeError(
                f"The layer {self.name} has never been called and thus has no defined output."
            )
        return self._ends[-1]

    @property
    def input_shape(self) -> Any:
        """The shape of the input."""
        if self._start is None:
            raise AttributeError(f"Sequential model '{self.name}' has no defined input shape yet.")
        return self._start.shape

    @property
    def output_shape(self) -> Any:
        """The shape of the output."""
        if not self._ends:
            raise AttributeError(f"Sequential model '{self.name}' has no defined output shape yet.")
        return self._ends[-1].shape

    def _prepare(self, args: tuple[Any, ...]) -> None:
        """Built by the first call: the symbols have its shape, the batch is open while fitting."""
        shape = tuple(args[0].shape)
        self.build((None if OPEN.get() else shape[0], *shape[1:]) if shape else shape)

    def call(self, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:
        """Layer after layer."""
        value = inputs[0] if isinstance(inputs, (list, tuple)) and len(inputs) == 1 else inputs
        if (
            self._start is not None
            and len(self._start.shape) == 2
            and tf.is_tensor(value)
            and len(value.shape) == 1
        ):
            value = value[:, tf.newaxis]
        for layer in self._stack:
            value = layer(value)
        return value

    def get_config(self) -> dict[str, Any]:
        """Its layers, the input first."""
        config = {name: Layer.get_config(self)[name] for name in ("name", "trainable", "dtype")}
        start = [] if self._start is None else [self._start.layer or InputLayer(symbol=self._start)]
        config["layers"] = [serializing.serialize(layer) for layer in [*start, *self._stack]]
        return config | ({"build_input_shape": self._start.shape} if self._start is not None else {})

    def get_build_config(self) -> dict[str, Any] | None:
        """The shape of the input, where it is known."""
        return None if self._start is None else {"input_shape": self._start.shape}

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        """A model with new weights, made of a configuration."""
        if "layers" not in config:
            return super().from_config(config)
        with saving.custom_object_scope(custom_objects or {}):
            return cls([serializing.deserialize(layer) for layer in config["layers"]], name=config["name"])


def clone_model(model: Any, input_tensors: Any = None, clone_function: Any = None) -> Any:
    """The same model with new layers and new weights."""
    from tfgrad_course.tf.keras import cloning

    return cloning.clone_model(model, input_tensors, clone_function)
