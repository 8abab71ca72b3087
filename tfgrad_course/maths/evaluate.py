"""A function's numbers on any TensorFlow-like namespace: our tape, TensorFlow itself, or plain NumPy."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from tfgrad_course.maths.functions import COMPARISONS, CONSTANTS, WORDS
from tfgrad_course.maths.parse import parse
from tfgrad_course.maths.tree import (
    Apply,
    Constant,
    Function,
    Index,
    List,
    MathsError,
    Name,
    Node,
    Number,
    is_constant,
    rewrite,
    substitute,
)

_PLAIN: dict[str, Callable[..., Any]] = {
    "add": operator.add, "subtract": operator.sub, "multiply": operator.mul, "divide": operator.truediv,
    "power": operator.pow, "negative": operator.neg, "less": operator.lt, "less_equal": operator.le,
    "greater": operator.gt, "greater_equal": operator.ge, "equal": operator.eq, "not_equal": operator.ne,
}  # fmt: skip


@cache
def _meaning(name: str) -> Node:
    return parse(WORDS[name].means or "", ("a", "b") if WORDS[name].high == 2 else ("a",)).result


def meant(node: Apply) -> Node:
    """A word that stands for a formula (log10, cbrt, dot, ...) written out; any other node as it is."""
    word = WORDS.get(node.name)
    if word is None or word.means is None:
        return node
    here = rewrite(_meaning(node.name), lambda part: replace(part, line=node.line, column=node.column))
    return substitute(here, dict(zip("ab", node.arguments, strict=False)))


def evaluate(function: Function, tf: Any, values: Mapping[str, Any]) -> Any:
    """The function's value, computed with the operations of `tf` in the dtype of the values."""
    missing = [name for name in function.variables if name not in values and name in function.used]
    if missing:
        raise MathsError(
            f"no value for {', '.join(missing)}", 1, 1, "give the point a value for each variable"
        )
    machine = _machine(tf, values)
    known = {name: machine.tensor(value) for name, value in values.items()}
    with np.errstate(all="ignore"):  # the result says what became of the numbers
        for line in function.lines:
            known[line.name] = machine.value(line.value, known)
        return machine.tensor(machine.value(function.result, known))


def constant(text: str | float | Function) -> float:
    """The number a formula without variables stands for: "pi/6" -> 0.5236."""
    if isinstance(text, (int, float)):
        return float(text)
    function = parse(text, ()) if isinstance(text, str) else text
    value = np.asarray(evaluate(function, np, {}))
    if value.shape or not np.isfinite(value):
        raise MathsError("this is not one finite number", 1, 1, "write a number such as 0.5 or pi/6")
    return float(value)


def apply(tf: Any, name: str, arguments: Sequence[Any], dtype: Any = None) -> Any:
    """One operation of the language on values that `tf` understands."""
    machine = _Numbers() if _is_numpy(tf) else _Tensors(tf, dtype)
    with np.errstate(all="ignore"):
        return machine.apply(name, tuple(arguments))


def _is_numpy(tf: Any) -> bool:
    return getattr(tf, "__name__", "") == "numpy"


def _machine(tf: Any, values: Mapping[str, Any]) -> _Numbers:
    if _is_numpy(tf):
        return _Numbers()
    found = next((value.dtype for value in values.values() if hasattr(value, "dtype")), tf.float64)
    return _Tensors(tf, getattr(found, "base_dtype", found))


class _Numbers:
    """Evaluation in NumPy's float64."""

    def tensor(self, value: Any) -> Any:
        return np.asarray(value, dtype=np.float64)[()]

    def value(self, node: Node, known: Mapping[str, Any]) -> Any:
        if isinstance(node, Apply):
            expanded = meant(node)
            return self.applied(node, known) if expanded is node else self.value(expanded, known)
        if isinstance(node, Name):
            return known[node.name]
        if isinstance(node, Number):
            return np.float64(float(node.value))
        if isinstance(node, Constant):
            return np.float64(CONSTANTS[node.name])
        if isinstance(node, Index):
            return self.index(self.value(node.value, known), node)
        return self.stack([self.value(item, known) for item in node.items], node)

    def applied(self, node: Apply, known: Mapping[str, Any]) -> Any:
        arguments = tuple([self.value(argument, known) for argument in node.arguments])
        try:
            return self.apply(node.name, arguments)
        except MathsError:
            raise
        except ValueError as error:  # NumPy's own words for shapes that do not fit
            shapes = _shown_shapes(arguments)
            raise MathsError(f"{node.name}: {shapes}", node.line, node.column, "check the shapes") from error

    def index(self, value: Any, node: Index) -> Any:
        shape = tuple(value.shape)
        fits = len(node.indices) <= len(shape) and all(
            -n <= i < n for i, n in zip(node.indices, shape, strict=False)
        )
        if not fits:
            raise MathsError(
                f"no entry {list(node.indices)} in shape {shape}", node.line, node.column, "count from 0"
            )
        return value[node.indices if len(node.indices) > 1 else node.indices[0]]

    def stack(self, items: list[Any], node: List) -> Any:
        if len({np.shape(item) for item in items}) > 1:
            raise MathsError(
                "the entries differ in shape", node.line, node.column, "give all rows the same length"
            )
        return np.stack(items)

    def apply(self, name: str, arguments: tuple[Any, ...]) -> Any:
        plain = _PLAIN.get(name)
        if plain is not None:
            return plain(*arguments)
        if name == "matmul":
            return np.matmul(*arguments)
        kernel = WORDS[name].numpy
        assert kernel is not None
        if name in ("min", "max"):
            reduced = {"min": np.min, "max": np.max}[name]
            return reduced(arguments[0]) if len(arguments) == 1 else _fold(kernel, arguments)
        return kernel(*arguments)


class _Tensors(_Numbers):
    """Evaluation with a TensorFlow-like namespace; what has no variable in it is computed beforehand."""

    def __init__(self, tf: Any, dtype: Any) -> None:
        self.tf, self.dtype, self.plain = tf, dtype, _Numbers()

    def tensor(self, value: Any) -> Any:
        if hasattr(value, "dtype") and not isinstance(value, (np.generic, np.ndarray)):
            return value
        return self.tf.constant(value, dtype=self.dtype)

    def value(self, node: Node, known: Mapping[str, Any]) -> Any:
        if is_constant(node):
            return self.fixed(node)
        return super().value(node, known)

    def fixed(self, node: Node) -> Any:
        """A part without variables: a whole number stays one, as a learner would type it in an exponent."""
        inner = node.arguments[0] if isinstance(node, Apply) and node.name == "negative" else node
        if isinstance(inner, Number) and inner.value.denominator == 1 and inner.value < 2**24:
            return int(inner.value) if inner is node else -int(inner.value)
        value = np.asarray(self.plain.value(node, {}))
        return self.tensor(value) if value.shape else float(value)

    def stack(self, items: list[Any], node: List) -> Any:
        tensors = [self.tensor(item) for item in items]
        if len({tuple(item.shape) for item in tensors}) > 1:
            raise MathsError(
                "the entries differ in shape", node.line, node.column, "give all rows the same length"
            )
        return self.tf.stack(tensors)

    def index(self, value: Any, node: Index) -> Any:
        return super().index(self.tensor(value), node)

    def apply(self, name: str, arguments: tuple[Any, ...]) -> Any:
        if name == "matmul":
            return _matmul(self.tf, *(self.tensor(argument) for argument in arguments))
        if name in COMPARISONS:
            return getattr(self.tf, name)(*(self.tensor(argument) for argument in arguments))
        if name in _PLAIN:
            return _PLAIN[name](*self.plain_pair(name, arguments))
        word = WORDS[name]
        if name == "where":
            return self.tf.where(arguments[0], *(self.tensor(argument) for argument in arguments[1:]))
        tensors = tuple(self.tensor(argument) for argument in arguments)
        if name in ("min", "max"):
            if len(tensors) == 1:
                return getattr(self.tf, f"reduce_{name}")(tensors[0])
            return _fold(spelled(self.tf, word.tf or ""), tensors)
        return spelled(self.tf, word.tf or "")(*tensors)

    def plain_pair(self, name: str, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        """At least one side of an operator must be a tensor, or Python would compute it."""
        if any(hasattr(argument, "dtype") for argument in arguments):
            return arguments
        return tuple(self.tensor(argument) for argument in arguments)


def spelled(tf: Any, path: str) -> Callable[..., Any]:
    """The function behind a dotted name such as math.log."""
    for part in path.split("."):
        tf = getattr(tf, part)
    return tf


def _fold(kernel: Callable[..., Any], arguments: Sequence[Any]) -> Any:
    result = arguments[0]
    for argument in arguments[1:]:
        result = kernel(result, argument)
    return result


def _matmul(tf: Any, x: Any, y: Any) -> Any:
    ranks = len(x.shape), len(y.shape)
    if ranks == (1, 1):
        return tf.reduce_sum(x * y)
    if ranks == (2, 1):
        return tf.linalg.matvec(x, y)
    if ranks == (1, 2):
        return tf.linalg.matvec(y, x, transpose_a=True)
    return tf.matmul(x, y)


def _shown_shapes(values: Sequence[Any]) -> str:
    shapes = [str(np.shape(value)) if np.shape(value) else "a number" for value in values]
    return "the shapes do not fit (" + " and ".join(shapes) + ")"


def finite(value: Any) -> bool:
    """Whether every entry of a value is a finite number."""
    return bool(np.all(np.isfinite(np.asarray(value, dtype=np.float64))))


__all__ = ["apply", "constant", "evaluate", "finite", "meant", "spelled"]
