"""A tf.function for one signature: what `get_concrete_function` gives."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from tfgrad_course.tf import _nest, _signatures
from tfgrad_course.tf._binding import cast, type_text
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._creation import FORBIDDEN
from tfgrad_course.tf._dry import dry_run
from tfgrad_course.tf._errors import mismatch
from tfgrad_course.tf._listening import TRACING
from tfgrad_course.tf._spec import TensorSpec
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf._tracing import SymbolicTensor, silent_printing
from tfgrad_course.tf._variable import Variable

_NUMBERS = itertools.count(1)


def concrete(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> ConcreteFunction:
    """Trace `function` for these arguments, tensors or specs, unless it has been."""
    binding = function._binding
    if function._signature is not None and not args and not kwargs:
        args = function._signature
    asked = (args, kwargs)
    args, kwargs = binding.bind(args, kwargs)
    key = function._key(args, kwargs)
    if key not in function._states:
        known = function._known(key)
        if known is None and function._reduces and function._signature is None:
            known = function._wider(key)
        key = key if known is None else known
    if key not in function._states or key not in function._concrete:
        made = tuple(_nest.map_structure(_stand_in, list(args)))
        named = {name: _nest.map_structure(_stand_in, value) for name, value in kwargs.items()}
        if key not in function._states:
            function._trace(made, named, key)
            function._last.undo()  # a graph is made here, and nothing run
        _open_results(function, key, made, named)
    function._asked.setdefault(key, asked)
    found = function._concrete.get(key)
    names = [leaf.name for leaf in _nest.flatten([list(args), kwargs]) if isinstance(leaf, TensorSpec)]
    if found is None or (any(names) and found._spec_names != names):
        found = ConcreteFunction(function, args, kwargs, key)
        found._spec_names = names
        function._concrete.setdefault(key, found)
    return found


def _open_results(function: Any, key: Any, args: Any, kwargs: Any) -> None:
    """Let the shapes of results be open where they follow open shapes of arguments: looked at with other sizes."""
    shapes = _signatures.shapes_of(function, key)
    if all(shape is not None and None not in list(shape) for shape in map(_listed, shapes)):
        return
    sizes = iter(shapes)

    def other(leaf: Any) -> Any:
        shape = _listed(next(sizes)) if isinstance(leaf, EagerTensor) else None
        return leaf if shape is None else _stand_in(TensorSpec(shape, leaf.dtype), 2)

    args, kwargs = _nest.map_structure(other, [list(args), kwargs])
    state, token = function._states[key], TRACING.set(function)
    forbidden = FORBIDDEN.set(True)
    try:
        with silent_printing(), state.frozen():
            found, _ = dry_run(lambda: function._body(tuple(args), kwargs, state, state.staged))
        kept = function._results[key]
        if found is not None:
            function._results[key] = _nest.map_structure(_common, kept, found)
    except Exception:  # with these sizes the function may not work at all
        return
    finally:
        FORBIDDEN.reset(forbidden)
        TRACING.reset(token)


def _listed(shape: Any) -> Any:
    if shape is None or isinstance(shape, tuple | list):
        return shape
    return None if shape.rank is None else shape.as_list()


def _common(spec: Any, value: Any) -> Any:
    if not isinstance(spec, TensorSpec) or not isinstance(value, EagerTensor):
        return spec
    return TensorSpec(spec.shape.most_specific_compatible_shape(value.shape), spec.dtype)


def _stand_in(value: Any, open_size: int = 1) -> Any:
    if not isinstance(value, TensorSpec):
        return value
    dims = [
        open_size if d is None else d for d in (value.shape.as_list() if value.shape.rank is not None else [])
    ]
    if value.dtype.name == "string":
        return convert(np.full(dims, b"", dtype=object) if dims else b"")
    numpy_type = value.dtype.np
    return tensor(np.ones(dims, numpy_type) if dims else numpy_type(1), value.dtype)


class ConcreteFunction:
    """A function for one signature."""

    __module__ = "tensorflow.python.eager.polymorphic_function.concrete_function"

    def __init__(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], key: Any) -> None:
        self._of, self._key, self._result = function, key, function._results.get(key)
        self.name: Any = f"__inference_{function._name}_{next(_NUMBERS)}".encode()
        self._args, self._kwargs = args, kwargs
        self._shapes = _signatures.shapes_of(function, key)
        shapes = iter(self._shapes)
        self._named = [
            (name, order, _nest.map_structure(lambda v: _as_spec(v, shapes), value))
            for name, order, value in function._binding.named(args, kwargs)
        ]
        self._given = {name: value for name, _, value in self._named}
        self._arg_keywords = _distinct(self._flat_names())
        self._num_positional_args = len(self._arg_keywords)
        self._spec_names: list[Any] = []

    def _flat_names(self) -> list[str]:
        """What each tensor argument is called, which its spec may say."""
        found = []
        for name, _, value in self._named:
            leaves = [leaf for leaf in _nest.flatten(value) if _is_tensor(leaf)]
            found += [(leaf.name if isinstance(leaf, TensorSpec) and leaf.name else name) for leaf in leaves]
        return found

    # Calling ---------------------------------------------------------------------------------

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return self._run(*self._structured(args, kwargs))
        except _Unbound as problem:
            try:
                return self._run(*self._flat(args, kwargs))
            except _Unbound as other:
                raise TypeError(
                    f"{problem}\nFallback to flat signature also failed due to: {other}"
                ) from None

    def _structured(self, args: Any, kwargs: Any) -> Any:
        signature = self.function_type
        try:
            found = signature.bind(*args, **kwargs)
            for name, value in found.arguments.items():
                found.arguments[name] = self._fitted(self._given[name], value)
        except (TypeError, ValueError, AssertionError) as problem:
            raise _Unbound(
                f"Binding inputs to tf.function failed due to `{problem}`. Received args: {args} and kwargs: {kwargs} for "
                f"signature: {signature}."
            ) from None
        return self._in_order(found.arguments)

    def _fitted(self, wanted: Any, value: Any) -> Any:
        if isinstance(wanted, Variable):
            if not isinstance(value, Variable) or value.dtype is not wanted.dtype:
                raise ValueError(f"Can not cast {value!r} to {type_text(wanted)}")
            return value
        if isinstance(wanted, TensorSpec):
            given = value._read() if isinstance(value, Variable) else value
            return cast(TensorSpec(wanted.shape, wanted.dtype), given)
        if _nest.is_nested(wanted):
            _nest.assert_same_structure(wanted, value)
            leaves = zip(_nest.flatten(wanted), _nest.flatten(value), strict=True)
            return _nest.pack_sequence_as(wanted, [self._fitted(w, v) for w, v in leaves])
        if value is not wanted and value != wanted and not (value != value and wanted != wanted):
            raise ValueError(f"Can not cast {value!r} to {type_text(wanted)}")
        return value

    def _flat(self, args: Any, kwargs: Any) -> Any:
        """The tensors alone, under the names of the flat signature."""
        summary, names, left = f"{self._summary()}", self._arg_keywords, dict(kwargs)
        if len(args) > len(names):
            raise _Unbound(f"{summary} takes {len(names)} positional arguments, got {len(args)}.")
        values = list(args)
        for name in names[len(args) :]:
            if name not in left:
                given = {*names[: len(values)], *left}
                missing = ", ".join(sorted(set(names) - given))
                raise _Unbound(f"{summary} missing required arguments: {missing}.")
            values.append(left.pop(name))
        for name in left:
            if name in names[: len(args)]:
                raise _Unbound(f"{summary} got two values for '{name}'.")
            raise _Unbound(f"{summary} got unexpected keyword arguments: {', '.join(sorted(left))}.")
        for i, value in enumerate(values):
            if not isinstance(value, EagerTensor | Variable):
                shown = f"{type(value).__name__} ({value})"
                raise _Unbound(f"{summary}: expected argument #{i}(zero-based) to be a Tensor; got {shown}.")
        return self._in_order(self._placed(values))

    def _placed(self, values: list[Any]) -> dict[str, Any]:
        left = iter(values)
        wanted = [w for w in _nest.flatten([v for _, _, v in self._named]) if _is_tensor(w)]
        for i, (want, value) in enumerate(zip(wanted, values, strict=True)):
            if want.dtype is not value.dtype:
                raise mismatch(self.name.decode(), i, want.dtype.kernel, value.dtype.kernel)
        return {
            name: _nest.map_structure(lambda leaf: next(left) if _is_tensor(leaf) else leaf, value)
            for name, _, value in self._named
        }

    def _summary(self) -> str:
        return f"{self.name.decode()}({', '.join(self._arg_keywords)})"

    def _in_order(self, values: dict[str, Any]) -> tuple[Any, Any]:
        """The arguments as the Python function takes them."""
        args = [values[name] for name, order, _ in self._named if order <= 1]
        return tuple(args), {name: values[name] for name, order, _ in self._named if order > 1}

    def _run(self, args: Any, kwargs: Any) -> Any:
        return self._of._again(args, kwargs, self._key)

    # Telling ---------------------------------------------------------------------------------

    @property
    def function_type(self) -> Any:
        """The signature: parameters with their types, and the type of the result."""
        inputs = _signatures.parameters(self._of, self._args, self._kwargs, self._shapes)
        return _signatures.function_type(inputs, self._result, self._of._captures.get(self._key, ()))

    def pretty_printed_signature(self, verbose: bool = True) -> str:
        """The signature over several lines."""
        return repr(self.function_type) if verbose else str(self.function_type)

    def __str__(self) -> str:
        return "ConcreteFunction " + self.pretty_printed_signature()

    def __repr__(self) -> str:
        return f"<ConcreteFunction {self.function_type} at {id(self):#x}>".replace(" at 0x", " at 0x")

    @property
    def structured_input_signature(self) -> Any:
        """The specs of the arguments."""
        names = iter(self._arg_keywords if self._spec_names else _distinct(self._flat_names()))
        specs = [
            (name, order, _nest.map_structure(lambda leaf: _spec(leaf, names), value))
            for name, order, value in self._named
        ]
        return tuple(v for _, order, v in specs if order <= 1), {n: v for n, order, v in specs if order > 1}

    @property
    def inputs(self) -> list[Any]:
        """The tensors it takes."""
        tensors = [w for w in _nest.flatten([v for _, _, v in self._named]) if _is_tensor(w)]
        pairs = zip(self._arg_keywords, tensors, strict=True)
        return [SymbolicTensor(name, one.shape, one.dtype) for name, one in pairs] + self.captured_inputs

    @property
    def outputs(self) -> list[Any]:
        """The results, as a flat list."""
        return [leaf for leaf in _nest.flatten(self.structured_outputs) if leaf is not None]

    @property
    def structured_outputs(self) -> Any:
        """What the results are like."""
        numbers = itertools.count()

        def symbol(leaf: Any) -> Any:
            if not isinstance(leaf, TensorSpec):
                return leaf
            number = next(numbers)
            return SymbolicTensor(f"Identity_{number}" if number else "Identity", leaf.shape, leaf.dtype)

        return _nest.map_structure(symbol, self._result)

    @property
    def output_shapes(self) -> Any:
        """The shapes of the results."""
        from tfgrad_course.tf._shape import TensorShape

        return _nest.map_structure(lambda leaf: getattr(leaf, "shape", TensorShape(None)), self._result)

    @property
    def output_dtypes(self) -> Any:
        """The dtypes of the results."""
        return _nest.map_structure(lambda leaf: getattr(leaf, "dtype", None), self._result)

    @property
    def graph(self) -> Any:
        """What is known of the graph it would be."""
        return FunctionGraph(self)

    @property
    def function_def(self) -> Any:
        """Not there: no graph is built."""
        raise NotImplementedError(
            "tfgrad's stand-in for TensorFlow runs functions as Python: they have no graph."
        )

    @property
    def captured_inputs(self) -> list[Any]:
        """What it uses of outside, variables by their handles."""
        found = self._of._captures.get(self._key, ())
        return [one.handle if isinstance(one, Variable) else one for one in found]

    @property
    def variables(self) -> tuple[Any, ...]:
        """The variables it uses."""
        return tuple(one for one in self._of._captures.get(self._key, ()) if isinstance(one, Variable))

    @property
    def trainable_variables(self) -> tuple[Any, ...]:
        """The trainable ones of them."""
        return tuple(v for v in self.variables if v.trainable)


class _Unbound(Exception):
    """Arguments that do not fit one way of giving them."""


class FunctionGraph:
    """What a concrete function tells of its graph, which is not there."""

    __module__ = "tensorflow.python.framework.func_graph"

    def __init__(self, of: ConcreteFunction) -> None:
        self._of, self.name, self.building_function = of, of._of._name, True

    def __getattr__(self, name: str) -> Any:
        if name in ("inputs", "outputs", "variables", "trainable_variables", "structured_outputs",
                    "structured_input_signature", "captured_inputs"):  # fmt: skip
            return getattr(self._of, name)
        raise NotImplementedError(
            "tfgrad's stand-in for TensorFlow runs functions as Python: they have no graph."
        )

    @property
    def captures(self) -> list[tuple[Any, Any]]:
        """What it uses of outside, each with what stands for it inside."""
        return [(one, one) for one in self._of.captured_inputs]

    def as_graph_element(self, name: Any) -> Any:
        """The same."""
        return name


FunctionGraph.__name__ = FunctionGraph.__qualname__ = "FuncGraph"


def _distinct(names: list[str]) -> list[str]:
    used: dict[str, int] = {}
    found = []
    for name in names:
        count = used.get(name, 0)
        used[name] = count + 1
        found.append(f"{name}_{count}" if count else name)
    return found


def _as_spec(value: Any, shapes: Any) -> Any:
    if isinstance(value, TensorSpec):
        return TensorSpec(next(shapes, value.shape), value.dtype, value.name)
    if isinstance(value, EagerTensor):
        return TensorSpec(next(shapes, value.shape), value.dtype)
    return value


def _is_tensor(value: Any) -> bool:
    return isinstance(value, TensorSpec | EagerTensor | Variable)


def _spec(value: Any, names: Any) -> Any:
    if isinstance(value, TensorSpec):
        return TensorSpec(value.shape, value.dtype, next(names))
    if isinstance(value, Variable):
        next(names)
    return value
