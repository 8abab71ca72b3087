"""Reads the reference tape's tensors and variables, and gives each a number of its own for the run."""

from __future__ import annotations

from typing import Any

import numpy as np

from graders.evidence import Ref, Value
from graders.recorders.values import LARGE, SMALL, array_value, type_name
from tfgrad_course.tf._slices import IndexedSlices
from tfgrad_course.tf._tensor import EagerTensor
from tfgrad_course.tf._unread import UnreadVariable
from tfgrad_course.tf._variable import Variable

_type = type


def tensor_value(tensor: Any, most: int = SMALL) -> Value | None:
    """The numbers in a tensor, when there are not too many."""
    value = np.asarray(tensor._v)
    if value.size > most:
        return None
    name = str(tensor.dtype.name)
    if value.dtype == object:
        text = (
            item.decode("utf-8", "replace") if _type(item) is bytes else str(item) for item in value.ravel()
        )
        return Value(name, tuple(value.shape), tuple(word[:1000] for word in text))
    return array_value(value, most, name)


class Reader:
    """Numbers for tensors and variables; it holds them, so that no number means two things."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._held: list[Any] = []
        self._next = 1

    def number(self, thing: Any) -> int:
        """The number of a tensor or variable, given at first sight."""
        found = self._numbers.get(id(thing))
        return self.renew(thing) if found is None else found

    def renew(self, thing: Any) -> int:
        """A new number for a thing: each read of a variable is a tensor of its own."""
        if id(thing) not in self._numbers:
            self._held.append(thing)
        self._numbers[id(thing)] = number = self._next
        self._next += 1
        return number

    def knows(self, thing: Any) -> bool:
        """Whether a thing has its number already."""
        return id(thing) in self._numbers

    def inner(self, thing: Any) -> Any:
        """The variable behind a thing; None if there is none."""
        if not issubclass(_type(thing), Variable):
            return None
        return thing._of if _type(thing) is UnreadVariable else thing

    def is_ours(self, thing: Any) -> bool:
        """Whether a thing is a tensor or a variable."""
        return _type(thing) is EagerTensor or issubclass(_type(thing), (Variable, IndexedSlices))

    def ref(self, thing: Any) -> Ref | None:
        """A tensor or variable as a ref; None for anything else."""
        if _type(thing) is EagerTensor:
            return Ref("tensor", type_name(thing), self.number(thing), tensor_value(thing, LARGE))
        if _type(thing) is IndexedSlices:
            return self._slices(thing)
        variable = self.inner(thing)
        if variable is None:
            return None
        return Ref("variable", type_name(variable), self.number(variable), tensor_value(variable, LARGE))

    def _slices(self, thing: Any) -> Ref:
        """Rows of a gradient (of `tf.gather`): the whole array, as the learner would see it converted."""
        values, indices, shape = thing.values, thing.indices, thing.dense_shape
        if shape is None:
            return Ref("tensor", type_name(thing), self.number(values))
        dense = np.zeros([int(n) for n in np.asarray(shape._v).ravel()], np.asarray(values._v).dtype)
        np.add.at(dense, np.asarray(indices._v), np.asarray(values._v))
        return Ref("tensor", type_name(thing), self.number(values), array_value(dense, LARGE))
