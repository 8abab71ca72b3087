"""A tf.function for one signature: what `get_concrete_function` gives."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np

from tfgrad_course.tf import _nest, _signatures
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._errors import mismatch
from tfgrad_course.tf._spec import TensorSpec
from tfgrad_course.tf._tensor import EagerTensor, tensor
from tfgrad_course.tf._variable import Variable


def concrete(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> ConcreteFunction:
    """Trace `function` for these arguments, tensors or specs, unless it has been."""
    if function._signature is not None and not args and not kwargs:
        args = function._signature
    made = tuple(_nest.map_structure(_stand_in, list(args)))
    named = {name: _nest.map_structure(_stand_in, value) for name, value in kwargs.items()}
    key = function._key(made, named)
    if key not in function._states:
        function._trace(made, named, key)
        function._last.undo()  # a graph is made here, and nothing run
    function._asked.setdefault(key, (args, kwargs))
    return ConcreteFunction(function, args, kwargs, key)


def _stand_in(value: Any) -> Any:
    if not isinstance(value, TensorSpec):
        return value
    dims = [1 if d is None else d for d in (value.shape.as_list() if value.shape.rank is not None else [])]
    if value.dtype.name == "string":
        return convert(np.full(dims, b"", dtype=object) if dims else b"")
    numpy_type = value.dtype.np
    return tensor(np.ones(dims, numpy_type) if dims else numpy_type(1), value.dtype)


def _variables(objects: Any) -> list[Variable]:
    return [v for o in objects for v in vars(o).values() if isinstance(v, Variable)] if objects else []


class ConcreteFunction:
    """A function for one signature."""

    __module__ = "tensorflow.python.eager.polymorphic_function.concrete_function"

    def __init__(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any], key: Any) -> None:
        self._of, self._key, self._result = function, key, function._results.get(key)
        self.name = f"__inference_{function.__name__}_1"
        signature = inspect.signature(function._function)
        parameters = list(signature.parameters.values())[len(function._bound) :]
        self._names = [p.name for p in parameters if p.kind is not p.VAR_POSITIONAL]
        given = dict(zip(self._names, args, strict=False)) | kwargs
        self._given = {
            p.name: given.get(p.name, p.default)
            for p in parameters
            if p.name in given or p.default is not p.empty
        }
        self._positional = self._names[: len(args)]
        self._by_keyword = {p.name for p in parameters if p.kind is p.KEYWORD_ONLY}
        self._extra = args[len(self._names) :]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        values = dict(self._given)
        places = [name for name in self._names if name not in self._by_keyword]
        if len(args) < len(places):  # the tensors alone may be given, without what the trace has fixed
            tensors = [name for name in places if _is_tensor(self._given.get(name))]
            places = tensors if len(args) <= len(tensors) else places
        values |= dict(zip(places, args, strict=False)) | kwargs
        fitted = {name: self._fitted(self._given.get(name), value) for name, value in values.items()}
        ordered = [fitted.pop(name) for name in self._positional]
        return self._of._again((*ordered, *self._extra), fitted, self._key)

    def _fitted(self, wanted: Any, value: Any) -> Any:
        if (
            isinstance(wanted, EagerTensor)
            and isinstance(value, EagerTensor)
            and value.dtype is not wanted.dtype
        ):
            raise mismatch(self.name, 0, wanted.dtype.name, value.dtype.name)
        if not isinstance(wanted, TensorSpec):
            if isinstance(wanted, int | float | str) and type(value) is type(wanted) and value != wanted:
                raise TypeError(
                    f"Binding inputs to tf.function failed due to `Can not cast {value!r} to Literal[{wanted!r}]`."
                )
            return value
        made = value if isinstance(value, EagerTensor | Variable) else convert(value, wanted.dtype)
        if not (made.dtype is wanted.dtype and wanted.shape.is_compatible_with(made.shape)):
            raise TypeError(
                f"Binding inputs to tf.function failed due to `Can not cast {TensorSpec(made.shape, made.dtype)} to {wanted}`."
            )
        return made

    @property
    def function_type(self) -> str:
        """The signature in a line."""
        return _signatures.in_a_line(self._parameters(), self._result)

    def pretty_printed_signature(self, verbose: bool = True) -> str:
        """The signature over several lines."""
        return _signatures.pretty(self._parameters(), self._result)

    def _parameters(self) -> Any:
        return _signatures.parameters(self._of, tuple(self._given.values()), {})

    def __str__(self) -> str:
        return "ConcreteFunction " + self.pretty_printed_signature()

    @property
    def structured_input_signature(self) -> Any:
        """The specs of the arguments."""
        found = {
            name: _nest.map_structure(lambda v, name=name: _spec(v, name), v)
            for name, v in self._given.items()
        }
        keywords = {name: found.pop(name) for name in list(found) if name in self._by_keyword}
        return tuple(found.values()), keywords

    @property
    def inputs(self) -> list[Any]:
        """The tensor arguments."""
        return [v for v in _nest.flatten(list(self._given.values())) if _is_tensor(v)]

    @property
    def outputs(self) -> list[Any]:
        """The results, as a flat list."""
        return [leaf for leaf in _nest.flatten(self._result) if leaf is not None]

    @property
    def structured_outputs(self) -> Any:
        """What the results are like."""
        return _nest.map_structure(lambda leaf: _spec(leaf, None), self._result)

    @property
    def output_shapes(self) -> Any:
        """The shapes of the results."""
        return _nest.map_structure(lambda leaf: getattr(leaf, "shape", None), self._result)

    @property
    def output_dtypes(self) -> Any:
        """The dtypes of the results."""
        return _nest.map_structure(lambda leaf: getattr(leaf, "dtype", None), self._result)

    @property
    def function_def(self) -> Any:
        """Not there: no graph is built."""
        raise NotImplementedError(
            "tfgrad's stand-in for TensorFlow runs functions as Python: they have no graph."
        )

    graph = function_def

    @property
    def captured_inputs(self) -> list[Any]:
        """None: what the Python function closes over is looked up when it runs."""
        return []

    @property
    def variables(self) -> tuple[Any, ...]:
        """The variables of the object it is a method of."""
        return tuple(_variables(self._of._bound))

    @property
    def trainable_variables(self) -> tuple[Any, ...]:
        """The trainable ones of them."""
        return tuple(v for v in self.variables if v.trainable)


def _is_tensor(value: Any) -> bool:
    return isinstance(value, TensorSpec | EagerTensor | Variable)


def _spec(value: Any, name: str | None) -> Any:
    if isinstance(value, TensorSpec):
        return TensorSpec(value.shape, value.dtype, value.name or name)
    return TensorSpec(value.shape, value.dtype, name) if isinstance(value, EagerTensor) else value
