"""How TensorFlow shows the signatures a function was traced for."""

from __future__ import annotations

import inspect
from typing import Any

from tfgrad_course.tf import _nest
from tfgrad_course.tf._binding import Shown, type_text
from tfgrad_course.tf._function_type import FunctionType
from tfgrad_course.tf._kinds import shapes_in
from tfgrad_course.tf._spec import TensorSpec
from tfgrad_course.tf._tensor import EagerTensor


def parameters(function: Any, args: Any, kwargs: Any, shapes: Any = None) -> list[inspect.Parameter]:
    """The parameters of a trace with their types; `shapes` are those that may vary, in order."""
    left = iter(shapes or ())
    return [
        inspect.Parameter(name, order, annotation=Shown(type_text(_nest.map_structure(lambda leaf: _opened(leaf, left), value))))
        for name, order, value in function._binding.named(args, kwargs)
    ]  # fmt: skip


def _opened(leaf: Any, shapes: Any) -> Any:
    return (
        TensorSpec(next(shapes, leaf.shape), leaf.dtype)
        if isinstance(leaf, EagerTensor | TensorSpec)
        else leaf
    )


def function_type(inputs: list[inspect.Parameter], result: Any, captures: Any) -> FunctionType:
    """The type of a trace."""
    ordered = sorted(inputs, key=lambda p: p.kind)
    shown = {str(id(one)): Shown(_captured(one)) for one in captures}
    return FunctionType(ordered, shown, return_annotation=Shown(type_text(result)))


def _captured(one: Any) -> str:
    return (
        type_text(one)
        if isinstance(one, EagerTensor)
        else "TensorSpec(shape=(), dtype=tf.resource, name=None)"
    )


def shapes_of(function: Any, key: Any) -> list[Any]:
    """The shapes of the tensors among the arguments as the trace knows them, open where they may vary."""
    if function._signature is not None:
        specs = [spec for spec in _nest.flatten(list(function._signature)) if isinstance(spec, TensorSpec)]
        return [spec.shape for spec in specs]
    found = [shape for part in key for shape in shapes_in(part)]
    return found if any(shape is None or None in shape for shape in found) else []
