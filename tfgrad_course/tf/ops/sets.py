"""Rows as sets of numbers or texts: union, intersection, difference, size; and how far sequences are apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course.tf import _dtypes as dt
from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import composite
from tfgrad_course.tf._errors import invalid
from tfgrad_course.tf._sparse import SparseTensor
from tfgrad_course.tf._tensor import tensor

_KINDS = frozenset([dt.int32, dt.uint8, dt.int16, dt.int8, dt.string, dt.int64, dt.uint16])
Rows = dict[tuple[int, ...], list[Any]]


def _rows(x: Any) -> tuple[tuple[int, ...], Rows]:
    """The leading shape, and the entries of each row that has some."""
    made: Rows = {}
    if isinstance(x, SparseTensor):
        for place, value in zip(x.indices._v.tolist(), x.values._v.tolist(), strict=True):
            made.setdefault(tuple(place[:-1]), []).append(value)
        return tuple(x.dense_shape._v.tolist()[:-1]), made
    for place in np.ndindex(x._v.shape[:-1]):
        made[place] = x._v[place].tolist()
    return x._v.shape[:-1], made


def _sparse_of(rows: Rows, shape: tuple[int, ...], kind: Any) -> SparseTensor:
    places, values = [], []
    for place in sorted(rows):
        for i, value in enumerate(rows[place]):
            places.append((*place, i))
            values.append(value)
    widest = max((len(row) for row in rows.values()), default=0)
    flat = np.empty(len(values), kind.np)
    flat[:] = values
    index = np.array(places, np.int64).reshape(-1, len(shape) + 1)
    return SparseTensor(index, tensor(flat, kind), np.array([*shape, widest], np.int64))


def _both(a: Any, b: Any) -> tuple[Any, Any]:
    pair = [x if isinstance(x, SparseTensor) else convert(x) for x in (a, b)]
    for word, x in zip("ab", pair, strict=True):
        if x.dtype not in _KINDS:
            raise TypeError(f"'{word}' has invalid dtype `{x.dtype}` not in supported dtypes: `{_KINDS}`.")
    if pair[0].dtype is not pair[1].dtype:
        raise TypeError(f"Types don't match, {pair[0].dtype} vs {pair[1].dtype}.")
    return pair[0], pair[1]


def _combined(a: Any, b: Any, choose: Callable[[set[Any], set[Any]], set[Any]]) -> SparseTensor:
    left, right = _both(a, b)
    (shape, first), (other, second) = _rows(left), _rows(right)
    op = "DenseToDenseSetOperation"
    for x in (left, right):
        if len(x.shape) < 2:
            raise invalid(op, f"Shape {x.shape.as_list()} has rank {len(x.shape)} < 2".replace(", ", ","))
    if shape != other:
        told = [str(list(s)).replace(", ", ",") for s in (shape, other)]
        raise invalid(op, f"Mismatched shapes {told[0]} vs {told[1]}")
    found: Rows = {}
    for place in {*first, *second}:
        row = sorted(choose(set(first.get(place, ())), set(second.get(place, ()))))
        if row:
            found[place] = row
    return _sparse_of(found, shape, left.dtype)


@composite("sets.union")
def union(a: Any, b: Any, validate_indices: bool = True) -> SparseTensor:
    """What is in either row."""
    return _combined(a, b, lambda p, q: p | q)


@composite("sets.intersection")
def intersection(a: Any, b: Any, validate_indices: bool = True) -> SparseTensor:
    """What is in both rows."""
    return _combined(a, b, lambda p, q: p & q)


@composite("sets.difference")
def difference(a: Any, b: Any, aminusb: bool = True, validate_indices: bool = True) -> SparseTensor:
    """What is in one row and not in the other."""
    return _combined(a, b, (lambda p, q: p - q) if aminusb else (lambda p, q: q - p))


@composite("sets.size")
def size(a: Any, validate_indices: bool = True) -> Any:
    """How many different entries each row has."""
    if not isinstance(a, SparseTensor):
        raise TypeError(f"Expected `SparseTensor`, got {convert(a)!s}.")
    if a.dtype not in _KINDS:
        raise TypeError(f"Invalid dtype `{a.dtype}` not in supported dtypes: `{_KINDS}`.")
    shape, rows = _rows(a)
    made = np.zeros(shape, np.int32)
    for place, row in rows.items():
        made[place] = len(set(row))
    return tensor(made, dt.int32)


def _distance(a: list[Any], b: list[Any]) -> int:
    """How many insertions, deletions and substitutions lead from one sequence to the other (Levenshtein)."""
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y)))
        last = row
    return last[-1]


@composite("edit_distance")
def edit_distance(hypothesis: Any, truth: Any, normalize: bool = True, name: str = "edit_distance") -> Any:
    """How many edits lead from each hypothesis to its truth, as a share of the truth's length if normalised."""
    for word, x in (("Hypothesis", hypothesis), ("Truth", truth)):
        if not isinstance(x, SparseTensor):
            raise TypeError(f"{word} must be a SparseTensor.")
    (shape, ours), (other, theirs) = _rows(hypothesis), _rows(truth)
    made = np.zeros(tuple(np.maximum(shape, other)) if shape else (), np.float32)
    for place in {*ours, *theirs}:
        meant = theirs.get(place, [])
        steps = _distance(ours.get(place, []), meant)
        made[place] = steps if not normalize else steps / len(meant) if meant else np.inf
    return tensor(made if made.shape else made[()], dt.float32)
