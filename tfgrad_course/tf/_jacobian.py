"""Jacobians: one walk back with an identity matrix as seed, row by row only where another tape listens."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfgrad_course.tf import _backward, _nest
from tfgrad_course.tf._asked import asked, wants_zero
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import traced
from tfgrad_course.tf._listening import begin, end, recording
from tfgrad_course.tf._parts import Diagonal
from tfgrad_course.tf._tape import joined
from tfgrad_course.tf._tensor import EagerTensor, tensor

_BLOCK = 64 * 2**20  # bytes a block of rows may take at the largest record
_VECTORIZING = (
    "Encountered an exception while vectorizing the jacobian computation. Vectorization can be disabled by setting "
    "experimental_use_pfor to False."
)
_EAGER_LOOP = (
    "GradientTape must be created with persistent=True to compute the {} with eager execution enabled and {} "
    "experimental_use_pfor set to False."
)


def jacobian(tape: Any, target: Any, sources: Any, unconnected: Any, use_pfor: bool) -> Any:
    """The derivative of every element of `target` by every element of the sources."""
    if tape._fresh:
        tape._ready()
    flat = _nest.flatten(sources)
    shape = target.shape
    if not use_pfor and not tape._persistent:
        raise RuntimeError(_EAGER_LOOP.format("jacobian", "with "))
    flat = [asked(s) for s in flat]
    try:
        zero = wants_zero(unconnected)
    except ValueError as problem:
        if not use_pfor:
            raise
        raise ValueError(_VECTORIZING) from problem
    tape._ready()
    target = _as_tensor(tape, target)
    if recording():
        found = _row_by_row(tape, target, flat)
    else:
        found = [_packed(d, tuple(shape), s) for d, s in zip(_batched(tape, target, flat), flat, strict=True)]
    tape._spend()
    if zero:
        full = [tuple(shape) + tuple(s._v.shape) for s in flat]
        found = [tensor(np.zeros(f, s._v.dtype)[()], s.dtype) if d is None else d
                 for d, s, f in zip(found, flat, full, strict=True)]  # fmt: skip
    return _nest.pack_sequence_as(sources, found)


def _as_tensor(tape: Any, target: Any) -> EagerTensor:
    """The target as a tensor; what makes one of a variable or of slices is recorded, as TensorFlow does."""
    if type(target) is EagerTensor:
        return target
    begin(tape)
    try:
        return convert(target)  # type: ignore[no-any-return]
    finally:
        end(tape)


def _packed(d: Any, shape: tuple[int, ...], source: Any) -> EagerTensor | None:
    if d is None:
        return None
    return tensor(d.reshape(shape + tuple(source._v.shape))[()], source.dtype)


def _batched(tape: Any, target: EagerTensor, sources: list[Any], seed: Any = None) -> list[Any]:
    """The rows of the jacobian for each source, in blocks that fit into memory."""
    value = target._v
    size = value.size
    if tape.place(target) is None and all(target is not s for s in sources):
        return [None] * len(sources)
    largest = max([getattr(record[0]._v, "size", 1) for record in tape.ops], default=1)
    block = max(1, min(size, _BLOCK // (8 * max(1, largest))))
    parts = []
    for start in range(0, size, block):
        count = min(block, size - start)
        parts.append(_walk(tape, target, sources, _seed(value, start, count)))
    if not parts:
        return [np.zeros((0, *s._v.shape), value.dtype) for s in sources]
    return [
        None if column[0] is None else column[0] if len(column) == 1 else np.concatenate(column)
        for column in zip(*parts, strict=True)
    ]


def _seed(value: Any, start: int, count: int) -> Any:
    """`count` rows of the identity matrix over the elements of `value`."""
    size = value.size
    if count == size > 1:
        pair = np.zeros((2, *value.shape), value.dtype)
        pair[0] = 1
        return Diagonal(pair)
    rows = np.zeros((count, size), value.dtype)
    rows[np.arange(count), np.arange(start, start + count)] = 1
    return rows.reshape((count, *value.shape))


def _rows(g: Any, source: Any) -> Any:
    return g.dense() if type(g) is Diagonal else g


def _dense(g: Any, source: Any) -> Any:
    return g.dense() if hasattr(g, "dense") else g


def _walk(tape: Any, target: EagerTensor, sources: list[Any], seed: Any) -> list[Any]:
    kept = _walked(tape, target, sources, seed, _backward.rows)
    return [joined(tape, kept, s, _rows) for s in sources]


def _walked(tape: Any, target: EagerTensor, sources: list[Any], seed: Any, walk: Any) -> dict[int, Any]:
    place = tape.place(target)
    if place is None:  # the target is a source
        return {id(target): seed}
    ops, grads = _backward.begun(tape.ops, {place: seed})
    return walk(ops, grads, {id(s) for s in sources if type(s) is EagerTensor})  # type: ignore[no-any-return]


def _row_by_row(tape: Any, target: EagerTensor, sources: list[Any]) -> list[Any]:
    """The same through recorded operations, for jacobians of which derivatives are taken in turn."""
    rows: list[list[Any]] = []
    value = target._v
    for i in range(value.size):
        seed = np.zeros(value.size, value.dtype)
        seed[i] = 1
        one = tensor(seed.reshape(value.shape)[()], target.dtype)
        kept = _walked(tape, target, sources, one, _backward.recorded)
        rows.append([joined(tape, kept, s, _dense) for s in sources])
    found: list[Any] = []
    for i, s in enumerate(sources):
        column = [row[i] for row in rows]
        if not column or column[0] is None:
            found.append(None)
        else:
            stacked = traced.pile(column, -1 - column[0]._v.ndim)
            found.append(traced.reshape_to(stacked, value.shape + tuple(s._v.shape)))
    return found


def batch_jacobian(tape: Any, target: Any, source: Any, unconnected: Any, use_pfor: bool) -> Any:
    """The jacobian of each `target[i]` by `source[i]`, stacked."""
    if tape._fresh:
        raise RuntimeError(
            "A non-persistent GradientTape can only be used tocompute one set of gradients (or jacobians)"
        )
    _alike(target, source)
    if not use_pfor and not tape._persistent:
        raise RuntimeError(_EAGER_LOOP.format("batch_jacobian", " with"))
    try:
        wants_zero(unconnected)
    except ValueError as problem:
        raise ValueError(_VECTORIZING.replace("jacobian", "batch_jacobian")) from problem
    source = asked(source)
    tape._ready()
    return _by_examples(tape, _as_tensor(tape, target), source)


def _alike(target: Any, source: Any) -> None:
    """Refuse what has no examples along its first axis, or another number of them."""
    first = target.shape.dims[0]
    target.shape.with_rank_at_least(2)
    source.shape.with_rank_at_least(2)
    if not first.is_compatible_with(source.shape[0]):
        raise ValueError(
            f"Need first dimension of target shape ({target.shape}) and source shape ({source.shape}) to match."
        )


def _by_examples(tape: Any, target: EagerTensor, source: Any) -> Any:
    count, *rest = target._v.shape
    size = int(np.prod(rest, dtype=int))
    # One seed a column of the target, ones in every example: an example depends on its own source only.
    seed = np.zeros((size, count, size), target._v.dtype)
    seed[np.arange(size), :, np.arange(size)] = 1
    seed = seed.reshape((size, count, *rest))
    full = (count, *rest, *tuple(source.shape)[1:])
    if recording():
        made = _recorded_columns(tape, target, source, seed)
        tape._spend()
        if made is None:
            return tensor(np.zeros(full, target._v.dtype), target.dtype)
        order = (-1 - made._v.ndim + 2, -made._v.ndim, *range(2 - made._v.ndim, 0))
        return traced.reshape_to(traced.permute(made, order), full)
    known = tape.place(target) is not None or target is source
    (d,) = _walk(tape, target, [source], seed) if known else (None,)
    tape._spend()
    if d is None:
        return tensor(np.zeros(full, target._v.dtype), target.dtype)
    return tensor(np.swapaxes(d, 0, 1).reshape(full), source.dtype)


def _recorded_columns(tape: Any, target: EagerTensor, source: Any, seed: Any) -> Any:
    columns = []
    for column in seed:
        kept = _walked(tape, target, [source], tensor(column, target.dtype), _backward.recorded)
        d = joined(tape, kept, source, _dense)
        if d is None:
            return None
        columns.append(d)
    return traced.pile(columns, -1 - columns[0]._v.ndim)
