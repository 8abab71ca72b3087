"""Branches of a graph's conditions: one is run, the others are traced; they must give the same kinds of things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfgrad_course.tf import _nest
from tfgrad_course.tf._convert import convert_to_tensor
from tfgrad_course.tf._dry import connected, dry_run, follows, watched
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._tracing import tracing

_ABANDONED: Any = object()


def run_branches(functions: list[Callable[..., Any]], index: int, op: str) -> Any:
    """What the function with this number gives, as a graph gives it."""
    if tracing() is None and not follows():
        return _outputs(functions[index]())
    found, seen, taken = [], [], None
    for i, function in enumerate(functions):
        if i == index:
            values, used = watched(function)
            taken = values = _outputs(values)
        else:
            box: list[Any] = []
            _, used = dry_run(lambda function=function, box=box: box.append(_outputs(function())))  # type: ignore[misc]
            values = box[0] if box else _ABANDONED
        found.append(values)
        seen += used
    if tracing() is not None:
        _check(found, op)
    return connected(taken, seen)


def _outputs(values: Any) -> Any:
    return _nest.map_structure(_output, values)


def _output(value: Any) -> Any:
    if (
        value is None
        or isinstance(value, EagerTensor)
        or hasattr(value, "flow")
        or hasattr(value, "_components")
    ):
        return value
    if hasattr(value, "_read"):
        return value._read()
    try:
        return convert_to_tensor(value)
    except (TypeError, ValueError):
        raise TypeError(
            "To be compatible with tf.function, Python functions must return zero or more Tensors or ExtensionTypes or None "
            f"values; found return value of type {type(value).__name__}, which is not a Tensor or ExtensionType."
        ) from None


def _check(found: list[Any], op: str) -> None:
    first = found[0]
    names = ("true_fn", "false_fn") if op == "tf.cond" else ("branches[0]", "branches[{}]")
    for i, other in enumerate(found[1:], 1):
        if first is _ABANDONED or other is _ABANDONED:
            continue
        counts = [sum(leaf is not None for leaf in _nest.flatten(one)) for one in (first, other)]
        if counts[0] != counts[1] and not _nest.is_nested(first) and not _nest.is_nested(other):
            raise ValueError(
                f"Lengths of branch outputs of {'cond' if op == 'tf.cond' else 'case'} must match.\n"
                f"len(graphs[0].outputs): {counts[0]}\nlen(graphs[{i}].outputs): {counts[1]}\n"
            )
        detail = _difference(first, other)
        if detail is not None:
            other_name = names[1].format(i)
            raise TypeError(
                f"{names[0]} and {other_name} arguments to {op} must have the same number, type, and overall structure of "
                f"return values.\n\n{names[0]} output: {first}\n{other_name} output: {other}\n\nError details:\n{detail}"
            )


def _difference(one: Any, other: Any) -> str | None:
    try:
        _nest.assert_same_structure(one, other)
    except (TypeError, ValueError) as problem:
        return str(problem)
    for a, b in zip(_nest.flatten(one), _nest.flatten(other), strict=True):
        if (a is None) is not (b is None):
            return f"The two structures don't have the same nested structure: {a} and {b}"
        if getattr(a, "dtype", None) is not getattr(b, "dtype", None):
            return f"{a} and {b} have different types"
    return None
