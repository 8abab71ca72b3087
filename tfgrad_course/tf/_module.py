"""`tf.Module`: variables and sub-modules found in attributes."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import Any

from tfgrad_course.tf._variable import Variable


class Module:
    """A container whose attributes (also in lists, tuples and dicts) hold variables and modules."""

    def __init__(self, name: str | None = None) -> None:
        snake = re.sub(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))", r"_\1", type(self).__name__).lower()
        if name is not None and not re.match(r"^[A-Za-z_]\w*$", name):
            raise ValueError(
                f"{name!r} is not a valid module name. Module names must be valid Python identifiers (e.g. a valid class name)."
            )
        self.__dict__["_module_name"] = name or snake

    @property
    def name(self) -> str:
        """The name given, else the class name in snake case."""
        return str(self.__dict__.get("_module_name", type(self).__name__.lower()))

    @property
    def name_scope(self) -> Any:
        """The scope in which methods marked by `with_name_scope` run."""
        from tfgrad_course.tf.ops.surroundings import name_scope

        return name_scope(self.name + "/")

    @property
    def variables(self) -> tuple[Any, ...]:
        """All variables of the module and its sub-modules."""
        return tuple(self._found(lambda value: _is_variable(value)))

    @property
    def trainable_variables(self) -> tuple[Any, ...]:
        """The trainable ones."""
        return tuple(self._found(lambda value: _is_variable(value) and value.trainable))

    @property
    def non_trainable_variables(self) -> tuple[Any, ...]:
        """The others."""
        return tuple(self._found(lambda value: _is_variable(value) and not value.trainable))

    @property
    def submodules(self) -> tuple[Any, ...]:
        """All modules below this one."""
        return tuple(self._found(lambda value: isinstance(value, Module)))

    def _found(self, wanted: Callable[[Any], bool]) -> list[Any]:
        found: dict[int, Any] = {}
        _search(self, wanted, found, {id(self)})
        return list(found.values())

    @classmethod
    def with_name_scope(cls, method: Any) -> Any:
        """The method, run inside the scope of the module."""

        @functools.wraps(method)
        def scoped(self: Any, *args: Any, **kwargs: Any) -> Any:
            with self.name_scope:
                return method(self, *args, **kwargs)

        return scoped


def _is_variable(value: Any) -> bool:
    """Keras' variables are none: TensorFlow does not find them in a module either."""
    return isinstance(value, Variable) and not hasattr(value, "path")


def _search(module: Any, wanted: Callable[[Any], bool], found: dict[int, Any], seen: set[int]) -> None:
    """Own attributes by name first, then down into sub-modules, as TensorFlow orders them."""
    below: list[Any] = []
    for key in sorted(vars(module)):
        if key != "_self_unconditional_checkpoint_dependencies":
            for leaf in _leaves(vars(module)[key]):
                if wanted(leaf):
                    found.setdefault(id(leaf), leaf)
                if hasattr(leaf, "_found") and id(leaf) not in seen:
                    seen.add(id(leaf))
                    below.append(leaf)
    for leaf in below:
        _search(leaf, wanted, found, seen)


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key in sorted(value, key=str):
            yield from _leaves(value[key])
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _leaves(item)
    else:
        yield value
