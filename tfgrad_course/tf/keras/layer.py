"""The layer: weights made on the first call, sub-layers found in attributes, a forward pass of the tape's ops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf.keras import initializers, regularizers
from tfgrad_course.tf.keras.arguments import as_tensors, demand_tensors, is_shape, open_shape, shapes_of
from tfgrad_course.tf.keras.configured import Configured, given, of_keras, settings
from tfgrad_course.tf.keras.mixed_precision import policy_of
from tfgrad_course.tf.keras.random import SeedGenerator
from tfgrad_course.tf.keras.reported import told
from tfgrad_course.tf.keras.serializing import found
from tfgrad_course.tf.keras.symbols import OPERATIONS, apply_to_symbols, holds_symbol, mapped
from tfgrad_course.tf.keras.variables import Variable, auto_name, inside

_NAMES = OPERATIONS
# Whether the layer call under way trains; False stands for no call under way.
_CALL: ContextVar[Any] = ContextVar("call", default=False)
# Whether batches may have any number of rows, as while fitting.
OPEN: ContextVar[bool] = ContextVar("open", default=False)


class Layer(Configured):
    """Weights, sub-layers found in attributes, `build` on the first call, `call` on each."""

    casts = True  # models hand their inputs on as they are

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "build" in vars(cls):
            cls.build = _noting(cls.build)  # type: ignore[method-assign]

    def __init__(
        self, *, activity_regularizer: Any = None, trainable: bool = True, dtype: Any = None, autocast: bool = True,
        name: str | None = None, **options: Any,
    ) -> None:  # fmt: skip
        given, wide = options.pop("input_shape", None), options.pop("input_dim", None)
        if options:
            raise ValueError(f"Unrecognized keyword arguments passed to {type(self).__name__}: {options}")
        self._label = auto_name(type(self).__name__, _NAMES) if name is None else str(name)
        self._trainable = trainable
        self.dtype_policy = policy_of(dtype)
        self.dtype = self.dtype_policy.variable_dtype
        self.built = False
        self.activity_regularizer = regularizers.get(activity_regularizer)
        self.supports_masking = True
        self._own: list[Any] = []
        self._losses: list[Any] = []
        self._nodes: list[Any] = []
        self._shown: Any = None
        self._built_for: Any = None
        self._given_shape = (wide,) if given is None and wide is not None else given

    @property
    def name(self) -> str:
        """The layer's name."""
        return self._label

    @property
    def compute_dtype(self) -> str:
        """The dtype inputs are computed in."""
        return str(self.dtype_policy.compute_dtype)

    @property
    def variable_dtype(self) -> str:
        """The dtype of the weights."""
        return self.dtype

    @property
    def trainable(self) -> bool:
        """Whether its weights count as trainable."""
        return self._trainable

    @trainable.setter
    def trainable(self, value: bool) -> None:
        self._trainable = bool(value)
        for layer in self.sublayers():
            layer.trainable = value

    def add_weight(
        self, shape: Any = None, initializer: Any = None, dtype: Any = None, trainable: bool = True,
        name: str | None = None, regularizer: Any = None, constraint: Any = None, **_: Any,
    ) -> Any:  # fmt: skip
        """A variable of this layer."""
        if isinstance(shape, str):
            shape, name = (), shape
        shape = () if shape is None else (shape,) if isinstance(shape, int) else tuple(shape)
        if initializer is None:
            initializer = "glorot_uniform" if tf.as_dtype(dtype or self.dtype).is_floating else "zeros"
        with inside(self._label):
            made = Variable(
                initializers.get(initializer),
                shape=shape,
                dtype=dtype or self.dtype,
                trainable=trainable,
                name=name,
            )
        made.regularizer = regularizers.get(regularizer)
        made.constraint = found("constraints", constraint)
        self._own.append(made)
        return made

    add_variable = add_weight

    def build(self, input_shape: Any = None) -> None:
        """Make the weights for inputs of this shape; subclasses define it."""
        self.built = True

    def call(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        """The forward pass; subclasses define it."""
        raise NotImplementedError(f"Layer {type(self).__name__} does not have a `call` method implemented.")

    def check_inputs(self, inputs: Any) -> None:
        """Refuse inputs of a wrong shape; layers with demands define it."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Build on first use, then call; symbolic inputs give a symbolic output."""
        if not hasattr(self, "_own"):
            raise RuntimeError(
                f"In layer '{type(self).__name__}', you forgot to call `super().__init__()` as the first statement "
                "in the `__init__()` method. Go add it!"
            )
        if holds_symbol(args) or holds_symbol(kwargs):
            return self._symbolic(args, kwargs)
        args = tuple(as_tensors(a, self.compute_dtype if self.casts else self.dtype) for a in args)
        demand_tensors(args)
        with self._calling(kwargs):
            if not self.built:
                with inside(self._label):
                    self._prepare(args)
                    return self._run(args, kwargs)
            return self._run(args, kwargs)

    def _symbolic(self, args: Any, kwargs: Any) -> Any:
        found = apply_to_symbols(self, args, kwargs)
        first = found
        while not hasattr(first, "node"):
            first = next(iter(first.values() if isinstance(first, dict) else first))
        self._nodes.append(first.node)
        return found

    def _prepare(self, args: tuple[Any, ...]) -> None:
        if args:
            self.check_inputs(args[0])
        self.build(shapes_of(args[0]) if args else None)
        self.built = True

    @contextmanager
    def _calling(self, kwargs: dict[str, Any]) -> Iterator[None]:
        """The outermost call forgets the losses of the last one; `training` is handed down."""
        around = _CALL.get()
        if around is False:
            self._forget_losses()
            around = None
        token = _CALL.set(kwargs["training"] if kwargs.get("training") is not None else around)
        try:
            yield
        finally:
            _CALL.reset(token)

    def _forget_losses(self) -> None:
        self._losses = []
        for layer in self.sublayers():
            layer._forget_losses()

    def _run(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        known = _parameters(self.call)
        if "training" in known:
            if kwargs.get("training") is None and _CALL.get() is not None:
                kwargs = {**kwargs, "training": _CALL.get()}
        elif "training" in kwargs and not any(p.kind is p.VAR_KEYWORD for p in known.values()):
            kwargs = {k: v for k, v in kwargs.items() if k != "training"}
        if args:
            self.check_inputs(args[0])
        try:
            with self._cast_weights():
                result = self.call(*args, **kwargs)
        except Exception as problem:
            raise told(problem, self, args, kwargs) from None
        if self._shown is None:
            self._shown = mapped(
                open_shape if OPEN.get() else lambda leaf: tuple(getattr(leaf, "shape", ())), result
            )
        if self.activity_regularizer is not None:
            self.add_loss(self.activity_regularizer(result))
        return result

    @contextmanager
    def _cast_weights(self) -> Iterator[None]:
        """Inside, the weights that train are tensors of the dtype that is computed in, if it is another."""
        if self.compute_dtype == self.dtype or not self.casts:
            yield
            return
        kept = {
            k: v
            for k, v in vars(self).items()
            if isinstance(v, Variable) and v.trainable and v.dtype.is_floating
        }
        vars(self).update({name: tf.cast(variable, self.compute_dtype) for name, variable in kept.items()})
        try:
            yield
        finally:
            vars(self).update(kept)

    @property
    def input(self) -> Any:
        """The symbol it was called on."""
        return self._node("input").args[0]

    @property
    def output(self) -> Any:
        """The symbol it gave."""
        return self._node("output").outputs

    def _node(self, end: str) -> Any:
        if not self._nodes:
            raise AttributeError(
                f"The layer {self.name} has never been called and thus has no defined {end}."
            )
        return self._nodes[-1]

    def compute_output_shape(self, input_shape: Any) -> tuple[Any, ...]:
        """The shape it gives for inputs of a shape."""
        from tfgrad_course.tf.keras.symbols import Symbol

        return apply_to_symbols(self, (Symbol(input_shape),), {}).shape  # type: ignore[no-any-return]

    def sublayers(self) -> list[Layer]:
        """Layers found in the attributes, in order of assignment."""
        found: list[Layer] = []
        for key, value in vars(self).items():
            if key not in _APART:
                _collect(value, found)
        return found

    @property
    def weights(self) -> list[Any]:
        """Of each layer the trainable ones first, then the others."""
        return [variable for variable, _ in self._all()]

    @property
    def variables(self) -> list[Any]:
        """All weights, and the seeds that layers draw from."""
        return [variable for variable, _ in self._all(seeds=True)]

    def _all(self, seeds: bool = False) -> list[tuple[Any, bool]]:
        seen: dict[int, tuple[Any, bool]] = {}
        attributes = [v for v in vars(self).values() if isinstance(v, Variable)]
        own = list({id(v): v for v in [*self._own, *attributes]}.values())
        for variable in [v for v in own if v.trainable] + [v for v in own if not v.trainable]:
            seen[id(variable)] = (variable, variable.trainable and self._trainable)
        for drawer in vars(self).values() if seeds else ():
            if isinstance(drawer, SeedGenerator):
                seen[id(drawer.state)] = (drawer.state, False)
        for layer in self.sublayers():
            for variable, trains in layer._all(seeds):
                seen.setdefault(id(variable), (variable, trains and self._trainable))
        return list(seen.values())

    @property
    def trainable_weights(self) -> list[Any]:
        """The weights that training changes."""
        return [variable for variable, trains in self._all() if trains]

    @property
    def non_trainable_weights(self) -> list[Any]:
        """The weights that training leaves alone."""
        return [variable for variable, trains in self._all() if not trains]

    @property
    def non_trainable_variables(self) -> list[Any]:
        """The weights that training leaves alone, and the seeds that layers draw from."""
        return [variable for variable, trains in self._all(seeds=True) if not trains]

    trainable_variables = trainable_weights

    def __getattr__(self, name: str) -> Any:
        """How weights begin, what they cost and what they may be, as the layer was told."""
        part = name.rpartition("_")[2] + "s"
        if (
            part in ("initializers", "regularizers", "constraints")
            and of_keras(self)
            and name in (known := given(self))
        ):
            return found(part, known[name])
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def add_loss(self, loss: Any) -> None:
        """A loss of this call beside the model's own."""
        for one in loss if isinstance(loss, (list, tuple)) else [loss]:
            if not tf.is_tensor(one):
                raise ValueError(
                    "`add_loss()` can only be called from inside `build()` or `call()`, on a tensor input. Received invalid "
                    f"value: {one}"
                )
            self._losses.append(one)

    @property
    def losses(self) -> list[Any]:
        """Losses added in the last call, and the penalties of regularised weights."""
        found = list(self._losses)
        found += [v.regularizer(v.read_value()) for v in self._own if getattr(v, "regularizer", None)]
        for layer in self.sublayers():
            found += layer.losses
        return found

    def get_weights(self) -> list[Any]:
        """All weights as NumPy arrays."""
        return [weight.numpy() for weight in self.weights]

    def set_weights(self, weights: Iterable[Any]) -> None:
        """Assign all weights."""
        weights = list(weights)
        if len(weights) != len(self.weights):
            raise ValueError(
                f"You called `set_weights(weights)` on layer '{self.name}' with a weight list of length "
                f"{len(weights)}, but the layer was expecting {len(self.weights)} weights."
            )
        for variable, value in zip(self.weights, weights, strict=True):
            variable.assign(value)

    def count_params(self) -> int:
        """How many numbers the weights hold."""
        if not self.built:
            raise ValueError(
                f"You tried to call `count_params` on layer '{self.name}', but the layer isn't built. You can build it "
                f"manually via: `layer.build(input_shape)`."
            )
        return int(sum(np.prod(tuple(weight.shape)) for weight in self.weights))

    def get_config(self) -> dict[str, Any]:
        """Name and dtype, and for Keras' own layers what they were made with."""
        policy = {
            "module": "keras",
            "class_name": "DTypePolicy",
            "config": {"name": self.dtype_policy.name},
            "registered_name": None,
        }
        config = {"name": self.name, "trainable": self.trainable, "dtype": policy}
        return config | (settings(self) if of_keras(self) else {})

    def get_build_config(self) -> dict[str, Any] | None:
        """The shape it was built for."""
        return {"input_shape": self._built_for} if self._built_for is not None else None

    def build_from_config(self, config: dict[str, Any]) -> None:
        """Make the weights for the shape another was built for."""
        self.build(config["input_shape"])
        self.built = True

    def __repr__(self) -> str:
        return f"<{type(self).__name__} name={self.name}, built={self.built}>"


def _collect(value: Any, found: list[Layer]) -> None:
    if isinstance(value, Layer):
        if not any(value is layer for layer in found):
            found.append(value)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _collect(item, found)
    elif isinstance(value, dict):
        for item in value.values():
            _collect(item, found)


_APART = ("_own", "_losses", "_nodes", "_made_with", "_shown", "_built_for")


def _noting(build: Any) -> Any:
    @wraps(build)
    def noted(self: Any, *args: Any, **kwargs: Any) -> Any:
        with inside(self._label):
            result = build(self, *args, **kwargs)
        self.built = True
        if args and is_shape(args[0]):
            self._built_for = tuple(args[0])
        return result

    return noted


def _parameters(function: Any) -> Any:
    import inspect

    return inspect.signature(function).parameters
