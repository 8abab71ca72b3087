"""`map_fn` and its kin: a Python function over the slices of tensors, whose results are stacked or folded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfgrad_course.tf import _nest
from tfgrad_course.tf._convert import convert, convert_to_tensor
from tfgrad_course.tf._declare import composite, traced
from tfgrad_course.tf._dtypes import as_dtype
from tfgrad_course.tf._errors import InvalidArgumentError, OutOfRangeError
from tfgrad_course.tf._shape import TensorShape
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._variable import Variable


class _Pile:
    """Results of one dtype, of one shape, to be stacked at the end: TensorFlow's loops keep such an array."""

    def __init__(self, dtype: Any, shape: Any = None) -> None:
        self.dtype, self.shape, self.items = dtype, TensorShape(shape), []  # type: ignore[var-annotated]

    def put(self, value: Any) -> None:
        """One more result."""
        made = convert_to_tensor(value, dtype_hint=self.dtype)
        if made.dtype is not self.dtype:
            raise InvalidArgumentError(
                None,
                None,
                f"TensorArray dtype is {self.dtype.name} but Op is trying to write dtype {made.dtype.name} ",
            )
        if not self.shape.is_compatible_with(made.shape):
            raise ValueError(f"Incompatible shape for value ({made.shape}), expected ({self.shape})")
        self.shape = self.shape.merge_with(made.shape)
        self.items.append(made)

    def stack(self, backwards: bool = False) -> Any:
        """All of them along a new first axis."""
        if self.items:
            return traced.stack(self.items[::-1] if backwards else self.items)
        known = self.shape.as_list() if self.shape.is_fully_defined() else []
        return traced.zeros([0, *known], self.dtype)


def _read(elems: Any) -> Any:
    return _nest.map_structure(lambda v: v._read() if isinstance(v, Variable) else v, elems)


def _slices(leaves: list[EagerTensor], structure: Any) -> list[Any]:
    """The elements along the first axis, each in the structure of the whole."""
    count = leaves[0].shape[0]
    parts = [traced.unstack(leaf) for leaf in leaves]
    return [_nest.pack_sequence_as(structure, [part[i] for part in parts]) for i in range(count)]


def _ragged_map(fn: Callable[..., Any], elems: Any, wanted: Any) -> Any:
    """`fn` of each row of ragged tensors: results of one shape make a tensor if so asked, others a ragged one."""
    from tfgrad_course.tf.ops.ragged import stack

    rows = zip(*(iter(leaf) for leaf in _nest.flatten(elems)), strict=True)
    found = [fn(_nest.pack_sequence_as(elems, list(row))) for row in rows]
    structure = elems if wanted is None else wanted
    piles = zip(*(_nest.flatten(one) for one in found), strict=True)
    made = []
    for spec, pile in zip(_nest.flatten(structure), piles, strict=True):
        dense = wanted is not None and not hasattr(spec, "ragged_rank")
        made.append(traced.stack([convert(one) for one in pile]) if dense else stack(list(pile)))
    return _nest.pack_sequence_as(structure, made)


@composite("map_fn")
def map_fn(
    fn: Callable[..., Any],
    elems: Any,
    dtype: Any = None,
    parallel_iterations: Any = None,
    back_prop: bool = True,
    swap_memory: bool = False,
    infer_shape: bool = True,
    name: str | None = None,
    fn_output_signature: Any = None,
) -> Any:
    """`fn` of each element along the first axis, stacked."""
    wanted = dtype if fn_output_signature is None else fn_output_signature
    if not callable(fn):
        raise TypeError(f"The provided function {fn.__name__} is not callable.fn must be callable.")
    elems = _read(elems)
    if any(hasattr(leaf, "_paired") for leaf in _nest.flatten(elems)):
        return _ragged_map(fn, elems, wanted)
    leaves = [convert(leaf) for leaf in _nest.flatten(elems)]
    if not leaves:
        raise ValueError(
            f"elems must be a Tensor or (possibly nested) sequence of Tensors. Got {elems}, which does not contain any "
            "Tensors."
        )
    for leaf in leaves:
        if not leaf.shape.rank:
            raise ValueError("Elements in elems must be 1+ dimensional Tensors, not scalars")
    first = leaves[0].shape[0]
    for leaf in leaves[1:]:
        if leaf.shape[0] != first:
            raise ValueError(f"Dimensions {first} and {leaf.shape[0]} are not compatible")
    structure = elems if wanted is None else wanted
    specs = leaves if wanted is None else _nest.flatten(wanted)
    piles = [_Pile(as_dtype(getattr(spec, "dtype", spec)), None if wanted is None else getattr(spec, "shape", None))
             for spec in specs]  # fmt: skip
    for row in _slices(leaves, elems):
        found = fn(row)
        _nest.assert_same_structure(structure, found)
        for pile, leaf in zip(piles, _nest.flatten(found), strict=True):
            pile.put(leaf)
    return _nest.pack_sequence_as(structure, [pile.stack() for pile in piles])


@composite("vectorized_map")
def vectorized_map(
    fn: Callable[..., Any], elems: Any, fallback_to_while_loop: bool = True, warn: bool = True
) -> Any:
    """`fn` of each element along the first axis, stacked."""
    leaves = [convert(leaf) for leaf in _nest.flatten(_read(elems))]
    sizes = [leaf.shape.as_list()[0] for leaf in leaves]
    rows = [
        _nest.pack_sequence_as(elems, [leaf[0 if size == 1 else i] for leaf, size in zip(leaves, sizes, strict=True)])
        for i in range(max(sizes))
    ]  # fmt: skip
    found = [_nest.map_structure(convert, fn(row)) for row in rows]
    if not found:
        return _nest.map_structure(lambda leaf: leaf, elems)
    return _nest.pack_sequence_as(
        found[0], [traced.stack(list(each)) for each in zip(*map(_nest.flatten, found), strict=True)]
    )


# Folds ---------------------------------------------------------------------------------------------


def _callable(fn: Any) -> None:
    if not callable(fn):
        raise TypeError(f"{fn.__name__} is not callable. Please provide a callable function.")


def _started(elems: Any, initializer: Any, backwards: bool) -> tuple[list[Any], Any]:
    """The elements in their order, and what a fold begins with."""
    leaves = [convert(leaf) for leaf in _nest.flatten(elems)]
    leaves[0].shape.as_list()[0] if leaves[0].shape.rank else leaves[0].shape[0]
    rows = _slices(leaves, elems)
    if backwards:
        rows = rows[::-1]
    if initializer is not None:
        return rows, _nest.map_structure(convert, initializer)
    if not rows:
        raise OutOfRangeError(None, None, "Tried to read from index 0 but array size is: 0 ")
    return rows[1:], rows[0]


def _folded(fn: Any, elems: Any, initializer: Any, backwards: bool) -> Any:
    _callable(fn)
    rows, total = _started(elems, initializer, backwards)
    for row in rows:
        found = fn(total, row)
        _nest.assert_same_structure([0, total], [0, found])
        total = found
    return _nest.map_structure(convert, total)


@composite("foldl")
def foldl(fn: Any, elems: Any, initializer: Any = None, parallel_iterations: int = 10, back_prop: bool = True,
          swap_memory: bool = False, name: str | None = None) -> Any:  # fmt: skip
    """`fn(so far, element)` from the first element to the last."""
    return _folded(fn, elems, initializer, False)


@composite("foldr")
def foldr(fn: Any, elems: Any, initializer: Any = None, parallel_iterations: int = 10, back_prop: bool = True,
          swap_memory: bool = False, name: str | None = None) -> Any:  # fmt: skip
    """`fn(so far, element)` from the last element to the first."""
    return _folded(fn, elems, initializer, True)


@composite("scan")
def scan(fn: Any, elems: Any, initializer: Any = None, parallel_iterations: int = 10, back_prop: bool = True,
         swap_memory: bool = False, infer_shape: bool = True, reverse: bool = False, name: str | None = None) -> Any:  # fmt: skip
    """All the intermediate results of a fold, stacked."""
    _callable(fn)
    rows, total = _started(elems, initializer, reverse)
    structure = elems if initializer is None else initializer
    piles = [_Pile(leaf.dtype, leaf.shape if infer_shape else None) for leaf in _nest.flatten(total)]
    if initializer is None:
        for pile, leaf in zip(piles, _nest.flatten(total), strict=True):
            pile.put(leaf)
    for row in rows:
        found = fn(total, row)
        _nest.assert_same_structure(structure, found)
        for pile, leaf in zip(piles, _nest.flatten(found), strict=True):
            pile.put(leaf)
        total = found
    return _nest.pack_sequence_as(structure, [pile.stack(reverse) for pile in piles])
