"""Gradients that are not one array: of several outputs that stand in a record as one, of all elements at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

# Stands in a record of more than two inputs, or of several outputs, where the second vjp would be.
MANY = object()


class Values(tuple[Any, ...]):
    """The values of several outputs, passed for one value."""

    __slots__ = ()
    shape = ()


class Group:
    """Several outputs of one operation, standing in a record as one."""

    __slots__ = ("_v", "dtype", "outputs")

    def __init__(self, outputs: tuple[Any, ...]) -> None:
        self.outputs, self._v, self.dtype = outputs, Values(z._v for z in outputs), None


class Parts(dict[int, Any]):
    """The gradients that have arrived at some of several outputs."""

    __slots__ = ()
    shape = ()

    @property
    def _v(self) -> Parts:
        return self

    def __add__(self, other: Parts) -> Parts:
        joined = Parts(self)
        for i, g in other.items():
            joined[i] = joined[i] + g if i in joined else g
        return joined


class Diagonal:
    """The rows that start from an identity matrix, before any operation has mixed elements.

    `pair` holds two rows for all: at [0] what each element is in its own row, at [1] what it is in all others (zeros
    with their sign, or nan where a slope is infinite).
    """

    __slots__ = ("pair",)
    __array_ufunc__ = None

    def __init__(self, pair: Any) -> None:
        self.pair = pair

    def dense(self) -> Any:
        """All rows, one after the other."""
        own, other = self.pair.reshape(2, -1)
        size = own.size
        rows = np.empty((size, size), own.dtype)
        rows[:] = other
        rows.reshape(-1)[:: size + 1] = own
        return rows.reshape((size, *self.pair.shape[1:]))

    def __add__(self, other: Any) -> Any:
        if type(other) is Diagonal:
            return Diagonal(self.pair + other.pair)
        return self.dense() + other

    def __radd__(self, other: Any) -> Any:
        return other + self.dense()


def pick(i: int) -> Callable[..., Any]:
    return lambda F, g, z, x: Parts({i: g})


def beside(ops: list[Any], target: Any, seed: Any) -> tuple[int, Any] | None:
    """Where and with what to start from one of several outputs through which no gradient goes, such as indices."""
    if target.dtype.trainable:
        return None
    groups = ((at, record[0].outputs) for at, record in enumerate(ops) if type(record[0]) is Group)
    return next(
        ((at, Parts({i: seed})) for at, outputs in groups for i, out in enumerate(outputs) if out is target),
        None,
    )
