"""Changing parts of a variable: the scatter_* methods, made of one rule each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tfgrad_course.tf._convert import convert
from tfgrad_course.tf._declare import PUBLIC
from tfgrad_course.tf._dtypes import int32, int64
from tfgrad_course.tf._errors import OutOfRangeError, invalid, kernel_text, not_allowed
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._variable import Variable


def _put(array: Any, places: Any, given: Any) -> None:
    array[places] = given


_HOW: dict[str, tuple[Callable[..., Any], str]] = {
    "update": (_put, "Put slices in the place of those at their indices."),
    "add": (np.add.at, "Add slices where they belong."),
    "sub": (np.subtract.at, "Subtract slices where they belong."),
    "mul": (np.multiply.at, "Multiply by slices where they belong."),
    "div": (np.divide.at, "Divide by slices where they belong."),
    "max": (np.maximum.at, "Keep the larger of old and new."),
    "min": (np.minimum.at, "Keep the smaller of old and new."),
}


def _changed(variable: Variable, places: Any, given: EagerTensor, change: Callable[..., Any]) -> Any:
    fresh = np.array(variable._now._v)
    change(fresh, places, given._v)
    return variable._put(fresh, "scatter", given)


def _within(variable: Variable, places: Any, op: str) -> None:
    rows = variable._now._v.shape[0] if variable._now._v.shape else 0
    for at, place in np.ndenumerate(places):
        if not 0 <= place < rows:
            raise invalid(op, f"indices[{','.join(map(str, at))}] = {place} is not in [0, {rows})")


def _list(shape: tuple[int, ...]) -> str:
    return "[" + ",".join(map(str, shape)) + "]"


def _points_fit(shape: tuple[int, ...], places: Any, given: tuple[int, ...], op: str) -> None:
    """Refuse points outside the variable, and updates that are not one slice a point."""
    depth, lead = places.shape[-1], places.shape[:-1]
    if given[: len(lead)] != lead:
        raise invalid(
            op,
            f"Dimensions [0,{len(lead)}) of indices[shape={_list(places.shape)}] must match dimensions [0,{len(lead)}) of "
            f"updates[shape={_list(given)}]",
        )
    if depth > len(shape) or given[len(lead) :] != shape[depth:]:
        raise invalid(
            op,
            f"Dimensions [{depth},{len(shape)}) of input[shape={_list(shape)}] must match dimensions "
            f"[{depth},{len(given)}) of updates[shape={_list(given)}]",
        )
    for at in np.ndindex(lead):
        if any(not 0 <= place < size for place, size in zip(places[at], shape, strict=False)):
            raise invalid(
                op,
                f"indices{_list(at)} = {_list(tuple(places[at]))} does not index into shape {_list(shape)}",
            )


def _count_up_to(self: Variable, limit: int) -> EagerTensor:
    """Add one and give the value before, until `limit`."""
    before = self._now
    if before.dtype not in (int32, int64):
        raise not_allowed("ResourceCountUpTo", before.dtype.kernel, ["int32", "int64"])
    if before._v >= limit:
        raise OutOfRangeError(None, None, kernel_text("ResourceCountUpTo", f"Reached limit of {limit}"))
    self.assign_add(1)
    return before


def _by_slices(how: str) -> Callable[..., Any]:
    change, words = _HOW[how]

    def scatter(self: Variable, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> Any:
        if not hasattr(sparse_delta, "indices"):
            raise TypeError(
                f"Argument `sparse_delta` must be a `tf.IndexedSlices`. Received arg: {sparse_delta}"
            )
        op = f"ResourceScatter{how.capitalize()}"
        places, given = convert(sparse_delta.indices)._v, convert(sparse_delta.values, self.dtype)
        shape = self._now._v.shape
        if given._v.shape not in ((), places.shape + shape[1:]):
            raise invalid(
                op,
                "Must have updates.shape = indices.shape + params.shape[1:] or updates.shape = [], got updates.shape "
                f"{_list(given._v.shape)}, indices.shape {_list(places.shape)}, params.shape {_list(shape)}",
            )
        _within(self, places, op)
        return _changed(self, places, given, change)

    scatter.__name__, scatter.__doc__ = f"scatter_{how}", words
    return scatter


def _by_points(how: str) -> Callable[..., Any]:
    change, words = _HOW[how]

    def scatter(self: Variable, indices: Any, updates: Any, name: str | None = None) -> Any:
        op, at, given = f"ResourceScatterNd{how.capitalize()}", convert(indices), convert(updates, self.dtype)
        if at.dtype not in (int32, int64):
            raise not_allowed(op, at.dtype.kernel, ["int32", "int64"], "Tindices")
        places = at._v
        _points_fit(self._now._v.shape, places, given._v.shape, op)
        return _changed(self, tuple(np.moveaxis(places, -1, 0)), given, change)

    scatter.__name__, scatter.__doc__ = f"scatter_nd_{how}", words
    return scatter


def _batch_scatter_update(
    self: Variable, sparse_delta: Any, use_locking: bool = False, name: str | None = None
) -> Any:
    """Put slices in the place of others, batch by batch."""
    places = convert(sparse_delta.indices)._v
    grids = np.indices(places.shape)[:-1]
    return _changed(self, (*grids, places), convert(sparse_delta.values, self.dtype), _put)


def _sparse_read(self: Variable, indices: Any, name: str | None = None) -> Any:
    """The slices at some indices."""
    gather: Any = PUBLIC["gather"]
    return gather(self, indices)


def _gather_nd(self: Variable, indices: Any, name: str | None = None) -> Any:
    """The values at multi-dimensional indices."""
    from tfgrad_course import tf

    gather_nd: Any = tf.gather_nd
    return gather_nd(self, indices)


def _load(self: Variable, value: Any, session: Any = None) -> None:
    """Put `value` in the place of the present one."""
    self.assign(value)


Variable.get_shape = lambda self: self.shape  # type: ignore[attr-defined]
Variable.load = _load  # type: ignore[attr-defined]
for _how in _HOW:
    setattr(Variable, f"scatter_{_how}", _by_slices(_how))
for _how in ("update", "add", "sub", "max", "min"):
    setattr(Variable, f"scatter_nd_{_how}", _by_points(_how))
Variable.count_up_to = _count_up_to  # type: ignore[attr-defined]
Variable.batch_scatter_update = _batch_scatter_update  # type: ignore[attr-defined]
Variable.sparse_read = _sparse_read  # type: ignore[attr-defined]
Variable.gather_nd = _gather_nd  # type: ignore[attr-defined]
