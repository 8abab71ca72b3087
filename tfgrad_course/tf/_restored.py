"""Functions of a loaded model: they take what they were traced for when it was saved, and nothing else."""

from __future__ import annotations

import contextlib
import inspect
from typing import Any

from tfgrad_course.tf import _nest
from tfgrad_course.tf._concrete import ConcreteFunction, _stand_in, concrete
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._function import Function
from tfgrad_course.tf._spec import TensorSpec
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._tracing import State, silent_printing
from tfgrad_course.tf._variable import Variable


def traces(function: Any) -> list[dict[str, Any]]:
    """For each trace of a function what it takes, by the names of its parameters."""
    if function._signature is not None:
        return [_by_name(function, function._signature, {})]
    asked = getattr(function, "_asked", {})
    return [_by_name(function, *asked[key]) if key in asked else _of_key(function, key) for key in function._states]  # fmt: skip


def trace_for_saving(function: Any) -> None:
    """Saving traces a function once more for each signature, loudly; the graphs of calls are others in TensorFlow."""
    saved = function.__dict__.setdefault("_saved", set())
    keys = list(function._states) if function._signature is None else ["signature"]
    for key, takes in zip(keys, traces(function), strict=True):
        if key not in saved:
            _trace(function, takes)
    saved.update(keys)


def _trace(function: Any, takes: dict[str, Any]) -> None:
    made = [_nest.map_structure(_stand_in, value) for value in takes.values()]
    function._shapes = [
        one.shape for one in _nest.flatten(list(takes.values())) if isinstance(one, TensorSpec)
    ]
    with contextlib.suppress(
        Exception
    ):  # it worked when it was traced first: what may fail now is not worth a word
        function._run_traced(tuple(made), {}, True, State(function._function, function._bound))
        function._last.undo()


def _by_name(function: Any, args: Any, kwargs: Any) -> dict[str, Any]:
    signature = inspect.signature(function._function)
    bound = signature.bind(*function._bound, *args, **kwargs)
    bound.apply_defaults()
    names = list(bound.arguments)[len(function._bound) :]
    return {name: _nest.map_structure(_spec, bound.arguments[name]) for name in names}


def _spec(value: Any) -> Any:
    if isinstance(value, EagerTensor | Variable):
        return TensorSpec(value.shape, value.dtype)
    return value


def _of_key(function: Any, key: Any) -> dict[str, Any]:
    args, kwargs = key
    return _by_name(function, _value(args), _value(kwargs))


def _value(kind: Any) -> Any:
    """The argument that a part of a key stands for, tensors as their specs."""
    head = kind[0]
    if head == "tensor":
        return TensorSpec(kind[2], kind[1])
    if head in ("tuple", "list"):
        items = [_value(part) for part in kind[1]]
        return tuple(items) if head == "tuple" else items
    if head == "dict":
        return {name: _value(part) for name, part in kind[1:]}
    return kind[1]


class RestoredFunction:
    """A tf.function of a loaded model."""

    __module__ = "tensorflow.python.saved_model.function_deserialization"

    def __init__(self, function: Any, known: list[dict[str, Any]]) -> None:
        self._of, self._known = function, known
        self.__name__ = getattr(function, "__name__", "function")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self._of is None:
            raise NotImplementedError(
                "This model was saved by another process. tfgrad's stand-in for TensorFlow keeps the variables of a model on "
                "disk, its functions only in the process that saved them: make the model again and restore the variables."
            )
        if self._of._signature is not None:
            return self._silently(*args, **kwargs)
        given = _by_name_of_values(self._of, args, kwargs)
        for converting in (False, True):
            for one in self._known:
                fitted = _fitted(one, given, converting)
                if fitted is not _NO:
                    return self._silently(**fitted)
        raise ValueError(self._refusal(given))

    def _silently(self, *args: Any, **kwargs: Any) -> Any:
        with silent_printing():
            return self._of(*args, **kwargs)

    def _refusal(self, given: dict[str, Any]) -> str:
        if not self._known:
            return "Found zero restored functions for caller function."
        options = "\n\n".join(f"Option {i + 1}:\n{_told(one)}" for i, one in enumerate(self._known))
        return (
            "Could not find matching concrete function to call loaded from the SavedModel. Got:\n"
            f"{_told({name: _symbol(value, name) for name, value in given.items()})}\n\n Expected these arguments to match "
            f"one of the following {len(self._known)} option(s):\n\n{options}"
        )

    def get_concrete_function(self, *args: Any, **kwargs: Any) -> Any:
        """This function for one signature."""
        return concrete(self._of, args, kwargs)

    @property
    def concrete_functions(self) -> list[Any]:
        """This function for each signature it was traced for."""
        return [concrete(self._of, tuple(one.values()), {}) for one in self._known]


_NO: Any = object()


def _by_name_of_values(function: Any, args: Any, kwargs: Any) -> dict[str, Any]:
    bound = inspect.signature(function._function).bind(*function._bound, *args, **kwargs)
    bound.apply_defaults()
    return dict(list(bound.arguments.items())[len(function._bound) :])


def _fitted(known: dict[str, Any], given: dict[str, Any], converting: bool) -> Any:
    """The arguments as the trace takes them, or `_NO`."""
    made = {}
    for name, value in given.items():
        wanted = _nest.flatten(known.get(name))
        leaves = _nest.flatten(value)
        fitted = [_leaf(w, v, converting) for w, v in zip(wanted, leaves, strict=False)]
        if len(wanted) != len(leaves) or any(one is _NO for one in fitted):
            return _NO
        made[name] = _nest.pack_sequence_as(value, fitted)
    return made


def _leaf(wanted: Any, value: Any, converting: bool) -> Any:
    if not isinstance(wanted, TensorSpec):
        same = type(wanted) is type(value) and not isinstance(value, EagerTensor) and wanted == value
        return value if same else _NO
    if not isinstance(value, EagerTensor | Variable):
        if not converting and not hasattr(value, "__array__"):
            return _NO
        try:
            value = convert(value, wanted.dtype)
        except (TypeError, ValueError):
            return _NO
    fits = value.dtype is wanted.dtype and wanted.shape.is_compatible_with(value.shape)
    return value if fits else _NO


def _symbol(value: Any, name: str) -> Any:
    tensor = isinstance(value, EagerTensor | Variable)
    return f"<tf.Tensor '{name}:0' shape={value.shape} dtype={value.dtype.name}>" if tensor else value


def _told(arguments: dict[str, Any]) -> str:
    lines = [f"  Positional arguments ({len(arguments)} total):"]
    for name, value in arguments.items():
        shown = TensorSpec(value.shape, value.dtype, name) if isinstance(value, TensorSpec) else value
        lines.append(f"    * {shown}")
    return "\n".join([*lines, "  Keyword arguments: {}"])


class SignatureFunction:
    """A function under the name of a signature: tensors by name in, a dictionary of tensors out."""

    __module__ = "tensorflow.python.eager.polymorphic_function.concrete_function"

    def __init__(self, function: Any, takes: dict[str, Any], gives: Any) -> None:
        self._of, self._takes, self._gives = function, takes, gives

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        given = dict(zip(self._takes, args, strict=False)) | kwargs
        missing = [name for name in self._takes if name not in given]
        odd = [name for name in given if name not in self._takes]
        if missing or odd:
            raise TypeError(
                f"Binding inputs to tf.function failed due to `{'missing a required' if missing else 'got an unexpected'} "
                f"{'' if missing else 'keyword '}argument{': ' if missing else ' '}{(missing or odd)[0]!r}`. Received args: {args} "
                f"and kwargs: {kwargs} for signature: {self._shown()}."
            )
        made = [convert(given[name], spec.dtype) for name, spec in self._takes.items()]
        with silent_printing():
            return outputs(self._of(*made))

    def _shown(self) -> str:
        return f"(*, {', '.join(f'{name}: {spec}' for name, spec in self._takes.items())})"

    @property
    def structured_input_signature(self) -> Any:
        """The specs of what it takes."""
        return (), dict(self._takes)

    @property
    def structured_outputs(self) -> Any:
        """The specs of what it gives."""
        return self._gives

    def __repr__(self) -> str:
        given = ", ".join(f"['{name}', {spec!r}]" for name, spec in self._gives.items())
        return f"<ConcreteFunction {self._shown()} -> Dict[{given}] at {hex(id(self)).upper()}>"


SignatureFunction.__name__ = SignatureFunction.__qualname__ = "ConcreteFunction"


class SignatureMap(dict[str, Any]):
    """The signatures of a loaded model by their names."""

    def __repr__(self) -> str:
        return f"_SignatureMap({super().__repr__()})"


def outputs(result: Any) -> dict[str, Any]:
    """The results of a signature by name."""
    if isinstance(result, dict):
        return dict(result)
    leaves = [leaf for leaf in _nest.flatten(result) if leaf is not None]
    return {f"output_{i}": leaf for i, leaf in enumerate(leaves)}


def as_signature(thing: Any) -> tuple[Any, dict[str, Any], Any]:
    """A function given as a signature: what to call, the specs it takes by name, and those it gives."""
    if isinstance(thing, Function):
        known = traces(thing)
        if len(known) != 1:
            raise ValueError(
                f"Expected a TensorFlow function for which to generate a signature, but got {thing}. Only `tf.functions` with "
                "an input signature or concrete functions can be used as a signature."
            )
        thing = concrete(thing, tuple(known[0].values()), {})
    if not isinstance(thing, ConcreteFunction):
        raise ValueError(
            f"Expected a TensorFlow function for which to generate a signature, but got {thing}. Only `tf.functions` with an "
            "input signature or concrete functions can be used as a signature."
        )
    takes = {
        name: TensorSpec(spec.shape, spec.dtype, name)
        for name, spec in thing._given.items()
        if isinstance(spec, TensorSpec | EagerTensor)
    }
    gives = {
        name: TensorSpec(_open(spec, takes), spec.dtype, name)
        for name, spec in outputs(thing.structured_outputs).items()
    }
    return thing, takes, gives


def _open(spec: Any, takes: dict[str, Any]) -> Any:
    """The shape of a result, unknown where what it is made of may have any rank or any number of rows."""
    shapes = [one.shape for one in takes.values()]
    if any(shape.rank is None for shape in shapes):
        return None
    rows = any(shape.rank and shape[0] is None for shape in shapes)
    return [None, *spec.shape[1:]] if rows and spec.shape.rank and spec.shape[0] in (1, None) else spec.shape
