"""What an assign returns: the same variable under another name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfgrad_course.tf._tensor import EagerTensor, shown
from tfgrad_course.tf._variable import OPS, Variable


class UnreadVariable(Variable):
    """A variable as an assign returns it."""

    __slots__ = ("_of",)
    __module__ = "tensorflow.python.ops.resource_variable_ops"
    _of: Variable

    def _read(self) -> EagerTensor:
        return self._of._read()

    def _put(self, value: Any, how: str, given: EagerTensor, read_value: bool = True) -> Any:
        return self._of._put(value, how, given, read_value)

    @property
    def name(self) -> str:
        """What TensorFlow calls them all."""
        return "UnreadVariable"

    def __repr__(self) -> str:
        of = self._of
        return f"<tf.Variable 'UnreadVariable' shape={of.shape} dtype={of.dtype.name}, {shown(of._now)}>"


def _through(slot: str) -> Callable[[Any], Any]:
    return lambda view: getattr(view._of, slot)


for _slot in ("_now", "dtype", "_trainable", "_known_shape", "constraint", "_given_name"):
    setattr(UnreadVariable, _slot, property(_through(_slot)))


def view(of: Variable) -> UnreadVariable:
    view = object.__new__(UnreadVariable)
    view._of = of
    return view


UnreadVariable.__name__ = UnreadVariable.__qualname__ = "_UnreadVariable"
OPS["view"] = view
