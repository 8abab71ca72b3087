"""How TensorFlow shows the signatures a function was traced for."""

from __future__ import annotations

import inspect
from typing import Any

from tfgrad_course.tf import _nest
from tfgrad_course.tf._spec import TensorSpec
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._variable import Variable


def parameters(function: Any, args: Any, kwargs: Any, shapes: Any = None) -> list[tuple[str, str, str]]:
    """Name, kind and type of each argument of a trace; `shapes` are those that may vary, in order."""
    left = iter(shapes or ())
    signature = inspect.signature(function._function).parameters
    known = list(signature.values())[len(function._bound) :]
    specs = function._signature
    given = dict(zip((p.name for p in known), args if specs is None else specs, strict=False)) | kwargs
    found = []
    for p in known:
        if p.name in given:
            found.append((p.name, p.kind.name, _type(given[p.name], left)))
        elif p.default is not p.empty:
            found.append((p.name, p.kind.name, _type(p.default, left)))
    return found


def pretty(inputs: list[tuple[str, str, str]], result: Any) -> str:
    """A signature over several lines."""
    lines = ["Input Parameters:"]
    lines += [f"  {name} ({kind}): {shown}" for name, kind, shown in inputs] or ["  None"]
    return "\n".join([*lines, "Output Type:", f"  {_type(result, iter(()))}", "Captures:", "  None"])


def in_a_line(inputs: list[tuple[str, str, str]], result: Any) -> str:
    """A signature as a function type."""
    return f"({', '.join(f'{name}: {shown}' for name, _, shown in inputs)}) -> {_type(result, iter(()))}"


def _type(value: Any, shapes: Any) -> str:
    if isinstance(value, EagerTensor | TensorSpec):
        spec = TensorSpec(next(shapes, value.shape), value.dtype)
        return repr(spec)
    if isinstance(value, Variable):
        return f"VariableSpec(shape={value.shape}, dtype={value.dtype!r}, trainable={value.trainable}, alias_id=None)"
    if value is None:
        return "None"
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return f"{type(value).__name__.capitalize()}[{', '.join(_type(v, shapes) for v in value)}]"
    if isinstance(value, dict):
        inner = ", ".join(f"['{key}', {_type(item, shapes)}]" for key, item in value.items())
        return f"Dict[{inner}]"
    if isinstance(value, bool | int | float | str | bytes | complex):
        return f"Literal[{value!r}]"
    return f"Weakref[{value!r}]"


def shapes_of(function: Any, args: Any, key: Any) -> list[Any]:
    """The shapes of the tensors among the arguments as the trace knows them, open where they may vary."""
    if function._signature is not None:
        return [
            spec.shape for spec in _nest.flatten(list(function._signature)) if isinstance(spec, TensorSpec)
        ]
    if function._reduces and len(key) == 2 and isinstance(key[1], tuple):
        return list(key[1])
    return []
