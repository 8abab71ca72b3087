"""Types that decide when a tf.function is traced anew, for programs that give their own classes such types."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Protocol, runtime_checkable

from tfgrad_course.tf._concrete import ConcreteFunction
from tfgrad_course.tf._declare import PUBLIC
from tfgrad_course.tf._function import Function, functions_run_eagerly, run_functions_eagerly
from tfgrad_course.tf._function_type import FunctionType
from tfgrad_course.tf._spec import TypeSpec


class TraceType(ABC):
    """The type of an argument: functions are traced once for each."""

    __module__ = "tensorflow.python.types.trace"

    @abstractmethod
    def is_subtype_of(self, other: Any) -> bool:
        """Whether whatever is of this type may be given where the other is taken."""

    @abstractmethod
    def most_specific_common_supertype(self, others: Any) -> Any:
        """The narrowest type that all are of, or None."""

    @abstractmethod
    def placeholder_value(self, placeholder_context: Any) -> Any:
        """What stands for a value of this type while tracing."""

    def to_tensors(self, value: Any) -> list[Any]:
        """The tensors in a value of this type."""
        return []

    def from_tensors(self, tensors: Any) -> Any:
        """A value of this type."""
        return self.placeholder_value(None)

    def flatten(self) -> list[Any]:
        """The types of the tensors in it."""
        return []

    def cast(self, value: Any, casting_context: Any) -> Any:
        """The value as one of this type."""
        return value

    @abstractmethod
    def __eq__(self, other: object) -> bool: ...

    @abstractmethod
    def __hash__(self) -> int: ...


TraceType.register(TypeSpec)


@runtime_checkable
class SupportsTracingProtocol(Protocol):
    """What has a type of its own when it is given to a tf.function."""

    def __tf_tracing_type__(self, context: Any) -> Any:
        """That type."""


PUBLIC |= {
    "types.experimental.TraceType": TraceType,
    "types.experimental.SupportsTracingProtocol": SupportsTracingProtocol,
    "types.experimental.ConcreteFunction": ConcreteFunction,
    "types.experimental.PolymorphicFunction": Function,
    "types.experimental.GenericFunction": Function,
    "types.experimental.Callable": Function,
    "types.experimental.FunctionType": FunctionType,
    "config.experimental_run_functions_eagerly": run_functions_eagerly,
    "config.experimental_functions_run_eagerly": functions_run_eagerly,
}
