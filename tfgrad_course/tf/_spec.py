"""TensorSpec: a shape, a dtype and a name, standing for tensors in signatures."""

from __future__ import annotations

from typing import Any

from tfgrad_course.tf._dtypes import DType, as_dtype, float32
from tfgrad_course.tf._shape import TensorShape


class TypeSpec:
    """What describes the type of a value; each kind of value has its own."""

    __slots__ = ()
    __module__ = "tensorflow.python.framework.type_spec"

    def most_specific_common_supertype(self, others: Any) -> Any:
        """The narrowest spec which all fit, or None."""
        raise NotImplementedError

    def most_specific_compatible_type(self, other: Any) -> Any:
        """The narrowest spec which both fit."""
        found = self.most_specific_common_supertype([other])
        if found is None:
            raise ValueError(f"No TypeSpec is compatible with both {self} and {other}")
        return found


class TensorSpec(TypeSpec):
    """Describes the type of a tensor."""

    __slots__ = ("_dtype", "_name", "_shape")
    __module__ = "tensorflow.python.framework.tensor"

    def __init__(self, shape: Any, dtype: Any = float32, name: str | None = None) -> None:
        self._shape, self._dtype, self._name = TensorShape(shape), as_dtype(dtype), name

    @property
    def shape(self) -> TensorShape:
        """The shape."""
        return self._shape

    @property
    def dtype(self) -> DType:
        """The dtype."""
        return self._dtype

    @property
    def name(self) -> str | None:
        """The name, or None."""
        return self._name

    @property
    def value_type(self) -> Any:
        """The class of what it describes."""
        from tfgrad_course.tf._tensor import Tensor

        return Tensor

    @classmethod
    def from_tensor(cls, tensor: Any, name: str | None = None) -> TensorSpec:
        """The spec of a tensor."""
        from tfgrad_course.tf._tensor import EagerTensor

        if not isinstance(tensor, EagerTensor):
            raise ValueError(f"`tensor` should be a tf.Tensor, but got type {type(tensor)}.")
        return cls(tensor.shape, tensor.dtype, name)

    @classmethod
    def from_spec(cls, spec: Any, name: str | None = None) -> TensorSpec:
        """The same spec under another name."""
        return cls(spec.shape, spec.dtype, name or spec.name)

    def is_compatible_with(self, spec_or_tensor: Any) -> bool:
        """Whether a tensor or spec fits."""
        return (
            isinstance(spec_or_tensor, TensorSpec | self.value_type)
            and spec_or_tensor.dtype is self._dtype
            and self._shape.is_compatible_with(spec_or_tensor.shape)
        )

    def is_subtype_of(self, other: Any) -> bool:
        """Whether whatever fits this fits the other."""
        return (
            isinstance(other, TensorSpec)
            and (not self._name or self._name == other.name)
            and other.dtype is self.dtype
            and self.shape.is_subtype_of(other.shape)
        )

    def most_specific_common_supertype(self, others: Any) -> TensorSpec | None:
        """The narrowest spec which all fit, or None."""
        shape: Any = self._shape
        for other in others:
            alike = type(other) is type(self) and other.dtype is self.dtype and other.name == self._name
            if not alike:
                return None
            shape = shape.most_specific_compatible_shape(other.shape)
        return TensorSpec(shape, self._dtype, self._name)

    def flatten(self) -> list[TensorSpec]:
        """The specs it consists of: itself."""
        return [self]

    def to_tensors(self, value: Any) -> list[Any]:
        """The tensors a value consists of: itself."""
        return [self.cast(value, None)]

    def from_tensors(self, tensors: Any) -> Any:
        """The value made of the next tensors."""
        return next(tensors)

    def cast(self, value: Any, casting_context: Any) -> Any:
        """The value as a tensor that fits."""
        from tfgrad_course.tf._convert import convert

        made = convert(value, self._dtype)
        if not self._shape.is_compatible_with(made.shape):
            raise TypeError(f"Can not cast {value!r} to {self!r}")
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TensorSpec) and (self._shape, self._dtype, self._name) == (
            other._shape,
            other._dtype,
            other._name,
        )

    def __hash__(self) -> int:
        return hash((self._shape, self._dtype.name))

    def __repr__(self) -> str:
        return f"TensorSpec(shape={self._shape}, dtype={self._dtype!r}, name={self._name!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _tensor_spec, (self._shape, self._dtype, self._name)


def _tensor_spec(shape: Any, dtype: DType, name: str | None) -> TensorSpec:
    """Made anew by pickle, which would not find the class where TensorFlow has it."""
    return TensorSpec(shape, dtype, name)
