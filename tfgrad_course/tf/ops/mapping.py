"""`map_fn` and its kin: a Python function over the slices of tensors, whose results are stacked or folded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from tfgrad_course.tf import _nest
from tfgrad_course.tf._convert import convert, convert_to_tensor
from tfgrad_course.tf._declare import composite, traced
from tfgrad_course.tf._dry import dry_run
from tfgrad_course.tf._dtypes import as_dtype
from tfgrad_course.tf._errors import InvalidArgumentError, OutOfRangeError
from tfgrad_course.tf._listening import TRACING
from tfgrad_course.tf._shape import TensorShape
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._tracing import Trace, silent_printing
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
    """`fn` of each row of ragged or sparse tensors: results of one shape make a tensor if so asked, others do not."""
    rows = zip(*(_rows(leaf) for leaf in _nest.flatten(elems)), strict=True)
    found = [fn(_nest.pack_sequence_as(elems, list(row))) for row in rows]
    structure = elems if wanted is None else wanted
    piles = zip(*(_nest.flatten(one) for one in found), strict=True)
    made = [
        _joined(spec, list(pile), wanted) for spec, pile in zip(_nest.flatten(structure), piles, strict=True)
    ]
    return _nest.pack_sequence_as(structure, made)


def _rows(leaf: Any) -> Any:
    if "Sparse" not in type(leaf).__name__:
        return iter(leaf if hasattr(leaf, "_paired") else convert(leaf))
    from tfgrad_course import tf

    sparse: Any = tf.sparse
    size = [int(n) for n in leaf.dense_shape.numpy()]
    cut = lambda i: sparse.slice(leaf, [i] + [0] * (len(size) - 1), [1, *size[1:]])
    return (sparse.reshape(cut(i), size[1:]) for i in range(size[0]))


def _joined(spec: Any, pile: list[Any], wanted: Any) -> Any:
    from tfgrad_course.tf.ops.ragged import stack

    if "Sparse" in type(spec).__name__:
        from tfgrad_course import tf

        sparse: Any = tf.sparse
        return sparse.concat(0, [sparse.expand_dims(one, 0) for one in pile])
    if wanted is not None and not hasattr(spec, "ragged_rank"):
        return traced.stack([convert(one) for one in pile])
    return stack(pile)


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
    odd = [*_nest.flatten(elems), *_nest.flatten(wanted)]
    if any(
        hasattr(leaf, "_paired") or hasattr(leaf, "ragged_rank") or "Sparse" in type(leaf).__name__
        for leaf in odd
    ):
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
    rows = _slices(leaves, elems)
    with once_loud() as loud:
        for row in rows:
            found = fn(row)
            loud()
            _nest.assert_same_structure(structure, found)
            for pile, leaf in zip(piles, _nest.flatten(found), strict=True):
                pile.put(leaf)
    if not rows and TRACING.get() is not None:
        _shape_of_none(fn, leaves, elems, piles)
    return _nest.pack_sequence_as(structure, [pile.stack() for pile in piles])


def _shape_of_none(fn: Any, leaves: list[Any], elems: Any, piles: list[_Pile]) -> None:
    """A graph knows the shape of results even where there are none."""
    row = _nest.pack_sequence_as(elems, [traced.zeros(leaf.shape[1:], leaf.dtype) for leaf in leaves])
    found, _ = dry_run(lambda: _nest.flatten(fn(row)))
    for pile, leaf in zip(piles, found or (), strict=False):
        pile.shape = convert(leaf).shape


@contextmanager
def once_loud() -> Iterator[Any]:
    """What a graph loops over is Python once: after the first round nothing is printed."""
    with ExitStack() as quiet:
        done: list[bool] = []

        def after_a_round() -> None:
            if not done and TRACING.get() is not None:
                done.append(True)
                quiet.enter_context(silent_printing())

        yield after_a_round


@composite("vectorized_map")
def vectorized_map(
    fn: Callable[..., Any], elems: Any, fallback_to_while_loop: bool = True, warn: bool = True
) -> Any:
    """`fn` of each element along the first axis, stacked."""
    leaves = [convert(leaf) for leaf in _nest.flatten(_read(elems))]
    sizes = [leaf.shape.as_list()[0] for leaf in leaves]
    token = TRACING.set(TRACING.get() or Trace(False))
    try:
        return _vectorized(fn, elems, leaves, sizes)
    finally:
        TRACING.reset(token)


def _vectorized(fn: Any, elems: Any, leaves: list[Any], sizes: list[int]) -> Any:
    rows = [
        _nest.pack_sequence_as(elems, [leaf[0 if size == 1 else i] for leaf, size in zip(leaves, sizes, strict=True)])
        for i in range(max(sizes))
    ]  # fmt: skip
    found = []
    with once_loud() as loud:
        for row in rows:
            found.append(_nest.map_structure(lambda v: v if v is None else convert(v), fn(row)))
            loud()
    if not found:
        return _nest.map_structure(lambda leaf: leaf, elems)
    return _nest.pack_sequence_as(
        found[0],
        [
            None if each[0] is None else traced.stack(list(each))
            for each in zip(*map(_nest.flatten, found), strict=True)
        ],
    )


# Folds ---------------------------------------------------------------------------------------------


def _callable(fn: Any) -> None:
    if not callable(fn):
        raise TypeError(f"{fn.__name__} is not callable. Please provide a callable function.")


def _positive(parallel_iterations: Any) -> None:
    if parallel_iterations < 1:
        raise TypeError("'parallel_iterations' must be a positive integer.")


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
    with once_loud() as loud:
        total = _through(fn, rows, total, loud)
    return _nest.map_structure(convert, total)


def _through(fn: Any, rows: list[Any], total: Any, loud: Any) -> Any:
    for row in rows:
        found = fn(total, row)
        loud()
        _nest.assert_same_structure([0, total], [0, found])
        total = found
    return total


@composite("foldl")
def foldl(fn: Any, elems: Any, initializer: Any = None, parallel_iterations: int = 10, back_prop: bool = True,
          swap_memory: bool = False, name: str | None = None) -> Any:  # fmt: skip
    """`fn(so far, element)` from the first element to the last."""
    _positive(parallel_iterations)
    return _folded(fn, elems, initializer, False)


@composite("foldr")
def foldr(fn: Any, elems: Any, initializer: Any = None, parallel_iterations: int = 10, back_prop: bool = True,
          swap_memory: bool = False, name: str | None = None) -> Any:  # fmt: skip
    """`fn(so far, element)` from the last element to the first."""
    _positive(parallel_iterations)
    return _folded(fn, elems, initializer, True)


@composite("scan")
def scan(fn: Any, elems: Any, initializer: Any = None, parallel_iterations: int = 10, back_prop: bool = True,
         swap_memory: bool = False, infer_shape: bool = True, reverse: bool = False, name: str | None = None) -> Any:  # fmt: skip
    """All the intermediate results of a fold, stacked."""
    _callable(fn)
    _positive(parallel_iterations)
    rows, total = _started(elems, initializer, reverse)
    structure = elems if initializer is None else initializer
    piles = [_Pile(leaf.dtype, leaf.shape if infer_shape else None) for leaf in _nest.flatten(total)]
    if initializer is None:
        for pile, leaf in zip(piles, _nest.flatten(total), strict=True):
            pile.put(leaf)
    with once_loud() as loud:
        for row in rows:
            found = fn(total, row)
            loud()
            _nest.assert_same_structure(structure, found)
            for pile, leaf in zip(piles, _nest.flatten(found), strict=True):
                pile.put(leaf)
            total = found
    return _nest.pack_sequence_as(structure, [pile.stack(reverse) for pile in piles])
