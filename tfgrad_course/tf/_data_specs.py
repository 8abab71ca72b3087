"""What elements of a dataset are like, found out without going through it: the function of a `map` is traced once."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course import tf
from tfgrad_course.tf._function import Function
from tfgrad_course.tf._listening import NODES, TRACING
from tfgrad_course.tf._nest import flatten
from tfgrad_course.tf._shape import TensorShape
from tfgrad_course.tf._spec import TensorSpec, TypeSpec
from tfgrad_course.tf._tensor import tensor
from tfgrad_course.tf._tracing import silent_printing


def mapped(function: Callable[[Any], Any], value: Any) -> Any:
    """Tuples and dictionaries are structure; lists are data, as in tf.data."""
    if isinstance(value, tuple):
        items = [mapped(function, item) for item in value]
        return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    if isinstance(value, dict):
        return {key: mapped(function, item) for key, item in value.items()}
    return function(value)


class DatasetSpec(TypeSpec):
    """What a dataset that is an element of another is like."""

    def __init__(self, element_spec: Any, dataset_shape: Any = ()) -> None:
        self._element_spec, self._shape = element_spec, TensorShape(dataset_shape)

    @property
    def element_spec(self) -> Any:
        """What its elements are like."""
        return self._element_spec

    def __repr__(self) -> str:
        return f"DatasetSpec({self._element_spec!r}, {self._shape!r})"


def spec_of(value: Any) -> Any:
    """What a value is like."""
    if hasattr(value, "as_numpy_iterator"):
        return DatasetSpec(value.element_spec)
    if hasattr(value, "_type_spec") or hasattr(value, "dense_shape"):
        return tf.type_spec_from_value(value)
    return TensorSpec(value.shape, value.dtype)


def only_tensors(spec: Any) -> bool:
    """Whether elements are structures of tensors and nothing else."""
    return all(type(leaf) is TensorSpec for leaf in flatten(spec))


class Mapped(Function):
    """The function of a `map`: traced when the dataset is made, and then for all elements the same."""

    def _name_arguments(self, trace: Any, args: Any, kwargs: Any) -> None:
        for number, (value, spec) in enumerate(zip(args, self._signature or (), strict=True)):
            for leaf, known in zip(flatten(value), flatten(spec), strict=True):
                trace.named(leaf, f"args_{number}")
                trace.shapes[id(leaf)] = TensorShape(known.shape)


def traced(function: Any, spec: Any) -> Any:
    """The function ready for elements of a spec, or as it is where it cannot be traced beforehand."""
    if not isinstance(function, types.FunctionType | types.MethodType) or not only_tensors(spec):
        return function
    if any(leaf.shape.rank is None for leaf in flatten(spec)):
        return function
    signature = spec if isinstance(spec, tuple) and not hasattr(spec, "_fields") else (spec,)
    made = Mapped(function, signature)
    made.get_concrete_function()
    return made


def given(function: Any, spec: Any) -> Any:
    """What a function gives for elements of a spec: tried on two, what differs between them stays open."""
    results = []
    for size in (2, 3):
        element = mapped(lambda leaf, size=size: _stand_in(leaf, size), spec)  # type: ignore[misc]
        token, nodes = TRACING.set(TRACING.get()), NODES.set(NODES.get())
        try:
            with silent_printing():
                results.append(called(function, element))
        finally:
            TRACING.reset(token)
            NODES.reset(nodes)
    return _common(*results)


def _stand_in(spec: Any, size: int) -> Any:
    dims = [size if n is None else int(n) for n in spec.shape]
    if spec.dtype.name == "string":
        return tf.fill(dims, "")
    return tensor(np.ones(dims, spec.dtype.np) if dims else spec.dtype.np(1), spec.dtype)


def _common(first: Any, second: Any) -> Any:
    if isinstance(first, tuple) and not hasattr(first, "_fields"):
        return tuple(_common(a, b) for a, b in zip(first, second, strict=True))
    if isinstance(first, dict):
        return {key: _common(first[key], second[key]) for key in first}
    a, b = spec_of(first), spec_of(second)
    if type(a) is not TensorSpec:
        return a
    if a.shape.rank != b.shape.rank:
        return TensorSpec(None, a.dtype)
    dims = [p if p == q else None for p, q in zip(a.shape, b.shape, strict=True)]
    return TensorSpec(dims, a.dtype)


def called(function: Callable[..., Any], element: Any) -> Any:
    """A function of an element (tuples are spread into arguments); what it gives, as tensors."""
    found = function(*element) if type(element) is tuple else function(element)
    return mapped(as_tensor, tuple(found) if isinstance(found, list) else found)


def as_tensor(value: Any) -> Any:
    """A tensor, unless it is something that datasets hold as it is."""
    held = (
        hasattr(value, "as_numpy_iterator") or hasattr(value, "_type_spec") or hasattr(value, "dense_shape")
    )
    return value if held or value is None else tf.convert_to_tensor(value)


def row_spec(whole: Any) -> Any:
    """What the slices of a tensor along its first axis are like."""
    spec = spec_of(whole)
    if type(spec) is TensorSpec:
        return TensorSpec(spec.shape[1:], spec.dtype)
    if hasattr(whole, "ragged_rank"):
        return tf.RaggedTensorSpec(spec.shape[1:], whole.dtype, ragged_rank=whole.ragged_rank - 1)
    return tf.SparseTensorSpec(spec.shape[1:], whole.dtype)


def batched_spec(spec: Any, lead: Any) -> Any:
    """What a batch of elements is like."""
    if type(spec) is TensorSpec:
        return TensorSpec(None if spec.shape.rank is None else [lead, *spec.shape], spec.dtype)
    return spec


def padded_spec(spec: Any, shapes: Any, lead: Any) -> Any:
    """What a batch of elements filled up to a shape is like."""
    if isinstance(spec, tuple):
        wanted = shapes if isinstance(shapes, tuple) and len(shapes) == len(spec) else [None] * len(spec)
        return tuple(padded_spec(one, shape, lead) for one, shape in zip(spec, wanted, strict=True))
    if isinstance(spec, dict):
        return {key: padded_spec(one, shapes.get(key) if shapes else None, lead) for key, one in spec.items()}
    inner = spec.shape if shapes is None else [None if n == -1 else n for n in shapes]
    return TensorSpec([lead, *inner], spec.dtype)
