"""How the arguments of a tf.function are put in order: defaults filled in, checked against its input signature."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tfgrad_course.tf import _nest
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._kinds import fits, kind
from tfgrad_course.tf._spec import TensorSpec
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._variable import Variable

_P = inspect.Parameter
_IN_ORDER = (_P.POSITIONAL_ONLY, _P.POSITIONAL_OR_KEYWORD)


class _Captured:
    """Stands for a default value where signatures are shown."""

    def __repr__(self) -> str:
        return "<captured_default_value>"


_CAPTURED = _Captured()


class Shown:
    """Stands for a type where signatures are shown."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


class Binding:
    """The parameters of a Python function, and the specs an input signature gives them."""

    __slots__ = ("constraints", "count", "defaults", "parameters", "plain", "signature", "spread")

    def __init__(self, function: Callable[..., Any], bound: int, specs: Any) -> None:
        whole = inspect.signature(function)
        self.parameters = list(whole.parameters.values())[bound:]
        self.signature = inspect.Signature(self.parameters)
        self.defaults = {p.name: p.default for p in self.parameters if p.default is not p.empty}
        self.count = sum(p.kind in _IN_ORDER for p in self.parameters)
        self.plain = self.count == len(self.parameters)
        self.spread = next((p.name for p in self.parameters if p.kind is p.VAR_POSITIONAL), None)
        self.constraints = None if specs is None else self._constrained(list(specs))

    # Input signatures ------------------------------------------------------------------------

    def _constrained(self, specs: list[Any]) -> dict[str, Any]:
        """What each parameter must be; those after the specs must be what their defaults are."""
        found: dict[str, Any] = {}
        for p in self.parameters:
            if p.name == "self" or p.kind is p.VAR_KEYWORD:
                continue
            if p.kind is p.VAR_POSITIONAL:
                found |= {f"{p.name}_{i}": spec for i, spec in enumerate(specs)}
                specs = []
                continue
            if p.kind is p.KEYWORD_ONLY and p.name not in self.defaults:
                raise TypeError(
                    f"Since input_signature is defined, keyword-only parameter `{p.name}` must have a default value"
                )
            if specs:
                found[p.name] = specs.pop(0)
            elif p.name in self.defaults:
                found[p.name] = _Fixed(self.defaults[p.name])
            else:
                raise TypeError(f"input_signature missing type constraint for {p.name}")
        if specs:
            raise TypeError(f"input_signature contains {len(specs)} extra type constraints.")
        self.signature = self._as_constrained(found)
        return found

    def _as_constrained(self, constraints: dict[str, Any]) -> inspect.Signature:
        made = []
        for p in self.parameters:
            order = p.POSITIONAL_ONLY if self.spread and p.kind is p.POSITIONAL_OR_KEYWORD else p.kind
            if p.kind is p.VAR_POSITIONAL:
                names = [name for name in constraints if name.startswith(p.name + "_")]
                made += [_P(name, p.POSITIONAL_ONLY) for name in names]
            elif p.kind is not p.VAR_KEYWORD:
                made.append(p.replace(kind=order, annotation=p.empty))
        return inspect.Signature(made)

    def __str__(self) -> str:
        return str(self.typed())

    @property
    def plain_text(self) -> str:
        """The parameters as they are written."""
        return str(inspect.Signature(self.parameters))

    def typed(self) -> inspect.Signature:
        """The signature with the types that are known."""
        constraints = self.constraints or {}
        shown = []
        for p in self.signature.parameters.values():
            spec = constraints.get(p.name, p.empty)
            shown.append(p.replace(
                default=p.empty if p.default is p.empty else _CAPTURED,
                annotation=p.empty if spec is p.empty else Shown(type_text(spec)),
            ))  # fmt: skip
        return inspect.Signature(shown)

    # Binding ---------------------------------------------------------------------------------

    def bind(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Positional and keyword arguments as the Python function is called with them."""
        if self.plain and not kwargs and len(args) == self.count:
            if self.constraints is None:
                return tuple([_taken(a) for a in args]), kwargs
        elif not self.parameters and (args or kwargs):
            raise self.refused("too many positional arguments" if args else _unexpected(kwargs), args, kwargs)
        try:
            found = self.signature.bind(*args, **kwargs)
        except TypeError as problem:
            raise self.refused(problem, args, kwargs) from None
        found.apply_defaults()
        if self.constraints is None:
            return tuple(map(_taken, found.args)), {k: _taken(v) for k, v in found.kwargs.items()}
        try:
            for name, value in found.arguments.items():
                if name in self.constraints:
                    found.arguments[name] = cast(self.constraints[name], value)
        except (TypeError, ValueError, AssertionError) as problem:
            raise self.refused(problem, args, kwargs) from None
        return found.args, found.kwargs

    def refused(self, problem: Any, args: Any, kwargs: Any) -> TypeError:
        """The error for arguments that do not fit."""
        return TypeError(
            f"Binding inputs to tf.function failed due to `{problem}`. Received args: {args} and kwargs: {kwargs} for "
            f"signature: {self}."
        )

    def named(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[tuple[str, Any, Any]]:
        """Name, kind and value of every argument that `bind` has given, in TensorFlow's order."""
        found: list[tuple[str, Any, Any]] = []
        rest = list(args)
        for p in self.parameters:
            if p.kind in _IN_ORDER:
                order = p.POSITIONAL_ONLY if self.spread else p.kind
                found.append((p.name, order, rest.pop(0)))
            elif p.kind is p.VAR_POSITIONAL:
                found += [(f"{p.name}_{i}", p.POSITIONAL_ONLY, value) for i, value in enumerate(rest)]
            elif p.kind is p.KEYWORD_ONLY:
                found.append((p.name, p.kind, kwargs[p.name]))
            else:
                known = {name for name, _, _ in found}
                found += [(k, p.KEYWORD_ONLY, kwargs[k]) for k in sorted(kwargs) if k not in known]
        return found


def _unexpected(kwargs: dict[str, Any]) -> str:
    return f"got an unexpected keyword argument '{next(iter(kwargs))}'"


class _Fixed:
    """The constraint on a parameter after those of an input signature: to be what its default is."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


def _taken(value: Any) -> Any:
    """An argument as the function gets it: arrays as tensors."""
    if isinstance(value, EagerTensor | int | float | str):
        return convert(value) if isinstance(value, np.generic) else value
    if isinstance(value, np.ndarray | np.generic):
        return convert(value)
    if not isinstance(value, list | tuple | dict):
        return value
    return _nest.map_structure(lambda v: convert(v) if isinstance(v, np.ndarray | np.generic) else v, value)


def cast(spec: Any, value: Any) -> Any:
    """`value` as what `spec` describes, or an error that says why it cannot be."""
    if isinstance(spec, TensorSpec):
        return _tensor(spec, value)
    if isinstance(spec, _Fixed):
        return _fixed(spec.value, value)
    if isinstance(spec, list):
        assert isinstance(value, list), f"Can not cast {value!r} to list type."
    elif isinstance(spec, tuple):
        assert isinstance(value, tuple), f"Can not cast {value!r} to tuple type."
    elif isinstance(spec, Mapping):
        assert isinstance(value, Mapping), f"Can not cast {value!r} to a Dict type."
        assert set(value) == set(spec), f"{value!r} has different keys with the TraceType {type_text(spec)}."
        made: Any = type(value)
        return made((key, cast(spec[key], value[key])) for key in value)
    else:
        return value
    assert len(value) == len(spec), f"Expected {value} to have length of {len(spec)}"
    parts = [cast(one, part) for one, part in zip(spec, value, strict=True)]
    return type(value)(*parts) if hasattr(value, "_fields") else type(value)(parts)


def _tensor(spec: TensorSpec, value: Any) -> Any:
    if isinstance(value, TensorSpec):
        assert value.is_subtype_of(TensorSpec(spec.shape, spec.dtype, value.name)), (
            f"Can not cast {value!r} to {spec!r}"
        )
        return TensorSpec(value.shape, value.dtype, spec.name)
    made = value if isinstance(value, EagerTensor) else convert(value, spec.dtype)
    if made.dtype is not spec.dtype or not spec.shape.is_compatible_with(made.shape):
        given = TensorSpec(made.shape, made.dtype, spec.name)
        raise TypeError(f"Can not cast {given!r} to {spec!r}")
    return made


def _fixed(wanted: Any, value: Any) -> Any:
    if isinstance(wanted, EagerTensor):
        return _tensor(TensorSpec(wanted.shape, wanted.dtype), value)
    if isinstance(wanted, Variable):
        if not isinstance(value, Variable) or not fits(kind(value, {}), kind(wanted, {})):
            raise ValueError(f"Can not cast {value!r} to {type_text(_Fixed(wanted))}")
        return value
    if isinstance(wanted, list | tuple | dict):
        inner: Any = _nest.map_structure(_Fixed, wanted)
        return cast(inner, value)
    if value is not wanted and value != wanted and not (value != value and wanted != wanted):
        raise ValueError(f"Can not cast {value!r} to {type_text(_Fixed(wanted))}")
    return value


def type_text(value: Any, shape: Any = None) -> str:
    """How TensorFlow shows the type of a value; `shape` is that of a tensor if it is partly open."""
    if isinstance(value, _Fixed):
        return type_text(value.value)
    if isinstance(value, EagerTensor | TensorSpec):
        named = value.name if isinstance(value, TensorSpec) else None
        return repr(TensorSpec(value.shape if shape is None else shape, value.dtype, named))
    if isinstance(value, Variable):
        return f"VariableSpec(shape={value.shape}, dtype={value.dtype!r}, trainable={value.trainable}, alias_id=None)"
    if hasattr(value, "_fields"):
        inside = ", ".join(f"['{name}', {type_text(getattr(value, name))}]" for name in value._fields)
        return f"{type(value).__name__}[{inside}]"
    if isinstance(value, list | tuple):
        return f"{type(value).__name__.capitalize()}[{', '.join(map(type_text, value))}]"
    if isinstance(value, Mapping):
        return f"Dict[{', '.join(f'[{key!r}, {type_text(item)}]' for key, item in value.items())}]"
    if value is None or isinstance(value, bool | int | float | str | bytes | complex | range | slice):
        return f"Literal[{value!r}]"
    return f"Weakref[<weakref at {id(value):#x}; to {type(value).__name__!r} at {id(value):#x}>])"
