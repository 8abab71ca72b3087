"""What surrounds the making of variables: creators, scopes, and when no more may be made."""

from __future__ import annotations

import enum
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from tfgrad_course.tf._shape import TensorShape

# Inside a tf.function that has been traced, no more variables may be made.
FORBIDDEN: ContextVar[bool] = ContextVar("forbidden", default=False)
BIRTHS = [0]  # how many variables have been made: a tf.function may make some on its first call only
CREATORS: ContextVar[tuple[Callable[..., Any], ...]] = ContextVar("creators", default=())
NAMES: ContextVar[tuple[str, ...]] = ContextVar("names", default=())


class VariableSynchronization(enum.Enum):
    """When copies of a variable on several devices are brought in step (there is one device here)."""

    AUTO = 0
    NONE = 1
    ON_WRITE = 2
    ON_READ = 3


class VariableAggregation(enum.Enum):
    """How copies of a variable on several devices are joined (there is one device here)."""

    NONE = 0
    SUM = 1
    MEAN = 2
    ONLY_FIRST_REPLICA = 3


# What `tf.Variable` takes, in order: creators get everything by name.
PARAMETERS: dict[str, Any] = {
    "initial_value": None,
    "trainable": None,
    "validate_shape": True,
    "caching_device": None,
    "name": None,
    "variable_def": None,
    "dtype": None,
    "import_scope": None,
    "constraint": None,
    "synchronization": VariableSynchronization.AUTO,
    "aggregation": VariableAggregation.NONE,
    "shape": None,
    "experimental_enable_variable_lifting": True,
}

SINGLETON = (
    "tf.function only supports singleton tf.Variables created on the first call. Make sure the tf.Variable is only "
    "created once or created outside tf.function. See https://www.tensorflow.org/guide/function#creating_tfvariables "
    "for more information."
)
ADD_IN_PLACE = (
    "`variable {} value` with `tf.Variable`s is not supported. Use `variable.{}(value)` to modify the variable, or "
    "`out = variable {} value` if you need to get a new output Tensor."
)
IN_PLACE = (
    "`var {0}= value` with `tf.Variable`s is not supported. Use `var.assign(var {0} value)` to modify the variable, or "
    "`out = var {0} value` if you need to get a new output Tensor."
)


def checked(shape: TensorShape, value: Any, given: Any) -> TensorShape | None:
    """The shape a variable keeps apart from its value: None unless part of it is unknown."""
    if not shape.is_compatible_with(value._v.shape):
        raise ValueError(
            f"In this `tf.Variable` creation, the initial value's shape ({value.shape}) is not compatible with the "
            f"explicitly supplied `shape` argument ({given})."
        )
    return None if shape.is_fully_defined() else shape


def joining(synchronization: Any, aggregation: Any) -> tuple[Any, Any]:
    """The two settings, refused where they are none."""
    if not isinstance(synchronization, VariableSynchronization):
        raise ValueError(f"Invalid variable synchronization mode: {synchronization} for variable: None")
    if aggregation is None:
        aggregation = VariableAggregation.NONE
    if not isinstance(aggregation, VariableAggregation):
        raise ValueError(f"Invalid variable aggregation mode: {aggregation} for variable: None")
    return synchronization, aggregation


def named(name: Any) -> str:
    """The full name of a variable, scopes first."""
    if name is not None and not isinstance(name, str):
        raise ValueError("name for name_scope must be a string.")
    return "/".join((*NAMES.get(), "Variable" if name is None else name))
