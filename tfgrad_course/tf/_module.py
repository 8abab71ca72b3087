"""`tf.Module`: variables and sub-modules found in attributes."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tfgrad_course.tf._creation import NAMES
from tfgrad_course.tf._variable import Variable
from tfgrad_course.tf._wrapped import with_paths, wrapped


class Module:
    """A container whose attributes (also in lists, tuples and dicts) hold variables and modules."""

    __module__ = "tensorflow.python.module.module"
    _TF_MODULE_IGNORED_PROPERTIES = frozenset(
        ("_self_unconditional_checkpoint_dependencies", "_self_unconditional_dependency_names")
    )

    def __init__(self, name: str | None = None) -> None:
        snake = re.sub(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))", r"_\1", type(self).__name__).lower()
        if name is not None and not re.match(r"^[A-Za-z_]\w*$", name):
            raise ValueError(
                f"{name!r} is not a valid module name. Module names must be valid Python identifiers (e.g. a valid class name)."
            )
        self.__dict__["_module_name"] = (name or snake, "/".join((*NAMES.get(), name or snake)) + "/")

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, wrapped(value) if type(value) in (list, dict, tuple) else value)

    @property
    def name(self) -> str:
        """The name given, else the class name in snake case."""
        return self._named()[0]

    def _named(self) -> tuple[str, str]:
        try:
            return self.__dict__["_module_name"]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '_name'") from None

    @property
    def name_scope(self) -> Any:
        """The scope in which methods marked by `with_name_scope` run."""
        from tfgrad_course.tf.ops.surroundings import name_scope

        return name_scope(self._named()[1])

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
        return list(self._flatten(predicate=wanted))

    def _flatten(
        self,
        recursive: bool = True,
        predicate: Callable[[Any], bool] | None = None,
        attribute_traversal_key: Callable[[str], Any] | None = None,
        with_path: bool = False,
        expand_composites: bool = False,
    ) -> Iterator[Any]:
        """What attributes hold, also those of sub-modules, as far as the predicate likes it."""
        walk = _Walk(recursive, predicate or (lambda leaf: True), attribute_traversal_key, with_path)
        return walk.over(self, (), {id(self)})

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


@dataclass(frozen=True, slots=True)
class _Walk:
    """Own attributes by name first, then down into sub-modules, as TensorFlow orders them."""

    recursive: bool
    wanted: Callable[[Any], bool]
    order: Callable[[str], Any] | None
    with_path: bool

    def over(self, module: Any, above: tuple[Any, ...], seen: set[int]) -> Iterator[Any]:
        """The leaves below a module, with the path from above if asked for."""
        ignored = getattr(module, "_TF_MODULE_IGNORED_PROPERTIES", ())
        below: list[tuple[tuple[Any, ...], Any]] = []
        for key in sorted(vars(module), key=self.order):
            if key in ignored or key == "_module_name":
                continue
            for path, leaf in _leaves(key, vars(module)[key]):
                if not self.with_path:
                    if id(leaf) in seen:
                        continue
                    seen.add(id(leaf))
                full = (*above, key, *path)
                if self.wanted(leaf):
                    yield (full, leaf) if self.with_path else leaf
                if self.recursive and hasattr(leaf, "_found"):
                    below.append((full, leaf))
        for full, leaf in below:
            yield from self.over(leaf, full, seen)


def _leaves(key: str, value: Any) -> list[tuple[tuple[Any, ...], Any]]:
    try:
        return list(with_paths(value))
    except TypeError as cause:
        raise ValueError(f"Error processing property {key!r} of {value!r}") from cause
