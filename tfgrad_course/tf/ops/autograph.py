"""What programs may say about the rewriting of their code: not to do it, how a loop is to run, what the code becomes."""

from __future__ import annotations

import enum
import sys
from typing import Any

from tfgrad_course.tf import _staging
from tfgrad_course.tf._autograph import converted, do_not_convert
from tfgrad_course.tf._declare import PUBLIC
from tfgrad_course.tf._written import source_of


class Feature(enum.Enum):
    """Parts of AutoGraph that can be switched on."""

    ALL = "ALL"
    AUTO_CONTROL_DEPS = "AUTO_CONTROL_DEPS"
    ASSERT_STATEMENTS = "ASSERT_STATEMENTS"
    BUILTIN_FUNCTIONS = "BUILTIN_FUNCTIONS"
    EQUALITY_OPERATORS = "EQUALITY_OPERATORS"
    LISTS = "LISTS"
    NAME_SCOPES = "NAME_SCOPES"

    @classmethod
    def all(cls) -> tuple[Any, ...]:
        """All of them."""
        return tuple(cls.__members__.values())

    @classmethod
    def all_but(cls, exclude: Any) -> tuple[Any, ...]:
        """All but these."""
        left = exclude if isinstance(exclude, list | tuple | set) else (exclude,)
        return tuple(one for one in cls.all() if one not in left)


def to_code(entity: Any, recursive: bool = True, experimental_optional_features: Any = None) -> str:
    """The source code that AutoGraph makes of a function."""
    return source_of(getattr(entity, "python_function", entity))


def to_graph(entity: Any, recursive: bool = True, experimental_optional_features: Any = None) -> Any:
    """The function that AutoGraph makes of one."""
    return converted(getattr(entity, "python_function", entity))


def set_verbosity(level: int, alsologtostdout: bool = False) -> None:
    """Nothing is logged."""


def trace(*args: Any) -> None:
    """Prints while a function is traced."""
    print(*args, file=sys.stdout)


PUBLIC |= {
    "autograph.experimental.do_not_convert": do_not_convert,
    "autograph.experimental.set_loop_options": _staging.set_loop_options,
    "autograph.experimental.Feature": Feature,
    "autograph.set_verbosity": set_verbosity,
    "autograph.trace": trace,
    "autograph.to_code": to_code,
    "autograph.to_graph": to_graph,
}
