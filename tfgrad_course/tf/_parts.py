"""Several outputs of one operation, standing in a record as one; and the gradients that have arrived at some of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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


def pick(i: int) -> Callable[..., Any]:
    return lambda F, g, z, x: Parts({i: g})
